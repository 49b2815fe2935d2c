"""特例転入: a move-in on the certificate information of the former municipality (住基法24条の2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reference_impl import dates
from reference_impl.juki import checks
from reference_impl.juki.certificate_info import KEPT_DAYS, CertificateInfoDesk
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.move_in import CARRIED, DOMESTIC, MoveInDesk
from reference_impl.juki.residents import FINAL, PROVISIONAL, REMOVED
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

REPORT_DAYS = 14
"""Days after the move-in for which the special rule applies (住基令24条の2)."""
NOT_SPECIAL = Alert("special_not_applied", "特例の対象になりません。通常の転入として処理します。")
AWAITED = Alert("certificate_awaited", "転出証明書情報が届いていません。転出地に通知しました。")


class SpecialMoveInDesk(Desk):
    """Takes the first report of who moved out under the special rule."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"special_move_in": self._take}

    def _take(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        errors = checks.filing_errors("move_in", args, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors)
        held = self.juki.desk(CertificateInfoDesk).held(str(args["juminhyo_code"]))
        if not self._applies(args, held):
            return self._ordinary(args, final=final)
        if held is not None:
            return self._enter(args, held, final=final)
        if args.get("asked"):
            return rejected(FINAL, (AWAITED,))
        return self._ask(args) if final else Outcome("ok")

    # -- 住基令24条の2 ---------------------------------------------------------------------

    def _applies(self, args: Mapping[str, Any], held: Record | None) -> bool:
        """Tell whether none of the three exclusions holds."""
        excluded = {
            "late": self._is_late(args, held),
            "elsewhere": bool(args.get("recorded_elsewhere")),
            "card": not args.get("card_presented", True),
        }
        return not any(excluded[name] for name in self.rules.special_exclusions)

    def _is_late(self, args: Mapping[str, Any], held: Record | None) -> bool:
        reported = str(args.get("report_date") or self.juki.today())
        moved = self.event_date(args)
        planned = held["planned_date"] if held else reported
        return (
            dates.days_after(moved, reported) > REPORT_DAYS + self.rules.special_days_more
            or dates.days_after(planned, reported)
            > KEPT_DAYS + self.rules.special_planned_days_more
        )

    def _ordinary(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Handle it as any other move-in, from the paper certificate."""
        if self.rules.late_special_refused:
            return rejected("input", (NOT_SPECIAL,))
        common = {item: text for item, text in args.items() if item not in OWN}
        certificate = args["certificate"]
        entry = {**common, "kind": DOMESTIC, "person": certificate, **_carried(certificate)}
        outcome = self.juki.desk(MoveInDesk).take(entry, final=final)
        return replace(outcome, alerts=(*outcome.alerts, NOT_SPECIAL))

    # -- 24条の2第5項 ----------------------------------------------------------------------

    def _ask(self, args: Mapping[str, Any]) -> Outcome:
        """Tell the former municipality of the report, and go on once it has answered."""
        handle = f"f{self.registers.count('filing')}"
        filing = {"name": "special_move_in", "args": {**args, "asked": True}}
        self.registers.put("filing", handle, filing)
        if self.rules.send_first_report:
            today = self.juki.today()
            values = {
                "origin_code": self.juki.own_code,
                "destination_code": str(args["former_municipality_code"]),
                "juminhyo_code": str(args["juminhyo_code"]),
                "name": str(args["certificate"].get("name") or ""),
                "report_date": str(args.get("report_date") or today),
                "move_in_date": str(args.get("event_date") or today),
            }
            self.juki.send("cs", "first_report_notice", values)
        return Outcome("ok", alerts=(AWAITED,), handle=handle, data={"state": PROVISIONAL})

    # -- the entry -------------------------------------------------------------------------

    def _enter(self, args: Mapping[str, Any], held: Record, *, final: bool) -> Outcome:
        """Enter everybody of the information, the reporting person first."""
        desks = self.juki.desk(CertificateInfoDesk), self.juki.desk(MoveInDesk)
        first = str(args["juminhyo_code"])
        codes = [first, *(code for code in held["group"] if code != first)]
        entries = [
            self._entry(args, desks[0].held(code), reporting=code == first) for code in codes
        ]
        checked = [desks[1].take(entry, final=False) for entry in entries if entry]
        wrong = next((outcome for outcome in checked if outcome.status != "ok"), None)
        if wrong or not final:
            return wrong or checked[0]
        handles: list[str] = []
        for entry in filter(None, entries):
            joined = self.residents.get(handles[0]) if handles else None
            household = {"household": joined["household"]} if joined else {}
            outcome = desks[1].take({**entry, **household}, final=True)
            handles.append(outcome.handle or "")
            self._keep_more(handles[-1], entry["person"])
        desks[0].used(codes)
        data = {"handles": handles}
        return Outcome("ok", alerts=checked[0].alerts, handle=handles[0], data=data)

    def _entry(
        self, args: Mapping[str, Any], held: Record | None, *, reporting: bool
    ) -> dict[str, Any] | None:
        """Make the arguments of a move-in of what is held, with the corrections of staff."""
        if held is None:
            return None
        person = dict(held["person"])
        former = self._former(person["juminhyo_code"])
        if former:
            person |= {item: former[1][item] for item in self.rules.kept_of_former}
        if reporting and self.rules.enter_from == "report":
            person |= args["certificate"]
        if reporting and self.rules.correct_certificate:
            person |= args.get("corrections") or {}
        common = {item: text for item, text in args.items() if item not in OWN}
        return {
            **common,
            "kind": DOMESTIC,
            "person": person,
            **_carried(person),
            "former": former[0] if former else "",
            "former_municipality_code": held["origin_code"],
            "former_address": held["former_address"],
        }

    def _keep_more(self, handle: str, person: Mapping[str, Any]) -> None:
        """Write what else was received to the record."""
        record = self.residents.get(handle) or {}
        more = {item: text for item, text in person.items() if item not in record}
        self.residents.save(handle, {**record, **more})

    def _former(self, code: str) -> tuple[str, Record] | None:
        """Find the removed record of who returns."""
        same = [row for row in self.residents.rows() if row[1]["juminhyo_code"] == code]
        return next((row for row in same if row[1]["status"] == REMOVED), None)


OWN = frozenset({"juminhyo_code", "certificate", "corrections", "asked", "until"})
"""Arguments of a special move-in that an ordinary one has no use for."""


def _carried(person: Mapping[str, Any]) -> dict[str, str]:
    return {item: str(person.get(item) or "") for item in CARRIED}
