"""Numbers and check digits of the reference, computed by its own arithmetic.

Sources: 平成26年総務省令第85号5条 (個人番号); 平成14年総務省告示第436号, secondary (住民票コード);
全国地方公共団体コード; 住民記録システム標準仕様書 1.1.13 (宛名番号). All digits are text.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_impl.node import Randomness

ADDRESSEE_WEIGHTS = (2, 3, 4, 5, 6, 7)
"""Weights of 宛名番号 from the right, in turn: modulus 11, weights 2 to 7."""

_NATIONAL_WEIGHTS = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
_MUNICIPALITY_WEIGHTS = (2, 3, 4, 5, 6)
_CODE_BASE = 10
_NUMBER_BASE = 11
_MODULUS = 11
_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = _SYMBOLS[10:]
_HEX = "0123456789abcdef"


def weighted_sum(base: str, weights: Sequence[int]) -> int:
    """Add up the digits of `base` from the right, each times its weight; weights repeat."""
    turns = (weights[place % len(weights)] for place in range(len(base)))
    return sum(int(digit) * weight for digit, weight in zip(reversed(base), turns, strict=True))


def national_check_digit(base: str) -> str:
    """Compute the check digit of 個人番号 (11 digits) and 住民票コード (10 digits).

    >>> national_check_digit("12345678901"), national_check_digit("2472705960")
    ('8', '8')
    """
    remainder = weighted_sum(base, _NATIONAL_WEIGHTS) % _MODULUS
    return "0" if remainder <= 1 else str(_MODULUS - remainder)


def municipality_check_digit(base: str) -> str:
    """Compute the check digit of a municipality code from its five digits.

    >>> municipality_check_digit("01100"), municipality_check_digit("13104")
    ('2', '1')
    """
    remainder = weighted_sum(base, _MUNICIPALITY_WEIGHTS) % _MODULUS
    return str(_MODULUS - remainder)[-1]


def addressee_check_digit(base: str, weights: Sequence[int] = ADDRESSEE_WEIGHTS) -> str | None:
    """Compute the check digit of 宛名番号; None for remainder 1, which no text provides for.

    >>> addressee_check_digit("10000001"), addressee_check_digit("11"), addressee_check_digit("6")
    ('6', '6', None)
    """
    remainder = weighted_sum(base, weights) % _MODULUS
    if remainder == 1:
        return None
    return "0" if remainder == 0 else str(_MODULUS - remainder)


class Arithmetic:
    """The check digits that a node computes; the bench puts the engine's in their place."""

    def national(self, base: str) -> str:
        """Compute the check digit of 個人番号 and 住民票コード."""
        return national_check_digit(base)

    def addressee(self, base: str, weights: Sequence[int] = ADDRESSEE_WEIGHTS) -> str | None:
        """Compute the check digit of 宛名番号; None where no text provides for one."""
        return addressee_check_digit(base, weights)

    def with_check_digit(self, base: str, *, shift: int = 0) -> str:
        """Append the national check digit to `base`, wrong by `shift`."""
        return base + str((int(self.national(base)) + shift) % 10)

    def is_individual_number(self, text: str) -> bool:
        """Tell whether a text is an individual number with the right check digit."""
        return self._is_checked(text, _NUMBER_BASE)

    def is_juminhyo_code(self, text: str) -> bool:
        """Tell whether a text is a juminhyo code with the right check digit."""
        return self._is_checked(text, _CODE_BASE)

    def _is_checked(self, text: str, base: int) -> bool:
        digits = len(text) == base + 1 and text.isascii() and text.isdigit()
        return digits and text[-1] == self.national(text[:-1])


OWN = Arithmetic()
"""The reference's own arithmetic."""


def random_digits(random: Randomness, count: int) -> str:
    """Draw `count` random digits."""
    return str(random.randrange(10**count)).zfill(count)


def random_acquisition_number(random: Randomness) -> str:
    """Draw 20 characters [0-9A-Z] that begin with a letter: neither a number nor a code."""
    return random.choice(_LETTERS) + "".join(random.choice(_SYMBOLS) for _ in range(19))


def random_hex(random: Randomness, count: int) -> str:
    """Draw `count` random hexadecimal digits."""
    return "".join(random.choice(_HEX) for _ in range(count))


def one_way_base(key: str, code: str, attempt: int) -> str:
    """Convert a juminhyo code into the 11 digits of a number, one way, by a keyed hash.

    The real conversion is not published; this one is synthetic (番号法8条2項2号・3号).
    """
    digest = hmac.new(bytes.fromhex(key), f"{code}/{attempt}".encode(), hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8]) % 10**_NUMBER_BASE).zfill(_NUMBER_BASE)
