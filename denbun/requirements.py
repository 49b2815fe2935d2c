"""``denbun requirements``: the register, and which cases test what."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports import Requirement

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun requirements",
    "denbun requirements --coverage",
    "denbun requirements --json",
)


def command(
    *,
    json: options.Json = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show the cases, and why there is none.")
    ] = False,
    lang: options.Lang = "ja",
) -> int:
    """List the requirements with their level, roles and source."""
    from steps.register import load_register

    register = load_register()
    cases = _cases()
    if json:
        entries = [{**dataclasses.asdict(r), "cases": cases.get(r.id, [])} for r in register]
        console.say_json(entries)
        return 0
    heads = ("id", "level", "rank", "roles", "cases", "why none" if coverage else "requirement")
    rows = [_row(requirement, cases, lang, coverage=coverage) for requirement in register]
    console.say(console.table(heads, rows))
    return 0


def _cases() -> Mapping[str, Sequence[str]]:
    """Return the case ids of the features by requirement."""
    from steps.cases import case_of
    from steps.index import scenarios
    from steps.register import FEATURES, load_register

    register = load_register()
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(FEATURES.rglob("*.feature")):
        for scenario in scenarios(path):
            for row in scenario.rows or ({},):
                case = case_of(scenario.title, scenario.tags, register, row.get("id"))
                found[case.requirement].append(case.id)
    return found


def _row(
    requirement: Requirement,
    cases: Mapping[str, Sequence[str]],
    lang: options.Language,
    *,
    coverage: bool,
) -> tuple[str, ...]:
    own = cases.get(requirement.id, ())
    shown = " ".join(own) if coverage else str(len(own))
    text = _why_none(requirement) if coverage else getattr(requirement, lang)
    roles = ",".join(requirement.roles)
    return (requirement.id, requirement.level, requirement.rank, roles, shown, text)


def _why_none(requirement: Requirement) -> str:
    from steps.judge.standing import STANDING_IDS

    in_every_case = "judged in every case" if requirement.id in STANDING_IDS else ""
    return requirement.untested or in_every_case
