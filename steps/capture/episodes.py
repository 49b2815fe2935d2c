"""Episodes: one person's telegrams from a request on, judged in their order."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from steps.capture.memory import Digests, slim
from steps.judge.answers import ACCEPTED, result_of
from steps.judge.captured import PERSON, Order
from steps.judge.model import RULES, Evidence, Result
from steps.judge.values import is_bent, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.transcript import Record
    from steps.capture.records import Seen

__all__ = ["Episodes"]

CODE = "juminhyo_code"
MOST_OPEN, MOST_KNOWN, LONGEST = 2_000, 200_000, 32
KEPT = ("serial", CODE, "individual_number", "former_individual_number", "entry", "reason")


@dataclass(slots=True)
class _Episode:
    records: list[Record] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    opened: bool = False


class Episodes:
    """The episodes of one kind of order."""

    def __init__(self, order: Order, digest: Digests) -> None:
        self.order = order
        self._digest = digest
        self._open: OrderedDict[int, _Episode] = OrderedDict()
        self._known: OrderedDict[int, None] = OrderedDict()
        self._refusable: OrderedDict[int, int] = OrderedDict()

    def take(self, seen: Seen) -> Iterator[tuple[str, Result, list[Seen]]]:
        """Take the next record; yield (requirement, result, the episode) of what is decided.

        The numbers in the result count inside of the episode, from 1.
        """
        record = seen.record
        if record.answers:
            self._refused(record)
            return
        code = value_of(record, CODE)
        if not code or is_bent(record):
            return
        key = self._digest(code)
        filled = self.order.telegrams.get(record.telegram or "")
        if record.telegram == self.order.opener and key not in self._known:
            self._begin(key, seen, opened=True)
        elif filled and value_of(record, filled):
            episode = self._open.get(key)
            if episode is None and self.order.early and key not in self._known:
                self._begin(key, seen, opened=False)
            elif episode is None:
                self._know(key)
            elif len(episode.records) < LONGEST:
                self._add(key, episode, seen)
                yield from self._judge(key, episode, code)

    def _begin(self, key: int, seen: Seen, *, opened: bool) -> None:
        episode = self._open.setdefault(key, _Episode())
        if not episode.opened:
            episode.opened = opened
            self._add(key, episode, seen)
        if len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)

    def _add(self, key: int, episode: _Episode, seen: Seen) -> None:
        record = seen.record
        told = record.telegram == "identity_notice"
        kept = {item: value_of(record, item) for item in KEPT if value_of(record, item)}
        number = len(episode.records) + 1
        short = replace(record, seq=number, raw=b"") if told else slim(record, kept, number)
        episode.records.append(short)
        episode.seen.append(replace(seen, record=replace(short, seq=record.seq)))
        self._refusable[record.seq] = key
        if len(self._refusable) > MOST_OPEN:
            self._refusable.popitem(last=False)

    def _refused(self, answer: Record) -> None:
        """Leave out what was refused: it counts as not received."""
        key = self._refusable.pop(answer.answers or 0, None)
        episode = self._open.get(key) if key is not None else None
        if episode is None or result_of(answer) == ACCEPTED:
            return
        place = next(n for n, s in enumerate(episode.seen) if s.record.seq == answer.answers)
        if place == 0:
            return  # the request itself; it may be sent again
        del episode.records[place], episode.seen[place]
        episode.records[:] = [replace(r, seq=n) for n, r in enumerate(episode.records, 1)]

    def _judge(
        self, key: int, episode: _Episode, code: str
    ) -> Iterator[tuple[str, Result, list[Seen]]]:
        senders = frozenset(record.sender for record in episode.records)
        facts = {"people": {PERSON: {"identifiers": (code,)}}}
        evidence = Evidence(senders, tuple(episode.records), 0, facts)
        found = [
            (requirement, RULES[rule](evidence, **params))
            for requirement, rule, params in self.order.rules
        ]
        if not episode.opened or any(result.unclear for _, result in found):
            return
        for requirement, result in found:
            yield requirement, result, episode.seen
        del self._open[key]
        self._know(key)

    def _know(self, key: int) -> None:
        self._known[key] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
