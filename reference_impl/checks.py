"""Checks of what staff enter: errors block, alerts let pass (標準仕様書 1.1.8, 4.0.3, 11.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import dates
from reference_impl.node import Alert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from reference_impl.rules import Rules

NAME_SIZE, FURIGANA_SIZE = 40, 60
"""Characters that the items of the CS link hold."""

_SIZES = (("name", "氏名", NAME_SIZE), ("furigana", "振り仮名", FURIGANA_SIZE))


def text_errors(items: Mapping[str, Any], unmapped: str, rules: Rules) -> tuple[Alert, ...]:
    """Tell which texts cannot be taken; `unmapped` are their characters without a code."""
    long = tuple(
        Alert(f"{item}_too_long", f"{label}が{size}文字を超えています。短い表記にしてください。")
        for item, label, size in _SIZES
        if len(str(items.get(item, ""))) > size and rules.overflow == "reject"
    )
    refused = unmapped and rules.reject_unmapped
    return (*long, Alert("unmapped_refused", _TEXTS["unmapped_refused"])) if refused else long


def text_alerts(unmapped: str, rules: Rules) -> tuple[Alert, ...]:
    """Tell that characters without a code will be substituted on the CS link."""
    text = "住基ネット統一文字にない文字があります。代替文字で送信します。"
    silent = rules.drop_unmapped or not unmapped
    return () if silent else (Alert("unmapped_character", text),)


def date_errors(record: Mapping[str, Any], today: str, rules: Rules) -> tuple[Alert, ...]:
    """Tell what is wrong with the birth, event and report dates of a record."""
    birth, event, report = (record[i] for i in ("birth_date", "event_date", "report_date"))
    refused = {
        "birth_date_wrong": not _is_birth_date(birth, rules),
        "event_date_wrong": not dates.is_date(event),
        "report_date_wrong": rules.require_calendar_report and not dates.is_calendar(report),
        "event_date_future": rules.check_event_date
        and max(dates.western(event), dates.western(birth)) > today,
        "report_date_future": rules.check_report_date and report > today,
    }
    return tuple(Alert(code, _TEXTS[code]) for code, holds in refused.items() if holds)


def cut(items: Mapping[str, Any]) -> dict[str, Any]:
    """Shorten texts to the size of their items, silently."""
    sizes = {item: size for item, _, size in _SIZES}
    return {item: value[: sizes[item]] if item in sizes else value for item, value in items.items()}


_TEXTS = {
    "unmapped_refused": "住基ネット統一文字にない文字があります。表記を改めてください。",
    "birth_date_wrong": "生年月日が誤っています。確かめて入力し直してください。",
    "event_date_wrong": "異動日が誤っています。確かめて入力し直してください。",
    "report_date_wrong": "届出日が暦上日ではありません。確かめて入力し直してください。",
    "event_date_future": "異動日が処理日より後です。処理日以前の日を入力してください。",
    "report_date_future": "届出日が処理日より後です。処理日以前の日を入力してください。",
}


def _is_birth_date(text: str, rules: Rules) -> bool:
    if not dates.is_date(text) or not (rules.allow_unknown_birth or dates.is_known(text)):
        return False
    last_days = {dates.western(day) for day in dates.LAST_ERA_DAYS}
    return rules.allow_last_era_days or dates.western(text) not in last_days
