"""The command line as a user meets it: exit codes, texts, consoles, masking."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NUMBER, CODE = "123456789018", "24727059608"
"""Published samples with valid check digits."""
SECRET_ITEMS = ("individual_number", "juminhyo_code", "acquisition_number")
RESULT = (
    "000090DB020201000001999016"
    "0000000001" + "0000000000" + "20260501093000" + "30000" + CODE + NUMBER + "$$"
).encode()


def denbun(*arguments, cwd=None, **environment):
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "denbun", *map(str, arguments)],
        cwd=cwd or ROOT,
        env=env,
        capture_output=True,
        check=False,
    )


def said(ran):
    text = (ran.stdout + ran.stderr).decode("utf-8", "replace")
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize(
    "command", ["run", "serve", "faults", "specs", "decode", "encode", "requirements", "report"]
)
def test_every_command_has_help_with_examples(command):
    ran = denbun(command, "--help")
    assert ran.returncode == 0
    assert f"denbun {command}" in said(ran)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nonsense"], "nonsense"),
        (["run", "--nonsense"], "--nonsense"),
        (["run", "--role", "cx"], "expected one of juki, cs, atena, chukan, got cx"),
        (["run", "--fault", "no-such-fault"], "unknown fault"),
        (["run", "--tags", "NUM and ("], "--tags"),
        (["run", "--sut", "nowhere.yaml"], "nowhere.yaml"),
        (["run", "--profile", "nowhere"], "nowhere"),
        (["specs", "show", "number_isue_request"], "near: number_issue_request"),
        (["decode", "--hex", "xyz"], "hex"),
        (["decode", "nowhere.bin"], "nowhere.bin"),
    ],
)
def test_wrong_usage_exits_3_and_says_why(arguments, text, tmp_path):
    ran = denbun(*arguments, cwd=tmp_path)
    assert (ran.returncode, text in said(ran)) == (3, True), said(ran)


def test_a_broken_sut_file_is_told_with_its_lines(tmp_path):
    path = tmp_path / "sut.yaml"
    path.write_text("product: {name: x}\nrole: juky\ndriver: {kind: stdio}\n", "utf-8")
    ran = denbun("run", "--sut", path, cwd=tmp_path)
    assert ran.returncode == 3
    wanted = "sut.yaml:2 /role: wrong value. expected 'juki', 'cs', 'atena' or 'chukan', got `juky`"
    assert wanted in said(ran)


def test_a_broken_profile_is_told_with_its_lines(tmp_path):
    (tmp_path / "profile.yaml").write_text("id: mine\neditoin: x\n", "utf-8")
    ran = denbun("run", "--profile", tmp_path, cwd=tmp_path)
    assert ran.returncode == 3
    assert "profile.yaml:2 /editoin: unknown key" in said(ran)
    assert "did you mean `edition`?" in said(ran)


def test_nothing_selected_exits_5(tmp_path):
    ran = denbun("run", "--role", "chukan", "--tags", "STOCK", cwd=tmp_path)
    assert (ran.returncode, "nothing selected" in said(ran)) == (5, True)


def test_a_run_writes_its_report_and_exits_0(tmp_path):
    ran = denbun("run", "--tags", "@BIRTH-001.1", "--seed", "1", cwd=tmp_path)
    assert ran.returncode == 0, said(ran)
    out = tmp_path / "conformance-report"
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["header", "case", "footer"]
    assert {
        "case_id",
        "title",
        "tags",
        "requirement_ids",
        "verdict",
        "findings",
        "evidence",
    } <= set(lines[1])
    assert "report.html" in said(ran)


def test_a_seeded_fault_exits_1_and_names_the_byte(tmp_path):
    ran = denbun("run", "--fault", "birth-reason-wrong", "--tags", "BIRTH-006", cwd=tmp_path)
    assert ran.returncode == 1
    assert "本人確認情報/変更の事由 @ bytes 66–67" in said(ran)
    results = (tmp_path / "conformance-report" / "results.jsonl").read_text("utf-8")
    (case,) = [json.loads(line) for line in results.splitlines() if '"kind":"case"' in line]
    place = case["findings"][0]["place"]
    wanted = {"telegram": "identity_notice", "field": "reason", "offset": 66, "length": 2}
    assert place == wanted


def test_decode_masks_numbers_unless_asked(tmp_path):
    path = tmp_path / "telegram.bin"
    path.write_bytes(RESULT)
    masked, plain = denbun("decode", path), denbun("decode", "--unmask", path)
    assert masked.returncode == plain.returncode == 0
    assert NUMBER not in said(masked)
    assert CODE not in said(masked)
    assert NUMBER in said(plain)


def test_decode_of_a_wrong_telegram_prints_every_fault_and_exits_1():
    wrong = RESULT.replace(NUMBER.encode(), b"123456789019").replace(b"30000", b"90000")
    ran = denbun("decode", "--hex", wrong.hex())
    assert ran.returncode == 1
    assert "区分" in said(ran)
    assert "個人番号" in said(ran)
    assert "123456789019" not in said(ran)


def test_encode_and_decode_are_each_other_s_way_back(tmp_path):
    values = json.loads(denbun("decode", "--json", "--unmask", "--hex", RESULT.hex()).stdout)
    path = tmp_path / "values.json"
    path.write_text(json.dumps(values.get("values", values)), "utf-8")
    out = tmp_path / "telegram.bin"
    ran = denbun("encode", "number_issue_result", path, "--out", out)
    assert ran.returncode == 0, said(ran)
    assert out.read_bytes() == RESULT


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "cp932"}, {"NO_COLOR": "1"}])
def test_output_survives_the_console(environment):
    ran = denbun("requirements", **environment)
    assert ran.returncode == 0
    assert b"\x1b[" not in ran.stdout


def test_specs_are_listed_for_programs():
    listed = json.loads(denbun("specs", "list", "--json").stdout)
    rows = listed if isinstance(listed, list) else listed["specs"]
    assert {"number_issue_request", "identity_notice"} <= {row["id"] for row in rows}
    assert denbun("specs", "lint").returncode == 0


def test_no_number_of_the_transcript_stands_in_any_report(tmp_path):
    ran = denbun("run", "--tags", "NUM-004.1 or FUGO-002", "--seed", "3", cwd=tmp_path)
    assert ran.returncode == 0, said(ran)
    out = tmp_path / "conformance-report"
    numbers = set()
    for line in (out / "transcript.jsonl").read_text("utf-8").splitlines():
        values = json.loads(line).get("values") or {}
        numbers |= {
            values.get(item)
            for item in ("individual_number", "juminhyo_code", "acquisition_number")
        }
    numbers -= {None, ""}
    assert numbers
    shown = said(ran)
    for name in ("results.jsonl", "report.html", "junit.xml", "summary.md"):
        shown += (out / name).read_text("utf-8")
    for number in numbers:
        wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
        for form in (number, wide, number.encode().hex(), number.encode("utf-16-be").hex()):
            assert form not in shown
