"""Check digits for the bench's nodes, computed by the engine.

The reference under test computes with its own arithmetic: a fault there must not be shared by the
peers that it talks to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.numbers import ADDRESSEE_WEIGHTS, Arithmetic
from telegram_specs import check_digit, unspecified

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ENGINE_NUMBERS"]

KINDS = {10: "juminhyo_code", 11: "individual_number"}
"""What is computed for so many digits."""


class EngineArithmetic(Arithmetic):
    """The engine's check digits in the place of the reference's."""

    def national(self, base: str) -> str:
        """Compute the check digit of 個人番号 and 住民票コード."""
        return check_digit(KINDS[len(base)], base)

    def addressee(self, base: str, weights: Sequence[int] = ADDRESSEE_WEIGHTS) -> str | None:
        """Compute the check digit of 宛名番号; None where no text provides for one."""
        del weights  # a fault of the reference; the bench has none
        if unspecified("addressee_number", base):
            return None
        return check_digit("addressee_number", base)


ENGINE_NUMBERS = EngineArithmetic()
