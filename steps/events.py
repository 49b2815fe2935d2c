"""Events and their telegrams: ``features/events/*.yaml`` as data for judge and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from steps.register import FEATURES
from telegram_specs import SpecError
from telegram_specs.engine.document import locate, problem, read_map
from telegram_specs.engine.model import Model, check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Events", "load_events"]


class _Sends(Model):
    """What one role sends because of an event."""

    required: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


class _Event(Model):
    """One event."""

    id: str
    ja: str
    ref: str
    juki: _Sends = _Sends()
    cs: _Sends = _Sends()
    atena: _Sends = _Sends()
    chukan: _Sends = _Sends()
    shinsei: _Sends = _Sends()

    def of(self, role: str) -> _Sends:
        """Return what a role sends."""
        sends: _Sends = getattr(self, role)
        return sends


class _File(Model):
    """The whole table."""

    always: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    events: tuple[_Event, ...] = ()


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
        """Return the telegrams whose content is not repeated under another serial.

        Another event of the scenario may send the same once more, unless it says so, too.
        """
        sends = [self.by_id[event].of(role) for event in events]
        found = dict.fromkeys(name for one in sends for name in one.once)
        return tuple(
            name
            for name in found
            if all(name in one.once or name not in (*one.required, *one.permitted) for one in sends)
        )


def load_events(folder: Path = FEATURES / "events") -> Events:
    """Read the table. SpecError names file:line for whatever is wrong."""
    always: dict[str, tuple[str, ...]] = {}
    events: dict[str, _Event] = {}
    for path in sorted(folder.glob("*.yaml")):
        root = read_map(path, path.name)
        file = check(_File, root)
        always |= file.always
        for number, event in enumerate(file.events):
            if event.id in events:
                here = locate(root, ("events", number, "id"))
                raise SpecError(problem(*here, "given twice", "an id of its own", event.id))
            events[event.id] = event
    return Events(always, events)
