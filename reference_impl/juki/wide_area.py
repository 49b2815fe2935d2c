"""Wide-area issue of copies: asked for elsewhere, answered here (広域交付; 住基法12条の4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.base import NO_RECORD, OK, text_of
from reference_impl.juki.desk import Desk
from reference_impl.juki.residents import is_present
from reference_impl.juki.restraint import is_restrained
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record, Row
    from reference_impl.node import Telegram

RECORD, NOBODY, REFUSED = "1", "2", "3"
SPECIAL = ("household", "number", "code")
"""What is told on a special request only (住基法12条の4第4項)."""


class WideAreaDesk(Desk):
    """Asks another municipality for a record, and answers such requests."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {
            "wide_area_request_delivery": self._on_request,
            "wide_area_record_delivery": self._on_record,
        }
        self.actions = {"request_wide_area": self._request}

    # -- the municipality that issues ----------------------------------------------------------

    def _request(self, args: Mapping[str, Any]) -> Outcome:
        number = str(self.registers.count("wide_area_request")).zfill(10)
        asked = args.get("special", ())
        values = {
            "origin_code": self.juki.own_code,
            "destination_code": str(args["destination_code"]),
            "request_number": number,
            "juminhyo_code": str(args["juminhyo_code"]),
            "name": str(args.get("name") or ""),
            **{f"with_{what}": "1" if what in asked else "0" for what in SPECIAL},
        }
        self.juki.send("cs", "wide_area_request", values)
        return Outcome("ok", data={"request_number": number})

    def _on_record(self, telegram: Telegram) -> Telegram:
        number = text_of(telegram.values, "request_number")
        self.registers.put("wide_area_record", number, telegram.values)
        return self.juki.reply(telegram, OK)

    # -- the municipality of the address -------------------------------------------------------

    def _on_request(self, telegram: Telegram) -> Telegram:
        member = self.juki.members.addressed(telegram)
        found = self._find(text_of(telegram.values, "juminhyo_code"), member)
        items: dict[str, str] = {}
        if found is None:
            answer = NOBODY
        elif self._is_withheld(found[0]):
            answer = REFUSED
        else:
            answer, items = RECORD, self._items(found, telegram)
        if answer != RECORD and self.rules.wide_area_refusal == "receipt":
            return self.juki.reply(telegram, NO_RECORD)
        if self.rules.wide_area_answers:
            values = {
                "sender": member,
                "origin_code": member,
                "destination_code": text_of(telegram.values, "origin_code"),
                "request_number": text_of(telegram.values, "request_number"),
                "answer": answer,
                **items,
            }
            self.juki.send("cs", "wide_area_record", values, found[0] if found else "")
        return self.juki.reply(telegram, OK)

    def _is_withheld(self, handle: str) -> bool:
        restrained = is_restrained(self.registers, handle, self.juki.today(), self.rules)
        return restrained and self.rules.wide_area_heeds_restraint

    def _find(self, code: str, member: str) -> Row | None:
        found = self.residents.find("juminhyo_code", code)
        if found and is_present(found[1]) and self._belongs(found[1], member):
            return found
        strangers = self.residents.present() if self.rules.wide_area_stranger else []
        return strangers[-1] if strangers else None

    def _belongs(self, record: Record, member: str) -> bool:
        of = record.get("municipality_code") or self.juki.own_code
        return of == member or self.rules.member_dispatch == "none"

    def _items(self, found: Row, telegram: Telegram) -> dict[str, str]:
        handle, record = found
        written = self.announcer.writing.written
        remarks = {
            "": "",
            "register": f"{record.get('register_place', '')}　{record.get('register_head', '')}",
            "pension": dates.full_width(str(record.get("pension_number", ""))),
        }[self.rules.wide_area_remarks]
        texts = ("name", "furigana", "former_surname")
        return {
            **{item: written(str(record[item])) for item in texts},
            "birth_date": dates.era_form(record["birth_date"]),
            "sex": record["sex"],
            "address": written(self._address(handle, record)),
            "remarks": written(remarks.strip("　")),
            **self._special(record, telegram),
        }

    def _special(self, record: Record, telegram: Telegram) -> dict[str, str]:
        """Give what was asked for specially (住基法12条の4第4項)."""
        asked = {what for what in SPECIAL if text_of(telegram.values, f"with_{what}") == "1"}
        asked = (asked | {self.rules.wide_area_unasked}) - {self.rules.wide_area_omits}
        head = self.residents.household(record)["head"]["name"]
        items = {
            "household": {"head_name": self.announcer.writing.written(head)},
            "number": {"individual_number": record["individual_number"]},
            "code": {"juminhyo_code": record["juminhyo_code"]},
        }
        items["household"]["relation"] = record["relation"]
        return {
            item: text for what in SPECIAL if what in asked for item, text in items[what].items()
        }

    def _address(self, handle: str, record: Record) -> str:
        """Give the address as it is registered finally."""
        filings = [row["args"] for _, row in self.registers.rows("filing")]
        filed = [args.get("address") for args in filings if args.get("handle") == handle]
        sources = {
            "record": record["address"],
            "household": self.residents.household(record)["address"],
            "filing": next(filter(None, filed), record["address"]),
        }
        return str(sources[self.rules.wide_area_source])
