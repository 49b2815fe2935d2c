"""Telling municipalities of cards: who is due for renewal, and which were issued (7.1.1.3, 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.desk import Desk
from reference_impl.node import NO_SERIAL, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs
    from reference_impl.node import Value, Values

_STATUS = ("juminhyo_code", "card_status", "issued_date", "expiry_date")


class CardDesk(Desk["Cs"]):
    """Sends what the card management system knows."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.actions = {
            "send_renewal_list": self._send_renewals,
            "send_card_status": self._send_status,
        }

    def _send_renewals(self, args: Mapping[str, Any]) -> Outcome:
        codes = [str(code) for code in args["codes"]]
        persons: list[dict[str, Value]] = [{"juminhyo_code": code} for code in codes]
        return self._send(args, "renewal_list", {"count": str(len(codes)), "persons": persons})

    def _send_status(self, args: Mapping[str, Any]) -> Outcome:
        told = {item: str(args.get(item) or "") for item in _STATUS}
        return self._send(args, "card_status", told)

    def _send(self, args: Mapping[str, Any], telegram: str, values: Values) -> Outcome:
        municipality = str(args.get("municipality_code") or self.node.municipality)
        header = {"receiver": municipality, "ref_serial": NO_SERIAL}
        self.node.send_to(municipality, telegram, {**header, **values})
        return Outcome("ok")
