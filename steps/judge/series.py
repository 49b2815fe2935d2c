"""Rules on several values together: series, sets, what an operation leaves behind."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.answers import ACCEPTED, result_of
from steps.judge.content import breach_at, leaves
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.notices import NOTICE
from steps.judge.rows import rows_about
from steps.judge.selection import belongs_to, identifiers, select
from steps.judge.values import body, place, show, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.transcript import Record

__all__ = [
    "at_most",
    "codes_usable",
    "delivered",
    "error_listed",
    "faulty_refused",
    "first_refused",
    "none_outside",
    "serial_series",
    "text_kept",
    "values_seen",
]

LONGEST_NUMBER = 40
SHORTEST_SERIES = 2
LARGEST_STEP = 9
"""Other people may be numbered in between; a step beyond this is no serial any more."""


def is_number(text: str) -> bool:
    """Tell whether a text is digits with a check digit behind, of a length that can be read."""
    return text.isdecimal() and 1 < len(text) <= LONGEST_NUMBER


@rule("serial_series")
def serial_series(
    evidence: Evidence, *, telegram: str, item: str, words: str, people: Sequence[str] = ()
) -> Result:
    """Judge that numbers without their check digit go up in small steps.

    A telegram that says again what was said before is left out. ``people`` asks for the number in
    the last row about each of them, in the order in which they came by it.
    """
    told = (
        _last_rows(evidence, telegram, item, people)
        if people
        else _told_once(evidence, telegram, item)
    )
    found = [(record, path, text) for record, path, text in told if is_number(text)]
    least = max(SHORTEST_SERIES, len(people))
    if len(found) < least:
        return Result(unclear=f"{least}件以上の番号がない")
    looked = tuple(dict.fromkeys(record.seq for record, _, _ in found))
    breaches = []
    for (_, _, before), (record, path, text) in pairwise(found):
        step = int(text[:-1]) - int(before[:-1])
        if not 1 <= step <= LARGEST_STEP:
            breaches.append(breach_at(record, path, words, f"前の番号との差 {step}"))
    return Result(tuple(breaches), looked)


def _told_once(evidence: Evidence, telegram: str, item: str) -> Iterator[tuple[Record, str, str]]:
    once: dict[str, Record] = {}
    for record in evidence.telegrams(telegram):
        once.setdefault(body(record), record)
    for record in once.values():
        yield record, item, value_of(record, item)


def _last_rows(
    evidence: Evidence, telegram: str, item: str, people: Sequence[str]
) -> Iterator[tuple[Record, str, str]]:
    for person in people:
        for record, path, row in rows_about(evidence, telegram, person)[-1:]:
            yield record, f"{path}.{item}", str(row.get(item, ""))


@rule("at_most")
def at_most(evidence: Evidence, *, telegram: str, item: str, limit: int, words: str) -> Result:
    """Judge that a number is positive and at most ``limit``."""
    found = [record for record in evidence.telegrams(telegram) if value_of(record, item)]
    if not found:
        return Result(unclear="該当する電文がない")
    breaches = tuple(
        breach_at(record, item, words, value_of(record, item))
        for record in found
        if not (
            is_number(f"0{value_of(record, item)}") and 0 < int(value_of(record, item)) <= limit
        )
    )
    return Result(breaches, tuple(record.seq for record in found))


@rule("values_seen")
def values_seen(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    count: int,
    words: str,
    person: str | None = None,
) -> Result:
    """Judge how many different values an item has."""
    found = select(evidence, telegram, person)
    values = [(record, value_of(record, item)) for record in found if value_of(record, item)]
    if not values:
        return Result(unclear="該当する電文がない")
    different = list(dict.fromkeys(text for _, text in values))
    looked = tuple(record.seq for record, _ in values)
    if len(different) == count:
        return Result((), looked)
    record, _ = values[-1]
    return Result((breach_at(record, item, words, f"{len(different)}種類の値"),), looked)


@rule("none_outside")
def none_outside(evidence: Evidence, *, telegram: str, item: str, among: str, words: str) -> Result:
    """Judge that no such telegram has a value outside a known set; having none is fine."""
    known = frozenset(evidence.facts.get(among, ()))
    found = [(r, p, t) for r in evidence.telegrams(telegram) for p, t in leaves(r, item)]
    breaches = tuple(
        breach_at(record, path, words, show(record, path, text))
        for record, path, text in found
        if text not in known
    )
    return Result(breaches, tuple(record.seq for record, _, _ in found), closed=True)


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


@rule("error_listed")
def error_listed(evidence: Evidence, *, telegram: str, words: str, role: str = "juki") -> Result:
    """Judge that the staff of a role can see an error of a telegram."""
    listed = evidence.facts.get("shown_errors")
    if listed is None:
        return Result(unclear="エラーの一覧を照会できない")
    if telegram in listed:
        return Result(closed=True)
    return Result((Breach(words, "示されない", role),), closed=True)


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


@rule("items_in_order")
def items_in_order(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    person: str,
    expected: Sequence[str],
    words: str,
) -> Result:
    """Judge that a person's telegrams tell these values of an item, in this order."""
    found = [record for record in select(evidence, telegram, person) if not record.answers]
    looked = tuple(record.seq for record in found)
    if len(found) < len(expected):
        return Result(looked_at=looked, unclear=f"{len(expected)}件のうち{len(found)}件しかない")
    breaches = tuple(
        breach_at(record, item, words, "順序が異なる")
        for record, text in zip(found, expected, strict=False)
        if value_of(record, item) != text
    )
    return Result(breaches, looked)
