"""帰化, 国籍取得 and 国籍喪失: one person, two records (標準仕様書 4.5.3–4.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks, residents
from reference_impl.juki.desk import Desk, rejected
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

EVENTS_OF = {
    "naturalised": ("removal_naturalised", "entry_naturalised"),
    "acquired": ("removal_naturalised", "entry_naturalised"),
    "lost": ("removal_nationality_lost", "entry_nationality_lost"),
}
"""Kind of change to the events of the record that ends and of the one that begins."""
ITEMS = ("name", "furigana", "former_surname", "alias", "nationality")


class NationalityDesk(Desk):
    """Ends the record of one nationality and begins that of the other."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.numbering = juki.numbering
        self.filings = {"change_nationality": self._change}

    def _change(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        kind = str(args["kind"])
        if kind not in EVENTS_OF:
            return Outcome("error", reason=f"no kind of change of nationality {kind!r}")
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        removal, entry = EVENTS_OF[kind]
        errors = checks.filing_errors(entry, args, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors, handle)
        if final:
            event_date = self.event_date(args)
            self._end(handle, record, removal, event_date)
            record |= {item: str(args["items"][item]) for item in ITEMS if item in args["items"]}
            self._lose(handle, record)
            self.juki.settle(handle, record, entry, event_date)
        return Outcome("ok", alerts=errors, handle=handle)

    def _end(self, handle: str, record: Record, event: str, event_date: str) -> None:
        if self.rules.nationality_in_one_notice:
            residents.remember(record, residents.change(record, event, event_date))
        else:
            self.juki.settle(handle, record, event, event_date)

    def _lose(self, handle: str, record: Record) -> None:
        """Give the new record numbers of its own, where the rules do not carry them over."""
        carried = self.rules.nationality_carries
        if "addressee_number" not in carried:
            record["addressee_number"] = self.juki.next_addressee_number()
        if "juminhyo_code" not in carried:
            self.numbering.write_code(record)
        if "individual_number" not in carried:
            self.numbering.request(handle, record)
