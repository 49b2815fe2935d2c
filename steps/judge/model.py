"""What a rule takes and gives: evidence in, breaches out. Rules are pure functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram_specs.network import TWINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reports.model import Place
    from reports.transcript import Record

__all__ = ["RULES", "Breach", "Evidence", "Result", "Rule", "rule"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is not as a requirement wants it; texts are masked already.

    Attributes:
        expected: what the requirement asks for.
        actual: what was seen.
        sender: the role that is to blame.
        seq: the record that shows it, None for an absence.
        place: telegram, field and bytes, None where there is no telegram.
        label: the field's Japanese name.
        note: one more sentence for the reader.
        wanted: what would have been right, not masked, where the parameters do not say it.
        found: what was there, not masked, where no place shows it.
    """

    expected: str
    actual: str
    sender: str
    seq: int | None = None
    place: Place | None = None
    label: str | None = None
    note: str | None = None
    wanted: str = field(default="", repr=False, compare=False)
    found: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule saw.

    Attributes:
        breaches: empty when the requirement was kept.
        looked_at: records that it rests on.
        closed: True when it rests on a quiet window or on an answer of the control plane.
        observed: which permitted alternative was seen, if that is worth telling.
        unclear: why nothing can be said, e.g. a sample that is too small.
    """

    breaches: tuple[Breach, ...] = ()
    looked_at: tuple[int, ...] = ()
    closed: bool = False
    observed: str | None = None
    unclear: str | None = None

    @property
    def rests_on_something(self) -> bool:
        """Whether anything was looked at at all."""
        return bool(self.looked_at or self.closed or self.breaches)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen, as a rule may use it.

    Attributes:
        parts: the roles that the system under test takes.
        records: all records of the run so far, in order.
        start: position of the first record of the running case.
        facts: what the harness knows: people, designated codes, answers of the control plane.
        senders: telegram id to the roles that may send it.
    """

    parts: frozenset[str]
    records: tuple[Record, ...]
    start: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    senders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def telegrams(self, telegram: str | None = None, *, run: bool = False) -> Iterator[Record]:
        """Yield what was on the wire in this case (or the whole run), without its re-sends.

        Hops of the other municipality count only when the system under test is at an end of them;
        what the bench's relay passes on, inside the system under test, was counted as it came in.
        """
        seen: dict[tuple[str, str, str], Record] = {}
        for record in self.records[0 if run else self.start :]:
            if not record.on_wire or (telegram and record.telegram != telegram):
                continue
            if self.elsewhere(record) or self.passed_on(record):
                continue
            if self.resent(record, seen):
                continue
            yield record

    def elsewhere(self, record: Record) -> bool:
        """Tell whether a hop is the other municipality's and none of the system's business."""
        ends = {record.sender, record.receiver}
        return not ends.isdisjoint(TWINS.values()) and ends.isdisjoint(self.parts)

    @staticmethod
    def passed_on(record: Record) -> bool:
        """Tell whether a record is what a relay passed on as it was."""
        relayed = record.way == "sent" and record.sender == record.receiver
        return relayed and not record.fault

    @staticmethod
    def resent(record: Record, seen: dict[tuple[str, str, str], Record]) -> bool:
        """Tell whether a record repeats an earlier one: same sender, 通番 and content."""
        key = _identity(record)
        if key is None:
            return False
        first = seen.setdefault(key, record)
        return first is not record and _content(first) == _content(record)

    def answer_to(self, record: Record) -> Record | None:
        """Return the answer to a record, None when none was seen."""
        later = self.records[record.seq :]
        return next((r for r in later if r.answers == record.seq and r.on_wire), None)

    def answers_to(self, record: Record) -> list[Record]:
        """Return the answers to a telegram, to its re-sends too, in the order of asking."""
        said = (_identity(record), _content(record))
        later = [r for r in self.records[record.seq :] if r.on_wire and _identity(r)]
        copies = [record, *(r for r in later if (_identity(r), _content(r)) == said)]
        return [answer for copy in copies if (answer := self.answer_to(copy))]

    def sender_of(self, telegram: str) -> str:
        """Return the role that sends a telegram, the one under test when there are several."""
        roles = self.senders.get(telegram, ())
        return next((role for role in roles if role in self.parts), roles[0] if roles else "")


Rule: TypeAlias = "Callable[..., Result]"
"""A pure function of the evidence and the parameters of a judgement."""

RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Enter a rule under the name by which judgements call it."""

    def enter(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return enter


def _identity(record: Record) -> tuple[str, str, str] | None:
    """Return what a telegram and its re-sends have in common; None for what has no 通番."""
    serial = (record.values or {}).get("serial")
    if not serial or record.answers or not record.telegram:
        return None
    return record.sender, record.telegram, str(serial)


def _content(record: Record) -> dict[str, Any]:
    volatile = {"created_date", "created_time"}
    return {k: v for k, v in (record.values or {}).items() if k not in volatile}
