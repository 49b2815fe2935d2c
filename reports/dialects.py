"""What the formats of others call a verdict: the one table that their renderers read.

They know fewer than eight outcomes, so each of them carries the verdict itself beside its own
word: JUnit as `type=` and `[[PROPERTY|verdict=…]]`, CTRF as `rawStatus`, Cucumber as a tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model import StepOutcome

JUnit = Literal["failure", "error", "skipped"]
Ctrf = Literal["passed", "failed", "skipped", "pending", "other"]
Cucumber = Literal["passed", "failed", "skipped", "pending", "undefined"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words of other formats for one verdict; `junit` is None where the case passes."""

    junit: JUnit | None
    ctrf: Ctrf
    cucumber: Cucumber


DIALECTS: Mapping[Verdict, Dialect] = {
    # Only what was seen broken is "failed": a reader of failures must not meet our own trouble.
    Verdict.PASS: Dialect(None, "passed", "passed"),
    Verdict.FAIL: Dialect("failure", "failed", "failed"),
    Verdict.WARN: Dialect(None, "passed", "passed"),
    Verdict.INCONCLUSIVE: Dialect("error", "other", "undefined"),
    Verdict.NOT_APPLICABLE: Dialect("skipped", "skipped", "skipped"),
    Verdict.NOT_COVERED: Dialect("skipped", "skipped", "pending"),
    Verdict.NOT_RUN: Dialect("skipped", "pending", "skipped"),
    Verdict.ERROR: Dialect("error", "other", "undefined"),
}


def ctrf_step(verdict: Verdict, outcome: StepOutcome) -> Ctrf:
    """Return what CTRF calls a step; one that raised has the status of its case."""
    return DIALECTS[verdict].ctrf if outcome == "failed" else outcome


def cucumber_step(verdict: Verdict, outcome: StepOutcome) -> Cucumber:
    """Return what Cucumber calls a step; one that raised has the status of its case."""
    return DIALECTS[verdict].cucumber if outcome == "failed" else outcome
