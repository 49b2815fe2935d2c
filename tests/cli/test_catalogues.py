"""``denbun specs``, ``denbun requirements`` and ``denbun report``: what there is to read."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from reports.forms import FORMS, OF_RUN
from steps.register import load_register
from telegram_specs import SCHEMAS, load_profile
from telegram_specs.engine.files import OPEN


def test_specs_are_listed_for_programs(denbun):
    listed = json.loads(denbun("specs", "list", "--json").out)
    by_id = {row["id"]: row for row in listed}
    assert by_id.keys() == load_profile().specs.keys()
    assert by_id["addressee_request"]["http"] == {"method": "POST", "path": "/v1/addressees"}
    assert by_id["number_issue_request"]["wire_id"] == "DB0201"


def test_specs_are_listed_for_people(denbun):
    lines = denbun("specs", "list").out.splitlines()
    assert lines[0].split() == ["id", "label", "form", "wire_id", "from", "to", "answer", "status"]
    assert [line.split()[0] for line in lines[1:]] == sorted(load_profile().specs)


def test_a_spec_is_shown_field_by_field(denbun):
    lines = denbun("specs", "show", "juminhyo_code_list").out.splitlines()
    assert "http: -" in lines
    (code,) = (line.split() for line in lines if line.startswith("codes[].juminhyo_code"))
    assert code[2:9] == [
        "9",
        "11",
        "11",
        "check",
        "juminhyo_code;",
        "secret",
        "住民基本台帳法施行規則1条",
    ]


def test_a_spec_tells_the_objects_around_an_item(denbun):
    lines = [line.split() for line in denbun("specs", "show", "jutogai_response").out.splitlines()]
    inside = {line[0]: line[6:] for line in lines if "inside" in line}
    assert inside == {
        "title": ["metadata"],
        "detail": ["metadata"],
        "href": ["_links/self;", "blank"],
    }
    assert ["field", "code", "meaning"] not in lines


def test_a_spec_tells_what_its_codes_mean(denbun):
    lines = denbun("specs", "show", "addressee_update").out.splitlines()
    states = [line.split()[1:] for line in lines if line.startswith("residence_state")]
    assert states[1:3] == [["1", "住登者"], ["2", "住登外者"]]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_kind_of_file_has_a_schema(denbun, kind):
    schema = json.loads(denbun("specs", "schema", kind).out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_open_profile_is_clean(denbun):
    said = denbun("specs", "lint")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_lint_finds_what_breaks_the_style(denbun, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(OPEN, mine)
    path = mine / "telegrams" / "number_issue_request.yaml"
    path.write_text(path.read_text("utf-8").replace("    secret: true\n", ""), "utf-8")
    said = denbun("specs", "lint", "--profile", "mine")
    assert said.code == 1
    assert "secret not masked. expected `secret: true` on juminhyo_code, got none" in said.out


def test_lint_of_a_broken_profile_exits_3(denbun, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(OPEN, mine)
    (mine / "codes" / "sex.yaml").write_text("id: sex\nvalues: {'1': 男, '1': 女}\n", "utf-8")
    said = denbun("specs", "lint", "--profile", "mine")
    assert (said.code, said.out) == (3, "")
    assert "mine/codes/sex.yaml:2" in said.err


def test_requirements_name_their_cases(denbun):
    rows = {row["id"]: row for row in json.loads(denbun("requirements", "--json").out)}
    assert rows.keys() == load_register().requirements.keys()
    assert "BIRTH-001.1" in rows["BIRTH-001"]["cases"]
    assert rows["BIRTH-001"]["level"] == "MUST"


def test_planned_coverage_says_so_and_leaves_no_must_without_cases_or_reason(denbun):
    first, *lines = denbun("requirements", "--coverage", "--lang", "en").out.splitlines()
    bare = [line for line in lines if " MUST " in line and len(line.split()) < 5]
    assert first == "planned: counted from the scenarios; nothing here was judged"
    heads = ["id", "level", "rank", "roles", "cases, or why none"]
    assert re.split("  +", lines[0]) == heads
    assert not [line for line in lines if re.search(r"\S {4,}$|\S {40,}\S", line)]
    assert bare == []
    assert json.loads(denbun("requirements", "--coverage", "--json").out)["basis"] == "planned"


def test_requirements_come_in_both_languages(denbun):
    for lang in ("ja", "en"):
        text = getattr(load_register()["BIRTH-001"], lang)
        assert text in denbun("requirements", "--lang", lang).out


def test_a_report_is_a_function_of_the_results(denbun, finished):
    folder, said = finished
    text = denbun("report", folder, "--lang", "en").out
    assert said.out == f"{text}\nreport: conformance-report/report.html\n"
    for form, name in OF_RUN.items():
        again = folder.parent / f"again-{name.file}"
        assert denbun("report", folder, "--format", form, "--lang", "en", "--out", again).code == 0
        assert again.read_bytes() == (folder / name.file).read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_asked_for(denbun, finished, tmp_path, form):
    arguments = ("report", finished[0], "--format", form)
    written = tmp_path / FORMS[form].file
    assert form in denbun("report", "--help").out
    assert denbun(*arguments, "--out", written).code == 0
    said = denbun(*arguments)
    if FORMS[form].content == "binary":
        told = f"denbun: --format {form}: no text. expected --out FILE, such as --out report.xlsx\n"
        assert (said.code, said.out, said.err) == (3, "", told)
    else:
        assert said.out.rstrip("\n") == written.read_text("utf-8").rstrip("\n")


def test_an_unknown_form_is_refused(denbun, finished):
    said = denbun("report", finished[0], "--format", "pdf")
    told = f"denbun: --format: unknown form. expected one of {', '.join(FORMS)}, got pdf\n"
    assert (said.code, said.out, said.err) == (3, "", told)


def test_results_that_were_changed_are_refused(denbun, finished, tmp_path):
    shutil.copytree(finished[0], tmp_path / "changed")
    results = tmp_path / "changed" / "results.jsonl"
    lines = results.read_bytes().splitlines(keepends=True)
    results.write_bytes(b"".join(lines[:-1]))
    said = denbun("report", "changed")
    told = f"results.jsonl:{len(lines)}: truncated. expected footer, got end of file\n"
    assert (said.code, said.out, said.err) == (3, "", told)


def test_a_transcript_that_was_changed_is_refused(denbun, finished, tmp_path):
    shutil.copytree(finished[0], tmp_path / "changed")
    transcript = tmp_path / "changed" / "transcript.jsonl"
    lines = transcript.read_bytes().splitlines(keepends=True)
    transcript.write_bytes(b"".join(lines[:-1]))
    said = denbun("report", "changed")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith(f"transcript.jsonl:{len(lines)}: not the end of this run. ")
