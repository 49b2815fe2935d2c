"""The bench's tap: records every passage once, and bends what the plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.wire import PASS, Passage, Ruling
from steps.bench.faultplan import KINDS
from telegram_specs.network import TWINS

if TYPE_CHECKING:
    from steps.bench.faultplan import FaultPlan
    from steps.bench.journal import Journal

__all__ = ["BenchTap"]

IGNORED = Ruling(pass_on=False)


class BenchTap:
    """Sits at the bench's end of every hop.

    A hop between two bench nodes has two ends here; its passages are recorded on arrival only.
    A ``transparent`` tap keeps back nothing but what the plan says.
    """

    def __init__(
        self,
        journal: Journal,
        plan: FaultPlan,
        outside: frozenset[str],
        *,
        transparent: bool = False,
    ) -> None:
        self._journal = journal
        self._plan = plan
        self._outside = outside
        self._transparent = transparent

    async def leaving(self, passage: Passage) -> Ruling:
        """Record what leaves for the system under test, after the plan has bent it."""
        planned = None if _elsewhere(passage) else self._plan.take(passage, "leaving")
        ruling = await self._plan.rule(planned, passage, "leaving") if planned else PASS
        if passage.receiver in self._outside or planned:
            for raw in ruling.raws or (passage.raw,):
                seen = passage if raw == passage.raw else passage.with_raw(raw)
                if ruling.authorization is not None:
                    seen = seen.with_authorization(ruling.authorization)
                self._journal.add(
                    seen,
                    way="sent",
                    on_wire=ruling.pass_on,
                    fault=planned.name if planned else None,
                )
        return ruling

    async def arrived(self, passage: Passage) -> Ruling:
        """Record what came in, then let the plan decide whether the node sees it."""
        planned = None if _elsewhere(passage) else self._plan.take(passage, "arrived")
        at_our_cost = planned and KINDS[planned.kind].lost
        self._journal.add(
            passage,
            way="received",
            on_wire=not (at_our_cost and passage.sender not in self._outside),
            fault=planned.name if planned else None,
        )
        if planned:
            return await self._plan.rule(planned, passage, "arrived")
        return IGNORED if _in_vain(passage) and not self._transparent else PASS


def _in_vain(passage: Passage) -> bool:
    """Tell whether an answer on the CS link is none to what was asked.

    No other can follow, as only one telegram is outstanding there: to wait longer is in vain.
    """
    if passage.request is None or passage.http is not None:
        return False
    refers = passage.values.get("ref_serial") == passage.request.values.get("serial")
    return not refers or passage.decoded is None or bool(passage.decoded.faults)


def _elsewhere(passage: Passage) -> bool:
    """Tell whether a passage is the other municipality's, whose hops are never disturbed."""
    return not {passage.sender, passage.receiver}.isdisjoint(TWINS.values())
