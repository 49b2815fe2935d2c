"""Strategies for the values of any telegram, derived from its compiled fields."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from telegram_specs import Date, Field, check_digit
from telegram_specs.engine.charset import CP932, Charset, Table
from telegram_specs.engine.checkdigit import FORMULAS
from telegram_specs.engine.dates import ERAS, DateForm
from telegram_specs.engine.faults import Refused
from telegram_specs.engine.padding import ZERO

if TYPE_CHECKING:
    from telegram_specs import Group, TelegramSpec

BLANKS = " \u3000"
HALF_WIDTH = re.compile(r"[\x00-\x9f\uff61-\uff9f\uffe8-\uffee]")
SURROGATES = range(0xD800, 0xE000)


def characters(codes):
    """Return a strategy of the full-width characters among code points."""
    chars = "".join(chr(code) for code in codes if code not in SURROGATES)
    return st.sampled_from(HALF_WIDTH.sub("", chars))


PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
ANY_CHARACTER = st.characters(min_codepoint=0x20, exclude_categories=["Cc", "Cs"])
FULL_WIDTH = characters([*range(0x10000), 0x20B9F, 0x20BB7, 0xE0100])
CHARACTERS = {"X": PRINTABLE, "T": ANY_CHARACTER, "N": FULL_WIDTH}


def digits(size):
    """Return texts of exactly so many digits; numbers come first when they shrink."""
    return st.integers(0, 10**size - 1).map(lambda number: str(number).zfill(size))


def identifiers(kind, size):
    """Return numbers with a right check digit, up to ``size`` digits long."""
    shortest = FORMULAS[kind].shortest
    bases = st.integers(shortest, size - 1).flatmap(digits)
    return bases.map(lambda base: base + check_digit(kind, base))


def dates(form: DateForm):
    """Return dates that a field allows, in its own notation."""
    known = st.dates(dt.date(1868, 1, 25), dt.date(2099, 12, 31))
    parts = known.map(lambda day: (day.year, day.month, day.day))
    if form.unknown:
        cuts = st.integers(1, 3)
        cut = st.tuples(parts, cuts).map(lambda pair: (*pair[0][: pair[1]], 0, 0)[:3])
        parts = st.one_of(parts, cut, st.just((0, 0, 0)))
    if form.form == "western":
        return parts.map(lambda part: str(Date(*part)))
    return parts.map(lambda part: str(_in_an_era(part)))


def _in_an_era(part):
    for letter in ERAS if part[0] else ():
        try:
            return Date(*part, letter)
        except ValueError:
            continue
    return Date(*part)


@lru_cache
def table_characters(table: Charset):
    """Return the full-width characters that a charset of two bytes has."""
    return characters(code for code in range(0x10000) if _has(table, chr(code)))


def _has(table, char):
    try:
        return table.decode(table.encode(char)) == char
    except Refused:
        return False


def texts(field: Field):
    """Return texts of the kind and charset of a field, without blanks at their ends."""
    chars = CHARACTERS[field.type]
    if isinstance(field.charset, Table) or field.charset is CP932:
        chars = table_characters(field.charset)
    text = st.text(chars, min_size=1, max_size=min(field.size, 12))
    return text.map(lambda text: text.strip(BLANKS) or ("x" if field.type == "X" else "丈"))


@cache
def values(field: Field):
    """Return values that a field allows, its condition left aside."""
    if field.const is not None:
        filled = st.just(field.const)
    elif field.codes is not None:
        filled = st.sampled_from(sorted(field.codes))
    elif field.check is not None:
        filled = identifiers(field.check, field.size)
    elif isinstance(field.kind, DateForm):
        filled = dates(field.kind)
    elif field.type == "TIME":
        filled = st.times().map(lambda time: time.strftime("%H%M%S"))
    elif field.padding is ZERO or field.number:
        filled = st.integers(0, 10**field.size - 1).map(str)
    elif field.type == "9":
        filled = digits(field.size)
    else:
        filled = texts(field)
    return st.one_of(st.just(""), filled) if field.blank else filled


@st.composite
def telegrams(draw, spec: TelegramSpec):
    """Return the values of a telegram, lengths and counts left out."""
    counted = {item.count for item in spec.fields if not isinstance(item, Field)}
    drawn = {}
    for item in spec.fields:
        if not isinstance(item, Field):
            drawn[item.id] = draw(_items(item))
        elif item.id not in {spec.length, *counted}:
            drawn[item.id] = draw(values(item))
            if item.when and not item.when.holds(drawn):
                drawn[item.id] = ""
    return drawn


def _items(group: Group):
    item = st.fixed_dictionaries({field.id: values(field) for field in group.fields})
    return st.lists(item, max_size=5)
