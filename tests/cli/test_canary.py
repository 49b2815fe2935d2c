"""No value of a person stands in anything that a run leaves or says, in whatever coding."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from reports import read_run, read_transcript
from reports.masking import mask_run
from steps.judge.values import items
from tests.cli.babbler import spellings

PRIVATE = {"transcript.jsonl", "briefs.jsonl"}
BABBLER = Path(__file__).with_name("babbler.py")
FORMS = ("text", "junit", "markdown", "html")
OPEN = {"999016", "999024"}
"""Codes of municipalities, which are nobody's."""
SUT = """
product: {{name: babbler}}
role: juki
driver:
  kind: stdio
  command: [{python}, {babbler}, {log}, {way}, {python}, -m, reference_impl, --role, juki]
"""


def everything(folder, *said):
    """Return all that may be shown of a run, as it is and with its bytes in base64 undone."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in PRIVATE]
    assert len(files) > 3
    shown = "\n".join(path.read_text("utf-8") for path in files)
    return shown + "".join(one.out + one.err for one in said)


def found(shown, values):
    """Return which values stand in a text, each with the spelling."""
    low = shown.lower()
    return [
        (value, form)
        for value in values
        for form in spellings(value)
        if len(form) > 3 and (form in shown or form.lower() in low)
    ]


@pytest.mark.parametrize("way", ["reason", "stderr"])
def test_an_adapter_that_tells_all_it_knows_is_not_quoted(program, tmp_path, way):
    text = SUT.format(
        python=json.dumps(sys.executable),
        babbler=json.dumps(str(BABBLER)),
        log="told.json",
        way=way,
    )
    (tmp_path / "sut.yaml").write_text(text, "utf-8")
    ran = program("run", "--sut", "sut.yaml", "--tags", "@BIRTH-006.1", "--lang", "en")
    again = [program("report", "conformance-report", "--format", form) for form in FORMS]
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    values = {text for text in told if text not in OPEN and not text[:2].isascii()} | {
        text for text in told if len(text) > 10 and text.isdecimal()
    }
    run = read_run(tmp_path / "conformance-report" / "results.jsonl")
    assert ran.code == 2
    assert len(values) > 4
    assert "*" in run.cases[0].reason
    assert found(everything(tmp_path / "conformance-report", ran, *again), values) == []


def test_what_secret_fields_held_stands_nowhere(denbun, faulty, tmp_path):
    records = read_transcript(faulty / "transcript.jsonl")
    secret = {
        (field.field, record.seq) for record in records for field in record.fields if field.secret
    }
    values = {
        text
        for record in records
        for path, text in items(record)
        if (path, record.seq) in secret and len(text) > 3 and not text.isspace()
    }
    said = [denbun("report", faulty, "--format", form) for form in FORMS]
    said.append(denbun("verify", faulty, "--json"))
    denbun("export", "BIRTH-006.1", "--from", faulty, "--out", tmp_path / "case", "--masked")
    numbers = {value for value in values if len(value) > 10 or not value.isascii()}
    assert len(numbers) > 8
    assert found(everything(faulty, *said), numbers) == []
    assert found(everything(tmp_path / "case"), numbers) == []


def test_the_unmasked_twin_shows_it_and_says_so(denbun, faulty, tmp_path):
    run = read_run(faulty / "results.jsonl")
    records = read_transcript(faulty / "transcript.jsonl")
    number = next(
        text
        for record in records
        if record.seq in run.cases[1].evidence
        for path, text in items(record)
        if path.endswith("individual_number") and text
    )
    out = tmp_path / "mine.html"
    said = denbun("report", faulty, "--format", "html", "--unmask", "--out", out)
    shown = out.read_text("utf-8")
    assert (said.code, out.stat().st_mode & 0o777) == (0, 0o600)
    assert number in shown
    assert "(unmasked)" in shown
    assert "秘密の項目は伏せてある" not in shown.partition("<nav")[0]
    assert number not in denbun("report", faulty, "--format", "html").out
    assert mask_run(run, records).run.header.marks == run.header.marks
