"""What a check found, and what each check means and asks for, in Japanese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHECKS", "CONVERSATION", "SYSTEM", "Check", "Finding", "Status"]

Status = Literal["ok", "failed", "none", "uncovered"]
"""``none``: nothing is there, or it is not offered; ``uncovered``: the check has no way to try."""


class Check(NamedTuple):
    """What is checked, and what to do when it fails."""

    ja: str
    en: str
    remedy_ja: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; ``detail`` says what was seen."""

    check: str
    status: Status
    detail: str = ""


CONVERSATION: Mapping[str, Check] = {
    "hello": Check(
        "起動し、hello に ok と答え、nonce をそのまま返す",
        "starts, answers hello with ok and echoes the nonce",
        "driver を確かめる。hello の nonce を返す。標準出力には答えだけを流し、都度 flush する",
        "check driver in sut.yaml; echo the nonce; write nothing but answers to stdout, flushed",
    ),
    "random_action": Check(
        "知らない操作・照会・事前データに unsupported と答える",
        "answers unsupported to unknown actions, observations and provisions",
        "知らない id は status unsupported、scope adapter とし、ok や error にしない",
        "answer status unsupported, scope adapter to every id that is not known; not ok, not error",
    ),
    "unknown_verb": Check(
        "知らない動詞に unsupported と答える",
        "answers unsupported to an unknown verb",
        "知らない cmd にも答える。例外にせず unsupported とする",
        "answer every cmd; one that is not known is unsupported",
    ),
    "used_seq": Check(
        "使用済みの seq の命令を実行しない",
        "does not do a command whose seq was used before",
        "最後の seq を覚え、それ以下の命令は行わず、error と答えるか黙る",
        "keep the last seq; do nothing at a seq that is not higher: answer error, or nothing",
    ),
    "broken_message": Check(
        "壊れた命令の後も会話を続ける",
        "goes on after messages that cannot be read",
        "読めない命令は error と答えるか読み飛ばし、次の命令を待つ",
        "answer error to what cannot be read, or pass it over, and wait for the next command",
    ),
    "long_message": Check(
        "長すぎる命令の後も会話を続ける",
        "goes on after a message that is too long",
        "1,000,000バイトを超える命令は終わりまで読み捨て、次の命令を待つ",
        "drop a message of more than 1 000 000 bytes to its end and wait for the next command",
    ),
    "deadline": Check(
        "すべての命令に deadline_ms の内に答える",
        "answers every command within its deadline_ms",
        "電文の結果を待たずに答える。要る時間を pixit.command_within に書く",
        "answer without waiting for telegrams; allow for slow screens by pixit.command_within",
    ),
    "flush": Check(
        "flush に ok か unsupported と答える",
        "answers flush with ok or unsupported",
        "送るべき電文がなくなったら ok とする。できなければ unsupported とする",
        "answer ok when nothing waits to be sent any more, unsupported where that cannot be known",
    ),
    "restart": Check(
        "再び起動しても会話できる。seq は続きから始まる",
        "converses again after a restart, where seq goes on",
        "起動のたびに hello を受け、seq が1から始まることを当てにしない",
        "take hello after every start; do not count on a seq of 1",
    ),
    "stop": Check(
        "stop に ok と答え、2秒のうちに終わる",
        "answers stop with ok and ends within two seconds",
        "stop に答えてから、開いているものを閉じて終わる",
        "answer stop, then close what is open and end",
    ),
}
"""Checks of the control plane, in their order."""

SYSTEM: Mapping[str, Check] = {
    "round_trip": Check(
        "事前データが、照会で同じ値に見える",
        "what is provisioned is what is observed",
        "provision が置いた値を observe がそのまま返すようにする。handle を取り違えない",
        "let observe tell what provision put there; look at how handles are kept",
    ),
    "listens": Check(
        "電文の口が開いている",
        "listens for telegrams",
        "hello に答える前に口を開き、listens か pixit.addresses に書く",
        "open the listeners before the answer to hello; tell them by listens or pixit.addresses",
    ),
    "telegrams": Check(
        "正しい電文に正常と、壊れた電文に異常と答え、続ける",
        "accepts a good telegram, refuses a corrupt one and goes on",
        "電文ID、長さ、終端を確かめ、受付 (HTTPでは400) で答え、接続や処理を終えない",
        "check id, length and end mark; answer with a receipt (HTTP: 400) and go on",
    ),
    "event": Check(
        "一つの異動で、システムが自ら電文を送る",
        "one event makes the system send a telegram of its own",
        "network.peers の宛先に電文を送る。届かなければ denbun doctor で経路を確かめる",
        "send to network.peers; where nothing arrives, try the links by denbun doctor",
    ),
}
"""Checks of what is behind the adapter."""

CHECKS: Mapping[str, Check] = {**CONVERSATION, **SYSTEM}
