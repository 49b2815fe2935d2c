"""JSON lines: our own transcript, and the plain shape that anybody can write.

Plain: ``{"time": "2026-05-01T09:00:00+09:00", "from": "juki", "to": "cs", "link": "cs_link",
"hex": "3030…"}``; for HTTP also ``method``, ``target``, ``status`` and ``headers``.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from reports.transcript import FOOTER, Http, stream_transcript
from steps.capture.model import Caught, Item, Origin, Trouble
from telegram_specs import Frame
from telegram_specs.network import LINKS, ROLES, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reports.transcript import Record
    from telegram_specs import Profile

__all__ = ["is_lines", "is_transcript", "plain_items", "transcript_items"]


def is_lines(first: bytes) -> bool:
    """Tell whether a first line is one of JSON lines that hold telegrams."""
    data = _object(first)
    return data is not None and ("hex" in data or is_transcript(first))


def is_transcript(first: bytes) -> bool:
    """Tell whether a first line is one of our own transcripts."""
    data = _object(first)
    return data is not None and {"prev", "hash", "raw"} <= data.keys()


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def transcript_items(path: Path, name: str) -> Iterator[Item]:
    """Yield the telegrams of a transcript that were on the wire.

    Raises ChainError where it was changed; one that was cut, or that a recording did not end,
    is told of.
    """
    last: Record | None = None
    recorded, tested = False, _tested(path)
    for number, record in enumerate(stream_transcript(path), 1):
        last = record
        recorded = recorded or record.case_id is None
        if not record.on_wire:
            continue
        fixed = record.http is None
        yield Caught(
            origin=Origin(name, number, 0, record.t_ms),
            raw=record.raw,
            talk=name,
            form="fixed" if fixed else "http",
            http=record.http,
            link=record.link,
            sender=record.sender,
            receiver=record.receiver,
            problem=next((f.actual for f in record.faults if f.rule == "frame"), None),
            fault=record.fault,
            case=record.case_id,
            judged=tested is None or record.sender in tested,
            seq=record.seq,
            answers=record.answers or 0,
        )
    if last is not None and recorded and last.case_id is None and last.note != FOOTER:
        yield Trouble("unfinished", Origin(name), "the recording has no end")


def _tested(path: Path) -> frozenset[str] | None:
    """Return the roles that a run tested, by what its bench sent out; None for a recording."""
    with path.open("rb") as file:
        for raw in file:
            data = _object(raw) or {}
            if data.get("case_id") is None:
                return None
            if data.get("way") == "sent" and not data.get("fault"):
                role = str(data.get("receiver"))
                return frozenset(parts_of(ROLES[role].behind or role)) if role in ROLES else None
    return None


class _Line(BaseModel):
    """One line of the plain shape."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    hex: str
    time: str | float | None = None
    sender: Annotated[str, Field(alias="from")] = ""
    receiver: Annotated[str, Field(alias="to")] = ""
    link: str = ""
    method: str = ""
    target: str = ""
    status: int | None = None
    headers: dict[str, str] = {}

    @field_validator("hex")
    @classmethod
    def _hex(cls, value: str) -> str:
        try:
            bytes.fromhex(value)
        except ValueError:
            raise ValueError("no hexadecimal. expected pairs of 0-9 and a-f") from None
        return value

    @field_validator("sender", "receiver")
    @classmethod
    def _role(cls, value: str) -> str:
        if value and value not in ROLES:
            raise ValueError(f"unknown role. expected one of {', '.join(ROLES)}")
        return value

    @field_validator("link")
    @classmethod
    def _link(cls, value: str) -> str:
        if value and value not in LINKS:
            raise ValueError(f"unknown link. expected one of {', '.join(LINKS)}")
        return value

    @property
    def time_ms(self) -> int:
        """Milliseconds since 1970, 0 where nothing tells."""
        try:
            return int(_seconds(self.time or 0) * 1000)
        except (ValueError, OverflowError):
            return 0


def _seconds(time: str | float) -> float:
    """Return a number of seconds or an ISO time as seconds. Raises ValueError or OverflowError."""
    try:
        return float(time)
    except ValueError:
        return dt.datetime.fromisoformat(str(time)).timestamp()


def plain_items(lines: Iterable[bytes], name: str, profile: Profile) -> Iterator[Item]:
    """Yield the telegrams of the plain shape; a line that is wrong is told of and left out."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        data = _object(raw)
        where = Origin(name, number)
        if data is None:
            yield Trouble("unreadable", where, "no JSON object", len(raw))
            continue
        try:
            line = _Line.model_validate(data)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            text = first["msg"].removeprefix("Value error, ")
            yield Trouble("unreadable", where, f"{key}: {text}", len(raw))
            continue
        yield from _caught(line, Origin(name, number, 0, line.time_ms), profile)


def _caught(line: _Line, where: Origin, profile: Profile) -> Iterator[Item]:
    raw = bytes.fromhex(line.hex)
    wire = LINKS[line.link].wire if line.link else None
    is_http = bool(line.method or line.status is not None)
    fixed = not is_http and wire != "http" and profile.frames.header_in(raw, 0) is not None
    fixed = fixed or (not is_http and wire == "tcp")

    def caught(piece: bytes, offset: int, problem: str | None = None) -> Caught:
        http = Http(line.method, line.target, line.status, line.headers) if is_http else None
        return Caught(
            origin=Origin(where.file, where.number, offset, where.time_ms),
            raw=piece,
            talk=("lines", line.link),
            form="fixed" if fixed else "http",
            clean=False,
            http=http,
            link=line.link,
            sender=line.sender,
            receiver=line.receiver,
            problem=problem,
        )

    if not fixed:
        yield caught(raw, 0)
        return
    framer = profile.framer()
    left = framer.feed(raw)
    ended = framer.end()
    for event in [*left, *([ended] if ended else [])]:
        problem = None if isinstance(event, Frame) else event.text
        yield caught(event.raw, event.offset, problem)
