"""Seeded faults of juki about moves within the municipality."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "move-with-old-address", "MOVE-001", _R, "field",
        "転居の本人確認情報に、転居前の住所を載せる。",
        "The notice of a move carries the former address.",
        {"move_notice": "old"},
    ),
    Fault(
        "move-reason-wrong", "MOVE-001", _R, "field",
        "転居の本人確認情報の事由を軽微な修正とする。",
        "The notice of a move gives the reason of a slight correction.",
        wire=value("identity_notice", "reason", "32"),
    ),
    Fault(
        "register-not-told-of-move", "MOVE-002", _R, "rule",
        "転居のとき、本籍地に戸籍附票記載事項通知を送らない。",
        "The municipality of the family register is not told of a move.",
        {"register_notice_on_move": False},
    ),
    Fault(
        "register-of-another-municipality", "MOVE-002", _R, "field",
        "戸籍附票記載事項通知に、本籍地でない市町村のコードを載せる。",
        "The notice for the family register names a municipality that does not keep it.",
        wire=value("family_register_notice", "register_municipality_code", "999032"),
    ),
    Fault(
        "register-told-another-name", "MOVE-002", _R, "field",
        "戸籍附票記載事項通知に、他の者の氏名を載せる。",
        "The notice for the family register carries the name of somebody else.",
        wire=value("family_register_notice", "name", "見本　別人"),
    ),
    Fault(
        "register-told-another-birth-date", "MOVE-002", _R, "field",
        "戸籍附票記載事項通知に、他の生年月日を載せる。",
        "The notice for the family register carries another birth date.",
        wire=value("family_register_notice", "birth_date", "3500101"),
    ),
    Fault(
        "register-told-another-day", "MOVE-002", _R, "field",
        "戸籍附票記載事項通知の住所を定めた年月日に、異動日でない日を載せる。",
        "The notice for the family register carries another day than that of the move.",
        wire=value("family_register_notice", "address_date", "20200101"),
    ),
    Fault(
        "move-of-house-refused", "MOVE-003", _R, "rule",
        "同一の地番にある別の家屋への転居を受け付けない。",
        "A move to another house of the same lot is refused.",
        {"move_of_house_refused": True},
    ),
    Fault(
        "room-change-not-notified", "MOVE-004", _R, "rule",
        "方書だけの修正では本人確認情報を送らない。",
        "A change of the building name alone is not notified.",
        {"notify_room_change": False},
    ),
)  # fmt: skip
