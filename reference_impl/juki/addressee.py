"""付番依頼 to the integrated addressee system, and what its answer means here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reference_impl.base import OK, result_of, text_of
from reference_impl.juki.desk import Desk, rejected
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram
    from reference_impl.registers import Entry

_LONG_DIGITS = re.compile(r"[0-9]{9,15}")


class AddresseeDesk(Desk):
    """Asks for integrated numbers, which it never learns (標準仕様書 7.1.2.3)."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.answers = {"addressee_request": self._answered}
        self.actions = {"request_addressee": self._request}

    def _request(self, args: Mapping[str, Any]) -> Outcome:
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if not record["individual_number"]:
            return rejected("input", (), handle, "number_missing")
        record["addressee_number"] = args.get("addressee_number") or record["addressee_number"]
        self.announcer.addressee_request(handle, record)
        self.residents.save(handle, record)
        return Outcome("ok", handle=handle)

    def _answered(self, entry: Entry, answer: Telegram) -> None:
        record = self.residents.get(entry.ref)
        if record is None:
            return
        if self.rules.import_integrated_number and result_of(answer) == OK:
            in_text = _LONG_DIGITS.search(text_of(answer.values, "message"))
            told = text_of(answer.values, "addressee_number")
            record["addressee_number"] = in_text[0] if in_text else told
        self.announcer.next_step(entry.telegram_id, entry.ref, record)
        self.residents.save(entry.ref, record)
