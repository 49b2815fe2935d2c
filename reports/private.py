"""What a record must not show: which of its fields, and in which spellings their values return."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram_specs import Date
from telegram_specs.engine.dates import ERAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.transcript import Record, RecordField

__all__ = [
    "KNOWN_LENGTH",
    "SCHEME",
    "SEARCHED",
    "SECRET_NAME",
    "SHORT_ASCII",
    "STAR",
    "is_blank",
    "leaf_of",
    "marked",
    "secrets_of",
    "without",
    "words_of",
]

STAR = "*"

PERSONAL = frozenset({"addressee_number"})
"""Fields that lead to one person, masked whether or not their telegram calls them secret."""

OPEN = frozenset({"created_date"})
"""Fields that tell of the telegram and of nobody, whatever day they name."""

KNOWN_LENGTH = 11
"""Shortest value masked in all records of a run: a 住民票コード; a birth date is shorter."""

SHORT_ASCII = 4
"""Shortest half-width value masked in the faults of its own record; a name may be two long."""

WORD = 7
"""Shortest half-width value masked in other fields of its own record: a date in an era."""

SEARCHED = re.compile(rf"[0-9A-Za-z+/=_.\-０-９Ａ-Ｚａ-ｚ＋／＝＿．－]{{{KNOWN_LENGTH},}}")
"""A value as it is looked for everywhere, character by character."""

_BLANK = re.compile(rb"\x20+|\x00+|(?:\x30\x00)+|(?:\x81\x40)+")
"""Spaces, half-width and ideographic ones in UTF-16BE and Shift_JIS, or nothing at all."""

SECRET_NAME = re.compile(
    r"(?<!www-)(?<!proxy-)authenticat|authoriz|token|secret|cookie|api-?key|assertion|credential"
    r"|session",
    re.IGNORECASE,
)
SCHEME = re.compile(r"(Basic|Bearer|Digest|DPoP) ", re.IGNORECASE)


def marked(record: Record) -> Record:
    """Return the record with every field as secret that tells what a secret field holds."""
    personal = _with_secrets(record, lambda field: leaf_of(field.field) in PERSONAL)
    words = tuple(word for word in words_of(personal) if not SEARCHED.fullmatch(word))
    return _with_secrets(
        personal,
        lambda field: leaf_of(field.field) not in OPEN and without(field.text, words) != field.text,
    )


def _with_secrets(record: Record, is_secret: Callable[[RecordField], bool]) -> Record:
    fields = [
        dataclasses.replace(field, secret=True) if not field.secret and is_secret(field) else field
        for field in record.fields
    ]
    return dataclasses.replace(record, fields=tuple(fields))


def words_of(record: Record, shortest: int = WORD) -> tuple[str, ...]:
    """Return the secrets of a record, dates in every spelling, longest first.

    Half-width ones have at least ``shortest`` characters.
    """
    found = {spelling for secret in secrets_of(record) for spelling in _spellings(secret)}
    words = (word for word in found if len(word) >= shortest or not word.isascii())
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _spellings(secret: str) -> Iterator[str]:
    """Yield a value, and a date in every other way to write it."""
    yield secret
    with suppress(ValueError):
        day = Date.parse(secret).western()
        if day.known:
            yield from (str(day), str(day).replace("-", ""))
            for letter, era in ERAS.items():
                with suppress(ValueError):
                    dated = Date(day.year, day.month, day.day, letter)
                    yield str(dated)
                    yield f"{era.code}{dated.era_year:02}{day.month:02}{day.day:02}"


def secrets_of(record: Record) -> set[str]:
    """Return the secret values that a record holds: by place, by name and in its head."""
    names = {leaf_of(field.field) for field in record.fields if field.secret}
    found = set(_leaves(record.values or {}, names))
    for field in record.fields:
        if field.secret:
            piece = record.raw[field.offset : field.offset + field.length]
            found.add(piece.decode("utf-8", "ignore").strip(' "\x00'))
    for name, value in record.http.headers.items() if record.http else ():
        if SECRET_NAME.search(name):
            found.add(SCHEME.sub("", value))
    return {secret for secret in found if len(secret) >= (SHORT_ASCII if secret.isascii() else 2)}


def without(text: str, words: Iterable[str], tell: Callable[[str], str] = lambda _: "") -> str:
    """Return a text with as many asterisks for each of the words, and what is told of it."""
    for word in words:
        if word and word in text:
            text = text.replace(word, STAR * len(word) + tell(word))
    return text


def is_blank(raw: bytes) -> bool:
    """Tell whether bytes are padding and hold no value.

    >>> is_blank(b"   "), is_blank("\u3000\u3000".encode("utf-16-be")), is_blank(b"000")
    (True, True, False)
    """
    return _BLANK.fullmatch(raw) is not None


def leaf_of(path: str) -> str:
    """Return the name of a field without the groups around it."""
    return path.rpartition(".")[2].partition("[")[0]


def _leaves(values: Any, names: set[str], name: str = "") -> Iterator[str]:
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from _leaves(value, names, str(key))
    elif isinstance(values, (list, tuple)):
        for value in values:
            yield from _leaves(value, names, name)
    elif name in names:
        yield str(values)
