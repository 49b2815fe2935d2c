"""Telling serial numbers of user certificates (住民記録システム標準仕様書 7.1.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram

VALID = "1"


class CertificateDesk(Desk["Cs"]):
    """Keeps certificates by their serial number and tells them when asked."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {"certificate_request": self._on_request}
        self.provisions = {"certificate": self._provision}

    def _provision(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep a certificate; the status is `1` 有効 or `2` 失効."""
        kept = {
            "code": str(args["juminhyo_code"]),
            "status": str(args.get("certificate_status") or VALID),
            "former": str(args.get("former_certificate_serial") or ""),
        }
        self.registers.put("certificate", str(args["certificate_serial"]), kept)
        return {}

    def _on_request(self, telegram: Telegram) -> Telegram:
        code, serial = (
            text_of(telegram.values, item) for item in ("juminhyo_code", "certificate_serial")
        )
        found = [
            (key, row)
            for key, row in self.registers.rows("certificate")
            if (serial and key == serial) or (code and row["code"] == code)
        ]
        valid = [row for row in found if row[1]["status"] == VALID]
        told = (valid or found)[-1:]
        values = {"result": base.NO_RECORD, "juminhyo_code": code, "certificate_serial": serial}
        for key, row in told:
            values = {
                "result": OK,
                "juminhyo_code": row["code"],
                "certificate_serial": key,
                "certificate_status": row["status"],
                "former_certificate_serial": row["former"],
            }
        municipality = self.node.municipality_of(telegram)
        header = {"receiver": municipality, "ref_serial": text_of(telegram.values, "serial")}
        self.node.send_to(municipality, "certificate_result", {**header, **values})
        return self.node.reply(telegram, OK)
