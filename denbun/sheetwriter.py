"""Collects the cases of a test sheet: a pytest plugin that rehearses instead of running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from steps.drivers.operator.sheet import SheetCase
    from steps.run import SuiteRun

__all__ = ["SheetWriter"]

SEED = 1
"""Of the people on the sheet, which are samples."""


class SheetWriter:
    """A pytest plugin that rehearses every case instead of running it."""

    def __init__(self) -> None:
        self.cases: list[SheetCase] = []
        self.head: dict[str, object] = {}
        self._rehearsal: Any = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let nothing be run: no system is needed, nor kept from other runs."""
        config.option.collectonly = True

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what each case asks of a person."""
        from steps.plugin import RUN_KEY

        for item in session.items:
            self._add(item, session.config.stash[RUN_KEY])

    def _add(self, item: pytest.Item, run: SuiteRun) -> None:
        from steps.cases import row_of, scenario_of, sentences_of
        from steps.drivers.operator.sheet import SheetCase
        from steps.rehearsal import Rehearsal

        if self._rehearsal is None:
            self._rehearsal = Rehearsal(
                role=run.role,
                pixit=run.sut.pixit,
                profile=run.profile,
                register=run.register,
                seed=SEED,
            )
        case, scenario = run.case_of(item), scenario_of(item)
        assert scenario is not None
        found = self._rehearsal.of(case, scenario.render(row_of(item)).steps)
        known = run.register[case.requirement]
        self.cases.append(
            SheetCase(
                id=case.id,
                title=scenario.name,
                requirement=(known.id, str(known.level), (known.ja, known.en)),
                clause=known.source,
                sentences=sentences_of(item),
                tasks=found.tasks,
                whole=found.whole,
                covered=found.covered,
            )
        )
        self.head = {
            "product": run.sut.product.name,
            "role": run.role,
            "profile": run.profile.label,
            "count": len(self.cases),
        }
