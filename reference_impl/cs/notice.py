"""Receiving what municipalities tell: 本人確認情報 and others (住民基本台帳法30条の7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import base
from reference_impl.base import OK, text_of
from reference_impl.desk import Desk

if TYPE_CHECKING:
    from reference_impl.cs.node import Cs
    from reference_impl.node import Telegram, Values


class NoticeDesk(Desk["Cs"]):
    """Checks and keeps notices."""

    def __init__(self, cs: Cs) -> None:
        super().__init__(cs)
        self.receivers = {
            "identity_notice": self._on_identity_notice,
            "delivery_address": self._keep,
            "family_register_notice": self._keep,
            "notice_report": self._keep,
            "issue_restraint": self._keep,
        }

    def _on_identity_notice(self, telegram: Telegram) -> Telegram:
        code, number = (text_of(telegram.values, i) for i in ("juminhyo_code", "individual_number"))
        if not self.node.numbers.is_juminhyo_code(code):
            return self._refuse(telegram, base.BAD_CHECK_DIGIT, "juminhyo_code")
        if number and not self.node.numbers.is_individual_number(number):
            return self._refuse(telegram, base.BAD_CHECK_DIGIT, "individual_number")
        if self.registers.get("designated", code) is None:
            return self._refuse(telegram, base.NOT_DESIGNATED, "juminhyo_code")
        former = text_of(telegram.values, "former_juminhyo_code")
        if former:
            self._code_changed(former, code)
        return self._keep(telegram)

    def _code_changed(self, former: str, code: str) -> None:
        """Follow a changed code, and tell the network that was given the former one.

        住民基本台帳法30条の9の2第2項; 住民基本台帳法施行令30条の8の2第2項.
        """
        issued = self.registers.get("issued", former)
        if issued is not None:
            self.node.remember_number(code, str(issued["number"]))
        provided = self.registers.get("provided", former) is not None
        if provided:
            self.registers.put("provided", code, {})
        if not (provided or self.rules.tell_unprovided_code):
            return
        told = (former, code) if self.rules.code_change_order == "former_new" else (code, former)
        values: Values = dict(zip(("former_juminhyo_code", "juminhyo_code"), told, strict=True))
        self.node.send("nws", "code_change_notice", values)

    def _refuse(self, telegram: Telegram, result: str, item: str) -> Telegram:
        self.node.report(telegram.id, result, item)
        return self.node.reply(telegram, result, item)

    def _keep(self, telegram: Telegram) -> Telegram:
        self.registers.put(telegram.id, str(self.registers.count(telegram.id)), telegram.values)
        return self.node.reply(telegram, OK)
