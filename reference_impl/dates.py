"""Dates with unknown parts, western and by era, computed by the reference's own arithmetic.

A date is text: western `2026-05-01`, unknown parts as 00 (`2026-00-00`, `0000-00-00`), or by era
`R8-05-01`. Source: 住民記録システム標準仕様書 1.1.8; the days of the eras are the engine's.
"""

from __future__ import annotations

import re
from datetime import date

from telegram_specs.engine.dates import ERAS

_DAY = "{:04}-{:02}-{:02}"
_ERAS = tuple(
    (letter, era.first[0], _DAY.format(*era.first), _DAY.format(*era.last))
    for letter, era in reversed([*ERAS.items()])
)
"""Letter, western year of its year 1, first day, last day; a last day may be a first day too."""
_EARLIEST = _ERAS[-1][0]

_FORM = re.compile(r"(?:([MTSHR])([0-9]{1,2})|([0-9]{4}))-([0-9]{2})-([0-9]{2})")
_MAX_MONTH, _MAX_DAY = 12, 31
LAST_ERA_DAYS = ("M45-07-30", "T15-12-25")
"""The last days of 明治 and 大正, which are the first days of the next era too (1.1.8)."""


def is_date(text: str) -> bool:
    """Tell whether a text is a date at all: parts in range, unknown from some part on."""
    found = _FORM.fullmatch(text)
    if not found:
        return False
    year, month, day = western(text).split("-")
    in_range = int(month) <= _MAX_MONTH and int(day) <= _MAX_DAY
    nested = (month != "00" or day == "00") and (year != "0000" or month == "00")
    return in_range and nested and (not found[1] or era_form(western(text), found[1]) == text)


def western(text: str) -> str:
    """Turn a date into its western form.

    >>> western("R8-05-01"), western("2026-05-00")
    ('2026-05-01', '2026-05-00')
    """
    found = _FORM.fullmatch(text)
    for era, first_year, _, _ in _ERAS:
        if found and found[1] == era:
            return f"{first_year + int(found[2]) - 1:04}-{found[4]}-{found[5]}"
    return text


def era_form(text: str, letter: str = "") -> str:
    """Turn a date into its era form: the era of the first day that it can mean.

    With `letter` that era is kept where it was still in force. A date without a known year stays,
    and so does one before all eras.

    >>> era_form("2019-04-30"), era_form("2019-05-00"), era_form("1912-07-30")
    ('H31-04-30', 'R1-05-00', 'T1-07-30')
    >>> era_form("M45-07-30"), era_form("0000-00-00")
    ('M45-07-30', '0000-00-00')
    """
    kept = text[0] if text[0].isalpha() else letter
    plain = western(text)
    first, last = plain.replace("-00", "-01"), plain.replace("-00", "-99")
    for era, first_year, since, until in _ERAS:
        # No era lies before the earliest: what may be a day of it is one.
        begun = since <= (last if era == _EARLIEST else first)
        if begun and (not kept or (kept == era and first <= until)):
            return f"{era}{int(plain[:4]) - first_year + 1}{plain[4:]}"
    return plain


def is_known(text: str) -> bool:
    """Tell whether year, month and day are all known."""
    return not western(text).endswith("-00")


def is_calendar(text: str) -> bool:
    """Tell whether a date stands in the calendar; one with unknown parts does not."""
    try:
        date.fromisoformat(western(text))
    except ValueError:
        return False
    return True


def days_after(first: str, second: str) -> int:
    """Count the days from one date to another; 0 when one of them is off the calendar.

    >>> days_after("2026-04-01", "2026-04-15"), days_after("2026-04-00", "2026-04-15")
    (14, 0)
    """
    if not (is_calendar(first) and is_calendar(second)):
        return 0
    ends = [date.fromisoformat(western(text)) for text in (first, second)]
    return (ends[1] - ends[0]).days


def nearest_calendar(text: str) -> str:
    """Move a date off the calendar to the first day of the next month; others stay.

    >>> nearest_calendar("2025-02-29")
    '2025-03-01'
    """
    if not is_date(text) or not is_known(text) or is_calendar(text):
        return text
    year, month, _ = western(text).split("-")
    return f"{year}-{int(month) % _MAX_MONTH + 1:02}-01"


def unknown_text(text: str) -> str:
    """Write a date with unknown parts as the register shows it, empty when all is known.

    >>> unknown_text("2026-05-00"), unknown_text("0000-00-00"), unknown_text("2026-05-01")
    ('２０２６年５月　日不詳', '年月日不詳', '')
    """
    year, month, day = western(text).split("-")
    if year == "0000":
        return "年月日不詳"
    if month == "00":
        return full_width(f"{year}年") + "　月日不詳"
    return full_width(f"{year}年{int(month)}月") + "　日不詳" if day == "00" else ""


def full_width(text: str) -> str:
    """Write ASCII characters in full width.

    >>> full_width("12A")
    '１２Ａ'
    """
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
