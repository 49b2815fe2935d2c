"""A faster search for the function of a sentence.

pytest-bdd asks pytest about every fixture at every sentence, though only one step function fits
the words. Here the words choose first; whether what they chose is visible to the scenario is
still pytest's decision.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.steps import StepNamePrefix
from pytest_bdd.steps import step_function_context_registry as contexts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

__all__ = ["install"]

SEARCH = "find_fixturedefs_for_step"
PREFIX = StepNamePrefix.step_def.value


class Search:
    """Stands in for the search of pytest-bdd; who can read a sentence is found out once."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._contexts: dict[str, list[Any]] = {}
        self._able: dict[tuple[str, str], list[str]] = {}

    def __call__(self, step: Any, fixturemanager: Any, node: pytest.Item) -> Iterator[Any]:
        """Yield the fixtures of the step functions that can read a sentence."""
        names = get_fixture_names(fixturemanager=fixturemanager)
        if names != self._names:
            self._names, self._able = names, {}
        words = (step.type, step.name)
        if words not in self._able:
            steps = {n: self._known(n, fixturemanager, node) for n in names if n.startswith(PREFIX)}
            self._able[words] = [
                name
                for name, known in steps.items()
                if not known or any(_reads(one, step) for one in known)
            ]
        for name in self._able[words]:
            visible = getfixturedefs(fixturemanager, name, node) or ()
            yield from (one for one in visible if _reads(contexts.get(one.func), step))

    def _known(self, name: str, fixturemanager: Any, node: pytest.Item) -> list[Any]:
        """Return what stands behind a name; what one scenario cannot see another one may."""
        known = self._contexts.get(name)
        if not known:
            visible = getfixturedefs(fixturemanager, name, node) or ()
            known = self._contexts[name] = [contexts.get(one.func) for one in visible]
        return known


def _reads(context: Any, step: Any) -> bool:
    """Tell whether a step function can read a sentence."""
    return (
        context is not None
        and context.type in {None, step.type}
        and bool(context.parser.is_matching(step.name))
    )


def install() -> None:
    """Let pytest-bdd search by the words. It offers no hook; without this it is only slower."""
    module = sys.modules["pytest_bdd.scenario"]
    if hasattr(module, SEARCH):
        setattr(module, SEARCH, Search())
