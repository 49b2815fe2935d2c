"""What a node says, in the shape that a profile has for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_impl.fitting import fitted, size_of
from telegram_specs import load_profile

EXAMPLE = Path(__file__).parents[2] / "examples" / "profile"
SAID = {"serial": "0000000012", "ref_serial": "9876543210", "birth_date": "R8-05-00", "name": "甲"}


@pytest.fixture(scope="module")
def notice():
    return load_profile(EXAMPLE).spec("identity_notice")


def test_the_open_layout_needs_no_fitting():
    assert fitted(load_profile().spec("identity_notice"), SAID) == SAID


def test_serials_and_dates_follow_the_layout(notice):
    assert fitted(notice, SAID) == {
        "serial": "000000000012",
        "ref_serial": "009876543210",
        "birth_date": "2026-05-00",
        "name": "甲",
    }


def test_what_the_layout_does_not_have_stays(notice):
    assert fitted(notice, {"colour": "red", "event_date": ""}) == {
        "colour": "red",
        "event_date": "",
    }


def test_a_body_stays_as_it_is():
    spec = load_profile(EXAMPLE).spec("addressee_request")
    assert fitted(spec, SAID) == SAID


def test_the_size_of_an_item(notice):
    assert (size_of(notice, "name"), size_of(notice, "furigana")) == (50, 70)
    with pytest.raises(KeyError):
        size_of(notice, "colour")
