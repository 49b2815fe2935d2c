"""CSV with places (RFC 4180): a header row of item names, then one row a record."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram_specs.engine.jsontree import Node, TextError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram_specs.engine.fields import Group

__all__ = ["BOM", "dumper", "row", "scanner", "table"]

BOM = "\ufeff"
EOL = "\r\n"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_BARE = re.compile(r'[^",\r\n]*')
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def scanner(group: Group) -> Callable[[str], Node]:
    """Return the scan of tables whose records are the items of a repetition."""
    return partial(_scan, group)


def dumper(group: Group) -> Callable[[Mapping[str, Any]], str]:
    """Return the text of tables whose records are the items of a repetition."""
    return partial(_dump, group)


def table(text: str) -> list[list[Node]]:
    """Return the cells of every row; TextError where the text is no table."""
    if text.startswith(BOM):
        raise TextError("UTF-8 without byte order mark", 0)
    rows: list[list[Node]] = []
    at = 0
    while at < len(text):
        cells, at = _row(text, at)
        if rows and len(cells) != len(rows[0]):
            raise TextError(f"{len(rows[0])} cells, as in the header", at - len(EOL))
        rows.append(cells)
    return rows


def row(cells: list[str]) -> str:
    """Return one row, its end included."""
    return ",".join(map(_quoted, cells)) + EOL


def _scan(group: Group, text: str) -> Node:
    header, *rows = table(text) or [[]]
    names = _names(group, header)
    records = [_record(names, cells) for cells in rows]
    start = records[0].start if records else len(text)
    return Node({group.id: Node(records, start, len(text))}, 0, len(text))


def _names(group: Group, header: list[Node]) -> list[str]:
    """Return the ids of the columns; a first row without names may hold anybody's data."""
    known = {text: at.id for at in group.fields for text in (at.id, at.label)}
    names: list[str] = []
    for cell in header:
        name = known.get(cell.value, "")
        if not name or name in names:
            raise TextError("the name of an item, once", cell.start)
        names.append(name)
    if not names:
        raise TextError("a header row", 0)
    return names


def _record(names: list[str], cells: list[Node]) -> Node:
    members = dict(zip(names, cells, strict=True))
    return Node(members, cells[0].start, cells[-1].end + 1)


def _row(text: str, at: int) -> tuple[list[Node], int]:
    cells: list[Node] = []
    while True:
        cell = _cell(text, at)
        cells.append(cell)
        at = cell.end
        if text[at : at + len(EOL)] == EOL:
            return cells, at + len(EOL)
        if text[at : at + 1] != ",":
            raise TextError("`,` or CRLF", at)
        at += 1


def _cell(text: str, at: int) -> Node:
    if text[at : at + 1] == '"':
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            raise TextError('a closing `"`', len(text))
        return Node(quoted[1].replace('""', '"'), at, quoted.end())
    bare = _BARE.match(text, at)
    assert bare
    return Node(bare[0], at, bare.end())


def _dump(group: Group, members: Mapping[str, Any]) -> str:
    header = [at.label for at in group.fields]
    records = ([str(record.get(at.id, "")) for at in group.fields] for record in members[group.id])
    return "".join(map(row, [header, *records]))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
