"""The session: every request and answer, written at once, so that nothing is entered twice.

One JSON object a line in ``operator.jsonl`` beside the results, readable by its owner only: the
requests hold synthetic numbers in clear.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reports.ownerfile import open_private
from telegram_specs import DenbunError, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["SESSION", "Past", "Session", "SessionError", "read_session"]

SESSION = "operator.jsonl"
VERSION = 1


class SessionError(DenbunError):
    """A session file cannot be gone on with; the text says where and why."""


@dataclass(slots=True)
class Past:
    """What an earlier part of a run left.

    Attributes:
        order: what was to be run.
        parts: how often the run was begun or gone on with.
        requests: how many requests there were.
        digests: ended case to the digest of the results behind it.
        broken: the case that was interrupted, with what had been done in it.
        texts: every text of the values that were given out.
    """

    order: Mapping[str, Any]
    parts: int = 0
    requests: int = 0
    digests: dict[str, str] = field(default_factory=dict)
    broken: str | None = None
    done: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def of_check(self, kind: str) -> list[str]:
        """Return the numbers of a kind that were given out."""
        return sorted(text for text in self.texts if verify(kind, text))


class Session:
    """Appends to the session file; a line is there whole or not at all."""

    def __init__(self, path: Path, order: Mapping[str, Any], past: Past | None = None) -> None:
        self._descriptor: int | None = open_private(path, go_on=past is not None)
        if past is None:
            self.note("session", version=VERSION, order=dict(order))
        self.note("part")

    def note(self, kind: str, **members: Any) -> None:
        """Append one line and see that it is on the disk."""
        if self._descriptor is None:
            return
        line = json.dumps({"kind": kind, **members}, ensure_ascii=False, separators=(",", ":"))
        os.write(self._descriptor, line.encode("utf-8", "replace") + b"\n")
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def read_session(path: Path) -> Past:
    """Read what a session left; a last line that was cut is taken off the file.

    Raises SessionError, or OSError when there is no such file.
    """
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        os.truncate(path, len(whole))
    past: Past | None = None
    for number, raw in enumerate(whole.splitlines(), start=1):
        line = _line(raw, f"{path.name}:{number}")
        if past is None:
            past = _begun(line, f"{path.name}:{number}")
        else:
            _go_on(past, line)
    if past is None:
        raise SessionError(f"{path.name}:1: empty. expected the session of an operator run")
    return past


def _line(raw: bytes, place: str) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict) or not isinstance(line.get("kind"), str):
        raise SessionError(f"{place}: no line of a session. expected a JSON object with `kind`")
    return line


def _begun(line: Mapping[str, Any], place: str) -> Past:
    order = line.get("order")
    if line["kind"] != "session" or not isinstance(order, dict):
        raise SessionError(f"{place}: no session. expected the line `session`, got {line['kind']}")
    if line.get("version") != VERSION:
        raise SessionError(
            f"{place}: another version. expected {VERSION}, got {line.get('version')}"
        )
    return Past(order)


def _go_on(past: Past, line: Mapping[str, Any]) -> None:
    match line:
        case {"kind": "part"}:
            past.parts += 1
        case {"kind": "case", "id": str(case_id)}:
            past.broken, past.done = case_id, []
        case {"kind": "ask", "text": str(text), "args": args}:
            past.requests += 1
            past.texts.update(_texts(args))
            past.done.append(text)
        case {"kind": "end", "id": str(case_id), "digest": str(digest)}:
            past.digests[case_id] = digest
            past.broken, past.done = None, []
        case _:
            return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
