"""``denbun sheet``: every case with sentences, steps, blanks, requirement and clause."""

from __future__ import annotations

import re

import pytest

from steps.register import load_register

TAGS = "BIRTH-001 or BIRTH-003"


@pytest.fixture(scope="module")
def register():
    return load_register()


def test_a_sheet_holds_what_is_to_be_done(program, tmp_path, register):
    said = program("sheet", "--role", "juki", "--tags", TAGS, "--out", tmp_path / "sheet.html")
    assert said.code == 0, said.err
    page = (tmp_path / "sheet.html").read_text("utf-8")
    assert re.findall(r'<h2 id="([^"]+)"', page) == ["BIRTH-001.1", "BIRTH-003.1", "BIRTH-003.2"]
    assert register["BIRTH-001"].ja in page
    assert register["BIRTH-001"].source in page
    assert "もし 住民記録システムが世帯「山田」の子「花子」の出生を本登録する" in page
    assert "出生を届け出て" in page
    assert "□ 個人番号" in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_a_sheet_as_markdown_in_english(program):
    arguments = ("--tags", "BIRTH-001", "--format", "markdown", "--lang", "en")
    said = program("sheet", "--role", "juki", *arguments)
    assert said.code == 0, said.err
    assert "# test sheet" in said.out
    assert "□ individual number: ＿＿＿＿＿＿＿＿" in said.out
    assert "□ the system rejected it" in said.out


def test_nothing_selected_is_said(program):
    said = program("sheet", "--role", "juki", "--tags", "NOTHING-999")
    told = "nothing selected. expected a scenario of the role, got none for --tags NOTHING-999"
    assert (said.code, said.out, said.err) == (5, "", f"denbun: {told}\n")


def test_going_on_needs_an_operators_run(denbun, tmp_path):
    said = denbun("run", "--resume", tmp_path)
    assert (said.code, "no operator's run" in said.err) == (3, True)
    said = denbun("run", "--resume", tmp_path, "--seed", "3")
    assert "expected no --seed" in said.err


@pytest.mark.parametrize(("command", "code"), [("run", 3), ("sheet", 0)])
def test_a_sheet_needs_no_address_of_this_machine_but_a_run_does(program, tmp_path, command, code):
    (tmp_path / "sut.yaml").write_text(
        "product: {name: x}\ndriver: {kind: reference}\npixit:\n  bind: 192.0.2.10\n"
    )
    said = program(command, "--sut", "sut.yaml", "--tags", "BIRTH-001")
    assert (said.code, "BIRTH-001.1" in said.out) == (code, code == 0), said.err
    told = "sut.yaml:4 /pixit/bind: the bench cannot listen there ("
    assert said.err.startswith(told) == (code != 0)
    assert not (tmp_path / "conformance-report" / "results.jsonl").exists()
