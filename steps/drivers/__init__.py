"""Drivers: the ways to reach a system under test."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from steps.drivers.operator.making import make_operator
from steps.drivers.preloaded import AVAILABLE, Preloaded
from steps.drivers.stdio import StdioDriver
from steps.sut import OperatorChoice
from steps.version import SUITE

if TYPE_CHECKING:
    from steps.drivers.operator.session import Past
    from steps.drivers.operator.words import Lang
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
    preloaded: bool = False,
    out: Path | None = None,
    lang: Lang = "ja",
    past: Past | None = None,
) -> Driver:
    """Return the driver that a ``sut.yaml`` chooses; the reference is a process like any other.

    ``preloaded`` starts it as a copy of a process that has loaded it, where the platform can. The
    session of an operator lies in ``out``, else in ``folder``, and goes on behind ``past``.
    """
    if isinstance(sut.driver, OperatorChoice):
        order = {"role": role, "seed": seed, "profile": profile_folder and str(profile_folder)}
        return make_operator(
            sut, order=order, folder=out or folder, profile=profile, lang=lang, past=past
        )
    told = {"id": profile.id, "edition": profile.edition}
    if sut.driver.kind == "stdio":
        return StdioDriver(
            sut.driver.command,
            cwd=sut.driver.cwd,
            managed=sut.driver.managed,
            suite=SUITE,
            profile=told,
        )
    arguments = ["--role", role, "--seed", str(seed), "--data", str(folder)]
    for option, value in (("fault", fault), ("variant", variant), ("profile", profile_folder)):
        if value:
            arguments += [f"--{option}", str(value)]
    command = [sys.executable, "-m", "reference_impl", *arguments]
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    launch = partial(Preloaded, arguments) if preloaded and AVAILABLE else None
    return StdioDriver(command, env=env, managed=True, suite=SUITE, profile=told, launch=launch)
