"""Seeded faults of form: lengths, padding, characters, dates, check digits, correlation."""

from __future__ import annotations

from reference_impl.faults.makers import after_broken, byte, cut, drop, longer, value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_WRONG_SERIAL = "9999999999"
_NO_SERIAL = "0" * 10
_WEIGHTS_TO_NINE = (2, 3, 4, 5, 6, 7, 8, 9)
_SURROGATES = "\xd8\x42\xdf\xb7"
"""𠮷 as UTF-16, which is no 住基ネット統一文字."""

_BYTES: tuple[Fault, ...] = (
    Fault(
        "padding-half-width", "FORMAT-001", "juki", "format",
        "本人確認情報の住所を半角空白で詰める。",
        "The address of a notice is padded with half-width spaces.",
        wire=byte("identity_notice", "address", "  "),
    ),
    Fault(
        "length-too-long", "FORMAT-001", "juki", "format",
        "本人確認情報の電文長を2バイト多く示す。",
        "A notice declares two bytes more than it has.",
        wire=longer("identity_notice", 2),
    ),
    Fault(
        "telegram-cut-short", "FORMAT-001", "juki", "format",
        "個人番号生成要求の末尾3バイトを送らない。",
        "The last three bytes of a number request are missing.",
        wire=cut("number_issue_request", 3),
    ),
    Fault(
        "end-mark-wrong", "FORMAT-001", "juki", "format",
        "本人確認情報の終端が誤っている。",
        "The end mark of a notice is wrong.",
        wire=byte("identity_notice", "end_mark", "%%"),
    ),
    Fault(
        "code-value-undefined", "FORMAT-001", "juki", "format",
        "本人確認情報の性別に定めのない値を送る。",
        "The sex in a notice has an undefined value.",
        wire=byte("identity_notice", "sex", "7"),
    ),
    Fault(
        "date-impossible", "FORMAT-001", "juki", "format",
        "本人確認情報の異動年月日に13月を送る。",
        "The event date of a notice has a thirteenth month.",
        wire=byte("identity_notice", "event_date", "1399"),
    ),
    Fault(
        "request-key-missing", "FORMAT-001", "juki", "format",
        "付番依頼に性別の項目がない。",
        "The addressee request lacks the key of the sex.",
        wire=drop("addressee_request", "sex"),
    ),
    Fault(
        "cs-length-too-long", "FORMAT-001", "cs", "format",
        "個人番号生成結果の電文長を2バイト多く示す。",
        "A number result declares two bytes more than it has.",
        wire=longer("number_issue_result", 2),
    ),
    Fault(
        "cs-end-mark-wrong", "FORMAT-001", "cs", "format",
        "住民票コード一覧の終端が誤っている。",
        "The end mark of a code list is wrong.",
        wire=byte("juminhyo_code_list", "end_mark", "%%"),
    ),
    Fault(
        "cs-result-undefined", "FORMAT-001", "cs", "format",
        "受付の処理結果に定めのない値を送る。",
        "The result of a receipt has an undefined value.",
        wire=byte("receipt", "result", "0007"),
    ),
    Fault(
        "notice-key-missing", "FORMAT-001", "atena", "format",
        "団体内統合宛名番号通知に市町村コードの項目がない。",
        "The notice to the intermediate server lacks the municipality code.",
        wire=drop("integrated_number_notice", "municipality_code"),
    ),
    Fault(
        "atena-result-undefined", "FORMAT-001", "atena", "format",
        "付番結果の処理結果に定めのない値を返す。",
        "The result of an answer has an undefined value.",
        wire=byte("addressee_response", "result", "0007"),
    ),
    Fault(
        "start-key-missing", "FORMAT-001", "chukan", "format",
        "符号取得開始に取得番号の項目がない。",
        "The start of an acquisition lacks the acquisition number.",
        wire=drop("linkage_start", "acquisition_number"),
    ),
    Fault(
        "chukan-result-undefined", "FORMAT-001", "chukan", "format",
        "処理結果に定めのない値を返す。",
        "The result of an answer has an undefined value.",
        wire=byte("accepted", "result", "0007"),
    ),
    Fault(
        "receipt-refers-wrongly", "FORMAT-002", "juki", "format",
        "受付の参照通番が要求の通番と一致しない。",
        "A receipt refers to another serial than that of the request.",
        wire=value("receipt", "ref_serial", _WRONG_SERIAL),
    ),
    *after_broken("juki"),
    Fault(
        "result-refers-wrongly", "FORMAT-002", "cs", "format",
        "個人番号生成結果の参照通番が要求の通番と一致しない。",
        "A number result refers to another serial than that of the request.",
        wire=value("number_issue_result", "ref_serial", _WRONG_SERIAL),
    ),
    Fault(
        "result-refers-to-nothing", "FORMAT-002", "cs", "format",
        "求めに応じた個人番号生成結果に、要求の通番を示さない。",
        "A number result that was asked for refers to no request.",
        wire=value("number_issue_result", "ref_serial", _NO_SERIAL),
    ),
    Fault(
        "list-refers-to-nothing", "FORMAT-002", "cs", "format",
        "求めに応じた住民票コード一覧に、要求の通番を示さない。",
        "A code list that was asked for refers to no request.",
        wire=value("juminhyo_code_list", "ref_serial", _NO_SERIAL),
    ),
    Fault(
        "cs-receipt-refers-wrongly", "FORMAT-002", "cs", "format",
        "受付の参照通番が要求の通番と一致しない。",
        "A receipt refers to another serial than that of the request.",
        wire=value("receipt", "ref_serial", _WRONG_SERIAL),
    ),
    *after_broken("cs"),
)  # fmt: skip

_TEXTS: tuple[Fault, ...] = (
    Fault(
        "names-folded", "FORMAT-003", "juki", "format",
        "氏名の異体字を一般的な字に置き換えて送る。",
        "Variant characters of names are replaced by common ones.",
        {"fold_names": True},
    ),
    Fault(
        "name-in-utf16", "FORMAT-003", "juki", "format",
        "氏名を変換せずUTF-16のサロゲートで送る。",
        "A name is sent as UTF-16 surrogates, not converted.",
        wire=byte("identity_notice", "name", _SURROGATES),
    ),
    Fault(
        "unmapped-dropped", "FORMAT-004", "juki", "format",
        "変換できない文字を黙って落とす。",
        "Characters that cannot be converted are dropped silently.",
        {"drop_unmapped": True},
    ),
    Fault(
        "overflow-cut", "FORMAT-004", "juki", "format",
        "桁あふれした氏名を黙って切り詰める。",
        "An overlong name is cut silently.",
        {"overflow": "cut"},
    ),
    Fault(
        "unknown-birth-date-refused", "FORMAT-005", "juki", "rule",
        "不詳の生年月日を受け付けない。",
        "A birth date with unknown parts is refused.",
        {"allow_unknown_birth": False},
    ),
    Fault(
        "noncalendar-birth-date-moved", "FORMAT-005", "juki", "field",
        "暦にない生年月日を翌月1日に直す。",
        "A birth date off the calendar is moved to the next month.",
        {"keep_noncalendar_birth": False},
    ),
    Fault(
        "era-before-its-first-day", "FORMAT-005", "juki", "field",
        "本人確認情報の生年月日に、平成の始まる前の平成元年1月7日を載せる。",
        "A notice dates a birth in the first year of Heisei, before its first day.",
        wire=byte("identity_notice", "birth_date", "4010107"),
    ),
    Fault(
        "last-era-days-refused", "FORMAT-005", "juki", "rule",
        "明治45年7月30日と大正15年12月25日を受け付けない。",
        "The last days of Meiji and Taisho are refused.",
        {"allow_last_era_days": False},
    ),
    Fault(
        "noncalendar-report-date-accepted", "FORMAT-005", "juki", "rule",
        "暦にない届出日を受け付ける。",
        "A report date off the calendar is accepted.",
        {"require_calendar_report": False},
    ),
    Fault(
        "birth-date-assumed", "FORMAT-006", "juki", "field",
        "不詳の生年月日を1日や1月とみなして連携する。",
        "Unknown parts of a birth date are passed on as the first.",
        {"assume_birth_date": True},
    ),
    Fault(
        "birth-date-unknown-not-told", "FORMAT-006", "juki", "field",
        "生年月日が不詳であることを付番依頼で示さない。",
        "The addressee request does not say that the birth date is unknown.",
        {"tell_birth_date_unknown": False},
    ),
    Fault(
        "addressee-weights-wrong", "FORMAT-008", "juki", "numbering",
        "宛名番号の検査数字を重み2～9で計算する。",
        "The check digit of addressee numbers uses the weights 2 to 9.",
        {"addressee_weights": _WEIGHTS_TO_NINE},
    ),
    Fault(
        "addressee-not-serial", "FORMAT-008", "juki", "numbering",
        "宛名番号を連番でなく無作為に付番する。",
        "Addressee numbers are random instead of serial.",
        {"addressee_serial": False},
    ),
    Fault(
        "household-weights-wrong", "FORMAT-008", "juki", "numbering",
        "世帯番号の検査数字を重み2～9で計算する。",
        "The check digit of household numbers uses the weights 2 to 9.",
        {"household_weights": _WEIGHTS_TO_NINE},
    ),
    Fault(
        "household-not-serial", "FORMAT-008", "juki", "numbering",
        "世帯番号を連番でなく無作為に付番する。",
        "Household numbers are random instead of serial.",
        {"household_serial": False},
    ),
    Fault(
        "integrated-weights-wrong", "FORMAT-008", "atena", "numbering",
        "団体内統合宛名番号の検査数字を重み2～9で計算する。",
        "The check digit of integrated numbers uses the weights 2 to 9.",
        {"addressee_weights": _WEIGHTS_TO_NINE},
    ),
    Fault(
        "integrated-not-serial", "FORMAT-008", "atena", "numbering",
        "団体内統合宛名番号を連番でなく無作為に付番する。",
        "Integrated numbers are random instead of serial.",
        {"addressee_serial": False},
    ),
    Fault(
        "municipality-digit-wrong-in-notice", "FORMAT-009", "juki", "format",
        "本人確認情報の市町村コードの検査数字が誤っている。",
        "The municipality code of a notice has a wrong check digit.",
        wire=byte("identity_notice", "municipality_code", "999017"),
    ),
    Fault(
        "municipality-digit-wrong-in-request", "FORMAT-009", "juki", "format",
        "付番依頼の市町村コードの検査数字が誤っている。",
        "The municipality code of an addressee request has a wrong check digit.",
        wire=byte("addressee_request", "municipality_code", "999017"),
    ),
    Fault(
        "notice-of-another-municipality", "FORMAT-010", "juki", "field",
        "本人確認情報に他の市町村のコードを載せる。",
        "A notice carries the code of another municipality.",
        wire=value("identity_notice", "municipality_code", "999024"),
    ),
    Fault(
        "request-of-another-municipality", "FORMAT-010", "juki", "field",
        "付番依頼に他の市町村のコードを載せる。",
        "An addressee request carries the code of another municipality.",
        wire=value("addressee_request", "municipality_code", "999024"),
    ),
    Fault(
        "move-in-notice-of-another-municipality", "FORMAT-010", "juki", "field",
        "転入通知情報の発信市町村コードに他の市町村のコードを載せる。",
        "A notice of moving in names another municipality as its sender.",
        wire=value("move_in_notice", "origin_code", "999024"),
    ),
    Fault(
        "replica-of-another-municipality", "FORMAT-010", "juki", "field",
        "副本情報に他の市町村のコードを載せる。",
        "A replica carries the code of another municipality.",
        wire=value("replica_upload", "municipality_code", "999024"),
    ),
    Fault(
        "integrated-number-of-another-municipality", "FORMAT-010", "atena", "field",
        "団体内統合宛名番号の通知に他の市町村のコードを載せる。",
        "The notice of an integrated number carries the code of another municipality.",
        wire=value("integrated_number_notice", "municipality_code", "999024"),
    ),
    Fault(
        "resent-linkage-request-taken-twice", "FORMAT-011", "juki", "state",
        "再送された電文を、通番によらず新しい電文として処理する。",
        "A telegram that is sent again with its serial is processed a second time.",
        {"remember_answers": False},
    ),
    Fault(
        "resent-request-taken-twice-after-restart", "FORMAT-011", "juki", "state",
        "受信した電文の通番を、突然の停止で忘れ、再送された電文をもう一度処理する。",
        "A power failure makes serials forgotten, and what is sent again is processed again.",
        {"answers_survive": False},
    ),
    Fault(
        "resent-number-request-taken-twice", "FORMAT-011", "cs", "state",
        "再送された電文を、通番によらず新しい電文として処理する。",
        "A telegram that is sent again with its serial is processed a second time.",
        {"remember_answers": False},
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*_BYTES, *_TEXTS)
