"""Once it is set up, ``make run`` needs no network: a namespace with nothing but loopback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK_UP = """
import fcntl, socket, struct, subprocess, sys
with socket.socket() as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
"""


def in_an_empty_network(command, **options):
    inside = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return subprocess.run(
        [*inside, sys.executable, "-c", LOOPBACK_UP, *command],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture
def no_network():
    if not shutil.which("unshare") or in_an_empty_network(["true"]).returncode:
        pytest.skip("network namespaces are not permitted here")


@pytest.mark.usefixtures("no_network")
def test_make_run_needs_no_network_a_second_time(tmp_path):
    if not (ROOT / ".venv" / ".ready").exists():
        pytest.skip("not set up by make: there is no second time")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    arguments = f"ARGS=--tags STOCK-007 --seed 1 --out {tmp_path / 'report'}"
    ran = in_an_empty_network(["make", "run", arguments], cwd=ROOT, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (tmp_path / "report" / "report.html").exists()


@pytest.mark.usefixtures("no_network")
def test_the_suite_talks_over_loopback_only(tmp_path):
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "denbun", "run", "--tags", "FUGO-001", "--seed", "1"]
    ran = in_an_empty_network([*command, "--out", str(tmp_path / "out")], cwd=ROOT, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr
