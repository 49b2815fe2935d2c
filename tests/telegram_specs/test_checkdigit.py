"""Check digits against the published samples and an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_individual_number

from telegram_specs import PUBLISHED_SAMPLES, check_digit, unspecified, verify
from telegram_specs.engine.checkdigit import FORMULAS
from telegram_specs.engine.samples import wrong_samples


def digits(size):
    return st.integers(0, 10**size - 1).map(lambda number: str(number).zfill(size))


BASES = {kind: digits(len(formula.weights)) for kind, formula in FORMULAS.items()}


@pytest.mark.parametrize("sample", PUBLISHED_SAMPLES, ids=lambda s: f"{s.kind}-{s.digits}")
def test_published_sample(sample):
    assert verify(sample.kind, sample.digits) is sample.valid


def test_every_kind_has_a_valid_and_an_invalid_sample():
    seen = {(sample.kind, sample.valid) for sample in PUBLISHED_SAMPLES}
    assert seen == {(kind, valid) for kind in FORMULAS for valid in (True, False)}


@given(BASES["individual_number"])
def test_individual_numbers_agree_with_stdnum(base):
    assert check_digit("individual_number", base) == stdnum_individual_number.calc_check_digit(base)


@pytest.mark.parametrize("kind", FORMULAS)
@given(data=st.data())
def test_exactly_the_right_digits_pass(kind, data):
    base = data.draw(BASES[kind])
    passing = [digit for digit in "0123456789" if verify(kind, base + digit)]
    assert check_digit(kind, base) == passing[0]
    assert passing == (["0", "1"] if unspecified(kind, base) else passing[:1])


def test_only_the_addressee_number_leaves_a_remainder_open():
    assert unspecified("addressee_number", "6")
    assert [kind for kind in FORMULAS if len(FORMULAS[kind].digits[1]) > 1] == ["addressee_number"]


def test_leading_zeros_do_not_change_the_digit_of_an_addressee_number():
    assert verify("addressee_number", "19")
    assert verify("addressee_number", "000000000000019")


@pytest.mark.parametrize("base", ["", "1234567890", "123456789012", "1234567890１", "1234567890²"])
def test_what_is_no_base_has_no_check_digit(base):
    with pytest.raises(ValueError, match=r"^expected 11 to 11 digits as the base$"):
        check_digit("individual_number", base)


def test_wrong_rules_are_told_with_their_source(monkeypatch):
    formula = FORMULAS["municipality_code"]
    monkeypatch.setitem(
        FORMULAS, "municipality_code", type(formula)((2, 3, 4, 5, 7), formula.digits, 5, "")
    )
    assert wrong_samples() == [
        (
            "check digit municipality_code: wrong on a published sample "
            "(総務省 全国地方公共団体コード). expected 472158 to be valid, got the opposite"
        ),
        (
            "check digit municipality_code: wrong on a published sample "
            "(総務省 全国地方公共団体コード). expected 131041 to be valid, got the opposite"
        ),
    ]
