"""Runs of the sample's cases."""

from __future__ import annotations

from dataclasses import replace

from reports import Case, Expectation, Expectations, Header, Run, Verdict, conclude
from tests.reports.sample.cases import CASES
from tests.reports.sample.requirements import REQUIREMENTS

MISSING = "COMMON-002.1"

HEADER = Header(
    suite="denbun 0.1.0",
    created="2026-05-01T10:15:00+09:00",
    profile={
        "id": "open",
        "edition": "2026",
        "label": "公開プロファイル",
        "status": "synthetic",
        "digest": "0f" * 32,
    },
    sut={"name": "架空住民記録", "version": "3.2.1", "file": "my sut.yaml"},
    adapter={"name": "kakuu-adapter", "version": "1.0", "language": "java"},
    role="juki",
    driver="stdio",
    ics=("特例転入", "指定都市"),
    pixit={"settle_ms": 100, "municipality_code": "999016", "tls": "1.3"},
    seed=20260501,
    fault="juki.number_before_receipt",
    selected=(*(case.case_id for case in CASES), MISSING),
    requirements=REQUIREMENTS,
    complete_selection=False,
    environment={"python": "3.11.7", "platform": "Linux-6.1"},
    marks=("plain_http:atena_link",),
)


def run_of(*cases: Case, missing: tuple[str, ...] = (), **members) -> Run:
    """Return a valid run of these cases; other members go to header and footer."""
    of_header = {key: value for key, value in members.items() if key in Header.__slots__}
    of_footer = {key: value for key, value in members.items() if key not in of_header}
    selected = (*(case.case_id for case in cases), *missing)
    header = replace(HEADER, **{"selected": selected, **of_header})
    footer = conclude(
        header,
        cases,
        ended="2026-05-01T10:15:09+09:00",
        transcript_tail_hash="ab" * 32,
        **of_footer,
    )
    return Run(header, tuple(cases), footer)


def full_run() -> Run:
    """Return the run with every verdict in it, interrupted and with a harness error."""
    return run_of(
        *CASES,
        missing=(MISSING,),
        unasked_deaths=1,
        interrupted=True,
        harness_errors=("ベンチの時計が遅れた",),
    )


def single(verdict: Verdict) -> Run:
    """Return a run with the one case that has this verdict."""
    if verdict is Verdict.NOT_RUN:
        return run_of(missing=(MISSING,), fault=None, complete_selection=True)
    case = next(case for case in CASES if case.verdict is verdict)
    requirements = tuple(
        requirement for requirement in REQUIREMENTS if requirement.id in case.requirement_ids
    )
    return run_of(case, requirements=requirements, fault=None, complete_selection=True)


def conformant_run() -> Run:
    """Return a run that supports the claim, with an option that the system does not have."""
    cases = tuple(case for case in CASES if case.verdict in {Verdict.PASS, Verdict.NOT_APPLICABLE})
    ids = {requirement_id for case in cases for requirement_id in case.requirement_ids}
    requirements = tuple(requirement for requirement in REQUIREMENTS if requirement.id in ids)
    return run_of(
        *cases, requirements=requirements, fault=None, complete_selection=True, marks=(), ics=()
    )


KNOWN = Expectations(
    "known.yaml",
    "5a" * 32,
    (
        Expectation(
            id="BIRTH-004.1",
            verdict=Verdict.FAIL,
            reason="改修は次の版で行う",
            requirements=("BIRTH-004",),
            issue="https://issues.example/1234",
            expires="2026-05-01",
        ),
        Expectation(id="NUM-012.1", verdict=Verdict.NOT_COVERED, reason="画面からしか見えない"),
        Expectation(id="BIRTH-001.1", verdict=Verdict.FAIL, reason="直ったはずがない"),
        Expectation(id="STOCK-009.1", verdict=Verdict.NOT_COVERED, reason="尽きさせられない"),
        Expectation(
            id="STOCK-006.1", verdict=Verdict.WARN, reason="手で求める", expires="2026-04-30"
        ),
        Expectation(id="ATENA-003.1", verdict=Verdict.FAIL, reason="遅い"),
        Expectation(id="ATENA-001.1", verdict=Verdict.FAIL, reason="別の役割"),
    ),
)
"""An expectations file with an entry for each state, the last one for another role."""


def known_run() -> Run:
    """Return a run with expectations that came true, and others, and with drift."""
    cases = tuple(
        replace(case, shown=("automatic_replenishment",) * (case.case_id == "STOCK-009.1"))
        for case in CASES
        if case.verdict is not Verdict.ERROR
    )
    optional = tuple(
        replace(known, option="警告の一覧") if known.id == "NUM-012" else known
        for known in REQUIREMENTS
    )
    return run_of(
        *cases,
        expectations=KNOWN,
        complete_selection=True,
        fault=None,
        requirements=optional,
        ics=("警告の一覧",),
    )


def run_beside() -> Run:
    """Return a run with a second system outside."""
    run = conformant_run()
    other = {
        "product": {"name": "Other CS", "version": "3"},
        "role": "cs",
        "adapter": {"name": "other-adapter", "version": "1"},
        "driver": "stdio",
    }
    return replace(run, header=replace(run.header, counterpart=other))
