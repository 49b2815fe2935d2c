"""Serial numbers of user certificates, tied to 宛名番号 by way of the juminhyo code (7.1.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.juki.desk import Desk
from reference_impl.juki.residents import Row, is_present
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram

VALID, REVOKED = "1", "2"
_STATES = {VALID: "valid", REVOKED: "revoked"}


class CertificateDesk(Desk):
    """Asks for serial numbers and tells whose they are; a number nobody holds leads nowhere."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.actions = {"fetch_certificate": self._fetch, "tell_serial": self._tell_serial}
        self.receivers = {"certificate_result": self._on_result}
        self.observations = {"certificate": self._observe}

    def _fetch(self, args: Mapping[str, Any]) -> Outcome:
        """Ask by the person's code, or by a serial number that somebody showed."""
        serial = str(args.get("certificate_serial") or "")
        if serial:
            values = {"query": "2", "juminhyo_code": "", "certificate_serial": serial}
            self.juki.send("cs", "certificate_request", values)
            return Outcome("ok")
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        values = {"query": "1", "juminhyo_code": record["juminhyo_code"], "certificate_serial": ""}
        self.juki.send("cs", "certificate_request", values, handle)
        return Outcome("ok", handle=handle)

    def _on_result(self, telegram: Telegram) -> Telegram:
        result = text_of(telegram.values, "result") or OK
        serial = text_of(telegram.values, "certificate_serial")
        status = text_of(telegram.values, "certificate_status")
        if result != OK:
            self._lead_nowhere(serial)
            self._show(telegram, result, "該当する証明書がありません。")
            return self.juki.reply(telegram, OK)
        owner = self._owner(text_of(telegram.values, "juminhyo_code"))
        if owner is None:
            self._show(telegram, base.NO_RECORD, "証明書の住民票コードの者がいません。")
            return self.juki.reply(telegram, base.NO_RECORD, "juminhyo_code")
        former = text_of(telegram.values, "former_certificate_serial")
        if status == REVOKED:
            self._show(telegram, base.NO_RECORD, "失効した証明書です。")
        else:
            self._replace(owner, former)
        self._tell(owner, serial, status, former)
        self.registers.put("certificate", serial, {"handle": owner[0], "status": status})
        return self.juki.reply(telegram, OK)

    def _tell_serial(self, args: Mapping[str, Any]) -> Outcome:
        """Tell 申請管理 of a serial number that came by another way than the CS."""
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        self._tell(
            found,
            str(args["certificate_serial"]),
            str(args.get("link_state") or VALID),
            str(args.get("former_certificate_serial") or ""),
        )
        return Outcome("ok", handle=found[0])

    def _tell(self, owner: Row, serial: str, state: str, former: str) -> None:
        """Tell 申請管理 whose a serial number is, or that it is revoked (番号紐付情報)."""
        values = {
            "certificate_serial": serial,
            "former_certificate_serial": former,
            "link_state": state,
            "addressee_number": owner[1]["addressee_number"],
        }
        self.juki.send("shinsei", "number_link", values)

    def _owner(self, code: str) -> Row | None:
        if self.rules.certificate_owner == "first":
            return self.residents.present()[0]
        found = self.residents.find("juminhyo_code", code)
        return found if found and is_present(found[1]) else None

    def _replace(self, owner: Row, former: str) -> None:
        """End what earlier serial numbers of the same person led to."""
        for serial, kept in self.registers.rows("certificate"):
            if kept["handle"] == owner[0] or serial == former:
                self._lead_nowhere(serial)

    def _lead_nowhere(self, serial: str) -> None:
        kept = self.registers.get("certificate", serial)
        if kept is not None and not self.rules.keep_renewed_certificate:
            self.registers.put("certificate", serial, {**kept, "status": REVOKED})

    def _show(self, telegram: Telegram, code: str, text: str) -> None:
        if self.rules.show_certificate_faults:
            self.juki.report(telegram.id, code, text)

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell whom a serial number identifies: only its present holder, while it is valid."""
        kept = self.registers.get("certificate", str(args["certificate_serial"]))
        record = self.residents.get(kept["handle"]) if kept else None
        if kept is None or record is None or not is_present(record):
            return {"state": "unknown", "addressee_number": ""}
        identifies = kept["status"] == VALID or self.rules.link_revoked_certificate
        number = record["addressee_number"] if identifies else ""
        return {"state": _STATES[kept["status"]], "addressee_number": number}
