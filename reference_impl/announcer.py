"""What juki sends about its residents, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import notices, numbers, residents
from reference_impl.notices import Writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.base import Base
    from reference_impl.node import Context
    from reference_impl.residents import Record, Residents


class Announcer:
    """Puts a node's telegrams about a resident into its outbox; saves no record."""

    def __init__(self, node: Base, context: Context, register: Residents) -> None:
        self._node, self._rules, self._random = node, context.rules, context.random
        self._residents = register
        self._code = context.municipality_code
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
        number_entered = (residents.CORRECTED, residents.NUMBER_ENTERED, self._node.today())
        told = residents.change(record, *number_entered)
        self.notice(handle, record, told if record["notified"] else record["history"][0], number)
        self._delivery(handle, record)
        for held in record["held"]:
            self.notice(handle, record, held, number)
        record.update(notified=True, held=[])

    def notice(self, handle: str, record: Record, what: Mapping[str, str], number: str) -> None:
        """Send one 本人確認情報 about the change `what`."""
        values = notices.identity_notice(
            record,
            self._residents.household(record),
            what,
            municipality_code=self._code,
            number=number,
            rules=self._rules,
            writing=self.writing,
        )
        self._node.send("cs", "identity_notice", values, handle)

    def correction(self, handle: str, record: Record, what: dict[str, str]) -> None:
        """Send the notice of a correction, after that of the birth."""
        if not self._rules.notify_corrections:
            return
        if record["notified"] or not self._rules.hold_corrections:
            self.notice(handle, record, what, record["individual_number"])
        else:
            record["held"].append(what)

    def addressee_request(self, handle: str, record: Record) -> None:
        """Send a 付番依頼."""
        values = notices.addressee_request(
            record,
            self._residents.household(record),
            municipality_code=self._code,
            rules=self._rules,
        )
        self._node.send("atena", "addressee_request", values, handle)

    def linkage_request(self, handle: str, record: Record, given: str) -> None:
        """Send a 符号取得要求 with the 取得番号 that was given."""
        number = record["individual_number"]
        acquisition = self._node.acquisition(handle, given, number)
        if self._rules.linkage_number == "other":
            number = self._number_of_another(number)
        values = {"acquisition_number": acquisition, "individual_number": number}
        self._node.send("cs", "linkage_code_request", values, handle)
        record["linkage"] = "sent" if self._rules.confirm_linkage else "none"

    def _delivery(self, handle: str, record: Record) -> None:
        household = self._residents.household(record)
        delivery = notices.delivery_address(record, household, self._rules, self.writing)
        self._node.send("cs", "delivery_address", delivery, handle)
        if self._rules.send_register_notice and household["register_municipality_code"]:
            register = notices.register_notice(record, household, self.writing)
            self._node.send("cs", "family_register_notice", register, handle)

    def _number_of_another(self, number: str) -> str:
        held = (record["individual_number"] for _, record in self._residents.rows())
        return next((other for other in held if other not in {"", number}), number)
