"""Every text of a comparison, Japanese and English, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.comparison.core import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Pair

TEXTS: Mapping[str, Pair] = {
    "title": ("試験結果の比較", "Comparison of results"),
    "before": ("前", "before"),
    "after": ("後", "after"),
    "condition": ("条件", "condition"),
    "changes": ("変わった条件", "Changed conditions"),
    "no_changes": ("条件は変わっていない", "No condition changed"),
    "nothing": ("違いはない", "No differences"),
    "unchanged": ("変わらない試験項目: {number}件", "Cases as before: {number}"),
    "regressed": (
        "後退した試験項目がある（{number}件）",
        "Cases got worse: {number}",
    ),
    "not_regressed": ("後退した試験項目はない", "No case got worse"),
    "not_selected": ("選ばれず", "not selected"),
    "now_broken": ("新たに違反: {requirements}", "broken now: {requirements}"),
    "case": ("試験項目", "case"),
    "verdicts": ("判定", "verdict"),
    "details": ("指摘・理由", "findings, reasons"),
}

KINDS: Mapping[Kind, Pair] = {
    Kind.REGRESSION: ("後退", "Regressions"),
    Kind.MENDED: ("改善", "Mended"),
    Kind.CHANGED: ("そのほかの変化", "Other changes"),
    Kind.NEW: ("新しい試験項目", "New cases"),
    Kind.GONE: ("なくなった試験項目", "Cases that are gone"),
}

CONDITIONS: Mapping[str, Pair] = {
    "suite": ("試験スイート", "suite"),
    "profile": ("プロファイル", "profile"),
    "edition": ("版", "edition"),
    "digest": ("プロファイルの内容", "content of the profile"),
    "sut": ("試験対象", "system under test"),
    "adapter": ("アダプタ", "adapter"),
    "counterpart": ("相手方", "counterpart"),
    "ics": ("ICS", "ICS"),
    "fault": ("作り込んだ障害", "seeded fault"),
    "seed": ("乱数の種", "seed"),
    "selection": ("選択", "selection"),
    "expectations": ("予期の一覧", "expectations"),
    "marks": ("留保", "reservations"),
    "pixit": ("PIXIT", "PIXIT"),
    "environment": ("環境", "environment"),
}

VALUES: Mapping[str, Pair] = {
    "": ("（なし）", "(none)"),
    "complete selection": ("すべて", "all cases"),
    "partial selection": ("一部", "a part of the cases"),
}
"""Values of a condition that have words of their own."""
