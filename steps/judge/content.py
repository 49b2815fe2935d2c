"""Rules on the items of telegrams: values, equality, uniqueness, check digits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import select
from steps.judge.values import difference, is_bent, items, place, row, show, value_of
from telegram_specs import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reports.transcript import Record

__all__ = [
    "breach_at",
    "check_digit",
    "item_is",
    "items_distinct",
    "matches",
    "own_municipality",
    "paired",
]


def breach_at(
    record: Record, path: str, expected: str, actual: str, note: str | None = None
) -> Breach:
    """Return a breach at one field of a record."""
    found = row(record, path)
    label = found.label if found else None
    return Breach(expected, actual, record.sender, record.seq, place(record, path), label, note)


def leaves(record: Record, item: str) -> list[tuple[str, str]]:
    """Return (path, text) of an item, each occurrence where it repeats."""
    return [(p, text) for p, text in items(record) if p == item or p.endswith(f".{item}")]


@rule("item_is")
def item_is(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    expected: Sequence[str],
    words: str,
    person: str | None = None,
    last: bool = False,
) -> Result:
    """Judge that an item has one of the expected texts in every such telegram.

    ``words`` says what is expected, for the reader; ``last`` looks at the last telegram only.
    """
    found = select(evidence, telegram, person)
    found = found[-1:] if last else found
    if not found or not expected:
        unclear = "該当する電文がない" if expected else "比べる値を照会できない"
        return Result(unclear=unclear)
    breaches = []
    for record in found:
        actual = value_of(record, item)
        if actual not in expected:
            note = difference(record, item, expected[0], actual) if expected else None
            breaches.append(breach_at(record, item, words, show(record, item, actual), note))
    return Result(tuple(breaches), tuple(record.seq for record in found))


@rule("item_same")
def item_same(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    other: str,
    other_item: str,
    words: str,
    person: str | None = None,
    may_be_empty: bool = False,
) -> Result:
    """Judge that an item equals an item of the last telegram of another kind."""
    source = select(evidence, other, person) or select(evidence, other, person, run=True)
    expected = value_of(source[-1], other_item) if source else ""
    found = select(evidence, telegram, person)
    if may_be_empty:
        found = [record for record in found if value_of(record, item)]
    if not expected or not found:
        return Result(unclear="比べる電文がそろっていない")
    breaches = tuple(
        replace(
            breach_at(
                record,
                item,
                words,
                show(record, item, value_of(record, item)),
                difference(record, item, expected, value_of(record, item)),
            ),
            wanted=expected,
        )
        for record in found
        if value_of(record, item) != expected
    )
    return Result(breaches, (source[-1].seq, *(record.seq for record in found)))


@rule("items_distinct")
def items_distinct(
    evidence: Evidence, *, telegram: str, item: str, words: str, known: Sequence[str] = ()
) -> Result:
    """Judge that no text of an item occurs twice in the run, nor is one of the known ones.

    Where no such telegram is sent nothing occurs twice.
    """
    seen: dict[str, str] = dict.fromkeys(known, "以前から使われている値")
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.telegrams(telegram, run=True):
        for path, text in leaves(record, item):
            if not text:
                continue
            looked.append(record.seq)
            if text in seen and record.seq > evidence.start:
                actual = f"{show(record, path, text)} ({seen[text]})"
                breaches.append(breach_at(record, path, words, actual))
            seen.setdefault(text, f"記録{record.seq}と同じ値")
    return Result(tuple(breaches), tuple(dict.fromkeys(looked)), closed=True)


@rule("values_new")
def values_new(evidence: Evidence, *, telegram: str, item: str, count: int, words: str) -> Result:
    """Judge that an item has so many values at least, none of them seen before the window.

    A telegram that tells the same of the same person again brings no new value and is no breach.
    """
    earlier: dict[str, int] = {}
    fresh: dict[str, int] = {}
    found: list[tuple[Record, str]] = []
    for record in evidence.telegrams(telegram, run=True):
        text = value_of(record, item)
        if not text:
            continue
        if record.seq <= evidence.start:
            earlier.setdefault(text, record.seq)
            continue
        found.append((record, text))
        fresh.setdefault(text, record.seq)
    if len(found) < count:
        return Result(unclear="人数分の電文がない", looked_at=tuple(r.seq for r, _ in found))
    first = earlier if len(fresh) >= count else {**fresh, **earlier}
    breaches = tuple(
        breach_at(record, item, words, f"{show(record, item, text)} (記録{first[text]}と同じ値)")
        for record, text in found
        if first.get(text, record.seq) != record.seq
    )
    return Result(breaches, tuple(record.seq for record, _ in found))


@rule("items_distinct_between_people")
def items_distinct_between_people(
    evidence: Evidence, *, telegram: str, item: str, people: Sequence[str], words: str
) -> Result:
    """Judge that an item differs from person to person."""
    owner: dict[str, str] = {}
    breaches: list[Breach] = []
    looked: list[int] = []
    for person in people:
        for record in select(evidence, telegram, person):
            text = value_of(record, item)
            looked.append(record.seq)
            if text and owner.setdefault(text, person) != person:
                actual = f"「{owner[text]}」と同じ値"
                breaches.append(breach_at(record, item, words, actual))
    if len(set(owner.values())) < len(people) and not breaches:
        return Result(unclear="人数分の電文がない", looked_at=tuple(looked))
    return Result(tuple(breaches), tuple(looked))


@rule("item_among")
def item_among(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    among: str,
    words: str,
    inside: bool = True,
    person: str | None = None,
) -> Result:
    """Judge that an item is (or is not) one of the texts known under a fact's name.

    A telegram that is not sent carries no forbidden text either.
    """
    known = frozenset(evidence.facts.get(among, ()))
    if not inside and not select(evidence, telegram, person):
        return Result(closed=True)
    return _each(
        evidence, telegram, item, words, lambda text: (text in known) == inside, person=person
    )


@rule("own_municipality")
def own_municipality(evidence: Evidence, *, own_items: Sequence[str], words: str) -> Result:
    """Judge that items which name the sender's municipality name that of the system under test.

    A code that the plan put into a telegram may be echoed. Where the municipality is not known,
    nothing is said.
    """
    known = frozenset(evidence.facts.get("municipalities", ()))
    case = evidence.records[evidence.start :]
    bent = {text for record in case if is_bent(record) for _, text in items(record)}
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.telegrams() if known else ():
        found = [(p, t) for item in own_items for p, t in leaves(record, item) if t]
        if record.sender not in evidence.parts or not found:
            continue
        looked.append(record.seq)
        for path, text in found:
            if text not in known | bent:
                breaches.append(breach_at(record, path, words, show(record, path, text)))
    return Result(tuple(breaches), tuple(looked))


@rule("paired")
def paired(evidence: Evidence, *, telegram: str, pair: Mapping[str, str], words: str) -> Result:
    """Judge that who is named by one item of such a telegram is named by the others too.

    ``pair`` holds, by item, the fact that lists the person's texts. Telegrams about others, and
    none at all, are fine.
    """
    known = {item: frozenset(evidence.facts.get(name, ())) for item, name in pair.items()}
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in select(evidence, telegram):
        told = {item: value_of(record, item) for item in known}
        strange = [item for item, text in told.items() if text not in known[item]]
        if len(strange) == len(known):
            continue
        looked.append(record.seq)
        breaches += [breach_at(record, i, words, show(record, i, told[i])) for i in strange]
    return Result(tuple(breaches), tuple(looked), closed=True)


@rule("check_digit")
def check_digit(evidence: Evidence, *, telegram: str, item: str, kind: str, words: str) -> Result:
    """Judge the check digit of an item; where no text provides for one, both ways are right."""
    return _each(evidence, telegram, item, words, lambda text: verify(kind, text) is not False)


@rule("matches")
def matches(
    evidence: Evidence,
    *,
    telegram: str,
    item: str,
    pattern: str,
    words: str,
    person: str | None = None,
) -> Result:
    """Judge the form of an item by a regular expression that must match as a whole."""
    form = re.compile(pattern)
    return _each(
        evidence, telegram, item, words, lambda text: bool(form.fullmatch(text)), person=person
    )


@rule("not_equal_to")
def not_equal_to(
    evidence: Evidence, *, telegram: str, item: str, never: Sequence[str], words: str
) -> Result:
    """Judge that an item carries none of the texts under the named facts."""
    known = frozenset(text for name in never for text in evidence.facts.get(name, ()) if text)
    return _each(
        evidence,
        telegram,
        item,
        words,
        lambda text: not any(text == bad or bad in text or text in bad for bad in known),
    )


def _each(
    evidence: Evidence,
    telegram: str,
    item: str,
    words: str,
    good: Callable[[str], Any],
    *,
    person: str | None = None,
) -> Result:
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in select(evidence, telegram, person):
        for path, text in leaves(record, item):
            looked.append(record.seq)
            if not good(text):
                breaches.append(breach_at(record, path, words, show(record, path, text)))
    if not looked:
        return Result(unclear="該当する電文がない")
    return Result(tuple(breaches), tuple(dict.fromkeys(looked)))
