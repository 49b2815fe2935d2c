"""``denbun requirements --coverage DIR …``: results of real runs, and what is no such thing."""

from __future__ import annotations

import json
import shutil

import pytest

from reports import read_run
from steps import register
from steps.register import load_register
from tests.cli.conftest import run_program


@pytest.fixture(scope="module")
def chukan(tmp_path_factory):
    """Return the folder of a whole run of the smallest role."""
    folder = tmp_path_factory.mktemp("chukan")
    said = run_program("run", "--role", "chukan", "--out", "out", "--quiet", cwd=folder)
    assert said.code == 0
    return folder / "out"


def replaced(folder, old, new, to):
    """Copy a run with one text of its results changed, its seals not."""
    shutil.copytree(folder, to)
    path = to / "results.jsonl"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return to


def test_a_whole_run_leaves_no_must_of_its_role_unexplained(denbun, chukan):
    said = denbun("requirements", "--coverage", chukan, "--json")
    found = json.loads(said.out)
    rows = {row["id"]: row for row in found["requirements"]}
    bound = {r.id for r in load_register() if "chukan" in r.roles}
    assert (said.code, found["basis"], found["unexplained"], found["silent"]) == (
        0, "judged", [], [],
    )  # fmt: skip
    assert rows.keys() == bound
    assert set(found["absent"]) == {"juki", "cs", "atena", "shinsei"}
    run = read_run(chukan / "results.jsonl")
    judging = {
        case.case_id
        for case in run.cases
        if any(j.requirement_id == "FUGO-007" and j.held for j in case.judgements)
    }
    assert set(rows["FUGO-007"]["kept"]) == judging
    assert rows["FUGO-007"]["kept"][0] == "FUGO-007.1"
    assert (rows["FUGO-010"]["verdict"], rows["FUGO-010"]["reason"]) == (
        None,
        load_register()["FUGO-010"].untested,
    )


def test_it_is_told_to_people_in_both_languages(denbun, chukan):
    for lang, judged in (("ja", "適合"), ("en", "kept")):
        lines = denbun("requirements", "--coverage", chukan, "--lang", lang).out.splitlines()
        (row,) = (line.split() for line in lines if line.startswith("FUGO-007 "))
        assert row[:6] == ["FUGO-007", "MUST", "chukan", judged, "FUGO-007.1", "FUGO-007.3"]
        assert lines[1].split()[1:] == ["chukan", "0.1.0", "open", "2025", "8"]


def test_a_part_of_the_cases_leaves_musts_unexplained(denbun, finished):
    folder, _ = finished
    said = denbun("requirements", "--coverage", folder, "--lang", "en")
    assert said.code == 1
    assert "juki: only a part of the cases was run" in said.out
    assert "\nunexplained: BIRTH-003 (juki)\n" in said.out
    assert "\nunexplained: FUGO-002 (juki)\n" not in said.out


def test_a_violation_is_judged(denbun, program, tmp_path):
    wrong = ("--fault", "birth-reason-wrong", "--tags", "BIRTH-006", "--out", tmp_path / "out")
    assert program("run", *wrong).code == 1
    found = json.loads(denbun("requirements", "--coverage", "out", "--json").out)
    (row,) = (row for row in found["requirements"] if row["id"] == "BIRTH-006")
    assert (row["verdict"], row["violated"]) == ("violated", ["BIRTH-006.1"])
    assert "birth-reason-wrong" in " ".join(found["remarks"])


def test_folders_without_coverage_are_refused(denbun, chukan):
    told = f"denbun: DIR: only with --coverage. expected no folder, got {chukan}\n"
    said = denbun("requirements", chukan)
    assert (said.code, said.out, said.err) == (3, "", told)


def test_a_folder_without_results_is_refused(denbun):
    told = "denbun: nowhere/results.jsonl: no such file. expected the results of a run\n"
    said = denbun("requirements", "--coverage", "nowhere")
    assert (said.code, said.out, said.err) == (3, "", told)


def test_truncated_results_are_refused(denbun, chukan, tmp_path):
    cut = shutil.copytree(chukan, tmp_path / "cut") / "results.jsonl"
    lines = cut.read_bytes().splitlines(keepends=True)
    cut.write_bytes(b"".join(lines[:-1]))
    said = denbun("requirements", "--coverage", chukan, "cut")
    end = "truncated. expected footer, got end of file"
    assert (said.code, said.out, said.err) == (
        3, "", f"denbun: cut/results.jsonl:{len(lines)}: {end}\n",
    )  # fmt: skip


def test_changed_results_are_refused(denbun, chukan, tmp_path):
    replaced(chukan, '"held":true', '"held":null', tmp_path / "changed")
    said = denbun("requirements", "--coverage", "changed")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("denbun: changed/results.jsonl:")


def test_results_of_another_register_are_refused(denbun, chukan, monkeypatch):
    known = load_register()
    fewer = {name: entry for name, entry in known.requirements.items() if name != "FUGO-007"}
    other = register.Register(fewer, known.areas)
    monkeypatch.setattr(register, "load_register", lambda: other)
    said = denbun("requirements", "--coverage", chukan)
    assert (said.code, said.out) == (3, "")
    assert said.err == (
        f"denbun: {chukan}/results.jsonl: results of another register (suite 0.1.0). expected the "
        "requirements of this suite, got FUGO-007 unlike them; run the suite again\n"
    )
