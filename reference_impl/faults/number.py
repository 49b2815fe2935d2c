"""Seeded faults about numbers that are missing, changed or corrected."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_JUKI: tuple[Fault, ...] = (
    Fault(
        "number-requested-with-new-code", "NUM-005", "juki", "numbering",
        "個人番号のない者に新たな住民票コードを記載し、それで生成を求める。",
        "Somebody without a number gets a new code, with which the number is requested.",
        {"new_code_on_retry": True},
    ),
    Fault(
        "number-requested-for-numbered", "NUM-006", "juki", "rule",
        "個人番号を有する者について、生成を求める。",
        "A number is requested for somebody who has one.",
        {"number_for_numbered": True},
    ),
    Fault(
        "change-asked-as-generation", "NUM-007", "juki", "rule",
        "個人番号の変更で、変更要求でなく生成要求を送る。",
        "A change asks for a generation instead of a change.",
        {"change_request": "issue"},
    ),
    Fault(
        "changed-number-not-written", "NUM-007", "juki", "state",
        "変更の結果の個人番号を記載しない。",
        "The changed number is not written.",
        {"write_changed_number": False},
    ),
    Fault(
        "change-kind-wrong", "NUM-007", "juki", "field",
        "請求による変更を、職権による変更として求める。",
        "A change on request is asked for as one ex officio.",
        wire=value("number_change_request", "change_kind", "2"),
    ),
    Fault(
        "change-of-another-code", "NUM-007", "juki", "field",
        "個人番号の変更を、他の者の住民票コードで求める。",
        "A change is asked for with the code of somebody else.",
        wire=value("number_change_request", "juminhyo_code", "12345678903"),
    ),
    Fault(
        "former-number-not-told", "NUM-008", "juki", "field",
        "個人番号の修正の本人確認情報に、修正前の個人番号を載せない。",
        "The notice of a changed number leaves the former one out.",
        {"tell_former_number": False},
    ),
    Fault(
        "number-change-reason-wrong", "NUM-008", "juki", "field",
        "個人番号の変更の事由を職権修正等とする。",
        "The notice of a changed number gives the reason of a correction of items.",
        wire=value("identity_notice", "reason", "33"),
    ),
    Fault(
        "code-changed-with-number", "NUM-009", "juki", "numbering",
        "個人番号を変更すると、住民票コードも変わる。",
        "A changed number changes the code too.",
        {"new_code_with_number": True},
    ),
    Fault(
        "number-asked-on-correction", "NUM-010", "juki", "rule",
        "個人番号の誤記・記載漏れを直すと、変更要求を送る。",
        "Correcting an error in writing asks for a changed number.",
        {"correction_asks": True},
    ),
    Fault(
        "generation-asked-on-correction", "NUM-010", "juki", "rule",
        "個人番号の誤記・記載漏れを直すと、生成要求を送る。",
        "Correcting an error in writing asks for a generation.",
        {"correction_asks": True, "change_request": "issue"},
    ),
    Fault(
        "former-number-taken-again", "NUM-015", "juki", "rule",
        "従前と同じ個人番号を運ぶ変更の結果を受け付ける。",
        "A change that brings the former number back is taken.",
        {"refuse_former_number": False},
    ),
    Fault(
        "changed-number-unchecked", "NUM-015", "juki", "rule",
        "検査用数字の誤った変更の結果を記載する。",
        "A changed number with a wrong check digit is written.",
        {"check_number": False},
    ),
    Fault(
        "changed-number-of-another", "NUM-015", "juki", "rule",
        "他の者の個人番号を運ぶ変更の結果を記載する。",
        "A changed number that somebody else has is written.",
        {"refuse_held_number": False},
    ),
    Fault(
        "unasked-change-taken", "NUM-015", "juki", "rule",
        "求めていない変更の結果を記載する。",
        "A changed number that nobody asked for is written.",
        {"refuse_unrequested": False},
    ),
)  # fmt: skip

_CS: tuple[Fault, ...] = (
    Fault(
        "former-number-issued-again", "NUM-001", "cs", "numbering",
        "変更の要求に、従前の個人番号を返す。",
        "A change request yields the former number.",
        {"changed_number": "former"},
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*_JUKI, *_CS)

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "wrong-change-listed", "juki",
        "誤った変更の結果を、エラーを応答せず画面の警告で示す。",
        "A wrong change is shown to staff instead of being refused on the wire.",
        {"answer_number_faults": False},
    ),
    Variant(
        "change-without-delivery", "juki",
        "個人番号の変更では送付先情報を送らない。",
        "A changed number leads to no delivery address.",
        {"deliver_changed_number": False},
    ),
)  # fmt: skip
