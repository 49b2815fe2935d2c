"""Seeded faults of atena about the API for people who are not residents."""

from __future__ import annotations

from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "jutogai-text-wrong", "JUTOGAI-001", "atena", "field",
        "正常の応答の詳細を、定めのない文とする。",
        "The text of a success is another.",
        {"jutogai_detail": "OK"},
    ),
    Fault(
        "jutogai-number-shared", "JUTOGAI-001", "atena", "numbering",
        "異なる者の新規付番に、同じ宛名番号を返す。",
        "Different people get the same number.",
        {"unique_jutogai_number": False},
    ),
    Fault(
        "jutogai-missing-item-taken", "JUTOGAI-002", "atena", "rule",
        "必須項目の欠けた要求を受け付ける。",
        "A request without a required item is taken.",
        {"jutogai_ignores": ("E0001",)},
    ),
    Fault(
        "jutogai-missing-item-miscoded", "JUTOGAI-002", "atena", "field",
        "必須項目の欠けに、字種の誤りの符号を返す。",
        "A missing item is told as a wrong class.",
        {"jutogai_codes": {"E0001": "E0002"}},
    ),
    Fault(
        "jutogai-class-not-checked", "JUTOGAI-003", "atena", "rule",
        "字種の誤った要求を受け付ける。",
        "A wrong class of characters is taken.",
        {"jutogai_ignores": ("E0002",)},
    ),
    Fault(
        "jutogai-length-not-checked", "JUTOGAI-003", "atena", "rule",
        "固定長の桁数の誤った要求を受け付ける。",
        "A wrong fixed length is taken.",
        {"jutogai_ignores": ("E0003",)},
    ),
    Fault(
        "jutogai-correlation-not-checked", "JUTOGAI-003", "atena", "rule",
        "項目間の関係の誤った要求を受け付ける。",
        "A wrong correlation is taken.",
        {"jutogai_ignores": ("E0004",)},
    ),
    Fault(
        "jutogai-unauthorized-with-errors", "JUTOGAI-004", "atena", "field",
        "無効なアクセストークンの401の応答に、項目の誤りを載せる。",
        "An answer 401 lists errors.",
        {"errors_in_unauthorized": True},
    ),
    Fault(
        "jutogai-unauthorized-text-wrong", "JUTOGAI-004", "atena", "field",
        "401の応答の詳細を、定めのない文とする。",
        "The text of an answer 401 is another.",
        {"unauthorized_text": "unauthorized"},
    ),
    Fault(
        "jutogai-flag-lost", "JUTOGAI-005", "atena", "state",
        "他業務参照不可フラグを記録しない。",
        "The flag that bars other uses is not kept.",
        {"keep_barred": False},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "jutogai-missing-number-correlated", "atena",
        "処理区分1・2の宛名番号の欠けを、項目間の関係の誤りとする。",
        "A missing number of kinds 1 and 2 is a wrong correlation.",
        {"jutogai_missing_number": "E0004"},
    ),
)  # fmt: skip
