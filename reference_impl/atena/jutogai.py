"""住登外者宛名番号付番API: numbers for those who are not residents (API仕様書 2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import text_of
from reference_impl.desk import Desk
from reference_impl.node import Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.atena.node import Atena
    from reference_impl.node import Values
    from telegram_specs import Fault

BAD_REQUEST = 400
ERRORS = {
    "required": ("E0001", "必須項目が設定されていません。"),
    "kind": ("E0002", "字種が誤っています。"),
    "charset": ("E0002", "字種が誤っています。"),
    "code": ("E0002", "値が誤っています。"),
    "date": ("E0002", "日付が誤っています。"),
    "type": ("E0002", "型が誤っています。"),
    "json": ("E0002", "JSONではありません。"),
    "size": ("E0003", "桁数が誤っています。"),
    "when": ("E0004", "項目間の関係が誤っています。"),
}
"""Code and message by the rule of a fault; what stands not here is let pass."""
_NEW = "0"
_PATH = "/app_submit/v10/jutogaishaatenabangofuban"
_FIRST = 34_567_891
_ECHOED = ("shikuchosonkodo", "sosashaid", "sosanengappi", "sosajikoku")


class JutogaiDesk(Desk["Atena"]):
    """Answers the published API."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"jutogai_request": self._on_request}
        self.observations = {"jutogai": self._observe}

    def _on_request(self, telegram: Telegram) -> Telegram:
        errors = [self._error(f) for f in telegram.faults if f.rule in ERRORS]
        errors = [error for error in errors if error["code"] not in self.rules.jutogai_ignores]
        if errors:
            detail = "エラーが発生しました。"
            links = {"href": _PATH, "errors": errors}
            return self.node.error(telegram, BAD_REQUEST, "エラー", detail, **links)
        new = text_of(telegram.values, "shorikubun") == _NEW
        number = self._new_number() if new else text_of(telegram.values, "atenabango")
        history = self.registers.count(f"jutogai/{number}")
        barred = text_of(telegram.values, "tagyomusanshofukafuragu")
        kept = {"barred": barred if self.rules.keep_barred else "0"}
        self.registers.put("jutogai", number, kept)
        result = {item: text_of(telegram.values, item) for item in _ECHOED}
        values: Values = {
            "title": "登録",
            "detail": self.rules.jutogai_detail,
            "href": _PATH,
            "result": [{**result, "atenabango": number, "rirekibango": str(history)}],
        }
        return Telegram("jutogai_response", values, self.node.role, telegram.sender)

    def _new_number(self) -> str:
        rows = self.registers.rows("jutogai")
        if rows and not self.rules.unique_jutogai_number:
            return rows[0][0]
        return self.node.new_addressee_number("jutogai", _FIRST)

    def _error(self, fault: Fault) -> dict[str, str]:
        missing = fault.rule == "when" and fault.actual == "nothing"
        if missing and fault.field == "atenabango":
            return {"code": self.rules.jutogai_missing_number, "message": ERRORS["when"][1]}
        code, message = ERRORS[fault.rule]
        return {"code": self.rules.jutogai_codes.get(code, code), "message": message}

    def _observe(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = self.registers.get("jutogai", str(args["atenabango"]))
        return {"known": kept is not None, "barred": bool(kept and kept["barred"] == "1")}
