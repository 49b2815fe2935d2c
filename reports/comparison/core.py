"""The comparison of two runs, case by case, and of what each of them rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from reports.expectations import broken_by
from reports.verdict import SEVERITY, Verdict
from reports.wording import product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reports.model import Case, Header, Run

STANDING: Mapping[Verdict, int] = {
    Verdict.PASS: 3,
    Verdict.WARN: 2,
    Verdict.INCONCLUSIVE: 1,
    Verdict.NOT_COVERED: 1,
    Verdict.NOT_RUN: 1,
    Verdict.ERROR: 1,
    Verdict.FAIL: 0,
}
"""How well a case stands. NOT_APPLICABLE has no standing: ICS and profile decide on it."""

SHOWN_KEPT = STANDING[Verdict.WARN]
"""The standing from which on the MUSTs of a case were seen kept."""


class IncomparableError(ValueError):
    """Two runs say nothing about each other."""


class Kind(StrEnum):
    """What became of a case, in the order of a report."""

    REGRESSION = "regression"
    MENDED = "mended"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A condition of the runs that differs; `detail` names the part of it, or is empty."""

    key: str
    detail: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that is not as it was; None where a run did not select it.

    `broken` are requirements that the later run found broken and the earlier one did not.
    """

    kind: Kind
    before: Case | None
    after: Case | None
    broken: tuple[str, ...] = ()

    @property
    def case(self) -> Case:
        """The later of the two, where there is one."""
        case = self.after or self.before
        assert case is not None
        return case


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one role. `unchanged` counts the cases that are as they were."""

    before: Run
    after: Run
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    unchanged: int

    def of(self, kind: Kind) -> tuple[Difference, ...]:
        """Return the differences of a kind."""
        return tuple(each for each in self.differences if each.kind is kind)

    @property
    def has_regressed(self) -> bool:
        """Tell whether any case stands lower than before."""
        return bool(self.of(Kind.REGRESSION))


def compare_runs(before: Run, after: Run) -> Comparison:
    """Return what is different in the later of two runs. Raises IncomparableError for two roles."""
    roles = before.header.role, after.header.role
    if roles[0] != roles[1]:
        raise IncomparableError(f"role differs. expected {roles[0]} as before, got {roles[1]}")
    old = {case.case_id: case for case in before.accounted()}
    new = {case.case_id: case for case in after.accounted()}
    is_same_suite = _is_same_suite(before.header, after.header)
    found: list[Difference] = []
    for case_id in dict.fromkeys([*old, *new]):
        pair = old.get(case_id), new.get(case_id)
        if difference := _difference(*pair, is_missed=is_same_suite):
            found.append(difference)
    found.sort(key=lambda each: (list(Kind).index(each.kind), SEVERITY.index(each.case.verdict)))
    return Comparison(
        before,
        after,
        tuple(changes(before.header, after.header)),
        tuple(found),
        len(old.keys() | new.keys()) - len(found),
    )


def _is_same_suite(before: Header, after: Header) -> bool:
    """Tell whether the later run ought to have every case of the earlier one."""
    same = before.suite == after.suite and before.profile["digest"] == after.profile["digest"]
    return same and after.complete_selection


def _difference(before: Case | None, after: Case | None, *, is_missed: bool) -> Difference | None:
    if before is None:
        return Difference(Kind.NEW, None, after)
    if after is None:
        stood = STANDING.get(before.verdict, 0) >= SHOWN_KEPT
        return Difference(Kind.REGRESSION if stood and is_missed else Kind.GONE, before, None)
    broken = tuple(sorted(set(broken_by(after)) - set(broken_by(before))))
    if before.verdict is after.verdict:
        return _difference_of_findings(before, after, broken)
    return Difference(_kind(before.verdict, after.verdict), before, after, broken)


def _difference_of_findings(
    before: Case, after: Case, broken: tuple[str, ...]
) -> Difference | None:
    """Return what is different between two breaches of one verdict: which requirements."""
    judged = {Verdict.FAIL, Verdict.WARN}
    if before.verdict not in judged or broken_by(before) == broken_by(after):
        return None
    return Difference(Kind.REGRESSION if broken else Kind.CHANGED, before, after, broken)


def _kind(before: Verdict, after: Verdict) -> Kind:
    """Return what a change of the verdict is; mended is only what is seen kept now."""
    if before not in STANDING or after not in STANDING:
        return Kind.CHANGED
    if STANDING[after] < STANDING[before]:
        return Kind.REGRESSION
    is_mended = STANDING[after] >= SHOWN_KEPT and STANDING[after] > STANDING[before]
    return Kind.MENDED if is_mended else Kind.CHANGED


def changes(before: Header, after: Header) -> Iterator[Change]:
    """Yield what two runs rest on differently, in the order of CONDITIONS."""
    for key, told in CONDITIONS.items():
        old, new = told(before), told(after)
        for detail in dict.fromkeys([*old, *new]):
            pair = old.get(detail, ""), new.get(detail, "")
            if pair[0] != pair[1]:
                yield Change(key, detail, *pair)


def _one(text: str) -> Mapping[str, str]:
    return {"": text}


def _parts(values: Mapping[str, Any]) -> Mapping[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in values.items()
    }


def _adapter(header: Header) -> Mapping[str, str]:
    return _one(" ".join(filter(None, (product(header.adapter), f"({header.driver})"))))


def _counterpart(header: Header) -> Mapping[str, str]:
    return _parts(header.counterpart or {})


def _selection(header: Header) -> Mapping[str, str]:
    return _one(f"{'complete' if header.complete_selection else 'partial'} selection")


def _expectations(header: Header) -> Mapping[str, str]:
    known = header.expectations
    return _one(f"{known.file} {known.digest[:12]}" if known else "")


CONDITIONS: Mapping[str, Callable[[Header], Mapping[str, str]]] = {
    "suite": lambda header: _one(header.suite),
    "profile": lambda header: _one(header.profile["id"]),
    "edition": lambda header: _one(header.profile["edition"]),
    "digest": lambda header: _one(header.profile["digest"][:12]),
    "sut": lambda header: _one(product(header.sut)),
    "adapter": _adapter,
    "counterpart": _counterpart,
    "ics": lambda header: _one(", ".join(sorted(header.ics))),
    "fault": lambda header: _one(header.fault or ""),
    "seed": lambda header: _one(str(header.seed)),
    "selection": _selection,
    "expectations": _expectations,
    "marks": lambda header: _one(", ".join(header.marks)),
    "pixit": lambda header: _parts(header.pixit),
    "environment": lambda header: _parts(header.environment),
}
"""What a run rests on, each told apart; one with parts has a name for each of them."""
