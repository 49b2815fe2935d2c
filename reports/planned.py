"""Planned faults of the network, by the name that a record has for them, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Pair

KINDS: Mapping[str, Pair] = {
    "lost": ("届かない", "is lost"),
    "answer_lost": ("受付が届かない", "its receipt is lost"),
    "refused": ("拒まれる", "is refused"),
    "misdirected_answer": (
        "受付の参照通番が異なる",
        "its receipt names another serial",
    ),
    "answer_changed": ("応答の項目の値が異なる", "an item of its answer is changed"),
    "twice": ("二度届く", "arrives twice"),
    "again": ("別の通番でもう一度届く", "arrives again under another serial"),
    "held": ("保留される", "is held back"),
    "changed": ("項目の値が異なる", "an item is changed"),
    "without": ("項目がない", "an item is left out"),
    "broken": ("電文が壊れている", "is broken"),
    "token": ("アクセストークンが正しくない", "has a wrong access token"),
    "unauthorised": ("アクセストークンを拒まれる", "its access token is refused"),
    "unavailable": ("一時的に処理されない", "is not handled for a while"),
}
"""What becomes of a telegram or of its answer."""

BREAKAGES: Mapping[str, Pair] = {
    "end_mark": ("終端が誤っている", "has a wrong end mark"),
    "unknown_id": ("電文IDが未知である", "has an unknown telegram id"),
    "letters": ("数字の項目に英字を含む", "has letters in a number"),
    "code_value": ("区分が定めのない値である", "has an unknown code"),
    "bad_date": ("作成日が暦にない日である", "has a date that is in no calendar"),
    "length_short": ("電文長が実際より短い", "declares less than its length"),
    "cut": ("途中で切れている", "is cut in its middle"),
    "unmapped": (
        "氏名に対応する文字のない符号を含む",
        "has a code without a character in the name",
    ),
    "bytewise": ("1バイトずつ届く", "arrives byte by byte"),
    "bad_client": ("身元の証明が誤っている", "has a wrong proof of identity"),
    "bad_grant": ("別の付与方式を求める", "asks for another grant"),
}
"""In what way a broken telegram is broken."""


ACTS: Mapping[str, Pair] = {
    "sent_again": ("{role}が同じ電文を再び送る", "{role} sends the same telegram again"),
    "of_its_own": (
        "{role}が、求められていない電文を送る",
        "{role} sends a telegram that nobody asked for",
    ),
    "released": ("保留されていた電文が届く", "what was held back arrives"),
    "down": ("{role}を停止させる", "{role} is taken down"),
    "up": ("{role}を復旧させる", "{role} is brought up again"),
    "killed": (
        "{role}を突然停止させ、再び起動する",
        "{role} is killed and started again",
    ),
    "token_expired": (
        "{role}のアクセストークンの期限が切れる",
        "the access token of {role} expires",
    ),
}
"""What the bench does to the network besides bending telegrams."""


def act(kind: str, role: Pair) -> Pair:
    """Return an act of the bench in words.

    >>> act("down", ("住基ネットCS", "CS"))
    ('住基ネットCSを停止させる', 'CS is taken down')
    """
    ja, en = ACTS.get(kind, (kind, kind))
    return ja.format(role=role[0]), en.format(role=role[1])


def planned(fault: str) -> Pair:
    """Return a planned fault in words, with the item that it changes.

    >>> planned("changed:serial")
    ('項目の値が異なる (serial)', 'an item is changed (serial)')
    """
    kind, _, item = fault.partition(":")
    if item in BREAKAGES:
        return BREAKAGES[item]
    ja, en = KINDS.get(kind, (fault, fault))
    named = f" ({item})" if item and kind in {"changed", "without", "answer_changed"} else ""
    return f"{ja}{named}", f"{en}{named}"
