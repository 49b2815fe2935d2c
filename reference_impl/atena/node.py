"""団体内統合宛名機能: joins the desks, and finds people by any of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.atena.addressee import AddresseeDesk
from reference_impl.atena.inquiry import InquiryDesk
from reference_impl.atena.jutogai import JutogaiDesk
from reference_impl.atena.linkage import LinkageDesk
from reference_impl.atena.replica import ReplicaDesk
from reference_impl.atena.token import TokenDesk
from reference_impl.atena.update import UpdateDesk
from reference_impl.base import Base
from reference_impl.desk import join
from reference_impl.node import Telegram
from telegram_specs.network import LINKS

if TYPE_CHECKING:
    from reference_impl.node import Context
    from reference_impl.registers import Document

DESKS = (AddresseeDesk, UpdateDesk, ReplicaDesk, InquiryDesk, JutogaiDesk)
"""Every desk beside those that others need; a new kind of work is a new row."""

FREE = frozenset({"token_request"})
"""What callers send without a token."""
UNAUTHORIZED = 401


class Atena(Base):
    """The node; `registers` hold persons by individual number, and tokens by their hash."""

    role = "atena"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.clients = tuple(context.clients.values())
        self.municipality = context.municipality_code
        self.examined = frozenset({"jutogai_request"})
        self.tokens, self.linkage = TokenDesk(self), LinkageDesk(self)
        self.desks = (self.tokens, self.linkage, *(desk(self) for desk in DESKS))
        join(self, self.desks)

    def refusal(self, telegram: Telegram) -> Telegram | None:
        """Refuse a request of a business system without a good token."""
        guarded = any(
            link.token_at == self.role and telegram.sender in link.roles for link in LINKS.values()
        )
        if not guarded or telegram.id in FREE or self.tokens.admits(telegram.auth or ""):
            return super().refusal(telegram)
        text = self.rules.unauthorized_text
        wrong = self.rules.errors_in_unauthorized
        more = {"errors": [{"code": "E0002", "message": text}]} if wrong else {}
        return self.error(telegram, UNAUTHORIZED, text, text, **more)

    def error(
        self, telegram: Telegram, status: int, title: str, detail: str, **more: Any
    ) -> Telegram:
        """Build an error response."""
        values = {"title": title, "detail": detail, **more}
        return Telegram("error_response", values, self.role, telegram.sender, status)

    # -- people -----------------------------------------------------------------------------

    def person_by_addressee(self, addressee: str) -> Document | None:
        """Find the person whose 宛名番号 this is, or was."""
        rows = (record for _, record in self.registers.rows("person"))
        return next((r for r in rows if addressee in r["addressee_numbers"]), None)

    def person_by_integrated(self, integrated: str) -> Document | None:
        """Find the person whose 団体内統合宛名番号 this is."""
        found = self.registers.find("person", "integrated_number", integrated)
        return found[1] if found else None

    def save(self, record: Document) -> None:
        """Write a person."""
        self.registers.put("person", record["individual_number"], record)
