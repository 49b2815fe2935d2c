"""世帯: dividing, joining and changing households, their heads and relations (標準仕様書 4.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.residents import HEAD, Record, Row
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

LIVE_IN, OTHER = "99", "96"
RELATIONS = {
    "世帯主": HEAD,
    "夫": "11",
    "妻": "12",
    "夫（未届）": "13",
    "妻（未届）": "14",
    "子": "20",
    "父": "51",
    "母": "52",
    "兄": "71",
    "弟": "74",
    "姉": "81",
    "妹": "84",
    "縁故者": OTHER,
    "同居人": LIVE_IN,
}
"""The words of 続柄 (標準仕様書 1.1.11) and their codes, which a record chains."""
AND = "の"
RELATION_WRONG = Alert("relation_wrong", "続柄が誤っています。定められた語で入力してください。")


class HouseholdDesk(Desk):
    """Takes changes of households, which the CS is not told of (住基法30条の6第1項)."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.kinds = {
            "separate": self._separate,
            "merge": self._merge,
            "change": self._change,
            "change_head": self._change_head,
        }
        self.filings = {"change_household": self._change_household}

    def _change_household(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        kind = str(args["kind"])
        if kind not in self.kinds:
            return Outcome("error", reason=f"no kind of household change {kind!r}")
        found = self.subject(args, present=True)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        errors = checks.filing_errors("household", args, self.juki.today(), self.rules)
        errors += self._relation_errors(str(args.get("relation") or ""))
        if errors and self.rules.errors_block:
            return rejected("input", errors, handle)
        if final:
            event_date = self.event_date(args)
            for changed, row in self.kinds[kind]((handle, record), args):
                self.juki.settle(changed, row, "household", event_date)
        return Outcome("ok", alerts=errors, handle=handle)

    # -- kinds of change; each gives who is changed ----------------------------------------------

    def _separate(self, row: Row, _args: Mapping[str, Any]) -> list[Row]:
        """世帯分離: one person makes a household of its own."""
        _, record = row
        record["household"] = self.juki.new_household(record, record)
        record["relation"] = HEAD
        return [row]

    def _merge(self, row: Row, args: Mapping[str, Any]) -> list[Row]:
        """世帯合併: all people of a household join another one."""
        moved = self.residents.members(str(row[1]["household"]))
        for _, record in moved:
            record.update(household=str(args["household"]), relation=_relation(args))
        return moved

    def _change(self, row: Row, args: Mapping[str, Any]) -> list[Row]:
        """世帯変更: one person joins another household, or its relation changes."""
        household = str(args.get("household") or row[1]["household"])
        row[1].update(household=household, relation=_relation(args))
        return [row]

    def _change_head(self, row: Row, args: Mapping[str, Any]) -> list[Row]:
        """世帯主変更: one person becomes the head."""
        rows = self.residents.members(str(row[1]["household"]))
        for handle, record in rows:
            is_new, was_head = handle == row[0], record["relation"] == HEAD
            record["relation"] = HEAD if is_new else record["relation"]
            if was_head and not is_new:
                record["relation"] = _relation(args)
        self.residents.set_head(str(row[1]["household"]), row[1])
        return rows

    # -- the head --------------------------------------------------------------------------------

    def followed(self, handle: str, record: Record, event: str) -> None:
        """Give the members the new name of their head (住基法7条4号)."""
        if record["relation"] != HEAD or event == "household":
            return
        if self.residents.household(record)["head"]["name"] == record["name"]:
            return
        self.residents.set_head(record["household"], record)
        for member, row in self.residents.members(record["household"]):
            if member != handle:
                self.juki.settle(member, row, "household", self.juki.today())

    def _relation_errors(self, relation: str) -> tuple[Alert, ...]:
        words = relation.split(AND) if relation else []
        known = all(word in RELATIONS for word in words) or not self.rules.known_relations_only
        return () if known and len(words) <= self.rules.deepest_relation else (RELATION_WRONG,)


def _relation(args: Mapping[str, Any]) -> str:
    words = str(args.get("relation") or "同居人").split(AND)
    return "".join(RELATIONS.get(word, OTHER) for word in words)
