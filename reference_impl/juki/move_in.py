"""転入: a move into the municipality (住基法9条1項, 22条, 30条の3; 標準仕様書 4.1.1.1–4.1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks, notices, residents
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.numbering import STOCK_EMPTY
from reference_impl.juki.residents import FINAL, REMOVED, Record, Row, is_present
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

DOMESTIC, ABROAD, UNREPORTED = "domestic", "abroad", "unreported"
EVENT_OF = {DOMESTIC: "move_in", ABROAD: "move_in_abroad", UNREPORTED: "move_in"}
"""Kind of a move-in to its event; 未届転入 is 国内転入 (標準仕様書 4.1.1.4)."""
CODE_IN_USE = Alert("code_in_use", "現存する他の住民と番号が同じです。確かめてください。")
CODE_MISSING = Alert(
    "code_missing", "住民票コードがありません。判明しないときはその旨を入力します。"
)
REMOVED_RECORD = Alert("removed_record", "除票があります。再転入者として処理してください。")
SAME_THREE_ITEMS = Alert("same_three_items", "氏名・性別・生年月日の同じ者がいます。")
_PERSON = (
    "name",
    "furigana",
    "sex",
    "birth_date",
    "former_surname",
    "alias",
    "nationality",
    "relation",
    "residence_card_number",
)
CARRIED = ("juminhyo_code", "individual_number")
_UNIQUE = (*CARRIED, "residence_card_number")
"""Items that tell who somebody is (標準仕様書 4.1.1.2)."""
_THREE_ITEMS = ("name", "sex", "birth_date")


class MoveInDesk(Desk):
    """Takes move-ins, and tells the former municipality of them."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.stock, self.numbering = juki.stock, juki.numbering
        self.filings = {"move_in": self.take}
        self.actions = {"resend_move_in_notice": self._resend}

    def take(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Enter who moved in; with `final` False only check. A special move-in is taken here too.

        `former` is the handle of a removed record when staff handle a return (再転入).
        """
        former = self._former(args)
        record = self._record(args, former)
        unmapped = self.announcer.writing.unmapped(record["name"] + record["furigana"])
        errors = checks.text_errors(record, unmapped, self.rules)
        errors += checks.filing_errors("move_in", args, self.juki.today(), self.rules)
        errors += self._identity_errors(args, record, former, final=final)
        if errors and self.rules.errors_block:
            return rejected(FINAL if final else "input", errors)
        if not record["juminhyo_code"] and self.numbering.lacks_codes():
            self.juki.refill(urgent=True)
            return rejected("input", (STOCK_EMPTY,))
        alerts = errors + checks.text_alerts(unmapped, self.rules)
        alerts += self._suspicions(record, former)
        if final:
            return self._enter(args, record, alerts)
        if self.rules.notice_when == "provisional":
            self._tell(record, args)
        return Outcome("ok", alerts=alerts)

    # -- who it is -------------------------------------------------------------------------------

    def _former(self, args: Mapping[str, Any]) -> Row | None:
        """Give the removed record that staff continue, or one that a careless rule takes for it."""
        handle = str(args.get("former") or "")
        record = self.residents.get(handle)
        if record is not None:
            return handle, record
        same = self._same(args["person"], _THREE_ITEMS, every=True)
        return same[0] if same and self.rules.three_items == "link" else None

    def _record(self, args: Mapping[str, Any], former: Row | None) -> Record:
        """Make the record of who moved in, with what a removed one hands on."""
        person = {item: str(args["person"].get(item) or "") for item in _PERSON}
        known = former[1] if former else {}
        carried = {item: str(args.get(item) or known.get(item) or "") for item in CARRIED}
        if known and self.rules.keep_addressee_number:
            carried["addressee_number"] = known["addressee_number"]
        source = self.rules.abroad_code if args["kind"] == ABROAD else self.rules.move_in_code
        unnumbered = not carried["individual_number"] and self.rules.number_of_old_code == "new"
        if source == "new" or unnumbered:
            carried["juminhyo_code"] = ""
        if not self.rules.keep_alias:
            person["alias"] = ""
        return residents.entered_record(person | carried, {})

    def _identity_errors(
        self, args: Mapping[str, Any], record: Record, former: Row | None, *, final: bool
    ) -> tuple[Alert, ...]:
        """Tell what speaks against a new record: another's code, one's own removed record."""
        same = self._same(record, _UNIQUE)
        present = any(is_present(other) for _, other in same)
        removed = former is None and any(other["status"] == REMOVED for _, other in same)
        blocked = {"input": True, "final": final, "never": False}[self.rules.removed_record_found]
        found = {
            CODE_IN_USE: present and self.rules.code_in_use_refused,
            REMOVED_RECORD: removed and blocked,
            CODE_MISSING: args["kind"] != ABROAD and not self._may_enter(args, record),
        }
        return tuple(alert for alert, holds in found.items() if holds)

    def _may_enter(self, args: Mapping[str, Any], record: Record) -> bool:
        """Tell whether a code is there, or a new one may be written."""
        unknown = args.get("code_unknown") and self.rules.new_code_where_unknown
        given = args.get("juminhyo_code") or record["juminhyo_code"]
        return bool(given or unknown or args.get("birth_filed"))

    def _suspicions(self, record: Record, former: Row | None) -> tuple[Alert, ...]:
        """Warn of people who are the same by three items only."""
        others = [row for row in self._same(record, _THREE_ITEMS, every=True) if row != former]
        return (SAME_THREE_ITEMS,) if others and self.rules.three_items == "alert" else ()

    def _same(
        self, items: Mapping[str, Any], which: tuple[str, ...], *, every: bool = False
    ) -> list[Row]:
        """List the records that agree in one of the items, or in `every` one."""
        agree = all if every else any
        return [
            row
            for row in self.residents.rows()
            if agree(bool(items.get(item)) and items[item] == row[1][item] for item in which)
        ]

    # -- the entry -------------------------------------------------------------------------------

    def _enter(self, args: Mapping[str, Any], record: Record, alerts: tuple[Alert, ...]) -> Outcome:
        household = str(args.get("household") or "") or self.juki.new_household(record, args)
        record |= self.residents.place_of(household)
        record["event_date"] = self.event_date(args)
        record["report_date"] = str(args.get("report_date") or self.juki.today())
        record["addressee_number"] = record["addressee_number"] or self.juki.next_addressee_number()
        carried = record["juminhyo_code"]
        if carried:
            self.stock.mark_used(carried)
        else:
            alerts += self.stock.alerts(len(self.stock.codes()))
            self.numbering.write_code(record)
            self.juki.refill()
        handle = self.residents.add(record)
        joint_birth = args.get("birth_filed") and not self.rules.joint_birth_is_move_in
        event = "birth" if joint_birth else EVENT_OF[args["kind"]]
        today = self.rules.move_in_notice_date == "today"
        event_date = self.juki.today() if today else record["event_date"]
        unasked = bool(carried) and self.rules.number_of_old_code == "none"
        self.juki.enter(handle, record, event, event_date, asked=unasked)
        if record["individual_number"] and self.rules.request_number_again:
            self.numbering.request(handle, record)
        if args["kind"] != ABROAD and self.rules.notice_when == "final":
            self._tell(record, args)
        return Outcome("ok", alerts=alerts, handle=handle)

    # -- 転入通知 --------------------------------------------------------------------------------

    def _tell(self, record: Record, args: Mapping[str, Any]) -> None:
        """Send the notice to every former municipality, an unreported one included."""
        codes = (str(args.get(item) or "") for item in self.rules.notice_to)
        for code in dict.fromkeys(codes):
            if code not in {"", self.juki.own_code}:
                self._notify(record, code, args)

    def _notify(self, record: Record, destination: str, args: Mapping[str, Any]) -> None:
        moved = {
            "origin_code": self.juki.own_code,
            "destination_code": destination,
            "juminhyo_code": str(args.get("juminhyo_code") or ""),
            "move_in_date": dates.western(self.event_date(args)),
            "former_address": str(args.get("former_address") or ""),
            "notice_date": self.juki.today(),
        }
        values = notices.move_in_notice(record, moved, self.announcer.writing)
        self.registers.put("move_in_notice", record["juminhyo_code"], values)
        self.juki.send("cs", "move_in_notice", values)

    def _resend(self, args: Mapping[str, Any]) -> Outcome:
        """Send the last notice about a code again, with the items that are to be corrected."""
        last = self.registers.get("move_in_notice", str(args["juminhyo_code"]))
        if last is None:
            return Outcome("error", reason="no notice was sent")
        items = {item: str(text) for item, text in args["items"].items()}
        self.juki.send("cs", "move_in_notice", last | {"notice_date": self.juki.today()} | items)
        return Outcome("ok")

    def followed(self, handle: str, record: Record, event: str) -> None:  # noqa: ARG002 - the signature
        """Tell others of events that are no move-in; by default of none (住基法9条1項)."""
        if event in self.rules.notice_of_others:
            code = record["register_municipality_code"]
            self._notify(record, code, {"juminhyo_code": record["juminhyo_code"]})
