"""Rules on 本人確認情報: which of them there are, in which shape and order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import identifiers, select
from steps.judge.values import difference, is_bent, place, show, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.transcript import Record

__all__ = ["former_number_told", "notice_item", "notice_order", "notice_sent", "numbered_notices"]

NOTICE = "identity_notice"
ENTERED, CORRECTED = "1", "3"
KINDS = {ENTERED: "記載", "2": "消除", CORRECTED: "修正"}
"""The 変更の旨 by its code."""
NUMBER, FORMER, CODE = "individual_number", "former_individual_number", "juminhyo_code"
REQUESTED, EX_OFFICIO = "51", "52"
NUMBER_REPLACED = frozenset({REQUESTED, EX_OFFICIO})
"""個人番号の変更請求, 個人番号の職権修正: a number takes the place of another (規則11条)."""
SAME_TELLING = (
    "name",
    "furigana",
    "former_surname",
    "alias",
    "birth_date",
    "sex",
    "address",
    "juminhyo_code",
    "individual_number",
)
"""Items of which a notice tells; one in which all are as before tells nothing new."""


def notices(
    evidence: Evidence, entry: str | None = None, person: str | None = None
) -> list[Record]:
    """Return the notices of the window, of one kind of change when one is named."""
    found = select(evidence, NOTICE, person)
    return [record for record in found if entry is None or value_of(record, "entry") == entry]


def only_brings_number(record: Record, earlier: list[Record]) -> bool:
    """Tell whether a correction says nothing new about a person but the number."""
    if not value_of(record, "individual_number"):
        return False
    code = value_of(record, "juminhyo_code")
    before = [r for r in earlier if value_of(r, "juminhyo_code") == code and r.seq < record.seq]
    if not before or any(value_of(r, "individual_number") for r in before):
        return False
    others = [item for item in SAME_TELLING if item != "individual_number"]
    return all(value_of(record, item) == value_of(before[-1], item) for item in others)


def corrections(evidence: Evidence, person: str | None = None) -> list[Record]:
    """Return the notices of corrections, those that only bring the number left out."""
    everything = notices(evidence)
    found = notices(evidence, CORRECTED, person)
    return [record for record in found if not only_brings_number(record, everything)]


def of_entry(evidence: Evidence, entry: str) -> list[Record]:
    """Return the notices that a sentence about this kind of change means."""
    return corrections(evidence) if entry == CORRECTED else notices(evidence, entry)


@rule("notice_sent")
def notice_sent(evidence: Evidence, *, entry: str, words: str) -> Result:
    """Judge that a notice of this kind of change is sent."""
    found = of_entry(evidence, entry)
    if found:
        return Result(looked_at=tuple(record.seq for record in found))
    others = notices(evidence)
    last = others[-1] if others else None
    seen = place(last, "entry") if last else Place(NOTICE)
    breach = Breach(
        words, "送信されない", evidence.sender_of(NOTICE), last.seq if last else None, seen
    )
    return Result((breach,), closed=True)


@rule("notice_item")
def notice_item(
    evidence: Evidence, *, entry: str, item: str, expected: Sequence[str], words: str
) -> Result:
    """Judge an item of the notices of this kind of change."""
    found = of_entry(evidence, entry)
    breaches = []
    for record in found:
        actual = value_of(record, item)
        if actual not in expected:
            note = difference(record, item, expected[0], actual)
            breaches.append(breach_at(record, item, words, show(record, item, actual), note))
    if not found:
        others = notices(evidence)
        if not others:
            return Result(unclear="「本人確認情報」がない")
        last = others[-1]
        actual = show(last, "entry", value_of(last, "entry"))
        return Result((breach_at(last, "entry", f"{entry} {KINDS[entry]}", actual),), (last.seq,))
    return Result(tuple(breaches), tuple(record.seq for record in found))


@rule("numbered_notices")
def numbered_notices(evidence: Evidence, *, count: int | None) -> Result:
    """Judge how many times a number is told, and that it is one number a person.

    The first notice that carries a person's number tells it, and so does one in which nothing is
    new; a correction of other items only carries it along.
    """
    counted: list[Record] = []
    told: set[tuple[str, ...]] = set()
    codes: set[str] = set()
    for record in notices(evidence):
        code = value_of(record, "juminhyo_code")
        telling = tuple(value_of(record, item) for item in SAME_TELLING)
        if value_of(record, "individual_number") and (code not in codes or telling in told):
            counted.append(record)
            codes.add(code)
        told.add(telling)
    wanted = "1件以上" if count is None else f"{count}件"
    words = f"個人番号を含む「本人確認情報」が{wanted}送信される"
    looked = tuple(record.seq for record in counted)
    right = bool(counted) if count is None else len(counted) == count
    breaches = []
    if not right:
        last = counted[-1] if counted else None
        actual = f"{len(counted)}件送信された" if counted else "送信されない"
        breaches.append(
            Breach(
                words,
                actual,
                evidence.sender_of(NOTICE),
                last.seq if last else None,
                place(last, "individual_number") if last else Place(NOTICE),
            )
        )
    numbers: dict[str, str] = {}
    for record in notices(evidence):
        code, number = value_of(record, "juminhyo_code"), value_of(record, "individual_number")
        if number and numbers.setdefault(code, number) != number:
            actual = "同じ者に別の個人番号"
            breaches.append(breach_at(record, "individual_number", "一人に一つの個人番号", actual))
    return Result(tuple(breaches), looked, closed=True)


@rule("notice_order")
def notice_order(evidence: Evidence, *, person: str) -> Result:
    """Judge that a person's correction is notified after the entry of the record."""
    who = person if identifiers(evidence, person) else None
    entered, changed = notices(evidence, ENTERED, who), corrections(evidence, who)
    if not entered or not changed:
        return Result(unclear=f"「{person}」の記載と修正の「本人確認情報」がそろっていない")
    looked = (entered[0].seq, *(record.seq for record in changed))
    breaches = tuple(
        breach_at(record, "entry", "出生の「本人確認情報」より後に送信される", "前に送信された")
        for record in changed
        if record.seq < entered[0].seq
    )
    return Result(breaches, looked)


@rule("former_number_told")
def former_number_told(evidence: Evidence) -> Result:
    """Judge that a notice of a number that replaced another tells the one that it replaced.

    That is the number told of the same 住民票コード before, or the one that the 変更結果 names;
    where neither was seen any number will do. There may have been none at a correction ex
    officio, and the first number, as it was generated for the code, took the place of none. A
    number that was told before is told again.
    """
    breaches: list[Breach] = []
    looked: list[int] = []
    words = "修正前の個人番号を含む、個人番号の修正の本人確認情報"
    for record in notices(evidence):
        if record.sender not in evidence.parts or value_of(record, "reason") not in NUMBER_REPLACED:
            continue
        number, former = value_of(record, NUMBER), value_of(record, FORMER)
        told = _numbers_told(evidence, record)
        if number in told:
            continue
        looked.append(record.seq)
        known = {*told[-1:], *_replaced_at_agency(evidence, record)}
        of_none = value_of(record, "reason") == EX_OFFICIO or _generated(evidence, record)
        if former in known or (not known and (former or of_none)):
            continue
        right = min(known, default="")
        note = difference(record, FORMER, right, former) if known else None
        breach = breach_at(record, FORMER, words, show(record, FORMER, former), note)
        breaches.append(replace(breach, wanted=right if len(known) == 1 else ""))
    return Result(tuple(breaches), tuple(looked))


def _numbers_told(evidence: Evidence, record: Record) -> list[str]:
    """Return the numbers that notices told of a record's 住民票コード before it, in their order."""
    before = (one for one in select(evidence, NOTICE, run=True) if one.seq < record.seq)
    code = value_of(record, CODE)
    return [
        number
        for one in before
        if value_of(one, CODE) == code and (number := value_of(one, NUMBER))
    ]


def _generated(evidence: Evidence, record: Record) -> bool:
    """Tell whether a 生成結果 before a record brought its number for its code."""
    return any(
        one.seq < record.seq
        and not is_bent(one)
        and all(value_of(one, item) == value_of(record, item) for item in (CODE, NUMBER))
        for one in select(evidence, "number_issue_result", run=True)
    )


def _replaced_at_agency(evidence: Evidence, record: Record) -> set[str]:
    """Return what a 変更結果 before a record says that the record's number took the place of."""
    return {
        value_of(one, FORMER)
        for one in select(evidence, "number_change_result", run=True)
        if one.seq < record.seq
        and not is_bent(one)
        and all(value_of(one, item) == value_of(record, item) for item in (CODE, NUMBER))
    } - {""}


@rule("notice_shape")
def notice_shape(evidence: Evidence) -> Result:
    """Tell in which of the two permitted shapes a birth is notified."""
    found = notices(evidence)
    looked = tuple(record.seq for record in found)
    if not found:
        return Result(unclear="「本人確認情報」がない")
    entered = notices(evidence, ENTERED)
    at_once = bool(entered) and bool(value_of(entered[0], "individual_number"))
    shape = "個人番号を含む記載を一度に送る" if at_once else "記載を先に、個人番号を修正として送る"
    return Result(looked_at=looked, observed=f"本人確認情報: {shape}")


@rule("which_first")
def which_first(evidence: Evidence, *, one: str, other: str) -> Result:
    """Tell which of two telegrams, whose order is free, comes first."""
    first = [record for record in evidence.telegrams() if record.telegram in {one, other}]
    if len({record.telegram for record in first}) < 2:  # noqa: PLR2004 - both of two
        return Result(unclear="両方の電文が送信されてはいない")
    looked = tuple(record.seq for record in first)
    return Result(looked_at=looked, observed=f"先に送信されたのは「{first[0].label}」")
