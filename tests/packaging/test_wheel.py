"""The wheel holds the whole tree, and what it installs runs from anywhere."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from steps.version import SUITE

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = (
    *("features", "steps", "telegram_specs", "reference_impl", "reports"),
    "examples/adapters",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    subprocess.run([*command, ROOT], check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def tracked(*folders):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return {name for name in listed.stdout.split("\0") if (ROOT / name).is_file()}


def test_it_installs_one_name_with_the_tree_below(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"denbun"}
    hidden = {name.removeprefix("denbun/_tree/") for name in names if "/_tree/" in name}
    seen = {name for name in names if name.startswith("denbun/") and "/_tree/" not in name}
    assert (hidden, seen) == (tracked(*HIDDEN), tracked("denbun"))


def test_it_runs_from_an_empty_folder(wheel, tmp_path):
    home, work = tmp_path / "venv", tmp_path / "empty"
    work.mkdir()
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    site = next((home / "lib").glob("python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [home / "bin" / "denbun", "run", "--tags", "BIRTH-001", "--seed", "1"]
    ran = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    written = {path.name for path in (work / "conformance-report").iterdir()}
    assert written == {
        "results.jsonl",
        "transcript.jsonl",
        "briefs.jsonl",
        "report.html",
        "junit.xml",
        "summary.md",
        "badge.svg",
        "ctrf.json",
    }


def test_its_version_is_the_suite_s(wheel):
    assert wheel.name.startswith(f"denbun-{SUITE}-")
