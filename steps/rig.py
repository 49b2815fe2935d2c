"""The rig of a run: the bench and the systems outside put together, none of it started."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from steps.bench.journal import Journal
from steps.bench.network import Bench
from steps.bench.party import Party
from steps.drivers import make_driver
from steps.drivers.operator.driver import OperatorDriver
from steps.drivers.protocol import CounterpartLost, DriverError, SutLost
from steps.judge.values import scrub
from telegram_specs.network import ROLES

if TYPE_CHECKING:
    from pathlib import Path

    from steps.drivers.operator.words import Lang
    from steps.drivers.protocol import Greeting
    from steps.pair import Systems
    from steps.resume import Left
    from steps.sut import SutFile
    from telegram_specs import Profile

__all__ = ["LOST", "Met", "Rig", "why_lost"]

LOST = (SutLost, DriverError, OSError, TimeoutError)


class Met(NamedTuple):
    """A system that was greeted: its role, what it said, or None and what went wrong."""

    role: str
    greeting: Greeting | None
    why: str = ""


@dataclass(slots=True)
class Rig:
    """What a run puts its systems and its bench together from.

    Attributes:
        systems: those outside the bench.
        profile: the telegram layouts, read from ``profile_folder``.
        seed: of the run; ``part_seed`` is that of what is run of it now.
        folder: for what nobody keeps.
        out: the folder of the results, if there is one.
        left: what the run had done before it was interrupted.
        fault, variant: what is seeded into the reference under test.
        preloaded: True to start the reference faster.
        lang: in which a person is spoken to.
        attended: the driver by which a person is asked, once there is one.
    """

    systems: Systems
    profile: Profile
    profile_folder: Path | None
    seed: int
    part_seed: int
    folder: Path
    out: Path | None
    left: Left | None
    fault: str | None
    variant: str | None
    preloaded: bool
    lang: Lang
    attended: OperatorDriver | None = None

    def meet(self) -> tuple[Met, ...]:
        """Greet the systems outside, the one under test first, and part from them."""
        bench, why = self.bench(Journal()), ""
        try:
            bench.meet()
        except LOST as error:
            why = why_lost(bench, error)
        finally:
            with contextlib.suppress(*LOST):
                bench.stop()
        parties = (bench.sut, bench.counterpart)
        return tuple(
            Met(each.role, each.greeting, "" if each.greeting else why) for each in parties if each
        )

    def bench(self, journal: Journal) -> Bench:
        """Return the network around the system under test, nothing of it started."""
        party, folder = self._party(self.systems.sut, self.systems.role), self.folder
        if isinstance(party.driver, OperatorDriver):
            self.attended = party.driver
            if self.out:
                folder = self.out / "tls"  # the person sets the system up with it
                folder.mkdir(exist_ok=True)
        return Bench(
            profile=self.profile,
            sut=party,
            counterpart=self._counterpart(),
            pixit=self.systems.pixit,
            journal=journal,
            seed=self.part_seed,
            folder=folder,
        )

    def _party(self, sut: SutFile, role: str, *, counterpart: bool = False) -> Party:
        """Return a system with its driver; what was seeded is seeded into the one under test."""
        driver = make_driver(
            sut,
            role=ROLES[role].twin_of or role,
            folder=self.folder / "counterpart" if counterpart else self.folder,
            seed=self.seed + counterpart,
            profile=self.profile,
            profile_folder=self.profile_folder,
            fault=None if counterpart else self.fault,
            variant=None if counterpart else self.variant,
            preloaded=self.preloaded,
            out=self.out,
            lang=self.lang,
            past=self.left.past if self.left and not counterpart else None,
            beside=other.sut.file if (other := self.systems.counterpart) else None,
        )
        return Party(role=role, pixit=sut.pixit, driver=driver, counterpart=counterpart)

    def _counterpart(self) -> Party | None:
        known = self.systems.counterpart
        if known is None:
            return None
        (self.folder / "counterpart").mkdir()
        return self._party(known.sut, known.role, counterpart=True)


def why_lost(bench: Bench, error: Exception) -> str:
    """Say why a system could not be reached, with the last that it said itself."""
    lost = bench.counterpart if isinstance(error, CounterpartLost) else bench.sut
    tail = lost.driver.stderr_tail().splitlines() if lost else []
    return scrub("; ".join([str(error) or type(error).__name__, *tail[-1:]]))
