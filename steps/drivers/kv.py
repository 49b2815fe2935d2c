"""The ``kv`` form of a message: lines ``key=value``, for COBOL and the shell.

Nested members have dotted keys, entries of a list their number from 1, and ``key.0`` holds how
many there are. The grammar stands in ``docs/sut-protocol.md``, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from steps.drivers.protocol import DriverError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read", "write"]

PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
INDEX = re.compile(r"0|[1-9][0-9]{0,5}")
ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
CONTROL = re.compile(r"[\x00-\x1f\x7f%]|^ | $")
DEEPEST = 16
"""How many parts a key may have."""
NUMBERS = ("v", "seq")
"""Members of every message that are numbers."""


def write(message: Mapping[str, Any]) -> bytes:
    """Return a message with the blank line that ends it.

    >>> print(write({"seq": 2, "args": {"codes": ["1 ", "2"], "none": []}}).decode().rstrip())
    seq=2
    args.codes.0=2
    args.codes.1=1%20
    args.codes.2=2
    args.none.0=0
    """
    lines = [f"{key}={value}\n" for key, value in _leaves(message, "")]
    return "".join([*lines, "\n"]).encode()


def read(block: bytes) -> dict[str, Any]:
    """Return the message of some lines. Raises DriverError.

    Every value is a text, but for ``v`` and ``seq``.

    >>> read(b"seq=2  " + bytes([10]) + b"alerts.1.code=stock_low")
    {'seq': 2, 'alerts': [{'code': 'stock_low'}]}
    """
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        raise DriverError(f"not UTF-8 (byte {error.start + 1} of the answer)") from None
    tree: dict[str, Any] = {}
    for number, line in enumerate(text.split("\n"), 1):
        shown = line.rstrip(" \r\t")
        if not shown:
            continue
        key, equals, value = shown.partition("=")
        if not equals:
            raise DriverError(
                f"line {number} is not key=value. expected key=value lines and a blank line on "
                "stdout; write messages for people to stderr"
            )
        _put(tree, key.strip(), _unescaped(value, number), number)
    message = _finished(tree, "")
    if not isinstance(message, dict):
        raise DriverError("not a message. expected key=value lines with a seq and a status")
    return {
        key: int(value) if key in NUMBERS and INDEX.fullmatch(str(value)) else value
        for key, value in message.items()
    }


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield key and escaped value of every line."""
    inner = f"{key}." if key else ""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _leaves(member, f"{inner}{_name(str(name))}")
    elif isinstance(value, list | tuple):
        yield f"{inner}0", str(len(value))
        for number, entry in enumerate(value, 1):
            yield from _leaves(entry, f"{inner}{number}")
    elif isinstance(value, bool):
        yield key, str(value).lower()
    elif value is not None:
        yield key, CONTROL.sub(_escaped, str(value))


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _name(name: str) -> str:
    """Return the name of a member as a part of a key."""
    if PLAIN_NAME.fullmatch(name):
        return name
    parts = (c if PLAIN_NAME.fullmatch(c) else _bytes(c) for c in name)
    return "".join(parts) or "%"


def _bytes(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _unescaped(text: str, number: int) -> str:
    """Return a value or the name of a member without its escapes."""
    if ESCAPE.search(text):
        raise DriverError(f"line {number}: a lone %. expected % and two hexadecimal digits")
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        raise DriverError(f"line {number}: escapes that are not UTF-8") from None


def _put(tree: dict[str, Any], key: str, value: str, number: int) -> None:
    *above, last = key.split(".")
    if not all((*above, last)) or len(above) >= DEEPEST:
        raise DriverError(f"line {number}: not a key. expected names or numbers joined by dots")
    here = tree
    for part in above:
        here = here.setdefault(part, {})
        if not isinstance(here, dict):
            raise DriverError(f"line {number}: {key} lies below a key that has a value")
    if last in here:
        raise DriverError(f"line {number}: {key} is given twice")
    here[last] = value


def _finished(value: Any, key: str) -> Any:
    """Return a tree with its lists and without the escapes of its names."""
    if not isinstance(value, dict):
        return value
    if value and all(INDEX.fullmatch(name) for name in value):
        return _list(value, key)
    inner = f"{key}." if key else ""
    return {
        _unescaped(name, 0) if name != "%" else "": _finished(member, f"{inner}{name}")
        for name, member in value.items()
    }


def _list(value: dict[str, Any], key: str) -> list[Any]:
    entries = {int(name): entry for name, entry in value.items() if name != "0"}
    told = value.get("0", str(len(entries)))
    if sorted(entries) != list(range(1, len(entries) + 1)) or told != str(len(entries)):
        raise DriverError(f"{key} is not numbered from 1 to its count. expected {key}.1, {key}.2 …")
    return [_finished(entries[number], f"{key}.{number}") for number in sorted(entries)]
