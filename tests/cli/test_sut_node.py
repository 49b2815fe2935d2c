"""The system in Node.js, written from the protocol page alone: the suite runs on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports import Verdict, read_run

SYSTEM = Path(__file__).parents[2] / "examples" / "sut-node"

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")


def test_it_passes_but_for_the_gaps_that_it_knows(program, tmp_path):
    system = shutil.copytree(SYSTEM, tmp_path / "system", ignore=shutil.ignore_patterns("data"))
    out = tmp_path / "out"
    tags = "STOCK or BIRTH or NUM-007.1"

    said = program("run", "--sut", system / "sut.yaml", "--tags", tags, "--out", out, "--quiet")

    assert said.code == 0, said.err
    verdicts = {case.case_id: case.verdict for case in read_run(out / "results.jsonl").cases}
    assert verdicts["BIRTH-001.1"] is Verdict.PASS
    assert verdicts["NUM-007.1"] is Verdict.NOT_COVERED
    assert list(verdicts.values()).count(Verdict.PASS) > len(verdicts) / 2
