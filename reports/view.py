"""What the HTML report shows, worked out: the template only lays it out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from reports import bilingual, messages, summary
from reports.alike import untagged
from reports.caseview import Cases
from reports.expectations import met
from reports.messages import GAPS, RANKS
from reports.reasons import UNJUDGED
from reports.verdict import SEVERITY, Verdict, count
from reports.wording import Labels, Wording, claim_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from reports.bilingual import Pair
    from reports.caseview import CaseView, FindingView
    from reports.masking import Shown
    from reports.model import Requirement, Run
    from reports.verdict import Claim

OPEN = frozenset({Verdict.FAIL, Verdict.WARN, Verdict.ERROR})
MANY = 12
"""Requirements of one reason that are shown unfolded at most."""
FEW = 3
"""Cases of these verdicts are unfolded at first if there are so few; else the first alone is."""


@dataclass(frozen=True, slots=True)
class GapView:
    """One thing that the claim lacks; `case_id` where it is a failed case."""

    text: Pair
    requirement_id: str | None
    case_id: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """One requirement against the cases.

    `cases` are its own and those that do not keep it; `kept` tells how many others keep it.
    """

    requirement: Requirement
    verdict: Verdict | None
    cases: tuple[tuple[str, Verdict], ...]
    kept: int


@dataclass(frozen=True, slots=True)
class AreaView:
    """The requirements of one area."""

    area: str
    rows: tuple[RowView, ...]

    @property
    def size(self) -> int:
        """How many requirements there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class BreachView:
    """One thing that was broken, as its first case shows it, and each case that shows it."""

    view: FindingView
    cases: tuple[tuple[str, FindingView], ...]


@dataclass(frozen=True, slots=True)
class UnjudgedRow:
    """One requirement that was not judged, with what its cases say of it."""

    requirement: Requirement
    reasons: tuple[Pair, ...]
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnjudgedView:
    """Requirements that were not judged for one reason, and what to do so that they are."""

    why: str
    text: Pair
    to_do: Pair
    rows: tuple[UnjudgedRow, ...]

    @property
    def size(self) -> int:
        """How many requirements there are."""
        return len(self.rows)

    @property
    def elsewhere(self) -> bool:
        """Tell whether they are none of this role's, and stand nowhere else in the report."""
        return self.why == "role"

    @property
    def folded(self) -> bool:
        """Tell whether only its count is shown at first."""
        return self.elsewhere or self.size > MANY


@dataclass(frozen=True, slots=True)
class UndecidedView:
    """Cases of one verdict with one reason, in both languages."""

    verdict: Verdict
    reason: Pair
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report.

    `data` is what the telegrams of all cases refer to; `alike` tells whether equal masked values
    are marked; `ranks` are those of its requirements; `first_failed` is the first failed case,
    one that nobody expected where there is one.
    """

    run: Run
    claim: Claim
    exit_code: int
    basis: tuple[tuple[Pair, Pair], ...]
    pixit: tuple[tuple[str, str], ...]
    gaps: tuple[GapView, ...]
    counts: Mapping[str, int]
    breaches: tuple[BreachView, ...]
    areas: tuple[summary.AreaRow, ...]
    requirements: tuple[AreaView, ...]
    ranks: tuple[str, ...]
    selection: Pair
    judged: summary.Judged
    undecided: tuple[UndecidedView, ...]
    unjudged: tuple[UnjudgedView, ...]
    first_failed: str
    drift: tuple[Pair, ...]
    deviations: tuple[Pair, ...]
    cases: tuple[CaseView, ...]
    opened: frozenset[str]
    data: Mapping[str, Any]
    alike: bool


def view(shown: Shown) -> ReportView:
    """Return the view of what may be shown of a run."""
    run = shown.run
    labels = Labels.of(shown)
    words = (Wording(run, labels, "ja"), Wording(run, labels, "en"))
    made, code = summary.conclusion(run)
    rows = summary.requirements(run)
    known = met(run)
    cases = sorted(
        run.accounted(),
        key=lambda case: (SEVERITY.index(case.verdict), case.case_id in known),
    )
    viewed = Cases(shown, words)
    shown_cases = tuple(viewed.case(case) for case in cases)
    return ReportView(
        run=run,
        claim=made,
        exit_code=code,
        basis=_basis(words),
        pixit=_pixit(run),
        gaps=tuple(_gap(gap, rows) for gap in made.missing),
        counts=count(run.accounted()),
        breaches=_breaches(shown_cases),
        areas=summary.areas(run),
        requirements=_by_area(rows),
        ranks=tuple(rank for rank in RANKS if any(r.requirement.rank == rank for r in rows)),
        selection=(words[0].selection(), words[1].selection()),
        judged=summary.judged(run),
        undecided=tuple(
            UndecidedView(
                each.verdict, bilingual.phrase(each.reason, labels.english), each.case_ids
            )
            for each in summary.undecided(run)
        ),
        unjudged=tuple(_unjudged(run, labels)),
        first_failed=next((case.case_id for case in cases if case.verdict is Verdict.FAIL), ""),
        drift=_pairs(words, Wording.drift),
        deviations=_pairs(words, Wording.deviations),
        cases=shown_cases,
        opened=_opened(shown_cases),
        data=viewed.shared(),
        alike=any(shown.alike.values()),
    )


def anchor(case_id: str) -> str:
    """Return the link to a case."""
    return "#" + quote(case_id)


def claim_pair(claim: Claim) -> Pair:
    """Return the sentence of the claim in both languages."""
    return claim_text(claim, "ja"), claim_text(claim, "en")


def _basis(words: tuple[Wording, Wording]) -> tuple[tuple[Pair, Pair], ...]:
    ja, en = (wording.basis() for wording in words)
    return tuple((messages.MESSAGES[key], (ja[key], en[key])) for key in ja)


def _pixit(run: Run) -> tuple[tuple[str, str], ...]:
    """Return the test conditions that say something."""
    empty: tuple[object, ...] = ("", {}, [])
    return tuple((key, str(value)) for key, value in run.header.pixit.items() if value not in empty)


def _pairs(
    words: tuple[Wording, Wording], told: Callable[[Wording], list[str]]
) -> tuple[Pair, ...]:
    """Return what is told in both languages."""
    ja, en = words
    return tuple(zip(told(ja), told(en), strict=True))


def _gap(gap: str, rows: tuple[summary.RequirementRow, ...]) -> GapView:
    word, _, detail = gap.partition(": ")
    known = {row.requirement.id for row in rows}
    return GapView(
        text=messages.gap(gap) if word in GAPS else messages.gap_of_requirement(detail),
        requirement_id=word if word in known else None,
        case_id=detail if word == Verdict.FAIL else None,
    )


def _opened(cases: tuple[CaseView, ...]) -> frozenset[str]:
    """Return the cases that are unfolded when the report is opened."""
    broken = [
        each.case.case_id for each in cases if each.case.verdict in OPEN and not each.known[0]
    ]
    return frozenset(broken if len(broken) <= FEW else broken[:1])


def _breaches(cases: tuple[CaseView, ...]) -> tuple[BreachView, ...]:
    """Return what was broken, worst first, each once."""
    first: dict[tuple[object, ...], FindingView] = {}
    seen: defaultdict[tuple[object, ...], dict[str, FindingView]] = defaultdict(dict)
    for item in cases:
        for each in item.findings:
            found = each.finding
            told = untagged(found.expected), untagged(found.actual)
            key = (found.requirement_id, each.place, *told)
            first.setdefault(key, each)
            seen[key].setdefault(item.case.case_id, each)
    rows = [_breach(each, tuple(seen[key].items())) for key, each in first.items()]
    return tuple(sorted(rows, key=lambda row: SEVERITY.index(row.view.finding.verdict)))


def _breach(first: FindingView, cases: tuple[tuple[str, FindingView], ...]) -> BreachView:
    """Return a row, without letters where it is about several cases: each case has its own."""
    if len(cases) > 1:
        expected, actual = (
            (untagged(ja), untagged(en)) for ja, en in (first.expected, first.actual)
        )
        first = replace(first, expected=expected, actual=actual)
    return BreachView(first, cases)


def _by_area(rows: tuple[summary.RequirementRow, ...]) -> tuple[AreaView, ...]:
    areas: defaultdict[str, list[RowView]] = defaultdict(list)
    for row in rows:
        areas[row.requirement.area].append(_row(row))
    return tuple(AreaView(area, tuple(own)) for area, own in areas.items())


def _row(row: summary.RequirementRow) -> RowView:
    named = tuple(
        (case_id, verdict)
        for case_id, verdict in row.cases
        if verdict is not Verdict.PASS or case_id.rpartition(".")[0] == row.requirement.id
    )
    return RowView(row.requirement, row.verdict, named, len(row.cases) - len(named))


def _unjudged(run: Run, labels: Labels) -> Iterator[UnjudgedView]:
    """Yield what was not judged by reason, what the reader can mend first."""
    groups: defaultdict[str, list[UnjudgedRow]] = defaultdict(list)
    for each in summary.unjudged(run):
        reasons = (bilingual.phrase(text, labels.english) for text in each.reasons)
        groups[each.why].append(UnjudgedRow(each.requirement, tuple(reasons), each.case_ids))
    for why, (text, to_do) in UNJUDGED.items():
        if groups[why]:
            yield UnjudgedView(why, text, to_do, tuple(groups[why]))
