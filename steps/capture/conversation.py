"""One TCP connection: finds out what is spoken on it and cuts both directions into messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from reports.transcript import Http
from steps.capture.http import START, HttpMessage, HttpReader
from steps.capture.model import Caught, Item, Origin, Trouble
from telegram_specs import Frame

if TYPE_CHECKING:
    from collections.abc import Hashable

    from steps.capture.http import HttpEvent
    from telegram_specs import Event, Framer, Profile

__all__ = ["Conversation", "Spoken"]

Spoken = Literal["fixed", "http", "tls", "foreign"]

TLS_RECORD = re.compile(rb"[\x14-\x18]\x03[\x00-\x04]")
UNDECIDED = 16384
"""Bytes of a direction after which a conversation that nothing is known of is foreign."""


class _Side:
    """One direction: bytes not yet understood, and where its packets begin."""

    def __init__(self) -> None:
        self.early: list[bytes | int] = []
        self.sought = bytearray()
        self.size = 0
        self.fixed: Framer | None = None
        self.http: HttpReader | None = None
        self.base = 0  # offset at which the framer in use began
        self.read = 0  # bytes given to it, holes included
        self.total = 0
        self.whole = True
        self.partial = False  # the next fault is what is left of a telegram behind a gap
        self.marks: list[tuple[int, int, int]] = []

    def origin(self, file: str, offset: int) -> Origin:
        """Return where an offset stands; marks before it are no longer needed."""
        while len(self.marks) > 1 and self.marks[1][0] <= offset:
            self.marks.pop(0)
        _, packet, time_ms = self.marks[0] if self.marks else (0, 0, 0)
        return Origin(file, packet, offset, time_ms)


class Conversation:
    """Both directions of a connection, fed in the order in which they were seen.

    Args:
        profile: knows the framing.
        file: named in every origin.
        talk: tells this conversation from others.
        ends: address of side 0 and of side 1.
        spoken: what is spoken, None to find it out.
        link: the link that it carries, empty when nobody says.
        begun: whether it is seen from its beginning.
    """

    def __init__(
        self,
        profile: Profile,
        file: str,
        talk: Hashable,
        ends: tuple[str, str],
        *,
        spoken: Spoken | None = None,
        link: str = "",
        begun: bool = True,
    ) -> None:
        self._profile, self._file, self._talk, self._ends = profile, file, talk, ends
        self.spoken = spoken
        self._link = link
        self._sides = (_Side(), _Side())
        self.bytes = 0
        for side in self._sides:
            side.whole, side.partial = begun, not begun

    def feed(self, side: int, data: bytes, packet: int = 0, time_ms: int = 0) -> list[Item]:
        """Take bytes of one side; return what they complete."""
        here = self._sides[side]
        here.marks.append((here.total, packet, time_ms))
        here.total += len(data)
        self.bytes += len(data)
        if self.spoken is None:
            here.early.append(data)
            here.size += len(data)
            self._find_out()
            return self._early() if self.spoken else []
        return self._read(side, data)

    def gap(self, side: int, size: int, packet: int = 0, time_ms: int = 0) -> list[Item]:
        """Take a hole of one side."""
        here = self._sides[side]
        here.marks.append((here.total, packet, time_ms))
        where = Origin(self._file, packet, here.total, time_ms)
        here.total += size
        told = Trouble("gap", where, f"{size} bytes of {self._ends[side]} are missing", size)
        if self.spoken in {"tls", "foreign"}:
            return []
        for one in self._sides:
            one.whole = False
        if self.spoken is None:
            here.early.append(size)
            return [told]
        return [told, *self._over(side, size)]

    def end(self, side: int, *, finished: bool = True) -> list[Item]:
        """Take the end of one side; ``finished`` tells that its sender ended it."""
        items: list[Item] = []
        if self.spoken is None:
            self._find_out(last=True)
            items += self._early() if self.spoken else []
        here = self._sides[side]
        here.partial = here.partial or not finished
        items += self._skipped(side, len(here.sought))
        if here.http:
            items += self._messages(side, here.http.end())
        if here.fixed:
            left = here.fixed.end()
            items += self._frames(side, [left] if left else [], last=True)
            here.fixed = None
        return items

    # -- what is spoken --------------------------------------------------------------------------

    def _find_out(self, *, last: bool = False) -> None:
        starts = [b"".join(p for p in side.early if isinstance(p, bytes)) for side in self._sides]
        for start in starts:
            if TLS_RECORD.match(start):
                self.spoken = "tls"
            elif START.search(start):
                self.spoken = "http"
            elif self._profile.frames.header_in(start, 0) is not None:
                self.spoken = "fixed"
            if self.spoken:
                return
        if last and any(starts):
            looks = any(map(_digits_first, starts))
            self.spoken = "fixed" if looks and self._link else "foreign"
        if any(side.size > UNDECIDED for side in self._sides):
            self.spoken = "foreign"

    def _early(self) -> list[Item]:
        items: list[Item] = []
        if self.spoken == "tls":
            items.append(self._whole_trouble("encrypted", "TLS: not judged"))
        if self.spoken == "foreign":
            items.append(self._whole_trouble("foreign", "neither telegrams nor HTTP"))
        order = (0, 1) if self._speaks_first() == 0 else (1, 0)
        for number in order:
            early, self._sides[number].early = self._sides[number].early, []
            for piece in early:
                if isinstance(piece, int):
                    items += self._over(number, piece)
                else:
                    items += self._read(number, piece)
        return items

    def _speaks_first(self) -> int:
        """Return the side whose bytes are a request, where both waited to be understood."""
        return int(not self._sides[0].early)

    def _whole_trouble(self, kind: str, text: str) -> Trouble:
        side = next((s for s in self._sides if s.marks), self._sides[0])
        ends = " - ".join(self._ends)
        return Trouble(kind, side.origin(self._file, 0), f"{ends}: {text}" if ends else text)

    # -- reading ---------------------------------------------------------------------------------

    def _read(self, side: int, data: bytes) -> list[Item]:
        here = self._sides[side]
        here.read += len(data)
        if self.spoken == "http":
            here.http = here.http or HttpReader()
            return self._messages(side, here.http.feed(data))
        if self.spoken == "fixed":
            return self._telegrams(side, data)
        return []

    def _telegrams(self, side: int, data: bytes) -> list[Item]:
        here = self._sides[side]
        if here.fixed is None and here.partial:
            return self._sought(side, data)
        if here.fixed is None:
            here.fixed = self._profile.framer()
        return self._frames(side, here.fixed.feed(data))

    def _sought(self, side: int, data: bytes) -> list[Item]:
        """Look for a header where a stream does not begin at its beginning.

        A framer would take the first digits for a length.
        """
        here = self._sides[side]
        here.sought += data
        frames = self._profile.frames
        at = frames.header_in(here.sought, 0)
        if at is None:
            spare = len(here.sought) - frames.max_length
            return self._skipped(side, spare) if spare > 0 else []
        items = self._skipped(side, at)
        rest, here.sought = bytes(here.sought), bytearray()
        here.fixed = self._profile.framer()
        return [*items, *self._frames(side, here.fixed.feed(rest))]

    def _skipped(self, side: int, count: int) -> list[Item]:
        """Tell of bytes at which no telegram begins."""
        here = self._sides[side]
        if not count:
            return []
        origin = here.origin(self._file, here.base)
        here.base += count
        del here.sought[:count]
        return [Trouble("strange", origin, "what is left of an earlier telegram", count)]

    def _over(self, side: int, size: int) -> list[Item]:
        """Go on behind a hole."""
        here = self._sides[side]
        here.read += size
        if here.http:
            return self._messages(side, here.http.gap(size))
        here.partial = True
        left = here.fixed.end() if here.fixed else None
        items = self._skipped(side, len(here.sought))
        items += self._frames(side, [left] if left else [])
        here.fixed, here.base = None, here.read
        return items

    def _frames(self, side: int, events: list[Event], *, last: bool = False) -> list[Item]:
        here = self._sides[side]
        items: list[Item] = []
        for event in events:
            origin = here.origin(self._file, here.base + event.offset)
            if isinstance(event, Frame):
                here.partial = False
                items.append(self._caught(side, origin, event.raw))
            elif here.partial:
                kind = "half" if last or self._is_half(event.raw) else "strange"
                items.append(Trouble(kind, origin, event.text, len(event.raw)))
            else:
                items.append(self._caught(side, origin, event.raw, problem=event.text))
        return items

    def _is_half(self, raw: bytes) -> bool:
        return self._profile.frames.telegram(raw) is not None

    def _messages(self, side: int, events: list[HttpEvent]) -> list[Item]:
        here, other = self._sides[side], self._sides[1 - side]
        items: list[Item] = []
        for event in events:
            origin = here.origin(self._file, event.offset)
            if not isinstance(event, HttpMessage):
                kind = "half" if event.half else "strange"
                items.append(Trouble(kind, origin, f"HTTP: {event.text}", event.size))
                for one in self._sides:
                    one.whole = False
                continue
            if event.status is None:
                other.http = other.http or HttpReader()
                other.http.methods.append(event.method)
            http = Http(event.method, event.target, event.status, event.headers)
            items.append(self._caught(side, origin, event.body, http=http))
        return items

    def _caught(
        self,
        side: int,
        origin: Origin,
        raw: bytes,
        *,
        http: Http | None = None,
        problem: str | None = None,
    ) -> Caught:
        return Caught(
            origin=origin,
            raw=raw,
            talk=self._talk,
            side=side,
            form="http" if http else "fixed",
            source=self._ends[side],
            target=self._ends[1 - side],
            clean=all(one.whole for one in self._sides),
            http=http,
            link=self._link,
            problem=problem,
        )


def _digits_first(data: bytes) -> bool:
    return data[:4].isdigit()
