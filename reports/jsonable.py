"""Values to JSON and back, with errors that name the place and never the value."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError


class ShapeError(ValueError):
    """A JSON object has not the shape of the value it should become.

    `pointer` is a JSON pointer to the first wrong member; neither it nor the message holds the
    value found, which may be personal data.
    """

    def __init__(self, pointer: str, message: str) -> None:
        self.pointer = pointer
        self.message = message
        super().__init__(f"{pointer or '/'}: {message}")


class Jsonable:
    """Mixin of the frozen dataclasses that are lines, or parts of lines, of our files."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers; bytes become lower-case hex."""
        assert dataclasses.is_dataclass(self)
        names = [member.name for member in dataclasses.fields(self)]
        return {name: _plain(getattr(self, name)) for name in names}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build the value from what `to_json` returned; members it does not know are ignored.

        Raises ShapeError where a member is missing or of another type.
        """
        try:
            kind: Any = cls
            value: Self = _adapter(kind).validate_json(json.dumps(data), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            pointer = "".join(f"/{part}" for part in first["loc"])
            raise ShapeError(pointer, _lower_first(first["msg"])) from None
        return value


def canonical(data: Mapping[str, Any]) -> bytes:
    """Return `data` as one line of JSON in UTF-8: sorted keys, no spaces, no line end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def line(data: Mapping[str, Any]) -> bytes:
    """Return `data` as one line of JSON in UTF-8, keys in their own order, with a line end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _encodable(str(value))
    if isinstance(value, Jsonable):
        return value.to_json()
    if isinstance(value, Mapping):
        return {_encodable(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        items = [_plain(item) for item in value]
        return sorted(items) if isinstance(value, frozenset) else items
    return value.hex() if isinstance(value, bytes) else value


def _encodable(text: str) -> str:
    """Return `text` with "?" for lone surrogates, which a peer's JSON may hold and UTF-8 not."""
    return text.encode("utf-8", "replace").decode()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
