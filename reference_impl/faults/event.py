"""Seeded faults of juki about what all events have in common."""

from __future__ import annotations

from reference_impl.faults.makers import twice
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "provisional-takes-effect", "COMMON-002", _R, "state",
        "仮登録した異動が直ちに効力を持ち、電文を送る。",
        "What is entered provisionally takes effect and is told to others at once.",
        {"provisional_takes_effect": True},
    ),
    Fault(
        "delivery-address-sent-twice", "COMMON-017", _R, "rule",
        "送付先情報を、別の通番でもう一度送る。",
        "送付先情報 is sent a second time under another serial.",
        wire=twice("delivery_address"),
    ),
    Fault(
        "resent-under-new-serial", "COMMON-017", _R, "rule",
        "受付のない電文を、別の通番で送り直す。",
        "What got no receipt is sent again under another serial.",
        {"resend_serial": "new"},
    ),
)  # fmt: skip
