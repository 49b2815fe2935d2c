"""Seeded faults of juki about differences for other systems."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "differences-every-half-hour", "COMMON-016", "juki", "rule",
        "異動差分を30分おきに提供する。",
        "Differences are provided every thirty minutes.",
        {"difference_minutes": 30},
    ),
    Fault(
        "differences-not-provided", "COMMON-016", "juki", "rule",
        "異動差分を提供しない。",
        "No differences are provided.",
        {"withheld": ("resident_differences",)},
    ),
    Fault(
        "differences-of-old-state", "COMMON-016", "juki", "state",
        "異動差分に、異動前の住所を載せる。",
        "A difference tells the address before the event.",
        {"difference_items": "first"},
    ),
    Fault(
        "differences-with-another-name", "COMMON-016", "juki", "field",
        "異動差分に、他の者の氏名を載せる。",
        "A difference carries the name of somebody else.",
        wire=value("resident_differences", "records[0].name", "見本　別人"),
    ),
    Fault(
        "differences-under-another-number", "COMMON-016", "juki", "field",
        "異動差分に、他の者の宛名番号を付ける。",
        "A difference carries the addressee number of somebody else.",
        wire=value("resident_differences", "records[0].addressee_number", "123456789012340"),
    ),
    Fault(
        "differences-with-wrong-sex", "COMMON-016", "juki", "field",
        "異動差分の性別をその他とする。",
        "A difference tells another sex.",
        wire=value("resident_differences", "records[0].sex", "9"),
    ),
    Fault(
        "differences-assume-birth-date", "FORMAT-006", "juki", "field",
        "異動差分で、不詳の生年月日を1日とする。",
        "A difference fills unknown parts of a birth date with 01.",
        {"difference_assumes": True},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "differences-at-once", "juki",
        "異動差分を、異動の都度に提供する。",
        "Differences are provided at once.",
        {"difference_minutes": 0},
    ),
)  # fmt: skip
