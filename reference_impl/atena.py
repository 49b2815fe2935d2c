"""団体内統合宛名機能: one integrated number for each individual number, tokens, conversion."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reference_impl import base, numbers, oauth
from reference_impl.base import OK, Base, text_of
from reference_impl.node import Outcome, Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.node import Context
    from reference_impl.registers import Document, Entry

INVALID_TOKEN = "アクセストークンが無効です。"  # noqa: S105 - the fixed message of the published API
"""Title and detail of an answer 401 (住登外者宛名番号付番API)."""

_FIRST_INTEGRATED = 98_765_431
_TOKEN_SIZE = 64
_MESSAGES = {
    "": "",
    "integrated_number": "団体内統合宛名番号 {integrated_number} で登録しました。",
    "individual_number": "個人番号 {individual_number} の者を登録しました。",
}
_BAD_REQUEST, _UNAUTHORIZED = 400, 401


class Atena(Base):
    """The node; `registers` hold persons by individual number, and tokens by their hash."""

    role = "atena"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._client = context.client
        self._municipality = context.municipality_code
        self.receivers = {
            "token_request": self._on_token_request,
            "addressee_request": self._on_addressee_request,
            "linkage_start": self._on_linkage_start,
        }
        self.answers = {"linkage_request": self._linkage_answered}
        self.actions = {"expire_tokens": self._expire_tokens}

    # -- tokens -----------------------------------------------------------------------------

    def refusal(self, telegram: Telegram) -> Telegram | None:
        """Refuse a 付番依頼 without a good token."""
        if telegram.id != "addressee_request" or self._is_admitted(telegram.auth or ""):
            return super().refusal(telegram)
        return self._error(telegram, _UNAUTHORIZED, INVALID_TOKEN, INVALID_TOKEN)

    def _is_admitted(self, auth: str) -> bool:
        scheme, _, token = auth.partition(" ")
        if not self.rules.check_token:
            return True
        kept = self.registers.get("token", _hash(token))
        if kept is None or scheme.lower() != "bearer":
            return False
        return self._now() < kept["expires"] or not self.rules.check_token_expiry

    def _on_token_request(self, telegram: Telegram) -> Telegram:
        values = telegram.values
        if self.rules.check_grant_type and values.get("grant_type") != oauth.GRANT_TYPE:
            detail = "client_credentials以外の認可方式は使えません。"
            return self._error(telegram, _BAD_REQUEST, "unsupported_grant_type", detail)
        known = oauth.is_client(self._client, values, telegram.auth, self._now())
        if self.rules.check_client and not known:
            detail = "クライアントを認証できません。"
            return self._error(telegram, _UNAUTHORIZED, "invalid_client", detail)
        token = numbers.random_hex(self.random, _TOKEN_SIZE)
        lifetime = self.rules.token_lifetime
        self.registers.put("token", _hash(token), {"expires": self._now() + lifetime})
        granted = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": str(lifetime),
            "scope": "",
        }
        return Telegram("token_response", granted, self.role, telegram.sender)

    def _expire_tokens(self, _args: Mapping[str, Any]) -> Outcome:
        for key, _ in self.registers.rows("token"):
            self.registers.put("token", key, {"expires": 0})
        return Outcome("ok")

    def _error(self, telegram: Telegram, status: int, title: str, detail: str) -> Telegram:
        values = {"title": title, "detail": detail}
        return Telegram("error_response", values, self.role, telegram.sender, status)

    def _now(self) -> float:
        return self.clock.now().timestamp()

    # -- addressees -------------------------------------------------------------------------

    def _on_addressee_request(self, telegram: Telegram) -> Telegram:
        number, addressee = (
            text_of(telegram.values, item) for item in ("individual_number", "addressee_number")
        )
        if not self.numbers.is_individual_number(number):
            self.report(telegram.id, base.BAD_CHECK_DIGIT, "個人番号の検査用数字が誤っています。")
            return self._answer(telegram, base.BAD_CHECK_DIGIT, addressee)
        key = self.rules.match_by
        found = self.registers.find("person", key, text_of(telegram.values, key))
        record = found[1] if found else self._new_person(number)
        record["addressee_number"] = addressee
        record["addressee_numbers"] = sorted({*record["addressee_numbers"], addressee})
        self.registers.put("person", number, record)
        if found is None or self.rules.notify_again:
            self._notify(record)
        return self._answer(telegram, OK, addressee, record)

    def _new_person(self, number: str) -> Document:
        earlier = self.registers.rows("person")
        integrated = self.new_addressee_number("integrated", _FIRST_INTEGRATED)
        if earlier and not self.rules.unique_integrated_number:
            integrated = earlier[0][1]["integrated_number"]
        return {
            "individual_number": number,
            "integrated_number": integrated,
            "addressee_numbers": [],
        }

    def _notify(self, record: Document) -> None:
        """Tell the 中間サーバー a new integrated number."""
        if self.rules.start_linkage_early:
            own = numbers.random_acquisition_number(self.random)
            self._send_linkage_request(record, own, record["individual_number"])
            return
        self._send_notice(record)

    def _send_notice(self, record: Document) -> None:
        notified = {
            "integrated": record["integrated_number"],
            "addressee": record["addressee_number"],
            "individual": record["individual_number"],
        }
        values = {
            "municipality_code": self._municipality,
            "integrated_number": notified[self.rules.notified_number],
        }
        self.send("chukan", "integrated_number_notice", values)

    def _answer(
        self, telegram: Telegram, result: str, addressee: str, record: Document | None = None
    ) -> Telegram:
        """Answer a 付番依頼: with the addressee number, never the integrated one."""
        number, message = addressee, ""
        if record is not None:
            message = _MESSAGES[self.rules.message_text].format_map(record)
        if record is not None and self.rules.answer_number == "integrated":
            number = record["integrated_number"]
        values = {"result": result, "addressee_number": number, "message": message}
        return Telegram("addressee_response", values, self.role, telegram.sender)

    # -- linkage ----------------------------------------------------------------------------

    def _on_linkage_start(self, telegram: Telegram) -> Telegram:
        integrated = text_of(telegram.values, "integrated_number")
        found = self.registers.find("person", "integrated_number", integrated)
        if found is None:
            self.report(telegram.id, base.NO_RECORD, "団体内統合宛名番号に該当する者がいません。")
            return self.reply(telegram, base.NO_RECORD)
        self._send_linkage_request(found[1], text_of(telegram.values, "acquisition_number"))
        return self.reply(telegram, OK)

    def _send_linkage_request(self, record: Document, given: str, ref: str = "") -> None:
        number = str(record["individual_number"])
        told = f"{self.rules.linkage_request_number}_number"
        values = {
            "addressee_number": record[told],
            "acquisition_number": self.acquisition(number, given, number),
        }
        self.send("juki", "linkage_request", values, ref)

    def _linkage_answered(self, entry: Entry, _answer: Telegram) -> None:
        record = self.registers.get("person", entry.ref) if entry.ref else None
        if record is not None:
            self._send_notice(record)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
