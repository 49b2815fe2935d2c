"""The report as CTRF, the Common Test Report Format (ctrf.io), for tools that read it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from reports import messages, summary
from reports.dialects import DIALECTS, ctrf_step
from reports.verdict import count
from reports.wording import Labels, Wording, command, document

if TYPE_CHECKING:
    from reports.bilingual import Lang
    from reports.dialects import Ctrf
    from reports.masking import Shown
    from reports.model import Case, Header, Run

SPEC_VERSION = "1.0.0"
STATUSES: tuple[Ctrf, ...] = ("passed", "failed", "skipped", "pending", "other")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:denbun")
"""So that a case, or a report of the same results, has the same UUID wherever it is made."""


def render(shown: Shown, lang: Lang) -> str:
    """Return the document; what CTRF has no member for is in `extra`."""
    run, words = shown.run, Wording(shown.run, Labels.of(shown), lang)
    footer = run.footer
    report = {
        "reportFormat": "CTRF",
        "specVersion": SPEC_VERSION,
        "reportId": str(uuid.uuid5(NAMESPACE, footer.stream_hash if footer else "")),
        "timestamp": footer.ended if footer else run.header.created,
        "generatedBy": f"denbun {run.header.suite}",
        "results": {
            "tool": {"name": "denbun", "version": run.header.suite},
            "summary": _summary(run, words),
            "tests": [_test(run.header, case, words) for case in run.accounted()],
            "environment": _environment(run, words),
        },
    }
    return document(report)


def _summary(run: Run, words: Wording) -> dict[str, Any]:
    cases = run.accounted()
    counts = Counter(DIALECTS[case.verdict].ctrf for case in cases)
    made, code = summary.conclusion(run)
    start, stop = _milliseconds(run.header.created), _milliseconds(run.header.created)
    if run.footer:
        stop = _milliseconds(run.footer.ended)
    return {
        "tests": len(cases),
        **{status: counts[status] for status in STATUSES},
        "suites": len({case.area for case in cases}),
        "start": start,
        "stop": stop,
        "duration": stop - start,
        "extra": {
            "verdicts": count(cases),
            "claim": {"status": made.status, "text": words.claim(), "missing": words.gaps()},
            "exit_code": code,
            "harness_errors": list(run.footer.harness_errors) if run.footer else [],
            "expectations": words.deviations(),
            "drift": words.drift(),
        },
    }


def _test(header: Header, case: Case, words: Wording) -> dict[str, Any]:
    start = _milliseconds(header.created)
    findings = [words.finding(finding) for finding in case.findings]
    message = "; ".join(map(words.breach, case.findings)) or words.phrase(case.reason)
    facts = {
        "verdict": case.verdict.value,
        "verdict_name": words.name(messages.VERDICTS, case.verdict),
        "case_id": case.case_id,
        "requirements": list(case.requirement_ids),
        "findings": findings,
        "reason": words.phrase(case.reason),
        "observed": list(map(words.phrase, case.observed)),
        "as_expected": words.known(case.case_id),
        "reproduce": command(header, case.case_id),
    }
    return {
        "id": str(uuid.uuid5(NAMESPACE, case.case_id)),
        "name": f"{case.case_id} {case.title}".strip(),
        "status": DIALECTS[case.verdict].ctrf,
        "rawStatus": case.verdict.value,
        "duration": case.ended_ms - case.started_ms,
        "start": start + case.started_ms,
        "stop": start + case.ended_ms,
        "suite": [text for text in (words.area(case.area), case.feature) if text],
        **({"message": message} if message else {}),
        "tags": [case.verdict.value, *(tag for tag in case.tags if tag != case.verdict)],
        "steps": [
            {
                "name": f"{step.keyword} {step.text}",
                "status": ctrf_step(case.verdict, step.outcome),
            }
            for step in case.steps
        ],
        "extra": {key: value for key, value in facts.items() if value},
    }


def _environment(run: Run, words: Wording) -> dict[str, Any]:
    header = run.header
    _, code = summary.conclusion(run)
    named = {
        "reportName": words.claim(),
        "appName": header.sut.get("name"),
        "appVersion": header.sut.get("version"),
        "osPlatform": header.environment.get("platform"),
    }
    moments = {"created": header.created, "ended": run.footer.ended if run.footer else None}
    return {
        **{key: value for key, value in named.items() if value},
        "healthy": code == 0,
        "extra": {**words.basis(), **{key: moment for key, moment in moments.items() if moment}},
    }


def _milliseconds(moment: str) -> int:
    return int(dt.datetime.fromisoformat(moment).timestamp() * 1000)
