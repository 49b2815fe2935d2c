"""What ``denbun serve`` prints: one line for each telegram that passes, secrets masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from denbun.console import say, table
from reference_impl.wire import PASS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reference_impl.clock import ShiftedClock
    from reference_impl.wire import Passage, Ruling
    from telegram_specs import Row

__all__ = ["Watch"]


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
    clear = spec.clear_bytes if spec else 0
    for row in rows:
        in_header = row.offset < clear and row.field not in {"serial", "ref_serial", "result"}
        if row.text and not in_header:
            yield f"{row.label}={row.text}"
    yield from (f"! {row.fault}" for row in rows if row.fault)
