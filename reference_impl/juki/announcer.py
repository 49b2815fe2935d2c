"""What juki sends about its residents, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import dates, numbers
from reference_impl.juki import notices, residents
from reference_impl.juki.events import EVENTS
from reference_impl.juki.notices import Writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.base import Base
    from reference_impl.juki.residents import Record, Residents
    from reference_impl.node import Context


class Announcer:
    """Puts a node's telegrams about a resident into its outbox; saves no record."""

    def __init__(self, node: Base, context: Context, register: Residents) -> None:
        self._node, self._rules, self._random = node, context.rules, context.random
        self._residents = register
        self._code = context.codes[node.role]
        self.writing = Writing(context.rules, context.mappable)

    def announce(self, handle: str, record: Record) -> None:
        """Send what follows from a written number."""
        if self._rules.addressee_first:
            record["next_step"] = {"addressee_request": "notices"}
            self.addressee_request(handle, record)
            return
        self.notices(handle, record)
        if self._rules.linkage_unasked:
            record["next_step"] = {"linkage_code_request": "addressee_request"}
            unasked = numbers.random_acquisition_number(self._random)
            self.linkage_request(handle, record, unasked)
        else:
            self.addressee_request(handle, record)

    def next_step(self, answered: str, handle: str, record: Record) -> None:
        """Send what waited for the answer to the telegram `answered`."""
        steps = {"notices": self.notices, "addressee_request": self.addressee_request}
        step = record["next_step"].pop(answered, None)
        if step is not None:
            steps[step](handle, record)

    def number_request(self, handle: str, record: Record) -> None:
        """Send a 個人番号生成要求."""
        values = {"juminhyo_code": record["requested_code"]}
        self._node.send("cs", "number_issue_request", values, handle)

    def notices(self, handle: str, record: Record) -> None:
        """Send everything that waited for the number, in the order of the events."""
        received = record["individual_number"]
        altered = self._rules.notice_number == "altered"
        number = notices.altered_number(received) if altered else received
        waiting = list(record["held"])
        if record["notified"]:
            told = residents.change(record, "number_entered", self._node.today())
            waiting.insert(0, told)
        for place, what in enumerate(waiting):
            self.notice(handle, record, what, number)
            if place == 0 and record["requested_code"]:
                self._delivery(handle, record)
        record.update(notified=True, held=[])

    def notice(self, handle: str, record: Record, what: Mapping[str, str], number: str) -> None:
        """Send one 本人確認情報 about the change `what`."""
        values = notices.identity_notice(
            self._residents.household(record),
            what,
            municipality_code=self._code,
            number=number,
            rules=self._rules,
            writing=self.writing,
        )
        self._node.send("cs", "identity_notice", values, handle)

    def tell(self, handle: str, record: Record, what: dict[str, str]) -> None:
        """Send the notice of an event that has one, or let it wait behind that of the entry."""
        event, rules = what["event"], self._rules
        if event in rules.told_needlessly:
            what = {**what, "reason": EVENTS["ex_officio"].reason}
        unnamed = not rules.notify_corrections and event == "ex_officio"
        if not what["reason"] or event in rules.silent_events or unnamed:
            return
        if record["notified"] or not self._rules.hold_corrections:
            self.notice(handle, record, what, record["individual_number"])
        else:
            record["held"].append(what)

    def addressee_request(self, handle: str, record: Record) -> None:
        """Send a 付番依頼, and note in the record that it was sent."""
        values = notices.addressee_request(record, municipality_code=self._code, rules=self._rules)
        self._node.send("atena", "addressee_request", values, handle)
        record["addressee_asked"] = True

    def linkage_request(self, handle: str, record: Record, given: str) -> None:
        """Send a 符号取得要求 with the 取得番号 that was given."""
        number = record["individual_number"]
        acquisition = self._node.acquisition(handle, given, number)
        if self._rules.linkage_number == "other":
            number = self._number_of_another(number)
        values = {"acquisition_number": acquisition, "individual_number": number}
        self._node.send("cs", "linkage_code_request", values, handle)
        record["linkage"] = "sent" if self._rules.confirm_linkage else "none"

    def delivery(self, handle: str, record: Record, print_kind: str = "1") -> None:
        """Send a 送付先情報 for what is printed: the notice of a number, or a card."""
        values = notices.delivery_address(record, self._rules, self.writing, print_kind)
        self._node.send("cs", "delivery_address", values, handle)

    def _delivery(self, handle: str, record: Record) -> None:
        self.delivery(handle, record)
        if self._rules.send_register_notice and record["register_municipality_code"]:
            self.register_notice(handle, record, dates.western(record["birth_date"]))

    def register_notice(self, handle: str, record: Record, address_date: str) -> None:
        """Send a 戸籍附票記載事項通知 to the municipality of the family register."""
        values = notices.register_notice(record, address_date, self.writing)
        self._node.send("cs", "family_register_notice", values, handle)

    def _number_of_another(self, number: str) -> str:
        held = (record["individual_number"] for _, record in self._residents.rows())
        return next((other for other in held if other not in {"", number}), number)
