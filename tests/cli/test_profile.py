"""A private profile: what ``denbun profile check`` says of it, and a run with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reports import read_run, read_transcript

EXAMPLE = Path(__file__).parents[2] / "examples" / "profile"


def test_the_example_is_sound(denbun):
    said = denbun("profile", "check", EXAMPLE)
    lines = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert lines[:6] == [
        "profile example, edition 1: 例示プロファイル（架空）",
        "telegrams replaced: delivery_address, identity_notice, number_issue_request",
        "telegrams added: none",
        "header, end mark, framing: private",
        "code lists: entry, reason",
        "charsets: none",
    ]
    assert lines[6].startswith("checked by no vector: ")
    assert len(lines) == 7


def test_a_value_that_stands_for_nothing_is_told_with_its_line(denbun, tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "mine")
    path = tmp_path / "mine" / "codes" / "reason.yaml"
    path.write_text(path.read_text("utf-8").replace('  A20: "12"', '  A20: "99"'), "utf-8")
    said = denbun("profile", "check", "mine")
    assert said.code == 3
    assert "mine/codes/reason.yaml:21 /stands_for/A20: unknown open value. " in said.err


def test_an_item_of_another_name_is_told(denbun, tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "mine")
    path = tmp_path / "mine" / "telegrams" / "delivery_address.yaml"
    path.write_text(path.read_text("utf-8").replace("label: 郵便番号", "label: 〒"), "utf-8")
    said = denbun("profile", "check", "mine")
    assert said.code == 1
    assert said.out.splitlines()[-1] == (
        "mine/telegrams/delivery_address.yaml:21 /fields/2/label: other label. "
        "expected `郵便番号`, as the scenarios call it, got `〒`"
    )


def test_vectors_that_disagree_are_a_broken_harness(denbun, tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "mine")
    path = tmp_path / "mine" / "vectors" / "good" / "number_issue_request.yaml"
    path.write_text(path.read_text("utf-8").replace('"00000074"', '"00000075"'), "utf-8")
    said = denbun("profile", "check", "mine")
    assert said.code == 4
    assert "number_issue_request/plain: refused. " in said.out


def test_a_new_profile_can_be_run_with_at_once(denbun, program):
    said = denbun("profile", "new", "mine")
    *files, following = said.out.splitlines()
    assert (said.code, said.err, following) == (0, "", "next: denbun profile check mine")
    assert "mine/profile.yaml" in files
    check = denbun("profile", "check", "mine")
    assert check.code == 0
    assert "checked by no vector: none" in check.out.splitlines()
    run = program("run", "--profile", "mine", "--tags", "BIRTH-003.1", "--quiet")
    assert run.code == 0


def test_a_new_profile_differs_in_nothing_yet(denbun):
    denbun("profile", "new", "mine")
    assert denbun("profile", "diff", "mine").out == "no difference\n"


def test_what_is_there_is_not_overwritten(denbun, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "profile.yaml").write_text("id: of somebody\n", "utf-8")
    said = denbun("profile", "new", "mine")
    told = "denbun: mine: exists already. expected a new or empty folder\n"
    assert (said.code, said.out, said.err) == (3, "", told)
    assert (mine / "profile.yaml").read_text("utf-8") == "id: of somebody\n"
    assert [path.name for path in mine.iterdir()] == ["profile.yaml"]


def test_what_differs_is_told_item_by_item(denbun):
    lines = denbun("profile", "diff", EXAMPLE).out.splitlines()
    rows = json.loads(denbun("profile", "diff", EXAMPLE, "--json").out)
    assert lines[0].split() == ["file", "item", "what", "open", "private"]
    assert len(lines) == len(rows) + 1
    assert {tuple(row.values()) for row in rows} >= {
        ("profile.yaml", "", "charset", "juki", "cp932"),
        ("profile.yaml", "framing", "uncounted", "-", "16"),
        ("profile.yaml", "end_mark 終端", "const", "$$", "&&&"),
        ("codes/reason.yaml", "12 出生", "wire", "12", "A20"),
        ("telegrams/identity_notice.yaml", "", "wire_id", "DB0301", "DBX00301"),
        ("telegrams/identity_notice.yaml", "reason 変更の事由", "bytes", "2", "3"),
        ("telegrams/identity_notice.yaml", "birth_date 生年月日", "form", "era", "western"),
        ("telegrams/number_issue_request.yaml", "request_type 要求種別", "item", "-", "X 2"),
    }


PARTS = {
    "juki": "BIRTH or MOVE or FORMAT-003 or FORMAT-004 or NUM-001",
    "cs": "NUM or FORMAT-002",
}
"""What makes the three replaced telegrams be sent, received, refused and judged, by role."""
REPLACED = {
    "delivery_address": b"DBX00302",
    "identity_notice": b"DBX00301",
    "number_issue_request": b"DBX00201",
}


@pytest.mark.parametrize("role", PARTS)
def test_the_suite_passes_on_the_replaced_telegrams(program, tmp_path, role):
    part = ("--role", role, "--tags", PARTS[role], "--out", "out", "--quiet")
    said = program("run", "--profile", EXAMPLE, *part)
    run = read_run(tmp_path / "out" / "results.jsonl")
    other = {case.case_id: case.reason for case in run.cases if case.verdict != "PASS"}
    lacking = "プロファイルの文字表 cp932 に、この字の符号はない"
    assert (said.code, run.header.profile["id"]) == (0, "example")
    assert {case_id.partition("[")[0] for case_id in other} <= {"FORMAT-003.2"}
    assert set(other.values()) <= {lacking}
    assert len(other) < len(run.cases) / 5
    records = read_transcript(tmp_path / "out" / "transcript.jsonl")
    for telegram, wire_id in REPLACED.items():
        sent = [r for r in records if r.telegram == telegram and not r.fault]
        assert {record.raw[:8] for record in sent} == {wire_id}
        seqs = {record.seq for record in sent}
        answers = {record.seq for record in records if record.answers in seqs}
        held = [j for case in run.cases for j in case.judgements if j.held]
        assert any({*seqs, *answers} & set(judgement.looked_at) for judgement in held)


def test_values_stay_open_and_reports_show_the_wire(program, tmp_path):
    said = program("run", "--profile", EXAMPLE, "--tags", "MOVE-001", "--out", "out", "--seed", "1")
    assert said.code == 0
    records = read_transcript(tmp_path / "out" / "transcript.jsonl")
    notices = [record for record in records if record.telegram == "identity_notice"]
    assert {record.values["reason"] for record in notices} == {"31"}
    assert {field.text for record in notices for field in record.fields} >= {"C10 転居", "1 修正"}


def test_a_fault_is_found_where_the_layout_has_the_item(program, tmp_path):
    wrong = ("--fault", "birth-reason-wrong", "--tags", "BIRTH-006")
    said = program("run", "--profile", EXAMPLE, *wrong, "--out", "out")
    summary = (tmp_path / "out" / "summary.md").read_text("utf-8")
    assert said.code == 1
    assert f" --profile {EXAMPLE} --fault birth-reason-wrong`" in summary
    assert "本人確認情報/変更の事由 @ bytes 120–122" in said.out
