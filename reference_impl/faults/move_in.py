"""Seeded faults and correct variants of juki about moves into the municipality."""

from __future__ import annotations

from reference_impl.faults.makers import drop, value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    # -- codes and numbers --------------------------------------------------------------------
    Fault(
        "move-in-with-new-code", "MOVEIN-001", _R, "numbering",
        "他の市町村からの転入者に、新たな住民票コードを記載する。",
        "A new code is written to who comes from another municipality.",
        {"move_in_code": "new"},
    ),
    Fault(
        "unknown-code-refused", "MOVEIN-002", _R, "state",
        "直近の住民票コードが判明しない転入を受け付けない。",
        "A move-in whose last code cannot be found out is refused.",
        {"new_code_where_unknown": False},
    ),
    Fault(
        "abroad-with-new-code", "MOVEIN-006", _R, "numbering",
        "国外から戻った者に、新たな住民票コードを記載する。",
        "A new code is written to who comes back from abroad.",
        {"abroad_code": "new"},
    ),
    Fault(
        "newcomer-with-made-up-code", "MOVEIN-007", _R, "numbering",
        "初めて転入した者に、指定を受けていない住民票コードを記載する。",
        "A code that was never designated is written to a person never recorded.",
        {"code_source": "made_up"},
    ),
    Fault(
        "newcomer-number-not-requested", "MOVEIN-007", _R, "rule",
        "初めて転入した者の個人番号の生成を求めない。",
        "No number is requested for a person never recorded.",
        wire=drop("number_issue_request"),
    ),
    Fault(
        "returnee-requested-with-new-code", "NUM-005", _R, "numbering",
        "個人番号のない帰国者の生成要求を、新たな住民票コードで行う。",
        "The number of a returning person is requested with a new code.",
        {"number_of_old_code": "new"},
    ),
    Fault(
        "returnee-number-not-requested", "NUM-005", _R, "rule",
        "住民票コードのある帰国者には、個人番号の生成を求めない。",
        "No number is requested for a returning person who has a code.",
        {"number_of_old_code": "none"},
    ),
    Fault(
        "held-number-requested-again", "NUM-006", _R, "rule",
        "個人番号を持つ転入者についても、個人番号の生成を求める。",
        "A number is requested for a person who has one already.",
        {"request_number_again": True},
    ),
    # -- notices ------------------------------------------------------------------------------
    Fault(
        "move-in-not-told", "MOVEIN-003", _R, "rule",
        "転入を記載しても、転入通知を送らない。",
        "No notice goes out after a move-in.",
        {"withheld": ("move_in_notice",)},
    ),
    Fault(
        "move-in-told-provisionally", "MOVEIN-003", _R, "order",
        "転入の仮登録で、記載の前に転入通知を送る。",
        "The notice leaves at 仮登録, before the entry.",
        {"notice_when": "provisional"},
    ),
    Fault(
        "move-in-notice-birth-date-wrong", "MOVEIN-003", _R, "field",
        "転入通知に、他の生年月日を載せる。",
        "The notice of a move-in carries another birth date.",
        wire=value("move_in_notice", "birth_date", "3500101"),
    ),
    Fault(
        "last-registered-place-not-told", "MOVEIN-004", _R, "rule",
        "未届地を経た転入で、最終住民登録地に転入通知を送らない。",
        "The place of the last registration is not told.",
        {"notice_to": ("former_municipality_code",)},
    ),
    Fault(
        "unreported-place-not-told", "MOVEIN-004", _R, "rule",
        "未届地を経た転入で、未届地に転入通知を送らない。",
        "The unreported place is not told.",
        {"notice_to": ("last_registered_code",)},
    ),
    Fault(
        "move-in-reason-wrong", "MOVEIN-005", _R, "field",
        "転入の本人確認情報の事由を職権記載等とする。",
        "The notice of a move-in gives the reason of an entry ex officio.",
        wire=value("identity_notice", "reason", "13"),
    ),
    Fault(
        "move-in-dated-today", "MOVEIN-005", _R, "field",
        "転入の本人確認情報に、転入日でなく処理日を載せる。",
        "The notice of a move-in carries the day of the entry.",
        {"move_in_notice_date": "today"},
    ),
    Fault(
        "joint-birth-as-birth", "BIRTH-008", _R, "field",
        "転入届と同時に出生届が出された子を、出生の事由で通知する。",
        "A birth filed together with a move-in is notified as a birth.",
        {"joint_birth_is_move_in": False},
    ),
    Fault(
        "alias-lost-on-the-way", "MOVEIN-011", _R, "field",
        "転出証明書に記載された通称を、転入地の住民票に記載しない。",
        "An alias of the certificate is not entered.",
        {"keep_alias": False},
    ),
    Fault(
        "move-told-as-move-in", "MOVEIN-012", _R, "rule",
        "転居と出生でも転入通知を送る。",
        "A notice of moving in goes out on a move and a birth.",
        {"notice_of_others": ("move", "birth")},
    ),
    # -- who it is ----------------------------------------------------------------------------
    Fault(
        "removed-record-overlooked", "MOVEIN-008", _R, "state",
        "除票と番号が一致する者を、新規の者として入力できる。",
        "Who has a removed record can be entered as somebody new.",
        {"removed_record_found": "never"},
    ),
    Fault(
        "return-with-new-addressee-number", "MOVEIN-008", _R, "numbering",
        "再転入者に、新たな宛名番号を付番する。",
        "Who returns gets a new addressee number.",
        {"keep_addressee_number": False},
    ),
    Fault(
        "three-items-link", "MOVEIN-009", _R, "state",
        "氏名・性別・生年月日の一致だけで、除票の者と同一人とする。",
        "The same name, sex and birth date make the same person.",
        {"three_items": "link"},
    ),
    Fault(
        "three-items-silent", "MOVEIN-009", _R, "rule",
        "氏名・性別・生年月日が一致しても、アラートを表示しない。",
        "The same name, sex and birth date show no alert.",
        {"three_items": "silent"},
    ),
    Fault(
        "code-of-another-entered", "MOVEIN-010", _R, "numbering",
        "現存する他の住民の住民票コードによる転入を確定する。",
        "A move-in with the code of somebody present is finalised.",
        {"code_in_use_refused": False},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "return-blocked-at-final", _R,
        "再転入者の新規入力を、入力時でなく本登録時に抑止する。",
        "The new entry of a returning person is blocked at the final registration.",
        {"removed_record_found": "final"},
    ),
)  # fmt: skip
