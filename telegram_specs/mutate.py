"""Bending telegrams on purpose: by field, by bytes, by declared length. Nothing is validated."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from telegram_specs.engine.checkdigit import check_digit
from telegram_specs.engine.csvtree import row
from telegram_specs.engine.errors import EncodeError
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.values import Span, generic_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram_specs.engine.fields import Field
    from telegram_specs.engine.spec import TelegramSpec
    from telegram_specs.engine.values import Value

__all__ = [
    "declare_length",
    "drop_item",
    "encode_unchecked",
    "overwrite",
    "set_item",
    "set_unmapped",
    "span_of",
]

WIDE_BLANK, BLANK = "\u3000", " "


def encode_unchecked(spec: TelegramSpec, values: Mapping[str, Value]) -> bytes:
    """Encode values whose check digits may be wrong; EncodeError for any other fault."""
    try:
        return spec.encode(values)
    except EncodeError as error:
        if any(fault.rule != "check" for fault in error.faults):
            raise
        kinds = {path: field.check for path, _, field in leaves(spec.fields)}
        given = {}
        stand_in = copy.deepcopy(dict(values))
        for fault in error.faults:
            items, key = _holder(stand_in, fault.field)
            given[fault.field] = text = items[key]
            kind = kinds[generic_path(fault.field)] or ""
            items[key] = text[:-1] + check_digit(kind, text[:-1])
        raw = spec.encode(stand_in)
        for field, text in given.items():
            raw = set_item(spec, raw, field, text)
        return raw


def span_of(spec: TelegramSpec, raw: bytes, field: str) -> Span:
    """Return where a field stands in a telegram; KeyError when it does not stand there."""
    found = next((span for span in spec.decode(raw).spans if span.field == field), None)
    if found is None:
        raise KeyError(field)
    return found


def overwrite(spec: TelegramSpec, raw: bytes, field: str, tail: bytes) -> bytes:
    """Put bytes over the last bytes of a field on the fixed form; elsewhere they are its value."""
    if spec.form != "fixed":
        return set_item(spec, raw, field, tail.decode("latin-1"))
    span = span_of(spec, raw, field)
    end = span.offset + span.length
    return raw[: end - len(tail)] + tail + raw[end:]


def set_item(spec: TelegramSpec, raw: bytes, field: str, text: str) -> bytes:
    """Put a text into a field, filled up or cut to its width, whatever its definition says."""
    if spec.form == "json":
        return _json(spec, raw, field, lambda items, key: items.__setitem__(key, text))
    if spec.form == "csv":
        return _csv(raw, span_of(spec, raw, field), text)
    if spec.form == "form":
        return urlencode(
            {**dict(parse_qsl(raw.decode(), keep_blank_values=True)), field: text}
        ).encode()
    at = _field(spec, field)
    return _fill(spec, raw, field, at.charset.encode(at.on_wire(text)))


def set_unmapped(spec: TelegramSpec, raw: bytes, field: str) -> bytes:
    """Put a code into a field of the fixed form for which its charset has no character."""
    return _fill(spec, raw, field, _field(spec, field).charset.stray)


def _field(spec: TelegramSpec, field: str) -> Field:
    return next(f for path, _, f in leaves(spec.fields) if path == generic_path(field))


def _fill(spec: TelegramSpec, raw: bytes, field: str, coded: bytes) -> bytes:
    """Put bytes at the left of a field, cut to its width or filled up with blanks."""
    span = span_of(spec, raw, field)
    at = _field(spec, field)
    blank = at.charset.encode(WIDE_BLANK if at.type == "N" else BLANK)
    coded = (coded + blank * span.length)[: span.length]
    return raw[: span.offset] + coded + raw[span.offset + span.length :]


def drop_item(spec: TelegramSpec, raw: bytes, field: str) -> bytes:
    """Leave a key out of a JSON body or form."""
    if spec.form == "form":
        items = {k: v for k, v in parse_qsl(raw.decode(), keep_blank_values=True) if k != field}
        return urlencode(items).encode()
    if spec.form == "csv":
        return _csv(raw, span_of(spec, raw, field), "")
    return _json(spec, raw, field, lambda items, key: items.pop(key, None))


def declare_length(spec: TelegramSpec, raw: bytes, more: int) -> bytes:
    """Declare a length that is ``more`` bytes longer than the telegram (or shorter)."""
    assert spec.length
    span = span_of(spec, raw, spec.length)
    declared = str(len(raw) - spec.uncounted + more)
    return overwrite(spec, raw, spec.length, declared.zfill(span.length).encode())


def _csv(raw: bytes, span: Span, text: str) -> bytes:
    cell = row([text]).removesuffix("\r\n").encode()
    return raw[: span.offset] + cell + raw[span.offset + span.length :]


def _json(
    spec: TelegramSpec, raw: bytes, field: str, change: Callable[[Any, Any], object]
) -> bytes:
    body = json.loads(raw)
    inside = next((f.inside for p, _, f in leaves(spec.fields) if p == field), ())
    change(*_holder(body, ".".join((*inside, field))))
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _holder(body: Any, field: str) -> tuple[Any, Any]:
    """Return the container and the key of a field path."""
    items, steps = body, field.replace("[", ".").replace("]", "").split(".")
    for step in steps[:-1]:
        items = items[int(step)] if isinstance(items, list) else items[step]
    return items, int(steps[-1]) if isinstance(items, list) else steps[-1]
