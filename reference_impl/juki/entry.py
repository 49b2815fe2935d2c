"""職権記載: entering ex officio who was left out of the register (標準仕様書 4.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks, residents
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.numbering import STOCK_EMPTY
from reference_impl.juki.residents import HEAD
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

SINCE = ("resident_since", "address_since")
"""住民となった日, 住所を定めた日: they may be unknown or off the calendar (標準仕様書 1.1.8)."""
SINCE_WRONG = Alert("since_wrong", "住民となった日又は住所を定めた日が誤っています。")


class EntryDesk(Desk):
    """Enters people of a household of their own."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock, self.numbering = juki.stock, juki.numbering
        self.filings = {"enter": self._enter}

    def _enter(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        person = {item: str(value) for item, value in args["person"].items()}
        unmapped = self.announcer.writing.unmapped(person["name"] + person["furigana"])
        errors = checks.text_errors(person, unmapped, self.rules)
        errors += checks.filing_errors("entry", args, self.juki.today(), self.rules)
        errors += self._since_errors(args)
        if errors and self.rules.errors_block:
            return rejected("input", errors)
        alerts = errors + checks.text_alerts(unmapped, self.rules)
        if not person.get("juminhyo_code") and self.numbering.lacks_codes():
            self.juki.refill(urgent=True)
            return rejected("input", (STOCK_EMPTY,))
        return self._settle(args, person, alerts) if final else Outcome("ok", alerts=alerts)

    def _settle(
        self, args: Mapping[str, Any], person: dict[str, str], alerts: tuple[Alert, ...]
    ) -> Outcome:
        """Enter the record; code and number of an earlier one are carried over."""
        household = self.juki.new_household(person, args)
        since = {item: str(args.get(item) or "") for item in SINCE}
        place = self.residents.place_of(household)
        record = residents.entered_record({"relation": HEAD} | person | since, place)
        record["addressee_number"] = self.juki.next_addressee_number()
        if not record["juminhyo_code"] or not self.rules.keep_known_code:
            record["individual_number"] = ""
            self.numbering.write_code(record)
            self.juki.refill()
        self.stock.mark_used(record["juminhyo_code"])
        handle = self.residents.add(record)
        event_date = self.event_date(args)
        self.juki.enter(handle, record, "entry", event_date)
        return Outcome("ok", alerts=alerts, handle=handle)

    def _since_errors(self, args: Mapping[str, Any]) -> tuple[Alert, ...]:
        days = [str(args[item]) for item in SINCE if args.get(item)]
        loose = self.rules.loose_since
        good = all(dates.is_date(day) and (loose or dates.is_calendar(day)) for day in days)
        return () if good else (SINCE_WRONG,)
