"""Cases run again: ``denbun replay``, ``denbun run --last-failed``, and what they rest on."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from denbun.replay import outcome, told
from reports import Case, Finding, Place, ResultWriter, Verdict, conclude, read_run, read_transcript
from steps.judge.values import items
from tests.reports import sample

FAULTY = "BIRTH-006.1"
VOLATILE = {"serial", "ref_serial", "created_date", "created_time"}
ONE = "MOVE-002.1"
BEFORE_IT = "@MOVE-001.1 or @BIRTH-006.1 or @MOVE-002.1"


@pytest.fixture
def folder(faulty, tmp_path):
    return shutil.copytree(faulty, tmp_path / "results")


def rewritten(folder, change):
    """Write results as another system would have had them."""
    path = folder / "results.jsonl"
    run = read_run(path)
    header = change(run.header)
    tail = run.footer.transcript_tail_hash
    with ResultWriter(path) as writer:
        writer.header(header)
        for case in run.cases:
            writer.case(case)
        writer.footer(
            conclude(header, run.cases, ended=run.footer.ended, transcript_tail_hash=tail)
        )


def bytes_of(folder, case_id):
    """Return the telegrams of a case without what tells when and as which one it was sent."""
    found = []
    for record in read_transcript(folder / "transcript.jsonl"):
        if record.case_id != case_id:
            continue
        raw = bytearray(record.raw)
        for field in record.fields:
            if field.field.rpartition(".")[2] in VOLATILE:
                raw[field.offset : field.offset + field.length] = b"*" * field.length
        found.append((record.sender, record.receiver, record.telegram, bytes(raw)))
    return found


def test_a_case_has_the_same_bytes_wherever_it_stands_in_a_run(program, tmp_path):
    program("run", "--tags", BEFORE_IT, "--seed", "9", "--out", "many", "--quiet")
    said = program("replay", ONE, "--from", "many", "--lang", "en")
    assert said.out.splitlines()[-1] == f"{ONE}: STILL PASSING PASS → PASS"
    many, again = (bytes_of(tmp_path / out, ONE) for out in ("many", f"many/replay/{ONE}"))
    assert len(many) > 3
    assert many == again
    program("run", "--tags", f"@{ONE}", "--seed", "10", "--out", "other", "--quiet")
    other = bytes_of(tmp_path / "other", ONE)
    assert [row[:3] for row in many] == [row[:3] for row in other]
    assert many != other


def test_an_item_has_the_name_of_its_language():
    where = Place("family_register_notice", "register_municipality_code")
    label = "本籍地の市町村コード"
    members = {"place": where, "field_label": label, "expected": f"「花子」の{label}"}
    found = replace(sample.FAIL_CASE.findings[0], **members, actual="999032")
    run = sample.run_of(replace(sample.FAIL_CASE, findings=(found,)))
    said = list(told(run, run, run.cases[0], "en"))
    expected = 'register municipality code of "花子"'
    assert said[1] == f"  {found.requirement_id}: expected {expected}, actual 999032"


STILL = {
    "en": [
        f"{FAULTY}: STILL FAILING FAIL → FAIL",
        "  BIRTH-006: expected 12 birth, actual 13 entry ex officio and the like",
    ],
    "ja": [
        f"{FAULTY}: STILL FAILING（引き続き不適合） FAIL → FAIL",
        "  BIRTH-006: 期待 12 出生, 実際 13 職権記載等",
    ],
}


@pytest.mark.parametrize("lang", STILL)
def test_a_fault_that_is_still_there_is_still_failing(program, folder, lang):
    said = program("replay", FAULTY, "--from", folder, "--lang", lang)
    assert said.code == 1
    assert said.out.splitlines()[1:] == STILL[lang]
    again = read_run(folder / "replay" / FAULTY / "results.jsonl")
    assert (again.header.fault, again.header.selected) == ("birth-reason-wrong", (FAULTY,))


def as_elsewhere(header):
    """Return a header of a mended system, on conditions that cannot be those of today."""
    return replace(
        header,
        fault=None,
        suite="0.0.9",
        adapter={"name": "other", "version": "1"},
        pixit={**header.pixit, "settle": "99.0"},
        environment={**header.environment, "python": "2.7"},
    )


OTHERWISE = {
    "en": [
        "suite (0.0.9",
        "adapter (other 1 (reference)",
        "PIXIT: settle (",
        "environment: python (",
    ],
    "ja": [
        "試験スイート（0.0.9",
        "アダプタ（other 1 (reference)",
        "PIXIT: settle（",
        "環境: python（2.7",
    ],
}
LEAD = {"en": "  not as before: ", "ja": "  前回と異なる: "}


@pytest.mark.parametrize("lang", OTHERWISE)
def test_a_system_that_was_mended_is_fixed_and_what_differs_is_told(program, folder, lang):
    rewritten(folder, as_elsewhere)
    said = program("replay", FAULTY, "--from", folder, "--lang", lang)
    _, first, *lines = said.out.splitlines()
    assert (said.code, first.endswith("FAIL → PASS")) == (0, True)
    assert first.startswith(f"{FAULTY}: FIXED")
    expected = [f"{LEAD[lang]}{each}" for each in OTHERWISE[lang]]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected


def test_nothing_is_told_to_differ_where_nothing_does(program, folder):
    said = program("replay", FAULTY, "--from", folder, "--lang", "en")
    assert (said.code, "not as before" in said.out) == (1, False)


WRONG = {
    "case": (["replay", "BIRTH-006.2", "--from"], "denbun: replay: unknown case. expected one of "),
    "export": (["export", "NONE", "--out", "x", "--from"], "denbun: export: unknown case. "),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_case_that_was_not_there_exits_3(denbun, folder, name):
    arguments, told = WRONG[name]
    said = denbun(*arguments, folder)
    assert (said.code, said.err[: len(told)]) == (3, told)


@pytest.mark.parametrize("command", [["replay", "X"], ["export", "X", "--out", "x"]])
def test_a_folder_without_results_exits_3(denbun, tmp_path, command):
    said = denbun(*command, "--from", tmp_path)
    told = f"denbun: {tmp_path}/results.jsonl: no such file. expected the results of a run"
    assert (said.code, said.err) == (3, told + "\n")


def test_a_sut_file_that_is_gone_exits_3(denbun, folder):
    rewritten(folder, lambda header: replace(header, sut={**header.sut, "file": "gone.yaml"}))
    said = denbun("replay", FAULTY, "--from", folder)
    told = "denbun: gone.yaml: no such file, but the results name it. expected it from here\n"
    assert (said.code, said.err) == (3, told)


# -- what became of a case -----------------------------------------------------------------------


def case(verdict, *fields):
    findings = [
        Finding("BIRTH-006", "MUST", "law", "a", "b", Place("identity_notice", field), "s")
        for field in fields
    ]
    return Case(case_id="X", title="", area="X", verdict=verdict, findings=tuple(findings))


PASS, FAIL, WARN = Verdict.PASS, Verdict.FAIL, Verdict.WARN
BECAME = [
    (case(FAIL, "reason"), case(PASS), "FIXED"),
    (case(Verdict.INCONCLUSIVE), case(PASS), "FIXED"),
    (case(PASS), case(PASS), "STILL PASSING"),
    (case(FAIL, "reason"), case(FAIL, "reason", "name"), "STILL FAILING"),
    (case(FAIL, "reason"), case(FAIL, "name"), "FAILING OTHERWISE"),
    (case(PASS), case(FAIL, "name"), "FAILING NOW"),
    (case(WARN), case(WARN), "STILL WARNED"),
    (case(FAIL, "reason"), case(WARN), "WARNED"),
    (case(FAIL, "reason"), case(Verdict.INCONCLUSIVE), "NOT DETERMINED"),
    (case(FAIL, "reason"), case(Verdict.NOT_COVERED), "NOT DETERMINED"),
    (case(FAIL, "reason"), case(Verdict.ERROR), "ERROR"),
]


@pytest.mark.parametrize(("was", "now", "became"), BECAME)
def test_what_became_of_a_case(was, now, became):
    assert outcome(was, now) == became


# -- the last failed -----------------------------------------------------------------------------


def test_only_what_failed_is_run_again(program, folder):
    said = program("run", "--last-failed", "--out", folder, "--quiet")
    run = read_run(folder / "results.jsonl")
    assert (said.code, run.header.selected) == (1, (FAULTY,))
    assert run.header.fault == "birth-reason-wrong"


def test_nothing_failed_exits_5_and_leaves_the_results(denbun, finished, tmp_path):
    folder = shutil.copytree(finished[0], tmp_path / "results")
    before = (folder / "results.jsonl").read_bytes()
    said = denbun("run", "--last-failed", "--out", folder, "--lang", "en")
    assert (said.code, "nothing to run again" in said.out) == (5, True)
    assert (folder / "results.jsonl").read_bytes() == before


def test_the_last_failed_of_another_role_exit_3(denbun, folder):
    said = denbun("run", "--last-failed", "--out", folder, "--role", "cs")
    told = "denbun: --role: the earlier run is of juki. expected no other, got cs\n"
    assert (said.code, said.err) == (3, told)


# -- a case in a folder --------------------------------------------------------------------------


def test_a_case_is_exported_with_its_raw_bytes(denbun, faulty, tmp_path):
    out = tmp_path / "case"
    said = denbun("export", FAULTY, "--from", faulty, "--out", out, "--lang", "en")
    records = [
        record
        for record in read_transcript(faulty / "transcript.jsonl")
        if record.case_id == FAULTY
    ]
    files = sorted((out / "telegrams").iterdir())
    assert (said.code, said.out) == (0, f"{out}: {len(records)} telegrams\n")
    assert [file.read_bytes() for file in files] == [record.raw for record in records]
    everything = [path for path in out.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in everything} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (out, out / "telegrams")} == {0o700}
    page = (out / "case.md").read_text("utf-8")
    assert "* BIRTH-006 (" in page
    assert "denbun decode --spec " in page
    assert "denbun run " in page


def test_what_is_exported_masked_shows_no_secret(denbun, faulty, tmp_path):
    out = tmp_path / "case"
    denbun("export", FAULTY, "--from", faulty, "--out", out, "--masked")
    shown = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    numbers = {
        text
        for record in read_transcript(faulty / "transcript.jsonl")
        if record.case_id == FAULTY
        for path, text in items(record)
        if path.rpartition(".")[2] in {"individual_number", "juminhyo_code"} and text
    }
    assert len(numbers) > 1
    assert not [number for number in numbers if number.encode() in shown]


def test_nothing_is_exported_over_something(denbun, faulty, tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "mine").touch()
    said = denbun("export", FAULTY, "--from", faulty, "--out", tmp_path / "case")
    told = f"denbun: --out: {tmp_path / 'case'} is not empty. expected a new folder\n"
    assert (said.code, said.err) == (3, told)
