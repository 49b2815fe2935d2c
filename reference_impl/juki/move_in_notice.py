"""転入通知の受理: others tell who moved in there (住基法9条1項; 令13条; 標準仕様書 4.1.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import base, dates
from reference_impl.base import OK, text_of
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.move_out import remove
from reference_impl.juki.notices import SUBSTITUTE
from reference_impl.juki.residents import LEAVING, REMOVED, Record, Row
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram

Notice = dict[str, str]

TELEGRAM = "move_in_notice_delivery"
ADDRESS_SIZE = 80
"""Characters of an address that the register holds."""
EX_OFFICIO = ("removal", "disappeared")
CONFIRMABLE = ("", "move_out", *EX_OFFICIO)
"""Events whose removed records a notice can be about; a dead person does not move in."""
_KEPT = ("juminhyo_code", "name", "birth_date", "move_in_date", "notice_date")
_PLACE = ("origin_code", "new_municipality_code", "new_address")


class MoveInNoticeDesk(Desk):
    """Imports notices, shows what it cannot import, and lists who was never confirmed."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.receivers = {TELEGRAM: self._on_notice}
        self.actions = {"import_notices": self._import_all, "correct_notice": self._correct}
        self.observations = {
            "missing_notices": self._observe_missing,
            "notice_faults": self._observe_faults,
        }

    # -- import ----------------------------------------------------------------------------------

    def _on_notice(self, telegram: Telegram) -> Telegram:
        if text_of(telegram.values, "destination_code") != self.juki.own_code:
            return self.juki.reply(telegram, base.WRONG_RECEIVER, "destination_code")
        items = (*_KEPT, *_PLACE, "created_date", "created_time")
        notice = {item: text_of(telegram.values, item) for item in items}
        self.registers.put("notice", str(self.registers.count("notice")), notice)
        if self.rules.import_by_itself:
            self._import_all({})
        return self.juki.reply(telegram, OK)

    def _import_all(self, _args: Mapping[str, Any]) -> Outcome:
        """Import what arrived, oldest first, so that the newest of a person counts in the end."""
        waiting = self.registers.rows("notice")
        for key, _ in waiting:
            self.registers.delete("notice", key)
        for notice in sorted((notice for _, notice in waiting), key=age):
            self._import(notice)
        return Outcome("ok")

    def _import(self, notice: Notice) -> None:
        found = self._subject(notice)
        fault = self._fault(found, notice)
        if found is None or fault:
            if self.rules.unknown_notice != "silent":
                self.juki.report(TELEGRAM, base.NO_RECORD, fault)
            return
        handle, record = found
        removal = record["removal"]
        if not self._counts(removal, notice):
            return
        faults = faults_of(notice) if self.rules.show_notice_faults else {}
        if faults:
            self.registers.put("notice_fault", handle, faults)
        record["removal"] = {**removal, **self._confirmed(notice, faults)}
        self._take_off(handle, record, notice)
        if self.rules.planned_values == "overwritten":
            record["removal"] |= planned_again(record["removal"])
        self.residents.save(handle, record)
        if self.rules.report_notice and "notice_date" not in removal:
            self._report(record, notice)

    def _confirmed(self, notice: Notice, faults: Iterable[str]) -> dict[str, str]:
        """Give what a notice confirms: 転出年月日, 転出先住所 and 転入通知日."""
        address = "" if "new_address" in faults else notice["new_address"]
        return {
            "confirmed_date": notice["move_in_date"],
            "confirmed_code": notice["new_municipality_code"],
            "confirmed_address": address[:ADDRESS_SIZE],
            "notice_date": notice["notice_date"],
            "notice_age": "/".join(age(notice)),
        }

    def _counts(self, removal: Mapping[str, Any], notice: Notice) -> bool:
        """Tell whether a notice replaces what an earlier one confirmed."""
        before = str(removal.get("notice_age", ""))
        newer = {
            "newest": before <= "/".join(age(notice)),
            "first": not before,
            "last_arrived": True,
        }
        return newer[self.rules.notice_taken]

    def _take_off(self, handle: str, record: Record, notice: Notice) -> None:
        """Remove who has not been removed yet, on the earlier of the two dates."""
        planned = dates.western(record["removal"].get("planned_date") or notice["move_in_date"])
        day = min(planned, notice["move_in_date"])
        if record["status"] == LEAVING and self.rules.remove_early:
            remove(self.juki, handle, record, day)
        elif record["status"] == REMOVED and record["removal"].get("date"):
            record["removal"]["date"] = min(day, record["removal"]["date"])

    def _report(self, record: Record, notice: Notice) -> None:
        values = {
            "notifying_code": notice["origin_code"],
            "juminhyo_code": record["juminhyo_code"],
            "name": self.announcer.writing.written(record["name"]),
            "birth_date": dates.era_form(record["birth_date"]),
            "move_in_date": notice["move_in_date"],
            "received_date": self.juki.today(),
        }
        self.juki.send("cs", "notice_report", values)

    # -- who it is about -------------------------------------------------------------------------

    def _subject(self, notice: Notice) -> Row | None:
        """Find who a notice is about: the latest to leave with its code, or anybody with it."""
        rows = self.residents.rows()
        code = notice["juminhyo_code"]
        same = [row for row in rows if code and row[1]["juminhyo_code"] == code]
        if not same and self.rules.unknown_notice == "same_name":
            same = [row for row in rows if row[1]["name"] == notice["name"]]
        left = [row for row in same if row[1]["status"] in {LEAVING, REMOVED}]
        return (left or same)[-1] if same else None

    def _fault(self, found: Row | None, notice: Notice) -> str:
        """Tell staff why a notice cannot be imported; empty when it can."""
        if found is None:
            return "該当する者がいません。"
        record = found[1]
        event = record["removal"].get("event", "")
        early = record["removal"].get("planned_date", "") > self.juki.today()
        refused = {
            "転出の届出がありません。": record["status"] not in {LEAVING, REMOVED},
            "転出によらず消除されています。": event not in CONFIRMABLE,
            "職権で消除されています。": event in EX_OFFICIO
            and not self.rules.accept_after_ex_officio,
            "転出予定年月日が到来していません。": early and not self.rules.accept_early_notice,
            "住民票コードと氏名又は生年月日が合いません。": self.rules.check_notice_person
            and not self._is_same(record, notice),
        }
        return next((text for text, holds in refused.items() if holds), "")

    def _is_same(self, record: Record, notice: Notice) -> bool:
        name = self.announcer.writing.written(record["name"])
        pairs = list(zip(name, notice["name"], strict=False))
        alike = len(name) == len(notice["name"])
        alike = alike and all(a == b or SUBSTITUTE in {a, b} for a, b in pairs)
        born = {dates.western(text) for text in (record["birth_date"], notice["birth_date"])}
        return alike and len(born) == 1

    # -- what staff see and do -------------------------------------------------------------------

    def _observe_missing(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        rows = self.residents.rows() if self.rules.list_missing_notices else []
        return {"handles": [handle for handle, record in rows if self._is_missing(record)]}

    def _is_missing(self, record: Record) -> bool:
        removal = record["removal"]
        left = record["status"] == REMOVED and removal.get("event") == "move_out"
        return left and not (removal.get("notice_date") and self.rules.take_off_missing_list)

    def _observe_faults(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        rows = self.registers.rows("notice_fault")
        lines = [
            {"handle": handle, "item": item, "text": text}
            for handle, faults in rows
            for item, text in faults.items()
        ]
        return {"items": lines}

    def _correct(self, args: Mapping[str, Any]) -> Outcome:
        """Let staff write what an item of a notice should have said."""
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        items = args["items"]
        faults = self.registers.get("notice_fault", handle)
        if faults is None or not self.rules.correct_notice_items:
            return rejected("input", (), handle, "nothing_to_correct")
        if "new_address" in items:
            record["removal"]["confirmed_address"] = str(items["new_address"])
        self.residents.save(handle, record)
        left = {item: text for item, text in faults.items() if item not in items}
        self.registers.put("notice_fault", handle, left)
        return Outcome("ok", handle=handle)


def age(notice: Notice) -> tuple[str, str, str]:
    """Give what orders notices: when it was made out, then when it was sent."""
    return notice["notice_date"], notice["created_date"], notice["created_time"]


def faults_of(notice: Notice) -> dict[str, str]:
    """Give the items that cannot be written as they are: garbled ones, overlong ones."""
    texts = {item: notice[item] for item in ("name", "new_address")}
    return {
        item: text for item, text in texts.items() if SUBSTITUTE in text or len(text) > ADDRESS_SIZE
    }


def planned_again(removal: Mapping[str, Any]) -> dict[str, Any]:
    """Give planned values that a careless rule takes from the confirmed ones."""
    return {
        "planned_date": removal["confirmed_date"],
        "destination_code": removal["confirmed_code"],
        "destination_address": removal["confirmed_address"],
    }
