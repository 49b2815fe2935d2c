"""Seeded faults of atena about updates, deletions, display and flags."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "update-notified", "ATENA-009", "atena", "rule",
        "基本情報の更新だけで、中間サーバーに通知する。",
        "The intermediate server is told of a plain update.",
        {"notify_update": True},
    ),
    Fault(
        "deletion-not-told", "ATENA-010", "atena", "rule",
        "団体内統合宛名の削除を中間サーバーに知らせない。",
        "The intermediate server is not told of a deletion.",
        {"withheld": ("integrated_number_deletion",)},
    ),
    Fault(
        "deletion-with-addressee-number", "ATENA-010", "atena", "field",
        "削除の通知に、団体内統合宛名番号でなく宛名番号を載せる。",
        "The notice of a deletion carries the addressee number.",
        {"deleted_number": "addressee"},
    ),
    Fault(
        "flag-always-set", "ATENA-011", "atena", "rule",
        "他のシステムからの住登者の更新でも、統合宛名フラグを設定する。",
        "The flag is set for residents, whoever asks.",
        {"flag_rule": "always"},
    ),
    Fault(
        "flag-for-residents-only", "ATENA-011", "atena", "rule",
        "他のシステムからの住登外者の更新で、統合宛名フラグを設定しない。",
        "The flag is not set for others than residents.",
        {"flag_rule": "residents_only"},
    ),
    Fault(
        "number-change-not-told", "ATENA-013", "juki", "rule",
        "個人番号の変更を、団体内統合宛名システムに伝えない。",
        "A changed individual number is not passed on.",
        {"withheld": ("addressee_update",)},
    ),
    Fault(
        "number-change-ignored", "ATENA-013", "atena", "state",
        "個人番号の変更を記録しない。",
        "A changed individual number is not entered.",
        {"update_number": False},
    ),
    Fault(
        "display-names-another-number", "ATENA-012", "atena", "field",
        "表示の要求への応答で、他の者の団体内統合宛名番号を示す。",
        "The answer to a display request names the number of somebody else.",
        wire=value("display_response", "integrated_number", "123456789012340"),
    ),
    Fault(
        "display-without-number", "ATENA-012", "atena", "field",
        "表示の要求に、個人番号を提供しない。",
        "A display answer lacks the individual number.",
        {"display_hides": ("individual_number",)},
    ),
    Fault(
        "display-without-unknown-items", "ATENA-012", "atena", "field",
        "生年月日が不詳の者の表示の要求に、不詳フラグと不詳表記を提供しない。",
        "A display answer does not say that the birth date is unknown, nor how it is written.",
        {"display_hides": ("birth_date_unknown", "birth_date_text")},
    ),
    Fault(
        "display-of-old-items", "ATENA-012", "atena", "state",
        "表示の要求に、更新前の基本情報を提供する。",
        "A display answer tells the items before their update.",
        {"update_basic_items": False},
    ),
    Fault(
        "display-of-another", "ATENA-012", "atena", "privacy",
        "該当者のいない番号の表示の要求に、他の者の情報を提供する。",
        "A display request for nobody is answered with somebody.",
        {"display_somebody": True},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "number-change-renumbers", "atena",
        "個人番号の変更を、新たな者の付番として扱う。",
        "A changed individual number gets another integrated number.",
        {"number_change_renumbers": True},
    ),
)  # fmt: skip
