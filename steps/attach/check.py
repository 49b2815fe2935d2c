"""The adapter check: the conversation first, then what is behind it, and one verdict of both."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steps.attach.finding import CONVERSATION, SYSTEM, Finding
from steps.attach.system import System
from steps.attach.talk import Talk
from steps.bench.journal import Journal
from steps.bench.network import Bench
from steps.bench.party import Party
from steps.drivers import make_driver
from steps.drivers.conversation import Conversation
from steps.drivers.lock import Lock
from steps.drivers.protocol import DriverError, SutLost
from steps.pair import unlistenable
from steps.sut import wrong_in
from telegram_specs import SpecError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from steps.sut import SutFile
    from telegram_specs import Profile

__all__ = ["Checked", "attached", "check_adapter"]

OWN_PROCESS = ("stdio", "reference")
"""Kinds of driver whose adapter is a process of ours."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, in the order of the checks."""

    findings: tuple[Finding, ...]

    def _all_of(self, group: Container[str]) -> set[str]:
        return {f.status for f in self.findings if f.check in group}

    @property
    def conversation(self) -> Literal["ok", "broken"]:
        """Whether a run can rest on the conversation."""
        return "broken" if self._all_of(CONVERSATION) - {"ok"} else "ok"

    @property
    def system(self) -> Literal["ok", "none", "partial", "broken"]:
        """What was seen of a system behind the adapter."""
        found = {f.check: f.status for f in self.findings}
        if "failed" in self._all_of(SYSTEM):
            return "broken"
        seen = {found.get("listens", "none"), found.get("event", "none")}
        if seen == {"ok"}:
            return "ok"
        return "partial" if "ok" in seen else "none"

    @property
    def exit_code(self) -> int:
        """0 for a system that can be judged, 1 for something broken, 2 for no whole system."""
        if self.conversation == "broken" or self.system == "broken":
            return 1
        return 0 if self.system == "ok" else 2


@contextmanager
def attached(
    sut: SutFile, *, role: str, profile: Profile, profile_folder: Path | None, seed: int
) -> Iterator[tuple[Bench, Conversation]]:
    """Give a bench that is not started and its driver; both are closed behind it.

    Raises InUse when another run has the system, SpecError when it has no adapter or the bench
    cannot listen, and behind it what went wrong in the bench itself.
    """
    if sut.driver.kind == "operator":
        assert sut.file is not None
        what = "no adapter to check"
        raise SpecError(wrong_in(sut.file, ("driver", "kind"), what, "an adapter", "operator"))
    if wrong := unlistenable(sut):
        raise SpecError(wrong)
    with ExitStack() as stack:
        for identity in sut.identities():
            lock = Lock(identity)
            lock.take()
            stack.callback(lock.leave)
        folder = Path(tempfile.mkdtemp(prefix="denbun-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        driver = make_driver(
            sut,
            role=role,
            folder=folder,
            seed=seed,
            profile=profile,
            profile_folder=profile_folder,
            fault=None,
            variant=None,
        )
        assert isinstance(driver, Conversation)
        bench = Bench(
            profile=profile,
            sut=Party(role=role, pixit=sut.pixit, driver=driver),
            pixit=sut.pixit,
            journal=Journal(),
            seed=seed,
            folder=folder,
        )
        try:
            yield bench, driver
        finally:
            with suppress(SutLost, DriverError, TimeoutError, OSError):
                bench.stop()
        if bench.unforeseen:
            raise bench.unforeseen[0]


def check_adapter(
    sut: SutFile, *, role: str, profile: Profile, profile_folder: Path | None, seed: int
) -> Checked:
    """Try an adapter and what is behind it. Raises as ``attached``."""
    with attached(sut, role=role, profile=profile, profile_folder=profile_folder, seed=seed) as (
        bench,
        driver,
    ):
        talk = Talk(bench, driver, own_process=sut.driver.kind in OWN_PROCESS)
        greeted = talk.greet()
        if greeted.status == "failed":
            return Checked((greeted,))
        findings = [greeted, *talk.try_all(), *System(bench, seed=seed).try_all(), talk.part()]
    order = [*CONVERSATION, *SYSTEM]
    return Checked(tuple(sorted(findings, key=lambda found: order.index(found.check))))
