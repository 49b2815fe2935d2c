"""Strategies for the values of any telegram, derived from its compiled fields."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from telegram_specs import Date, Field, check_digit
from telegram_specs.engine.charset import Table
from telegram_specs.engine.checkdigit import FORMULAS
from telegram_specs.engine.dates import ERAS, DateForm
from telegram_specs.engine.padding import ZERO

if TYPE_CHECKING:
    from telegram_specs import Group, TelegramSpec

BLANKS = " \u3000"
PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
HALF_WIDTH = re.compile(r"[\x00-\x9f\uff61-\uff9f\uffe8-\uffee]")
ANY_CHARACTER = st.characters(exclude_categories=["Cs", "Cc"])


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


def texts(field: Field):
    """Return texts of the kind and charset of a field, without blanks at their ends."""
    characters = PRINTABLE
    if field.type != "X":
        characters = ANY_CHARACTER
    if field.type == "N":
        characters = characters.filter(lambda char: not HALF_WIDTH.match(char))
        if isinstance(field.charset, Table):
            same = field.charset.same
            characters = characters.filter(lambda char: same.fullmatch(char) is not None)
    return (
        st.text(characters, min_size=1, max_size=min(field.size, 30))
        .map(lambda text: text.strip(BLANKS))
        .filter(bool)
    )


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
