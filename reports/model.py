"""The run model: what a run asked, saw and concluded. All texts in it are masked already."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping  # noqa: TC003  pydantic reads annotations
from dataclasses import dataclass
from typing import Any, Literal

from reports.drift import Drift, drifts
from reports.ending import exit_code
from reports.expectations import Expectation, Expectations  # noqa: TC001  pydantic reads annotations
from reports.jsonable import Jsonable
from reports.verdict import Claim, Level, Obstacle, Rank, Verdict, claim, count, grade

Schema = Literal["denbun-results/1", "denbun-results/2"]
RESULTS_SCHEMA: Schema = "denbun-results/2"
"""Since 2 a case holds its obstacles and the digest of its brief, the footer how strict it was."""

StepOutcome = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Place(Jsonable):
    """Where in a telegram something was found.

    `telegram` is the id of its spec; `field` a field path such as `codes[2].juminhyo_code`.
    `offset` and `length` count bytes of the telegram (of the HTTP body on HTTP links); None where
    the thing is absent.
    """

    telegram: str
    field: str | None = None
    offset: int | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Origin(Jsonable):
    """Where a hidden value stands: the `seq` of a record, the path of a field in it."""

    seq: int
    field: str


@dataclass(frozen=True, slots=True)
class Finding(Jsonable):
    """One breach of one requirement, as observed.

    `evidence` is the `seq` of the record that shows it; without one, a place names the telegram
    that was expected and never sent. `source` is the clause; `rule` the rule of judgement; `step`
    the sentence that asked for it, from 0, None for what every scenario is judged by.
    `expected_at` and `actual_at` tell which hidden field of the case holds the value that was
    expected or found, None where none does or the place says it.
    """

    requirement_id: str
    level: Level
    rank: Rank
    expected: str
    actual: str
    place: Place | None
    source: str
    evidence: int | None = None
    field_label: str | None = None
    note: str | None = None
    rule: str = ""
    step: int | None = None
    expected_at: Origin | None = None
    actual_at: Origin | None = None

    @property
    def verdict(self) -> Verdict:
        """What this finding alone makes of its case."""
        return grade(self.level, self.rank)


@dataclass(frozen=True, slots=True)
class Judgement(Jsonable):
    """One rule that was applied.

    `held` is None where nothing could be judged: no record was looked at and no quiet window was
    closed. Only a judgement with `held` True or False covers its requirement.
    """

    requirement_id: str
    rule: str
    params: Mapping[str, Any]
    looked_at: tuple[int, ...]
    held: bool | None


@dataclass(frozen=True, slots=True)
class Step(Jsonable):
    """One sentence of a scenario; skipped means that it was not reached."""

    keyword: str
    text: str
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class Act(Jsonable):
    """What the bench did to the network of its own accord, besides bending a telegram.

    `kind` is a key of `planned.ACTS`; `role` whom it is about; `after` the `seq` of the last
    record before it.
    """

    kind: str
    role: str
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Jsonable):
    """One scenario, or one row of an outline, and what became of it.

    `evidence` holds the `seq` of the records to show; `obstacles` all that stood in the way;
    `brief` is the SHA-256 of the line of briefs.jsonl that says what was put before the judge,
    empty where nothing was; `observed` the permitted variants that were seen; `comments` what a
    person at the system wrote; `acts` what the bench did of its own accord; `shown` the ICS
    options that were seen at work; `expected` the entry of the expectations file; times are
    milliseconds since the start of the run.
    """

    case_id: str
    title: str
    area: str
    verdict: Verdict
    feature: str = ""
    tags: tuple[str, ...] = ()
    requirement_ids: tuple[str, ...] = ()
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    brief: str = ""
    evidence: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    observed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    expected: Expectation | None = None
    started_ms: int = 0
    ended_ms: int = 0
    comments: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Jsonable):
    """One entry of the register as it stood in this run.

    `option` is the ICS option without which it does not apply; `untested` the reason why the
    suite does not test it, or None.
    """

    id: str
    area: str
    ja: str
    en: str
    level: Level
    rank: Rank
    roles: tuple[str, ...]
    source: str
    edition: str
    option: str | None = None
    variants: tuple[str, ...] = ()
    untested: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Jsonable):
    """The first line of a run: what was to be tested, with what, against what.

    `profile` has id, edition, label, status, digest, and a private one its folder as it was given;
    `sut` has name, version and, where one was given, file; `adapter` what the adapter said of
    itself; `counterpart` product, role, adapter, driver and file of a second system outside, None
    where the bench played all other roles; `ics` the options claimed; `pixit` no secrets;
    `selected` the ids of all selected cases; `marks` what weakens the run, such as
    `plain_http:atena_link` or `unchecked_adapter`; `expectations` the file of known gaps;
    `created` ISO 8601 with offset.
    """

    suite: str
    created: str
    profile: Mapping[str, str]
    sut: Mapping[str, str]
    role: str
    driver: str
    seed: int
    selected: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    complete_selection: bool
    adapter: Mapping[str, str] = dataclasses.field(default_factory=dict)
    counterpart: Mapping[str, Any] | None = None
    ics: tuple[str, ...] = ()
    pixit: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    fault: str | None = None
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    marks: tuple[str, ...] = ()
    expectations: Expectations | None = None
    schema: Schema = RESULTS_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer(Jsonable):
    """The last line of a run: it accounts for every selected case.

    `missing` are selected cases without a line of their own, they count as NOT_RUN; `drift` is
    what contradicts the ICS; `stream_hash` is the SHA-256 of all lines before, set by the writer;
    `resumed` tells how often the run was interrupted and gone on with; `strict` that a missing
    claim was to be an error.
    """

    counts: Mapping[str, int]
    missing: tuple[str, ...]
    unasked_deaths: int
    interrupted: bool
    harness_errors: tuple[str, ...]
    claim: Claim | None
    transcript_tail_hash: str
    exit_code: int
    ended: str
    drift: tuple[Drift, ...] = ()
    stream_hash: str = ""
    resumed: int = 0
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run; without a footer it is not finished."""

    header: Header
    cases: tuple[Case, ...]
    footer: Footer | None = None

    def accounted(self) -> tuple[Case, ...]:
        """Return the cases, and those that the footer calls missing as NOT_RUN."""
        missing = self.footer.missing if self.footer else ()
        return self.cases + tuple(_missing_case(case_id) for case_id in missing)

    def problems(self) -> tuple[str, ...]:
        """Return why the run is not valid, nothing where it is."""
        if self.footer is None:
            return ("no footer",)
        times = Counter(case.case_id for case in self.accounted())
        selected = set(self.header.selected)
        twice = sorted(case_id for case_id, number in times.items() if number > 1)
        return (
            *(f"case {case_id} twice" for case_id in twice),
            *(f"case {case_id} not selected" for case_id in sorted(set(times) - selected)),
            *(f"case {case_id} not accounted for" for case_id in sorted(selected - set(times))),
        )


def _missing_case(case_id: str) -> Case:
    area = case_id.partition("-")[0]
    return Case(case_id=case_id, title="", area=area, verdict=Verdict.NOT_RUN)


def conclude(
    header: Header,
    cases: Iterable[Case],
    *,
    ended: str,
    transcript_tail_hash: str,
    unasked_deaths: int = 0,
    interrupted: bool = False,
    harness_errors: tuple[str, ...] = (),
    strict: bool = False,
    resumed: int = 0,
) -> Footer:
    """Return the footer of a run: counts, missing cases, claim and exit code follow from it."""
    known = tuple(cases)
    done = {case.case_id for case in known}
    footer = Footer(
        counts={},
        missing=tuple(case_id for case_id in header.selected if case_id not in done),
        unasked_deaths=unasked_deaths,
        interrupted=interrupted,
        harness_errors=harness_errors,
        claim=None,
        transcript_tail_hash=transcript_tail_hash,
        exit_code=0,
        ended=ended,
        resumed=resumed,
        strict=strict,
    )
    run = Run(header, known, footer)
    return dataclasses.replace(
        footer,
        counts=count(run.accounted()),
        claim=claim(run),
        exit_code=exit_code(run, strict=strict),
        drift=drifts(header, known),
    )
