"""``denbun requirements``: the register, and which cases test what."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.coverage import judged, told
from denbun.failures import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports import Requirement
    from steps.register import Register

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun requirements",
    "denbun requirements --coverage",
    "denbun requirements --coverage results/juki results/cs results/atena",
    "denbun requirements --json",
)


def command(
    *,
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR]...", help="With --coverage: folders of runs' results."),
    ] = None,
    json: options.Json = False,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Show the cases of each requirement, or why none."),
    ] = False,
    lang: options.Lang = "ja",
) -> int:
    """List the requirements with their level, roles and source.

    With --coverage and results: what their judgements cover. Exit codes: 0 every MUST was judged
    or says why not, 1 one is unexplained or a case did not judge its own, 3 no believable results.
    """
    from steps.register import load_register

    register = load_register()
    if folders and not coverage:
        raise Usage(f"DIR: only with --coverage. expected no folder, got {folders[0]}")
    if folders:
        return judged(register, folders, lang, json=json)
    cases = _cases(register)
    if json:
        entries = [{**dataclasses.asdict(r), "cases": cases.get(r.id, [])} for r in register]
        console.say_json({"basis": "planned", "requirements": entries} if coverage else entries)
        return 0
    if coverage:
        console.say(told("planned", lang))
    last = ("cases, or why none",) if coverage else ("cases", "requirement")
    heads = ("id", "level", "rank", "roles", *last)
    rows = [_row(requirement, cases, lang, coverage=coverage) for requirement in register]
    console.say(console.table(heads, rows))
    return 0


def _cases(register: Register) -> Mapping[str, Sequence[str]]:
    """Return the case ids of the features by requirement."""
    from steps.cases import case_of
    from steps.index import scenarios
    from steps.register import FEATURES

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
    facts = (requirement.id, requirement.level, requirement.rank, ",".join(requirement.roles))
    if coverage:
        return (*facts, "; ".join(filter(None, (" ".join(own), _why_none(requirement)))))
    return (*facts, str(len(own)), getattr(requirement, lang))


def _why_none(requirement: Requirement) -> str:
    from steps.judge.standing import STANDING_IDS

    in_every_case = "judged in every case" if requirement.id in STANDING_IDS else ""
    return requirement.untested or in_every_case
