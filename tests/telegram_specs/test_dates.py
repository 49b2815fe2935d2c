"""Dates with unknown parts, eras and days that no calendar has."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telegram_specs import Date
from telegram_specs.engine.dates import ERAS, DateForm
from telegram_specs.engine.faults import Refused


@pytest.mark.parametrize(
    ("text", "western", "known", "calendar"),
    [
        ("2026-05-01", "2026-05-01", True, True),
        ("2026-05-00", "2026-05-00", False, False),
        ("2026-00-00", "2026-00-00", False, False),
        ("0000-00-00", "0000-00-00", False, False),
        ("2026-02-29", "2026-02-29", True, False),
        ("2028-02-29", "2028-02-29", True, True),
        ("R8-05-01", "2026-05-01", True, True),
        ("M45-07-30", "1912-07-30", True, True),
        ("T1-07-30", "1912-07-30", True, True),
        ("T15-12-25", "1926-12-25", True, True),
        ("S1-12-25", "1926-12-25", True, True),
        ("S64-01-07", "1989-01-07", True, True),
        ("H1-01-08", "1989-01-08", True, True),
        ("H31-04-30", "2019-04-30", True, True),
        ("R1-05-01", "2019-05-01", True, True),
        ("S64-00-00", "1989-00-00", False, False),
        ("S64-01-00", "1989-01-00", False, False),
        ("S0-00-00", "0000-00-00", False, False),
    ],
)
def test_date(text, western, known, calendar):
    date = Date.parse(text)
    assert str(date) == text
    assert str(date.western()) == western
    assert (date.known, date.is_calendar) == (known, calendar)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-13-01", "month 01 to 12"),
        ("2026-01-32", "day 01 to 31"),
        ("2026-00-01", "nothing known behind something unknown"),
        ("0000-01-00", "nothing known behind something unknown"),
        ("S0-01-01", "nothing known behind something unknown"),
        ("M45-07-31", "a date within its era"),
        ("T1-07-29", "a date within its era"),
        ("S64-02-00", "a date within its era"),
        ("H31-05-01", "a date within its era"),
        ("H32-00-00", "a date within its era"),
    ],
)
def test_impossible_date(text, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        Date.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20260501",
        "2026-5-1",
        "２０２６-05-01",
        "X1-01-01",
        "R100-01-01",
        "R08-05-01",
        "R8-05-01 ",
    ],
)
def test_no_date(text):
    with pytest.raises(ValueError, match=r"^yyyy-mm-dd, or M, T, S, H or R with the year of the"):
        Date.parse(text)


@given(st.dates(dt.date(1868, 1, 25), dt.date(2099, 12, 31)))
def test_every_day_since_meiji_has_an_era(day):
    named = []
    for letter in ERAS:
        try:
            named.append(Date(day.year, day.month, day.day, letter))
        except ValueError:
            continue
    shared = day in {dt.date(1912, 7, 30), dt.date(1926, 12, 25)}
    assert len(named) == (2 if shared else 1)
    assert all(Date.parse(str(date)) == date for date in named)


def _refusal(form: DateForm, text: str, *, write: bool = False) -> str:
    with pytest.raises(Refused) as caught:
        form.write(text) if write else form.read(text)
    return f"{caught.value.rule}: {caught.value.expected}"


def test_the_wire_forms():
    western = DateForm("western", unknown=True, noncalendar=True, canonical=False)
    era = DateForm("era", unknown=True, noncalendar=True, canonical=False)
    named = DateForm("western", unknown=True, noncalendar=True, canonical=True)
    assert (western.size, era.size, named.size) == (8, 7, 10)
    assert western.read("20260500") == "2026-05-00"
    assert era.read("5080500") == "R8-05-00"
    assert era.write("0000-00-00") == "0000000"
    assert era.write("S0-00-00") == "3000000"
    assert named.read("2026-05-00") == named.write("2026-05-00") == "2026-05-00"


def test_the_limits_of_a_field():
    strict = DateForm("western", unknown=False, noncalendar=False, canonical=False)
    assert _refusal(strict, "20260500") == "date: year, month and day, all known"
    assert _refusal(strict, "20260229") == "date: a day of the calendar"
    assert _refusal(strict, "2026022X") == "kind: 8 digits"
    assert _refusal(strict, "R8-05-01", write=True) == "date: a western date"
    era = DateForm("era", unknown=False, noncalendar=False, canonical=False)
    assert _refusal(era, "2026-05-01", write=True) == "date: a date in an era"
    assert _refusal(era, "6010101") == "date: an era code of 1, 2, 3, 4, 5"
    far = DateForm("era", unknown=False, noncalendar=False, canonical=False)
    assert far.write("R99-12-31") == "5991231"
