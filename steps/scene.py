"""The scene of one scenario: who is in it, what was done, what is to be judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.verdict import Obstacle, ObstacleKind
from steps.catalogue import load_catalogue
from steps.judge.court import Decision, Pending, try_case
from steps.judge.leaks import spent_numbers
from steps.judge.model import Evidence
from steps.judge.selection import belongs_to
from steps.judge.standing import standing_of
from steps.judge.values import is_bent, items, scrub
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from reports.transcript import Record
    from steps.bench.network import Bench
    from steps.catalogue import Kind
    from steps.drivers.protocol import Reply
    from steps.residents import Household, Person
    from steps.world import World

__all__ = ["NotCovered", "Scene", "Unprepared"]

IDENTIFYING = frozenset(
    {
        "juminhyo_code",
        "individual_number",
        "addressee_number",
        "integrated_number",
        "acquisition_number",
    }
)
"""Items by which one telegram about a person leads to the others."""

GATHERED = "gathered_differences"
"""ICS option: differences are gathered and provided every few minutes."""

NETWORK = "network"
"""Stands in the list of moved clocks for all of them."""

JUDGES_REPLIES = frozenset(
    {
        "reply_is",
        "sent_again",
        "alert_shown",
        "text_kept",
        "codes_usable",
        "none_outside",
        "rejected_or_observed",
    }
)
"""Rules that a refused operation does not leave without ground."""

RESTS_ON_OBSERVATION = frozenset({"observed_is", "error_listed", "history_grows"})
"""Rules that rest on the latest observation and on nothing else."""


class Unprepared(Exception):  # noqa: N818 - it is what happened, not a defect of ours
    """A precondition of the scenario could not be brought about."""


class NotCovered(Exception):  # noqa: N818 - likewise
    """The system, its adapter or the set-up cannot do what the scenario needs."""

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
        falls_due: True when what was done has an effect on a later day.
    """

    def __init__(self, world: World, case_id: str, requirement: str) -> None:
        self.world = world
        self.bench: Bench = world.bench
        self.case_id = case_id
        self.requirement = requirement
        self.households: dict[str, Household] = {}
        self.people: dict[str, Person] = {}
        self.start = len(self.bench.journal.records)
        self.window: int | None = None
        self.obstacles: list[Obstacle] = []
        self.disturbed = False
        self.moved_clocks: list[str] = []
        self.falls_due = False
        self._lasting: list[tuple[str, str, dict[str, Any]]] = []
        self.filed: dict[str, tuple[str, str]] = {}
        self._pending: list[Pending] = []
        self._events: set[str] = set()
        self._replies: dict[str, dict[str, Any]] = {}
        self._observed: dict[str, str] = {}
        self._facts: dict[str, list[str]] = {}
        self._gap: NotCovered | None = None  # of the latest observation

    # -- doing -----------------------------------------------------------------------------------

    def stimulate(self) -> None:
        """Begin the window that is judged, at the first event of the scenario."""
        if self.window is None:
            self.window = len(self.bench.journal.records)

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
        self._lasting.append((role, action, args))

    def put_back(self) -> None:
        """End the settings that would outlast the case. Raises SutLost."""
        for role, action, args in self._lasting:
            self.bench.act(role, action, args)
        if self._lasting:
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
        before = self.today()
        reply = self.bench.advance_everywhere(minutes)
        if self.today() != before:
            self.moved_clocks.append(NETWORK)
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
        self._gap = self._unsupported(reply, f"observe {what}")
        return reply.data if reply.ok else None

    def _known(self, kind: Kind, role: str, name: str, args: Mapping[str, Any]) -> None:
        """Ask a system under test only for what stands in the catalogue. Raises LookupError."""
        if not self.bench.inside(role):
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

    def _unsupported(self, reply: Reply, what: str, option: str | None = None) -> NotCovered | None:
        """Return what an answer means that says "unsupported", None for every other."""
        if reply.status != "unsupported":
            return None
        kind = ObstacleKind.UNSUPPORTED_ADAPTER
        if reply.scope == "sut":
            agreed = option is not None and option not in self.world.ics
            kind = ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS if agreed else ObstacleKind.DRIFT
        return NotCovered(f"{what}: {scrub(reply.reason) or 'not supported'}", kind)

    # -- waiting ---------------------------------------------------------------------------------

    def wait(self, found: Callable[[Record], bool]) -> Record | None:
        """Wait for a record of the window; the system is asked for signs of life before None.

        Raises SutLost when there are none.
        """
        since = self.window if self.window is not None else self.start
        pixit, ours = self.bench.pixit, Evidence(self.bench.parts, ())

        def here(record: Record) -> bool:
            return not ours.elsewhere(record) and found(record)

        record = self.bench.journal.wait(here, since=since, within=pixit.send_within)
        if record is None:
            self.bench.quiesce()
            record = self.bench.journal.wait(here, since=since, within=0)
        if record is None:
            self.bench.check_reachable()
        return record

    def await_telegram(self, telegram: str, person: str | None = None, count: int = 1) -> None:
        """Wait until so many telegrams of a kind were seen, or nothing more is to be expected."""
        seen: set[int] = set()

        def enough(record: Record) -> bool:
            wanted = record.telegram == telegram and record.on_wire
            if wanted and (person is None or belongs_to(record, self.identify(person))):
                seen.add(record.seq)
            return len(seen) >= count

        self.wait(enough)

    def await_notice(self, entry: str) -> None:
        """Wait for a 本人確認情報 of one kind of change."""
        self.wait(
            lambda r: r.telegram == "identity_notice" and (r.values or {}).get("entry") == entry
        )

    def await_numbered(self, count: int) -> None:
        """Wait for so many 本人確認情報 that carry a number."""
        seen: set[int] = set()

        def enough(record: Record) -> bool:
            if record.telegram == "identity_notice" and (record.values or {}).get(
                "individual_number"
            ):
                seen.add(record.seq)
            return len(seen) >= count

        self.wait(enough)

    def quiet(self) -> None:
        """Wait until nothing is under way, so that an absence means something.

        Raises SutLost when the system does not answer; that it still listens is looked at once,
        when the case ends.
        """
        if not self.bench.quiesce():
            text = "電文の往来が静まらなかった"
            self.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))

    # -- people ----------------------------------------------------------------------------------

    def identify(self, person: str) -> set[str]:
        """Return every text by which telegrams of this scenario are known to be about a person."""
        known = self.people[person].identifiers
        grown = True
        while grown:
            grown = False
            for record in self.bench.journal.records[self.start :]:
                if is_bent(record) or not belongs_to(record, known):
                    continue
                # What stands in a list is about several people, who are not one another.
                fresh = {text for path, text in items(record) if path in IDENTIFYING and text}
                if not fresh <= known:
                    known |= fresh
                    grown = True
        return known

    def learn(self, person: str) -> Mapping[str, Any] | None:
        """Ask the resident record system for a person, and know it by what it tells."""
        child = self.people[person]
        data = self.observe("juki", "resident", {"handle": child.handle}) if child.handle else None
        for item in IDENTIFYING:
            if data and data.get(item):
                child.identifiers.add(str(data[item]))
        return data

    def look_at_errors(self, role: str = "juki") -> None:
        """Ask what errors the staff of a role can see, and keep it for the judge."""
        data = self.observe(role, "errors", {})
        if data is not None:
            self.fact("shown_errors", [str(line["telegram"]) for line in data.get("errors", ())])

    def seen_of(self, person: str, telegram: str, item: str) -> list[str]:
        """Return the texts of an item in the telegrams about a person, in their order."""
        known = self.identify(person)
        found = (
            str((record.values or {}).get(item, ""))
            for record in self.bench.journal.records[self.start :]
            if record.telegram == telegram and not is_bent(record) and belongs_to(record, known)
        )
        return [text for text in dict.fromkeys(found) if text]

    def seen_of_last(self, telegram: str, item: str) -> str:
        """Return the text of an item in the last telegram of a kind, empty without one."""
        for record in reversed(self.bench.journal.records[self.start :]):
            if record.telegram == telegram:
                return str((record.values or {}).get(item, ""))
        return ""

    def integrated_number_of(self, person: str) -> str | None:
        """Return the number that was notified after the person's addressee request."""
        known = self.identify(person)
        asked = False
        for record in self.bench.journal.records[self.start :]:
            if record.telegram == "addressee_request" and belongs_to(record, known):
                asked = True
            if asked and record.telegram == "integrated_number_notice" and record.values:
                return str(record.values["integrated_number"])
        return None

    def numbers_and_codes(self) -> list[str]:
        """Return every individual number and juminhyo code seen in the scenario."""
        return sorted(
            {
                text
                for record in self.bench.journal.records[self.start :]
                for path, text in items(record)
                if path.rpartition(".")[2] in {"individual_number", "juminhyo_code"} and text
            }
        )

    def secrets(self) -> set[str]:
        """Return what the scenario knows of its people and may not be shown."""
        facts = self.evidence().facts
        listed = ("designated", "in_use", "held_numbers", "private")
        people = (text for known in facts["people"].values() for text in known["identifiers"])
        return {*people, *(text for kind in listed for text in facts[kind])} - {""}

    def sender_of(self, telegram: str) -> str:
        """Return the role that sends a telegram, the one under test when there are several."""
        return self.evidence().sender_of(telegram)

    def code_of(self, telegram: str, item: str, meaning: str) -> str:
        """Return the code that has a meaning in an item's code list. Raises LookupError."""
        spec = self.world.profile.spec(telegram)
        codes = next(f.codes for p, _, f in leaves(spec.fields) if p == item)
        found = [code for code, text in (codes or {}).items() if text == meaning]
        if not found:
            raise LookupError(f"「{meaning}」 is no value of 「{spec.labels[item]}」")
        return found[0]

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
        self._pending.append(Pending(self.requirement, rule, params, start))

    def close_window(self) -> None:
        """End the windows of what was asked so far; what comes later is not judged by it."""
        end = len(self.bench.journal.records)
        self._pending = [
            replace(item, end=end) if item.end is None else item for item in self._pending
        ]

    def evidence(self) -> Evidence:
        """Return what was seen so far, with all that the harness knows."""
        records = self.bench.journal.records
        heads = [household.head for household in self.households.values()]
        people = {name: {"identifiers": sorted(self.identify(name))} for name in self.people}
        return Evidence(
            parts=self.bench.parts,
            records=records,
            start=self.start,
            facts={
                "people": people,
                "designated": sorted(self.world.designated()),
                "in_use": [head["juminhyo_code"] for head in heads],
                "held_numbers": [head["individual_number"] for head in heads],
                "private": [head["name"] for head in heads],
                "spent_acquisition_numbers": spent_numbers(records),
                "replies": self._replies,
                "observed": self._observed,
                "disturbed": self.disturbed,
                **self._facts,
            },
            senders={spec.id: spec.sender for spec in self.world.profile.specs.values()},
        )

    def decide(self) -> Decision:
        """Judge all that was asked for, and what every scenario is judged by."""
        role = self.bench.role
        pending = [*self._pending, *self._standing(role)]
        decision = try_case(pending, self.evidence(), self.world.register, role)
        done = {"ok", "pending"}
        refused = [key for key, reply in self._replies.items() if reply["status"] not in done]
        if refused and not any(item.rule in JUDGES_REPLIES for item in self._pending):
            # What was refused could not be followed by anything: its absence shows nothing.
            decision.findings = [f for f in decision.findings if f.evidence is not None]
            text = f"操作が行われなかった: {', '.join(refused)}"
            decision.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
        return decision

    def _standing(self, role: str) -> list[Pending]:
        start = self.start
        rows = standing_of(role)
        allowed = self.world.events.allowed(role, self._events)
        once = self.world.events.once(role, self._events)
        rows.append(("COMMON-017", "closed_world", {"allowed": allowed, "once": once}))
        return [
            Pending(requirement, rule, params, start, standing=True)
            for requirement, rule, params in rows
        ]

    # -- ends ------------------------------------------------------------------------------------

    def note_missed_disturbances(self) -> None:
        """Note the planned faults that met no telegram: what was to be tested never was."""
        for planned in self.bench.plan.unused():
            label = self.world.profile.spec(planned.telegram).label
            text = f"計画した障害が起きなかった: 「{label}」（{planned.ja}）"
            self.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))

    def lost(self, error: Exception) -> None:
        """Note that the system was lost."""
        self.obstacles.append(Obstacle(ObstacleKind.SUT_LOST, scrub(str(error))))
