"""Seeded faults of juki about codes, births and numbers."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    # -- STOCK --------------------------------------------------------------------------------
    Fault(
        "codes-never-requested", "STOCK-004", _R, "rule",
        "職員が操作しても住民票コードを要求しない。",
        "Codes are not requested even when staff ask for it.",
        {"withheld": ("juminhyo_code_request",)},
    ),
    Fault(
        "code-list-not-stocked", "STOCK-004", _R, "state",
        "受信した住民票コードを蓄積しない。",
        "Received codes are acknowledged but not stocked.",
        {"keep_list": False},
    ),
    Fault(
        "code-list-stocked-in-part", "STOCK-004", _R, "state",
        "一覧の住民票コードのうち、初めの10件だけを蓄積する。",
        "Only the first ten codes of a list are stocked.",
        {"list_limit": 10},
    ),
    Fault(
        "stock-alert-missing", "STOCK-005", _R, "rule",
        "蓄積が設定件数を下回ってもアラートを表示しない。",
        "No alert is shown when the stock falls below the set number.",
        {"alert_when": "never"},
    ),
    Fault(
        "stock-alert-too-early", "STOCK-005", _R, "rule",
        "蓄積が設定件数と等しいときにアラートを表示する。",
        "The alert is shown while the stock still equals the set number.",
        {"alert_when": "at_or_below"},
    ),
    Fault(
        "stock-not-refilled", "STOCK-006", _R, "rule",
        "蓄積が少なくなっても追加の住民票コードを要求しない。",
        "No more codes are requested when they run low.",
        {"ask_when_low": False},
    ),
    Fault(
        "code-made-up", "STOCK-007", _R, "numbering",
        "指定されていない住民票コードを作って記載する。",
        "A made-up code is written instead of a designated one.",
        {"code_source": "made_up"},
    ),
    Fault(
        "listed-code-in-use-taken", "STOCK-008", _R, "numbering",
        "一覧にある使用済みの住民票コードを蓄積し、二人目に記載する。",
        "A listed code that is in use is stocked and written to a second person.",
        {"check_list_used": False, "code_choice": "last"},
    ),
    Fault(
        "list-received-twice-stocked-twice", "STOCK-008", _R, "numbering",
        "二度受信した一覧を二重に蓄積し、同じ住民票コードを二人に記載する。",
        "A list received twice is stocked twice, so that two persons share a code.",
        {"check_list_used": False, "code_choice": "smallest"},
    ),
    Fault(
        "listed-code-repeated-taken", "STOCK-008", _R, "numbering",
        "一覧の中で重複する住民票コードを二重に蓄積する。",
        "A code that stands twice in a list is stocked twice.",
        {"check_list_repeats": False, "code_choice": "smallest"},
    ),
    Fault(
        "listed-code-bad-digit-taken", "STOCK-008", _R, "numbering",
        "検査数字の誤った住民票コードを蓄積して記載する。",
        "A listed code with a wrong check digit is stocked and written.",
        {"check_list_digits": False, "code_choice": "last"},
    ),
    Fault(
        "list-replaces-stock", "STOCK-008", _R, "state",
        "一覧を受信すると、それまでの蓄積を失う。",
        "A received list takes the place of the stock, whose codes are lost.",
        {"list_replaces_stock": True},
    ),
    Fault(
        "empty-stock-code-made-up", "STOCK-009", _R, "numbering",
        "蓄積が尽きると住民票コードを作って本登録する。",
        "With an empty stock a code is made up and the birth goes on.",
        {"empty_stock": "made_up"},
    ),
    Fault(
        "empty-stock-record-lost", "STOCK-009", _R, "state",
        "蓄積が尽きたときの出生を破棄し、補充の後に続けられない。",
        "A birth with an empty stock is lost and cannot go on after replenishment.",
        {"empty_stock": "discard"},
    ),
    # -- BIRTH --------------------------------------------------------------------------------
    Fault(
        "code-of-head-written", "BIRTH-001", _R, "numbering",
        "出生した子に世帯主の住民票コードを記載する。",
        "The child gets the code of the head of the household.",
        {"code_source": "head"},
    ),
    Fault(
        "code-in-order-of-arrival", "BIRTH-002", _R, "rule",
        "蓄積された順に住民票コードを付番する。",
        "Codes are picked in the order of their arrival.",
        {"code_choice": "first"},
    ),
    Fault(
        "code-in-ascending-order", "BIRTH-002", _R, "rule",
        "小さい順に住民票コードを付番する。",
        "Codes are picked in ascending order.",
        {"code_choice": "smallest"},
    ),
    Fault(
        "request-with-another-code", "BIRTH-003", _R, "field",
        "記載した住民票コードと異なるコードで個人番号の生成を求める。",
        "The number request carries another code than the one written.",
        {"request_code": "other"},
    ),
    Fault(
        "notice-before-number", "BIRTH-004", _R, "order",
        "個人番号の受領前に、作った番号を含む本人確認情報を送る。",
        "A notice with an invented number leaves before the number arrived.",
        {"notice_before_number": True},
    ),
    Fault(
        "notice-with-altered-number", "BIRTH-004", _R, "field",
        "受領した番号と異なる番号を本人確認情報に載せる。",
        "The notice carries another number than the one received.",
        {"notice_number": "altered"},
    ),
    Fault(
        "birth-reason-wrong", "BIRTH-006", _R, "field",
        "出生の本人確認情報の事由を職権記載等とする。",
        "The notice of a birth gives the reason ex officio.",
        wire=value("identity_notice", "reason", "13"),
    ),
    Fault(
        "birth-entry-wrong", "BIRTH-006", _R, "field",
        "出生の本人確認情報の旨を修正とする。",
        "The notice of a birth calls it a correction.",
        wire=value("identity_notice", "entry", "3"),
    ),
    Fault(
        "birth-dated-today", "BIRTH-006", _R, "field",
        "出生の年月日として処理日を送る。",
        "The notice gives the day of registration as the date of birth event.",
        {"notice_event_date": "today"},
    ),
    Fault(
        "twins-share-a-code", "BIRTH-007", _R, "state",
        "番号の受領まで住民票コードを蓄積に残し、同時の出生に同じコードを記載する。",
        "A code stays in stock until the number arrives, and twins get the same one.",
        {"take_code_from_stock": "with_number", "code_choice": "first"},
    ),
    Fault(
        "unnamed-child-not-numbered", "BIRTH-009", _R, "rule",
        "氏名が未定の子に住民票コードを付番しない。",
        "A child not yet named is not numbered.",
        {"number_unnamed": False},
    ),
    Fault(
        "naming-not-notified", "BIRTH-009", _R, "rule",
        "後の命名を本人確認情報で通知しない。",
        "The later naming is not notified.",
        {"notify_corrections": False},
    ),
    Fault(
        "foreign-child-not-numbered", "BIRTH-010", _R, "rule",
        "外国人の子に住民票コードを付番しない。",
        "A foreign child is not numbered.",
        {"number_foreigners": False},
    ),
    # -- NUM ----------------------------------------------------------------------------------
    Fault(
        "number-to-latest-record", "NUM-004", _R, "state",
        "受けた個人番号を、直近に登録した者に記載する。",
        "A received number is written to the record registered last.",
        {"number_owner": "latest"},
    ),
    Fault(
        "number-with-bad-digit-written", "NUM-011", _R, "numbering",
        "検査用数字の誤った個人番号を記載する。",
        "A number with a wrong check digit is written.",
        {"check_number": False},
    ),
    Fault(
        "number-held-by-other-written", "NUM-012", _R, "numbering",
        "他の者に記載されている個人番号を記載する。",
        "A number that somebody else holds is written.",
        {"refuse_held_number": False},
    ),
    Fault(
        "second-number-written", "NUM-013", _R, "state",
        "記載済みの個人番号を、後に届いた番号で置き換える。",
        "A written number is replaced by one that arrives later.",
        {"refuse_other_number": False},
    ),
    Fault(
        "unrequested-number-written", "NUM-013", _R, "state",
        "求めていない住民票コードの個人番号を、別の者に記載する。",
        "A number for a code nobody asked for is written to somebody.",
        {"refuse_unrequested": False, "refuse_other_number": False},
    ),
    Fault(
        "repeated-number-announced", "NUM-013", _R, "state",
        "二度届いた個人番号を、もう一度通知する。",
        "A number that arrives twice is announced twice.",
        {"ignore_repeated_number": False},
    ),
    Fault(
        "second-code-on-retry", "NUM-013", _R, "numbering",
        "再要求のたびに新たな住民票コードを付番する。",
        "A repeated request draws a second code for the same person.",
        {"new_code_on_retry": True},
    ),
)  # fmt: skip
