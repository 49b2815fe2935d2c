"""Telegrams as compact JSON: the page draws diagram, field table and dump when they are opened.

A run holds thousands of telegrams and a reader opens a few. So bytes travel as one character
each, hidden ones only as runs, and what many telegrams share, their layout, is written once.
`templates/telegrams.js` reads what is written here, and nothing else does.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reports import bilingual
from reports.alike import NONE_ALIKE
from reports.english import in_english
from reports.names import field_name
from reports.planned import planned
from reports.private import leaf_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.alike import Alike
    from reports.masking import MaskedRecord
    from reports.transcript import Record, RecordField

ROW = 16
SHOWN_BYTES = 4096
"""Bytes of one telegram that are shown; the rest is in the transcript."""
STAR = "*"
LOST = frozenset({"lost", "answer_lost", "unauthorised", "unavailable"})
"""Planned faults after which a telegram does not reach the other side."""

NUMBERS = frozenset(
    {
        "juminhyo_code",
        "individual_number",
        "addressee_number",
        "integrated_number",
        "acquisition_number",
        "linkage_code",
    }
)
"""Items whose equality is seen in the diagram already."""

CODED = re.compile("[0-9A-Z]+ [^0-9A-Z].*")
"""A code with its meaning behind it."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one finding points at: the bytes at `span`, None for the telegram as a whole."""

    finding: int
    span: Span | None
    field: str | None


class Packer:
    """Packs telegrams; `shared` then tells what all of them refer to."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str, str], int] = {}
        self._layouts: dict[tuple[int, ...], int] = {}
        self._meanings: dict[str, str] = {}

    def line(
        self, masked: MaskedRecord, marks: Iterable[Mark] = (), alike: Alike = NONE_ALIKE
    ) -> dict[str, Any]:
        """Return who sent which telegram to whom; what is empty is left out."""
        record = masked.record
        status = record.http.status if record.http else None
        line = {
            "seq": record.seq,
            "ms": record.t_ms,
            "link": record.link,
            "from": record.sender,
            "to": record.receiver,
            "name": record.label or record.telegram,
            "serial": _serial(record),
            "status": status,
            "answers": record.answers,
            "unsent": not record.on_wire,
            "fault": planned(record.fault) if record.fault else None,
            "lost": (record.fault or "") in LOST or not record.on_wire,
            "findings": sorted({mark.finding for mark in marks}),
            "size": len(record.raw),
            "numbers": _numbers(record, alike),
        }
        return _filled(line)

    def whole(
        self, masked: MaskedRecord, marks: tuple[Mark, ...] = (), alike: Alike = NONE_ALIKE
    ) -> dict[str, Any]:
        """Return the line with fields and bytes; those of `marks` are pointed at.

        `letters` are those of the hidden fields that have one, by their place among the fields.
        """
        record = masked.record
        start, end = window(len(record.raw), [mark.span for mark in marks if mark.span])
        fields = [each for each in record.fields if each.offset < end or end == len(record.raw)]
        hidden = masked.hidden[start:end]
        return {
            **self.line(masked, marks, alike),
            **_filled(
                {
                    "head": _head(record),
                    "note": record.note,
                    "start": start,
                    "layout": self._layout(fields),
                    "texts": [self._text(each) for each in fields],
                    "letters": {
                        number: letter
                        for number, each in enumerate(fields)
                        if (letter := alike.letter(record.seq, each.field))
                    },
                    "hits": [
                        [number, mark.finding]
                        for number, each in enumerate(fields)
                        for mark in marks
                        if mark.span and is_hit(each, mark.span)
                    ],
                    "absent": [mark.finding for mark in marks if mark.span is None and mark.field],
                    "spans": [
                        [mark.span[0] - start, max(mark.span[1], 1)] for mark in marks if mark.span
                    ],
                    "faults": _faults(record, fields),
                    "hidden": _runs(hidden),
                }
            ),
            "bytes": "".join(
                chr(byte)
                for byte, hide in zip(record.raw[start:end], hidden, strict=True)
                if not hide
            ),
        }

    def shared(self) -> dict[str, Any]:
        """Return names (path, label, English name), layouts (name, offset, length, …), meanings."""
        return {
            "names": list(self._names),
            "layouts": list(self._layouts),
            "meanings": self._meanings,
        }

    def _text(self, field: RecordField) -> str | int:
        """Return the text of a field, the number of its asterisks where it is hidden.

        The English of a code is kept for `shared`.
        """
        if field.text and not field.text.strip(STAR):
            return len(field.text)
        if CODED.fullmatch(field.text) and (english := in_english(field.text)):
            self._meanings[field.text] = english
        return field.text

    def _layout(self, fields: Iterable[RecordField]) -> int:
        layout: list[int] = []
        for each in fields:
            named = (each.field, each.label, field_name(each.field))
            name = self._names.setdefault(named, len(self._names))
            layout += (name, each.offset, each.length)
        return self._layouts.setdefault(tuple(layout), len(self._layouts))


def window(size: int, spans: Iterable[Span]) -> Span:
    """Return the first and the end of the bytes to show: whole rows, with what is pointed at.

    >>> window(100_000, [(50_000, 2)])
    (47952, 52048)
    """
    first = min((offset for offset, _ in spans), default=0)
    start = 0 if first < SHOWN_BYTES else (first - SHOWN_BYTES // 2) // ROW * ROW
    return start, min(start + SHOWN_BYTES, size)


def is_hit(field: RecordField, span: Span) -> bool:
    """Tell whether bytes lie in the field or hold it."""
    offset, length = span
    return offset < field.offset + max(field.length, 1) and field.offset < offset + max(length, 1)


def excerpt(masked: MaskedRecord, span: Span) -> str:
    """Return the first bytes of a span as hex, hidden ones as `**`."""
    offset, length = span
    shown = [
        "**" if hide else f"{byte:02x}"
        for byte, hide in zip(
            masked.record.raw[offset : offset + length],
            masked.hidden[offset : offset + length],
            strict=True,
        )
    ]
    return " ".join([*shown[:ROW], "…"] if len(shown) > ROW else shown)


def script(data: Mapping[str, Any]) -> str:
    """Return JSON that may stand in a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def references(records: Iterable[Record]) -> dict[int, int]:
    """Return by `seq` the earlier telegram that each one names by its serial.

    It is one of the other side; what answers on the same connection says so itself.
    """
    sent: dict[tuple[str, str, str], int] = {}
    found: dict[int, int] = {}
    for record in records:
        earlier = sent.get((record.receiver, record.sender, _open_text(record, "ref_serial")))
        if earlier is not None and record.answers is None:
            found[record.seq] = earlier
        if serial := _serial(record):
            sent[record.sender, record.receiver, serial] = record.seq
    return found


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; a 0 is something."""
    empty: tuple[Any, ...] = (None, "", [], {})
    return {key: each for key, each in data.items() if each is not False and each not in empty}


def _head(record: Record) -> list[str]:
    if record.http is None:
        return []
    status = "" if record.http.status is None else f" → {record.http.status}"
    first = f"{record.http.method} {record.http.target}{status}"
    return [first, *(f"{name}: {value}" for name, value in record.http.headers.items())]


def _numbers(record: Record, alike: Alike) -> list[str]:
    """Return the letters of the numbers that a telegram carries, by which its people are known."""
    letters = (
        alike.letter(record.seq, field.field)
        for field in record.fields
        if leaf_of(field.field).removeprefix("former_") in NUMBERS
    )
    return list(dict.fromkeys(filter(None, letters)))


def _faults(record: Record, fields: list[RecordField]) -> list[list[int | str]]:
    """Return the faults of the telegram, each with its field, -1 where it has none."""
    place = {each.field: number for number, each in enumerate(fields)}
    return [
        [place.get(fault.field or "", -1), *bilingual.phrase(fault.text)] for fault in record.faults
    ]


def _runs(hidden: bytes) -> list[int]:
    """Return first and length of each stretch of hidden bytes, one behind the other."""
    runs: list[int] = []
    at = 0
    for hide, group in groupby(hidden):
        length = len(list(group))
        runs += (at, length) if hide else ()
        at += length
    return runs


def _serial(record: Record) -> str:
    """Return the serial that the sender gave to the telegram, empty where it has none."""
    return _open_text(record, "serial")


def _open_text(record: Record, name: str) -> str:
    """Return the text of the open item of this name, empty where there is none or it is masked."""
    text = next(
        (
            field.text
            for field in record.fields
            if field.field.rpartition(".")[2] == name and not field.secret
        ),
        "",
    )
    return text if text.strip(STAR) else ""
