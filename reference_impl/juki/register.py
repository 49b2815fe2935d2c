"""The register itself: households that are there already, and what staff see of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki.desk import Desk
from reference_impl.juki.events import EVENTS
from reference_impl.juki.residents import settled_record
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki


class RegisterDesk(Desk):
    """Tells of records, writes them anew, and takes provisioned households in."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"recreate": self._recreate}
        self.observations = {
            "resident": lambda args: self.residents.told(str(args["handle"])),
            "history": self._history,
        }
        self.provisions = {"household": self._provision_household}

    def _recreate(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Write a record anew without changing what it says (改製, 再製)."""
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if final:
            self.juki.settle(handle, record, "recreated", self.juki.today())
        return Outcome("ok", handle=handle)

    def _history(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell the events of a record in the order of their registration (異動履歴)."""
        record = self.residents.get(str(args["handle"]))
        items = ("event_date", "name", "address")
        told = [
            {"event": EVENTS[what["event"]].ja, **{item: what[item] for item in items}}
            for what in (record["history"] if record else ())
        ]
        return {"events": told}

    def _provision_household(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Write a household, all its people numbered and notified before."""
        people = [args["head"], *args.get("members", ())]
        household = self.juki.new_household(args["head"], args)
        place = self.residents.place_of(household)
        handles = []
        for person in people:
            items = dict(person)
            if items.get("juminhyo_code"):
                self.juki.stock.mark_used(str(items["juminhyo_code"]))
            items["municipality_code"] = str(args.get("municipality_code") or self.juki.own_code)
            items["addressee_number"] = self.juki.next_addressee_number()
            handles.append(self.residents.add(settled_record(items, place)))
        return {"handle": household, "head": handles[0], "members": handles[1:]}
