from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from reports import Verdict, junit
from reports.masking import mask_run
from tests.reports import sample

# Children in their order and attributes, as the JUnit schemas of CI servers have them.
SHAPE = {
    "testsuites": (["testsuite"], {"name", "tests", "failures", "errors", "skipped", "time"}),
    "testsuite": (
        ["properties", "testcase"],
        {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    ),
    "properties": (["property"], set()),
    "property": ([], {"name", "value"}),
    "testcase": (
        ["properties", "failure", "error", "skipped"],
        {"name", "classname", "time"},
    ),
    "failure": ([], {"type", "message"}),
    "error": ([], {"type", "message"}),
    "skipped": ([], {"type", "message"}),
}
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
    return [(item.get("name"), item.get("value")) for item in case.iterfind("properties/property")]


@pytest.mark.parametrize("make", [sample.full_run, sample.conformant_run, sample.run_of])
def test_document_has_the_shape_of_junit(make):
    for element in tree(make()).iter():
        children, attributes = SHAPE[element.tag]
        tags = [child.tag for child in element]
        assert set(element.keys()) == attributes
        assert tags == sorted(tags, key=children.index)


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_becomes_the_result_of_design(verdict):
    case = tree(sample.single(verdict)).find("testsuite/testcase")

    results = [(child.tag, child.get("type")) for child in case if child.tag != "properties"]

    assert results == ([(RESULTS[verdict], verdict)] if RESULTS[verdict] else [])
    assert ("verdict", verdict) in properties(case)


def test_counts_are_those_of_the_results():
    root = tree(sample.full_run())

    for element in (root, *root):
        for attribute, tag in [("failures", "failure"), ("errors", "error"), ("skipped",) * 2]:
            assert int(element.get(attribute)) == len(list(element.iter(tag)))
        assert int(element.get("tests")) == len(list(element.iter("testcase")))


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
