"""The workflows of the README, run command by command on this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from steps.version import SUITE

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.ja.md")
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRIVATE = {"transcript.jsonl", "briefs.jsonl"}
SUT = f"""
product: {{name: a system}}
role: juki
driver: {{kind: stdio, command: ["{sys.executable}", -m, reference_impl, --role, juki]}}
"""
PIP = f"""#!/bin/sh
[ "$1" = install ] && [ "$2" = vendor/denbun-{SUITE}-py3-none-any.whl ] && [ $# -eq 2 ]
"""
"""Stands for pip: that the wheel can be installed and runs is shown by ``test_wheel.py``."""
DENBUN = f"""#!/bin/sh
exec "{sys.executable}" -m denbun "$@" --tags NUM-004.1 --seed 1
"""
"""A small part of the suite; everything else is as the README has it."""


def blocks(readme):
    return [yaml.safe_load(text) for text in BLOCK.findall((ROOT / readme).read_text("utf-8"))]


def github(readme):
    """Return the commands of the GitHub workflow, and the files that it keeps."""
    (job,) = next(found for found in blocks(readme) if "jobs" in found)["jobs"].values()
    kept = " ".join(step["with"].get("path", "") for step in job["steps"] if "with" in step)
    return [step["run"] for step in job["steps"] if "run" in step], kept.split()


def gitlab(readme):
    """Return the commands of the GitLab job, and the files that it keeps."""
    job = next(found["denbun"] for found in blocks(readme) if "denbun" in found)
    artifacts = job["artifacts"]
    assert artifacts["when"] == "always"
    return job["script"], [*artifacts["paths"], artifacts["reports"]["junit"]]


def test_both_languages_show_the_same_workflows():
    assert [github(readme) for readme in READMES] == [github(READMES[0])] * 2
    assert [gitlab(readme) for readme in READMES] == [gitlab(READMES[0])] * 2


@pytest.mark.parametrize("workflow", [github, gitlab])
def test_the_commands_of_a_workflow_do_what_it_says(tmp_path, workflow):
    (tmp_path / "bin").mkdir()
    for name, text in (("pip", PIP), ("denbun", DENBUN)):
        program = tmp_path / "bin" / name
        program.write_text(text)
        program.chmod(0o755)
    (tmp_path / "sut.yaml").write_text(SUT, "utf-8")
    env = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
    }
    commands, kept = workflow(READMES[0])
    for command in commands:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert len(kept) > 1
    assert all((tmp_path / name).stat().st_size for name in kept)
    assert not PRIVATE & {Path(name).name for name in kept}
    assert workflow is gitlab or "NUM" in (tmp_path / "summary").read_text("utf-8")
