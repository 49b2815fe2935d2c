"""Seeded faults of juki about notices of people who moved in elsewhere."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "notice-waits-for-staff", "NOTICE-001", _R, "rule",
        "届いた転入通知を、職員が操作するまで取り込まない。",
        "A notice is not taken in until staff do it.",
        {"import_by_itself": False},
    ),
    Fault(
        "notice-not-reported", "NOTICE-002", _R, "rule",
        "転入通知を受けた旨を都道府県知事に通知しない。",
        "The prefecture is not told that a notice came.",
        {"report_notice": False},
    ),
    Fault(
        "report-of-another-name", "NOTICE-002", _R, "field",
        "転入通知を受けた旨の通知に、他の者の氏名を載せる。",
        "The report of a notice carries the name of somebody else.",
        wire=value("notice_report", "name", "見本　別人"),
    ),
    Fault(
        "report-of-another-birth-date", "NOTICE-002", _R, "field",
        "転入通知を受けた旨の通知に、他の生年月日を載せる。",
        "The report of a notice carries another birth date.",
        wire=value("notice_report", "birth_date", "3500101"),
    ),
    Fault(
        "report-of-another-move-in-date", "NOTICE-002", _R, "field",
        "転入通知を受けた旨の通知に、転入日でない日を載せる。",
        "The report of a notice carries another day than that of the move-in.",
        wire=value("notice_report", "move_in_date", "20200101"),
    ),
    Fault(
        "report-of-another-day", "NOTICE-002", _R, "field",
        "転入通知を受けた旨の通知に、受けた日でない日を載せる。",
        "The report of a notice carries another day than that of its arrival.",
        wire=value("notice_report", "received_date", "20200101"),
    ),
    Fault(
        "planned-values-overwritten", "NOTICE-003", _R, "field",
        "転入通知の内容で、転出先と転出日の予定の値を上書きする。",
        "The planned values are overwritten by the confirmed ones.",
        {"planned_values": "overwritten"},
    ),
    Fault(
        "early-notice-refused", "NOTICE-004", _R, "state",
        "転出予定年月日が到来するまで、転入通知を受理しない。",
        "A notice is refused before the planned date.",
        {"accept_early_notice": False},
    ),
    Fault(
        "corrected-notice-ignored", "NOTICE-005", _R, "state",
        "取込み済みの者の転入通知が再び届いても、修正しない。",
        "A notice that corrects an earlier one is ignored.",
        {"notice_taken": "first"},
    ),
    Fault(
        "older-notice-wins", "NOTICE-005", _R, "order",
        "遅れて届いた古い転入通知で、新しい内容を上書きする。",
        "An older notice that comes late replaces the newer one.",
        {"notice_taken": "last_arrived"},
    ),
    Fault(
        "notice-after-ex-officio-refused", "NOTICE-006", _R, "state",
        "職権で消除した者の転入通知を受理しない。",
        "A notice for a person removed ex officio is refused.",
        {"accept_after_ex_officio": False},
    ),
    Fault(
        "garbled-notice-not-shown", "NOTICE-007", _R, "rule",
        "文字化けや桁あふれのある転入通知の項目を職員に示さない。",
        "Garbled and overlong items of a notice are not shown to staff.",
        {"show_notice_faults": False},
    ),
    Fault(
        "garbled-notice-not-correctable", "NOTICE-007", _R, "rule",
        "示された転入通知の項目を、職員が修正できない。",
        "Staff cannot correct an item of a notice.",
        {"correct_notice_items": False},
    ),
    Fault(
        "missing-notice-not-listed", "NOTICE-008", _R, "rule",
        "転入通知の届かない者を未着者一覧に載せない。",
        "Who was never confirmed is not on the list.",
        {"list_missing_notices": False},
    ),
    Fault(
        "confirmed-person-still-listed", "NOTICE-008", _R, "state",
        "転入通知の届いた者を未着者一覧に残す。",
        "Who was confirmed stays on the list of those who were not.",
        {"take_off_missing_list": False},
    ),
    Fault(
        "notice-of-another-taken", "NOTICE-009", _R, "state",
        "住民票コードと氏名・生年月日の合わない転入通知で消除する。",
        "A notice whose code and person disagree removes somebody.",
        {"check_notice_person": False},
    ),
    Fault(
        "notice-matched-by-name", "NOTICE-009", _R, "state",
        "住民票コードの該当者がいない転入通知を、氏名の同じ者に結び付ける。",
        "A notice with an unknown code is taken for somebody of the same name.",
        {"unknown_notice": "same_name"},
    ),
    Fault(
        "unknown-notice-not-listed", "NOTICE-009", _R, "rule",
        "取り込めない転入通知を取込エラーとして示さない。",
        "A notice that cannot be taken in is not shown as an import error.",
        {"unknown_notice": "silent"},
    ),
)  # fmt: skip
