import doctest
import random

import pytest

from reference_impl import dates, numbers, oauth


@pytest.mark.parametrize(
    "number",
    # published samples; 100000871090 is synthetic and has remainder 1
    [
        "123456789018",
        "507957100721",
        "983205673214",
        "111111111118",
        "454972364860",
        "100000871090",
        "044580705690",
    ],
)
def test_individual_numbers_of_the_samples(number):
    assert numbers.OWN.is_individual_number(number)


@pytest.mark.parametrize(
    "number", ["507957100722", "983205673210", "123456789019", "", "1２3", "1"]
)
def test_wrong_individual_numbers(number):
    assert not numbers.OWN.is_individual_number(number)


@pytest.mark.parametrize(
    "code",
    ["24727059608", "24846016224", "25208017643", "12345678903", "10000871090", "10000237570"],
)
def test_juminhyo_codes_of_the_samples(code):
    assert numbers.OWN.is_juminhyo_code(code)


def test_a_wrong_juminhyo_code():
    assert not numbers.OWN.is_juminhyo_code("12345678901")


@pytest.mark.parametrize(
    "code",
    ["130001", "011002", "472158", "131041", "092011", "011011", "999016", "999024", "000001"],
)
def test_municipality_codes(code):
    assert numbers.municipality_check_digit(code[:-1]) == code[-1]


@pytest.mark.parametrize(
    ("base", "digit"),
    [
        # 1×2 = 2, 11 − 2 = 9
        ("1", "9"),
        # 4×2 + 1×3 = 11, remainder 0
        ("14", "0"),
        # 6×2 = 12, remainder 1: no text says what follows
        ("6", None),
        # 1×2 + 1×3 = 5 with the weights 2 and 3 of the seventh and eighth place
        ("10000001", "6"),
    ],
)
def test_addressee_check_digits(base, digit):
    assert numbers.addressee_check_digit(base) == digit


def test_random_numbers_have_their_shape():
    source = random.Random(1)
    assert len(numbers.random_digits(source, 10)) == 10
    assert len(numbers.random_hex(source, 64)) == 64
    acquisition = numbers.random_acquisition_number(source)
    assert len(acquisition) == 20
    assert acquisition[0].isalpha()


def test_the_conversion_depends_on_key_and_code():
    bases = {
        numbers.one_way_base(key * 64, code, attempt)
        for key in "ab"
        for code in ("24727059608", "24846016224")
        for attempt in (1, 2)
    }
    assert len(bases) == 8
    assert all(len(base) == 11 and base.isdigit() for base in bases)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2026-05-01", True),
        ("R8-05-01", True),
        ("2025-02-29", True),
        ("2026-02-31", True),
        ("2026-00-00", True),
        ("0000-00-00", True),
        ("M45-07-30", True),
        ("T15-12-25", True),
        ("M45-07-31", False),
        ("M1-01-25", True),
        ("M1-01-24", False),
        ("M1-00-00", True),
        ("R1-04-30", False),
        ("2026-00-01", False),
        ("0000-05-00", False),
        ("2026-13-01", False),
        ("2026-05-32", False),
        ("2026/05/01", False),
        ("", False),
    ],
)
def test_what_is_a_date(text, valid):
    assert dates.is_date(text) is valid


@pytest.mark.parametrize(
    ("text", "era"),
    [
        ("2019-05-01", "R1-05-01"),
        ("2019-04-30", "H31-04-30"),
        ("2019-00-00", "H31-00-00"),
        ("1989-01-08", "H1-01-08"),
        ("1989-01-07", "S64-01-07"),
        ("1926-12-25", "S1-12-25"),
        ("1926-12-24", "T15-12-24"),
        ("1912-07-30", "T1-07-30"),
        ("1912-07-29", "M45-07-29"),
        ("T15-12-25", "T15-12-25"),
        ("2025-02-29", "R7-02-29"),
        ("1868-01-25", "M1-01-25"),
        ("1868-01-24", "1868-01-24"),
        ("1868-01-00", "M1-01-00"),
        ("1868-00-00", "M1-00-00"),
        ("1867-00-00", "1867-00-00"),
        ("1850-01-01", "1850-01-01"),
    ],
)
def test_eras(text, era):
    assert dates.era_form(text) == era


@pytest.mark.parametrize("module", [numbers, dates, oauth], ids=lambda module: module.__name__)
def test_the_examples_of_the_docstrings(module):
    assert doctest.testmod(module).failed == 0
