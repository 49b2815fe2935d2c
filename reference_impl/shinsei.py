"""申請管理システム: takes online applications and passes them on to the resident record system."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from reference_impl import base, dates
from reference_impl.base import OK, Base

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context, Telegram
    from reference_impl.registers import Document

__all__ = ["Shinsei"]

REPORT, VISIT, BOOKING, WITHDRAWAL = "1", "2", "3", "4"
"""Kinds of applications, by the code of their item."""
OUT_OF_WINDOW, NOT_ONLINE, NUMBER_USED = "2101", "2102", "2103"
VALID = "1"
OPENS, CLOSES = "083000", "171500"
WORKING_DAYS = range(5)
OWN_CODE_IN = {
    REPORT: ("origin_code",),
    VISIT: ("destination_code",),
    WITHDRAWAL: (),
}
"""Items that name our municipality in an application that is for us; of a booking the rules say."""
_CASE = ("reception_number", "applied_date")
_PERSON = (*_CASE, "name", "birth_date")
_MOVE = ("destination_address", "planned_date")
PASSED_ON = {
    REPORT: ("moving_report", (*_PERSON, "origin_address", "destination_code", *_MOVE)),
    VISIT: ("visit_notice", (*_PERSON, "origin_code", "origin_address", *_MOVE, "visit_date")),
    BOOKING: ("move_booking", (*_PERSON, *_MOVE, "visit_date")),
    WITHDRAWAL: ("application_withdrawal", (*_CASE, "withdrawn_number")),
}
"""Kind to the telegram that passes it on, with the items that it takes over."""
OF_RESIDENTS = (REPORT, BOOKING)
"""Kinds whose applicants are residents here, so that a serial number leads to them."""
PASSED, WAITING, UNIDENTIFIED = "passed_on", "waiting", "unidentified"
"""What became of an application."""


class Shinsei(Base):
    """The node; `registers` hold applications by 受付番号 and 番号紐付情報 by serial number."""

    def __init__(self, context: Context, role: str = "shinsei") -> None:
        super().__init__(context)
        self.role = role
        self._municipality = context.municipality_code
        self.receivers = {"application": self._on_application, "number_link": self._on_link}
        self.observations |= {"application": self._observe}
        self.provisions |= {"number_link": self._provision_link}

    # -- 申請データ ------------------------------------------------------------------------

    def _on_application(self, telegram: Telegram) -> Telegram:
        values = {item: str(text) for item, text in telegram.values.items() if item != "serial"}
        number = values["reception_number"]
        kept = self.registers.get("application", number)
        if kept and kept["values"] == values and not self.rules.pass_repeated_on:
            return self.reply(telegram, OK)
        if kept and kept["values"] != values and not self.rules.take_changed:
            return self._refuse(telegram, NUMBER_USED, "受付番号が使用済みの申請です。")
        for code, (text, holds) in self._objections(values).items():
            if holds:
                return self._refuse(telegram, code, text)
        application = {"values": values, "state": WAITING, "addressee_number": ""}
        self.registers.put("application", number, application)
        if is_open(values) or (self.rules.after_hours == "at_once" and self._kept(values)):
            self._pass_on(number, application)
        return self.reply(telegram, OK)

    def _refuse(self, telegram: Telegram, code: str, text: str) -> Telegram:
        """Say why an application is not taken, to the portal and to staff."""
        self.report(telegram.id, code, text)
        return self.reply(telegram, code, text)

    def _objections(self, values: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
        """List what may speak against an application by its result code, and whether it does."""
        kind, withdrawn = values["kind"], values.get("withdrawn_number", "")
        if kind == WITHDRAWAL:
            unknown = self.registers.get("application", withdrawn) is None
            missing = unknown and self.rules.check_withdrawn
            return {base.NO_RECORD: ("取り消す申請がありません。", missing)}
        planned, applied = values["planned_date"], values["applied_date"]
        early = dates.days_after(applied, planned) > self.rules.window_before
        late = dates.days_after(planned, applied) > self.rules.window_after
        abroad = not values.get("destination_code") and self.rules.refuse_abroad
        named = {**OWN_CODE_IN, BOOKING: self.rules.booking_inside}
        checked = named[kind] if kind in self.rules.check_office else ()
        elsewhere = any(values.get(item) != self._municipality for item in checked)
        return {
            NOT_ONLINE: ("国外への異動はオンラインで受け付けません。", abroad),
            base.NO_RECORD: ("他の市町村の申請です。", elsewhere),
            OUT_OF_WINDOW: ("受付期間の外の申請です。", early or late),
        }

    # -- to the resident record system -----------------------------------------------------

    def _pass_on(self, number: str, application: Document) -> None:
        """Pass an application on, and keep what became of it."""
        values = application["values"]
        kind = values["kind"]
        telegram, items = PASSED_ON[kind]
        told = {item: values.get(item, "") for item in items}
        if self.rules.applicant == "first":
            first = self.registers.rows("application")[0][1]["values"]
            told |= {item: first[item] for item in ("name", "birth_date") if item in told}
        if kind in OF_RESIDENTS:
            told["addressee_number"] = self._identify(values["certificate_serial"])
        unidentified = not told.get("addressee_number", number)
        if unidentified and self.rules.show_unknown_serial:
            self.report("application", base.NO_RECORD, "シリアル番号に該当する者がいません。")
        held = unidentified and not self.rules.pass_unidentified_on
        if not held and (kind != WITHDRAWAL or self.rules.pass_withdrawals_on):
            self.send("juki", telegram, told)
        state = UNIDENTIFIED if unidentified else PASSED
        found = {"state": state, "addressee_number": told.get("addressee_number", "")}
        self.registers.put("application", number, {**application, **found})

    def day_began(self) -> None:
        """Pass on what came after hours, on the next working day."""
        today = self.clock.now().date()
        if today.weekday() not in WORKING_DAYS:
            return
        for number, application in self.registers.rows("application"):
            values = application["values"]
            due = values["applied_date"] < self.today() and self._kept(values)
            if application["state"] == WAITING and due:
                self._pass_on(number, application)

    def _kept(self, values: Mapping[str, str]) -> bool:
        """Tell whether what came after hours is passed on at all."""
        return values["kind"] not in self.rules.lost_after_hours

    # -- 番号紐付情報 ----------------------------------------------------------------------

    def _on_link(self, telegram: Telegram) -> Telegram:
        self._provision_link(telegram.values)
        return self.reply(telegram, OK)

    def _provision_link(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep whose a serial number is; the one that it replaces leads to nobody any more."""
        former = str(args.get("former_certificate_serial") or "")
        if former and self.rules.forget_former_serial:
            self.registers.delete("link", former)
        link = {
            "addressee_number": str(args["addressee_number"]),
            "state": str(args.get("link_state") or VALID),
        }
        self.registers.put("link", str(args["certificate_serial"]), link)
        return {}

    def _identify(self, serial: str) -> str:
        """Give the 宛名番号 that a serial number leads to, empty where it leads to nobody."""
        links = [link for _, link in self.registers.rows("link")]
        found = self.registers.get("link", serial)
        if found is None and links and self.rules.serial_owner == "last":
            found = links[-1]
        if found is not None and self.rules.serial_owner == "first":
            found = links[0]
        if found is None or (found["state"] != VALID and self.rules.forget_revoked_serial):
            return ""
        return str(found["addressee_number"])

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = self.registers.get("application", str(args["reception_number"])) or {}
        return {
            "state": kept.get("state", "none"),
            "addressee_number": kept.get("addressee_number", ""),
        }


def is_open(values: Mapping[str, str]) -> bool:
    """Tell whether an application came while the office was open."""
    weekday = dt.date.fromisoformat(values["applied_date"]).weekday()
    return weekday in WORKING_DAYS and OPENS <= values["applied_time"] <= CLOSES
