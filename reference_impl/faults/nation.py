"""Seeded faults of juki about changes of nationality."""

from __future__ import annotations

from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "naturalised-with-new-code", "NATION-001", _R, "numbering",
        "国籍の異動で、新たな住民票コードを記載する。",
        "A change of nationality brings another code.",
        {"nationality_carries": ("individual_number", "addressee_number")},
    ),
    Fault(
        "naturalised-with-new-number", "NATION-001", _R, "numbering",
        "国籍の異動で、個人番号の生成を再び求める。",
        "A change of nationality asks for a number again.",
        {"nationality_carries": ("juminhyo_code", "addressee_number")},
    ),
    Fault(
        "naturalised-with-new-addressee-number", "NATION-001", _R, "numbering",
        "国籍の異動で、新たな宛名番号を付番する。",
        "A change of nationality brings another addressee number.",
        {"nationality_carries": ("juminhyo_code", "individual_number")},
    ),
    Fault(
        "nationality-only-removed", "NATION-002", _R, "rule",
        "国籍の異動で、消除だけを通知する。",
        "A change of nationality is notified as a removal only.",
        {"silent_events": ("entry_naturalised", "entry_nationality_lost")},
    ),
    Fault(
        "residence-status-notified", "NATION-003", _R, "rule",
        "在留資格や在留期間だけの修正で、本人確認情報を送る。",
        "A change of the residence status alone is notified.",
        {"told_needlessly": ("residence_status",)},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "nationality-in-one-notice", "juki",
        "国籍の異動を、一つの本人確認情報で通知する。",
        "A change of nationality is told in one notice.",
        {"nationality_in_one_notice": True},
    ),
)  # fmt: skip
