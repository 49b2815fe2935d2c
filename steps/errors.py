"""The errors that staff can see: older ones, and those that came with what was done."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from inspect import isfunction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from steps.bench.network import Bench

__all__ = ["ErrorLists", "looked_at"]

ROLES = ("juki", "shinsei")
"""Roles whose staff have a list of errors."""


class ErrorLists:
    """The lists as they were when the judged window began; nothing in it caused what they show."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._older: dict[str, Counter[str] | None] = {}

    def remember(self) -> None:
        """Note what is shown by now. Raises SutLost."""
        for role in ROLES:
            reply = self._bench.observe(role, "errors", {})
            self._older[role] = _lines(reply.data) if reply.ok else None

    def came(self, role: str, data: Mapping[str, Any]) -> list[str] | None:
        """Return the telegrams of the lines that are new in a list, None when that is not known.

        A line is compared as a whole; one that stands there once more is new.
        """
        older = self._older.get(role)
        if older is None:
            return None
        new = _lines(data) - older
        return [str(json.loads(line)["telegram"]) for line in new.elements()]


def looked_at(functions: Iterable[Callable[..., Any]]) -> bool:
    """Tell whether step functions read the lists; else nobody need be asked for them."""
    return any(_looks(function) for function in functions)


@cache
def _looks(function: Callable[..., Any]) -> bool:
    """Tell whether a function reads the lists, or one of the suite that it leads to does."""
    open_, seen = [function], {function}
    while open_:
        code, known = (current := open_.pop()).__code__, current.__globals__
        if "look_at_errors" in code.co_names:
            return True
        for called in map(known.get, code.co_names):
            if isfunction(called) and called.__module__.startswith("steps.") and called not in seen:
                seen.add(called)
                open_.append(called)
    return False


def _lines(data: Mapping[str, Any]) -> Counter[str]:
    return Counter(json.dumps(line, sort_keys=True) for line in data.get("errors", ()))
