"""How a run ends: its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.expectations import State, compare
from reports.verdict import UNDETERMINED, Verdict, claim

if TYPE_CHECKING:
    from reports.model import Run


def exit_code(run: Run, *, strict: bool = False) -> int:
    """Return the exit code of a finished run; usage errors (3) never get this far.

    In this precedence: 4 the harness broke or the run is invalid, 1 non-conformant beyond what is
    expected, or an expectation that must be changed, 2 not determined, 5 nothing selected, and
    with `strict` 2 where no claim is made, else 0.
    """
    footer, cases = run.footer, run.accounted()
    harness = any(case.verdict is Verdict.ERROR for case in cases)
    if footer is None or run.problems() or footer.harness_errors or harness:
        return 4
    outcomes = compare(run)
    known = {each.expectation.id for each in outcomes if each.state is State.MET}
    verdicts = {case.verdict for case in cases if case.case_id not in known}
    if Verdict.FAIL in verdicts or any(each.fails for each in outcomes):
        return 1
    if verdicts & UNDETERMINED or footer.unasked_deaths or footer.interrupted:
        return 2
    if not cases:
        return 5
    return 2 if strict and not claim(run).made else 0
