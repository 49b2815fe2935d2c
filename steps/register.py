"""The register of requirements: ``features/requirements/*.yaml``, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from reports.model import Requirement
from steps.ics import OPTIONS
from steps.sut import SutRole
from telegram_specs import SpecError
from telegram_specs.engine.document import locate, problem, read_map
from telegram_specs.engine.model import Model, check
from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

__all__ = ["FEATURES", "Area", "Register", "load_register"]

FEATURES = Path(__file__).resolve().parent.parent / "features"


class _Entry(Model):
    """One requirement as it stands in the YAML; see ``reports.model.Requirement``."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]{3}$")]
    ja: str
    en: str
    level: Literal["MUST", "SHOULD", "MAY"]
    roles: tuple[SutRole, ...]
    rank: Literal["law", "specification", "formula", "profile", "seed", "inference"]
    source: str
    edition: str
    option: str | None = None
    variants: tuple[str, ...] = ()
    untested: str | None = None


class _File(Model):
    """One file of the register: one area."""

    area: str
    ja: str
    en: str
    requirements: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An area of requirements with its names."""

    id: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Register:
    """All requirements by id, in the order of the files."""

    requirements: Mapping[str, Requirement]
    areas: Mapping[str, Area]

    def __getitem__(self, requirement_id: str) -> Requirement:
        """Return one requirement; KeyError when there is none."""
        return self.requirements[requirement_id]

    def __contains__(self, requirement_id: object) -> bool:
        return requirement_id in self.requirements

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self.requirements.values())

    def binds(self, requirement_id: str, role: str) -> bool:
        """Tell whether a requirement is one that this role must keep."""
        return role in self.requirements[requirement_id].roles


def load_register(folder: Path = FEATURES / "requirements") -> Register:
    """Read the register. SpecError names file:line for whatever is wrong, all of it at once."""
    requirements: dict[str, Requirement] = {}
    areas: dict[str, Area] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{path.name}"
        try:
            tree = read_map(path, name)
            file = check(_File, tree)
        except SpecError as error:
            problems += error.problems
            continue
        areas[file.area] = Area(file.area, file.ja, file.en)
        for number, entry in enumerate(file.requirements):
            for key, what, wanted, got in _mistakes(entry, file.area, requirements):
                mark, pointer = locate(tree, ("requirements", number, key))
                problems.append(problem(mark, pointer, what, wanted, got))
            requirements[entry.id] = Requirement(area=file.area, **entry.model_dump())
    if problems:
        raise SpecError(*problems)
    return Register(requirements, areas)


def _mistakes(
    entry: _Entry, area: str, known: Container[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (key, what is wrong, expected, actual) of one entry."""
    if entry.id.partition("-")[0] != area:
        yield "id", "wrong area", f"an id of area {area}", entry.id
    if entry.id in known:
        yield "id", "id given twice", "a new id", entry.id
    if entry.option is not None and entry.option not in OPTIONS:
        yield "option", "unknown option", f"one of {', '.join(OPTIONS)}", entry.option
    if not entry.roles:
        yield "roles", "no role", f"some of {', '.join(SUT_ROLES)}", "none"
