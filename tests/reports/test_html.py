from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from reports import Verdict, html
from reports.masking import mask_run
from tests.reports import sample

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Collects ids, links and nesting errors."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.ids, self.links, self.errors, self.open = [], [], [], []
        self.tags = Counter()
        self.cases = {}
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags[tag] += 1
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known[name] for name in ("href", "src") if name in known]
        if tag == "details" and "data-verdict" in known:
            self.cases[known["id"]] = (known["data-verdict"], "open" in known)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(tag)


@pytest.fixture(scope="module")
def document():
    return html.render(mask_run(sample.full_run(), sample.records()), "ja")


@pytest.fixture(scope="module")
def page(document):
    return Page(document)


def test_elements_are_nested(page):
    assert page.errors == []
    assert page.open == []


def test_ids_are_unique(page):
    assert [name for name, number in Counter(page.ids).items() if number > 1] == []


def test_every_link_stays_in_the_page(page):
    external = [link for link in page.links if not link.startswith(("#", "data:,"))]
    dangling = [link for link in page.links if link[0] == "#" and unquote(link[1:]) not in page.ids]

    assert external == []
    assert dangling == []


def test_finding_of_an_unknown_requirement_has_no_link():
    run = sample.run_of(sample.FAIL_CASE, requirements=())

    page = Page(html.render(mask_run(run, ()), "ja"))

    assert "#req-BIRTH-004" not in page.links


def test_no_request_leaves_the_page(document):
    assert not re.search(r"\bhttps?:|@import|url\(", document)
    assert "default-src 'none'" in document


def test_every_case_has_its_id_as_anchor(page):
    assert set(page.cases) == set(sample.full_run().header.selected)


def test_failures_are_open_and_first(page):
    verdicts = [verdict for verdict, _ in page.cases.values()]

    assert verdicts[:4] == ["ERROR", "FAIL", "FAIL", "FAIL"]
    assert {verdict for verdict, is_open in page.cases.values() if is_open} == {"ERROR", "FAIL"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_both_languages_are_in_the_page(lang):
    document = html.render(mask_run(sample.full_run(), sample.records()), lang)

    assert f'<html lang="{lang}" data-lang="{lang}">' in document
    assert "プロファイル「open」2026版に不適合" in document
    assert "not conformant to profile open, edition 2026" in document
    assert sample.REQUIREMENTS[0].ja in document
    assert sample.REQUIREMENTS[0].en in document


def test_text_of_the_system_is_escaped():
    run = sample.run_of(sample.case_with_text("<img src=x onerror=alert(1)>"))

    document = html.render(mask_run(run, ()), "ja")

    assert "<img" not in document
    assert "&lt;img src=x onerror=alert(1)&gt;" in document


def test_failing_field_is_marked_in_table_and_dump(document):
    evidence = document.split('id="BIRTH-004.1.3"')[1].split("</details>")[0]

    marked = re.findall(r'<tr class="hit" data-f="(\d+)">', evidence)
    pieces = re.findall(r'<b class="\w hit hid" data-f="(\d+)">([^<]+)</b>', evidence)

    assert marked == ["20"]
    assert [number for number, _ in pieces] == ["20"] * 4
    assert [text for _, text in pieces] == [
        " ".join(["**"] * 3) + "  " + " ".join(["**"] * 8),
        "*" * 11,
        "**",
        "*",
    ]


def test_case_can_be_run_again(document):
    assert (
        "denbun run --sut &#39;my sut.yaml&#39; --role juki --seed 20260501 "
        "--tags FORMAT-003.1 --fault juki.number_before_receipt</code>"
    ) in document


@pytest.mark.parametrize(("verdict", "shown"), [(Verdict.PASS, 1), (Verdict.FAIL, 12)])
def test_evidence_is_limited(verdict, shown):
    records = [
        dataclasses.replace(sample.records()[0], seq=seq, case_id="BIRTH-001.1")
        for seq in range(1, 21)
    ]
    case = next(case for case in sample.CASES if case.verdict is verdict)
    run = sample.run_of(dataclasses.replace(case, evidence=tuple(range(1, 21))))

    document = html.render(mask_run(run, records), "en")

    assert document.count('<details class="evidence"') == shown
    assert f"{20 - shown} more telegrams of evidence are in transcript.jsonl" in document
