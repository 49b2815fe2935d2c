"""A desk of juki: one kind of work that may be done in two steps, 仮登録 and 本登録."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from reference_impl import desk
from reference_impl.juki.residents import is_present
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record, Row

__all__ = ["Desk", "Filing", "rejected", "unknown"]


class Filing(Protocol):
    """What staff can do in two steps; with `final` False it only checks."""

    def __call__(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        """Check the arguments, and with `final` let the work take effect."""
        ...


class Desk(desk.Desk["Juki"]):
    """One kind of work at juki.

    Beside the tables of every desk, `filings` holds what staff can do in two steps.
    """

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.juki = juki
        self.residents = juki.residents
        self.announcer = juki.announcer
        self.filings: dict[str, Filing] = {}

    def subject(self, args: Mapping[str, Any], *, present: bool = False) -> Row | Outcome:
        """Find the record that staff named, `present` if need be; else say why it is refused."""
        handle = str(args["handle"])
        record = self.residents.get(handle)
        if record is None:
            return unknown(handle)
        if present and not is_present(record):
            return rejected("input", (), handle, "not_present")
        return handle, record

    def event_date(self, args: Mapping[str, Any]) -> str:
        """Give the date of an event, which is today unless staff named another."""
        return str(args.get("event_date") or self.juki.today())

    def followed(self, handle: str, record: Record, event: str) -> None:
        """Do what this desk does after any event of a record; by default nothing."""


def rejected(
    stage: str, alerts: tuple[Alert, ...], handle: str | None = None, reason: str = ""
) -> Outcome:
    """Refuse an operation, with what staff see and where they stood."""
    return Outcome("rejected", stage, alerts, handle, reason=reason or alerts[0].code)


def unknown(handle: str) -> Outcome:
    """Say that a record is not there."""
    return Outcome("rejected", "input", handle=handle, reason="no_record")
