"""Rules on telegrams that hold several people: all rows of them, and the rows of one person."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
PEOPLE = {
    "花子": {"identifiers": ["19", CODE, "山田　花子"]},
    "一郎": {"identifiers": ["27"]},
}
FILE = "resident_differences"


def file(*people):
    records = [{"addressee_number": number, "address": address} for number, address in people]
    return record(FILE, {"records": records})


def seen(*files):
    return evidence(*files, people=PEOPLE)


BOTH = {"telegram": FILE, "item": "addressee_number", "expected": ["27", "19"], "words": "w"}
ROWS_ARE = [
    Trial(
        "these-in-any-order",
        "rows_are",
        BOTH,
        seen(file(("19", "a"), ("27", "b"))),
        Result(looked_at=(1,)),
    ),
    Trial(
        "a-part-in-each-telegram",
        "rows_are",
        BOTH,
        seen(file(("19", "a")), file(("27", "b"))),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "all-in-the-last-after-a-part",
        "rows_are",
        BOTH,
        seen(file(("19", "a")), file(("19", "a"), ("27", "b"))),
        Result(looked_at=(2,)),
    ),
    Trial(
        "none-expected-and-none-there",
        "rows_are",
        {**BOTH, "expected": []},
        seen(file()),
        Result(looked_at=(1,)),
    ),
    Trial(
        "one-of-another",
        "rows_are",
        BOTH,
        seen(file(("19", "a"), ("35", "b"))),
        Result(
            (
                Breach(
                    "w",
                    "2件、うち1件は異なる値",
                    "juki",
                    1,
                    Place(FILE, "records[1].addressee_number", 3, 2),
                    "宛名番号",
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "too-few",
        "rows_are",
        BOTH,
        seen(file(("19", "a"))),
        Result((Breach("w", "1件、うち0件は異なる値", "juki", 1, Place(FILE, None, 0, 3)),), (1,)),
    ),
    Trial(
        "nothing-to-compare",
        "rows_are",
        {**BOTH, "expected": None},
        seen(file()),
        Result(unclear="該当する電文又は比べる値がない"),
    ),
]
HERS = {"telegram": FILE, "item": "address", "person": "花子", "expected": ["b"], "words": "w"}
ROW_ITEM_IS = [
    Trial(
        "her-last-row",
        "row_item_is",
        HERS,
        seen(file(("19", "a"), ("27", "c")), file(("19", "b"))),
        Result(looked_at=(2,)),
    ),
    Trial(
        "another",
        "row_item_is",
        HERS,
        seen(file(("27", "b"), ("19", "a"))),
        Result(
            (
                Breach(
                    "w",
                    "a",
                    "juki",
                    1,
                    Place(FILE, "records[1].address", 5, 1),
                    "address",
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "no-row-of-hers",
        "row_item_is",
        HERS,
        seen(file(("27", "b"))),
        Result(unclear="該当するレコード又は比べる値がない"),
    ),
]
ORDER = {**HERS, "expected": ["a", "b"]}
ROWS_IN_ORDER = [
    Trial(
        "across-files",
        "rows_in_order",
        ORDER,
        seen(file(("19", "a"), ("27", "b")), file(("19", "b"))),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "turned-round",
        "rows_in_order",
        ORDER,
        seen(file(("19", "b"), ("19", "b"))),
        Result(
            (
                Breach(
                    "w",
                    "順序又は値が異なる",
                    "juki",
                    1,
                    Place(FILE, "records[0].address", 2, 1),
                    "address",
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "too-few",
        "rows_in_order",
        ORDER,
        seen(file(("19", "a"))),
        Result(looked_at=(1,), unclear="2件のうち1件しかない"),
    ),
]

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
    Trial(
        "named-as-head-of-another",
        "row_is",
        ROW,
        seen(
            record(
                "certificate_info",
                {"persons": [{"head_name": "山田　花子", "juminhyo_code": OTHER}]},
            )
        ),
        Result(
            (
                Breach(
                    "「花子」の続柄",
                    "「花子」が含まれていない",
                    "juki",
                    1,
                    Place("certificate_info", None, 0, 26),
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

TRIALS = (*ROWS_ARE, *ROW_IS, *ROW_ITEM_IS, *ROWS_IN_ORDER)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
