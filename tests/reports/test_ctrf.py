from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from reports import Verdict, ctrf
from reports.masking import mask_run
from tests.reports import sample

STATUS = {"enum": ["passed", "failed", "skipped", "pending", "other"]}
COUNTS = ("tests", "passed", "failed", "skipped", "pending", "other")
TEXT, NUMBER = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
FREE = {"type": "object"}


def closed(needed, **members):
    known = {**members, "extra": FREE}
    return {
        "type": "object",
        "properties": known,
        "required": list(needed),
        "additionalProperties": False,
    }


# The members that the published specification of CTRF has and that we write; it allows no others.
STEP = closed(["name", "status"], name=TEXT, status=STATUS)
TEST = closed(
    ["name", "status", "duration"],
    id={"type": "string", "format": "uuid"},
    name=TEXT,
    status=STATUS,
    rawStatus=TEXT,
    duration=NUMBER,
    start=NUMBER,
    stop=NUMBER,
    suite={"type": "array", "items": TEXT, "minItems": 1},
    message={"type": "string"},
    tags={"type": "array", "items": TEXT},
    steps={"type": "array", "items": STEP},
)
SUMMARY = closed(
    [*COUNTS, "start", "stop"],
    **dict.fromkeys((*COUNTS, "suites", "start", "stop", "duration"), NUMBER),
)
ENVIRONMENT = closed(
    [], reportName=TEXT, appName=TEXT, appVersion=TEXT, osPlatform=TEXT, healthy={"type": "boolean"}
)
RESULTS = closed(
    ["tool", "summary", "tests"],
    tool=closed(["name"], name=TEXT, version=TEXT),
    summary=SUMMARY,
    tests={"type": "array", "items": TEST},
    environment=ENVIRONMENT,
)
REPORT = closed(
    ["results", "reportFormat", "specVersion"],
    reportFormat={"const": "CTRF"},
    specVersion={"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
    reportId={"type": "string", "format": "uuid"},
    timestamp={"type": "string", "format": "date-time"},
    generatedBy=TEXT,
    results=RESULTS,
)


def report(run):
    return json.loads(ctrf.render(mask_run(run, sample.records()), "en"))


@pytest.mark.parametrize(
    "run",
    [
        sample.full_run(),
        sample.conformant_run(),
        sample.known_run(),
        sample.run_of(),
        *map(sample.single, Verdict),
    ],
)
def test_document_keeps_to_the_specification(run):
    check = Draft202012Validator(REPORT, format_checker=FormatChecker())

    assert [error.message for error in check.iter_errors(report(run))] == []


def test_counts_are_those_of_the_tests():
    results = report(sample.full_run())["results"]
    statuses = [test["status"] for test in results["tests"]]

    assert results["summary"]["tests"] == len(statuses)
    for status in STATUS["enum"]:
        assert results["summary"][status] == statuses.count(status)
    assert results["summary"]["extra"]["verdicts"] == dict.fromkeys(Verdict, 1) | {"FAIL": 3}


def test_a_test_tells_what_was_expected_where_and_how_to_see_it_again():
    [test] = report(sample.single(Verdict.FAIL))["results"]["tests"]

    assert test["extra"]["findings"][0] == {
        "requirement": "BIRTH-004 MUST (住民基本台帳法施行令30条の5, 2025-05-26施行テキスト, law)",
        "place": "identity notice/individual number @ bytes 181–192",
        "expected": "「本人確認情報」（個人番号あり）は「個人番号生成結果」の後",
        "actual": "「個人番号生成結果」の15 ms前に送信された",
    }
    assert test["extra"]["reproduce"] == (
        "denbun run --sut 'my sut.yaml' --role juki --seed 20260501 --tags BIRTH-004.1"
    )
    assert (test["start"], test["stop"]) == (1777598100005, 1777598100065)


@pytest.mark.parametrize(
    ("lang", "reason", "observed"),
    [
        (
            "ja",
            "判定の根拠となるものが観測されていない",
            "個人番号の受領後に、番号を含む本人確認情報を1通だけ送る方式",
        ),
        (
            "en",
            "nothing was observed that a verdict could rest on",
            "one identity notice with the number, after its receipt",
        ),
    ],
)
def test_reason_and_observed_variant_are_in_the_language_of_the_form(lang, reason, observed):
    (case,) = sample.single(Verdict.PASS).cases
    run = sample.run_of(replace(case, reason="判定の根拠となるものが観測されていない"))

    (test,) = json.loads(ctrf.render(mask_run(run, ()), lang))["results"]["tests"]

    assert test["extra"]["reason"] == reason
    assert test["extra"]["observed"] == [observed]


def test_a_case_has_one_id_in_every_run():
    first, second = (
        {test["name"]: test["id"] for test in report(run)["results"]["tests"]}
        for run in (sample.full_run(), sample.known_run())
    )

    assert first.keys() & second.keys()
    assert len(set(first.values())) == len(first)
    assert all(first[name] == second[name] for name in first.keys() & second.keys())


def test_only_a_run_that_ends_well_is_healthy():
    healthy = {
        run: report(run())["results"]["environment"]["healthy"]
        for run in (sample.conformant_run, sample.full_run)
    }

    assert healthy == {sample.conformant_run: True, sample.full_run: False}
