"""``denbun run --pause-on-fail``: the run waits behind a case that did not pass."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from denbun.progress import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable

    from denbun.suite import Order, Tail

__all__ = ["Pause"]


class Pause:
    """A pytest plugin that waits for Enter, where somebody sits at a terminal."""

    def __init__(self, order: Order, tail: Tail, say: Callable[[str], None]) -> None:
        self._order, self._tail, self._say = order, tail, say
        self._somebody = sys.stdin is not None and sys.stdin.isatty()
        if not self._somebody:
            say("denbun: --pause-on-fail: no terminal to wait at; the run goes on by itself")

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Wait behind a case that is neither PASS nor NOT_APPLICABLE."""
        for line in self._tail.new():
            passed = line.get("verdict") in GOOD
            if line["kind"] == "case" and self._somebody and not passed:
                self._wait(line)

    def _wait(self, case: dict[str, Any]) -> None:
        seqs = ", ".join(f"#{seq}" for seq in case["evidence"]) or "none"
        for finding in case["findings"]:
            self._say(
                f"  {finding['requirement_id']}: expected {finding['expected']}, "
                f"got {finding['actual']}"
            )
        if case["reason"]:
            self._say(f"  {case['reason']}")
        self._say(f"  results: {self._order.results}, case {case['case_id']}")
        self._say(f"  telegrams: {self._order.transcript}, {seqs}")
        self._say("  The system and the bench stay up. Enter: go on; Ctrl-C and Enter: end the run")
        sys.stdin.readline()
