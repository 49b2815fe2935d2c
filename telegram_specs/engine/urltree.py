"""Form bodies (application/x-www-form-urlencoded) as the same tree that JSON gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from telegram_specs.engine.jsontree import Node, TextError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["scan"]

_ENCODED = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})*")


def scan(text: str) -> Node:
    """Return the tree of a form body; TextError where it is none."""
    members: dict[str, Node] = {}
    repeated: list[tuple[str, Node]] = []
    for start, pair in _pairs(text):
        key, sign, value = pair.partition("=")
        if not sign:
            raise TextError("key=value", start)
        node = Node(_decode(value, start + len(key) + 1), start + len(key) + 1, start + len(pair))
        name = _decode(key, start)
        if name in members:
            repeated.append((name, node))
        else:
            members[name] = node
    return Node(members, 0, len(text), tuple(repeated))


def _pairs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for pair in text.split("&") if text else ():
        yield start, pair
        start += len(pair) + 1


def _decode(text: str, at: int) -> str:
    sound = _ENCODED.match(text)
    if sound and sound.end() < len(text):
        raise TextError("percent-encoded text", at + sound.end())
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        raise TextError("percent-encoded UTF-8", at) from None
