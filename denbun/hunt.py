"""One run of the suite against one seeded fault or variant, in a worker process."""

from __future__ import annotations

import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from denbun.failures import told
from denbun.suite import Order, Tail, run_suite
from reports import Finding, Verdict, read_run
from steps.cases import case_of_item
from steps.judge.standing import STANDING_IDS
from steps.register import load_register

if TYPE_CHECKING:
    from reference_impl.faults import Fault, Variant
    from steps.cases import CaseId

__all__ = ["Hunted", "Passed", "hunt", "prepare", "try_variant"]

POSITIVE = "正常系"
SEED = 1
"""One seed for every fault: whether it is killed shall not change from day to day."""


@dataclass(frozen=True, slots=True)
class Hunted:
    """What became of one fault: killed by its own requirement, survived, or the harness broke.

    ``others`` are the requirements that found something while it lived.
    """

    fault: str
    requirement: str
    role: str
    level: str
    outcome: str
    killed_by: str | None = None
    verdict: str | None = None
    others: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of one correct variant: exit code 0 is right; else what was held against it."""

    variant: str
    role: str
    outcome: str
    exit_code: int | None
    reason: str = ""


def prepare() -> None:
    """Leave Ctrl-C to the parent, which lets every worker end its run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Hunter:
    """A pytest plugin: the fault's requirement first, then a smoke; stops at the right kill."""

    def __init__(self, fault: Fault, results: Path) -> None:
        self._fault = fault
        self._tail = Tail(results)
        self._session: pytest.Session | None = None
        self.kill: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self.others: dict[str, None] = {}

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep what can be stopped."""
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the cases of the requirement, and the first positive one of the role."""
        register = load_register()
        pairs = [(case_of_item(item, register), item) for item in items]
        mine = [(case, item) for case, item in pairs if case and self._fault.role in case.roles]
        anywhere = self._fault.requirement in STANDING_IDS
        own = [
            item
            for case, item in mine
            if case.requirement == self._fault.requirement
            or (anywhere and case.viewpoint == POSITIVE)
        ]
        smoke = [item for case, item in mine if case.viewpoint == POSITIVE and item not in own]
        items[:] = own + smoke[:1]

    def pytest_runtest_logfinish(self) -> None:
        """Look at the case that was written last; stop once nothing can change any more."""
        for case in self._tail.new():
            if case["kind"] == "case":
                self._look(case)
        if (self.kill or self.error) and self._session:
            self._session.shouldstop = "decided"

    def _look(self, case: dict[str, Any]) -> None:
        if case["verdict"] == Verdict.ERROR:
            self.error = self.error or case
            return
        for found in case["findings"]:
            finding = Finding.from_json(found)
            if finding.verdict is Verdict.PASS:
                continue
            if finding.requirement_id == self._fault.requirement:
                self.kill = self.kill or {**case, "verdict": finding.verdict}
            else:
                self.others[finding.requirement_id] = None


def _rows_last(pairs: list[tuple[CaseId, pytest.Item]]) -> list[tuple[CaseId, pytest.Item]]:
    """Return the cases with one row of each outline first: the other rows seldom tell more."""
    first = {case.id.partition("[")[0]: case.id for case, _ in reversed(pairs)}
    return sorted(pairs, key=lambda pair: pair[0].id not in first.values())


def hunt(fault: Fault) -> Hunted:
    """Run what should kill a fault and say whether it did."""
    with tempfile.TemporaryDirectory() as folder:
        order = Order(out=Path(folder), role=fault.role, fault=fault.id, seed=SEED)
        hunter = _Hunter(fault, order.results)
        reason = ""
        try:
            run_suite(order, hunter)
        except Exception as error:  # noqa: BLE001 - becomes a row of the matrix
            reason = told(error)
    if hunter.error:
        reason = hunter.error["reason"]
    kill = None if reason else hunter.kill
    return Hunted(
        fault.id,
        fault.requirement,
        fault.role,
        fault.level,
        "broken" if reason else "killed" if kill else "survived",
        kill["case_id"] if kill else None,
        kill["verdict"] if kill else None,
        tuple(hunter.others),
        reason,
    )


def try_variant(variant: Variant) -> Passed:
    """Run the whole suite of its role against a variant; it must pass like the reference."""
    with tempfile.TemporaryDirectory() as folder:
        order = Order(out=Path(folder), role=variant.role, variant=variant.id, seed=SEED)
        try:
            run_suite(order)
            run = read_run(order.results)
        except Exception as error:  # noqa: BLE001 - becomes a row of the table
            return Passed(variant.id, variant.role, "broken", None, told(error))
    assert run.footer is not None
    blamed = [f"{case.case_id} {case.verdict}" for case in run.cases if case.verdict not in _GOOD]
    code = run.footer.exit_code
    return Passed(variant.id, variant.role, "failed" if code else "passed", code, ", ".join(blamed))


_GOOD = {Verdict.PASS, Verdict.NOT_APPLICABLE}
