"""Whoever changes a single rule of the engine is told by the self-check, before a run begins."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from telegram_specs import load_profile, self_check
from telegram_specs.engine import (
    charset,
    checkdigit,
    compiler,
    dates,
    fields,
    fixedreader,
    framing,
    given,
    jsontree,
    kinds,
    library,
    objectreader,
    padding,
    selfcheck,
    urltree,
)
from telegram_specs.engine.samples import wrong_samples
from telegram_specs.engine.vectors import load_vectors

RANGES = ((0x0020, 0x007E), (0x00A0, 0x201F), (0x2021, 0x9FFF), (0xF900, 0xFAFF), (0xFF01, 0xFFEE))
DAY_BEFORE, DAY_BEHIND = -1, 1
WRONG_LENGTH = framing.Framer._wrong_length


@pytest.fixture(scope="module")
def vectors(profile):
    return load_vectors(profile.files)


@pytest.fixture(autouse=True)
def typed_vectors(monkeypatch, vectors):
    """Read the vectors once: no rule of the codec has a part in that."""
    monkeypatch.setattr(selfcheck, "load_vectors", lambda _: vectors)


def weights():
    for kind, formula in checkdigit.FORMULAS.items():
        for index, weight in enumerate(formula.weights):
            changed = (*formula.weights[:index], weight + 1, *formula.weights[index + 1 :])
            yield f"{kind}-weight-{index}", kind, replace(formula, weights=changed)
        for index in range(len(formula.weights) - 1):
            swapped = list(formula.weights)
            swapped[index : index + 2] = reversed(swapped[index : index + 2])
            yield f"{kind}-swap-{index}", kind, replace(formula, weights=tuple(swapped))
        for remainder, digits in enumerate(formula.digits):
            for wrong in sorted({"0", "1", "9"} - {digits}):
                changed = list(formula.digits)
                changed[remainder] = wrong
                changed_formula = replace(formula, digits=tuple(changed))
                yield f"{kind}-remainder-{remainder}-is-{wrong}", kind, changed_formula
        shorter = replace(formula, shortest=formula.shortest - 1)
        longer = replace(formula, weights=(*formula.weights, 1))
        yield f"{kind}-shorter", kind, shorter
        yield f"{kind}-longer", kind, longer


@pytest.mark.parametrize(("kind", "formula"), [
    pytest.param(kind, formula, id=name) for name, kind, formula in weights()
])  # fmt: skip
def test_check_digit_rule(profile, monkeypatch, kind, formula):
    monkeypatch.setitem(checkdigit.FORMULAS, kind, formula)
    assert wrong_samples() or self_check(profile)


def shifted(day, by):
    other = dt.date(*day) + dt.timedelta(by)
    return (other.year, other.month, other.day)


def eras():
    for letter, era in dates.ERAS.items():
        yield f"{letter}-code", letter, replace(era, code="7")
        yield f"{letter}-first-earlier", letter, replace(era, first=shifted(era.first, DAY_BEFORE))
        yield f"{letter}-first-later", letter, replace(era, first=shifted(era.first, DAY_BEHIND))
        if letter != "R":  # 令和 has no last day
            yield f"{letter}-last-later", letter, replace(era, last=shifted(era.last, DAY_BEHIND))
            earlier = replace(era, last=shifted(era.last, DAY_BEFORE))
            yield f"{letter}-last-earlier", letter, earlier


@pytest.mark.parametrize(("letter", "era"), [
    pytest.param(letter, era, id=name) for name, letter, era in eras()
])  # fmt: skip
def test_era(profile, monkeypatch, letter, era):
    monkeypatch.setitem(dates.ERAS, letter, era)
    assert self_check(profile)


def ranges():
    for index, (first, last) in enumerate(RANGES):
        for name, changed in {
            "first-lower": (first - 1, last),
            "first-higher": (first + 1, last),
            "last-lower": (first, last - 1),
            "last-higher": (first, last + 1),
        }.items():
            yield f"{first:04X}-{name}", (*RANGES[:index], changed, *RANGES[index + 1 :])


@pytest.mark.parametrize("changed", [pytest.param(table, id=name) for name, table in ranges()])
def test_charset_range(monkeypatch, changed):
    build = charset.Table.build
    monkeypatch.setattr(library.Table, "build", lambda name, _, *rest: build(name, changed, *rest))
    assert self_check(load_profile())


def test_the_ranges_are_those_of_the_table(profile):
    table = profile.charsets["juki"]
    for first, last in RANGES:
        inside = {code: table.same.fullmatch(chr(code)) for code in (first, last)}
        outside = {code: table.same.fullmatch(chr(code)) for code in (first - 1, last + 1)}
        assert all(inside.values())
        assert not any(outside.values())


def nothing(*_args, **_kwargs):
    return None


def allow_without(rule):
    """Return the check of values without one of its rules."""
    allow = fields.Field._allow
    return lambda self, value: allow(replace(self, **{rule: None}), value)


def kind(pattern):
    return kinds._Plain(re.compile(pattern), "anything")


def clock(pattern):
    return kinds._Clock(re.compile(pattern))


def wrong_length_without_a_maximum(self, declared):
    unlimited = replace(self._frames, max_length=10**6)
    return WRONG_LENGTH(framing.Framer(unlimited), declared)


def fill(self, text, size):
    return text.ljust(size, self.blank or " ")


RULES = {
    # value rules
    "const": (fields.Field, "_allow", allow_without("const")),
    "codes": (fields.Field, "_allow", allow_without("codes")),
    "check": (fields.Field, "_allow", allow_without("check")),
    "required": (fields.Field, "_allow_blank", nothing),
    "when-filled": (fields.Field, "_allow_filled", nothing),
    "when-never": (fields.Condition, "holds", lambda *_: False),
    "when-always": (fields.Condition, "holds", lambda *_: True),
    "when-unreadable": (fields.Condition, "holds", lambda s, scope: scope.get(s.field) in s.values),
    # paddings
    "text-padding-side": (padding._Right, "fill", lambda s, text, size: text.rjust(size, s.blank)),
    "text-padding-unchecked": (padding._Right, "strip", lambda s, text, _: text.strip(s.blank)),
    "text-size-unchecked": (padding._Right, "fill", fill),
    "zero-padding-side": (padding._LeftZero, "fill", lambda _, text, size: text.ljust(size, "0")),
    "zero-padding-kept": (padding._LeftZero, "strip", lambda _, text, __: text),
    "zero-padding-unchecked": (padding._LeftZero, "strip", lambda _, t, __: t.strip(" 0") or "0"),
    "exact-unchecked": (padding._Exact, "strip", lambda _, text, __: text),
    "exact-unchecked-encoding": (padding._Exact, "fill", fill),
    "most-unchecked": (padding._AtMost, "strip", lambda _, text, __: text),
    "most-unchecked-encoding": (padding._AtMost, "fill", lambda _, text, __: text),
    "blank-of-text": (compiler, "SPACE", padding._Right("\t")),
    "blank-of-wide-text": (compiler, "IDEOGRAPHIC_SPACE", padding._Right("\u2003")),
    "blank-of-digits": (compiler, "WHOLE", padding._Exact("0")),
    # kinds
    "digits-of-unicode": (kinds, "DIGITS", kind(r"\d+|[²]+.*")),
    "digits-anything": (kinds, "DIGITS", kind(".+")),
    "printable-controls": (kinds, "PRINTABLE", kind(r"[\x00-\x7e]+")),
    "printable-delete": (kinds, "PRINTABLE", kind(r"[\x20-\x7f]+")),
    "printable-latin": (kinds, "PRINTABLE", kind(r"[\x20-\x7e\x80-\xff]+")),
    "printable-without-blank": (kinds, "PRINTABLE", kind(r"[\x21-\x7e]+")),
    "printable-without-tilde": (kinds, "PRINTABLE", kind(r"[\x20-\x7d]+")),
    "wide-ascii": (kinds, "FULL_WIDTH", kind(r"[^\uff61-\uff9f\uffe8-\uffee]+")),
    "wide-half-kana": (kinds, "FULL_WIDTH", kind(r"[^\x00-\x9f\uffe8-\uffee]+")),
    "wide-half-signs": (kinds, "FULL_WIDTH", kind(r"[^\x00-\x9f\uff61-\uff9f]+")),
    "wide-without-end": (kinds, "FULL_WIDTH", kind(r"[^\x00-\x9f\uff60-\uff9f\uffe8-\uffee]+")),
    "free-controls": (kinds, "FREE_TEXT", kind(r"(?s:.+)")),
    "free-lines": (kinds, "FREE_TEXT", kind(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]+")),
    "free-tabs": (kinds, "FREE_TEXT", kind(r"[^\x00-\x08\x0a-\x1f\x7f-\x9f]+")),
    "free-delete": (kinds, "FREE_TEXT", kind(r"[^\x00-\x1f\x80-\x9f]+")),
    "free-high-controls": (kinds, "FREE_TEXT", kind(r"[^\x00-\x1f\x7f]+")),
    "hour-24": (kinds, "TIME", clock("[0-2][0-9][0-5][0-9][0-5][0-9]")),
    "minute-60": (kinds, "TIME", clock("(?:[01][0-9]|2[0-3])[0-9]{2}[0-5][0-9]")),
    "second-60": (kinds, "TIME", clock("(?:[01][0-9]|2[0-3])[0-5][0-9][0-9]{2}")),
    # charsets
    "byte-order": (
        charset.Table, "encode", lambda _, text: text.encode("utf-16-le", "surrogatepass"),
    ),
    "unmapped-codes": (charset.Table, "decode", lambda _, raw: raw.decode("utf-16-be", "replace")),
    "unmapped-characters": (
        charset.Table, "encode", lambda _, text: text.encode("utf-16-be", "replace")[:160],
    ),
    "substitute": (charset.Table, "substituted", lambda _, text: text.replace("𠮷", "？")),
    "surrogates-in-json": (charset._Utf8, "encode", lambda _, text: text.encode(errors="replace")),
    # dates
    "date-unknown": (dates.DateForm, "_allowed", lambda _, date: date),
    "date-era-form": (dates.DateForm, "_canonical", lambda _, text: dates.Date.parse(text)),
    "date-parts": (dates.Date, "__post_init__", nothing),
    "date-eras": (dates.Date, "_in_era", lambda *_: True),
    "date-calendar": (dates.Date, "is_calendar", True),
    "date-known": (dates.Date, "known", False),
    "date-month": (dates, "_LATEST_MONTH", 13),
    "date-day": (dates, "_LATEST_DAY", 32),
    # the fixed form
    "length": (fixedreader.FixedReader, "_check_length", nothing),
    "cut": (fixedreader.FixedReader, "_cut", nothing),
    "surplus": (fixedreader.FixedReader, "_surplus", nothing),
    "end-mark": (fixedreader.FixedReader, "_trailer", nothing),
    "count": (fixedreader.FixedReader, "_refuse_count", nothing),
    "cut-told-twice": (fixedreader.FixedReader, "_length_is_told", lambda _: False),
    "derived-values": (given.Given, "fill", nothing),
    "counted-items": (given.Given, "_count", nothing),
    # the object forms
    "extras": (objectreader.ObjectReader, "_extras", nothing),
    "shapes": (objectreader.ObjectReader, "_refuse_shape", nothing),
    "scalars": (objectreader, "_scalar", lambda _, node: str(node.value)),
    "places-of-bytes": (objectreader.ObjectReader, "_byte", lambda _, char: char),
    "depth": (jsontree, "_DEEPEST", 100),
    "percent": (urltree, "_ENCODED", re.compile(".*")),
    # framing
    "frame-shortest": (framing.Frames, "min_length", 0),
    "frame-longest": (framing.Framer, "_wrong_length", wrong_length_without_a_maximum),
    "frame-digits": (framing, "_NUMBER", re.compile(rb"[0-9 ]+")),
    "frame-end-mark": (framing.Framer, "_no_end_mark", nothing),
    "frame-difference": (framing, "_differs", lambda *_: ("wrong", "length")),
    "frame-next-header": (framing.Frames, "header_in", nothing),
    "frame-lost": (framing.Framer, "_lose", framing.Framer._fault),
    "frame-end": (framing.Framer, "end", nothing),
}  # fmt: skip


ORIGINALS = {
    id(getattr(module, name)): (module, name)
    for module, names in (
        (kinds, ("DIGITS", "PRINTABLE", "FULL_WIDTH", "FREE_TEXT", "TIME")),
        (compiler, ("SPACE", "IDEOGRAPHIC_SPACE")),
    )
    for name in names
}
"""Rules that the compiler has put into its tables, and under which names they stand elsewhere."""


@pytest.mark.parametrize("rule", RULES)
def test_rule(profile, monkeypatch, rule):
    target, name, changed = RULES[rule]
    monkeypatch.setattr(target, name, changed)
    if not isinstance(target, type(compiler)):
        assert self_check(profile)
        return
    for table in (compiler._PLAIN, compiler._PADDINGS):
        for key, value in table.items():
            module, constant = ORIGINALS[id(value)]
            monkeypatch.setitem(table, key, getattr(module, constant))
    assert self_check(load_profile())


def test_an_unchanged_engine_is_fine(profile):
    assert self_check(load_profile()) == self_check(profile) == []
