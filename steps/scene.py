"""The scene of one scenario: who is in it, what was done, what is to be judged."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.model import Act
from reports.verdict import Obstacle, ObstacleKind
from steps import sightings
from steps.catalogue import load_catalogue
from steps.counterpart import Counterpart
from steps.drivers.protocol import CounterpartLost
from steps.errors import ErrorLists
from steps.judge.court import RESTS_ON_OBSERVATION, Decision, Pending
from steps.judge.model import Evidence
from steps.judge.standing import standing_rules
from steps.judge.values import scrub
from steps.trial import Trial, senders_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from reports.transcript import Record
    from steps.bench.network import Bench
    from steps.catalogue import Kind
    from steps.drivers.protocol import Reply
    from steps.residents import Household, Person
    from steps.world import World

__all__ = ["NotCovered", "Scene", "Unprepared"]

GATHERED = "gathered_differences"
"""ICS option: differences are gathered and provided every few minutes."""

NETWORK = "network"
"""Stands in the list of moved clocks for all of them."""


class Unprepared(Exception):  # noqa: N818 - it is what happened, not a defect of ours
    """A precondition of the scenario could not be brought about."""


class NotCovered(Exception):  # noqa: N818 - likewise
    """The system, its adapter, the set-up or the profile lacks what the scenario needs."""

    def __init__(self, text: str, kind: ObstacleKind = ObstacleKind.UNSUPPORTED_ADAPTER) -> None:
        super().__init__(text)
        self.kind = kind


class Scene:
    """What the steps of one scenario share.

    Attributes:
        world: what outlives the scenario: bench, residents, register.
        requirement: the scenario's own requirement.
        households: by surname.
        people: by the given name that the feature uses.
        sentence: the one that is being done, from 0.
        falls_due: True when what was done has an effect on a later day.
        trial: what the court was given, None before it decided.
    """

    def __init__(self, world: World, case_id: str, requirement: str) -> None:
        self.world = world
        self.bench: Bench = world.bench
        self.case_id = case_id
        self.requirement = requirement
        self.households: dict[str, Household] = {}
        self.people: dict[str, Person] = {}
        self.sentence = 0
        self.start = len(self.bench.journal.records)
        self.window: int | None = None
        self.obstacles: list[Obstacle] = []
        self.disturbed = False
        self.acts: list[Act] = []
        self.moved_clocks: list[str] = []
        self.falls_due = False
        self.trial: Trial | None = None
        self.filed: dict[str, tuple[str, str]] = {}
        self._pending: list[Pending] = []
        self._events: set[str] = set()
        self._replies: dict[str, dict[str, Any]] = {}
        self._observed: dict[str, str] = {}
        self._facts: dict[str, list[str]] = {}
        self._errors = ErrorLists(self.bench)
        self.asks_errors = True  # whether a sentence will look at them
        self._gap: NotCovered | None = None  # of the latest observation
        self._troubles: list[str] = []  # with the counterpart

    @property
    def records(self) -> tuple[Record, ...]:
        """What was recorded in this scenario."""
        return self.bench.journal.records[self.start :]

    # -- doing -----------------------------------------------------------------------------------

    def stimulate(self) -> None:
        """Begin the window that is judged, at the first event of the scenario.

        What errors are shown by then are older ones, which nothing of the window caused.
        """
        if self.window is None:
            self.window = len(self.bench.journal.records)
            if self.asks_errors:
                self._errors.remember()

    def disturb(self) -> None:
        """Note that the network is disturbed."""
        self.disturbed = True

    @contextmanager
    def doing(self, kind: str, role: str) -> Iterator[None]:
        """Note an act of the bench that no record tells of, where it begins, if it succeeds."""
        begins = len(self.bench.journal.records)
        yield
        self.acts.append(Act(kind, role, begins))

    def happens(self, *events: str) -> None:
        """Note that an event of the table takes place."""
        self._events.update(events)

    def act(
        self, role: str, action: str, key: str, *, option: str | None = None, **args: Any
    ) -> Reply:
        """Let a role act and keep its answer under ``key``; it is judged later, never here.

        ``option`` is the ICS option that the action belongs to, if it is one. Raises NotCovered
        for what cannot be done: the rest of the scenario has no ground then.
        """
        self._known("actions", role, action, args)
        reply = self.bench.act(role, action, args)
        self._replies[key] = {
            "status": reply.status,
            "stage": reply.stage,
            "alerts": list(reply.alerts),
        }
        if reply.status == "error":
            ours = self.bench.inside(role)
            kind = ObstacleKind.HARNESS_ERROR if ours else ObstacleKind.NOT_OBSERVED
            self.obstacles.append(Obstacle(kind, scrub(reply.reason) or reply.status))
        if gap := self._unsupported(reply, action, option):
            raise gap
        return reply

    def prepare(self, role: str, kind: str, args: Mapping[str, Any]) -> Reply:
        """Provision records; whoever cannot leaves the scenario uncovered."""
        self._known("provisions", role, kind, args)
        reply = self.bench.provision(role, kind, args)
        if gap := self._unsupported(reply, f"provision {kind}"):
            raise gap
        if not reply.ok:
            raise Unprepared(f"provision {kind}: {scrub(reply.reason) or reply.status}")
        return reply

    def afterwards(self, role: str, action: str, **args: Any) -> None:
        """Note the action that ends a lasting setting of a role once the case is over."""
        self.world.lasting.append((role, action, args))

    def put_back(self) -> None:
        """End the settings that would outlast the case. Raises SutLost."""
        if self.world.put_back():
            self.quiet()

    def today(self) -> dt.date:
        """Return the current date of the network."""
        return self.bench.today()

    def set_date(self, day: dt.date) -> None:
        """Make a day the current date of the whole network, the system under test included."""
        self.moved_clocks.append(NETWORK)
        reply = self.bench.set_date_everywhere(day.isoformat())
        if gap := self._unsupported(reply, "clock"):
            raise gap
        if not reply.ok:
            raise Unprepared(f"clock: {scrub(reply.reason) or reply.status}")

    def pass_minutes(self, minutes: int) -> None:
        """Let minutes pass in the whole network.

        A system that does not claim to gather differences has nothing to wait for.
        """
        self.moved_clocks.append(NETWORK)
        reply = self.bench.advance_everywhere(minutes)
        if reply.status == "unsupported" and GATHERED in self.world.ics:
            raise NotCovered(f"clock: {scrub(reply.reason) or 'not supported'}")
        if not reply.ok and reply.status != "unsupported":
            raise Unprepared(f"clock: {scrub(reply.reason) or reply.status}")

    def reply_status(self, key: str) -> str:
        """Return the status of the answer that was kept under a key, empty when there is none."""
        return str(self._replies.get(key, {}).get("status", ""))

    def observe(self, role: str, what: str, args: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Ask what a role holds; None when it cannot tell.

        Whoever never can leaves the scenario uncovered once a judgement rests on it.
        """
        self._known("observations", role, what, args)
        reply = self.bench.observe(role, what, args)
        self._gap = self._unsupported(reply, f"observe {what}", role=role)
        return reply.data if reply.ok else None

    def _known(self, kind: Kind, role: str, name: str, args: Mapping[str, Any]) -> None:
        """Ask a system under test only for what stands in the catalogue. Raises LookupError."""
        if self.bench.under_test(role):
            load_catalogue().check(kind, role, name, args)

    def keep(self, key: str, text: str) -> None:
        """Keep something observed, to be judged by ``observed_is``."""
        self._observed[key] = text

    def fact(self, name: str, texts: Sequence[str]) -> None:
        """Make texts known to rules under a name."""
        self._facts[name] = list(texts)

    def facts(self, name: str) -> list[str]:
        """Return the texts under a name, none when there are none."""
        return self._facts.get(name, [])

    def _unsupported(
        self, reply: Reply, what: str, option: str | None = None, *, role: str = ""
    ) -> NotCovered | None:
        """Return what an answer means that says "unsupported", None for every other."""
        if reply.status != "unsupported":
            return None
        kind = ObstacleKind.UNSUPPORTED_ADAPTER
        if reply.scope == "sut" and not self.bench.beside(role):
            # A case of an option is only run where the option is claimed.
            named = option or self.world.register[self.requirement].option
            kind = ObstacleKind.UNSUPPORTED_SUT
            if named:
                claimed = named in self.world.ics
                agreed = ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS
                kind = ObstacleKind.DRIFT if claimed else agreed
        return NotCovered(f"{what}: {scrub(reply.reason) or 'not supported'}", kind)

    # -- waiting ---------------------------------------------------------------------------------

    def quiet(self) -> None:
        """Wait until nothing is under way. Raises SutLost when the system does not answer."""
        if not self.bench.quiesce():
            text = "電文の往来が静まらなかった"
            self.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))

    def at_rest(self) -> None:
        """Wait until nothing is under way at the end, so that an absence means something.

        Raises SutLost when nobody listens any more: the silence of the dead means nothing.
        """
        self.quiet()
        self.bench.check_reachable()

    # -- people ----------------------------------------------------------------------------------

    def identify(self, person: str) -> set[str]:
        """Return every text by which telegrams of this scenario are known to be about a person."""
        return sightings.grow(self.records, self.people[person].identifiers)

    def learn(self, person: str) -> Mapping[str, Any] | None:
        """Ask the resident record system for a person, and know it by what it tells."""
        child = self.people[person]
        data = self.observe("juki", "resident", {"handle": child.handle}) if child.handle else None
        for item in sightings.IDENTIFYING:
            if data and data.get(item):
                child.identifiers.add(str(data[item]))
        return data

    def look_at_errors(self, role: str = "juki") -> None:
        """Ask what errors the staff of a role can see, and keep the new ones for the judge."""
        data = self.observe(role, "errors", {})
        came = None if data is None else self._errors.came(role, data)
        if came is not None:
            self.fact("shown_errors", came)

    def seen_of(self, person: str, telegram: str, item: str) -> list[str]:
        """Return the texts of an item in the telegrams about a person, in their order."""
        return sightings.texts_about(self.records, self.identify(person), telegram, item)

    def integrated_number_of(self, person: str) -> str | None:
        """Return the number that was notified after the person's addressee request."""
        return sightings.integrated_number(self.records, self.identify(person))

    def secrets(self) -> set[str]:
        """Return what the scenario knows of its people and may not be shown."""
        return Trial((), self.evidence()).secrets()

    # -- judging ---------------------------------------------------------------------------------

    def judge(self, rule: str, **params: Any) -> None:
        """Ask for a judgement of the scenario's own requirement over its window.

        Nothing is judged of a system that is not there, nor by what nobody can tell: raises
        SutLost or NotCovered.
        """
        self.bench.check_reachable()
        if self._gap and rule in RESTS_ON_OBSERVATION:
            raise self._gap
        start = self.window if self.window is not None else self.start
        self._pending.append(Pending(self.requirement, rule, params, start, step=self.sentence))

    def close_window(self) -> None:
        """End the windows of what was asked so far; what comes later is not judged by it."""
        end = len(self.bench.journal.records)
        self._pending = [
            replace(item, end=end) if item.end is None else item for item in self._pending
        ]

    def evidence(self) -> Evidence:
        """Return what was seen so far, with all that the harness knows."""
        heads = [household.head for household in self.households.values()]
        people = {name: {"identifiers": sorted(self.identify(name))} for name in self.people}
        facts = {
            "people": people,
            "designated": sorted(self.world.designated()),
            "in_use": [head["juminhyo_code"] for head in heads],
            "held_numbers": [head["individual_number"] for head in heads],
            "private": [head["name"] for head in heads],
            "veiled": sorted(self._veiled()),
            "spent_acquisition_numbers": self.world.spent_acquisition_numbers(),
            "replies": self._replies,
            "observed": self._observed,
            "disturbed": self.disturbed,
            "municipalities": [self.bench.pixit.municipality_code],
            "counterpart": sorted(beside.parts) if (beside := self.bench.counterpart) else (),
            **self._facts,
        }
        return replace(self.seen(), facts=facts)

    def _veiled(self) -> set[str]:
        """Return what nobody may see of the people besides names and numbers."""
        households = [*self.households.values(), *(one.household for one in self.people.values())]
        known = {household.address for household in households}
        known |= {head["furigana"] for household in households if (head := household.head)}
        for person in self.people.values():
            known |= {person.address, person.furigana}
        return known - {""}

    def sender_of(self, telegram: str) -> str:
        """Return the role that sends a telegram, the one under test when there are several."""
        return self.seen().sender_of(telegram)

    def telegrams(self, telegram: str) -> list[Record]:
        """Return the telegrams of one kind since the window began, or else in the scenario."""
        start = self.start if self.window is None else self.window
        return list(replace(self.seen(), start=start).telegrams(telegram))

    def seen(self) -> Evidence:
        """Return what was seen so far, without what the harness knows."""
        senders = senders_of(self.world.profile)
        records = self.bench.journal.records
        return Evidence(self.bench.parts, records, self.start, senders=senders)

    def decide(self) -> Decision:
        """Judge all that was asked for, and what every scenario is judged by."""
        role = self.bench.role
        pending = (*self._pending, *self._standing(role))
        self.trial = Trial(pending, self.evidence(), self._beside())
        return self.trial.decide(self.world.register, role)

    def _beside(self) -> Counterpart | None:
        """Return what is known of the counterpart in this scenario, None where there is none."""
        party = self.bench.counterpart
        if party is None:
            return None
        return Counterpart(
            party.title,
            party.known_as,
            party.parts,
            tuple(position for position in party.acted if position >= self.start),
            frozenset(party.given),
            tuple(self._troubles),
            tuple(self._standing(party.known_as)),
        )

    def _standing(self, role: str) -> list[Pending]:
        events = self.world.events
        allowed, once = events.allowed(role, self._events), events.once(role, self._events)
        rows = standing_rules(role, allowed=allowed, once=once)
        return [Pending(*row, self.start, standing=True) for row in rows]

    # -- ends ------------------------------------------------------------------------------------

    def note_missed_disturbances(self) -> None:
        """Note the planned faults that met no telegram: what was to be tested never was."""
        for planned in self.bench.plan.unused():
            label = self.world.profile.spec(planned.telegram).label
            text = f"計画した障害が起きなかった: 「{label}」（{planned.ja}）"
            self.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))

    def note_trouble(self, error: BaseException | None = None) -> None:
        """Note that the counterpart was lost, by an error that says so or as it is gone."""
        party = self.bench.counterpart
        gone = party is not None and not party.driver.alive()
        if gone or isinstance(error, CounterpartLost):
            self._troubles.append("応答しない" if not gone else "終了した")

    def lost(self, error: Exception) -> None:
        """Note that a system was lost."""
        self.obstacles.append(Obstacle(ObstacleKind.SUT_LOST, scrub(str(error))))
