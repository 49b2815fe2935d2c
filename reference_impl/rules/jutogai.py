"""Rules: the API that numbers people who are not residents, at atena."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

from reference_impl.rules.subject import subject

__all__ = ["JutogaiRules"]


@subject
class JutogaiRules:
    """How atena answers the 住登外者宛名番号付番API (API仕様書 2.0)."""

    jutogai_detail: str = "登録が完了しました。"
    """The fixed text of an answer 200."""
    unique_jutogai_number: bool = True
    """Every new person gets a number of his own."""
    jutogai_ignores: tuple[str, ...] = ()
    """Codes of errors that are let pass: none."""
    jutogai_codes: Mapping[str, str] = field(default_factory=dict)
    """Codes that are told instead of the right ones: none."""
    jutogai_missing_number: Literal["E0001", "E0004"] = "E0001"
    """What a missing 宛名番号 of 処理区分 1 and 2 is; the text allows both."""
    errors_in_unauthorized: bool = False
    """An answer 401 lists errors: it does not."""
    unauthorized_text: str = "アクセストークンが無効です。"
    """The fixed text of an answer 401."""
    keep_barred: bool = True
    """他業務参照不可フラグ is kept (共通機能 2.3)."""
