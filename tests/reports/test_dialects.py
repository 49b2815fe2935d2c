"""One case has one verdict, whatever the form: in each of them it is read as a reader would."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from reports import Verdict, badge, ctrf, cucumber, html, junit, markdown, text, xlsx
from reports.dialects import DIALECTS
from reports.forms import FORMS
from reports.masking import mask_run
from reports.testrecord import COLUMNS
from reports.verdict import count
from tests.reports import sample, workbook

# Taken from design: what a reader of each format is told, and what tells the verdicts apart there.
WORDS = {
    Verdict.PASS: (None, "passed", "passed"),
    Verdict.FAIL: ("failure", "failed", "failed"),
    Verdict.WARN: (None, "passed", "passed"),
    Verdict.INCONCLUSIVE: ("error", "other", "undefined"),
    Verdict.NOT_APPLICABLE: ("skipped", "skipped", "skipped"),
    Verdict.NOT_COVERED: ("skipped", "skipped", "pending"),
    Verdict.NOT_RUN: ("skipped", "pending", "skipped"),
    Verdict.ERROR: ("error", "other", "undefined"),
}

PROPERTY = re.compile(r"\[\[PROPERTY\|verdict=(\w+)\]\]")
ASSETS = re.compile(r"<(style|script)>.*?</\1>", re.DOTALL)


def shown(run):
    return mask_run(run, sample.records())


def in_junit(run) -> dict[str, str]:
    root = ET.fromstring(junit.render(shown(run), "en").encode())
    told = {}
    for case in root.iter("testcase"):
        case_id = case.get("name").partition(" ")[0]
        [told[case_id]] = re.findall(
            r"\[\[PROPERTY\|verdict=(\w+)\]\]", case.findtext("system-out")
        )
        results = [child for child in case if child.tag != "system-out"]
        assert [child.get("type") for child in results] in ([], [told[case_id]])
    return told


def in_ctrf(run) -> dict[str, str]:
    tests = json.loads(ctrf.render(shown(run), "en"))["results"]["tests"]
    return {test["name"].partition(" ")[0]: test["rawStatus"] for test in tests}


def in_cucumber(run) -> dict[str, str]:
    features = json.loads(cucumber.render(shown(run), "en"))
    told = {}
    for element in (each for feature in features for each in feature["elements"]):
        tags = {tag["name"].removeprefix("@") for tag in element["tags"]}
        [told[element["id"]]] = tags & set(Verdict)
        assert element["steps"][-1]["name"].split()[0] == told[element["id"]]
    return told


def in_xlsx(run) -> dict[str, str]:
    sheet = workbook.opened(xlsx.render(shown(run), "en")).worksheets[1]
    keys = ["number", *(column.key for column in COLUMNS)]
    told = {}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        cells = dict(zip(keys, row, strict=True))
        if cells["case"]:
            verdict = cells["verdict"].partition(" ")[0]
            assert told.setdefault(cells["case"], verdict) == verdict
    return told


PER_CASE = {"junit": in_junit, "ctrf": in_ctrf, "cucumber": in_cucumber, "xlsx": in_xlsx}


@pytest.mark.parametrize("form", PER_CASE)
@pytest.mark.parametrize("run", [sample.full_run, sample.known_run, sample.conformant_run])
def test_every_case_has_its_verdict(form, run):
    expected = {case.case_id: case.verdict.value for case in run().accounted()}

    assert PER_CASE[form](run()) == expected


@pytest.mark.parametrize("form", PER_CASE)
@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_told_by_its_name(form, verdict):
    assert list(PER_CASE[form](sample.single(verdict)).values()) == [verdict]


@pytest.mark.parametrize("form", [text, markdown])
@pytest.mark.parametrize("verdict", Verdict)
def test_forms_with_counts_count_it_as_what_it_is(form, verdict):
    document = form.render(shown(sample.single(verdict)), "en")

    [totals] = [line for line in document.splitlines() if re.match(r"(\| )?total\b", line)]
    counted = [
        int(cell or 0)
        for cell in re.findall(
            r"[0-9]+|(?<= )[-–](?= )", totals.replace("-", "0").replace("–", "0")
        )
    ]
    assert counted == [*count(sample.single(verdict).accounted()).values(), 1]


@pytest.mark.parametrize("verdict", Verdict)
def test_html_shows_it_behind_the_case(verdict):
    run = sample.single(verdict)
    document = re.sub(
        r"<(style|script)>.*?</\1>", "", html.render(shown(run), "en"), flags=re.DOTALL
    )
    [case] = run.accounted()

    shown_last = document.rpartition(f'id="{case.case_id}"')[2]

    assert re.search(r"\b(" + "|".join(Verdict) + r")\b", shown_last)[0] == verdict


def test_words_of_others_are_those_of_the_design():
    told = {
        verdict: (words.junit, words.ctrf, words.cucumber) for verdict, words in DIALECTS.items()
    }

    assert told == WORDS


@pytest.mark.parametrize(
    ("run", "word"),
    [
        (sample.conformant_run, "conformant"),
        (sample.full_run, "not conformant"),
        (lambda: sample.single(Verdict.INCONCLUSIVE), "not determined"),
    ],
)
def test_badge_says_what_the_claim_says(run, word):
    image = ET.fromstring(badge.render(shown(run()), "en"))
    name = "{http://www.w3.org/2000/svg}"

    assert [text.text for text in image.iter(f"{name}text")] == [
        "denbun",
        "open 2026",
        word,
        "2026-05-01",
    ]
    title = image.find(f"{name}title")
    assert image.get("aria-labelledby") == title.get("id")
    assert title.text.endswith("· 架空住民記録 3.2.1 · 2026-05-01")


def test_every_form_is_in_the_registry_under_a_name_of_its_own():
    assert len({form.file for form in FORMS.values()}) == len(FORMS)
    assert {form.module for form in FORMS.values()} == {
        module.__name__ for module in (text, html, junit, markdown, badge, ctrf, cucumber, xlsx)
    }
