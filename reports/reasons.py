"""Why a requirement was not judged, and which requirements are no clauses, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Pair

CLAUSES: Mapping[str, Pair] = {
    "law": (
        "法令の条文が定める。MUSTの違反は不適合となる",
        "a clause of a law or ordinance says so; a breach of a MUST fails",
    ),
    "specification": (
        "国の標準仕様書などが定める。MUSTの違反は不適合となる",
        "a published specification says so; a breach of a MUST fails",
    ),
}
"""Ranks of requirements that are clauses."""

DERIVED: Mapping[str, Pair] = {
    "formula": (
        "公表された算式によるもので、条文の文言ではない",
        "it follows a published formula, not the words of a clause",
    ),
    "profile": (
        "プロファイルが定めるもので、法令・仕様書の条文ではない",
        "the profile says so, not a law or a specification",
    ),
    "seed": (
        "参考資料によるもので、条文ではない。違反は警告にとどまる",
        "it comes from reference material, not from a clause; a breach is a warning only",
    ),
    "inference": (
        "示した条文などからの推定で、条文が定めるものではない。違反は警告にとどまる",
        "it is inferred from the source shown, which does not say so; a breach is a warning only",
    ),
}
"""Ranks of requirements that are no clause, and what stands behind them."""

UNJUDGED: Mapping[str, tuple[Pair, Pair]] = {
    "ERROR": (
        ("ハーネスの異常により判定できなかった", "the harness broke"),
        ("異常の内容を見て、もう一度実行する", "look at the error and run it again"),
    ),
    "INCONCLUSIVE": (
        ("観測できず、判定できなかった", "what had to be seen could not be observed"),
        (
            "示した理由を取り除き、もう一度実行する",
            "do away with the reason shown and run it again",
        ),
    ),
    "NOT_COVERED": (
        (
            "操作・照会にアダプタ（又は操作者）が対応していない",
            "the adapter (or the operator) does not support the operation or observation",
        ),
        (
            "示した操作・照会をアダプタで実装する（docs/sut-protocol.md 5節）",
            "let the adapter do what is shown (docs/sut-protocol.md, section 5)",
        ),
    ),
    "NOT_APPLICABLE": (
        (
            "ICSで表明していない任意機能、又は試験対象が持たない機能である",
            "the ICS does not claim the option, or the system does not have the function",
        ),
        (
            "その機能を持つなら、sut.yaml の ics に加える",
            "if the system has it, add it to ics in sut.yaml",
        ),
    ),
    "NOT_RUN": (
        ("選ばれたが、実行されなかった", "selected, but never reached"),
        ("中断の原因を除き、もう一度実行する", "see why the run ended early and run it again"),
    ),
    "option": (
        (
            "ICSで表明していない任意機能の要求事項である",
            "it belongs to an option that the ICS does not claim",
        ),
        (
            "その機能を持つなら、sut.yaml の ics に加える",
            "if the system has it, add it to ics in sut.yaml",
        ),
    ),
    "selection": (
        ("この実行では試験項目が選ばれていない", "this run selected no case of it"),
        (
            "--tags を付けずに実行するか、--tags にその番号を加える",
            "run without --tags, or name it in --tags",
        ),
    ),
    "suite": (
        ("この試験スイートに試験項目がない", "this suite has no case of it"),
        (
            "電文からは判定できない。別の方法（文書・画面・監査）で確かめる",
            "telegrams do not show it: look at it in another way (documents, screens, an audit)",
        ),
    ),
    "role": (
        ("ほかの役割の要求事項である", "it binds another role"),
        (
            "その役割のシステムを試験対象とし、--role を付けて実行する",
            "run with --role against a system of that role",
        ),
    ),
}
"""Why a requirement was not judged, and what to do so that it is."""
