"""Telegram specs: one compiled layout, ready to encode, decode and describe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from telegram_specs.engine.describe import describe
from telegram_specs.engine.errors import EncodeError
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.substitution import substituted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.describe import Row
    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.values import Decoded, Value

__all__ = ["Codec", "Http", "TelegramSpec"]


class Http(NamedTuple):
    """The request line of a telegram on an HTTP link."""

    method: str
    path: str


class Codec(Protocol):
    """The way between values and bytes of one telegram."""

    def decode(self, data: bytes) -> Decoded:
        """Read a telegram; never raises."""
        ...

    def encode(self, values: Mapping[str, Value]) -> tuple[bytes, tuple[Fault, ...]]:
        """Return the bytes, to be used only when there is no fault."""
        ...


@dataclass(frozen=True, eq=False, repr=False)
class TelegramSpec:
    """One telegram of a profile.

    Attributes:
        id: name in files and values; ``label`` is the Japanese one.
        status: ``synthetic`` for a layout of our own.
        form: ``fixed``, ``json``, ``form`` or ``csv``.
        wire_id: the telegram id in the header, None off the fixed form.
        links: names of the links it runs on.
        sender, receiver: roles.
        http: method and path, None where it is not a request.
        answer: id of the telegram that answers it, None when nothing does.
        refusal: id of the body of an answer other than 200, None for the error response of all.
        ref: sources.
        fields: all fields, header and end mark included.
        codec: the compiled layout.
        sources: the YAML files it was compiled from.
        content_type: of the HTTP body, None on the fixed form.
        length: id of the field that declares the length of the telegram, None where none does.
        uncounted: bytes that the declared length leaves out.
        clear_bytes: how many bytes at the start never hold a secret.
    """

    id: str
    label: str
    status: str
    form: str
    wire_id: str | None
    links: tuple[str, ...]
    sender: tuple[str, ...]
    receiver: tuple[str, ...]
    http: Http | None
    answer: str | None
    ref: str | None
    fields: tuple[Item, ...]
    codec: Codec
    sources: frozenset[str]
    content_type: str | None
    length: str | None = None
    uncounted: int = 0
    refusal: str | None = None
    clear_bytes: int = 0

    def __repr__(self) -> str:
        return f"TelegramSpec({self.id})"

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Generic paths (``codes[].juminhyo_code``) of the fields to mask."""
        return frozenset(path for path, _, field in leaves(self.fields) if field.secret)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Japanese label by generic path, repetitions themselves included."""
        groups = {item.id: item.label for item in self.fields}
        return groups | {path: label for path, label, _ in leaves(self.fields)}

    def encode(self, values: Mapping[str, Value]) -> bytes:
        """Return the telegram; EncodeError with every fault of the values.

        Constants, the length, counts and the end mark are filled in; an absent value is empty.
        """
        data, faults = self.codec.encode(values)
        if faults:
            raise EncodeError(faults)
        return data

    def substituted(self, values: Mapping[str, Value]) -> tuple[Fault, ...]:
        """Return which characters encoding replaces; EncodeError as it raises."""
        return substituted(self, values, self.encode(values))

    def decode(self, data: bytes) -> Decoded:
        """Return values, faults and spans of a telegram; never raises."""
        return self.codec.decode(data)

    def validate(self, data: bytes) -> tuple[Fault, ...]:
        """Return everything wrong with a telegram, first byte first."""
        return self.codec.decode(data).faults

    def describe(self, data: bytes, *, unmask: bool = False) -> tuple[Row, ...]:
        """Return a telegram field by field, secrets masked unless ``unmask`` is asked for."""
        return describe(self, data, unmask=unmask)
