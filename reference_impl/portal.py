"""マイナポータル: sends what residents apply for; only the bench plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import Base
from reference_impl.node import Outcome
from reference_impl.shinsei import BOOKING, REPORT, VISIT, WITHDRAWAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context

__all__ = ["Portal"]

PROCEDURES = {
    "move_out": ((REPORT, "origin_code"), (VISIT, "destination_code")),
    "move_out_abroad": ((REPORT, "origin_code"),),
    "move": ((BOOKING, "origin_code"),),
}
"""Procedure to its applications: their kind and the item that names whom they are for."""


class Portal(Base):
    """The node; `registers` hold what was sent by 受付番号, to be withdrawn or sent again."""

    role = "portal"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._offices = {context.codes["juki"]: "shinsei", context.codes["juki_b"]: "shinsei_b"}
        self.actions = {
            "submit": self._submit,
            "withdraw": self._withdraw,
            "repeat": self._repeat,
        }

    def _submit(self, args: Mapping[str, Any]) -> Outcome:
        """Send the applications of a procedure; gives their numbers by kind."""
        items = {item: str(text) for item, text in args["items"].items()}
        numbers = {
            kind: self._apply(self._offices[items[addressed_to]], {**items, "kind": kind})
            for kind, addressed_to in PROCEDURES[args["procedure"]]
        }
        return Outcome("ok", data={"numbers": numbers})

    def _withdraw(self, args: Mapping[str, Any]) -> Outcome:
        """Withdraw applications; gives the numbers of the withdrawals by what they withdraw."""
        numbers, given = {}, args.get("items") or {}
        for number in args["reception_numbers"]:
            kept = self.registers.get("application", number) or {}
            own = {"kind": WITHDRAWAL, "withdrawn_number": number}
            numbers[number] = self._apply(kept["office"], {**kept["items"], **given, **own})
        return Outcome("ok", data={"numbers": numbers})

    def _repeat(self, args: Mapping[str, Any]) -> Outcome:
        """Send an application again under its number, with other items where some are given."""
        kept = self.registers.get("application", str(args["reception_number"])) or {}
        self.send(kept["office"], "application", kept["items"] | (args.get("items") or {}))
        return Outcome("ok")

    def _apply(self, office: str, items: Mapping[str, str]) -> str:
        number = f"K{self.registers.count('application'):09}"
        values = {**items, "reception_number": number}
        self.registers.put("application", number, {"office": office, "items": values})
        self.send(office, "application", values)
        return number
