"""The index of step definitions, and the sentences of the features that they are for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gherkin.parser import Parser
from pytest_bdd.steps import step_function_context_registry

from steps.cases import case_of
from steps.plugin import STEP_MODULES
from steps.register import FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from steps.register import Register

__all__ = [
    "Definition",
    "Scenario",
    "Sentence",
    "case_ids",
    "definition_of",
    "definitions",
    "scenarios",
]

KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}


@dataclass(frozen=True, slots=True)
class Definition:
    """One sentence that a step function answers to."""

    kind: str
    pattern: str
    function: Callable[..., Any]
    matches: Callable[[str], bool]
    parse: Callable[[str], dict[str, Any] | None]

    @property
    def name(self) -> str:
        """Where the function stands."""
        return f"{self.function.__module__}.{self.function.__name__}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step of a scenario, outline columns filled in."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, or an outline with its first row."""

    path: Path
    line: int
    title: str
    tags: tuple[str, ...]
    rule: str
    sentences: tuple[Sentence, ...]
    rows: tuple[dict[str, str], ...] = ()


def definitions() -> list[Definition]:
    """Return every step definition of the suite."""
    for module in STEP_MODULES:
        importlib.import_module(module)
    return [
        Definition(
            context.type or "",
            context.parser.name,
            context.step_func,
            context.parser.is_matching,
            context.parser.parse_arguments,
        )
        for context in step_function_context_registry.values()
        if context.step_func.__module__ in STEP_MODULES
    ]


@cache
def definition_of(kind: str, text: str) -> Definition:
    """Return the step definition that reads a sentence. Raises LookupError."""
    found = (one for one in _definitions() if one.kind in {"", kind} and one.matches(text))
    definition = next(found, None)
    if definition is None:
        raise LookupError(f"no function reads 「{text}」")
    return definition


_definitions = cache(definitions)


def case_ids(register: Register, role: str | None = None) -> set[str]:
    """Return the ids of all cases of the suite, of one role if one is named."""
    cases = (
        case_of(scenario.title, scenario.tags, register, row.get("id"))
        for path in FEATURES.rglob("*.feature")
        for scenario in scenarios(path)
        for row in scenario.rows or ({},)
    )
    return {case.id for case in cases if role is None or role in case.roles}


def scenarios(path: Path) -> Iterator[Scenario]:
    """Yield the scenarios of a feature file, backgrounds put in front of their sentences."""
    feature: Any = Parser().parse(path.read_text("utf-8-sig"))["feature"]
    yield from _children(path, feature["children"], [], "")


def _children(path: Path, children: Any, before: list[Any], rule: str) -> Iterator[Scenario]:
    for child in children:
        ((kind, node),) = child.items()
        if kind == "background":
            before = [*before, *node["steps"]]
        elif kind == "rule":
            yield from _children(path, node["children"], before, node["name"])
        else:
            rows = tuple(_rows(node))
            yield Scenario(
                path,
                node["location"]["line"],
                node["name"],
                tuple(tag["name"].removeprefix("@") for tag in node["tags"]),
                rule,
                tuple(_sentences([*before, *node["steps"]], rows)),
                rows,
            )


def _rows(node: Any) -> Iterator[dict[str, str]]:
    for examples in node["examples"]:
        head = [cell["value"] for cell in examples["tableHeader"]["cells"]]
        for row in examples["tableBody"]:
            yield dict(zip(head, (cell["value"] for cell in row["cells"]), strict=True))


def _sentences(steps: Any, rows: tuple[dict[str, str], ...]) -> Iterator[Sentence]:
    kind = "given"
    for step in steps:
        kind = KINDS.get(step["keywordType"], kind)
        for row in rows or ({},):
            text = step["text"]
            for column, value in row.items():
                text = text.replace(f"<{column}>", value)
            yield Sentence(kind, text, step["location"]["line"])
            if text == step["text"]:
                break
