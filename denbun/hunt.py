"""Runs of the suite against seeded faults or variants, in a worker process."""

from __future__ import annotations

import signal
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from denbun.finished import run_in
from denbun.progress import GOOD
from denbun.suite import Order, Tail, run_suite
from reports import Finding, Verdict
from steps.cases import case_of_item
from steps.judge.standing import STANDING_IDS
from steps.plugin import RUN_KEY
from steps.register import load_register
from steps.run import SuiteRun
from steps.unforeseen import told

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from reference_impl.faults import Fault, Variant
    from steps.cases import CaseId

__all__ = ["Hunted", "Passed", "hunt", "prepare", "try_variants"]

POSITIVE = "正常系"
SURVIVED = "survived"
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
    """A pytest plugin: collects once, then runs what should kill each fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = faults
        self._register = load_register()
        self._cases: list[tuple[CaseId, pytest.Item]] = []
        self.rows: list[Hunted] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep every case for ourselves: the suite's plugin begins no run without any."""
        pairs = [(case_of_item(item, self._register), item) for item in items]
        self._cases = [(case, item) for case, item in pairs if case]
        items.clear()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Give each fault a run of its own, with a fresh system under test."""
        for fault in () if session.testsfailed else self._faults:
            row = self._hunt(fault, session.config.stash)
            if row.outcome == SURVIVED:  # a case may be undecided on a machine that is too busy
                row = self._hunt(fault, session.config.stash)
            self.rows.append(row)
        return True

    def _hunt(self, fault: Fault, stash: pytest.Stash) -> Hunted:
        seen = _Seen(fault.requirement)
        with tempfile.TemporaryDirectory() as folder:
            order = Order(out=Path(folder), role=fault.role, fault=fault.id, seed=SEED)
            try:
                with _begun(order, stash) as run:
                    self._run(self._chosen(fault), run, Tail(order.results), seen)
            except Exception as error:  # noqa: BLE001 - becomes a row of the matrix
                seen.error = told(error)
        return seen.row(fault)

    def _chosen(self, fault: Fault) -> list[pytest.Item]:
        """Return the cases of the requirement, and the first positive one of the role.

        What every scenario judges may show in any positive one.
        """
        mine = [(case, item) for case, item in self._cases if fault.role in case.roles]
        own = [item for case, item in mine if case.requirement == fault.requirement]
        smoke = [item for case, item in mine if case.viewpoint == POSITIVE and item not in own]
        return own + (smoke if fault.requirement in STANDING_IDS else smoke[:1])

    @staticmethod
    def _run(items: list[pytest.Item], run: SuiteRun, tail: Tail, seen: _Seen) -> None:
        """Run cases until nothing can change any more."""
        run.select(items, complete=False)
        for item in items:
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            for line in tail.new():
                if line["kind"] == "case":
                    seen.look(line)
            if seen.kill or seen.error:
                return


@contextmanager
def _begun(order: Order, stash: pytest.Stash) -> Generator[SuiteRun, None, None]:
    """Put a run where the suite's plugin looks for it, and finish it in the end."""
    run = SuiteRun(
        sut_files=order.sut,
        role=order.role,
        profile_folder=order.profile,
        seed=SEED,
        out=order.out,
        fault=order.fault,
        preloaded=True,
    )
    stash[RUN_KEY] = run
    try:
        yield run
    finally:
        del stash[RUN_KEY]
        run.finish()


@dataclass(slots=True)
class _Seen:
    """What the cases found so far while a fault lived."""

    requirement: str
    kill: dict[str, Any] | None = None
    error: str = ""
    others: dict[str, None] = field(default_factory=dict)

    def look(self, case: dict[str, Any]) -> None:
        """Look at one case of the result stream."""
        if case["verdict"] == Verdict.ERROR:
            self.error = case["reason"]
            return
        for found in case["findings"]:
            finding = Finding.from_json(found)
            if finding.verdict is Verdict.PASS:
                continue
            if finding.requirement_id == self.requirement:
                self.kill = self.kill or {**case, "verdict": finding.verdict}
            else:
                self.others[finding.requirement_id] = None

    def row(self, fault: Fault) -> Hunted:
        """Return the row of the matrix."""
        kill = None if self.error else self.kill
        return Hunted(
            fault.id,
            fault.requirement,
            fault.role,
            fault.level,
            "broken" if self.error else "killed" if kill else SURVIVED,
            kill["case_id"] if kill else None,
            kill["verdict"] if kill else None,
            tuple(self.others),
            self.error,
        )


def hunt(faults: Sequence[Fault]) -> list[Hunted]:
    """Run what should kill each fault and say whether it did."""
    hunter = _Hunter(faults)
    with tempfile.TemporaryDirectory() as folder:
        run_suite(Order(out=Path(folder)), hunter)
    return hunter.rows


def try_variants(variants: Sequence[Variant]) -> list[Passed]:
    """Run the whole suite of its role against each variant; it must pass like the reference."""
    return [_try(variant) for variant in variants]


def _try(variant: Variant) -> Passed:
    with tempfile.TemporaryDirectory() as folder:
        order = Order(out=Path(folder), role=variant.role, variant=variant.id, seed=SEED)
        try:
            run_suite(order)
            run = run_in(Path(folder))
        except Exception as error:  # noqa: BLE001 - becomes a row of the table
            return Passed(variant.id, variant.role, "broken", None, told(error))
    assert run.footer is not None
    blamed = [case for case in run.cases if case.verdict not in GOOD]
    why = ", ".join(f"{case.case_id} {case.verdict} {case.reason}".rstrip() for case in blamed)
    code = run.footer.exit_code
    return Passed(variant.id, variant.role, "failed" if code else "passed", code, why)
