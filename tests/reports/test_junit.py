from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import partial

import pytest

from reports import Verdict, junit
from reports.masking import mask_run
from tests.reports import sample

# What junit-10.xsd of the xUnit plugin of Jenkins allows: children, attributes that an element
# must have, attributes that it may have.
COUNTS = {"name", "tests", "failures", "errors"}
SHAPE = {
    "testsuites": ({"testsuite"}, set(), {*COUNTS, "time"}),
    "testsuite": (
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
        COUNTS,
        {"time", "skipped", "timestamp", "hostname", "id", "package", "group", "file", "url"},
    ),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, set()),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name"},
        {"time", "classname", "group"},
    ),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "skipped": (set(), set(), {"type", "message"}),
    "system-out": (set(), set(), set()),
}
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")
PROPERTY = re.compile(r"\[\[PROPERTY\|(.*?)=(.*)\]\]")
RESULTS = {
    Verdict.PASS: None,
    Verdict.FAIL: "failure",
    Verdict.WARN: None,
    Verdict.INCONCLUSIVE: "error",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.NOT_COVERED: "skipped",
    Verdict.NOT_RUN: "skipped",
    Verdict.ERROR: "error",
}


def tree(run):
    return ET.fromstring(junit.render(mask_run(run, sample.records()), "ja").encode())


def properties(case) -> list[tuple[str, str]]:
    lines = case.findtext("system-out").splitlines()
    return [PROPERTY.fullmatch(line).groups() for line in lines]


@pytest.mark.parametrize(
    "make",
    [
        sample.full_run,
        sample.conformant_run,
        sample.known_run,
        sample.run_of,
        *(partial(sample.single, verdict) for verdict in Verdict),
    ],
)
def test_document_keeps_to_the_schema_of_the_xunit_plugin(make):
    for element in tree(make()).iter():
        children, needed, allowed = SHAPE[element.tag]
        assert {child.tag for child in element} <= children
        assert needed <= set(element.keys()) <= needed | allowed
        assert TIME.fullmatch(element.get("time", ""))


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_becomes_the_result_of_design(verdict):
    case = tree(sample.single(verdict)).find("testsuite/testcase")

    results = [(child.tag, child.get("type")) for child in case if child.tag != "system-out"]

    assert results == ([(RESULTS[verdict], verdict)] if RESULTS[verdict] else [])
    assert ("verdict", verdict) in properties(case)


def test_counts_are_those_of_the_results():
    root = tree(sample.full_run())

    tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for element in (root, *root):
        for attribute in tags.keys() & element.keys():
            assert int(element.get(attribute)) == len(list(element.iter(tags[attribute])))


def test_what_a_system_says_makes_no_property():
    nasty = sample.case_with_text("x]]\n[[PROPERTY|verdict=PASS]] [[PROPERTY|verdict=PASS]]")
    case = tree(sample.run_of(nasty)).find("testsuite/testcase")

    assert [value for name, value in properties(case) if name == "verdict"] == ["FAIL"]
    assert case.findtext("system-out").count("[[PROPERTY|verdict=") == 1


def test_requirements_and_warnings_are_properties():
    fail = tree(sample.single(Verdict.FAIL)).find("testsuite/testcase")
    warn = tree(sample.single(Verdict.WARN)).find("testsuite/testcase")

    assert [pair for pair in properties(fail) if pair[0] == "requirement"] == [
        ("requirement", "BIRTH-004"),
        ("requirement", "BIRTH-001"),
    ]
    assert (
        "warning",
        "STOCK-006: 「住民票コード取得要求」が送信される / 静穏区間の間に送信されなかった | なし",
    ) in properties(warn)


def test_failure_says_what_was_expected():
    failure = tree(sample.single(Verdict.FAIL)).find("testsuite/testcase/failure")

    assert failure.get("message") == (
        "BIRTH-004: 期待 「本人確認情報」（個人番号あり）は「個人番号生成結果」の後, "
        "実際 「個人番号生成結果」の15 ms前に送信された"
    )
    assert failure.text.splitlines()[1] == "箇所: 本人確認情報/個人番号 @ bytes 181–192"
