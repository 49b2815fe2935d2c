"""Rehearsing a scenario without any system: which requests it will put to a person.

The sentences run against a bench on which nothing passes. What a later request takes from a
telegram that arrives is not known then; a rehearsal goes on behind such a place and says so.
"""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps.bench.faultplan import FaultPlan
from steps.bench.journal import Journal
from steps.catalogue import load_catalogue
from steps.clock import today as real_today
from steps.drivers.operator.driver import OperatorDriver
from steps.drivers.operator.lexicon import lexicon_of
from steps.drivers.operator.reading import Answer
from steps.drivers.protocol import Reply
from steps.errors import looked_at
from steps.events import load_events
from steps.index import definition_of
from steps.pixit import WAITS
from steps.residents import Residents
from steps.scene import NotCovered, Scene
from steps.world import World
from telegram_specs.network import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_bdd.parser import Step

    from steps.cases import CaseId
    from steps.drivers.operator.form import Task
    from steps.pixit import Pixit
    from steps.register import Register
    from telegram_specs import Profile

__all__ = ["Rehearsal", "Rehearsed"]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a scenario asks of a person.

    Attributes:
        tasks: the requests, in their order.
        whole: False when some of it depends on telegrams that arrive.
        covered: False when a person cannot do what the scenario needs.
    """

    tasks: tuple[Task, ...]
    whole: bool = True
    covered: bool = True


class _Anything(dict[str, Any]):
    """Data that nobody has seen yet: every member is there, and empty."""

    def __missing__(self, key: str) -> _Anything:
        return _Anything()

    def __str__(self) -> str:
        return ""


@dataclass(slots=True)
class _Notepad:
    """Stands in for desk and session: notes the requests and says that they were done."""

    tasks: list[Task] = field(default_factory=list)

    def ask(self, task: Task) -> Answer:
        self.tasks.append(task)
        return Answer("ok", data=_Anything())

    def note(self, kind: str, **members: Any) -> None:
        """Keep nothing."""


class _StillBench:
    """A bench on which nothing passes; the requests go to the notepad."""

    def __init__(self, role: str, pixit: Pixit, driver: OperatorDriver) -> None:
        self.role = role
        self.parts = frozenset(parts_of(role))
        self.pixit = pixit
        self.driver = driver
        self.counterpart = None
        self.journal = Journal()
        self.plan = FaultPlan()
        self._today = real_today()

    def inside(self, role: str) -> bool:
        return role not in self.parts

    def under_test(self, role: str) -> bool:
        return role in self.parts

    def act(self, role: str, action: str, args: Mapping[str, Any]) -> Reply:
        return self._put(role, "trigger", {"action": action, "args": args})

    def observe(self, role: str, what: str, args: Mapping[str, Any]) -> Reply:
        return self._put(role, "observe", {"what": what, "args": args})

    def provision(self, role: str, kind: str, args: Mapping[str, Any]) -> Reply:
        return self._put(role, "provision", {"kind": kind, "args": args})

    def set_date(self, role: str, date: str) -> Reply:
        return self._put(role, "clock", {"args": {"date": date}})

    def set_date_everywhere(self, date: str) -> Reply:
        self._today = dt.date.fromisoformat(date)
        return self.set_date(self.role, date)

    def advance_everywhere(self, minutes: int) -> Reply:
        return self._put(self.role, "clock", {"args": {"minutes": minutes}})

    def today(self) -> dt.date:
        return self._today

    def quiesce(self) -> bool:
        return True

    def check_reachable(self) -> None: ...

    def take_down(self, role: str) -> None: ...

    def bring_up(self, role: str) -> None: ...

    def release(self, telegram: str) -> None: ...

    def new_token(self, role: str, provider: str) -> None: ...

    def _put(self, role: str, verb: str, body: Mapping[str, Any]) -> Reply:
        if self.inside(role):
            return Reply("ok", handle=role, data=_Anything())
        return self.driver.command(verb, body, within=0)


class Rehearsal:
    """Rehearses the scenarios of a role, with the people that a seed gives."""

    def __init__(
        self, *, role: str, pixit: Pixit, profile: Profile, register: Register, seed: int
    ) -> None:
        self._role = role
        # Nothing comes, so nothing is waited for.
        self._pixit = pixit.model_copy(update=dict.fromkeys(WAITS, 0.0))
        self._profile = profile
        self._register = register
        self._residents = Residents(seed, pixit.codes())
        self._lexicon = lexicon_of(profile, load_catalogue())

    def of(self, case: CaseId, sentences: list[Step]) -> Rehearsed:
        """Return what the sentences of a case ask for."""
        notes: Any = _Notepad()
        driver = OperatorDriver(
            desk=notes, session=notes, lexicon=self._lexicon, addresses={}, product={}
        )
        driver.stand_by(parts_of(self._role))
        bench: Any = _StillBench(self._role, self._pixit, driver)
        world = World(
            bench, self._profile, self._register, load_events(), self._residents, frozenset()
        )
        scene = Scene(world, case.id, case.requirement)
        functions = (definition_of(each.type, each.name).function for each in sentences)
        scene.asks_errors = looked_at(functions)
        whole = True
        for sentence in sentences:
            try:
                _say(scene, sentence)
            except NotCovered:
                return Rehearsed(tuple(notes.tasks), whole=whole, covered=False)
            except Exception:  # noqa: BLE001 - whatever it lacks, it would have come by telegram
                whole = False
        return Rehearsed(tuple(notes.tasks), whole=whole)


def _say(scene: Scene, sentence: Step) -> None:
    """Carry one sentence out. Raises LookupError when no function reads it."""
    definition = definition_of(sentence.type, sentence.name)
    known = {**(definition.parse(sentence.name) or {}), "scene": scene}
    wanted = inspect.signature(definition.function).parameters
    definition.function(**{name: known[name] for name in wanted if name in known})
