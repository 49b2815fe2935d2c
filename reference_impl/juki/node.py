"""住民記録システム of one municipality: joins the desks, carries provisional work, tells others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from reference_impl.base import Base
from reference_impl.desk import join
from reference_impl.juki import residents
from reference_impl.juki.addressee import AddresseeDesk
from reference_impl.juki.announcer import Announcer
from reference_impl.juki.application import ApplicationDesk
from reference_impl.juki.birth import BirthDesk
from reference_impl.juki.bulk_address import BulkAddressDesk
from reference_impl.juki.cancellation import CancellationDesk
from reference_impl.juki.card import CardDesk
from reference_impl.juki.certificate import CertificateDesk
from reference_impl.juki.certificate_info import CertificateInfoDesk
from reference_impl.juki.code_change import CodeChangeDesk
from reference_impl.juki.code_list import CodeListDesk
from reference_impl.juki.consistency import ConsistencyDesk
from reference_impl.juki.correction import CorrectionDesk
from reference_impl.juki.desk import Desk, Filing, rejected, unknown
from reference_impl.juki.differences import DifferenceDesk
from reference_impl.juki.dispatch import DispatchDesk, Outgoing
from reference_impl.juki.entry import EntryDesk
from reference_impl.juki.household import HouseholdDesk
from reference_impl.juki.inquiry import InquiryDesk
from reference_impl.juki.linkage import LinkageDesk
from reference_impl.juki.member import MemberDesk, Members
from reference_impl.juki.move import MoveDesk
from reference_impl.juki.move_in import MoveInDesk
from reference_impl.juki.move_in_notice import MoveInNoticeDesk
from reference_impl.juki.move_out import MoveOutDesk
from reference_impl.juki.nationality import NationalityDesk
from reference_impl.juki.number import NumberDesk
from reference_impl.juki.number_change import NumberChangeDesk
from reference_impl.juki.numbering import Numbering
from reference_impl.juki.register import RegisterDesk
from reference_impl.juki.removal import RemovalDesk
from reference_impl.juki.replica import ReplicaDesk
from reference_impl.juki.residents import FINAL, PROVISIONAL, Record, Residents
from reference_impl.juki.restraint import RestraintDesk
from reference_impl.juki.service import ServiceDesk
from reference_impl.juki.special_move_in import SpecialMoveInDesk
from reference_impl.juki.stock import REFILL, Stock
from reference_impl.juki.update import UpdateDesk
from reference_impl.juki.wide_area import WideAreaDesk
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.node import Context, Values

D = TypeVar("D", bound=Desk)
_FIRST_ADDRESSEE, _FIRST_HOUSEHOLD = 23_456_781, 45_678_901
DESKS = (
    RegisterDesk,
    CodeListDesk,
    BirthDesk,
    NumberDesk,
    CorrectionDesk,
    MoveDesk,
    CodeChangeDesk,
    NumberChangeDesk,
    RemovalDesk,
    EntryDesk,
    CancellationDesk,
    HouseholdDesk,
    NationalityDesk,
    BulkAddressDesk,
    MoveInDesk,
    MoveOutDesk,
    CertificateInfoDesk,
    SpecialMoveInDesk,
    MoveInNoticeDesk,
    ApplicationDesk,
    AddresseeDesk,
    UpdateDesk,
    ReplicaDesk,
    InquiryDesk,
    LinkageDesk,
    DifferenceDesk,
    CertificateDesk,
    CardDesk,
    DispatchDesk,
    ServiceDesk,
    ConsistencyDesk,
    RestraintDesk,
    WideAreaDesk,
    MemberDesk,
)
"""Every desk; a new kind of work is a new row."""


class Juki(Base):
    """The node; `registers` hold stock, records, households and what waits for an answer."""

    def __init__(self, context: Context, role: str = "juki") -> None:
        super().__init__(context)
        self.role = role
        self.own_code = context.codes[role]
        self.stock = Stock(self.registers, self.random, self.rules, self.numbers)
        self.outgoing = Outgoing(self.registers, self.rules)
        self.members = Members(self.registers, self.own_code)
        self.residents = Residents(self.registers)
        self.announcer = Announcer(self, context, self.residents)
        self.numbering = Numbering(
            stock=self.stock,
            residents=self.residents,
            announcer=self.announcer,
            random=self.random,
            arithmetic=self.numbers,
            rules=self.rules,
        )
        self.desks = tuple(desk(self) for desk in DESKS)
        join(self, self.desks)
        for desk in self.desks:
            self.actions |= {name: self._filed(name, do) for name, do in desk.filings.items()}
        self._finalise_record = self.actions["finalise"]
        self.actions |= {"finalise": self._finalise, "withdraw": self._withdraw}

    # -- 仮登録 and 本登録 --------------------------------------------------------------

    def _filed(self, name: str, do: Filing) -> Callable[[Mapping[str, Any]], Outcome]:
        """Give the action that takes effect at once, or only checks and waits for 本登録."""

        def act(args: Mapping[str, Any]) -> Outcome:
            provisional = args.get("until", FINAL) == PROVISIONAL
            if not provisional or self.rules.provisional_takes_effect:
                return do(args, final=True)
            checked = do(args, final=False)
            if checked.status != "ok":
                return checked
            handle = f"f{self.registers.count('filing')}"
            self.registers.put("filing", handle, {"name": name, "args": dict(args)})
            return Outcome("ok", alerts=checked.alerts, handle=handle)

        return act

    def _finalise(self, args: Mapping[str, Any]) -> Outcome:
        handle = str(args["handle"])
        filing = self.registers.get("filing", handle)
        if filing is None:
            return self._finalise_record(args)
        outcome = self.actions[filing["name"]]({**filing["args"], "until": FINAL})
        if outcome.status == "ok":
            self.registers.delete("filing", handle)
        return outcome

    def _withdraw(self, args: Mapping[str, Any]) -> Outcome:
        """Take back what was only entered provisionally (取下げ)."""
        handle = str(args["handle"])
        record = self.residents.get(handle)
        if self.registers.get("filing", handle) is not None:
            self.registers.delete("filing", handle)
        elif record is None:
            return unknown(handle)
        elif record["state"] == PROVISIONAL:
            self.residents.remove(handle)
        else:
            return rejected("input", (), handle, "not_provisional")
        return Outcome("ok", handle=handle)

    # -- shared by the desks -------------------------------------------------------------

    def desk(self, kind: type[D]) -> D:
        """Give the desk of a kind, for another desk that continues its work."""
        return next(desk for desk in self.desks if isinstance(desk, kind))

    def next_addressee_number(self) -> str:
        """Issue the next 宛名番号 of the municipality."""
        return self.new_addressee_number("addressee", _FIRST_ADDRESSEE)

    def new_household(self, head: Mapping[str, Any], place: Mapping[str, Any]) -> str:
        """Open a household at a place under the next 世帯番号 and give its handle."""
        rules = self.rules
        number = self.next_number(
            "household_number",
            _FIRST_HOUSEHOLD,
            rules.household_weights,
            serial=rules.household_serial,
        )
        return self.residents.add_household(number, head, place)

    def refill(self, *, urgent: bool = False) -> None:
        """Ask for codes when the stock is low, or urgently, unless an answer is awaited."""
        wanted = urgent or (self.stock.is_low() and self.rules.ask_when_low)
        if wanted and self.registers.get("setting", "code_request") is None:
            self.ask_for_codes(REFILL)

    def ask_for_codes(self, count: int) -> None:
        """Ask the CS for unused codes."""
        self.registers.put("setting", "code_request", {})
        self.send("cs", "juminhyo_code_request", {"count": str(count)})

    def send(self, to: str, telegram_id: str, values: Values, ref: str = "") -> None:
        """Send a telegram; one for the CS waits while linkage is manual (標準仕様書 7.1.1.1)."""
        if to != "cs" or self.outgoing.may_leave(telegram_id, values, ref):
            super().send(to, telegram_id, values, ref)

    def serves(self, code: str) -> bool:
        """Tell whether telegrams with this receiver are for us or a municipality that we serve."""
        return self.members.has(code)

    # -- what follows from an event ------------------------------------------------------

    def enter(
        self, handle: str, record: Record, event: str, event_date: str, *, asked: bool = False
    ) -> None:
        """Make a record final by an entry, notify it and let every desk do its part; saves.

        `asked` says that the number was asked for already.
        """
        self.numbering.enter(handle, record, event, event_date, asked=asked)
        for desk in self.desks:
            desk.followed(handle, record, event)
        self.residents.save(handle, record)

    def settle(
        self,
        handle: str,
        record: Record,
        event: str,
        event_date: str,
        former: Mapping[str, str] | None = None,
    ) -> None:
        """Enter an event into the history, notify it and let every desk do its part; saves."""
        if event in self.rules.overwriting_events:
            record |= {item: record[item][:-1] for item in ("history", "before")}
        what = residents.change(record, event, event_date, former)
        residents.remember(record, what, self.residents.get(handle))
        self.announcer.tell(handle, record, what)
        for desk in self.desks:
            desk.followed(handle, record, event)
        self.residents.save(handle, record)

    def day_began(self) -> None:
        """Let every desk do what has become due."""
        for desk in self.desks:
            desk.day_began()
