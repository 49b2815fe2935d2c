"""Vectors: telegrams typed by hand, field by field, with what each must mean or be refused for.

They are an oracle beside the codec, so nothing here is ever written by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints

from telegram_specs.engine.document import Mark, locate
from telegram_specs.engine.faults import Rule
from telegram_specs.engine.library import complain, named
from telegram_specs.engine.model import Flag, Model, Name, Size, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from telegram_specs.engine.document import Map
    from telegram_specs.engine.files import Files
    from telegram_specs.engine.values import Value

__all__ = ["BadVector", "GoodVector", "Stream", "Vectors", "load_vectors"]

_HEX = r"([0-9A-F]{2})+( ([0-9A-F]{2})+)*"
_PATH = re.compile(r"([a-z0-9_]+)(?:\[([0-9]*)\](?:\.([a-z0-9_]+))?)?")

Hex = Annotated[str, StringConstraints(pattern=f"^{_HEX}$")]


class SegmentModel(Model):
    """One field: its bytes as ``text`` or ``hex``, filled up with ``pad``, and its value."""

    field: str | None = None
    text: str | None = None
    hex: Hex | None = None
    pad: Annotated[dict[Hex, Size], Field(min_length=1, max_length=1)] | None = None
    value: str | None = None

    def raw(self) -> bytes:
        """Return the bytes as typed."""
        typed = bytes.fromhex(self.hex or "") or (self.text or "").encode()
        return typed + b"".join(bytes.fromhex(unit) * n for unit, n in (self.pad or {}).items())

    def meaning(self) -> str:
        """Return the value, which is the text where none is given."""
        return (self.text or "") if self.value is None else self.value


class GoodModel(Model):
    """A telegram that means the values typed with it; ``given`` ones are encoded to it as well."""

    id: Name
    title: str
    given: dict[str, str] = Field(default_factory=dict)
    segments: Annotated[list[SegmentModel], Field(min_length=1)]


class FaultModel(Model):
    """One fault, as it must be found."""

    field: str
    offset: int
    length: int
    rule: Rule


class BadModel(Model):
    """A good vector (``of``) with other segments or, to be encoded, values; and its faults."""

    id: Name
    title: str
    of: Name | None = None
    replace: tuple[SegmentModel, ...] = ()
    change: dict[str, str] | None = None
    segments: tuple[SegmentModel, ...] = ()
    faults: Annotated[list[FaultModel], Field(min_length=1)]


class GoodFile(Model):
    """``vectors/good/<telegram>.yaml``."""

    telegram: Name
    vectors: Annotated[list[GoodModel], Field(min_length=1)]


class BadFile(Model):
    """``vectors/bad/<telegram>.yaml``."""

    telegram: Name
    vectors: Annotated[list[BadModel], Field(min_length=1)]


class PieceModel(Model):
    """A piece of a stream: a good vector (``telegram/id``), changed or not, or bytes."""

    of: str | None = None
    replace: tuple[SegmentModel, ...] = ()
    text: str | None = None
    first: Size | None = None


class EventModel(Model):
    """What a framer must tell of a stream: a frame, or a fault with its bytes and text."""

    frame: Size | None = None
    fault: str | None = None
    bytes: Size | None = None
    fatal: Flag = False


class StreamModel(Model):
    """Bytes one after the other, and what a framer must make of them."""

    id: Name
    title: str
    pieces: Annotated[list[PieceModel], Field(min_length=1)]
    events: list[EventModel]
    end: str | None = None


class StreamFile(Model):
    """``vectors/streams/<name>.yaml``."""

    streams: Annotated[list[StreamModel], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class GoodVector:
    """A telegram with its values.

    Attributes:
        parts: field and bytes of each segment.
        raw: the telegram.
        values: what it means.
        spans: offset and length of each segment, by field.
        given: values that are encoded to the same telegram.
    """

    id: str
    telegram: str
    mark: Mark
    layer: int
    parts: tuple[tuple[str | None, bytes], ...]
    raw: bytes
    values: dict[str, Value]
    spans: dict[str, tuple[int, int]]
    given: Mapping[str, str]

    @classmethod
    def build(cls, telegram: str, model: GoodModel, mark: Mark, layer: int) -> GoodVector:
        """Put the segments of a vector together."""
        parts = tuple((segment.field, segment.raw()) for segment in model.segments)
        at = 0
        spans: dict[str, tuple[int, int]] = {}
        for field, part in parts:
            if field:
                spans[field] = (at, len(part))
            at += len(part)
        raw = b"".join(part for _, part in parts)
        values = _nested((s.field, s.meaning()) for s in model.segments if s.field)
        return cls(
            f"{telegram}/{model.id}", telegram, mark, layer, parts, raw, values, spans, model.given
        )

    def replaced(self, others: Iterable[SegmentModel]) -> bytes:
        """Return the telegram with other segments in the place of its own."""
        new = {other.field: other.raw() for other in others}
        return b"".join(new.get(field, part) if field else part for field, part in self.parts)


@dataclass(frozen=True, slots=True)
class BadVector:
    """Bytes to decode (``raw``) or values to encode (``values``), and the faults of either."""

    id: str
    telegram: str
    mark: Mark
    layer: int
    raw: bytes | None
    values: dict[str, Value] | None
    faults: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of bytes, what a framer must tell of it, and what when it ends."""

    id: str
    mark: Mark
    telegrams: frozenset[str]
    layer: int
    raw: bytes
    events: tuple[EventModel, ...]
    end: str | None


@dataclass(frozen=True, slots=True)
class Vectors:
    """All vectors of a profile."""

    good: Mapping[str, GoodVector]
    bad: tuple[BadVector, ...]
    streams: tuple[Stream, ...]


def load_vectors(files: Files) -> Vectors:
    """Read all vectors; SpecError with file and line when one is badly written.

    Where a private profile has good vectors of its own, the open ones that rest on others go.
    """
    good: dict[str, GoodVector] = {}
    layers: dict[str, int] = {}
    for stem, source in files.inside("vectors/good"):
        layers[stem] = source.layer
        good |= {vector.id: vector for vector in _good(stem, source.read(), source.layer)}
    bad: list[BadVector] = []
    for stem, source in files.inside("vectors/bad"):
        if layers.get(stem, 0) <= source.layer:
            bad += _bad(stem, source.read(), source.layer, good)
    streams: list[Stream] = []
    for _, source in files.inside("vectors/streams"):
        replaced = {stem for stem, layer in layers.items() if layer > source.layer}
        streams += _streams(source.read(), source.layer, good, replaced)
    return Vectors(good, tuple(bad), tuple(streams))


def _good(stem: str, tree: Map, layer: int) -> Iterator[GoodVector]:
    model = check(GoodFile, tree)
    named(tree, ["telegram"], model.telegram, stem)
    for index, vector in enumerate(model.vectors):
        mark, _ = locate(tree, ["vectors", index])
        yield GoodVector.build(model.telegram, vector, mark, layer)


def _bad(stem: str, tree: Map, layer: int, good: Mapping[str, GoodVector]) -> Iterator[BadVector]:
    model = check(BadFile, tree)
    named(tree, ["telegram"], model.telegram, stem)
    for index, vector in enumerate(model.vectors):
        raw: bytes | None = b"".join(segment.raw() for segment in vector.segments)
        values = None
        if vector.change and not vector.of:
            what, expected = "change of nothing", "`of`, a good vector"
            raise complain(tree, ["vectors", index, "change"], what, expected, "none")
        if vector.of:
            base = _base(tree, ["vectors", index, "of"], f"{stem}/{vector.of}", good)
            _known(tree, ["vectors", index, "replace"], vector.replace, base)
            raw = None if vector.change else base.replaced(vector.replace)
            values = _changed(base.values, vector.change) if vector.change else None
        mark, _ = locate(tree, ["vectors", index])
        faults = tuple((f.field, f.offset, f.length, f.rule) for f in vector.faults)
        name = f"{model.telegram}/{vector.id}"
        yield BadVector(name, model.telegram, mark, layer, raw, values, faults)


def _streams(
    tree: Map, layer: int, good: Mapping[str, GoodVector], replaced: set[str]
) -> Iterator[Stream]:
    for index, stream in enumerate(check(StreamFile, tree).streams):
        telegrams = frozenset(piece.of.partition("/")[0] for piece in stream.pieces if piece.of)
        if telegrams & replaced:
            continue
        pieces = (
            _piece(tree, ["streams", index, "pieces", number], piece, good)
            for number, piece in enumerate(stream.pieces)
        )
        mark, _ = locate(tree, ["streams", index])
        events = tuple(stream.events)
        yield Stream(stream.id, mark, telegrams, layer, b"".join(pieces), events, stream.end)


def _piece(tree: Map, path: list[Any], piece: PieceModel, good: Mapping[str, GoodVector]) -> bytes:
    raw = (piece.text or "").encode()
    if piece.of:
        base = _base(tree, [*path, "of"], piece.of, good)
        _known(tree, [*path, "replace"], piece.replace, base)
        raw = base.replaced(piece.replace)
    return raw[: piece.first]


def _base(tree: Map, path: list[Any], name: str, good: Mapping[str, GoodVector]) -> GoodVector:
    if name not in good:
        raise complain(tree, path, "unknown vector", "a good vector", f"`{name}`")
    return good[name]


def _known(
    tree: Map, path: list[Any], segments: tuple[SegmentModel, ...], base: GoodVector
) -> None:
    fields = {field for field, _ in base.parts}
    for index, segment in enumerate(segments):
        if segment.field not in fields:
            what, actual = "unknown segment", f"`{segment.field}`"
            raise complain(tree, [*path, index], what, f"a segment of {base.id}", actual)


def _nested(paths: Iterable[tuple[str, str]]) -> dict[str, Value]:
    values: dict[str, Any] = {}
    for path, value in paths:
        found = _PATH.fullmatch(path)
        name, index, inner = found.groups() if found else (path, None, None)
        if index is None:
            values[name] = value
            continue
        items = values.setdefault(name, [])
        while index and len(items) <= int(index):
            items.append({})
        if index:
            items[int(index)][inner or ""] = value
    return values


def _changed(values: dict[str, Value], change: Mapping[str, str]) -> dict[str, Value]:
    flat: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            flat[name] = value
            continue
        for index, item in enumerate(value):
            flat |= {f"{name}[{index}].{key}": str(text) for key, text in item.items()}
    return _nested((flat | dict(change)).items())
