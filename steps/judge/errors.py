"""Rules on what goes wrong: it is refused and shown, and nothing gets lost over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.answers import ACCEPTED, result_of
from steps.judge.content import breach_at, leaves
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.notices import NOTICE
from steps.judge.selection import belongs_to, identifiers
from steps.judge.values import place, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "codes_usable",
    "delivered",
    "error_listed",
    "faulty_refused",
    "first_refused",
    "text_kept",
]


@rule("codes_usable")
def codes_usable(evidence: Evidence, *, telegram: str, good: str) -> Result:
    """Judge that every good code of a faulty list can be used; refusing it all is permitted."""
    codes = list(evidence.facts.get(good, ()))
    lists = list(evidence.telegrams("juminhyo_code_list"))
    answer = evidence.answer_to(lists[0]) if lists else None
    if answer is not None and result_of(answer) != ACCEPTED:
        return Result(looked_at=(answer.seq,), observed="誤りのある一覧の全体を拒む")
    used = {text for r in evidence.telegrams(telegram) for _, text in leaves(r, "juminhyo_code")}
    looked = tuple(record.seq for record in evidence.telegrams(telegram))
    lost = [code for code in codes if code not in used]
    if not lost:
        return Result((), looked, closed=True)
    words = f"一覧の正常な住民票コード{len(codes)}件のすべてを記載に用いられる"
    actual = f"{len(lost)}件が用いられない"
    return Result((Breach(words, actual, "juki"),), looked, closed=True)


@rule("faulty_refused")
def faulty_refused(
    evidence: Evidence,
    *,
    telegram: str,
    label: str,
    results: Sequence[str],
    errors: str,
    silence_allowed: bool,
) -> Result:
    """Judge that a telegram that a planned fault made wrong is not taken for a good one.

    An error answer shows it, and so does an entry on the list of errors; with
    ``silence_allowed`` no answer at all will do.
    """
    faulty = [r for r in evidence.telegrams(telegram) if r.fault]
    if not faulty:
        return Result(unclear=f"誤りのある「{label}」が届いていない")
    record = faulty[0]
    words = f"誤りのある「{label}」を受け付けず、異常を示す"
    answer = evidence.answer_to(record)
    listed = telegram in (evidence.facts.get(errors) or ())
    if listed or (answer is None and silence_allowed):
        return Result(looked_at=(record.seq,), closed=True)
    if answer is None:
        return Result((Breach(words, "応答がない", record.receiver),), (record.seq,))
    result = result_of(answer)
    if result == ACCEPTED or (results and not result.startswith("HTTP") and result not in results):
        where = place(answer, "result")
        breach = Breach(words, f"処理結果 {result}", answer.sender, answer.seq, where, "処理結果")
        return Result((breach,), (record.seq, answer.seq))
    return Result((), (record.seq, answer.seq))


@rule("first_refused")
def first_refused(evidence: Evidence, *, telegram: str, status: int) -> Result:
    """Judge that the first request of the window is refused with an HTTP status."""
    asked = next(iter(evidence.telegrams(telegram)), None)
    if asked is None:
        return Result(unclear="依頼が送信されていない")
    answer = evidence.answer_to(asked)
    words = f"HTTP {status}で拒む"
    if answer is None:
        return Result((Breach(words, "応答がない", asked.receiver),), (asked.seq,))
    seen = answer.http.status if answer.http else None
    if seen == status:
        return Result((), (asked.seq, answer.seq))
    breach = Breach(words, f"HTTP {seen}", answer.sender, answer.seq, place(answer))
    return Result((breach,), (asked.seq, answer.seq))


@rule("error_listed")
def error_listed(evidence: Evidence, *, telegram: str, words: str, role: str = "juki") -> Result:
    """Judge that the staff of a role can see an error of a telegram."""
    listed = evidence.facts.get("shown_errors")
    if listed is None:
        return Result(unclear="エラーの一覧を照会できない")
    if telegram in listed:
        return Result(closed=True)
    return Result((Breach(words, "示されない", role),), closed=True)


@rule("delivered")
def delivered(evidence: Evidence, *, telegram: str, person: str) -> Result:
    """Judge that in the end a telegram about a person was accepted, re-sends included."""
    ids = identifiers(evidence, person)
    asked = [
        record
        for record in evidence.records[evidence.start :]
        if record.telegram == telegram and record.on_wire and belongs_to(record, ids)
        if not evidence.elsewhere(record)
    ]
    answers = [(record, evidence.answer_to(record)) for record in asked]
    looked = tuple(record.seq for record in asked)
    if any(answer and result_of(answer) == ACCEPTED for _, answer in answers):
        return Result((), looked)
    words = f"「{person}」の電文は失われず、受け付けられるまで送られる"
    actual = f"{len(asked)}回送信され、受け付けられていない"
    last = asked[-1] if asked else None
    breach = Breach(
        words,
        actual,
        evidence.sender_of(telegram),
        last.seq if last else None,
        place(last) if last else Place(telegram),
    )
    return Result((breach,), looked, closed=True)


@rule("text_kept")
def text_kept(evidence: Evidence, *, item: str, expected: str, key: str) -> Result:
    """Judge that no character of a text disappears silently on its way into a notice.

    A substitute, a refusal, an alert and an entry on the list of errors are all permitted.
    """
    reply = evidence.facts.get("replies", {}).get(key, {})
    told = reply.get("status") == "rejected" or bool(reply.get("alerts"))
    listed = NOTICE in (evidence.facts.get("shown_errors") or ())
    words = "すべての文字が送られるか、代替文字・エラー・確認によって示される"
    found = list(evidence.telegrams(NOTICE))
    looked = tuple(record.seq for record in found)
    breaches = []
    for record in found:
        actual = value_of(record, item)
        if len(actual) < len(expected) and not told and not listed:
            gone = f"{len(expected) - len(actual)}文字が黙って失われた"
            breaches.append(breach_at(record, item, words, gone))
    if not found and not told and not listed:
        actual = "送信もされず、異常も示されない"
        breaches.append(Breach(words, actual, evidence.sender_of(NOTICE), place=Place(NOTICE)))
    way = "拒否" if reply.get("status") == "rejected" else "代替文字又は確認"
    return Result(tuple(breaches), looked, closed=True, observed=f"変換できない文字: {way}")
