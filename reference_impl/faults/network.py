"""Seeded faults of the CS side, the addressee function and the intermediate server."""

from __future__ import annotations

from reference_impl.faults.makers import ends_after, reuses_acquisition, value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_CS: tuple[Fault, ...] = (
    Fault(
        "code-twice-in-list", "STOCK-001", "cs", "numbering",
        "一つの一覧に同じ住民票コードを二度載せる。",
        "A list holds the same code twice.",
        {"repeat_designated": "in_list"},
    ),
    Fault(
        "code-designated-again", "STOCK-001", "cs", "numbering",
        "以前に指定した住民票コードを再び指定する。",
        "A code that was designated before is designated again.",
        {"repeat_designated": "across_lists"},
    ),
    Fault(
        "codes-in-sequence", "STOCK-002", "cs", "numbering",
        "住民票コードを連番で作る。",
        "Codes are serial instead of random.",
        {"code_generation": "sequential"},
    ),
    Fault(
        "code-check-digit-wrong", "STOCK-003", "cs", "numbering",
        "検査数字の誤った住民票コードを指定する。",
        "Designated codes have a wrong check digit.",
        {"code_check_digit": "off_by_one"},
    ),
    Fault(
        "one-number-for-all", "NUM-001", "cs", "numbering",
        "異なる者に同じ個人番号を生成する。",
        "Different persons get the same number.",
        {"number_generation": "constant"},
    ),
    Fault(
        "number-check-digit-wrong", "NUM-002", "cs", "numbering",
        "検査用数字の誤った個人番号を生成する。",
        "Generated numbers have a wrong check digit.",
        {"number_check_digit": "off_by_one"},
    ),
    Fault(
        "number-shows-code", "NUM-003", "cs", "numbering",
        "住民票コードをそのまま含む個人番号を生成する。",
        "A number shows the code that it was made of.",
        {"number_generation": "readable"},
    ),
    Fault(
        "number-told-for-another-code", "NUM-016", "cs", "field",
        "生成した個人番号を、求められたものと異なる住民票コードで通知する。",
        "A generated number is told for another code than was asked for.",
        wire=value("number_issue_result", "juminhyo_code", "12345678903"),
    ),
    Fault(
        "changed-number-told-for-another-code", "NUM-016", "cs", "field",
        "変更した個人番号を、求められたものと異なる住民票コードで通知する。",
        "A changed number is told for another code than was asked for.",
        wire=value("number_change_result", "juminhyo_code", "12345678903"),
    ),
    Fault(
        "second-number-for-code", "NUM-014", "cs", "numbering",
        "同じ住民票コードの再要求に、別の個人番号を生成する。",
        "A repeated request for one code yields a second number.",
        {"repeated_request": "new"},
    ),
    Fault(
        "generation-not-asked", "FUGO-003", "cs", "rule",
        "取得番号と住民票コードを情報提供ネットワークシステムに通知しない。",
        "Acquisition number and code are not passed on.",
        {"withheld": ("linkage_code_generation",)},
    ),
    Fault(
        "generation-for-another-code", "FUGO-003", "cs", "field",
        "他の者の住民票コードで符号の生成を求める。",
        "The code of somebody else is passed on.",
        {"code_of_number": "other"},
    ),
    Fault(
        "acquisition-number-replaced-by-cs", "FUGO-003", "cs", "field",
        "受けた取得番号と異なる番号を通知する。",
        "Another acquisition number is passed on than the one received.",
        {"acquisition_passed": "own"},
    ),
    Fault(
        "linkage-code-not-returned", "FUGO-004", "cs", "rule",
        "符号を中間サーバーに通知しない。",
        "The linkage code is not returned.",
        {"withheld": ("linkage_code_notice",)},
    ),
    Fault(
        "linkage-code-with-other-acquisition", "FUGO-004", "cs", "field",
        "異なる取得番号を付して符号を通知する。",
        "The linkage code returns with another acquisition number.",
        {"return_acquisition_number": False},
    ),
    Fault(
        "linkage-code-readable", "FUGO-005", "cs", "numbering",
        "符号に住民票コードがそのまま現れる。",
        "The linkage code shows the juminhyo code.",
        {"linkage_code_source": "readable"},
    ),
    Fault(
        "linkage-code-same-everywhere", "FUGO-005", "cs", "numbering",
        "同じ者の符号が、すべての機関で同じである。",
        "A person has the same linkage code in every organisation.",
        {"linkage_code_source": "person"},
    ),
    Fault(
        "linkage-code-same-for-all", "FUGO-005", "cs", "numbering",
        "同じ機関のすべての者の符号が同じである。",
        "All persons of an organisation share one linkage code.",
        {"linkage_code_source": "organization"},
    ),
    Fault(
        "linkage-code-told-to-juki", "FUGO-006", "cs", "privacy",
        "符号を住民記録システムに知らせる。",
        "The linkage code is told to the resident record system.",
        {"linkage_code_to_juki": True},
    ),
    reuses_acquisition("cs"),
    ends_after("cs", "number_issue_request", "request", "個人番号生成要求", "a number request"),
)  # fmt: skip

_ATENA: tuple[Fault, ...] = (
    Fault(
        "integrated-number-shared", "ATENA-002", "atena", "numbering",
        "異なる者に同じ団体内統合宛名番号を付番する。",
        "Different persons share one integrated number.",
        {"unique_integrated_number": False},
    ),
    Fault(
        "integrated-number-per-addressee", "ATENA-003", "atena", "numbering",
        "宛名番号が異なると、同じ個人番号の者に新たに付番する。",
        "A known person with another addressee number gets a second integrated number.",
        {"match_by": "addressee_number"},
    ),
    Fault(
        "integrated-number-not-notified", "ATENA-004", "atena", "rule",
        "付番した団体内統合宛名番号を中間サーバーに通知しない。",
        "An issued number is not notified.",
        {"withheld": ("integrated_number_notice",)},
    ),
    Fault(
        "integrated-number-notified-again", "ATENA-005", "atena", "rule",
        "付番済みの者の依頼で、通知を繰り返す。",
        "A repeated request causes a second notification.",
        {"notify_again": True},
    ),
    Fault(
        "integrated-number-answered", "ATENA-008", "atena", "privacy",
        "付番結果で団体内統合宛名番号を返す。",
        "The answer gives the integrated number back.",
        {"answer_number": "integrated"},
    ),
    Fault(
        "integrated-number-in-linkage-request", "ATENA-008", "atena", "privacy",
        "符号取得依頼で団体内統合宛名番号を変換しない。",
        "The linkage request shows the integrated number.",
        {"linkage_request_number": "integrated"},
    ),
    Fault(
        "acquisition-number-replaced-by-atena", "FUGO-002", "atena", "field",
        "中間サーバーの取得番号と異なる番号を渡す。",
        "Another acquisition number is passed on than the one given.",
        {"acquisition_passed": "own"},
    ),
    Fault(
        "acquisition-number-is-individual-number", "FUGO-007", "atena", "privacy",
        "個人番号を取得番号として用いる。",
        "The individual number is used as the acquisition number.",
        {"acquisition_passed": "individual_number"},
    ),
    reuses_acquisition("atena", "依頼"),
    Fault(
        "linkage-before-notification", "FUGO-009", "atena", "order",
        "団体内統合宛名番号の通知より前に、符号の取得を依頼する。",
        "The linkage request leaves before the integrated number is notified.",
        {"start_linkage_early": True},
    ),
    Fault(
        "individual-number-in-answer", "PRIVACY-002", "atena", "privacy",
        "付番結果のメッセージに個人番号を書く。",
        "The message of the answer tells the individual number.",
        {"message_text": "individual_number"},
    ),
    Fault(
        "individual-number-notified", "PRIVACY-002", "atena", "privacy",
        "中間サーバーに個人番号を送る。",
        "The intermediate server is sent the individual number.",
        {"notified_number": "individual"},
    ),
    Fault(
        "addressee-number-notified", "PRIVACY-003", "atena", "privacy",
        "中間サーバーに宛名番号を送る。",
        "The intermediate server is sent the addressee number.",
        {"notified_number": "addressee"},
    ),
    Fault(
        "any-grant-served", "JUTOGAI-006", "atena", "rule",
        "Client Credentials Grant以外の方式にもトークンを発行する。",
        "Tokens are issued for other grants than client credentials.",
        {"check_grant_type": False},
    ),
    Fault(
        "token-lives-an-hour", "JUTOGAI-007", "atena", "rule",
        "アクセストークンの有効期限を1時間とする。",
        "Tokens live for an hour.",
        {"token_lifetime": 3600},
    ),
    Fault(
        "any-token-accepted", "AUTH-001", "atena", "rule",
        "誤ったアクセストークンの依頼を受け付ける。",
        "A request with a wrong token is accepted.",
        {"check_token": False},
    ),
    Fault(
        "expired-token-accepted", "AUTH-001", "atena", "rule",
        "期限の切れたアクセストークンの依頼を受け付ける。",
        "A request with an expired token is accepted.",
        {"check_token_expiry": False},
    ),
    Fault(
        "any-client-served", "JUTOGAI-006", "atena", "rule",
        "秘密を知らないクライアントにトークンを発行する。",
        "Tokens are issued to clients that do not know the secret.",
        {"check_client": False},
    ),
    ends_after("atena", "addressee_request", "request", "付番依頼", "an addressee request"),
)  # fmt: skip

_CHUKAN: tuple[Fault, ...] = (
    Fault(
        "integrated-number-not-stored", "ATENA-006", "chukan", "state",
        "通知された団体内統合宛名番号を保存しない。",
        "A notified number is not stored.",
        {"store_integrated_number": False},
    ),
    Fault(
        "acquisition-number-constant", "FUGO-007", "chukan", "numbering",
        "すべての者に同じ取得番号を用いる。",
        "Everybody gets the same acquisition number.",
        {"acquisition_source": "constant"},
    ),
    reuses_acquisition("chukan", "取得", "acquisition"),
    Fault(
        "acquisition-number-still-valid", "FUGO-011", "chukan", "state",
        "符号を得た後も取得番号を有効なままにする。",
        "An acquisition number stays valid after its linkage code arrived.",
        {"forget_acquisition_number": False},
    ),
    Fault(
        "unknown-acquisition-linked", "FUGO-011", "chukan", "state",
        "求めていない取得番号の符号を、ある者に結び付ける。",
        "A linkage code that nobody asked for is linked to somebody.",
        {"link_unknown_acquisition": True},
    ),
    ends_after(
        "chukan", "integrated_number_notice", "notice",
        "団体内統合宛名番号通知",
        "an integrated number arrives",
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*_CS, *_ATENA, *_CHUKAN)
