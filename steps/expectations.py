"""The expectations file beside a ``sut.yaml``: read, checked against the cases of the suite."""

from __future__ import annotations

import datetime as dt
import hashlib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from pydantic import field_validator

from reports.expectations import EXPECTABLE, Expectation, Expectations
from reports.verdict import Verdict
from telegram_specs import SpecError
from telegram_specs.engine.document import locate, problem, read_list
from telegram_specs.engine.model import Model, check

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from steps.register import Register

__all__ = ["load_expectations"]


class _Entry(Model):
    """One entry as it stands in the YAML; see ``reports.expectations.Expectation``."""

    id: str
    verdict: str
    reason: str
    requirements: tuple[str, ...] = ()
    issue: str = ""
    expires: str = ""

    @field_validator("verdict")
    @classmethod
    def _expectable(cls, value: str) -> str:
        if value not in EXPECTABLE:
            known = ", ".join(EXPECTABLE)
            raise ValueError(f"verdict cannot be expected. expected one of {known}, got {value}")
        return value

    @field_validator("reason")
    @classmethod
    def _said(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("no reason. expected why this gap is known, got nothing")
        return value

    @field_validator("expires")
    @classmethod
    def _day(cls, value: str) -> str:
        try:
            return value and dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"no date. expected YYYY-MM-DD, got {value}") from None


def load_expectations(path: Path, cases: Collection[str], register: Register) -> Expectations:
    """Read an expectations file. SpecError names file:line for whatever is wrong, all at once.

    ``cases`` are the ids of all cases of the suite, whatever their role.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        what = f"{path}: no such file. expected the expectations that sut.yaml names, got none"
        raise SpecError(f"{what}; `denbun run --update-expectations` writes it") from None
    entries: list[Expectation] = []
    problems: list[str] = []
    for tree in read_list(path, path.name):
        try:
            entry = check(_Entry, tree)
        except SpecError as error:
            problems += error.problems
            continue
        known = {each.id for each in entries}
        for key, what, wanted, got in _mistakes(entry, cases, register, known):
            problems.append(problem(*locate(tree, (key,)), what, wanted, got))
        members: dict[str, Any] = entry.model_dump()
        members["requirements"] = tuple(sorted(set(entry.requirements)))
        members["verdict"] = Verdict(entry.verdict)
        entries.append(Expectation(**members))
    if problems:
        raise SpecError(*problems)
    return Expectations(str(path), hashlib.sha256(data).hexdigest(), tuple(entries))


def _mistakes(
    entry: _Entry, cases: Collection[str], register: Register, known: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (key, what is wrong, expected, actual) of one entry."""
    if entry.id not in cases:
        yield "id", "unknown case", _nearest(entry.id, cases), entry.id
    if entry.id in known:
        yield "id", "case given twice", "one entry a case", entry.id
    for requirement in entry.requirements:
        if requirement not in register:
            yield "requirements", "unknown requirement", "ids of the register", requirement


def _nearest(given: str, cases: Collection[str]) -> str:
    rows = sorted(case for case in cases if case.partition("[")[0] == given.partition("[")[0])
    near = rows or cast("list[str]", get_close_matches(given, cases))
    return f"a case id such as {', '.join(near[:3])}" if near else "a case id such as BIRTH-004.1"
