"""The fixed form: fields one behind the other, each as wide as its spec says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.engine.fixedreader import FixedReader
from telegram_specs.engine.fixedwriter import FixedWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Field, Item
    from telegram_specs.engine.values import Decoded, Value

__all__ = ["FixedForm"]


@dataclass(frozen=True, slots=True)
class FixedForm:
    """Codec of one telegram on the fixed form.

    Attributes:
        telegram, label: of the spec.
        items: header and body; offsets are fixed up to the first repetition.
        trailer: the fields at the end, all constants: together the end mark.
        length: id of the header field that declares the bytes of the whole telegram.
        uncounted: bytes that the declared length leaves out.
        header_width: bytes of the header; nothing secret stands in it.
    """

    telegram: str
    label: str
    items: tuple[Item, ...]
    trailer: tuple[Field, ...]
    length: str
    uncounted: int
    header_width: int

    def decode(self, data: bytes) -> Decoded:
        """Read a telegram; what is wrong with it is among the faults."""
        return FixedReader(self, data).read()

    def encode(self, values: Mapping[str, Value]) -> tuple[bytes, tuple[Fault, ...]]:
        """Return the bytes of a telegram and what is wrong with the values."""
        return FixedWriter(self, values).write()
