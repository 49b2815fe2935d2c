"""Which hidden values of a case are equal: a letter for each, which tells that and nothing else.

A value that stands in one place of the case only has none: there is nothing that it equals.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.private import SHORT_ASCII, is_blank, words_of
from telegram_specs import Date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reports.model import Case, Finding, Origin
    from reports.transcript import Record, RecordField

HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
"""Full-width forms of the printable half-width characters."""

TAG = re.compile(r" \(=[A-Z]+\)")
_MASKED = re.compile(r"\*+(?!\*| \(=)")
"""A masked value that nothing is told of yet."""
_BARE = re.compile(rb"\s*(?:null|true|false|\[\s*\]|\{\s*\})\s*")
"""JSON that holds no text and no number."""
LETTERS = 26

Key = tuple[int, str]
"""The `seq` of a record and the path of a field in it."""


class Alike:
    """Letters of the hidden values of one case, in the order in which they first appear."""

    def __init__(
        self, records: Iterable[Record] = (), told: Iterable[tuple[Key, str]] = ()
    ) -> None:
        """Give a letter to what stands in two places: hidden fields, and where else it is told."""
        places: dict[str, set[Key]] = {}
        fields: dict[Key, str] = {}
        for record in records:
            for field in record.fields:
                text = content(record, field) if field.secret else ""
                if text:
                    fields[record.seq, field.field] = text
                    places.setdefault(text, set()).add((record.seq, field.field))
        for place, text in told:
            if text in places:
                places[text].add(place)
        shown = [text for text, at in places.items() if len(at) > 1]
        self._letters = {text: _letter(number) for number, text in enumerate(shown)}
        self._fields = {
            key: self._letters[text] for key, text in fields.items() if text in self._letters
        }

    def __bool__(self) -> bool:
        """Tell whether any hidden value has a letter."""
        return bool(self._letters)

    def letter(self, seq: int, field: str) -> str:
        """Return the letter of a hidden field, empty where it holds nothing or is not hidden."""
        return self._fields.get((seq, field), "")

    def tag(self, text: str) -> str:
        """Return ` (=A)` for a value that a hidden field of the case holds, else nothing."""
        return tag(self._letters.get(canonical(text), ""))

    def finding(self, finding: Finding) -> Finding:
        """Return a finding with the letters of what was expected and of what was there."""
        place = finding.place
        found = finding.actual_at
        here = self.letter(finding.evidence or 0, place.field or "") if place else ""
        return replace(
            finding,
            expected=finding.expected + tag(self._of(finding.expected_at)),
            actual=_tagged(finding.actual, self._of(found) or here),
        )

    def _of(self, origin: Origin | None) -> str:
        return self.letter(origin.seq, origin.field) if origin else ""


NONE_ALIKE = Alike()


def cases_alike(
    cases: Iterable[Case],
    records: Iterable[Record],
    known: Callable[[str], Iterable[str]] = lambda _: (),
) -> Iterator[tuple[str, Alike]]:
    """Yield the letters of each case.

    ``records`` have all their secret fields marked; ``known`` finds hidden values in a text.
    """
    by_seq: dict[int, Record] = {}
    own: dict[str | None, list[int]] = {}
    for record in records:
        by_seq[record.seq] = record
        own.setdefault(record.case_id, []).append(record.seq)
    for case in cases:
        pointed = (finding.evidence for finding in case.findings if finding.evidence in by_seq)
        seqs = {*own.get(case.case_id, ()), *(seq for seq in case.evidence if seq in by_seq)}
        shown = [by_seq[seq] for seq in sorted({*seqs, *filter(None, pointed)})]
        yield case.case_id, Alike(shown, _told(case, shown, known))


def _told(
    case: Case, records: list[Record], known: Callable[[str], Iterable[str]]
) -> Iterator[tuple[Key, str]]:
    """Yield the values that are told outside of hidden fields, each with the place where."""
    fields = {
        (record.seq, field.field): (record, field) for record in records for field in record.fields
    }
    for number, finding in enumerate(case.findings):
        for word, origin in (("expected", finding.expected_at), ("actual", finding.actual_at)):
            if origin and (origin.seq, origin.field) in fields:
                yield (0, f"{word} {number}"), content(*fields[origin.seq, origin.field])
    for place, text in (*_sentences(case), *_open_texts(records)):
        for value in known(text):
            yield place, canonical(value)
    pointed = {finding.evidence for finding in case.findings}
    words = {each.seq: words_of(each, SHORT_ASCII) for each in records if each.seq in pointed}
    for number, finding in enumerate(case.findings):
        for word in words.get(finding.evidence or 0, ()):
            for place, text in _said(number, finding):
                if word in text:
                    yield place, canonical(word)


def _sentences(case: Case) -> Iterator[tuple[Key, str]]:
    yield (0, "reason"), case.reason
    for number, finding in enumerate(case.findings):
        yield from _said(number, finding)


def _said(number: int, finding: Finding) -> Iterator[tuple[Key, str]]:
    place = finding.place
    here = (finding.evidence or 0, place.field or "") if place else (0, f"actual {number}")
    yield here, finding.actual
    yield (0, f"expected {number}"), finding.expected
    yield (0, f"note {number}"), finding.note or ""


def _open_texts(records: Iterable[Record]) -> Iterator[tuple[Key, str]]:
    for record in records:
        yield (record.seq, ""), record.note or ""
        for field in record.fields:
            if not field.secret:
                yield (record.seq, field.field), field.text


def tag(letter: str) -> str:
    """Return what stands behind a masked value.

    >>> tag("A"), tag("")
    (' (=A)', '')
    """
    return f" (={letter})" if letter else ""


def untagged(text: str) -> str:
    """Return a text as it is in every case: letters mean something in one case only.

    >>> untagged("*** (=A) for *** (=AB)")
    '*** for ***'
    """
    return TAG.sub("", text)


def tells_letters(cases: Iterable[Case]) -> bool:
    """Tell whether a finding or a reason of these cases has a letter, which wants explaining."""
    return any(
        TAG.search(text or "")
        for case in cases
        for finding in case.findings
        for text in (case.reason, finding.expected, finding.actual, finding.note)
    )


def canonical(text: str) -> str:
    """Return one spelling for all spellings of a value: half width, no padding, western dates.

    A date that is not wholly known stays as it is: 昭和不詳 is not 平成不詳.

    >>> canonical("１２３ "), canonical("R8-05-01"), canonical("S0-00-00")
    ('123', '2026-05-01', 'S0-00-00')
    """
    plain = text.translate(HALF_WIDTH).strip(' "\x00\u3000')
    with suppress(ValueError):
        day = Date.parse(plain)
        return str(day.western()) if day.known else plain
    return plain


def content(record: Record, field: RecordField) -> str:
    """Return what a field holds in one spelling: its value, its bytes where nothing was decoded.

    Empty for padding, and for JSON of an HTTP body that says nothing of a person.
    """
    value: object = record.values or {}
    for name in re.findall(r"[^.\[\]]+", field.field):
        value = _inside(value, name)
    if isinstance(value, str) and value:
        return canonical(value)
    raw = record.raw[field.offset : field.offset + field.length]
    if is_blank(raw) or (record.http and _BARE.fullmatch(raw)):
        return ""
    with suppress(UnicodeDecodeError):
        return canonical(raw.decode())
    return canonical(raw.decode("utf-16-be", "replace"))


def _inside(value: object, name: str) -> object:
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, (list, tuple)) and name.isdecimal() and int(name) < len(value):
        return value[int(name)]
    return None


def _tagged(text: str, letter: str) -> str:
    """Return a text with the letter behind its masked value, where it has just one."""
    masked = _MASKED.findall(text)
    return _MASKED.sub(masked[0] + tag(letter), text) if len(masked) == 1 else text


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB and so on.

    >>> _letter(0), _letter(25), _letter(26), _letter(27)
    ('A', 'Z', 'AA', 'AB')
    """
    more, last = divmod(number, LETTERS)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)
