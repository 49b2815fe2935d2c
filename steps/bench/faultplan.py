"""Planned faults of the network: what goes wrong, in which direction, and exactly how often.

A fault is named by what the two ends see. One table says for each kind whether it bends the
telegram or its answer, at which end of the hop the bench can do so, and how.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reference_impl.wire import PASS, Passage, Ruling
from steps.bench.breakage import BREAKAGES
from telegram_specs.mutate import drop_item, set_item

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ATTEMPTS", "KINDS", "FaultPlan", "Passage", "Planned", "unheard"]

End = Literal["leaving", "arrived"]
ATTEMPTS = 3
"""How often a bench node sends a telegram that stays without an answer."""


@dataclass(slots=True)
class Planned:
    """One planned fault.

    Attributes:
        telegram: spec id of the telegram that it bends, or whose answer it bends.
        kind: a key of ``KINDS``.
        count: how many telegrams it still applies to.
        item: what the kind needs to know: a field path, a key of ``BREAKAGES``, a result code
            or an Authorization header.
        value: the new text of a field, or a function of the passage that gives it.
        serials: of the telegrams that it was used on, to how often they were bent.
    """

    telegram: str
    kind: str
    count: int = 1
    item: str = ""
    value: str | Callable[[Passage], str] = ""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    used: int = 0
    serials: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fault as a record names it."""
        return f"{self.kind}:{self.item}" if self.item else self.kind

    def sticks_to(self, serial: str) -> bool:
        """Tell whether a telegram that met it meets it again when it is sent again."""
        if self.kind == "held":
            return self.serials[serial] > 0 and not self.released.is_set()
        return KINDS[self.kind].sticks and 0 < self.serials[serial] < ATTEMPTS

    @property
    def ja(self) -> str:
        """The fault in the words of the features."""
        breakage = BREAKAGES.get(self.item)
        return breakage.ja if breakage else KINDS[self.kind].ja

    def text(self, passage: Passage) -> str:
        """Return the new text of a field."""
        return self.value if isinstance(self.value, str) else self.value(passage)


def bent(passage: Passage, item: str, text: str) -> bytes:
    """Return a passage's bytes with another text in one item."""
    assert passage.spec is not None
    return set_item(passage.spec, passage.raw, item, text)


def another_serial(passage: Passage) -> str:
    """Return a serial that its sender never allots: it counts from the other end."""
    serial = str(passage.values["serial"])
    return str(10 ** len(serial) - 1 - int(serial)).zfill(len(serial))


def _lost(_planned: Planned, _passage: Passage) -> Ruling:
    return Ruling(pass_on=False)


def _twice(_planned: Planned, passage: Passage) -> Ruling:
    return Ruling(raws=(passage.raw, passage.raw))


def _again(_planned: Planned, passage: Passage) -> Ruling:
    return Ruling(raws=(passage.raw, bent(passage, "serial", another_serial(passage))))


def _refused(planned: Planned, passage: Passage) -> Ruling:
    return Ruling(raws=(bent(passage, "result", planned.item),))


def _misdirected(_planned: Planned, passage: Passage) -> Ruling:
    wrong = "9" * len(str(passage.values["ref_serial"]))
    return Ruling(raws=(bent(passage, "ref_serial", wrong),))


def _changed(planned: Planned, passage: Passage) -> Ruling:
    return Ruling(raws=(bent(passage, planned.item, planned.text(passage)),))


def _without(planned: Planned, passage: Passage) -> Ruling:
    assert passage.spec is not None
    return Ruling(raws=(drop_item(passage.spec, passage.raw, planned.item),))


def _broken(planned: Planned, passage: Passage) -> Ruling:
    breakage = BREAKAGES[planned.item]
    return Ruling(raws=(breakage.apply(passage),), close=breakage.cuts, pieces=breakage.pieces)


def _token(planned: Planned, _passage: Passage) -> Ruling:
    return Ruling(authorization=planned.item)


def _unauthorised(_planned: Planned, _passage: Passage) -> Ruling:
    return Ruling(pass_on=False, status=401)


def _unavailable(_planned: Planned, _passage: Passage) -> Ruling:
    return Ruling(pass_on=False, status=503)


def _passed(_planned: Planned, _passage: Passage) -> Ruling:
    return PASS


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of fault works.

    Attributes:
        ja: what the reader of a report sees.
        bends: the telegram itself or the answer to it.
        ours: the end at which it works on telegrams that a bench node sends, None where never.
        theirs: likewise for telegrams that the bench receives.
        rule: what happens then.
        lost: whether the bytes of a bench node never leave, or never reach it.
        sticks: whether a telegram that is sent again with its serial is bent again, as often as
            a bench node would send it.
    """

    ja: str
    bends: Literal["telegram", "answer"]
    ours: End | None
    theirs: End | None
    rule: Callable[[Planned, Passage], Ruling]
    lost: bool = False
    sticks: bool = False


KINDS = {
    "lost": Kind("届かない", "telegram", "leaving", "arrived", _lost, lost=True),
    "answer_lost": Kind("受付が届かない", "answer", "arrived", "leaving", _lost, lost=True),
    "refused": Kind("拒まれる", "answer", None, "leaving", _refused),
    "misdirected_answer": Kind("受付の参照通番が異なる", "answer", None, "leaving", _misdirected),
    "answer_changed": Kind("応答の項目の値が異なる", "answer", None, "leaving", _changed),
    "twice": Kind("二度届く", "telegram", "leaving", None, _twice),
    "again": Kind("別の通番でもう一度届く", "telegram", "leaving", None, _again),
    "held": Kind("保留される", "telegram", "leaving", "arrived", _passed),
    "changed": Kind("項目の値が異なる", "telegram", "leaving", None, _changed, sticks=True),
    "without": Kind("項目がない", "telegram", "leaving", None, _without, sticks=True),
    "broken": Kind("電文が壊れている", "telegram", "leaving", None, _broken, sticks=True),
    "token": Kind("アクセストークンが正しくない", "telegram", "leaving", None, _token),
    "unauthorised": Kind("アクセストークンを拒まれる", "telegram", None, "arrived", _unauthorised),
    "unavailable": Kind("一時的に処理されない", "telegram", None, "arrived", _unavailable),
}


def unheard(fault: str) -> bool:
    """Tell whether its sender hears nothing of a telegram that met this fault (name in a record).

    A bench node lets it be; another system sends the telegram again.
    """
    kind, _, item = fault.partition(":")
    return kind == "lost" or (kind == "broken" and BREAKAGES[item].cuts)


def we_asked(passage: Passage, end: End) -> bool:
    """Tell whether the telegram, or the one that is answered here, is from this end."""
    return (end == "leaving") == (passage.request is None)


class FaultPlan:
    """The faults planned for the running scenario, each used up by its count."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def add(self, planned: Planned) -> None:
        """Plan one more fault."""
        self._planned.append(planned)

    def clear(self) -> None:
        """Forget what is left and let go of what is held."""
        for planned in self._planned:
            planned.released.set()
        self._planned.clear()

    def release(self, telegram: str) -> None:
        """Let the held telegrams of one kind go on; call it on the bench's loop."""
        for planned in self._planned:
            if planned.kind == "held" and planned.telegram == telegram:
                planned.released.set()
                planned.count = 0

    def holding(self) -> bool:
        """Tell whether a telegram is held right now."""
        return any(p.kind == "held" and p.used and not p.released.is_set() for p in self._planned)

    def holds(self) -> bool:
        """Tell whether a telegram is held, or would be as soon as it is sent."""
        return any(p.kind == "held" and not p.released.is_set() for p in self._planned)

    def unused(self) -> list[Planned]:
        """Return the faults that met no telegram."""
        return [planned for planned in self._planned if not planned.used]

    def take(self, passage: Passage, end: End) -> Planned | None:
        """Return the fault for a passage at this end, one use of it gone; None when none."""
        asked = passage.request or passage
        if asked.spec is None:
            return None
        bends = "answer" if passage.request else "telegram"
        for planned in self._planned:
            kind = KINDS[planned.kind]
            here = kind.ours if we_asked(passage, end) else kind.theirs
            met = (planned.telegram, kind.bends, here) == (asked.spec.id, bends, end)
            serial = str(asked.values.get("serial", ""))
            again = planned.sticks_to(serial)
            if met and (again or planned.count > 0):
                planned.count -= not again
                planned.used += not again
                planned.serials[serial] += 1
                return planned
        return None

    async def rule(self, planned: Planned, passage: Passage, end: End) -> Ruling:
        """Return what a planned fault does to a passage; a held one waits here.

        What the other end lost ends its connection, so that it need not wait for an answer.
        """
        kind = KINDS[planned.kind]
        if planned.kind == "held":
            await planned.released.wait()
        ruling = kind.rule(planned, passage)
        if kind.lost and not we_asked(passage, end):
            return Ruling(pass_on=False, close=True)
        return ruling
