"""Seeded faults and correct variants about online applications."""

from __future__ import annotations

from reference_impl.faults.makers import drop, twice, value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "report-not-passed-on", "OSS-001", "shinsei", "rule",
        "オンラインの転出届を、住民記録システムに連携しない。",
        "An online report of a move-out does not reach the resident record system.",
        wire=drop("moving_report"),
    ),
    Fault(
        "visit-not-passed-on", "OSS-001", "shinsei", "rule",
        "来庁予定の連絡を、住民記録システムに連携しない。",
        "A visit notice does not reach the resident record system.",
        wire=drop("visit_notice"),
    ),
    Fault(
        "report-with-other-date", "OSS-001", "shinsei", "field",
        "連携する転出届の異動予定日を、申請と異なる日にする。",
        "The report that is passed on gives another planned date.",
        wire=value("moving_report", "planned_date", "2026-01-01"),
    ),
    Fault(
        "report-from-other-address", "OSS-001", "shinsei", "field",
        "連携する転出届の異動前の住所を、申請と異なる住所にする。",
        "The report that is passed on gives another address to leave.",
        wire=value("moving_report", "origin_address", "見本県別見本市１番地"),
    ),
    Fault(
        "visit-for-other-address", "OSS-001", "shinsei", "field",
        "連携する来庁予定の連絡の異動後の住所を、申請と異なる住所にする。",
        "The visit notice that is passed on gives another address to move to.",
        wire=value("visit_notice", "destination_address", "見本県別見本市１番地"),
    ),
    Fault(
        "application-of-other-city-taken", "OSS-001", "shinsei", "rule",
        "他の市町村からの転出届を受け付けて連携する。",
        "A report of a move out of another municipality is taken and passed on.",
        {"check_office": ()},
    ),
    Fault(
        "visit-in-other-city-taken", "OSS-001", "shinsei", "rule",
        "他の市町村への来庁予定の連絡を受け付けて連携する。",
        "A visit in another municipality is taken and passed on.",
        {"check_office": ("1", "3")},
    ),
    Fault(
        "visit-without-its-day", "OSS-001", "shinsei", "field",
        "連携する来庁予定の連絡に、来庁予定日を載せない。",
        "The visit notice that is passed on lacks the day of the visit.",
        wire=drop("visit_notice", "visit_date"),
    ),
    Fault(
        "report-in-first-name", "OSS-001", "shinsei", "state",
        "連携する転出届の氏名と生年月日を、先に申請した別の者のものにする。",
        "A report carries name and birth date of who applied before.",
        {"applicant": "first"},
    ),
    Fault(
        "after-hours-lost", "OSS-001", "shinsei", "state",
        "閉庁時間の転出届を、翌開庁日になっても連携しない。",
        "A report that comes after hours is never passed on.",
        {"lost_after_hours": ("1",)},
    ),
    Fault(
        "online-report-without-certificate", "OSS-002", "juki", "rule",
        "オンラインの転出届を受理しても、転出証明書情報を送らない。",
        "Accepting an online report causes no certificate information.",
        {"online_report_special": False},
    ),
    Fault(
        "online-report-told-twice", "OSS-002", "juki", "state",
        "受理した転出届の転出証明書情報を、二度送る。",
        "The certificate information of an accepted report is sent twice.",
        wire=twice("certificate_info"),
    ),
    Fault(
        "online-report-with-other-date", "OSS-002", "juki", "field",
        "転出証明書情報の転出予定年月日を、届け出られた日と異なる日にする。",
        "The certificate information of an accepted report gives another planned date.",
        wire=value("certificate_info", "planned_date", "20260101"),
    ),
    Fault(
        "visit-taken-for-report", "OSS-003", "juki", "rule",
        "来庁予定の連絡だけで、転入通知を送る。",
        "A visit notice alone causes a move-in notice.",
        {"visit_notice_effect": "move_in_notice"},
    ),
    Fault(
        "visit-matched-on-arrival-only", "OSS-004", "juki", "order",
        "来庁予定の連絡の後に届いた転出証明書情報を結び付けない。",
        "Certificate information that comes after the visit notice is not matched.",
        {"match_visits": "on_arrival"},
    ),
    Fault(
        "visit-matched-with-anybody", "OSS-004", "juki", "rule",
        "来庁予定の連絡を、別の者の転出証明書情報に結び付ける。",
        "A visit notice is matched with somebody else's certificate information.",
        {"match_visits": "anybody"},
    ),
    Fault(
        "visit-lost-in-outage", "OSS-004", "shinsei", "state",
        "住民記録システムの停止中に届いた来庁予定の連絡を失う。",
        "A visit notice that comes while the resident record system is down is lost.",
        {"keep_undelivered": False},
    ),
    Fault(
        "window-opens-early", "OSS-005", "shinsei", "rule",
        "転出の31日前の転出届を受け付ける。",
        "A report is taken thirty-one days before the move.",
        {"window_before": 31},
    ),
    Fault(
        "window-opens-late", "OSS-005", "shinsei", "rule",
        "転出の30日前の転出届を受け付けない。",
        "A report is refused thirty days before the move.",
        {"window_before": 29},
    ),
    Fault(
        "window-closes-late", "OSS-005", "shinsei", "rule",
        "転出の11日後の転出届を受け付ける。",
        "A report is taken eleven days after the move.",
        {"window_after": 11},
    ),
    Fault(
        "window-closes-early", "OSS-005", "shinsei", "rule",
        "転出の10日後の転出届を受け付けない。",
        "A report is refused ten days after the move.",
        {"window_after": 9},
    ),
    Fault(
        "move-abroad-taken-online", "OSS-005", "shinsei", "rule",
        "国外への転出届をオンラインで受け付ける。",
        "A report of a move abroad is taken online.",
        {"refuse_abroad": False, "check_office": ()},
    ),
    Fault(
        "withdrawal-under-other-number", "OSS-006", "shinsei", "field",
        "申請の取消しを、その申請と異なる受付番号で連携する。",
        "A withdrawal is passed on under another number than its own.",
        wire=value("application_withdrawal", "reception_number", "K999999999"),
    ),
    Fault(
        "withdrawal-not-passed-on", "OSS-006", "shinsei", "rule",
        "届出の取消しを、住民記録システムに連携しない。",
        "A withdrawal does not reach the resident record system.",
        {"pass_withdrawals_on": False},
    ),
    Fault(
        "unknown-withdrawal-taken", "OSS-006", "shinsei", "rule",
        "該当のない申請の取消しを受け付けて連携する。",
        "A withdrawal of what never came is taken and passed on.",
        {"check_withdrawn": False},
    ),
    Fault(
        "withdrawal-before-its-report", "OSS-006", "shinsei", "order",
        "停止の後、新しいものから連携し、取消しが届出より先に届く。",
        "After an outage the newest goes first, the withdrawal before its report.",
        {"send_newest_first": True},
    ),
    Fault(
        "withdrawal-after-hours-lost", "OSS-006", "shinsei", "state",
        "閉庁時間の取消しを、翌開庁日になっても連携しない。",
        "A withdrawal that comes after hours is never passed on.",
        {"lost_after_hours": ("4",)},
    ),
    Fault(
        "withdrawn-report-accepted", "OSS-006", "juki", "state",
        "取り消された転出届を受理する。",
        "A withdrawn report can still be accepted.",
        {"withdrawn_can_be_accepted": True},
    ),
    Fault(
        "withdrawal-without-effect", "OSS-006", "juki", "state",
        "受理の後の取消しを反映せず、転出予定日に消除する。",
        "A withdrawal after the acceptance has no effect, and the record is removed.",
        {"withdrawal_effect": "none"},
    ),
    Fault(
        "booking-of-another-name", "OSS-007", "shinsei", "field",
        "連携する転居の予約に、他の者の氏名を載せる。",
        "The booking that is passed on carries the name of somebody else.",
        wire=value("move_booking", "name", "見本　別人"),
    ),
    Fault(
        "booking-for-other-date", "OSS-007", "shinsei", "field",
        "連携する転居の予約の異動予定日を、申請と異なる日にする。",
        "The booking that is passed on gives another planned date.",
        wire=value("move_booking", "planned_date", "2026-01-01"),
    ),
    Fault(
        "booking-not-passed-on", "OSS-007", "shinsei", "rule",
        "転居の予約を、自市の住民記録システムに連携しない。",
        "A booking does not reach the own resident record system.",
        wire=drop("move_booking"),
    ),
    Fault(
        "booking-of-move-out-taken", "OSS-007", "shinsei", "rule",
        "他の市町村への異動を、転居の予約として受け付ける。",
        "A move to another municipality is taken for a booking.",
        {"check_office": ()},
    ),
    Fault(
        "booking-of-move-in-taken", "OSS-007", "shinsei", "rule",
        "他の市町村からの異動を、転居の予約として受け付ける。",
        "A move from another municipality is taken for a booking.",
        {"booking_inside": ("destination_code",)},
    ),
    Fault(
        "booking-taken-for-report", "OSS-007", "juki", "rule",
        "転居の予約だけで、転居を本登録する。",
        "A booking alone is registered as a move.",
        {"booking_takes_effect": True},
    ),
    Fault(
        "application-passed-on-twice", "OSS-008", "shinsei", "state",
        "同じ申請がもう一度届くと、もう一度連携する。",
        "The same application is passed on again when it comes again.",
        {"pass_repeated_on": True},
    ),
    Fault(
        "changed-application-taken", "OSS-008", "shinsei", "state",
        "同じ受付番号で内容の異なる申請を受け付けて連携する。",
        "Another application under a used number is taken and passed on.",
        {"take_changed": True},
    ),
    Fault(
        "serial-leads-to-first-number", "CERT-004", "shinsei", "numbering",
        "どのシリアル番号も、最初に知らされた宛名番号に変換する。",
        "Every serial number leads to the addressee number that was told first.",
        {"serial_owner": "first"},
    ),
    Fault(
        "report-without-addressee-number", "CERT-004", "shinsei", "field",
        "連携する転出届に、宛名番号を載せない。",
        "The report that is passed on carries no addressee number.",
        wire=drop("moving_report", "addressee_number"),
    ),
    Fault(
        "former-serial-at-shinsei", "CERT-003", "shinsei", "state",
        "更新前のシリアル番号でも申請者を特定する。",
        "The serial number before a renewal still identifies the applicant.",
        {"forget_former_serial": False},
    ),
    Fault(
        "revoked-serial-at-shinsei", "CERT-003", "shinsei", "state",
        "失効したシリアル番号でも申請者を特定する。",
        "A revoked serial number still identifies the applicant.",
        {"forget_revoked_serial": False},
    ),
    Fault(
        "unknown-serial-at-shinsei", "CERT-003", "shinsei", "numbering",
        "該当のないシリアル番号で、別の者を特定する。",
        "An unknown serial number identifies somebody.",
        {"serial_owner": "last"},
    ),
    Fault(
        "unknown-serial-not-shown", "CERT-003", "shinsei", "rule",
        "シリアル番号に該当する者がいないことを示さない。",
        "Nobody is told that a serial number led to nobody.",
        {"show_unknown_serial": False},
    ),
)  # fmt: skip
"""Every fault of this subject; ids are unique."""

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "after-hours-next-day", "shinsei",
        "閉庁時間の申請を、翌開庁日に連携する。",
        "What comes after hours is passed on the next working day.",
        {"after_hours": "next_day"},
    ),
    Variant(
        "unidentified-kept", "shinsei",
        "申請者を特定できない申請を、連携せずに職員に示す。",
        "An application whose applicant is unknown is shown to staff and not passed on.",
        {"pass_unidentified_on": False},
    ),
    Variant(
        "withdrawal-takes-effect-at-once", "juki",
        "届いた取消しを、職員の受理を待たずに反映する。",
        "A withdrawal takes effect when it comes, without staff.",
        {"withdrawal_effect": "on_arrival"},
    ),
)  # fmt: skip
"""Every correct variant of this subject; ids are unique."""
