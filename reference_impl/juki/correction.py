"""Corrections of a record's items, ex officio or of another kind (標準仕様書 4.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki import checks
from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.notices import folded
from reference_impl.juki.residents import FINAL, REMOVED, STATED, TOLD, Record
from reference_impl.node import Alert, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki

_ITEMS = (*(item for item in TOLD if not item.endswith(("code", "number"))), *STATED)
KINDS = ("ex_officio", "minor", "clerical", "former_surname", "alias", "residence_status")
REAL_CHANGE = Alert("real_name_change", "氏名が実質的に変わります。事由を確かめてください。")


class CorrectionDesk(Desk):
    """Changes items of a record; staff choose the kind (標準仕様書 4.2.3.1–4.2.3.3)."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.filings = {"correct": self._correct}

    def _correct(self, args: Mapping[str, Any], *, final: bool) -> Outcome:
        kind = str(args.get("kind", "ex_officio"))
        if kind not in KINDS:
            return Outcome("error", reason=f"no kind of correction {kind!r}")
        items = {item: str(args["items"][item]) for item in _ITEMS if item in args["items"]}
        found = self.subject(args)
        if isinstance(found, Outcome):
            return found
        handle, record = found
        if record["state"] != FINAL or record["status"] == REMOVED:
            return rejected("input", (), handle, "not_final")
        unmapped = self.announcer.writing.unmapped("".join(items.values()))
        errors = checks.text_errors(items, unmapped, self.rules)
        errors += checks.filing_errors("ex_officio", args, self.juki.today(), self.rules)
        if errors and self.rules.errors_block:
            return rejected("input", errors, handle)
        alerts = errors + checks.text_alerts(unmapped, self.rules)
        alerts += self._doubts(kind, items, record)
        if final:
            record |= checks.cut(items, self.rules) if self.rules.overflow == "cut" else items
            event = self.rules.minor_event if kind == "minor" else kind
            event_date = self.event_date(args)
            self.juki.settle(handle, record, event, event_date)
        return Outcome("ok", alerts=alerts, handle=handle)

    def _doubts(self, kind: str, items: Mapping[str, str], record: Record) -> tuple[Alert, ...]:
        """Warn of a name that becomes another one, which is no minor correction (4.2.3.2)."""
        real = folded(items.get("name", record["name"])) != folded(record["name"])
        wanted = kind == "minor" and real and self.rules.warn_of_real_change
        return (REAL_CHANGE,) if wanted else ()
