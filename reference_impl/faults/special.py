"""Seeded faults of juki about certificate information and special move-ins."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "certificate-not-pushed", "SPECIAL-001", _R, "rule",
        "特例による転出届を受けても、転出先に転出証明書情報を送らない。",
        "The planned municipality is not sent certificate information.",
        {"push_certificate": False},
    ),
    Fault(
        "certificate-without-furigana", "SPECIAL-002", _R, "field",
        "転出証明書情報に振り仮名を載せない。",
        "Certificate information lacks the reading.",
        {"certificate_omits": ("furigana",)},
    ),
    Fault(
        "certificate-with-alias-of-another", "SPECIAL-002", _R, "field",
        "転出証明書情報に、その者が持たない通称を載せる。",
        "Certificate information carries an alias that the person does not have.",
        wire=value("certificate_info", "persons[0].alias", "見本　別名"),
    ),
    Fault(
        "certificate-without-family-register", "SPECIAL-002", _R, "field",
        "転出証明書情報に戸籍の表示を載せない。",
        "Certificate information lacks the family register.",
        {"certificate_omits": ("register_place", "register_head")},
    ),
    Fault(
        "certificate-without-insurance", "SPECIAL-002", _R, "field",
        "転出証明書情報に国民健康保険と国民年金の資格を載せない。",
        "Certificate information lacks insurance and pension.",
        {"certificate_omits": ("health_insurance", "pension_kind", "pension_number")},
    ),
    Fault(
        "certificate-without-card", "SPECIAL-002", _R, "field",
        "転出証明書情報に個人番号カードの有効期間満了日を載せない。",
        "Certificate information lacks the expiry of the card.",
        {"certificate_omits": ("card_expiry_date",)},
    ),
    Fault(
        "certificate-erased-late", "SPECIAL-003", _R, "state",
        "使われなかった転出証明書情報を、予定年月日から60日まで保持する。",
        "Unused certificate information is kept for sixty days.",
        {"certificate_kept_longer": 30},
    ),
    Fault(
        "certificate-erased-early", "SPECIAL-003", _R, "state",
        "転出証明書情報を、予定年月日から30日目に消去する。",
        "Certificate information is erased on the thirtieth day.",
        {"certificate_kept_longer": -1},
    ),
    Fault(
        "first-report-not-told", "SPECIAL-004", _R, "rule",
        "転出証明書情報を受けていない最初の転入届を、転出地に通知しない。",
        "The former municipality is not told of a first report without information.",
        {"send_first_report": False},
    ),
    Fault(
        "first-report-with-another-name", "SPECIAL-004", _R, "field",
        "最初の転入届を受けた旨の通知に、他の者の氏名を載せる。",
        "The notice of a first report carries the name of somebody else.",
        wire=value("first_report_notice", "name", "見本　別人"),
    ),
    Fault(
        "first-report-move-in-date-wrong", "SPECIAL-004", _R, "field",
        "最初の転入届を受けた旨の通知に、届け出られた転入日でない日を載せる。",
        "The notice of a first report carries another day than that of the move-in.",
        wire=value("first_report_notice", "move_in_date", "20200101"),
    ),
    Fault(
        "first-report-day-wrong", "SPECIAL-004", _R, "field",
        "最初の転入届を受けた旨の通知に、届出の日でない日を載せる。",
        "The notice of a first report carries another day than that of the report.",
        wire=value("first_report_notice", "report_date", "20200101"),
    ),
    Fault(
        "first-report-unanswered", "SPECIAL-005", _R, "rule",
        "最初の転入届を受けた旨の通知に、転出証明書情報で答えない。",
        "The notice of a first report is not answered by certificate information.",
        {"answer_first_report": False},
    ),
    Fault(
        "certificate-to-planned-again", "SPECIAL-005", _R, "rule",
        "最初の転入届を受けた旨の通知に応じた転出証明書情報を、予定された転出先に送る。",
        "The answer to a first report goes to the planned municipality.",
        {"certificate_to": "planned"},
    ),
    Fault(
        "special-without-time-limit", "SPECIAL-006", _R, "rule",
        "期限を過ぎた転入届にも特例を適用する。",
        "The special rule is applied to late reports.",
        {"special_exclusions": ("elsewhere", "card")},
    ),
    Fault(
        "special-a-day-longer", "SPECIAL-006", _R, "rule",
        "転入日から15日目の転入届にも特例を適用する。",
        "The special rule is applied on the fifteenth day.",
        {"special_days_more": 1},
    ),
    Fault(
        "special-a-day-shorter", "SPECIAL-006", _R, "rule",
        "転入日から14日目の転入届に特例を適用しない。",
        "The special rule is not applied on the fourteenth day.",
        {"special_days_more": -1},
    ),
    Fault(
        "special-planned-a-day-longer", "SPECIAL-006", _R, "rule",
        "転出予定年月日から31日目の転入届にも特例を適用する。",
        "The special rule is applied on the thirty-first day after the planned date.",
        {"special_planned_days_more": 1},
    ),
    Fault(
        "special-planned-a-day-shorter", "SPECIAL-006", _R, "rule",
        "転出予定年月日から30日目の転入届に特例を適用しない。",
        "The special rule is not applied on the thirtieth day after the planned date.",
        {"special_planned_days_more": -1},
    ),
    Fault(
        "special-planned-date-overlooked", "SPECIAL-006", _R, "rule",
        "転出予定年月日からの期限を確かめずに特例を適用する。",
        "The days after the planned date do not end the special rule.",
        {"special_planned_days_more": 10_000},
    ),
    Fault(
        "special-after-record-elsewhere", "SPECIAL-006", _R, "rule",
        "間に他の市町村に記録された者にも特例を適用する。",
        "The special rule is applied after a record elsewhere.",
        {"special_exclusions": ("late", "card")},
    ),
    Fault(
        "special-without-card", "SPECIAL-006", _R, "rule",
        "個人番号カードの提出がなくても特例を適用する。",
        "The special rule is applied without the card.",
        {"special_exclusions": ("late", "elsewhere")},
    ),
    Fault(
        "late-special-turned-away", "SPECIAL-006", _R, "rule",
        "特例の対象でない者の転入届を、通常の転入としても受け付けない。",
        "Who is excluded from the special rule is turned away instead of moving in.",
        {"late_special_refused": True},
    ),
    Fault(
        "cardless-members-left-out", "SPECIAL-007", _R, "rule",
        "カードのない世帯員を転出証明書情報に含めない。",
        "Cardless members are left out of the certificate information.",
        {"members_included": False},
    ),
    Fault(
        "certificate-of-ten-people", "SPECIAL-007", _R, "rule",
        "転出証明書情報に10人までしか含めない。",
        "Certificate information tells of ten people at most.",
        {"certificate_members_most": 10},
    ),
    Fault(
        "certificate-not-corrected", "SPECIAL-008", _R, "rule",
        "受信した転出証明書情報の修正を反映しない。",
        "Corrections of the received information have no effect.",
        {"correct_certificate": False},
    ),
    Fault(
        "special-from-paper", "SPECIAL-008", _R, "rule",
        "受信した転出証明書情報でなく、届け出られた事項で転入を入力する。",
        "A special move-in is entered from the report instead of the received information.",
        {"enter_from": "report"},
    ),
    Fault(
        "removed-record-wins", "SPECIAL-009", _R, "field",
        "再転入者の振り仮名を、受信した転出証明書情報でなく除票から取り込む。",
        "The reading of a returning person is taken from the removed record.",
        {"kept_of_former": ("name", "furigana")},
    ),
    Fault(
        "name-from-certificate", "SPECIAL-009", _R, "field",
        "再転入者の氏名を、除票でなく受信した転出証明書情報から取り込む。",
        "The name of a returning person is taken from the received information.",
        {"kept_of_former": ()},
    ),
    Fault(
        "first-certificate-counts", "SPECIAL-010", _R, "state",
        "再び届いた転出証明書情報を用いず、先に届いた内容を用いる。",
        "A later certificate information does not replace the earlier.",
        {"newest_certificate": False},
    ),
    Fault(
        "certificate-to-family-register", "PRIVACY-004", _R, "privacy",
        "転出証明書情報を、転出先でなく本籍地の市町村に送る。",
        "Certificate information is sent to the municipality of the family register.",
        {"certificate_to": "register"},
    ),
    Fault(
        "certificate-to-whoever-asks", "PRIVACY-004", _R, "privacy",
        "転出の届出のない者の転出証明書情報を、求めた市町村に送る。",
        "Certificate information of who has not moved out is sent to whoever asks.",
        {"answer_any_first_report": True},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "certificate-the-next-day", "juki",
        "転出証明書情報を、届出の当日でなく翌日に送る。",
        "Certificate information is sent on the day after the report.",
        {"push_certificate_next_day": True},
    ),
    Variant(
        "certificate-erased-a-day-later", "juki",
        "使われなかった転出証明書情報を、予定年月日から32日目に消去する。",
        "Unused certificate information is erased on the thirty-second day.",
        {"certificate_kept_longer": 1},
    ),
    Variant(
        "certificate-not-sent-again", "juki",
        "送信済みの転出証明書情報を手動で再送信する機能を持たない。",
        "Certificate information cannot be sent again by hand.",
        {"certificate_sent_again": False},
    ),
    Variant(
        "removal-the-next-day", "juki",
        "転出予定日が既に到来している届出でも、翌日に消除する。",
        "A move-out that is due at its report is carried out on the next day.",
        {"remove_due_at_once": False},
    ),
)  # fmt: skip
