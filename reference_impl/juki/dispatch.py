"""What leaves for the CS: manual linkage and sending again (標準仕様書 7.1.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.juki.desk import Desk, rejected
from reference_impl.juki.events import EVENTS
from reference_impl.node import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Values
    from reference_impl.registers import Registers
    from reference_impl.rules import Rules

__all__ = ["DispatchDesk", "Outgoing"]

MANUAL, AUTOMATIC = "manual", "automatic"
RESENDABLE = frozenset(
    {"identity_notice", "move_in_notice", "delivery_address", "family_register_notice"}
)
"""What can be sent again; nothing else is remembered, an acquisition number least of all."""
REASONS = frozenset({event.reason for event in EVENTS.values()} - {""})


class Outgoing:
    """Keeps telegrams for the CS back while linkage is manual, and remembers what was sent."""

    def __init__(self, registers: Registers, rules: Rules) -> None:
        self._registers, self._rules = registers, rules

    def may_leave(self, telegram_id: str, values: Values, ref: str) -> bool:
        """Tell whether a telegram leaves now; one that does not is kept."""
        if self.is_manual() and self._rules.manual_linkage != "ignore":
            kept = {"telegram_id": telegram_id, "values": values, "ref": ref}
            self._registers.put("kept", str(self._registers.count("kept")), kept)
            return False
        first_only = self._rules.resend == "first" and self.last(ref, telegram_id) is not None
        if telegram_id in RESENDABLE and not first_only:
            self._registers.put("sent", f"{ref}/{telegram_id}", {"values": values})
        return True

    def is_manual(self) -> bool:
        """Tell whether linkage to the CS is manual at present."""
        mode = self._registers.get("setting", "linkage") or {"mode": AUTOMATIC}
        return bool(mode["mode"] == MANUAL)

    def set_mode(self, mode: str) -> None:
        """Switch between manual and automatic linkage."""
        self._registers.put("setting", "linkage", {"mode": mode})

    def release(self, handle: str | None = None) -> list[Mapping[str, Any]]:
        """Give what is kept, of one record when it is named, in its order; it is kept no more."""
        rows = [
            (key, kept)
            for key, kept in self._registers.rows("kept")
            if handle is None or kept["ref"] == handle
        ]
        if handle is None or self._rules.manual_linkage != "send_again":
            for key, _ in rows:
                self._registers.delete("kept", key)
        if handle is None and self._rules.manual_linkage == "newest_first":
            rows.reverse()
        lost = self._rules.manual_linkage == "lose"
        return [] if lost else [kept for _, kept in rows]

    def last(self, ref: str, telegram_id: str) -> Mapping[str, Any] | None:
        """Give the values of the last such telegram about a record, None when there is none."""
        sent = self._registers.get("sent", f"{ref}/{telegram_id}")
        return sent["values"] if sent else None


class DispatchDesk(Desk):
    """Switches linkage, sends by hand and sends again."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.outgoing = juki.outgoing
        self.actions = {
            "set_linkage": self._set_linkage,
            "send_waiting": self._send_waiting,
            "resend": self._resend,
        }

    def _set_linkage(self, args: Mapping[str, Any]) -> Outcome:
        mode = str(args["mode"])
        if mode not in {MANUAL, AUTOMATIC}:
            return Outcome("error", reason=f"no mode of linkage {mode!r}")
        self.outgoing.set_mode(mode)
        if mode == AUTOMATIC:
            self._send(self.outgoing.release())
        return Outcome("ok")

    def _send_waiting(self, args: Mapping[str, Any]) -> Outcome:
        """Send by hand what waits about one record; linkage stays manual."""
        handle = str(args["handle"])
        if not self.outgoing.is_manual():
            return rejected("input", (), handle, "not_manual")
        waiting = self.outgoing.release(handle)
        self.outgoing.set_mode(AUTOMATIC)
        self._send(waiting)
        self.outgoing.set_mode(MANUAL)
        return Outcome("ok", handle=handle)

    def _send(self, waiting: list[Mapping[str, Any]]) -> None:
        for kept in waiting:
            self.juki.send("cs", kept["telegram_id"], kept["values"], kept["ref"])

    def _resend(self, args: Mapping[str, Any]) -> Outcome:
        """Send the telegram of before again as it was, the reason apart (標準仕様書 7.1.1.1)."""
        handle, telegram_id = str(args["handle"]), str(args["telegram"])
        reason = str(args.get("reason") or "")
        last = self.outgoing.last(handle, telegram_id)
        record = self.residents.get(handle)
        if last is None and record and self.rules.resend_unsent:
            self.announcer.register_notice(handle, record, self.juki.today())
        if last is None:
            return rejected("input", (), handle, "never_sent")
        if reason and (reason not in REASONS or "reason" not in last):
            return rejected("input", (), handle, "no_such_reason")
        chosen = {"reason": reason} if reason and self.rules.resend != "unchanged" else {}
        if self.rules.resend != "none":
            self.juki.send("cs", telegram_id, {**last, **chosen}, handle)
        return Outcome("ok", handle=handle)
