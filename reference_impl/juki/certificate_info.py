"""転出証明書情報 between municipalities (住基法24条の2第3項–第6項; 住基令24条の3, 24条の4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base, dates
from reference_impl.base import OK, text_of
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.notices import certificate_info
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record, Row
    from reference_impl.node import Telegram

__all__ = ["KEPT_DAYS", "CertificateInfoDesk"]

KEPT_DAYS = 30
"""Days after the planned date for which unused information is kept (住基令24条の4)."""


class CertificateInfoDesk(Desk):
    """Sends the information of who leaves, and keeps that of who is to come."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {
            "certificate_info_delivery": self._keep,
            "first_report_notice_delivery": self._asked,
        }
        self.actions = {"resend_certificate_info": self._resend}
        self.observations = {"certificate_info": self._observe}

    # -- 転出地 ----------------------------------------------------------------------------

    def move_out_reported(self, handles: list[str], removal: Mapping[str, Any]) -> None:
        """Tell the planned municipality of a special move-out (24条の2第3項)."""
        abroad = removal["kind"] == "abroad" and not self.rules.certificate_of_emigrant
        rows = self._holders(handles)
        if not removal["special"] or abroad or not rows or not self.rules.push_certificate:
            return
        if self.rules.push_certificate_next_day:
            self.registers.put("certificate_due", handles[0], {"handles": handles})
        else:
            self._send(rows, removal, removal["destination_code"])

    def _holders(self, handles: list[str]) -> list[Row]:
        """List who moves under the special rule: all, if one of them holds a card."""
        rows = [(handle, self.residents.get(handle) or {}) for handle in handles]
        holders = [row for row in rows if row[1].get("card_expiry_date")]
        told = rows if holders and self.rules.members_included else holders
        return told[: self.rules.certificate_members_most]

    def _send(self, rows: list[Row], removal: Mapping[str, Any], destination: str) -> None:
        """Send the information to a municipality, or wherever a careless rule sends it."""
        codes = {
            "asked": (destination,),
            "planned": (removal["destination_code"],),
            "register": (rows[0][1]["register_municipality_code"],),
        }
        for code in codes[self.rules.certificate_to]:
            values = certificate_info(
                [record for _, record in rows], removal, self.rules, self.announcer.writing
            )
            hop = {"origin_code": self.juki.own_code, "destination_code": code}
            self.juki.send("cs", "certificate_info", {**hop, **values}, rows[0][0])

    def _resend(self, args: Mapping[str, Any]) -> Outcome:
        """Send it again by hand; the specification says both that one can and that one cannot.

        It is made anew of the records as they are now, and a system may lack it: `resend` gives
        out what was sent before, which every system can.
        """
        handle = str(args["handle"])
        removal = (self.residents.get(handle) or {}).get("removal") or {}
        if not self.rules.certificate_sent_again:
            return rejected("input", (), handle, "no_manual_resending")
        if not removal.get("special"):
            return rejected("input", (), handle, "nothing_sent")
        self._send(self._holders(removal["handles"]), removal, removal["destination_code"])
        return Outcome("ok", handle=handle)

    def _asked(self, telegram: Telegram) -> Telegram:
        """Answer a first report by the information (24条の2第6項); who returned has two records."""
        code = text_of(telegram.values, "juminhyo_code")
        rows = self.residents.rows() if code else []
        same = [row for row in rows if row[1]["juminhyo_code"] == code]
        handle, record = same[-1] if same else ("", {})
        removal = record.get("removal") or {}
        if record and not removal and self.rules.answer_any_first_report:
            removal = self._no_removal(handle)
        if not removal.get("special"):
            self.node.report(telegram.id, base.NO_RECORD, "特例による転出の届出がありません。")
            return self.node.reply(telegram, base.NO_RECORD, "juminhyo_code")
        if self.rules.answer_first_report:
            rows = self._holders(removal["handles"])
            self._send(rows, removal, text_of(telegram.values, "origin_code"))
        return self.node.reply(telegram, OK)

    def _no_removal(self, handle: str) -> dict[str, Any]:
        """Make up the removal of who is not leaving, as a careless rule would."""
        return {
            "special": True,
            "handles": [handle],
            "planned_date": self.juki.today(),
            "destination_code": "",
            "destination_address": "",
        }

    # -- 転入地 ----------------------------------------------------------------------------

    def _keep(self, telegram: Telegram) -> Telegram:
        """Keep what is received of each person; the newest counts."""
        shared = {item: telegram.values[item] for item in SHARED}
        persons: Any = telegram.values["persons"]
        group = [person["juminhyo_code"] for person in persons]
        for person in persons:
            code = person["juminhyo_code"]
            if self.held(code) is None or self.rules.newest_certificate:
                held = {**shared, "group": group, "person": dict(person)}
                self.registers.put("certificate_info", code, held)
        return self.node.reply(telegram, OK)

    def held(self, code: str) -> Record | None:
        """Read what is held of a person, None when nothing was received or it was erased."""
        return self.registers.get("certificate_info", code)

    def everybody(self) -> list[Record]:
        """List what is held of everybody."""
        return [held for _, held in self.registers.rows("certificate_info")]

    def used(self, codes: list[str]) -> None:
        """Forget what has been entered into the register."""
        for code in codes:
            self.registers.delete("certificate_info", code)

    def day_began(self) -> None:
        """Send what is due, and erase what nobody came for (24条の2第4項)."""
        for handle, due in self.registers.rows("certificate_due"):
            self.registers.delete("certificate_due", handle)
            removal = (self.residents.get(handle) or {}).get("removal")
            if removal:
                self._send(self._holders(due["handles"]), removal, removal["destination_code"])
        kept = KEPT_DAYS + self.rules.certificate_kept_longer
        for code, held in self.registers.rows("certificate_info"):
            if dates.days_after(held["planned_date"], self.juki.today()) > kept:
                self.registers.delete("certificate_info", code)

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"held": "yes" if self.held(str(args["juminhyo_code"])) else "no"}


SHARED = ("origin_code", "planned_date", "former_address", "new_address", "head_name")
