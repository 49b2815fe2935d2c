"""What becomes of an exception of a step, and what its text may show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Finding, Step
from reports.verdict import Obstacle, ObstacleKind
from steps.drivers.protocol import DriverError, SutLost
from steps.outcome import judged, obstacle, veiled
from steps.scene import NotCovered, Unprepared

WIDE = {**{code: code + 0xFEE0 for code in range(0x21, 0x7F)}, 0x20: 0x3000}
NUMBER, CODE, NAME = "123456789018", "24846016224", "山田　花子"

KINDS = {
    NotCovered("x"): ObstacleKind.UNSUPPORTED_ADAPTER,
    NotCovered("x", ObstacleKind.DRIFT): ObstacleKind.DRIFT,
    Unprepared("x"): ObstacleKind.UNPREPARED,
    SutLost("x"): ObstacleKind.SUT_LOST,
    DriverError("x"): ObstacleKind.ADAPTER_BROKEN,
}


@pytest.mark.parametrize("error", KINDS, ids=repr)
def test_what_an_exception_means(error):
    assert obstacle(error) == Obstacle(KINDS[error], "x")


def test_an_unforeseen_exception_is_our_own_error():
    assert obstacle(KeyError(NUMBER)) == Obstacle(
        ObstacleKind.HARNESS_ERROR, f"KeyError: '{'*' * 12}'"
    )


VEILED = {
    "as it is": (f"no record of {NUMBER}", "no record of ************"),
    "set apart": ("no record of 1234-5678 9018", "no record of **************"),
    "a name": ("山田 花子 is unknown", "***** is unknown"),
    "a name in one": ("山田花子 is unknown", "**** is unknown"),
    "several": (f"{CODE}/{NUMBER}", "***********/************"),
    "in hex": (f"raw {NUMBER.encode().hex()}", "raw " + "*" * 24),
    "in hex, set apart": (f"raw {CODE.encode().hex(' ').upper()}", "raw " + "*" * 32),
    "in UTF-16": (f"raw {NAME.encode('utf-16-be').hex()}", "raw " + "*" * 20),
    "in full width": ("no 24846016224".translate(WIDE), "ｎｏ　***********"),
    "in base64": ("eCAyNDg0NjAxNjIyNCB5", "eCA" + "*" * 14 + "CB5"),
    "nothing of it": ("at 2026-05-01, code 2001", "at 2026-05-01, code 2001"),
}


@pytest.mark.parametrize("name", VEILED)
def test_known_values_are_masked(name):
    text, told = VEILED[name]
    met = Obstacle(ObstacleKind.NOT_OBSERVED, text)
    assert veiled(met, {NUMBER, CODE, NAME}) == Obstacle(met.kind, told)


def test_the_longer_value_is_masked_as_a_whole():
    met = Obstacle(ObstacleKind.NOT_OBSERVED, "abcd")
    assert veiled(met, {"ab", "abcd"}).text == "****"


def test_who_knows_nothing_masks_nothing():
    met = Obstacle(ObstacleKind.NOT_OBSERVED, NUMBER)
    assert veiled(met, set()) == met


def test_a_sentence_whose_judgement_fails_the_case_has_failed():
    steps = tuple(Step("ならば", text, "passed") for text in ("甲", "乙", "丙"))
    must, should = (
        Finding("BIRTH-001", level, "law", "", "", None, "", rule="sent", step=step)
        for level, step in (("MUST", 1), ("SHOULD", 2))
    )
    assert [step.outcome for step in judged(steps, [must, should])] == [
        "passed",
        "failed",
        "passed",
    ]
    assert judged(steps, [replace(must, step=None)]) == steps
