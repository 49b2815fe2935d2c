"""Drift: what a run observed against the claims of the ICS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.jsonable import Jsonable
from reports.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.model import Case, Header


@dataclass(frozen=True, slots=True)
class Drift(Jsonable):
    """One option of which the ICS says something else than was observed.

    `claimed` tells what the ICS says. `cases` are those in which an unclaimed option was seen at
    work, or all cases of a claimed one, none of which could be carried out.
    """

    option: str
    claimed: bool
    cases: tuple[str, ...]


def drifts(header: Header, cases: Iterable[Case]) -> tuple[Drift, ...]:
    """Return every contradiction between the ICS and the cases of a run, by option."""
    known = tuple(cases)
    found = [*_unclaimed(header, known), *_unsupported(header, known)]
    return tuple(sorted(found, key=lambda drift: drift.option))


def _unclaimed(header: Header, cases: tuple[Case, ...]) -> Iterator[Drift]:
    for option in {option for case in cases for option in case.shown}.difference(header.ics):
        yield Drift(option, claimed=False, cases=_ids(c for c in cases if option in c.shown))


def _unsupported(header: Header, cases: tuple[Case, ...]) -> Iterator[Drift]:
    for option in set(header.ics):
        own = {known.id for known in header.requirements if known.option == option}
        about = [
            case for case in cases if case.requirement_ids[:1] and case.requirement_ids[0] in own
        ]
        if about and all(case.verdict is Verdict.NOT_COVERED for case in about):
            yield Drift(option, claimed=True, cases=_ids(about))


def _ids(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(case.case_id for case in cases)
