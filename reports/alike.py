"""Which hidden values of a case are equal: a letter for each, which tells that and nothing else."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram_specs import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.model import Case, Finding, Origin
    from reports.transcript import Record, RecordField

HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
"""Full-width forms of the printable half-width characters."""

TAG = re.compile(r" \(=[A-Z]+\)")
_MASKED = re.compile(r"\*+(?!\*| \(=)")
"""A masked value that nothing is told of yet."""
LETTERS = 26

Key = tuple[int, str]
"""The `seq` of a record and the path of a field in it."""


class Alike:
    """Letters of the hidden values of one case, in the order in which they first appear."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._letters: dict[str, str] = {}
        self._fields: dict[Key, str] = {}
        for record in records:
            for field in record.fields:
                text = content(record, field) if field.secret else ""
                if text:
                    letter = self._letters.setdefault(text, _letter(len(self._letters)))
                    self._fields[record.seq, field.field] = letter

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


def cases_alike(cases: Iterable[Case], records: Iterable[Record]) -> Iterator[tuple[str, Alike]]:
    """Yield the letters of each case; ``records`` have all their secret fields marked."""
    known: dict[int, Record] = {}
    own: dict[str | None, list[int]] = {}
    for record in records:
        known[record.seq] = record
        own.setdefault(record.case_id, []).append(record.seq)
    for case in cases:
        pointed = (finding.evidence for finding in case.findings if finding.evidence in known)
        seqs = {*own.get(case.case_id, ()), *(seq for seq in case.evidence if seq in known)}
        yield case.case_id, Alike(known[seq] for seq in sorted({*seqs, *filter(None, pointed)}))


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

    >>> canonical("１２３ "), canonical("R8-05-01")
    ('123', '2026-05-01')
    """
    plain = text.translate(HALF_WIDTH).strip(' "\x00\u3000')
    with suppress(ValueError):
        return str(Date.parse(plain).western())
    return plain


def content(record: Record, field: RecordField) -> str:
    """Return what a field holds in one spelling: its value, its bytes where nothing was decoded."""
    value: object = record.values or {}
    for name in re.findall(r"[^.\[\]]+", field.field):
        value = _inside(value, name)
    if isinstance(value, str) and value:
        return canonical(value)
    raw = record.raw[field.offset : field.offset + field.length]
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
