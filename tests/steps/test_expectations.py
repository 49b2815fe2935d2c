"""Expectations files: read, and every mistake told with its line."""

from __future__ import annotations

import hashlib

import pytest

from reports import Expectation, Verdict
from reports.expectations import EXPECTABLE
from steps.expectations import load_expectations
from steps.register import load_register
from telegram_specs import SpecError

CASES = {"BIRTH-004.1", "BIRTH-004.2", "FORMAT-002.2[end_mark]", "FORMAT-002.2[length]"}
FULL = """\
# ours
- id: BIRTH-004.1
  verdict: FAIL
  requirements: [NUM-001, BIRTH-004]
  reason: mended in 5.3
  issue: https://issues.example/7
  expires: 2027-01-31
- {id: "FORMAT-002.2[end_mark]", verdict: NOT_COVERED, reason: 0010}
"""


@pytest.fixture
def load(tmp_path):
    """Return a function that reads a text as an expectations file."""

    def read(text):
        path = tmp_path / "known.yaml"
        path.write_text(text, "utf-8")
        return load_expectations(path, CASES, load_register())

    return read


def test_an_entry_holds_what_was_written(load):
    known = load(FULL)
    assert known.digest == hashlib.sha256(FULL.encode()).hexdigest()
    assert known.entries == (
        Expectation(
            id="BIRTH-004.1",
            verdict=Verdict.FAIL,
            reason="mended in 5.3",
            requirements=("BIRTH-004", "NUM-001"),
            issue="https://issues.example/7",
            expires="2027-01-31",
        ),
        Expectation(id="FORMAT-002.2[end_mark]", verdict=Verdict.NOT_COVERED, reason="0010"),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_file_may_expect_nothing(load, text):
    assert load(text).entries == ()


def entry(line, number=2):
    """Return an entry in which one line is another."""
    lines = ["- id: BIRTH-004.1", "  verdict: FAIL", "  reason: x"]
    lines[number - 1] = line
    return "\n".join([*lines, ""])


EXPECTED = ", ".join(EXPECTABLE)
BROKEN = {
    "no list": ("id: x\n", "known.yaml:1: wrong document. expected a sequence, got a mapping"),
    "no mapping": ("- x\n", "known.yaml:1: wrong entry. expected a mapping, got a scalar"),
    "no YAML": (
        "- [x\n",
        (
            "known.yaml:2: not YAML (did not find expected ',' or ']'). "
            "expected YAML, got something else"
        ),
    ),
    "unknown case": (
        entry("- id: BIRTH-004.9", 1),
        (
            "known.yaml:1 /0/id: unknown case. "
            "expected a case id such as BIRTH-004.2, BIRTH-004.1, got BIRTH-004.9"
        ),
    ),
    "whole outline": (
        entry("- id: FORMAT-002.2", 1),
        (
            "known.yaml:1 /0/id: unknown case. expected a case id such as "
            "FORMAT-002.2[end_mark], FORMAT-002.2[length], got FORMAT-002.2"
        ),
    ),
    "unlike any case": (
        entry("- id: xyzzy", 1),
        "known.yaml:1 /0/id: unknown case. expected a case id such as BIRTH-004.1, got xyzzy",
    ),
    "unknown verdict": (
        entry("  verdict: FIAL"),
        (
            "known.yaml:2 /0/verdict: verdict cannot be expected. "
            f"expected one of {EXPECTED}, got FIAL"
        ),
    ),
    "verdict of the harness": (
        entry("  verdict: ERROR"),
        (
            "known.yaml:2 /0/verdict: verdict cannot be expected. "
            f"expected one of {EXPECTED}, got ERROR"
        ),
    ),
    "no reason": (
        entry("  reason: ''", 3),
        "known.yaml:3 /0/reason: no reason. expected why this gap is known, got nothing",
    ),
    "reason left out": (
        "- id: BIRTH-004.1\n  verdict: FAIL\n",
        "known.yaml:1 /0: key missing. expected `reason`, got no such key",
    ),
    "no date": (
        entry("  reason: x\n  expires: soon", 3),
        "known.yaml:4 /0/expires: no date. expected YYYY-MM-DD, got soon",
    ),
    "unknown requirement": (
        entry("  reason: x\n  requirements: [BIRTH-999]", 3),
        (
            "known.yaml:4 /0/requirements: unknown requirement. "
            "expected ids of the register, got BIRTH-999"
        ),
    ),
    "unknown key": (
        entry("  reason: x\n  expire: 2027-01-31", 3),
        (
            "known.yaml:4 /0/expire: unknown key. "
            "expected a key that may stand here, got `expire`; did you mean `expires`?"
        ),
    ),
    "case given twice": (
        entry("", 2).replace("\n\n", "\n  verdict: FAIL\n") * 2,
        "known.yaml:4 /1/id: case given twice. expected one entry a case, got BIRTH-004.1",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_line(load, name):
    text, told = BROKEN[name]
    with pytest.raises(SpecError) as error:
        load(text)
    assert str(error.value) == told


def test_all_mistakes_are_told_at_once(load):
    text = entry("- id: BIRTH-004.9", 1) + entry("  verdict: PASS")
    with pytest.raises(SpecError) as error:
        load(text)
    assert [told.partition(" ")[0] for told in error.value.problems] == [
        "known.yaml:1",
        "known.yaml:5",
    ]


def test_a_file_that_is_not_there_is_told_with_its_remedy(tmp_path):
    with pytest.raises(SpecError) as error:
        load_expectations(tmp_path / "none.yaml", CASES, load_register())
    assert str(error.value) == (
        f"{tmp_path / 'none.yaml'}: no such file. expected the expectations that sut.yaml names, "
        "got none; `denbun run --update-expectations` writes it"
    )
