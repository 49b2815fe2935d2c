"""Municipalities that share a CS, served by one system (共同利用; 標準仕様書 7.1.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl.base import text_of
from reference_impl.juki.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.juki.node import Juki
    from reference_impl.node import Telegram
    from reference_impl.registers import Registers

__all__ = ["MemberDesk", "Members"]


class Members:
    """The municipality itself, and the others that the system serves."""

    def __init__(self, registers: Registers, own_code: str) -> None:
        self._registers, self._own_code = registers, own_code

    def has(self, code: str) -> bool:
        """Tell whether a municipality is served here."""
        return code == self._own_code or self._registers.get("member", code) is not None

    def addressed(self, telegram: Telegram) -> str:
        """Give the code of the municipality that a telegram is for."""
        return text_of(telegram.values, "receiver") or self._own_code


class MemberDesk(Desk):
    """Takes in which municipalities are served."""

    def __init__(self, juki: Juki) -> None:
        super().__init__(juki)
        self.provisions = {"member": self._provision}

    def _provision(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        self.registers.put("member", str(args["municipality_code"]), {})
        return {}
