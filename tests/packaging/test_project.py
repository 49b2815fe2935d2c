"""What the project declares: direct dependencies in ranges, the whole tree pinned beside them."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DIRECT = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]


def pins():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_hold_names_and_versions_only():
    assert [pin for pin in pins() if not PIN.fullmatch(pin)] == []


def test_every_direct_dependency_is_pinned():
    pinned = {canonical(pin.partition("==")[0]) for pin in pins()}
    direct = {canonical(re.match(r"[A-Za-z0-9._-]+", need)[0]) for need in DIRECT}
    assert direct - pinned == set()


def test_every_direct_dependency_is_a_range():
    assert [need for need in DIRECT if ">=" not in need or "==" in need] == []
