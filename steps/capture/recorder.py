"""A recorder: bytes that pass a proxy become telegrams of a transcript, in its hash chain."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.transcript import FOOTER, Record
from steps.capture.conversation import Conversation
from steps.capture.model import Caught, Item
from steps.capture.records import Assembler, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.transcript import TranscriptWriter
    from telegram_specs import Profile

__all__ = ["Recorder"]

PIECE = "bytes that are no telegram"


class Recorder:
    """Listens to a proxy and writes what it hears.

    ``link`` is what passes, empty to find it out. ``told`` gets each record after it was written.
    What is no telegram is written too, as bytes with a note, so that nothing is lost; of an
    encrypted or foreign connection only that it was there.
    """

    def __init__(
        self,
        profile: Profile,
        writer: TranscriptWriter,
        *,
        link: str = "",
        target: str = "",
        told: Callable[[Record], None] = lambda _: None,
    ) -> None:
        self._profile, self._writer, self._link, self._target = profile, writer, link, target
        self._told = told
        self._assembler = Assembler(profile)
        self._talks: dict[int, Conversation] = {}
        self._seqs: dict[int, int] = {}  # number of the assembler to the one in the transcript
        self._count = 0
        self.connections = 0
        self.telegrams = 0

    def opened(self, number: int, caller: str) -> None:
        """Begin a conversation."""
        self.connections += 1
        ends = (caller, self._target)
        self._talks[number] = Conversation(
            self._profile, "", number, ends, link=self._link, begun=True
        )

    def passed(self, number: int, side: int, data: bytes) -> None:
        """Record the telegrams that bytes complete."""
        self._write(self._talks[number].feed(side, data, time_ms=_now()))

    def ended(self, number: int, side: int, *, finished: bool) -> None:
        """Record what is left of a side."""
        self._write(self._talks[number].end(side, finished=finished))

    def failed(self, number: int, text: str) -> None:
        """Record that nobody was reached."""
        self._note(f"connection {number}: not passed on: {text}")

    def close(self) -> str:
        """Write the footer and return the hash of the whole."""
        self._note(FOOTER)
        return self._writer.tail_hash

    def _write(self, items: Iterable[Item]) -> None:
        for item in items:
            made = self._assembler.take(item) if isinstance(item, Caught) else item
            if isinstance(made, Seen):
                self._record(made)
            elif isinstance(item, Caught):
                self._record_unknown(item)
            else:
                self._note(f"{made.kind}: {made.text}")

    def _record(self, seen: Seen) -> None:
        self._count += 1
        self.telegrams += 1
        known = seen.record
        self._seqs[known.seq] = self._count
        answers = self._seqs.pop(known.answers, None) if known.answers else None
        record = replace(known, seq=self._count, answers=answers, t_ms=seen.origin.time_ms)
        self._writer.write(record)
        self._told(record)

    def _record_unknown(self, item: Caught) -> None:
        self._count += 1
        record = Record(
            seq=self._count,
            t_ms=item.origin.time_ms,
            link=self._link,
            sender="",
            receiver="",
            way="received",
            raw=item.raw,
            http=item.http,
            on_wire=False,
            note=PIECE,
        )
        self._writer.write(record)
        self._told(record)

    def _note(self, text: str) -> None:
        self._count += 1
        self._writer.write(
            Record(
                seq=self._count,
                t_ms=_now(),
                link=self._link,
                sender="",
                receiver="",
                way="received",
                raw=b"",
                on_wire=False,
                note=text,
            )
        )


def _now() -> int:
    return time.time_ns() // 1_000_000
