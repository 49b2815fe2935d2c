"""Going on with a run that was interrupted: what it left, checked, and what follows from it.

The result stream and the transcript are continued, never written anew: their lines stay as they
are, and so do the hashes over them (``docs/decisions/0012-operator.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.stream import ResultError, ResultWriter, Unfinished, read_unfinished
from reports.transcript import TranscriptWriter, reopen
from steps.drivers.operator.session import SESSION, Past, SessionError, read_session
from steps.filenames import RESULTS, TRANSCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reports.model import Header
    from reports.transcript import Record

__all__ = ["Left", "left_in"]

SAME = ("suite", "profile", "role", "driver", "ics", "pixit", "seed")
"""Members of the header in which the parts of one run agree."""
PART = 1 << 32
"""Between the seeds of two parts: their people and numbers must not be the same."""


@dataclass(frozen=True, slots=True)
class Left:
    """What an interrupted run left in its folder."""

    folder: Path
    past: Past
    results: Unfinished

    @property
    def done(self) -> frozenset[str]:
        """The cases that have ended."""
        return frozenset(self.results.digests)

    @property
    def open(self) -> frozenset[str]:
        """The cases that have not."""
        return frozenset(self.results.header.selected) - self.done

    def seed(self, seed: int) -> int:
        """Return the seed of the people and random numbers of this part."""
        return seed + self.past.parts * PART

    def writer(self) -> ResultWriter:
        """Cut a torn line and the footer off, and go on behind the last case."""
        return ResultWriter(self.folder / RESULTS, lines=self.results.lines)

    def transcript(self) -> tuple[tuple[Record, ...], TranscriptWriter]:
        """Return the records so far and the writer behind them."""
        return reopen(self.folder / TRANSCRIPT)

    def check(self, header: Header) -> None:
        """Raise SessionError when this part would not be the same run."""
        before, now = self.results.header.to_json(), header.to_json()
        for member in SAME:
            if before[member] != now[member]:
                raise SessionError(
                    f"{SESSION}: another `{member}` than in the part before. expected "
                    f"{_shown(before[member], now[member])}; begin a new run instead"
                )


def left_in(folder: Path) -> Left:
    """Read what a run left. Raises SessionError, ResultError or OSError."""
    past = read_session(folder / SESSION)
    results = read_unfinished(folder / RESULTS)
    for case_id, digest in past.digests.items():
        if results.digests.get(case_id) != digest:
            raise ResultError(
                RESULTS,
                1 + _place(results, case_id),
                f"case {case_id}: not as the session left it. expected digest {digest}, "
                f"got {results.digests.get(case_id, 'no such case')}",
            )
    if results.footer and not results.footer.missing:
        raise SessionError(f"{SESSION}: the run has ended. expected a case that is still open")
    return Left(folder, past, results)


def _place(results: Unfinished, case_id: str) -> int:
    return 1 + [*results.digests, case_id].index(case_id)


def _shown(before: Any, now: Any) -> str:
    """Return what differs, of objects only the members that do."""
    if isinstance(before, dict) and isinstance(now, dict):
        keys = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
        before, now = _only(before, keys), _only(now, keys)
    return f"{before}, got {now}"


def _only(members: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: members.get(key) for key in keys}
