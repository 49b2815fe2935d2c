"""Seeded faults of juki about its links: addressees, linkage, privacy, order, access."""

from __future__ import annotations

from reference_impl.faults.makers import byte, drop, ends_after, reuses_acquisition, value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    # -- ATENA --------------------------------------------------------------------------------
    Fault(
        "addressee-request-without-name", "ATENA-001", _R, "field",
        "付番依頼の氏名を空にする。",
        "The addressee request leaves the name empty.",
        wire=value("addressee_request", "name", ""),
    ),
    Fault(
        "addressee-request-without-sex", "ATENA-001", _R, "field",
        "付番依頼の性別を不明とする。",
        "The addressee request gives the sex as unknown.",
        wire=value("addressee_request", "sex", "0"),
    ),
    Fault(
        "addressee-request-without-number", "ATENA-001", _R, "field",
        "付番依頼に個人番号を含めない。",
        "The addressee request lacks the individual number.",
        wire=drop("addressee_request", "individual_number"),
    ),
    Fault(
        "integrated-number-imported", "ATENA-007", _R, "state",
        "付番結果にある番号を取り込み、以後の電文に用いる。",
        "A number in the answer is imported and used from then on.",
        {"import_integrated_number": True},
    ),
    Fault(
        "addressee-request-lost", "ATENA-014", _R, "state",
        "団体内統合宛名機能の停止中の依頼を失う。",
        "Requests made while the addressee function is down are lost.",
        {"keep_undelivered": False},
    ),
    Fault(
        "addressee-requests-reversed", "ATENA-014", _R, "order",
        "停止中にたまった依頼を、新しいものから送る。",
        "Requests that piled up are sent newest first.",
        {"send_newest_first": True},
    ),
    # -- FUGO ---------------------------------------------------------------------------------
    Fault(
        "linkage-request-not-sent", "FUGO-001", _R, "rule",
        "符号取得要求を送らない。",
        "The linkage code request is not sent.",
        {"withheld": ("linkage_code_request",)},
    ),
    Fault(
        "linkage-request-not-confirmed", "FUGO-001", _R, "state",
        "符号取得要求を送信できたかを確認できない。",
        "Nobody can tell whether the linkage code request was sent.",
        {"confirm_linkage": False},
    ),
    Fault(
        "linkage-number-of-another", "FUGO-002", _R, "field",
        "他の者の個人番号で符号の取得を求める。",
        "The linkage code request carries the number of somebody else.",
        {"linkage_number": "other"},
    ),
    Fault(
        "acquisition-number-replaced-by-juki", "FUGO-002", _R, "field",
        "渡された取得番号と異なる番号で符号の取得を求める。",
        "The request carries another acquisition number than the one given.",
        {"acquisition_passed": "own"},
    ),
    reuses_acquisition(_R),
    Fault(
        "linkage-request-unasked", "FUGO-009", _R, "order",
        "団体内統合宛名番号の通知より前に、自ら符号の取得を求める。",
        "The linkage code is requested before the integrated number is notified.",
        {"linkage_unasked": True},
    ),
    # -- PRIVACY ------------------------------------------------------------------------------
    Fault(
        "notice-names-head", "PRIVACY-001", _R, "privacy",
        "本人確認情報に世帯主の氏名を載せる。",
        "The notice tells the name of the head of the household.",
        {"notice_extra": "head_name"},
    ),
    Fault(
        "notice-holds-number-of-head", "PRIVACY-001", _R, "privacy",
        "本人確認情報に世帯主の個人番号を載せる。",
        "The notice holds the individual number of the head.",
        {"notice_extra": "head_number"},
    ),
    Fault(
        "number-in-delivery-address", "PRIVACY-002", _R, "privacy",
        "送付先情報の住所に個人番号を書く。",
        "The delivery address carries the individual number in its text.",
        {"number_in_delivery_address": True},
    ),
    Fault(
        "number-in-receipt", "PRIVACY-002", _R, "privacy",
        "受付の電文に個人番号を書く。",
        "A receipt repeats the individual number.",
        {"number_in_receipt": True},
    ),
    Fault(
        "juminhyo-code-in-address", "PRIVACY-003", _R, "privacy",
        "付番依頼の住所に住民票コードを書く。",
        "The addressee request carries the juminhyo code in its address.",
        {"code_to_atena": "text"},
    ),
    Fault(
        "juminhyo-code-as-addressee-number", "PRIVACY-003", _R, "privacy",
        "住民票コードを宛名番号として送る。",
        "The juminhyo code is sent as the addressee number.",
        {"code_to_atena": "addressee_number"},
    ),
    # -- COMMON -------------------------------------------------------------------------------
    Fault(
        "correction-overtakes-birth", "COMMON-001", _R, "order",
        "出生の通知を待たずに、命名の本人確認情報を送る。",
        "The notice of a naming overtakes that of the birth.",
        {"hold_corrections": False},
    ),
    Fault(
        "notices-reversed", "COMMON-001", _R, "order",
        "たまった電文を、新しいものから送る。",
        "Telegrams that piled up are sent newest first.",
        {"send_newest_first": True},
    ),
    Fault(
        "number-request-when-provisional", "COMMON-002", _R, "state",
        "仮登録の時点で個人番号の生成を求める。",
        "The number is requested while the record is provisional.",
        {"sent_when_provisional": ("number_issue_request",)},
    ),
    Fault(
        "notice-when-provisional", "COMMON-002", _R, "state",
        "仮登録の時点で本人確認情報を送る。",
        "An identity notice leaves while the record is provisional.",
        {"sent_when_provisional": ("identity_notice",)},
    ),
    Fault(
        "outbox-lost-on-restart", "COMMON-003", _R, "state",
        "送信を待つ電文が、突然の停止で失われる。",
        "What waits to be sent is lost in a power failure.",
        {"outbox_survives": False},
    ),
    Fault(
        "notice-not-automatic", "COMMON-003", _R, "rule",
        "本人確認情報を自動で送信しない。",
        "Identity notices are not sent automatically.",
        {"withheld": ("identity_notice",)},
    ),
    Fault(
        "errors-not-listed", "COMMON-006", _R, "state",
        "電文のエラーや連携できなかったことを職員に示さない。",
        "Errors of telegrams and failures to link are not shown.",
        {"list_errors": False},
    ),
    Fault(
        "delivery-address-missing", "COMMON-011", _R, "rule",
        "送付先情報を送らない。",
        "The delivery address is not sent.",
        {"withheld": ("delivery_address",)},
    ),
    Fault(
        "delivery-address-of-office", "COMMON-011", _R, "field",
        "送付先情報に市役所の住所を載せる。",
        "The delivery address names the city office.",
        {"delivery_address": "office"},
    ),
    Fault(
        "future-event-date-accepted", "COMMON-014", _R, "rule",
        "未来の異動日を受け付ける。",
        "An event date in the future is accepted.",
        {"check_event_date": False},
    ),
    Fault(
        "future-report-date-accepted", "COMMON-014", _R, "rule",
        "未来の届出日を受け付ける。",
        "A report date in the future is accepted.",
        {"check_report_date": False},
    ),
    Fault(
        "errors-let-pass", "COMMON-015", _R, "rule",
        "エラーを表示したまま本登録させる。",
        "An error is shown and the registration goes on.",
        {"errors_block": False},
    ),
    Fault(
        "alerts-block", "COMMON-015", _R, "rule",
        "アラートがあると本登録させない。",
        "An alert keeps from registering.",
        {"alerts_block": True},
    ),
    # -- access -------------------------------------------------------------------------------
    Fault(
        "token-in-query", "JUTOGAI-006", _R, "privacy",
        "アクセストークンをURLの問合せ文字列で送る。",
        "The access token travels in the query string.",
        {"token_place": "query"},
    ),
    Fault(
        "token-in-two-places", "JUTOGAI-006", _R, "privacy",
        "アクセストークンをヘッダとURLの両方で送る。",
        "The access token travels in the header and in the query string.",
        {"token_place": "both"},
    ),
    Fault(
        "password-grant", "JUTOGAI-006", _R, "field",
        "Client Credentials Grant以外の方式でトークンを求める。",
        "The token is asked for with another grant than client credentials.",
        wire=byte("token_request", "grant_type", "password"),
    ),
    Fault(
        "token-not-renewed", "AUTH-002", _R, "state",
        "アクセストークンが拒否されても、新しいトークンを得ない。",
        "A refused token is not replaced by a new one.",
        {"renew_token": False},
    ),
    ends_after(_R, "number_issue_result", "number", "個人番号生成結果", "a number arrives"),
)  # fmt: skip
