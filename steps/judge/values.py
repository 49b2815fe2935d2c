"""Reading items of a recorded telegram, and showing them without showing secrets."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from reports.model import Place
from telegram_specs import Date, mask
from telegram_specs.engine.dates import ERAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.transcript import Record, RecordField

__all__ = [
    "body",
    "date_texts",
    "difference",
    "is_bent",
    "items",
    "place",
    "row",
    "scrub",
    "show",
    "value_of",
]


LONG_DIGITS = re.compile("[0-9０-９]{9,}")
ALTERING = ("changed", "without", "broken", "answer_changed", "refused", "misdirected_answer")
"""Kinds of planned faults that change what a telegram says."""


def is_bent(record: Record) -> bool:
    """Tell whether a planned fault changed what this record says."""
    return bool(record.fault) and str(record.fault).partition(":")[0] in ALTERING


def items(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (field path, text) of every leaf of a record's values."""
    yield from _leaves("", record.values or {})


def _leaves(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{prefix}.{key}" if prefix else key, inner)
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from _leaves(f"{prefix}[{number}]", inner)
    else:
        yield prefix, str(value)


def value_of(record: Record, path: str) -> str:
    """Return the text of one field, empty when the telegram has none."""
    values = record.values or {}
    if path in values and not isinstance(values[path], (dict, list, tuple)):
        return str(values[path])  # most fields stand at the top: nothing need be walked
    return next((text for field, text in items(record) if field == path), "")


def body(record: Record) -> str:
    """Return what a telegram says, without what is new each time that it is sent."""
    own = {"serial", "created_date", "created_time", "length"}
    return repr(sorted((k, str(v)) for k, v in (record.values or {}).items() if k not in own))


def row(record: Record, path: str) -> RecordField | None:
    """Return the description of a field in a record, None when it is not there."""
    return next((field for field in record.fields if field.field == path), None)


def scrub(text: str) -> str:
    """Mask every run of digits in a foreign text that is long enough for a number.

    >>> scrub("no record for 12345678903, code 2001")
    'no record for ***********, code 2001'
    """
    return LONG_DIGITS.sub(lambda found: mask(found[0]), text)


def place(record: Record, path: str | None = None) -> Place:
    """Return where a field of a record stands, or the whole record."""
    found = row(record, path) if path else None
    telegram = record.telegram or "unknown"
    if path is None:
        return Place(telegram, None, 0, len(record.raw))
    if found is None:
        return Place(telegram, path)
    return Place(telegram, path, found.offset, found.length)


def show(record: Record, path: str, text: str) -> str:
    """Return a text as it may be shown where this field is talked about.

    A code comes with its meaning, a secret with as many asterisks.
    """
    found = row(record, path)
    if not text:
        return "空"
    return mask(text) if found is None or found.secret else found.text or text


def difference(record: Record, path: str, expected: str, actual: str) -> str | None:
    """Say where two masked texts begin to differ; it tells nothing about their content."""
    found = row(record, path)
    if not actual or (found is not None and not found.secret):
        return None
    if len(expected) != len(actual):
        return f"長さが{len(expected)}文字でなく{len(actual)}文字"
    for position, (a, b) in enumerate(zip(expected, actual, strict=True), 1):
        if a != b:
            return f"{position}文字目から異なる"
    return None


def date_texts(form: str, western: str) -> list[str]:
    """Return every way to write a western date in the form of an item, both eras of a last day.

    >>> date_texts("western", "2026-05-00")
    ['2026-05-00']
    >>> date_texts("era", "2026-05-00"), date_texts("era", "1912-07-30")
    (['R8-05-00'], ['M45-07-30', 'T1-07-30'])
    """
    if form != "era":
        return [western]
    date = Date.parse(western)
    texts = []
    for era in ERAS:
        with suppress(ValueError):
            texts.append(str(Date(date.year, date.month, date.day, era)))
    return texts
