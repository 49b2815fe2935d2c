"""Seeded faults about changes of juminhyo codes: at juki, at the CS and at the network."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_JUKI: tuple[Fault, ...] = (
    Fault(
        "changed-code-made-up", "CODE-001", "juki", "numbering",
        "変更の請求で、指定されていない住民票コードを記載する。",
        "A change writes a code that was never designated.",
        {"code_source": "made_up"},
    ),
    Fault(
        "changed-code-is-the-same", "CODE-001", "juki", "numbering",
        "変更の請求で、世帯主の住民票コードを再び記載する。",
        "A change writes the code of the head again.",
        {"code_source": "head"},
    ),
    Fault(
        "change-without-stock", "CODE-001", "juki", "state",
        "蓄積がなくても、変更の請求を受け付ける。",
        "A change is accepted although no code is left.",
        {"empty_stock": "made_up"},
    ),
    Fault(
        "former-code-not-told", "CODE-002", "juki", "field",
        "住民票コードの修正の本人確認情報に、修正前の住民票コードを載せない。",
        "The notice of a changed code leaves the former one out.",
        {"tell_former_code": False},
    ),
    Fault(
        "code-change-reason-wrong", "CODE-002", "juki", "field",
        "住民票コードの変更の事由を職権修正等とする。",
        "The notice of a changed code gives the reason of a correction of items.",
        wire=value("identity_notice", "reason", "33"),
    ),
    Fault(
        "number-requested-on-code-change", "CODE-003", "juki", "rule",
        "住民票コードを変更すると、個人番号の生成を求める。",
        "A changed code leads to a number request.",
        {"number_on_code_change": "requested"},
    ),
    Fault(
        "former-code-stocked", "CODE-004", "juki", "numbering",
        "変更前の住民票コードを蓄積に戻す。",
        "A former code goes back to the stock.",
        {"reuse_former_code": True},
    ),
    Fault(
        "former-code-taken-from-list", "CODE-004", "juki", "numbering",
        "一覧に再び現れた変更前の住民票コードを用いる。",
        "A former code that a list brings again is used.",
        {"check_list_used": False, "code_choice": "last"},
    ),
    Fault(
        "code-of-another-written", "CODE-004", "juki", "numbering",
        "他の者に記載されている住民票コードへの修正を受け付ける。",
        "A correction to a code that somebody else has is accepted.",
        {"check_code_held": False},
    ),
)  # fmt: skip

_CS: tuple[Fault, ...] = (
    Fault(
        "code-change-not-passed-on", "CODE-005", "cs", "rule",
        "住民票コードの修正を情報提供ネットワークシステムに通知しない。",
        "The network is not told of a changed code.",
        {"withheld": ("code_change_notice",)},
    ),
    Fault(
        "codes-of-change-swapped", "CODE-005", "cs", "field",
        "修正前と修正後の住民票コードを取り違えて通知する。",
        "Former and new code are swapped.",
        {"code_change_order": "new_former"},
    ),
    Fault(
        "unprovided-code-passed-on", "CODE-005", "cs", "privacy",
        "提供していない住民票コードの修正も通知する。",
        "The network is told of codes that were never provided to it.",
        {"tell_unprovided_code": True},
    ),
    Fault(
        "linkage-code-lost-on-change", "CODE-005", "cs", "state",
        "住民票コードを変更した者の符号が失われる。",
        "A linkage code is lost when the code changes.",
        {"keep_linkage_code": False},
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*_JUKI, *_CS)
