"""Captures of the bundled systems: whole ones break nothing, seeded faults are found."""

import pytest

from reports import stream_transcript
from steps.capture.checking import check_files
from tests.cli.conftest import run_program

FAULTS = {
    "length-too-long": ("BIRTH-006", "FORMAT-001"),
    "code-value-undefined": ("BIRTH-006", "FORMAT-001"),
    "birth-entry-wrong": ("BIRTH-006", "BIRTH-006"),
    "notice-before-number": ("BIRTH-004", "BIRTH-004"),
    "notice-with-altered-number": ("BIRTH-004", "BIRTH-004"),
}
"""Fault to the scenarios in which it shows, and the requirement that a capture finds broken."""


def recorded(folder, *options):
    run_program("run", "--out", folder, *options, cwd=folder)
    return folder / "transcript.jsonl"


def violated(path, profile, register):
    outcome = check_files([path], profile, register)
    return outcome, {o.id for o in outcome.requirements if outcome.state(o.id) == "VIOLATED"}


@pytest.mark.slow
@pytest.mark.parametrize("role", ["juki", "cs"])
def test_a_run_of_the_reference_breaks_nothing(tmp_path, profile, register, role):
    path = recorded(tmp_path, "--role", role, "--tags", "BIRTH or NUM or STOCK")
    outcome, broken = violated(path, profile, register)
    assert (broken, dict(outcome.troubles), outcome.exit_code) == (set(), {}, 0)
    assert sum(outcome.telegrams.values()) == sum(r.on_wire for r in stream_transcript(path))


QUICK = {"birth-entry-wrong", "notice-before-number"}
SLOW = [pytest.param(fault, marks=[] if fault in QUICK else pytest.mark.slow) for fault in FAULTS]


@pytest.mark.parametrize("fault", SLOW)
def test_a_seeded_fault_is_found_in_the_capture(tmp_path, profile, register, fault):
    tags, requirement = FAULTS[fault]
    path = recorded(tmp_path, "--fault", fault, "--tags", tags)
    outcome, broken = violated(path, profile, register)
    assert requirement in broken
    assert outcome.exit_code == 1
    (proof, *_) = outcome.tallies[requirement].proofs
    assert proof.sender == "juki"
    assert proof.origin.number > 0
