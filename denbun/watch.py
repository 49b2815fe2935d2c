"""What ``denbun serve`` prints: one line for each telegram that passes, secrets masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from denbun.console import say, table
from reference_impl.wire import PASS
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reference_impl.clock import ShiftedClock
    from reference_impl.wire import Passage, Ruling
    from telegram_specs import Row

__all__ = ["Watch"]

HEADER = {"serial", "ref_serial", "result"}
"""What a line tells of a header."""


class Watch:
    """A tap that lets everything pass and prints it once, at the end where we see it first.

    Args:
        clock: tells the time of a line.
        served: the roles of this process.
        verbose: shows the fields as a table below the line.
    """

    def __init__(self, clock: ShiftedClock, served: Container[str], *, verbose: bool) -> None:
        self._clock, self._served, self._verbose = clock, served, verbose

    async def leaving(self, passage: Passage) -> Ruling:
        """Print what one of our roles sends."""
        self._print(passage)
        return PASS

    async def arrived(self, passage: Passage) -> Ruling:
        """Print what comes from a role of somebody else."""
        if passage.sender not in self._served:
            self._print(passage)
        return PASS

    def _print(self, passage: Passage) -> None:
        rows = passage.spec.describe(passage.raw) if passage.spec else ()
        say(" ".join([f"{self._clock.now():%H:%M:%S.%f}"[:-3], *_facts(passage, rows)]))
        if self._verbose and rows:
            lines = [(row.field, row.label, row.text) for row in rows]
            say(table(("field", "label", "value"), lines))


def _facts(passage: Passage, rows: tuple[Row, ...]) -> Iterator[str]:
    yield f"{passage.link} {passage.sender} -> {passage.receiver}"
    spec = passage.spec
    yield spec.label if spec else f"{len(passage.raw)} bytes"
    if passage.http and passage.http.status is not None:
        yield str(passage.http.status)
    if passage.problem:
        yield f"! {passage.problem}"
    header = spec.clear_bytes if spec else 0
    consts = {path for path, _, field in leaves(spec.fields) if field.const} if spec else set()
    for row in rows:
        told = row.offset >= header or row.field in HEADER
        if told and row.text and row.field not in consts:
            yield f"{row.label}={row.text}"
    yield from (f"! {row.fault}" for row in rows if row.fault)
