"""What becomes of a case outside of the judge: its own end, an exception, pytest's outcome."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.model import Finding, Judgement
from reports.verdict import Obstacle, ObstacleKind, Verdict
from steps.bench.party import Unmet
from steps.codings import codings
from steps.drivers.protocol import DriverError, Skipped, SutLost
from steps.judge.values import scrub
from steps.scene import NotCovered, Unprepared
from steps.unforeseen import told
from telegram_specs import mask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reports.model import Case, Requirement, Step

__all__ = [
    "Nonconformance",
    "Undetermined",
    "broken_harness",
    "ended",
    "judged",
    "obstacle",
    "still_there",
    "tell_pytest",
    "veil",
    "veiled",
]

APART = r"[\s\-‐－]*"
"""What may stand between the characters of a number or a name that somebody writes."""


class Nonconformance(Exception):  # noqa: N818 - a verdict, told to pytest
    """The system under test broke a requirement."""


class Undetermined(Exception):  # noqa: N818 - likewise
    """Nothing could be decided, or the harness failed."""


def obstacle(error: BaseException) -> Obstacle:
    """Sort an exception of a step into what it means for the case."""
    match error:
        case NotCovered():
            kind = error.kind
        case Unmet() | Skipped():
            kind = ObstacleKind.UNSUPPORTED_ADAPTER
        case Unprepared():
            kind = ObstacleKind.UNPREPARED
        case SutLost():
            kind = ObstacleKind.SUT_LOST
        case DriverError():
            kind = ObstacleKind.ADAPTER_BROKEN
        case _:
            return broken_harness(error)
    return Obstacle(kind, scrub(str(error)))


def veiled(met: Obstacle, secrets: Collection[str]) -> Obstacle:
    """Return an obstacle whose text shows none of these values, however they are spaced."""
    return replace(met, text=veil(met.text, secrets))


def veil(text: str, secrets: Collection[str]) -> str:
    """Return a text that shows none of these values, however they are spaced or written."""
    # The longest first: one value may be a part of another.
    known = sorted((re.sub(APART, "", text) for text in secrets), key=len, reverse=True)
    spaced = [APART.join(map(re.escape, text)) for text in known]
    low = text.lower()
    coded = {form for secret in secrets for form in codings(secret) if form.lower() in low}
    longest = sorted(coded, key=len, reverse=True)
    pattern = "|".join([*(f"(?i:{re.escape(form)})" for form in longest), *spaced])
    return re.sub(pattern, lambda found: mask(found[0]), text) if known else text


def broken_harness(error: BaseException) -> Obstacle:
    """Return an unforeseen exception as an error of ours, in one line."""
    return Obstacle(ObstacleKind.HARNESS_ERROR, told(error))


def judged(steps: Iterable[Step], findings: Iterable[Finding]) -> tuple[Step, ...]:
    """Return the sentences; one whose judgement makes the case fail has failed, too."""
    broken = {finding.step for finding in findings if finding.verdict is Verdict.FAIL}
    return tuple(
        replace(step, outcome="failed") if number in broken else step
        for number, step in enumerate(steps)
    )


def still_there(requirement_id: str, *, held: bool) -> Judgement:
    """Return the judgement on whether a system that was sent something is still there."""
    return Judgement(requirement_id, "still_there", {}, (), held)


def ended(requirement: Requirement, note: str) -> Finding:
    """Return the finding on a system that ended by itself."""
    return Finding(
        requirement.id,
        requirement.level,
        requirement.rank,
        "終了せずに処理を続ける",
        f"自ら終了した ({note})",
        None,
        requirement.source,
        rule="still_there",
    )


def tell_pytest(case: Case) -> None:
    """Raise what makes pytest show a verdict."""
    lines = [
        f"{finding.requirement_id} ({finding.source}): {finding.expected} / {finding.actual}"
        for finding in case.findings
    ]
    match case.verdict:
        case Verdict.FAIL:
            raise Nonconformance("\n".join(lines))
        case Verdict.INCONCLUSIVE | Verdict.ERROR:
            raise Undetermined(f"{case.verdict}: {case.reason}")
        case Verdict.NOT_APPLICABLE | Verdict.NOT_COVERED | Verdict.NOT_RUN:
            pytest.skip(f"{case.verdict}: {case.reason}")
        case _:
            return
