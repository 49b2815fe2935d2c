"""``denbun compare``: exit codes, places of results, and results that are refused."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from reports import ResultWriter, Verdict
from reports.comparison import FORMS
from tests.reports import sample

KEPT = replace(sample.FAIL_CASE, verdict=Verdict.PASS, findings=())


def written(folder, *cases, **members):
    """Write a run of these cases and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    run = sample.run_of(*cases, **{"complete_selection": True, "fault": None, **members})
    with ResultWriter(folder / "results.jsonl") as writer:
        writer.header(run.header)
        for case in run.cases:
            writer.case(case)
        writer.footer(run.footer)
    return folder


@pytest.fixture
def runs(tmp_path):
    """Return the folders of a run that passed and of one that failed."""
    return written(tmp_path / "good", KEPT), written(tmp_path / "bad", sample.FAIL_CASE)


def test_a_regression_exits_1_and_stands_first(denbun, runs):
    good, bad = runs
    said = denbun("compare", good, bad, "--lang", "en")
    lines = said.out.splitlines()
    assert (said.code, said.err) == (1, "")
    assert lines[5:7] == [
        "Regressions (1)",
        f"  BIRTH-004.1  PASS -> FAIL  {KEPT.title}",
    ]
    assert lines[-1] == "Cases got worse: 1"


def test_what_was_mended_or_stayed_exits_0(denbun, runs):
    good, bad = runs
    assert denbun("compare", bad, good).code == 0
    assert denbun("compare", good, good).code == 0
    assert denbun("compare", bad, bad).code == 0


def test_results_stand_alone_without_their_folder(denbun, runs, tmp_path):
    good, bad = (
        shutil.copy(folder / "results.jsonl", tmp_path / f"{folder.name}.jsonl") for folder in runs
    )
    assert denbun("compare", good, bad).code == 1


def test_a_transcript_beside_the_results_must_be_of_the_same_run(denbun, finished, tmp_path):
    shutil.copytree(finished[0], tmp_path / "mixed")
    assert denbun("compare", finished[0], "mixed").code == 0
    written(tmp_path / "mixed", KEPT)
    said = denbun("compare", finished[0], "mixed")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("denbun: mixed/transcript.jsonl:")


@pytest.mark.parametrize(("form", "start"), [("markdown", "## ❌ "), ("html", "<!DOCTYPE html>")])
def test_it_writes_other_forms(denbun, runs, tmp_path, form, start):
    good, bad = runs
    out = tmp_path / "compared"
    said = denbun("compare", good, bad, "--format", form, "--out", out)
    assert (said.code, said.out) == (1, "")
    assert out.read_text("utf-8").startswith(start)
    assert denbun("compare", good, bad, "--format", form).out.startswith(start)


def cut(lines):
    return lines[:-1]


def torn(lines):
    return [*lines[:-1], lines[-1][:-9]]


def changed(lines):
    return [line.replace(b'"verdict":"FAIL"', b'"verdict":"PASS"') for line in lines]


def retold(lines):
    return [line.replace("受領".encode(), "送信".encode()) for line in lines]


def mixed(lines):
    return [lines[0], *lines]


def empty(_lines):
    return []


def other(_lines):
    return [b"<html>\n"]


BROKEN = {
    cut: "3: truncated. expected footer, got end of file",
    torn: "3: truncated line. expected a line end, got end of file",
    changed: "3: footer: counts differ from the cases. expected equal counts",
    retold: "3: footer: hash differs: the lines before were changed",
    mixed: "2: second header: two runs are mixed. expected case or footer, got header",
    empty: "1: truncated. expected header, got end of file",
    other: "1: no JSON. expected an object, got other text",
}


@pytest.mark.parametrize("harm", BROKEN)
@pytest.mark.parametrize("is_second", [False, True])
def test_results_that_cannot_be_believed_are_refused(denbun, runs, harm, is_second):
    good, bad = runs
    results = bad / "results.jsonl"
    results.write_bytes(b"".join(harm(results.read_bytes().splitlines(keepends=True))))
    said = denbun("compare", *((good, bad) if is_second else (bad, good)))
    assert (said.code, said.out) == (3, "")
    assert said.err == f"denbun: {results}:{BROKEN[harm]}\n"


def test_a_place_without_results_is_refused(denbun, runs, tmp_path):
    said = denbun("compare", runs[0], tmp_path / "nowhere")
    told = f"denbun: {tmp_path / 'nowhere'}: no such file. expected the results of a run\n"
    assert (said.code, said.out, said.err) == (3, "", told)
    (tmp_path / "empty").mkdir()
    place = tmp_path / "empty" / "results.jsonl"
    said = denbun("compare", runs[0], tmp_path / "empty")
    assert said.err == f"denbun: {place}: no such file. expected the results of a run\n"


def test_runs_of_two_roles_and_unknown_forms_are_refused(denbun, runs, tmp_path):
    good, _ = runs
    other_role = written(tmp_path / "cs", KEPT, role="cs")
    said = denbun("compare", good, other_role)
    told = f"denbun: {good}, {other_role}: role differs. expected juki as before, got cs\n"
    assert (said.code, said.out, said.err) == (3, "", told)
    said = denbun("compare", good, good, "--format", "pdf")
    told = "denbun: --format: unknown form. expected one of text, markdown, html, got pdf\n"
    assert (said.code, said.out, said.err) == (3, "", told)


def test_help_names_every_form(denbun):
    said = denbun("compare", "--help").out
    assert all(form in said for form in FORMS)
