"""Rules on telegrams about several people: the part of one of them."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
PEOPLE = {"花子": {"identifiers": [CODE, "山田　花子"]}}
ROW = {
    "telegram": "certificate_info",
    "person": "花子",
    "item": "relation",
    "expected": ["02"],
    "words": "「花子」の続柄",
}


def info(*people):
    persons = [{"relation": relation, "juminhyo_code": code} for relation, code in people]
    return record("certificate_info", {"persons": persons})


def seen(*records):
    return evidence(*records, people=PEOPLE)


ROW_IS = [
    Trial("as-expected", "row_is", ROW, seen(info(("02", CODE))), Result(looked_at=(1,))),
    Trial(
        "of-the-right-person",
        "row_is",
        ROW,
        seen(info(("20", OTHER), ("02", CODE))),
        Result(looked_at=(1,)),
    ),
    Trial(
        "other",
        "row_is",
        ROW,
        seen(info(("02", OTHER), ("20", CODE))),
        Result(
            (
                Breach(
                    "「花子」の続柄",
                    "20",
                    "juki",
                    1,
                    Place("certificate_info", "persons[1].relation", 13, 2),
                    "relation",
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "left-out",
        "row_is",
        ROW,
        seen(info(("02", OTHER))),
        Result(
            (
                Breach(
                    "「花子」の続柄",
                    "「花子」が含まれていない",
                    "juki",
                    1,
                    Place("certificate_info", None, 0, 13),
                ),
            ),
            (1,),
        ),
    ),
    Trial("not-sent", "row_is", ROW, seen(), Result(unclear="該当する電文がない")),
    Trial(
        "nothing-to-compare-with",
        "row_is",
        {**ROW, "expected": []},
        seen(info(("02", CODE))),
        Result(unclear="比べる値を照会できない"),
    ),
]
TRIALS = (*ROW_IS,)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
