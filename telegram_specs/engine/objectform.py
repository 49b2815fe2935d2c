"""The object forms: fields as the members of a JSON object, or as the pairs of a form body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from telegram_specs.engine import jsontree, urltree
from telegram_specs.engine.objectreader import ObjectReader
from telegram_specs.engine.objectwriter import ObjectWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.jsontree import Node
    from telegram_specs.engine.values import Decoded, Value

__all__ = ["JSON", "URL", "ObjectForm", "Syntax"]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How members are written: the scan of a text, and the text of a dict."""

    content_type: str
    scan: Callable[[str], Node]
    dump: Callable[[Mapping[str, Any]], str]


def _dump_json(members: Mapping[str, Any]) -> str:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


JSON = Syntax("application/json", jsontree.scan, _dump_json)
URL = Syntax("application/x-www-form-urlencoded", urltree.scan, urlencode)


@dataclass(frozen=True, slots=True)
class ObjectForm:
    """Codec of one telegram whose fields have names on the wire; spans count bytes of the body."""

    telegram: str
    label: str
    items: tuple[Item, ...]
    syntax: Syntax

    def decode(self, data: bytes) -> Decoded:
        """Read a body; what is wrong with it is among the faults."""
        return ObjectReader(self).read(data)

    def encode(self, values: Mapping[str, Value]) -> tuple[bytes, tuple[Fault, ...]]:
        """Return the bytes of a body and what is wrong with the values; empty ones are left out."""
        return ObjectWriter(self, values).write()
