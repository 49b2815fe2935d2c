"""A relay: stands on a link inside the system under test, so that the link can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.base import OK, Base

if TYPE_CHECKING:
    from reference_impl.node import Context, Telegram

__all__ = ["Relay"]


class Relay(Base):
    """Takes the place of a role behind the one under test and passes everything on to it."""

    def __init__(self, role: str, telegrams: tuple[str, ...], context: Context) -> None:
        super().__init__(context)
        self.role = role
        self.receivers = dict.fromkeys(telegrams, self._pass_on)

    def _pass_on(self, telegram: Telegram) -> Telegram:
        values = {k: v for k, v in telegram.values.items() if k != "serial"}
        self.send(self.role, telegram.id, values)
        return self.reply(telegram, OK)
