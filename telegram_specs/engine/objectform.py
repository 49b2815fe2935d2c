"""The object forms: fields with names, in a JSON object, a form body or the columns of a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from telegram_specs.engine import csvtree, jsontree, urltree
from telegram_specs.engine.objectreader import ObjectReader
from telegram_specs.engine.objectwriter import ObjectWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram_specs.engine.faults import Fault, Rule
    from telegram_specs.engine.fields import Group, Item
    from telegram_specs.engine.jsontree import Node
    from telegram_specs.engine.values import Decoded, Value

__all__ = ["JSON", "URL", "ObjectForm", "Syntax", "table_syntax"]


@dataclass(frozen=True, slots=True)
class Syntax:
    """How members are written: the scan of a text, the text of a dict, the rule of broken texts."""

    content_type: str
    scan: Callable[[str], Node]
    dump: Callable[[Mapping[str, Any]], str]
    rule: Rule = "json"


def _dump_json(members: Mapping[str, Any]) -> str:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


JSON = Syntax("application/json", jsontree.scan, _dump_json)
URL = Syntax("application/x-www-form-urlencoded", urltree.scan, urlencode)


def table_syntax(group: Group) -> Syntax:
    """Return how a CSV file is written whose records are the items of a repetition."""
    return Syntax("text/csv", csvtree.scanner(group), csvtree.dumper(group), rule="csv")


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
