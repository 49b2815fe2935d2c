"""A desk of juki: one kind of work that may be done in two steps, 仮登録 and 本登録."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import desk
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.juki.residents import Record

__all__ = ["Desk", "rejected", "unknown"]


class Desk(desk.Desk["Juki"]):
    """One kind of work at juki.

    Beside the tables of every desk, `filings` holds what staff can do in two steps; the method
    gets the arguments and whether it may take effect (`final`); with `final` False it only checks.
    """

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.juki = juki
        self.residents = juki.residents
        self.announcer = juki.announcer
        self.filings: dict[str, Callable[[Mapping[str, Any], bool], Outcome]] = {}

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
