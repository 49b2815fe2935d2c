"""The hearing of a capture: the judge's rules, applied to stretches of it as they pass.

A rule sees a stretch and what passed shortly before. What may lie far apart - one value twice, the
order of a person's telegrams, the request of a late result - is brought together by digests, and
judged by the same rules.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reports.masking import mask_finding
from reports.model import Finding
from reports.private import marked
from steps.capture.episodes import Episodes
from steps.capture.memory import Digests, Requests, Serials, UniqueValues, slim
from steps.capture.outcome import Outcome, Proof
from steps.judge import court  # noqa: F401 - enters every rule into the table
from steps.judge.captured import ORDERS, UNIQUES, Row, judged_at_all, rows_of, wanted
from steps.judge.leaks import spent_numbers, telling
from steps.judge.model import RULES, Breach, Evidence
from steps.judge.notices import FORMER
from steps.judge.values import is_bent, items, value_of
from telegram_specs import mask
from telegram_specs.network import SUT_ROLES, parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reports.model import Requirement
    from reports.transcript import Record
    from steps.capture.model import Trouble
    from steps.capture.records import Seen
    from steps.register import Register
    from telegram_specs import Profile

__all__ = ["Hearing"]

STRETCH, BEFORE = 400, 800
"""Telegrams judged at a time, and those before them that are looked at, too."""

NUMBERS = re.compile("[0-9０-９]{11,}")
HOLES = frozenset({"gap", "half", "truncated", "unreadable", "fragment"})


@dataclass(frozen=True, slots=True)
class _Bench:
    """One role's part: its parts, and the rows that bind it with the codes they ask for."""

    role: str
    parts: frozenset[str]
    rows: tuple[tuple[Row, Mapping[str, frozenset[str]]], ...]


@dataclass(frozen=True, slots=True)
class _View:
    """What the rules see of a stretch.

    Attributes:
        records: numbered from 1; those from position ``start`` on are judged.
        numbers: the number of each in the capture.
        start: position of the first one of the stretch.
        doubtful: records that refer to something that the capture need not hold.
        by_seq: what was seen, by its number in the capture.
    """

    records: tuple[Record, ...]
    numbers: Sequence[int]
    start: int
    doubtful: frozenset[int]
    by_seq: Mapping[int, Seen]


class Hearing:
    """Judges what it is shown; `outcome` grows with it. Call `close` at the end."""

    def __init__(
        self, profile: Profile, register: Register, roles: Sequence[str] = SUT_ROLES
    ) -> None:
        self._register, self._roles = register, tuple(roles)
        bound = tuple(
            one for one in register if any(register.binds(one.id, role) for role in roles)
        )
        self.outcome = Outcome(self._roles, bound, judged_at_all(profile, self._roles))
        self._benches = tuple(self._bench(role, profile) for role in roles)
        self._sought = frozenset(
            kind
            for bench in self._benches
            for row, _ in bench.rows
            for kinds in ("kinds", "other_kinds")
            for kind in row.params.get(kinds, ())
        )
        digest = Digests()
        self._uniques = tuple(UniqueValues(unique, profile, digest) for unique in UNIQUES)
        self._episodes = tuple(Episodes(order, digest) for order in ORDERS)
        self._serials, self._requests = Serials(digest), Requests()
        self._stretch: list[Seen] = []
        self._before: deque[Seen] = deque(maxlen=BEFORE)
        self._told: deque[Mapping[str, set[str]]] = deque(maxlen=1 + BEFORE // STRETCH)
        self._wrong: list[Record] = []
        self._senders = {spec.id: spec.sender for spec in profile.specs.values()}

    def _bench(self, role: str, profile: Profile) -> _Bench:
        rows = [
            row for row in rows_of(role, profile) if self._register.binds(row.requirement, role)
        ]
        asked = tuple(
            (row, wanted(profile, str(row.params.get("telegram")), row.where)) for row in rows
        )
        return _Bench(role, frozenset(parts_of(role)), asked)

    def trouble(self, trouble: Trouble) -> None:
        """Take note of what could not be read."""
        self.outcome.trouble(trouble)
        self._serials.holes = self._serials.holes or trouble.kind in HOLES

    def take(self, seen: Seen) -> None:
        """Judge the next telegram, at the latest when the stretch is full."""
        self.outcome.telegrams[seen.record.telegram or ""] += 1
        self._stretch.append(seen)
        if len(self._stretch) >= STRETCH:
            self._judge()

    def close(self) -> Outcome:
        """Judge what is left and return what the capture showed."""
        if self._stretch:
            self._judge()
        return self.outcome

    # -- a stretch -------------------------------------------------------------------------------

    def _judge(self) -> None:
        for seen in self._stretch:
            self._serials.take(seen.record)
        for seen in self._stretch:
            self._requests.take(seen.record)
            self._judge_values(seen)
            self._judge_episodes(seen)
        view = self._view()
        facts = {"spent_acquisition_numbers": spent_numbers(view.records), "seen": self._telling()}
        for bench in self._benches:
            for row, codes in bench.rows:
                self._judge_row(bench, row, codes, view, facts)
        self._remember_wrong()
        self._before.extend(self._stretch)
        self._stretch = []

    def _telling(self) -> Mapping[str, frozenset[str]]:
        """Return the texts of the stretch and of those before it that may not turn up elsewhere."""
        fresh: defaultdict[str, set[str]] = defaultdict(set)
        for seen in self._stretch:
            for item, text in telling(seen.record):
                if item in self._sought:
                    fresh[item].add(text)
        self._told.append(fresh)
        return {
            item: frozenset().union(*(told.get(item, ()) for told in self._told))
            for item in self._sought
        }

    def _view(self) -> _View:
        """Return what passed shortly before, what the stretch refers to, and the stretch."""
        earlier: list[Record] = list(self._wrong)
        unsure: set[int] = set()
        for seen in self._stretch:
            record = seen.record
            named = value_of(record, "ref_serial")
            if record.answers or not named.strip("0"):
                continue
            if self._serials.known(record, named):
                said = {"serial": named}
                earlier.append(
                    replace(slim(record, said), sender="", receiver=record.sender, telegram=None)
                )
            elif not self._serials.can_tell(record, named):
                unsure.add(record.seq)
        known = [seen.record for seen in self._before]
        everything = [*earlier, *known, *(seen.record for seen in self._stretch)]
        place_of = {
            record.seq: number
            for number, record in enumerate(everything, 1)
            if number > len(earlier)
        }
        records = tuple(
            replace(record, seq=number, answers=place_of.get(record.answers or 0), case_id=None)
            for number, record in enumerate(everything, 1)
        )
        # Answers whose request is out of sight are looked at by nobody as requests.
        lost = {r.seq for r in everything if r.answers and r.answers not in place_of}
        doubtful = frozenset(place_of[seq] for seq in unsure | lost if seq in place_of)
        numbers = [record.seq for record in everything]
        by_seq = {seen.record.seq: seen for seen in (*self._before, *self._stretch)}
        return _View(records, numbers, len(earlier) + len(known), doubtful, by_seq)

    def _judge_row(
        self,
        bench: _Bench,
        row: Row,
        codes: Mapping[str, frozenset[str]],
        view: _View,
        facts: Mapping[str, Any],
    ) -> None:
        records, start = view.records, view.start
        evidence = Evidence(bench.parts, records, start, facts, self._senders)
        if codes:
            chosen = tuple(
                record
                for record in records[start:]
                if all(value_of(record, item) in known for item, known in codes.items())
            )
            evidence = replace(evidence, records=chosen, start=0)
        result = RULES[row.rule](evidence, **row.params)
        fresh = [b for b in result.breaches if (b.seq or 0) > start]
        if row.rule == "correlated":
            fresh = [breach for breach in fresh if breach.seq not in view.doubtful]
        if row.rule == "former_number_told" and self._serials.holes:
            # What was told last may be what was lost; that one number was known is sure.
            fresh = [one for one in fresh if one.wanted and not _former(records, one)]
        looked = {seq for seq in result.looked_at if seq > start}
        told = {seq: view.by_seq[view.numbers[seq - 1]] for seq in looked}
        if only := row.params.get("only"):
            told = {seq: seen for seq, seen in told.items() if _has(seen.record, only)}
        own = sum(s.judged and s.record.sender in bench.parts for s in told.values())
        found = [(breach, view.by_seq[view.numbers[(breach.seq or 0) - 1]]) for breach in fresh]
        self._enter(row.requirement, bench.parts, own, found)

    # -- far apart -------------------------------------------------------------------------------

    def _judge_values(self, seen: Seen) -> None:
        record = seen.record
        for values in self._uniques:
            if not values.about(record):
                continue
            unique = values.unique
            count, twice, earlier = values.look(record, self._requests.of(record))
            breaches: Sequence[Breach] = ()
            if twice:
                records = (*earlier, replace(record, answers=None))
                evidence = Evidence(frozenset({record.sender}), records)
                params = {"telegram": unique.telegram, "item": unique.item, "words": unique.words}
                breaches = RULES["items_distinct"](evidence, **params).breaches
            for bench in self._bound(unique.requirement, record.sender):
                found = [(breach, seen) for breach in breaches]
                self._enter(unique.requirement, bench.parts, int(count > 0 and seen.judged), found)

    def _judge_episodes(self, seen: Seen) -> None:
        for episodes in self._episodes:
            for requirement, result, told in episodes.take(seen):
                found = [(breach, told[(breach.seq or 0) - 1]) for breach in result.breaches]
                for sender in {breach.sender for breach in result.breaches} or {"juki"}:
                    for bench in self._bound(requirement, sender):
                        self._enter(requirement, bench.parts, int(told[-1].judged), found)

    def _bound(self, requirement: str, sender: str) -> Iterator[_Bench]:
        """Yield the role of a sender, if the requirement binds it."""
        for bench in self._benches:
            if sender in bench.parts and self._register.binds(requirement, bench.role):
                yield bench

    # -- what comes of it ------------------------------------------------------------------------

    def _enter(
        self,
        requirement: str,
        parts: frozenset[str],
        observed: int,
        found: Iterable[tuple[Breach, Seen]],
    ) -> None:
        tally = self.outcome.tally(requirement)
        tally.observed += observed
        for breach, seen in found:
            if breach.sender in parts and seen.judged and not is_bent(seen.record):
                tally.add(_proof(breach, seen, self._register[requirement]))

    def _remember_wrong(self) -> None:
        """Keep which texts with a wrong check digit were shown first, and by whom."""
        for seen in self._stretch:
            record = seen.record
            faults = tuple(f for f in record.faults if f.rule == "check" and f.field)
            if faults and len(self._wrong) < BEFORE:
                said = {str(f.field): value_of(record, str(f.field)) for f in faults}
                self._wrong.append(replace(slim(record, said), faults=faults))


def _has(record: Record, names: Collection[str]) -> bool:
    """Tell whether one of these items is filled in a record."""
    return any(text and path.rpartition(".")[2] in names for path, text in items(record))


def _veiled(text: str) -> str:
    """Mask what is as long as a number of a person; a serial is shorter."""
    return NUMBERS.sub(lambda found: mask(found[0]), text)


def _proof(breach: Breach, seen: Seen, requirement: Requirement) -> Proof:
    """Return a breach as it may be shown."""
    record, where = seen.record, breach.place
    finding = Finding(
        requirement.id,
        requirement.level,
        requirement.rank,
        breach.expected,
        breach.actual,
        where,
        requirement.source,
        record.seq,
        breach.label,
        breach.note,
    )
    shown = mask_finding(finding, marked(record))
    return Proof(
        origin=seen.origin,
        record=record.seq,
        sender=breach.sender,
        telegram=record.telegram or "",
        label=record.label or "",
        field=where.field if where else None,
        field_label=breach.label,
        offset=where.offset if where else None,
        length=where.length if where else None,
        expected=_veiled(shown.expected),
        actual=_veiled(shown.actual),
        note=None if shown.note is None else _veiled(shown.note),
    )


def _former(records: Sequence[Record], breach: Breach) -> str:
    """Return the former number that the telegram of a breach tells, empty when it tells none."""
    return value_of(records[(breach.seq or 0) - 1], FORMER)
