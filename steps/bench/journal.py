"""The journal of a run: every passage as a record, and the mailbox in which scenarios wait."""

from __future__ import annotations

import threading
import time
import weakref
from typing import TYPE_CHECKING, Literal

from reports.transcript import Http, Record
from steps.evidence import faults_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reference_impl.wire import Passage
    from reports.transcript import TranscriptWriter

__all__ = ["Journal"]


class Journal:
    """Keeps records in order, writes them to the transcript and wakes those who wait.

    Passages come from the bench's loop, waiting happens on the thread of the scenarios.
    """

    def __init__(
        self, writer: TranscriptWriter | None = None, records: Sequence[Record] = ()
    ) -> None:
        """Begin behind the ``records`` of an earlier part of the run."""
        self.case_id: str | None = None
        self._writer = writer
        self._records: list[Record] = list(records)
        self._seqs_of: weakref.WeakKeyDictionary[Passage, list[int]] = weakref.WeakKeyDictionary()
        self._changed = threading.Condition()
        self._last = time.monotonic()
        self._started = self._last - (records[-1].t_ms / 1000 if records else 0.0)

    @property
    def records(self) -> tuple[Record, ...]:
        """All records of the run so far."""
        return tuple(self._records)

    def elapsed_ms(self) -> int:
        """Return milliseconds since the run began."""
        return int((time.monotonic() - self._started) * 1000)

    def add(
        self,
        passage: Passage,
        *,
        way: Literal["sent", "received"],
        on_wire: bool = True,
        fault: str | None = None,
        note: str | None = None,
    ) -> Record:
        """Record a passage and wake the waiting scenario."""
        with self._changed:
            answered = self._answered_by(passage)
            record = Record(
                seq=len(self._records) + 1,
                t_ms=self.elapsed_ms(),
                case_id=self.case_id,
                link=passage.link,
                sender=passage.sender,
                receiver=passage.receiver,
                way=way,
                on_wire=on_wire,
                fault=fault,
                telegram=passage.spec.id if passage.spec else None,
                label=passage.spec.label if passage.spec else None,
                raw=passage.raw,
                http=_http(passage),
                values=dict(passage.values) if passage.spec else None,
                faults=faults_of(passage.decoded, passage.raw, passage.problem),
                fields=fields_of(passage.spec, passage.raw),
                answers=answered,
                note=note,
            )
            self._seqs_of.setdefault(passage, []).append(record.seq)
            self._records.append(record)
            if self._writer:
                self._writer.write(record)
            self._last = time.monotonic()
            self._changed.notify_all()
            return record

    def _answered_by(self, passage: Passage) -> int | None:
        """Return the record that a passage answers.

        Between two bench nodes a request is recorded where it arrives, and a bent one is recorded
        as it left, so that the passage at its sender's end is known by its bytes only.
        """
        asked = passage.request
        if asked is None:
            return None
        known = self._seqs_of.get(asked)
        if known:
            # Sent twice, the same passage has two records, answered in their order.
            return known.pop(0) if len(known) > 1 else known[0]
        return next(
            (
                r.seq
                for r in reversed(self._records)
                if (r.sender, r.raw) == (asked.sender, asked.raw)
            ),
            None,
        )

    def wait(
        self, found: Callable[[Record], bool], *, since: int = 0, within: float
    ) -> Record | None:
        """Return the first record after position ``since`` that ``found`` accepts, or None.

        None means that ``within`` seconds passed without one.
        """
        deadline = time.monotonic() + within
        position = since
        with self._changed:
            while True:
                for record in self._records[position:]:
                    if found(record):
                        return record
                position = len(self._records)
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self._changed.wait(left)

    def wait_until(self, holds: Callable[[], bool], *, within: float) -> bool:
        """Wait until ``holds`` is true, asked again at every record; False when time ran out."""
        deadline = time.monotonic() + within
        with self._changed:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
        return True

    def settle(self, quiet: float, *, within: float) -> bool:
        """Wait until nothing was recorded for ``quiet`` seconds; False when it never got quiet."""
        deadline = time.monotonic() + within
        with self._changed:
            start = time.monotonic()
            while True:
                now = time.monotonic()
                left = max(self._last, start) + quiet - now
                if left <= 0:
                    return True
                if now >= deadline:
                    return False
                self._changed.wait(min(left, deadline - now))


def _http(passage: Passage) -> Http | None:
    if passage.http is None:
        return None
    http = passage.http
    return Http(http.method, http.target, http.status, dict(http.headers))
