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
