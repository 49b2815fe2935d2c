"""Checks of what staff enter: errors block, alerts let pass (標準仕様書 1.1.8, 4.0.3, 11.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import dates
from reference_impl.juki.events import EVENTS
from reference_impl.node import Alert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from reference_impl.rules import Rules

_SIZED = {"name": "氏名", "furigana": "振り仮名"}
"""Items whose size on the CS link staff may exceed."""


def text_errors(items: Mapping[str, Any], unmapped: str, rules: Rules) -> tuple[Alert, ...]:
    """Tell which texts cannot be taken; `unmapped` are their characters without a code."""
    long = tuple(
        Alert(f"{item}_too_long", f"{label}が{size}文字を超えています。短い表記にしてください。")
        for (item, label), size in zip(_SIZED.items(), _sizes(rules), strict=True)
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


def filing_errors(
    event: str, args: Mapping[str, Any], today: str, rules: Rules
) -> tuple[Alert, ...]:
    """Tell what is wrong with the dates of an event and of its report (標準仕様書 1.1.8, 4.0.3)."""
    kind = EVENTS[event]
    happened = str(args.get("event_date") or today)
    reported = str(args.get("report_date") or today)
    ahead = dates.western(happened) > today and not kind.may_be_ahead
    loose = kind.loose_date or rules.loose_dates_everywhere
    exact = dates.is_calendar(happened) or loose
    refused = {
        "event_date_wrong": not dates.is_date(happened) or not exact,
        "report_date_wrong": rules.require_calendar_report and not dates.is_calendar(reported),
        "event_date_future": rules.check_event_date and ahead,
        "report_date_future": rules.check_report_date and reported > today,
    }
    return tuple(Alert(code, _TEXTS[code]) for code, holds in refused.items() if holds)


def _sizes(rules: Rules) -> tuple[int, int]:
    return rules.name_size, rules.furigana_size


def cut(items: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Shorten texts to the size of their items, silently."""
    sizes = dict(zip(_SIZED, _sizes(rules), strict=True))
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
