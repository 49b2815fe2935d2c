"""Progress of a run: a bar where somebody watches a terminal, else a line now and then."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from denbun.console import complain, is_fancy

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from rich.console import Console
    from rich.progress import Progress

    from denbun.suite import Tail

__all__ = ["GOOD", "Bar", "CaseProgress"]

GOOD = frozenset({"PASS", "NOT_APPLICABLE"})
"""Verdicts of which nobody need be told."""
EVERY = 20
"""Steps between two lines where no terminal shows a bar and steps are short."""


class Bar:
    """How many steps are done, shown on stderr; ``note`` shows a line that stays.

    On a terminal also what they have come to, the time left, and what is under way; elsewhere a
    line for ``every`` so many steps.
    """

    def __init__(self, what: str, total: int = 0, *, every: int = EVERY) -> None:
        self._what, self._total, self._done, self._every = what, total, 0, every
        self._stack = ExitStack()
        self._show: Callable[[str], None] = self._line
        self.note: Callable[[str], None] = complain
        self.under_way: Callable[[str], None] = _nowhere

    def __enter__(self) -> Self:
        if is_fancy():
            from rich.console import Console

            shown = _progress(Console(stderr=True))
            task = shown.add_task(self._what, total=None, summary="", current="")
            self._stack.enter_context(shown)

            def show(summary: str) -> None:
                shown.update(task, completed=self._done, total=self._total, summary=summary)

            self._show = show
            self.under_way = lambda text: shown.update(task, current=text)
            self.note = lambda text: shown.console.print(text, markup=False, highlight=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def expect(self, total: int) -> None:
        """Say how many steps there will be."""
        self._total = total

    def advance(self, summary: str) -> None:
        """Say that a step is done and what all have come to."""
        self._done += 1
        self._show(summary)

    def _line(self, summary: str) -> None:
        if self._done % self._every == 0 or self._done == self._total:
            complain(f"{self._what} {self._done}/{self._total} {summary}")


def _nowhere(_text: str) -> None:
    """Show nothing: a line for each step would be too much where nobody watches."""


def _progress(console: Console) -> Progress:
    """Return the display: what, how far, time left, verdicts, and what is under way."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    rest = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.fields[summary]}", markup=False),
        TextColumn("{task.fields[current]}", markup=False, table_column=rest),
        console=console,
        transient=True,
        expand=True,
    )


class CaseProgress:
    """A pytest plugin that shows each case of the stream as it is written."""

    def __init__(self, tail: Tail, bar: Bar) -> None:
        self._tail, self._bar = tail, bar
        self._counts: Counter[str] = Counter()

    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Show which scenario is under way."""
        from steps.cases import scenario_of

        scenario = scenario_of(item)
        if scenario is not None:
            self._bar.under_way(scenario.name)

    def pytest_runtest_logfinish(self) -> None:
        """Show what was written since the last scenario."""
        for line in self._tail.new():
            if line["kind"] == "header":
                self._bar.expect(len(line["selected"]))
            if line["kind"] == "case":
                self._case(line)

    def _case(self, case: dict[str, Any]) -> None:
        self._counts[case["verdict"]] += 1
        if case["verdict"] not in GOOD:
            self._bar.note(f"{case['verdict']} {case['case_id']} {case['title']}")
        self._bar.advance(" ".join(f"{name} {number}" for name, number in self._counts.items()))
