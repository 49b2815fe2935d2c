"""The suite in a process of its own, and what it left."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from reports import read_run

ROOT = Path(__file__).resolve().parents[2]
EVER = 120
"""Seconds after which a suite that hangs is given up."""

PYTEST = ("-m", "pytest")


@dataclass
class Ended:
    """A suite that has ended: its process, and its results where it left some."""

    code: int
    text: str
    out: Path

    @property
    def run(self):
        return read_run(self.out / "results.jsonl")

    def verdicts(self):
        return {case.case_id: str(case.verdict) for case in self.run.cases}

    def case(self, case_id):
        return next(case for case in self.run.cases if case.case_id == case_id)


def command(out, marks, *options, program=PYTEST):
    suite = ["features", "-p", "steps.plugin", "-q", "--seed", "1", "--denbun-out", str(out)]
    suite += ["-p", "no:hypothesispytest", "--assert=plain"]  # faster to start
    return [sys.executable, *program, *suite, "-m", marks, *options]


def environment(**more):
    known = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DENBUN_"))}
    return {**known, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def ended(out, marks, *options, program=PYTEST, **env):
    done = subprocess.run(
        command(out, marks, *options, program=program),
        cwd=ROOT,
        env=environment(**env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=EVER,
        check=False,
    )
    return Ended(done.returncode, done.stdout, out)
