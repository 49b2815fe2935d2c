"""The codings in which a value may stand in a foreign text: full width, hex, base64."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from steps.people.provider import full_width

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["codings"]

CHARSETS = ("utf-8", "utf-16-be", "utf-16-le", "cp932")
FEWEST = 4
"""Bytes below which a coding would be found by chance."""
WHOLE = 3
"""Bytes that base64 writes as four characters."""


@cache
def codings(text: str) -> tuple[str, ...]:
    """Return every coding of a text but itself, hex in lower case; a reader ignores the case.

    >>> {"31323334", "31 32 33 34", "１２３４"} <= set(codings("1234"))
    True
    """
    forms = dict.fromkeys((text, full_width(text)))
    raws = dict.fromkeys(form.encode(charset, "ignore") for form in forms for charset in CHARSETS)
    found = [form for form in forms if form != text]
    for raw in raws:
        if len(raw) >= FEWEST:
            found += [raw.hex(), raw.hex(" "), *_base64(raw)]
    return tuple(found)


def _base64(raw: bytes) -> Iterator[str]:
    """Yield the characters that are sure to stand in base64, wherever the bytes begin."""
    for before in range(WHOLE):
        coded = base64.b64encode(bytes(before) + raw).decode()
        # Of the first group only what the bytes before do not touch; of the last what none follow.
        start = (before * 8 + 5) // 6
        end = (before + len(raw)) * 8 // 6
        if end - start >= FEWEST:
            yield coded[start:end]
