"""Seeded faults of juki about delivery addresses, renewals and the state of cards."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "postal-zeros-dropped", "COMMON-011", _R, "field",
        "送付先の郵便番号の先頭の0を落とす。",
        "The postal code of a delivery address loses its zeros at the left.",
        {"keep_postal_zeros": False},
    ),
    Fault(
        "place-of-stay-ignored", "COMMON-011", _R, "field",
        "居所の指定があっても、住所を送付先とする。",
        "The delivery address is the home although a place of stay was set.",
        {"use_place_of_stay": False},
    ),
    Fault(
        "print-kind-wrong", "COMMON-011", _R, "field",
        "個人番号通知書の印刷区分を個人番号カードとする。",
        "The notice of a number is printed as a card.",
        wire=value("delivery_address", "print_kind", "2"),
    ),
    Fault(
        "card-sent-to-another-name", "COMMON-012", _R, "field",
        "更新対象者の送付先情報の宛名を、他の者の氏名とする。",
        "The delivery address of a renewal carries the name of somebody else.",
        wire=value("delivery_address", "name", "見本　別人"),
    ),
    Fault(
        "card-of-another-code", "COMMON-012", _R, "field",
        "更新対象者の送付先情報に、他の者の住民票コードを載せる。",
        "The delivery address of a renewal carries the code of somebody else.",
        wire=value("delivery_address", "juminhyo_code", "12345678903"),
    ),
    Fault(
        "renewals-not-answered", "COMMON-012", _R, "rule",
        "更新対象者の送付先情報を送らない。",
        "Persons due for renewal are not told with a delivery address.",
        {"answer_renewals": False},
    ),
    Fault(
        "renewal-print-kind-wrong", "COMMON-012", _R, "field",
        "更新対象者の印刷区分を個人番号通知書とする。",
        "A renewal is printed as the notice of a number.",
        {"renewal_print_kind": "1"},
    ),
    Fault(
        "renewal-list-dropped", "COMMON-012", _R, "state",
        "住民でない者を含む更新対象者データを全体として捨てる。",
        "A renewal list with a stranger is dropped as a whole.",
        {"match_renewals": False},
    ),
    Fault(
        "card-status-not-kept", "COMMON-012", _R, "state",
        "カードの発行状況を保持しない。",
        "The state of a card is not kept.",
        {"keep_card_status": False},
    ),
    Fault(
        "first-card-status-kept", "COMMON-012", _R, "state",
        "後に届いた発行状況で更新しない。",
        "A later state of a card does not replace the earlier one.",
        {"newest_card_status": False},
    ),
)  # fmt: skip
