"""Rule on items that name one person together, as serial numbers and 宛名番号 do."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

LINK = "number_link"
SERIAL, NUMBER = "certificate_serial", "addressee_number"
PARAMS = {"telegram": LINK, "pair": {SERIAL: "serials", NUMBER: "numbers"}, "words": "w"}
HERS = {"serials": ["A1"], "numbers": ["19"]}


def link(serial, number):
    return record(LINK, {SERIAL: serial, NUMBER: number})


def strange(item, label, actual, offset, seq=1):
    return (Breach("w", actual, "juki", seq, Place(LINK, item, offset, 2), label),)


TRIALS = [
    Trial("none-sent", "paired", PARAMS, evidence(**HERS), Result(closed=True)),
    Trial(
        "both", "paired", PARAMS, evidence(link("A1", "19"), **HERS), Result((), (1,), closed=True)
    ),
    Trial(
        "of-somebody-else-too",
        "paired",
        PARAMS,
        evidence(link("B2", "27"), link("A1", "19"), **HERS),
        Result((), (2,), closed=True),
    ),
    Trial(
        "her-serial-with-another-number",
        "paired",
        PARAMS,
        evidence(link("A1", "27"), **HERS),
        Result(strange(NUMBER, "宛名番号", "27", 2), (1,), closed=True),
    ),
    Trial(
        "her-number-with-another-serial",
        "paired",
        PARAMS,
        evidence(link("B2", "19"), **HERS),
        Result(strange(SERIAL, SERIAL, "B2", 0), (1,), closed=True),
    ),
]


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
