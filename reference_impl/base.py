"""What all nodes share: stored answers, dispatch by tables, the error list."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from reference_impl import numbers
from reference_impl.node import Outcome, Telegram, Unsupported
from telegram_specs.network import ROLES, TWINS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from reference_impl.node import Context, Value, Values
    from reference_impl.registers import Entry

OK = "0000"
BROKEN = "1001"
UNKNOWN_TELEGRAM = "1002"
WRONG_ITEM = "1003"
WRONG_RECEIVER = "1004"
NO_RECORD = "2001"
HELD_BY_OTHER = "2002"
BAD_CHECK_DIGIT = "2003"
NOT_REQUESTED = "2004"
NOT_DESIGNATED = "2005"

ANSWERS = "answer"
"""The table of the answers that were given, by sender and serial."""
_VOLATILE = frozenset({"created_date", "created_time"})
"""Items that differ between a telegram and its repetition."""


class Base:
    """A node whose telegrams, answers, actions and observations stand in tables.

    A subclass fills `receivers` (telegram id to handler), `answers` (id of an own telegram to
    the handler of its result), `actions`, `observations` and `provisions` in its constructor.
    """

    role = ""

    def __init__(self, context: Context) -> None:
        self.own_code = ""
        self.examined: frozenset[str] = frozenset()
        self.registers = context.registers
        self.clock = context.clock
        self.random = context.random
        self.rules = context.rules
        self.numbers = context.numbers
        self.registers.newest_first = context.rules.send_newest_first
        if not context.rules.outbox_survives:
            self.registers.forget_outbox()
        if not context.rules.answers_survive:
            self.registers.forget(ANSWERS)
        self.receivers: dict[str, Callable[[Telegram], Telegram]] = {}
        self.answers: dict[str, Callable[[Entry, Telegram], None]] = {}
        self.actions: dict[str, Callable[[Mapping[str, Any]], Outcome]] = {}
        self.observations: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
            "errors": self._observe_errors,
        }
        self.provisions: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
            "date": self._provision_date,
        }

    # -- the Node protocol --------------------------------------------------------------------

    def receive(self, telegram: Telegram) -> Telegram:
        """Take a telegram; its effect, what it sends and its answer are one transaction."""
        handler = self.receivers.get(telegram.id)
        if handler is None:
            return self.reply(telegram, UNKNOWN_TELEGRAM)
        refusal = self.refusal(telegram)
        if refusal is not None:
            return refusal
        with self.registers.atomic():
            return self._stored(telegram) or self._store(telegram, handler(telegram))

    def answered(self, entry: Entry, answer: Telegram) -> None:
        """Take the answer to an outbox entry, once, and strike the entry off."""
        with self.registers.atomic():
            if not self.registers.done(entry):
                return
            result = result_of(answer)
            if result != OK:
                item = str(answer.values.get("error_item", ""))
                self.report(entry.telegram_id, result, f"相手がエラーを応答しました {item}".strip())
            handler = self.answers.get(entry.telegram_id)
            if handler is not None:
                handler(entry, answer)

    def undelivered(self, entry: Entry, reason: str) -> None:
        """Show a failed delivery to staff, once for each entry."""
        with self.registers.atomic():
            if self.registers.get("undelivered", str(entry.no)) is None:
                self.registers.put("undelivered", str(entry.no), {})
                self.report(entry.telegram_id, "undelivered", reason)
            if not self.rules.keep_undelivered:
                self.registers.done(entry)
            if self.rules.resend_serial == "new":
                self.registers.renumber(entry)

    def report(self, telegram: str, code: str, text: str) -> None:
        """Put a line on the error list."""
        if self.rules.list_errors:
            line = {"telegram": telegram, "code": code, "text": text}
            self.registers.put("error", str(self.registers.count("error")), line)

    def act(self, action: str, args: Mapping[str, Any]) -> Outcome:
        """Do what staff would do, wholly or not at all."""
        method = self.actions.get(action)
        if method is None:
            return Outcome("unsupported", reason=f"{self.role} does not know {action!r}")
        with self.registers.atomic():
            return method(args)

    def observe(self, what: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell what the registers hold; raises Unsupported."""
        method = self.observations.get(what)
        if method is None:
            raise Unsupported(f"{self.role} cannot tell {what!r}")
        return method(args)

    def provision(self, kind: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Put given records into the registers; raises Unsupported."""
        method = self.provisions.get(kind)
        if method is None:
            raise Unsupported(f"{self.role} takes no {kind!r}")
        with self.registers.atomic():
            return method(args)

    # -- for subclasses -----------------------------------------------------------------------

    def refusal(self, telegram: Telegram) -> Telegram | None:
        """Refuse a telegram before anything else is looked at, and without remembering it."""
        receiver = telegram.values.get("receiver")
        wrong = receiver is not None and not self.serves(str(receiver))
        return self.reply(telegram, WRONG_RECEIVER) if wrong else None

    def serves(self, code: str) -> bool:
        """Tell whether telegrams with this receiver on the CS link are for this node."""
        return code == self.own_code

    def reply(self, telegram: Telegram, result: str, text: str = "") -> Telegram:
        """Build the plain answer of the telegram's link: a receipt or `accepted`.

        `text` is the faulty item on the CS link and the message on the others.
        """
        on_cs_link = "ref_serial" in telegram.values
        answer, item = ("receipt", "error_item") if on_cs_link else ("accepted", "message")
        values = {"result": result, item: text}
        return Telegram(answer, values, self.role, telegram.sender)

    def send(self, to: str, telegram_id: str, values: Values, ref: str = "") -> None:
        """Put a telegram into the outbox; in the other municipality `to` means its own system."""
        if telegram_id not in self.rules.withheld:
            peer = TWINS.get(to, to) if ROLES[self.role].twin_of else to
            self.registers.send(peer, telegram_id, values, ref)

    def acquisition(self, person: str, given: str, individual_number: str = "") -> str:
        """Give the 取得番号 to pass on for a person: the given one."""
        if self.rules.reuse_acquisition_number:
            kept = self.registers.get("kept_acquisition", person) or {"number": given}
            self.registers.put("kept_acquisition", person, kept)
            return str(kept["number"])
        if self.rules.acquisition_passed == "own":
            return numbers.random_acquisition_number(self.random)
        as_number = self.rules.acquisition_passed == "individual_number"
        return individual_number if as_number else given

    def today(self) -> str:
        """Give the current date as western text."""
        return self.clock.now().date().isoformat()

    def new_addressee_number(self, counter: str, first: int) -> str:
        """Issue the next 宛名番号 of a series of eight digits."""
        rules = self.rules
        return self.next_number(
            counter, first, rules.addressee_weights, serial=rules.addressee_serial
        )

    def next_number(
        self, counter: str, first: int, weights: tuple[int, ...], *, serial: bool
    ) -> str:
        """Issue the next number of a series: serial, or else random, with its check digit."""
        while True:
            base = self.registers.count(counter, first=first)
            if not serial:
                base = first + self.random.randrange(first)
            digit = self.numbers.addressee(str(base), weights)
            if digit is not None or not self.rules.skip_remainder_one:
                return f"{base}{digit or '0'}"

    # -- inside -------------------------------------------------------------------------------

    def _stored(self, telegram: Telegram) -> Telegram | None:
        kept = self.registers.get(ANSWERS, _key(telegram))
        if kept is None or kept["digest"] != _digest(telegram):
            return None
        return Telegram(kept["id"], kept["values"], self.role, telegram.sender, kept["status"])

    def _store(self, telegram: Telegram, answer: Telegram) -> Telegram:
        if "serial" in telegram.values and self.rules.remember_answers:
            kept = {
                "digest": _digest(telegram),
                "id": answer.id,
                "values": answer.values,
                "status": answer.status,
            }
            self.registers.put(ANSWERS, _key(telegram), kept)
        return answer

    def _observe_errors(self, _args: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"errors": [line for _, line in self.registers.rows("error")]}

    def _provision_date(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        if "minutes" in args:
            self.clock.advance(60 * float(args["minutes"]))
        else:
            day: date = self.clock.now().date().fromisoformat(str(args["date"]))
            self.clock.shift(day)
        self.day_began()
        return {}

    def day_began(self) -> None:
        """Do what has become due with the time that passed; by default nothing."""


def result_of(answer: Telegram) -> str:
    """Give the result code of an answer; of an error response, its HTTP status."""
    return str(answer.values.get("result", answer.status))


def text_of(values: Values, item: str) -> str:
    """Give an item of a telegram as text, empty when it is missing."""
    return str(values.get(item, ""))


def rows_of(values: Values, item: str) -> list[dict[str, Value]]:
    """Give the items of a repetition, none when it is missing."""
    return [row for row in values.get(item, []) if isinstance(row, dict)]


def _key(telegram: Telegram) -> str:
    sender = telegram.values.get("sender", telegram.sender)
    return f"{sender}/{telegram.values.get('serial', '')}"


def _digest(telegram: Telegram) -> str:
    values = {item: text for item, text in telegram.values.items() if item not in _VOLATILE}
    body = json.dumps([telegram.id, values], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()
