"""Scenarios as cases: authored ids, the requirement they belong to, the roles they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_bdd.scenario import scenario_wrapper_template_registry

from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_bdd.parser import ScenarioTemplate

    from steps.register import Register

__all__ = [
    "VIEWPOINTS",
    "CaseId",
    "TagError",
    "case_of",
    "case_of_item",
    "row_of",
    "scenario_of",
    "sentences_of",
]

VIEWPOINTS = ("正常系", "異常系", "境界値", "順序")
LEAF = re.compile(r"([A-Z]+-[0-9]{3})\.[0-9]+")


class TagError(ValueError):
    """The tags of a scenario do not make a case."""


@dataclass(frozen=True, slots=True)
class CaseId:
    """What the tags of a scenario say.

    Attributes:
        id: the authored id, with ``[row]`` for a row of an outline.
        requirement: the requirement that it belongs to.
        viewpoint: one of the four viewpoints.
        roles: the roles for which it is selected.
        tags: all tags in the order of the reader.
    """

    id: str
    requirement: str
    viewpoint: str
    roles: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def area(self) -> str:
        """The area of the requirement."""
        return self.requirement.partition("-")[0]


def case_of(title: str, tags: Iterable[str], register: Register, row: str | None) -> CaseId:
    """Return the case that a scenario's tags make. Raises TagError with what to write instead."""
    known = sorted(tags)
    leaf = [tag for tag in known if LEAF.fullmatch(tag)]
    viewpoint = [tag for tag in known if tag in VIEWPOINTS]
    named_roles = tuple(tag for tag in known if tag in SUT_ROLES)
    strange = set(known) - {*leaf, *viewpoint, *named_roles}
    if strange:
        raise TagError(f"「{title}」: unknown tag @{min(strange)}. expected a tag of the register")
    if len(leaf) != 1:
        raise TagError(
            f"「{title}」: expected one requirement tag such as @BIRTH-004.1, got {leaf}"
        )
    if len(viewpoint) != 1:
        raise TagError(f"「{title}」: expected one of @{' @'.join(VIEWPOINTS)}, got {viewpoint}")
    match = LEAF.fullmatch(leaf[0])
    assert match is not None
    requirement = match[1]
    if requirement not in register:
        raise TagError(f"「{title}」: @{leaf[0]} names no requirement of the register")
    bound = register[requirement].roles
    if not set(named_roles) <= set(bound):
        raise TagError(f"「{title}」: @{leaf[0]} binds {', '.join(bound)}, not {named_roles}")
    if len(bound) > 1 and not named_roles:
        choice = " ".join(f"@{role}" for role in bound)
        raise TagError(f"「{title}」: {requirement} binds several roles. expected some of {choice}")
    case_id = leaf[0] if row is None else f"{leaf[0]}[{row}]"
    roles = named_roles or bound
    return CaseId(case_id, requirement, viewpoint[0], roles, (*leaf, *viewpoint, *named_roles))


def scenario_of(item: Any) -> ScenarioTemplate | None:
    """Return the scenario of a collected pytest item, None when it is none."""
    return scenario_wrapper_template_registry.get(getattr(item, "function", id))


def case_of_item(item: Any, register: Register) -> CaseId | None:
    """Return the case of a collected pytest item, None when it is no scenario."""
    scenario = scenario_of(item)
    if scenario is None:
        return None
    return case_of(scenario.name, scenario.tags, register, row_of(item).get("id"))


def sentences_of(item: Any) -> tuple[str, ...]:
    """Return the sentences of a collected case, those of its background first."""
    scenario = scenario_of(item)
    assert scenario is not None
    steps = scenario.render(row_of(item)).steps
    return tuple(f"{step.keyword.strip()} {step.name}" for step in steps)


def row_of(item: Any) -> dict[str, str]:
    """Return the row of an outline that an item is for, empty for a plain scenario."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return params.get("_pytest_bdd_example") or {}
