"""``denbun faults``: the kill matrix."""

from __future__ import annotations

import json

import pytest

HUNT = """
import dataclasses
from denbun.hunt import hunt
from reference_impl.faults import FAULTS
fault = next(fault for fault in FAULTS if fault.id == "number-check-digit-wrong")
print(hunt([dataclasses.replace(fault, requirement="NUM-003")]))
"""

VARIANTS = """
import sys
import denbun.hunt
from denbun.faults import command
from denbun.hunt import Passed

WRONG = {"two-step-notice": ("failed", 1, "BIRTH-004.1 FAIL")}

def tried(variants):
    return [Passed(v.id, v.role, *WRONG.get(v.id, ("passed", 0))) for v in variants]

if __name__ == "__main__":
    denbun.hunt.try_variants = tried
    sys.exit(command(variants=True, only=sys.argv[1], jobs=1))
"""
"""What the workers find is put in place of whole suites; all else is as ever."""


def test_a_fault_falls_to_its_own_requirement(program):
    said = program("faults", "--only", "code-twice-in-list", "--json", "--jobs", "1")
    assert (said.code, said.err) == (0, "faults 1/1 killed 1\n")
    assert json.loads(said.out) == [
        {
            "fault": "code-twice-in-list",
            "requirement": "STOCK-001",
            "role": "cs",
            "level": "numbering",
            "outcome": "killed",
            "killed_by": "STOCK-001.1",
            "verdict": "FAIL",
            "others": [],
            "reason": "",
        }
    ]


def test_the_matrix_is_a_table(program):
    said = program("faults", "--only", "acquisition-number-still-valid")
    heads, row, total = (line.split() for line in said.out.splitlines())
    assert said.code == 0
    assert heads[:7] == ["fault", "requirement", "role", "level", "outcome", "killed_by", "verdict"]
    assert row[4:7] == ["killed", "FUGO-011.2", "WARN"]
    assert total == ["1:", "1", "killed"]


def test_a_kill_by_another_requirement_does_not_count(program):
    said = program(start=("-c", HUNT))
    assert "outcome='survived', killed_by=None, verdict=None, others=('NUM-002',)" in said.out


@pytest.mark.slow
def test_a_correct_variant_passes_as_the_reference_does(program):
    said = program("faults", "--variants", "--role", "atena", "--json")
    assert said.code == 0
    assert {row["outcome"] for row in json.loads(said.out)} == {"passed"}


@pytest.mark.parametrize(
    ("only", "code", "rows"),
    [
        ("basic-client", 0, [["basic-client", "juki", "passed", "0"]]),
        (
            "basic-client,two-step-notice",
            1,
            [
                ["two-step-notice", "juki", "failed", "1", "BIRTH-004.1", "FAIL"],
                ["basic-client", "juki", "passed", "0"],
            ],
        ),
    ],
)
def test_each_variant_is_told_as_it_ends_and_one_that_fails_exits_1(
    program, tmp_path, only, code, rows
):
    (tmp_path / "tried.py").write_text(VARIANTS)
    said = program(only, start=("tried.py",))
    heads, *found, _total = (line.split() for line in said.out.splitlines())
    assert (said.code, heads) == (code, ["variant", "role", "outcome", "exit_code", "reason"])
    assert found == rows
    told = [line for line in said.err.splitlines() if line.startswith("variants ")]
    assert [line.split()[1] for line in told] == [f"{n + 1}/{len(rows)}" for n in range(len(rows))]
    assert ("two-step-notice juki failed 1 BIRTH-004.1 FAIL" in said.err) == (code == 1)


def test_a_fault_of_another_role_leaves_nothing_to_try(denbun):
    said = denbun("faults", "--role", "cs", "--only", "second-number-written")
    told = "nothing selected. expected --only of role cs, got second-number-written"
    assert (said.code, said.err) == (5, f"denbun: {told}\n")
