"""Events and their telegrams: ``features/events.yaml`` as data for judge and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from steps.register import FEATURES
from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Events", "load_events"]


class _Sends(BaseModel):
    """What one role sends because of an event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    required: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


class _Event(BaseModel):
    """One event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    ja: str
    ref: str
    juki: _Sends = _Sends()
    cs: _Sends = _Sends()
    atena: _Sends = _Sends()
    chukan: _Sends = _Sends()

    def of(self, role: str) -> _Sends:
        """Return what a role sends."""
        sends: _Sends = getattr(self, role)
        return sends


class _File(BaseModel):
    """The whole table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: dict[str, tuple[str, ...]]
    events: tuple[_Event, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """The table of events."""

    always: dict[str, tuple[str, ...]]
    by_id: dict[str, _Event]

    def allowed(self, role: str, events: Iterable[str]) -> tuple[str, ...]:
        """Return the telegrams that a role may send in a scenario with these events."""
        found = list(self.always.get(role, ()))
        for event in events:
            sends = self.by_id[event].of(role)
            found += [*sends.required, *sends.permitted]
        return tuple(dict.fromkeys(found))

    def once(self, role: str, events: Iterable[str]) -> tuple[str, ...]:
        """Return the telegrams whose content is not repeated under another serial."""
        found = [name for event in events for name in self.by_id[event].of(role).once]
        return tuple(dict.fromkeys(found))


def load_events(path: Path = FEATURES / "events.yaml") -> Events:
    """Read the table. SpecError names file:line for whatever is wrong."""
    file = check(_File, read_map(path, path.name))
    return Events(file.always, {event.id: event for event in file.events})
