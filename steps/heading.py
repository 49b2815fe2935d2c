"""The heading of a run: what the first line of its results says."""

from __future__ import annotations

import datetime as dt
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.model import Header
from steps.attach.stamp import UNCHECKED, is_stamped
from steps.bench.security import Security
from steps.version import SUITE
from telegram_specs.network import LINKS, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.expectations import Expectations
    from steps.bench.network import Bench
    from steps.drivers.protocol import Greeting
    from steps.pair import Systems
    from steps.register import Register
    from steps.sut import SutFile
    from telegram_specs import Profile

__all__ = ["Heading"]


@dataclass(slots=True)
class Heading:
    """What is known of a run before its first case.

    Attributes:
        fault: the seeded fault or the variant of the reference.
        selected: ids of the cases.
        complete: True when they are all of the role.
    """

    systems: Systems
    register: Register
    profile: Profile
    profile_folder: Path | None
    seed: int
    fault: str | None
    selected: tuple[str, ...] = ()
    complete: bool = False
    expectations: Expectations | None = None

    def header(self, bench: Bench | None) -> Header:
        """Return the first line, with what the systems have said of themselves so far."""
        sut, greeting = self.systems.sut, bench.sut.greeting if bench else None
        secret = {"client_secret", "gyomu_client_secret"}
        return Header(
            suite=SUITE,
            created=dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds"),
            profile=self._profile(),
            sut=_product(sut, greeting) | _file(sut),
            adapter=dict(greeting.adapter) if greeting else {},
            counterpart=self._counterpart(bench),
            role=self.systems.role,
            driver=sut.driver.kind,
            ics=sut.ics,
            pixit=sut.pixit.model_dump(mode="json", exclude=secret),
            seed=self.seed,
            fault=self.fault,
            selected=self.selected,
            requirements=tuple(self.register),
            complete_selection=self.complete,
            environment={"python": platform.python_version(), "platform": platform.system()},
            marks=tuple(self._marks()),
            expectations=self.expectations,
        )

    def _profile(self) -> dict[str, str]:
        profile, folder = self.profile, self.profile_folder
        return {
            "id": profile.id,
            "edition": profile.edition,
            "label": profile.label,
            "status": profile.status,
            "digest": profile.digest,
            **({"folder": str(folder)} if folder else {}),
        }

    def _marks(self) -> Iterator[str]:
        """Yield what the claim is to be read with."""
        parts = parts_of(self.systems.role)
        for link, spoken in Security(self.systems.pixit, parts, {}).links(parts).items():
            if spoken == "plain" and LINKS[link].wire == "http":
                yield f"plain_http:{link}"
        file = self.systems.sut.file
        if file and not is_stamped(file, role=self.systems.role):
            yield UNCHECKED

    def _counterpart(self, bench: Bench | None) -> dict[str, Any] | None:
        """Return what is said of the counterpart, None where there is none."""
        known, party = self.systems.counterpart, bench.counterpart if bench else None
        if known is None or party is None:
            return None
        return {
            "product": _product(known.sut, party.greeting),
            **_file(known.sut),
            "role": known.role,
            "adapter": dict(party.greeting.adapter) if party.greeting else {},
            "driver": known.sut.driver.kind,
        }


def _product(sut: SutFile, greeting: Greeting | None) -> dict[str, str]:
    """Return name and version of a system; what it says of itself wins."""
    product = {"name": sut.product.name, "version": sut.product.version or SUITE}
    return product | (dict(greeting.sut) if greeting else {})


def _file(sut: SutFile) -> dict[str, str]:
    """Return the sut.yaml of a system by which it is found again from here, if it has one."""
    if sut.file is None:
        return {}
    here = Path.cwd()
    inside = sut.file.is_relative_to(here)
    return {"file": str(sut.file.relative_to(here) if inside else sut.file)}
