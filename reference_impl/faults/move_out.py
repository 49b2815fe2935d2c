"""Seeded faults of juki about leaving the municipality."""

from __future__ import annotations

from reference_impl.faults.makers import drop, value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "future-move-out-refused", "MOVEOUT-001", _R, "rule",
        "処理日より後の転出予定日による転出届を受け付けない。",
        "A move-out with a date to come is refused.",
        {"future_move_out_refused": True},
    ),
    Fault(
        "early-notice-leaves-record", "MOVEOUT-001", _R, "state",
        "転出予定日より早い転入通知が届いても、転出予定日まで消除しない。",
        "A move-in notified before the planned date does not remove the record.",
        {"remove_early": False},
    ),
    Fault(
        "removed-at-report", "MOVEOUT-002", _R, "order",
        "転出の届出だけで消除し、その本人確認情報を送る。",
        "The report alone removes the record and is notified.",
        {"remove_at_report": True},
    ),
    Fault(
        "removal-dated-as-removed", "MOVEOUT-003", _R, "field",
        "転出による消除の本人確認情報の年月日を、転出予定年月日でなく消除の日とする。",
        "The notice of a removal carries the day of the removal instead of the planned date.",
        {"removal_notice_date": "removed"},
    ),
    Fault(
        "removal-with-new-address", "MOVEOUT-003", _R, "field",
        "転出による消除の本人確認情報の住所を、転出先の住所とする。",
        "The notice of a removal carries the address of the new home.",
        {"removal_notice_address": "new"},
    ),
    Fault(
        "removal-reason-wrong", "MOVEOUT-003", _R, "field",
        "転出による消除の本人確認情報の事由を、職権消除等とする。",
        "The notice of a removal gives the reason of a removal ex officio.",
        wire=value("identity_notice", "reason", "23"),
    ),
    Fault(
        "late-move-out-as-report", "MOVEOUT-004", _R, "rule",
        "異動日から14日を経過した転出届も、届出による転出として処理する。",
        "A report more than fourteen days late is handled as a report.",
        {"move_out_days": 10_000},
    ),
    Fault(
        "move-out-late-a-day-early", "MOVEOUT-004", _R, "rule",
        "異動日から14日目の転出届を、職権で処理する。",
        "A report on the fourteenth day is handled ex officio.",
        {"move_out_days": 13},
    ),
    Fault(
        "register-not-told-of-emigrant", "MOVEOUT-005", _R, "rule",
        "国外転出のとき、本籍地に戸籍附票記載事項通知を送らない。",
        "The municipality of the family register is not told of a move abroad.",
        wire=drop("family_register_notice"),
    ),
    Fault(
        "certificate-of-emigrant", "MOVEOUT-006", _R, "rule",
        "国外転出でも、本籍地の市町村に転出証明書情報を送る。",
        "Certificate information goes to the family register's municipality for a move abroad too.",
        {"certificate_of_emigrant": True, "certificate_to": "register"},
    ),
    Fault(
        "cancelled-move-out-goes-on", "MOVEOUT-007", _R, "state",
        "取り消した転出でも、転出予定日に消除する。",
        "A cancelled move-out still removes the record on the planned date.",
        {"cancel_move_out": False},
    ),
)  # fmt: skip
