"""基本情報の更新依頼 to the integrated addressee system (共通機能標準仕様書 2.1 2.4.3(2))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import notices
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.events import ENTERED, EVENTS
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

BUSINESS = "001"
"""業務ID of 住民基本台帳."""


class UpdateDesk(Desk):
    """Tells changed basic items of those whose 付番 was asked for."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.actions = {"update_addressee": self._update}

    def followed(self, handle: str, record: Record, event: str) -> None:
        """Tell what has changed of what others hold; of who is entered 付番依頼 tells it all."""
        changed = EVENTS[event].basic and EVENTS[event].entry != ENTERED
        if changed and record["addressee_asked"]:
            former = record["history"][-1].get("former_individual_number", "")
            self._send(handle, record, former)

    def _update(self, args: Mapping[str, Any]) -> Outcome:
        """Ask for an update by hand."""
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if not record["addressee_asked"]:
            return rejected("input", (), handle, "not_requested")
        self._send(handle, record, "")
        return Outcome("ok", handle=handle)

    def _send(self, handle: str, record: Record, former: str) -> None:
        code = self.juki.own_code
        items = notices.addressee_request(record, municipality_code=code, rules=self.rules)
        values = {
            **items,
            "business_id": BUSINESS,
            "former_individual_number": former,
            "residence_state": notices.residence_state(record["history"][-1:]),
        }
        self.juki.send("atena", "addressee_update", values, handle)
