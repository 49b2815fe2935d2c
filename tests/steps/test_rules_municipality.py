"""Rule on the items by which a sender names its municipality."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

OWN, MEMBER, OTHER = "999016", "999041", "999024"
UPLOAD, NOTICE, ISSUED = "replica_upload", "move_in_notice", "integrated_number_notice"
ITEMS = ["municipality_code", "origin_code", "new_municipality_code"]
PARAMS = {"own_items": ITEMS, "words": "その市町村の市区町村コード"}


def upload(code, **members):
    return record(UPLOAD, {"municipality_code": code}, **members)


def strange(telegram, item, seq=1, sender="juki"):
    where = Place(telegram, item, 0, len(OTHER))
    return Breach(PARAMS["words"], OTHER, sender, seq, where, item)


TRIALS = [
    Trial(
        "own",
        "own_municipality",
        PARAMS,
        evidence(upload(OWN), municipalities=[OWN]),
        Result(looked_at=(1,)),
    ),
    Trial(
        "another",
        "own_municipality",
        PARAMS,
        evidence(upload(OTHER), municipalities=[OWN]),
        Result((strange(UPLOAD, "municipality_code"),), (1,)),
    ),
    Trial(
        "another-as-the-sender-of-a-notice",
        "own_municipality",
        PARAMS,
        evidence(
            record(NOTICE, {"origin_code": OTHER, "new_municipality_code": OWN}),
            municipalities=[OWN],
        ),
        Result((strange(NOTICE, "origin_code"),), (1,)),
    ),
    Trial(
        "member-that-shares-the-system",
        "own_municipality",
        PARAMS,
        evidence(upload(MEMBER), municipalities=[OWN, MEMBER]),
        Result(looked_at=(1,)),
    ),
    Trial(
        "sent-by-the-bench",
        "own_municipality",
        PARAMS,
        evidence(upload(OTHER), municipalities=[OWN], parts=["atena"]),
        Result(),
    ),
    Trial(
        "echo-of-what-the-plan-bent",
        "own_municipality",
        PARAMS,
        evidence(
            upload(OTHER, fault="changed"),
            record(ISSUED, {"municipality_code": OTHER}),
            municipalities=[OWN],
            parts=["atena"],
        ),
        Result(looked_at=(2,)),
    ),
    Trial(
        "not-an-echo",
        "own_municipality",
        PARAMS,
        evidence(
            upload(OWN),
            record(ISSUED, {"municipality_code": OTHER}),
            municipalities=[OWN],
            parts=["atena"],
        ),
        Result((strange(ISSUED, "municipality_code", seq=2, sender="atena"),), (2,)),
    ),
    Trial(
        "municipality-not-known",
        "own_municipality",
        PARAMS,
        evidence(upload(OTHER)),
        Result(),
    ),
]


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
