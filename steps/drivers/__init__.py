"""Drivers: the ways to reach a system under test."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from steps.drivers.stdio import StdioDriver
from steps.version import SUITE

if TYPE_CHECKING:
    from steps.drivers.protocol import Driver
    from steps.sut import SutFile
    from telegram_specs import Profile

__all__ = ["make_driver"]

ROOT = Path(__file__).resolve().parent.parent.parent


def make_driver(
    sut: SutFile,
    *,
    role: str,
    folder: Path,
    seed: int,
    profile: Profile,
    profile_folder: Path | None,
    fault: str | None,
    variant: str | None,
) -> Driver:
    """Return the driver that a ``sut.yaml`` chooses; the reference is a process like any other."""
    told = {"id": profile.id, "edition": profile.edition}
    if sut.driver.kind == "stdio":
        return StdioDriver(
            sut.driver.command,
            cwd=sut.driver.cwd,
            managed=sut.driver.managed,
            suite=SUITE,
            profile=told,
        )
    command = [sys.executable, "-m", "reference_impl", "--role", role, "--seed", str(seed)]
    command += ["--data", str(folder)]
    for option, value in (("fault", fault), ("variant", variant), ("profile", profile_folder)):
        if value:
            command += [f"--{option}", str(value)]
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    return StdioDriver(command, env=env, managed=True, suite=SUITE, profile=told)
