"""Rules on several values together: series, sets, bounds and order."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
PEOPLE = {"花子": {"identifiers": ["花子"]}, "一郎": {"identifiers": ["一郎"]}}
REQUEST = "addressee_request"


def addressee(number, **members):
    return record(REQUEST, {"addressee_number": number}, **members)


def broken(expected, actual, seq=None, place=None, label=None, *, sender="juki"):
    return (Breach(expected, actual, sender, seq, place, label),)


def at(field, offset, length, telegram=REQUEST):
    return Place(telegram, field, offset, length)


SERIES = {"telegram": REQUEST, "item": "addressee_number", "words": "連番"}


def step(size, seq=2):
    actual = f"前の番号との差 {size}"
    return broken("連番", actual, seq, at("addressee_number", 0, 4), "宛名番号")


SERIAL_SERIES = [
    Trial(
        "one-by-one",
        "serial_series",
        SERIES,
        evidence(addressee("1015"), addressee("1023"), addressee("1031")),
        Result(looked_at=(1, 2, 3)),
    ),
    Trial(
        "others-in-between",
        "serial_series",
        SERIES,
        evidence(addressee("1005"), addressee("1093")),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "one-is-told-again",
        "serial_series",
        SERIES,
        evidence(addressee("1015"), addressee("1015"), addressee("1023")),
        Result(looked_at=(1, 3)),
    ),
    *(
        Trial(
            name,
            "serial_series",
            SERIES,
            evidence(addressee("1005"), addressee(number)),
            Result(step(size), (1, 2)),
        )
        for name, number, size in (
            ("too-far", "1103", 10),
            ("the-same", "1003", 0),
            ("backwards", "0993", -1),
        )
    ),
    Trial(
        "one-number-only",
        "serial_series",
        SERIES,
        evidence(addressee("1005"), addressee("none")),
        Result(unclear="2件以上の番号がない"),
    ),
    Trial(
        "a-number-of-one-digit",
        "serial_series",
        SERIES,
        evidence(addressee("5"), addressee("13")),
        Result(unclear="2件以上の番号がない"),
    ),
]

UPLOAD = "replica_upload"
OF_BOTH = {
    "telegram": UPLOAD,
    "item": "household_number",
    "words": "連番",
    "people": ["花子", "一郎"],
}


def replica(*people):
    """Return a replica of (name or number of a person, household number)."""
    records = [{"addressee_number": who, "household_number": number} for who, number in people]
    return record(UPLOAD, {"records": records})


def households(*replicas):
    return evidence(*replicas, people=PEOPLE)


def apart(size, where):
    place = Place(UPLOAD, where, 6, 4)
    return broken("連番", f"前の番号との差 {size}", 2, place, "household_number")


SERIAL_SERIES_OF_PEOPLE = [
    Trial(
        "in-the-order-of-the-people",
        "serial_series",
        OF_BOTH,
        households(replica(("一郎", "1023")), replica(("花子", "1015"))),
        Result(looked_at=(2, 1)),
    ),
    Trial(
        "both-in-one-telegram",
        "serial_series",
        OF_BOTH,
        households(replica(("一郎", "1023"), ("花子", "1015"))),
        Result(looked_at=(1,)),
    ),
    Trial(
        "what-was-told-before-and-of-others-is-left-out",
        "serial_series",
        OF_BOTH,
        households(
            replica(("花子", "5"), ("一郎", "5")),
            replica(("花子", "1015"), ("太郎", "9999")),
            replica(("一郎", "1023")),
        ),
        Result(looked_at=(2, 3)),
    ),
    Trial(
        "a-household-number-that-is-a-person's-too",
        "serial_series",
        OF_BOTH,
        households(replica(("花子", "1015")), replica(("一郎", "1023")), replica(("太郎", "花子"))),
        Result(looked_at=(1, 2)),
    ),
    *(
        Trial(
            name,
            "serial_series",
            OF_BOTH,
            households(replica(("花子", "1005")), replica(("一郎", number))),
            Result(apart(size, "records[0].household_number"), (1, 2)),
        )
        for name, number, size in (
            ("one-household-too-far", "1103", 10),
            ("one-household-for-both", "1005", 0),
            ("one-household-backwards", "0993", -1),
        )
    ),
    *(
        Trial(
            name,
            "serial_series",
            OF_BOTH,
            households(*replicas),
            Result(unclear="2件以上の番号がない"),
        )
        for name, replicas in (
            ("no-replica", ()),
            ("the-replica-of-one", [replica(("花子", "1015"), ("太郎", "1023"))]),
            ("an-empty-number", [replica(("花子", "1015"), ("一郎", ""))]),
            ("a-handle-for-a-number", [replica(("花子", "h1"), ("一郎", "h2"))]),
        )
    ),
]

LIMIT = {"telegram": "token_response", "item": "expires_in", "limit": 600, "words": "600秒以内"}


def token(seconds):
    return record("token_response", {"expires_in": seconds})


def too_long(seconds):
    where = at("expires_in", 0, len(seconds), "token_response")
    return broken("600秒以内", seconds, 1, where, "有効秒数", sender="atena")


AT_MOST = [
    *(
        Trial(seconds, "at_most", LIMIT, evidence(token(seconds)), Result(looked_at=(1,)))
        for seconds in ("1", "600")
    ),
    *(
        Trial(seconds, "at_most", LIMIT, evidence(token(seconds)), Result(too_long(seconds), (1,)))
        for seconds in ("601", "0", "-1", "ten")
    ),
    Trial(
        "more-digits-than-int-reads",
        "at_most",
        LIMIT,
        evidence(token("9" * 5000)),
        Result(too_long("9" * 5000), (1,)),
    ),
    Trial("none", "at_most", LIMIT, evidence(token("")), Result(unclear="該当する電文がない")),
]

SEEN = {"telegram": REQUEST, "item": "addressee_number", "words": "1種類の値"}

VALUES_SEEN = [
    Trial(
        "as-many",
        "values_seen",
        {**SEEN, "count": 1},
        evidence(addressee("1015"), addressee("1015")),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "more",
        "values_seen",
        {**SEEN, "count": 1},
        evidence(addressee("1015"), addressee("1023")),
        Result(
            broken("1種類の値", "2種類の値", 2, at("addressee_number", 0, 4), "宛名番号"), (1, 2)
        ),
    ),
    Trial(
        "fewer",
        "values_seen",
        {**SEEN, "count": 2},
        evidence(addressee("1015")),
        Result(broken("1種類の値", "1種類の値", 1, at("addressee_number", 0, 4), "宛名番号"), (1,)),
    ),
    Trial(
        "planned-ones-are-left-out",
        "values_seen",
        {**SEEN, "count": 1},
        evidence(addressee("1015"), addressee("1023", on_wire=False)),
        Result(looked_at=(1,)),
    ),
    Trial(
        "of-one-person",
        "values_seen",
        {**SEEN, "count": 1, "person": "花子"},
        evidence(
            record(REQUEST, {"name": "花子", "addressee_number": "1015"}),
            record(REQUEST, {"name": "一郎", "addressee_number": "1023"}),
            people=PEOPLE,
        ),
        Result(looked_at=(1,)),
    ),
    Trial(
        "none",
        "values_seen",
        {**SEEN, "count": 1},
        evidence(),
        Result(unclear="該当する電文がない"),
    ),
]

NUMBERED = "number_issue_request"
OUTSIDE = {
    "telegram": NUMBERED,
    "item": "juminhyo_code",
    "among": "designated",
    "words": "指定された一つ",
}


def request(code):
    return record(NUMBERED, {"juminhyo_code": code})


NONE_OUTSIDE = [
    Trial("none-sent", "none_outside", OUTSIDE, evidence(), Result(closed=True)),
    Trial(
        "inside",
        "none_outside",
        OUTSIDE,
        evidence(request(CODE), designated=[CODE]),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "outside",
        "none_outside",
        OUTSIDE,
        evidence(request(CODE), request(OTHER), designated=[CODE]),
        Result(
            broken(
                "指定された一つ",
                "***********",
                2,
                at("juminhyo_code", 0, 11, NUMBERED),
                "住民票コード",
            ),
            (1, 2),
            closed=True,
        ),
    ),
]

IN_ORDER = {
    "telegram": REQUEST,
    "item": "addressee_number",
    "person": "花子",
    "expected": ["1015", "1023"],
    "words": "本登録の順の値",
}


def hers(number, serial="1"):
    return record(REQUEST, {"addressee_number": number, "name": "花子", "serial": serial})


def out_of_order(*seqs):
    there = at("addressee_number", 0, 4)
    return tuple(
        Breach("本登録の順の値", "順序が異なる", "juki", seq, there, "宛名番号") for seq in seqs
    )


ITEMS_IN_ORDER = [
    Trial(
        "in-order",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015"), addressee("1031"), hers("1023"), people=PEOPLE),
        Result(looked_at=(1, 3)),
    ),
    Trial(
        "the-wrong-way-round",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1023"), hers("1015"), people=PEOPLE),
        Result(out_of_order(1, 2), (1, 2)),
    ),
    Trial(
        "the-first-again-under-a-new-serial",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015", "1"), hers("1015", "2"), hers("1023", "3"), people=PEOPLE),
        Result(looked_at=(1, 2, 3)),
    ),
    Trial(
        "the-first-again-behind-the-second",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015", "1"), hers("1023", "2"), hers("1015", "3"), people=PEOPLE),
        Result(out_of_order(3), (1, 2, 3)),
    ),
    Trial(
        "the-second-again-under-a-new-serial",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015", "1"), hers("1023", "2"), hers("1023", "3"), people=PEOPLE),
        Result(looked_at=(1, 2, 3)),
    ),
    Trial(
        "the-first-again-and-no-second",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015", "1"), hers("1015", "2"), people=PEOPLE),
        Result(looked_at=(1, 2), unclear="2件のうち1件しかない"),
    ),
    Trial(
        "the-same-twice-where-it-is-due-twice",
        "items_in_order",
        {**IN_ORDER, "expected": ["1015", "1015"]},
        evidence(hers("1015", "1"), hers("1015", "2"), people=PEOPLE),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "one-is-missing",
        "items_in_order",
        IN_ORDER,
        evidence(hers("1015"), people=PEOPLE),
        Result(looked_at=(1,), unclear="2件のうち1件しかない"),
    ),
]

TRIALS = (
    *SERIAL_SERIES,
    *SERIAL_SERIES_OF_PEOPLE,
    *ITEMS_IN_ORDER,
    *AT_MOST,
    *VALUES_SEEN,
    *NONE_OUTSIDE,
)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
