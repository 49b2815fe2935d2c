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


def test_a_fault_falls_to_its_own_requirement(program):
    said = program("faults", "--fault", "code-twice-in-list", "--json", "--jobs", "1")
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
    said = program("faults", "--fault", "acquisition-number-still-valid")
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
