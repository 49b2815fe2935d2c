"""What an encoded telegram means: texts by field, where each stood, and what was wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram_specs.engine.faults import Fault

__all__ = ["Decoded", "Span", "Value", "flat", "generic_path"]

Value: TypeAlias = "str | list[dict[str, Value]]"
"""A text, or the items of a repetition. Identifiers, counts and dates are texts too."""

_INDEX = re.compile(r"\[[0-9]+\]")


class Span(NamedTuple):
    """Where a field stands in the telegram, in bytes."""

    field: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """The reading of one telegram; ``values`` holds what could be read, faults or not."""

    values: dict[str, Value]
    faults: tuple[Fault, ...]
    spans: tuple[Span, ...]

    def __repr__(self) -> str:
        return f"Decoded({len(self.spans)} fields, {len(self.faults)} faults)"


def flat(values: Mapping[str, Value], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and text of every field.

    >>> list(flat({"count": "1", "codes": [{"juminhyo_code": "24727059608"}]}))
    [('count', '1'), ('codes[0].juminhyo_code', '24727059608')]
    """
    for name, value in values.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            for index, item in enumerate(value):
                yield from flat(item, f"{prefix}{name}[{index}].")


def generic_path(path: str) -> str:
    """Return a field path without the numbers of the repetitions.

    >>> generic_path("codes[2].juminhyo_code")
    'codes[].juminhyo_code'
    """
    return _INDEX.sub("[]", path)
