"""The report as JUnit XML, one test suite for each area, for CI servers.

It keeps to the schema of the xUnit plugin of Jenkins (junit-10.xsd), which refuses what it does
not know: what is to be said of a case besides its result stands in `system-out`, a property a line.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from reports import messages, summary
from reports.dialects import DIALECTS
from reports.verdict import SEVERITY, Verdict
from reports.wording import Labels, Wording, command, printable, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.model import Case, Run


def render(shown: Shown, lang: Lang) -> str:
    """Return the document; characters that XML forbids become U+FFFD."""
    run, words = (
        shown.run,
        Wording(shown.run, Labels.of(shown), lang),
    )
    cases = run.accounted()
    root = ET.Element("testsuites", {"name": "denbun", **_numbers(cases)})
    root.attrib.pop("skipped")  # the schema has it for a suite only
    for area in dict.fromkeys(case.area for case in cases):
        own = [case for case in cases if case.area == area]
        suite = _sub(root, "testsuite", name=words.area(area), **_numbers(own))
        suite.set("timestamp", run.header.created)
        _properties(suite, _of_run(run, words))
        for case in own:
            _case(suite, run, case, words)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _numbers(cases: Iterable[Case]) -> dict[str, str]:
    known = list(cases)
    kinds = [DIALECTS[case.verdict].junit for case in known]
    return {
        "tests": str(len(known)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": _seconds(sum(case.ended_ms - case.started_ms for case in known)),
    }


def _of_run(run: Run, words: Wording) -> Iterator[tuple[str, str]]:
    header = run.header
    made, code = summary.conclusion(run)
    yield "role", header.role
    yield "sut", product(header.sut)
    yield "suite", header.suite
    yield "profile", f"{header.profile['id']} {header.profile['edition']}"
    yield "seed", str(header.seed)
    if header.fault:
        yield "fault", header.fault
    yield from (("mark", mark) for mark in header.marks)
    yield from (("drift", text) for text in words.drift())
    yield from (("expectation", text) for text in words.deviations())
    yield "claim", made.status
    yield "exit_code", str(code)


def _case(suite: ET.Element, run: Run, case: Case, words: Wording) -> None:
    element = _sub(
        suite,
        "testcase",
        name=f"{case.case_id} {case.title}".strip(),
        classname=f"{case.area}.{case.case_id.partition('.')[0]}",
        time=_seconds(case.ended_ms - case.started_ms),
    )
    kind = DIALECTS[case.verdict].junit
    if kind is not None:
        result = _sub(element, kind, type=case.verdict.value, message=_message(case, words))
        if kind != "skipped":
            result.text = printable("\n\n".join(words.details(case)))
    told = (_told(name, value) for name, value in _of_case(run, case, words))
    _sub(element, "system-out").text = printable("\n".join(told))


def _told(name: str, value: str) -> str:
    """Return a property as a line of output, whatever brackets a system has put into it."""
    flat = " ".join(value.split()).replace("[[", "[ [").replace("]]", "] ]")
    return f"[[PROPERTY|{name}={flat}]]"


def _of_case(run: Run, case: Case, words: Wording) -> Iterator[tuple[str, str]]:
    yield "case_id", case.case_id
    yield "verdict", case.verdict.value
    if known := words.known(case.case_id):
        yield "expected", known
    found = (finding.requirement_id for finding in case.findings)
    for requirement_id in dict.fromkeys([*case.requirement_ids, *found]):
        yield "requirement", requirement_id
    for finding in case.findings:
        if finding.verdict is not Verdict.FAIL:
            expected, actual = words.expected(finding), words.phrase(finding.actual)
            yield "warning", f"{finding.requirement_id}: {expected} / {actual}"
    yield from (("observed", words.phrase(variant)) for variant in case.observed)
    yield "reproduce", command(run.header, case.case_id)


def _message(case: Case, words: Wording) -> str:
    if not case.findings:
        return words.phrase(case.reason) or words.name(messages.VERDICTS, case.verdict)
    worst = min(case.findings, key=lambda finding: SEVERITY.index(finding.verdict))
    return words.breach(worst)


def _properties(parent: ET.Element, pairs: Iterable[tuple[str, str]]) -> None:
    element = ET.SubElement(parent, "properties")
    for name, value in pairs:
        _sub(element, "property", name=name, value=value)


def _sub(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    clean = {name: printable(value) for name, value in attributes.items()}
    return ET.SubElement(parent, tag, clean)


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"
