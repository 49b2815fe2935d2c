"""Online applications: 転出届, 来庁予定, 転居予約 and their withdrawal.

An online report of a move-out takes effect when staff accept it; a visit notice and a booking
announce a report and are none (住基法22条, 23条, 24条).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base, dates
from reference_impl.base import OK, text_of
from reference_impl.juki.certificate_info import CertificateInfoDesk
from reference_impl.juki.desk import Desk, rejected, unknown
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record
    from reference_impl.node import Telegram

__all__ = ["ApplicationDesk"]

REPORT, VISIT, BOOKING = "moving_report", "visit_notice", "move_booking"
WITHDRAWAL = "application_withdrawal"
RECEIVED, ACCEPTED, WITHDRAWN = "received", "accepted", "withdrawn"
GONE = Alert("application_withdrawn", "取り消された申請です。受理できません。")
DONE = Alert("application_accepted", "既に受理した申請です。")


class ApplicationDesk(Desk):
    """Keeps online applications by 受付番号, and lets staff accept reports and withdrawals."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {
            REPORT: self._keep,
            VISIT: self._on_visit,
            BOOKING: self._on_booking,
            WITHDRAWAL: self._on_withdrawal,
        }
        self.actions = {"accept_application": self._accept}
        self.observations = {"application": self._observe}

    # -- from 申請管理 ---------------------------------------------------------------------

    def _keep(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "reception_number")
        items = {item: str(text) for item, text in telegram.values.items() if item != "serial"}
        kept = {"kind": telegram.id, "state": RECEIVED, "items": items}
        self.registers.put("application", number, kept)
        return self.node.reply(telegram, OK)

    def _on_visit(self, telegram: Telegram) -> Telegram:
        answer = self._keep(telegram)
        number = text_of(telegram.values, "reception_number")
        kept = self._kept(number)
        kept["matched"] = self._matches(kept["items"])
        self.registers.put("application", number, kept)
        if self.rules.visit_notice_effect == "move_in_notice":
            self._tell_of_visit(kept["items"])
        return answer

    def _on_booking(self, telegram: Telegram) -> Telegram:
        found = self.residents.find(
            "addressee_number", text_of(telegram.values, "addressee_number")
        )
        if found and self.rules.booking_takes_effect:
            address = text_of(telegram.values, "destination_address")
            self.juki.actions["move"]({"handle": found[0], "address": address})
        return self._keep(telegram)

    def _on_withdrawal(self, telegram: Telegram) -> Telegram:
        answer = self._keep(telegram)
        withdrawn = text_of(telegram.values, "withdrawn_number")
        kept = self.registers.get("application", withdrawn)
        if kept is None:
            self.node.report(telegram.id, base.NO_RECORD, "取り消す申請がありません。")
            return self.node.reply(telegram, base.NO_RECORD)
        if kept["state"] == RECEIVED and self.rules.withdrawal_effect != "none":
            self._withdraw(withdrawn, kept)
        elif self.rules.withdrawal_effect == "on_arrival":
            self._take_back(withdrawn, kept)
        return answer

    # -- what staff do ---------------------------------------------------------------------

    def _accept(self, args: Mapping[str, Any]) -> Outcome:
        """Take a report for the special move-out that it is, or a withdrawal of one."""
        number, handle = str(args["application"]), str(args.get("handle") or "")
        kept = self.registers.get("application", number)
        if kept is None:
            return unknown(number)
        if kept["kind"] == WITHDRAWAL:
            return self._accept_withdrawal(kept)
        if kept["kind"] != REPORT:
            return rejected("input", (), number, "not_a_report")
        if kept["state"] == WITHDRAWN and not self.rules.withdrawn_can_be_accepted:
            return rejected("input", (GONE,), number)
        if kept["state"] == ACCEPTED:
            return rejected("input", (DONE,), number)
        return self._move_out(number, kept, handle)

    def _move_out(self, number: str, kept: Record, handle: str) -> Outcome:
        items = kept["items"]
        found = self.residents.find("addressee_number", items.get("addressee_number", ""))
        handle = handle or (found[0] if found else "")
        outcome = self.juki.actions["move_out"](
            {
                "handle": handle,
                "kind": "domestic",
                "planned_date": items["planned_date"],
                "report_date": items["applied_date"],
                "destination_municipality_code": items["destination_code"],
                "destination_address": items["destination_address"],
                "special": self.rules.online_report_special,
            }
        )
        if outcome.status == "ok":
            accepted = {**kept, "state": ACCEPTED, "handle": handle}
            self.registers.put("application", number, accepted)
        return outcome

    def _accept_withdrawal(self, kept: Record) -> Outcome:
        number = kept["items"]["withdrawn_number"]
        report = self._kept(number)
        if report["state"] == ACCEPTED and self.rules.withdrawal_effect == "accepted":
            return self._take_back(number, report)
        return Outcome("ok")

    def _take_back(self, number: str, kept: Record) -> Outcome:
        """Cancel the move-out that an accepted report has become."""
        self._withdraw(number, kept)
        return self.juki.actions["cancel_move_out"]({"handle": kept["handle"]})

    def _withdraw(self, number: str, kept: Record) -> None:
        self.registers.put("application", number, {**kept, "state": WITHDRAWN})

    # -- 来庁予定 and 転出証明書情報 --------------------------------------------------------

    def _matches(self, items: Mapping[str, str]) -> bool:
        """Tell whether certificate information of the visitor is held."""
        held = self.juki.desk(CertificateInfoDesk).everybody()
        return any(_is_same(one, items) or self.rules.match_visits == "anybody" for one in held)

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell the state of an application, and whether a visitor's information is there."""
        kept = self.registers.get("application", str(args["reception_number"])) or {}
        visit = kept.get("kind") == VISIT
        later = visit and self.rules.match_visits != "on_arrival" and self._matches(kept["items"])
        matched = later or kept.get("matched", False)
        return {"state": kept.get("state", "none"), "certificate_info": "yes" if matched else "no"}

    def _tell_of_visit(self, items: Mapping[str, str]) -> None:
        """Take a visit notice for a report, as a careless rule has it."""
        values = {
            "origin_code": self.juki.own_code,
            "destination_code": items["origin_code"],
            "name": items["name"],
            "birth_date": dates.era_form(items["birth_date"]),
            "move_in_date": items["planned_date"],
            "new_municipality_code": self.juki.own_code,
            "new_address": items["destination_address"],
            "former_address": items["origin_address"],
            "notice_date": self.juki.today(),
        }
        self.juki.send("cs", "move_in_notice", values)

    def _kept(self, number: str) -> Record:
        return self.registers.get("application", number) or {}


def _is_same(held: Mapping[str, Any], items: Mapping[str, str]) -> bool:
    """Tell whether certificate information is that of a visitor."""
    person = held["person"]
    return bool(
        held["origin_code"] == items["origin_code"]
        and person["name"] == items["name"]
        and dates.western(person["birth_date"]) == items["birth_date"]
    )
