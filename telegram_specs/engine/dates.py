"""Dates as the registers hold them: with unknown parts, in an era or not, not always in a calendar.

Source: 住民記録システム標準仕様書 1.0, 1.1.8 (不詳, days outside the calendar, the last days of
明治 and 大正).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.engine.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ERAS", "Date", "DateForm", "Era"]

_TEXT = re.compile(r"(?:([0-9]{4})|([A-Z])(0|[1-9][0-9]?))-([0-9]{2})-([0-9]{2})")
_LATEST_MONTH, _LATEST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its code in telegrams, its Japanese name, and its first and last day."""

    code: str
    name: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]


ERAS: Mapping[str, Era] = {
    "M": Era("1", "明治", (1868, 1, 25), (1912, 7, 30)),
    "T": Era("2", "大正", (1912, 7, 30), (1926, 12, 25)),
    "S": Era("3", "昭和", (1926, 12, 25), (1989, 1, 7)),
    "H": Era("4", "平成", (1989, 1, 8), (2019, 4, 30)),
    "R": Era("5", "令和", (2019, 5, 1), (9999, 12, 31)),
}


@dataclass(frozen=True, slots=True)
class Date:
    """A date whose day, month or year may be unknown (0), given in an era or in the western count.

    The year is the western one even when an era is named. ValueError when a part is impossible,
    when something known follows something unknown, or when the date lies outside its era.
    """

    year: int
    month: int = 0
    day: int = 0
    era: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.month <= _LATEST_MONTH:
            raise ValueError(f"month 01 to {_LATEST_MONTH}")
        if not 0 <= self.day <= _LATEST_DAY:
            raise ValueError(f"day 01 to {_LATEST_DAY}")
        if (self.day and not self.month) or (self.month and not self.year):
            raise ValueError("nothing known behind something unknown")
        if self.era and self.year and not self._in_era(ERAS[self.era]):
            raise ValueError("a date within its era")

    def _in_era(self, era: Era) -> bool:
        earliest = (self.year, self.month or 1, self.day or 1)
        latest = (self.year, self.month or _LATEST_MONTH, self.day or _LATEST_DAY)
        return earliest <= era.last and latest >= era.first

    @classmethod
    def parse(cls, text: str) -> Date:
        """Read ``2026-05-01`` or ``R8-05-01``, unknown parts as zeros; ValueError otherwise.

        >>> Date.parse("S64-01-07").western()
        Date(year=1989, month=1, day=7, era=None)
        """
        found = _TEXT.fullmatch(text)
        if not found or (found[2] and found[2] not in ERAS):
            raise ValueError("yyyy-mm-dd, or M, T, S, H or R with the year of the era for yyyy")
        month, day = int(found[4]), int(found[5])
        if found[1]:
            return cls(int(found[1]), month, day)
        return cls.of_era(found[2], int(found[3]), month, day)

    @classmethod
    def of_era(cls, era: str, year: int, month: int = 0, day: int = 0) -> Date:
        """Return a date from the year of an era, 0 for an unknown one."""
        return cls(year and ERAS[era].first[0] - 1 + year, month, day, era)

    @property
    def era_year(self) -> int:
        """The year of the era, 0 when it is unknown or no era is named."""
        return self.year - ERAS[self.era].first[0] + 1 if self.era and self.year else 0

    @property
    def known(self) -> bool:
        """Whether year, month and day are all known."""
        return bool(self.year and self.month and self.day)

    @property
    def is_calendar(self) -> bool:
        """Whether the date is complete and there is such a day."""
        try:
            dt.date(self.year, self.month, self.day)
        except ValueError:
            return False
        return True

    def western(self) -> Date:
        """Return the same date without its era."""
        return Date(self.year, self.month, self.day)

    def __str__(self) -> str:
        year = f"{self.era}{self.era_year}" if self.era else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class DateForm:
    """How one field writes a date: ``western`` yyyymmdd, ``era`` gyymmdd, or the canonical text.

    ``unknown`` allows zeros for unknown parts, ``noncalendar`` days that no calendar has.
    """

    form: str
    unknown: bool
    noncalendar: bool
    canonical: bool

    @property
    def size(self) -> int:
        """Characters on the wire."""
        if self.canonical:
            return len("yyyy-mm-dd")
        return len("gyymmdd") if self.form == "era" else len("yyyymmdd")

    def read(self, text: str) -> str:
        """Return the canonical text of a date on the wire; Refused if it is none."""
        return str(self._allowed(self._parse(text)))

    def write(self, value: str) -> str:
        """Return the wire text of a canonical one; Refused if it is none or may not stand here."""
        date = self._allowed(self._canonical(value))
        if self.canonical:
            return str(date)
        if self.form == "western":
            return f"{date.year:04}{date.month:02}{date.day:02}"
        code = ERAS[date.era].code if date.era else "0"
        return f"{code}{date.era_year:02}{date.month:02}{date.day:02}"

    def _parse(self, text: str) -> Date:
        if self.canonical:
            return self._canonical(text)
        if not re.fullmatch(rf"[0-9]{{{self.size}}}", text):
            raise Refused("kind", f"{self.size} digits")
        month, day = int(text[-4:-2]), int(text[-2:])
        try:
            if self.form == "western":
                return Date(int(text[:4]), month, day)
            return _of_code(text[0], int(text[1:3]), month, day)
        except ValueError as error:
            raise Refused("date", str(error)) from None

    def _canonical(self, text: str) -> Date:
        try:
            date = Date.parse(text)
        except ValueError as error:
            raise Refused("date", str(error)) from None
        in_era = date.era is not None
        if in_era is not (self.form == "era") and date != Date(0):
            expected = "a date in an era" if self.form == "era" else "a western date"
            raise Refused("date", expected)
        return date

    def _allowed(self, date: Date) -> Date:
        if not date.known and not self.unknown:
            raise Refused("date", "year, month and day, all known")
        if date.known and not (date.is_calendar or self.noncalendar):
            raise Refused("date", "a day of the calendar")
        return date


def _of_code(code: str, year: int, month: int, day: int) -> Date:
    for letter, era in ERAS.items():
        if era.code == code:
            return Date.of_era(letter, year, month, day)
    if code == "0" and not (year or month or day):
        return Date(0)
    raise ValueError(f"an era code of {', '.join(era.code for era in ERAS.values())}")
