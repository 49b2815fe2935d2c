"""Drivers: the ways to reach a system under test."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from steps.drivers.conversation import Conversation
from steps.drivers.framing import FRAMINGS
from steps.drivers.http_endpoint import HttpEndpoint
from steps.drivers.managed import Managed
from steps.drivers.operator.making import make_operator
from steps.drivers.preloaded import AVAILABLE, Preloaded
from steps.drivers.process import Log, OwnProcess
from steps.drivers.spool import Spool
from steps.drivers.stdio import Stdio
from steps.drivers.token import TOKEN, token_of_run
from steps.sut import (
    HttpChoice,
    ManagedChoice,
    OperatorChoice,
    ReferenceChoice,
    SpoolChoice,
    StdioChoice,
)
from steps.version import SUITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steps.drivers.operator.session import Past
    from steps.drivers.operator.words import Lang
    from steps.drivers.protocol import Driver, Transport
    from steps.sut import DriverChoice, SutFile
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
    beside: Path | None = None,
) -> Driver:
    """Return the driver that a ``sut.yaml`` chooses; the reference is a process like any other.

    ``preloaded`` starts it as a copy of a process that has loaded it, where the platform can. The
    session of an operator lies in ``out``, else in ``folder``, and goes on behind ``past``;
    ``beside`` is the counterpart's file, so that the run goes on with both.
    """
    if isinstance(sut.driver, OperatorChoice):
        order = {"role": role, "seed": seed, "profile": profile_folder and str(profile_folder)}
        order["counterpart"] = beside and str(beside)
        return make_operator(
            sut, order=order, folder=out or folder, profile=profile, lang=lang, past=past
        )
    log = Log()
    token = token_of_run()
    making = _Making(log, token, {**os.environ, TOKEN: token})
    if isinstance(sut.driver, ReferenceChoice):
        arguments = ["--role", role, "--seed", str(seed), "--data", str(folder)]
        for option, value in (("fault", fault), ("variant", variant), ("profile", profile_folder)):
            if value:
                arguments += [f"--{option}", str(value)]
        transport = making.reference(arguments, preloaded=preloaded and AVAILABLE)
    else:
        transport = making.transport(sut.driver)
    return Conversation(
        transport,
        log=log,
        name=sut.driver.kind,
        managed=_managed(sut.driver),
        suite=SUITE,
        profile={"id": profile.id, "edition": profile.edition},
        token=token,
        deadlines={str(name): within for name, within in sut.pixit.deadlines.items()},
    )


def _managed(choice: DriverChoice) -> bool:
    """Tell whether killing and starting the driver kills and starts the system."""
    match choice:
        case ReferenceChoice():
            return True
        case StdioChoice():
            return choice.managed
        case ManagedChoice():
            return not choice.background or bool(choice.kill)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Making:
    """What every transport of a run is made with."""

    log: Log
    token: str
    env: Mapping[str, str]

    def transport(self, choice: DriverChoice) -> Transport:
        """Return the transport that a choice asks for."""
        match choice:
            case StdioChoice():
                process = self._process(choice.command, cwd=choice.cwd, speaks=True)
                return Stdio(process, FRAMINGS[choice.framing])
            case HttpChoice():
                return HttpEndpoint(choice.url, token=self.token)
            case SpoolChoice():
                framing = FRAMINGS[choice.framing]
                return Spool(choice.inbox, choice.outbox, framing, poll=choice.poll)
            case ManagedChoice():
                return Managed(
                    self.transport(choice.control),
                    partial(self._process, cwd=choice.cwd),
                    start=choice.start,
                    stop=choice.stop,
                    kill=choice.kill,
                    background=choice.background,
                    start_within=choice.start_within,
                )
        raise AssertionError(choice)

    def reference(self, arguments: Sequence[str], *, preloaded: bool) -> Transport:
        """Return the transport to the bundled system, as a copy of a loaded one or anew."""
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        process = OwnProcess(
            [sys.executable, "-m", "reference_impl", *arguments],
            log=self.log,
            env={**self.env, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            speaks=True,
            launch=partial(Preloaded, arguments) if preloaded else None,
        )
        return Stdio(process, FRAMINGS["json"])

    def _process(
        self, command: Sequence[str], *, cwd: Path | None, speaks: bool = False
    ) -> OwnProcess:
        return OwnProcess(command, log=self.log, cwd=cwd, env=self.env, speaks=speaks)
