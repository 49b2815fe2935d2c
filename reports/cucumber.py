"""The report as Cucumber JSON, for tools that read what Cucumber writes (decision 0014)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports import messages
from reports.dialects import DIALECTS, cucumber_step
from reports.wording import Labels, Wording, command, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.model import Case, Header, Run

NANOSECONDS = 1_000_000
"""In a millisecond."""
UNKNOWN_LINE = 0
"""Readers want a line of the feature file; the results do not tell one."""


def render(shown: Shown, lang: Lang) -> str:
    """Return the document: a feature for each area and feature, an element for each case.

    The last step of an element says the verdict, so that a case without steps, or one that was
    judged after its last step, has a status. It takes the time of the whole case.
    """
    run, words = shown.run, Wording(shown.run, Labels.of(shown), lang)
    return document(list(_features(run, words)))


def _features(run: Run, words: Wording) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in run.accounted():
        groups.setdefault((case.area, case.feature), []).append(case)
    for (area, feature), cases in groups.items():
        name = feature or words.area(area)
        yield {
            "uri": f"{area}/{name}",
            "id": f"{area};{name}",
            "keyword": "機能",
            "name": name,
            "description": words.claim(),
            "line": UNKNOWN_LINE,
            "tags": [_tag(area)],
            "elements": [_element(run.header, case, words) for case in cases],
        }


def _element(header: Header, case: Case, words: Wording) -> dict[str, Any]:
    requirements = (tag for tag in case.requirement_ids if tag not in case.tags)
    tags = dict.fromkeys([case.verdict.value, *case.tags, *requirements])
    steps = [
        _step(step.keyword, step.text, {"status": cucumber_step(case.verdict, step.outcome)})
        for step in case.steps
    ]
    return {
        "id": case.case_id,
        "keyword": "シナリオ",
        "type": "scenario",
        "name": f"{case.case_id} {case.title}".strip(),
        "description": command(header, case.case_id),
        "line": UNKNOWN_LINE,
        "tags": [_tag(tag) for tag in tags],
        "steps": [*steps, _judged(case, words)],
    }


def _judged(case: Case, words: Wording) -> dict[str, Any]:
    """Return the step that says the verdict."""
    result: dict[str, Any] = {
        "status": DIALECTS[case.verdict].cucumber,
        "duration": (case.ended_ms - case.started_ms) * NANOSECONDS,
    }
    if told := "\n\n".join(words.details(case)):
        result["error_message"] = told
    name = f"{case.verdict.value} {words.name(messages.VERDICTS, case.verdict)}"
    return _step(words.say("verdict"), name, result)


def _step(keyword: str, text: str, result: dict[str, Any]) -> dict[str, Any]:
    return {
        "keyword": f"{keyword} ",
        "name": text,
        "line": UNKNOWN_LINE,
        "match": {"location": ""},
        "result": result,
    }


def _tag(name: str) -> dict[str, Any]:
    return {"name": f"@{name}", "line": UNKNOWN_LINE}
