"""What ``adapter-check`` and ``doctor`` share: findings as a table with remedies, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from denbun import console

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from denbun.options import Language
    from steps.attach.finding import Check, Finding

__all__ = ["facts", "show"]

STATUS: Mapping[str, Mapping[str, str]] = {
    "ja": {"ok": "良", "failed": "不良", "none": "なし", "uncovered": "検査せず"},
    "en": {"ok": "ok", "failed": "FAILED", "none": "none", "uncovered": "not covered"},
}
TO_MEND = ("failed", "none")
"""What a remedy is told for."""
HEADS: Mapping[str, tuple[str, ...]] = {
    "ja": ("検査", "結果", "内容", "見たもの"),
    "en": ("check", "result", "what", "seen"),
}


def _texts(check: Check, lang: Language) -> tuple[str, str]:
    """Return what a check is and its remedy."""
    return (check.ja, check.remedy_ja) if lang == "ja" else (check.en, check.remedy_en)


def facts(
    findings: Iterable[Finding], checks: Mapping[str, Check], lang: Language
) -> list[dict[str, Any]]:
    """Return the findings as plain data."""
    return [
        {
            "check": found.check,
            "status": found.status,
            "what": _texts(checks[found.check], lang)[0],
            "seen": found.detail,
            **({"remedy": _texts(checks[found.check], lang)[1]} if found.status in TO_MEND else {}),
        }
        for found in findings
    ]


def show(findings: Iterable[Finding], checks: Mapping[str, Check], lang: Language) -> None:
    """Print a table of the findings, and a remedy for each that is not in order."""
    told = facts(findings, checks, lang)
    rows = [(f["check"], STATUS[lang][f["status"]], f["what"], f["seen"]) for f in told]
    console.say(console.table(HEADS[lang], rows))
    console.say()
    remedies = dict.fromkeys(f"{f['check']}: {f['remedy']}" for f in told if "remedy" in f)
    for remedy in remedies:
        console.say(remedy)
