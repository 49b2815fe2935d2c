from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reports import Step, Verdict, cucumber
from reports.masking import mask_run
from tests.reports import sample

# What readers of Cucumber JSON look for, and which kinds of values they expect.
FEATURE = {
    "uri": str,
    "id": str,
    "keyword": str,
    "name": str,
    "description": str,
    "line": int,
    "tags": list,
    "elements": list,
}
ELEMENT = {
    "id": str,
    "keyword": str,
    "type": str,
    "name": str,
    "description": str,
    "line": int,
    "tags": list,
    "steps": list,
}
STEP = {"keyword": str, "name": str, "line": int, "match": dict, "result": dict}
STATUSES = ["failed", "undefined", "pending", "skipped", "passed"]


def features(run):
    return json.loads(cucumber.render(mask_run(run, sample.records()), "ja"))


def elements(run):
    return [element for feature in features(run) for element in feature["elements"]]


def kinds(value):
    return {name: type(member) for name, member in value.items()}


def status(element) -> str:
    """Return the status that a reader works out: the worst of the steps."""
    return min((step["result"]["status"] for step in element["steps"]), key=STATUSES.index)


@pytest.mark.parametrize("run", [sample.full_run(), *map(sample.single, Verdict)])
def test_document_has_the_shape_that_readers_expect(run):
    for feature in features(run):
        assert kinds(feature) == FEATURE
        for element in feature["elements"]:
            assert kinds(element) == ELEMENT
            assert all(kinds(step) == STEP for step in element["steps"])


def test_features_and_elements_have_names_of_their_own():
    uris = [feature["uri"] for feature in features(sample.full_run())]
    ids = [element["id"] for element in elements(sample.full_run())]

    assert len(set(uris)) == len(uris)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.PASS, "passed"),
        (Verdict.WARN, "passed"),
        (Verdict.FAIL, "failed"),
        (Verdict.INCONCLUSIVE, "undefined"),
        (Verdict.ERROR, "undefined"),
        (Verdict.NOT_COVERED, "pending"),
        (Verdict.NOT_APPLICABLE, "skipped"),
        (Verdict.NOT_RUN, "skipped"),
    ],
)
def test_a_reader_works_out_the_status_of_the_verdict(verdict, expected):
    [element] = elements(sample.single(verdict))

    assert status(element) == expected


def test_a_step_that_could_not_be_done_is_no_failure():
    steps = (Step("前提", "用意する", "passed"), Step("もし", "行う", "failed"))
    case = next(case for case in sample.CASES if case.verdict is Verdict.NOT_COVERED)
    [element] = elements(sample.run_of(replace(case, steps=steps)))

    assert [step["result"]["status"] for step in element["steps"]] == [
        "passed",
        "pending",
        "pending",
    ]


def test_the_last_step_tells_verdict_time_and_findings():
    [element] = elements(sample.single(Verdict.FAIL))
    last = element["steps"][-1]

    assert (last["keyword"], last["name"]) == ("判定 ", "FAIL 不適合")
    assert last["result"]["duration"] == 60_000_000
    assert "本人確認情報/個人番号 @ bytes 181–192" in last["result"]["error_message"]
