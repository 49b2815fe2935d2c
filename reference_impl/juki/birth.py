"""Births: 仮登録, 本登録 and the choice of a code (住民記録システム標準仕様書 4.2.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks, residents
from reference_impl.juki.desk import Desk, rejected, unknown
from reference_impl.juki.numbering import STOCK_EMPTY
from reference_impl.juki.residents import FINAL, PROVISIONAL, Record
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

_DOMESTIC = ("", "日本")


class BirthDesk(Desk):
    """Takes births."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock, self.numbering = juki.stock, juki.numbering
        self.actions = {"birth": self._birth, "finalise": self._finalise_action}

    def _birth(self, args: Mapping[str, Any]) -> Outcome:
        place = self.residents.place_of(str(args["household"]))
        record = residents.born_record(args, place, self.juki.today(), self.rules)
        unmapped = self.announcer.writing.unmapped(record["name"] + record["furigana"])
        errors = checks.text_errors(record, unmapped, self.rules)
        if self.rules.check_dates_at == "input":
            errors += checks.date_errors(record, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors)
        alerts = errors + checks.text_alerts(unmapped, self.rules)
        record["addressee_number"] = self.juki.next_addressee_number()
        handle = self.residents.add(record)
        self._send_early(handle, record)
        if args.get("until", FINAL) == PROVISIONAL:
            return Outcome("ok", alerts=alerts, handle=handle)
        return self._finalise(handle, record, alerts)

    def _finalise_action(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        record = self.residents.get(handle)
        return self._finalise(handle, record) if record else unknown(handle)

    def _finalise(self, handle: str, record: Record, alerts: tuple[Alert, ...] = ()) -> Outcome:
        if record["state"] != PROVISIONAL:
            return rejected(FINAL, (), handle, "not_provisional")
        if self.rules.check_dates_at == FINAL:
            errors = checks.date_errors(record, self.juki.today(), self.rules)
            if errors and self.rules.errors_block:
                return rejected(FINAL, errors, handle)
        needs_code = self._is_numbered(record) and not record["juminhyo_code"]
        if needs_code and self.numbering.lacks_codes():
            return self._out_of_stock(handle)
        if needs_code:
            alerts += self.stock.alerts(len(self.stock.codes()))
        if alerts and self.rules.alerts_block:
            return rejected(FINAL, alerts, handle)
        if needs_code:
            self.numbering.write_code(record)
            self.juki.refill()
        today = self.rules.notice_event_date == "today"
        event_date = self.juki.today() if today else dates.western(record["birth_date"])
        self.juki.enter(handle, record, "birth", event_date, asked=self._has_asked_early())
        return Outcome("ok", alerts=alerts, handle=handle)

    def _has_asked_early(self) -> bool:
        return "number_issue_request" in self.rules.sent_when_provisional

    def _send_early(self, handle: str, record: Record) -> None:
        """Send what the rules let leave at 仮登録; by default nothing."""
        early = self.rules.sent_when_provisional
        if early and self.stock.codes():
            self.numbering.write_code(record)
        if self._has_asked_early():
            self.numbering.request(handle, record)
        if "identity_notice" in early:
            event_date = dates.western(record["birth_date"])
            what = residents.change(record, "birth", event_date)
            self.announcer.notice(handle, record, what, "")
        self.residents.save(handle, record)

    def _out_of_stock(self, handle: str) -> Outcome:
        if self.rules.empty_stock == "discard":
            self.residents.remove(handle)
        self.juki.refill(urgent=True)
        return rejected(FINAL, (STOCK_EMPTY,), handle)

    def _is_numbered(self, record: Record) -> bool:
        foreign = record["nationality"] not in _DOMESTIC
        named = bool(record["name"]) or self.rules.number_unnamed
        return named and (self.rules.number_foreigners or not foreign)
