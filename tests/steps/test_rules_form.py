"""Rules on the form of telegrams and on the closed world of a scenario."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Place
from reports.transcript import RecordFault
from steps.judge.form import WHAT
from steps.judge.model import Breach, Result
from telegram_specs.engine.faults import RULES as FAULT_RULES
from tests.steps.conftest import Trial, answer, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
REQUEST, NOTICE = "number_issue_request", "identity_notice"


def request(serial="7", code=CODE, **members):
    return record(REQUEST, {"serial": serial, "juminhyo_code": code}, **members)


def fault(field, rule, offset, length):
    return RecordFault(field, offset, length, rule, f"right {rule}", "wrong", f"text of {rule}")


CHECK = fault("juminhyo_code", "check", 1, 11)
DEEP = fault("codes[1].juminhyo_code", "check", 12, 11)
KIND = fault("serial", "kind", 0, 1)
WRONG = {"juminhyo_code": CODE}


def told(found, label, telegram=REQUEST):
    where = Place(telegram, found.field, found.offset, found.length)
    return Breach(found.expected, "wrong", "juki", 1, where, label, WHAT[found.rule])


WELL_FORMED = [
    Trial("right", "well_formed", {}, evidence(request(), request()), Result(looked_at=(1, 2))),
    Trial(
        "every-fault-is-told",
        "well_formed",
        {},
        evidence(request(faults=(KIND, CHECK))),
        Result((told(KIND, "serial"), told(CHECK, "住民票コード")), (1,)),
    ),
    Trial(
        "an-item-that-is-not-there-has-no-label",
        "well_formed",
        {},
        evidence(request(faults=(DEEP,))),
        Result((told(DEEP, None),), (1,)),
    ),
    Trial(
        "check-digits-with-a-requirement-of-their-own",
        "well_formed",
        {"but": ["juminhyo_code"]},
        evidence(request(faults=(KIND, CHECK, DEEP))),
        Result((told(KIND, "serial"),), (1,)),
    ),
    Trial(
        "these-check-digits-only",
        "well_formed",
        {"only": ["juminhyo_code"]},
        evidence(request(faults=(KIND, CHECK))),
        Result((told(CHECK, "住民票コード"),), (1,)),
    ),
    Trial(
        "these-rules-only",
        "well_formed",
        {"faults": ["kind"]},
        evidence(request(faults=(KIND, CHECK))),
        Result((told(KIND, "serial"),), (1,)),
    ),
    Trial(
        "unknown-telegram",
        "well_formed",
        {},
        evidence(record(None, raw=b"DB7777")),
        Result(
            (
                Breach(
                    "プロファイルに定めのある電文",
                    "定めのない電文 (6バイト)",
                    "juki",
                    1,
                    Place("unknown", None, 0, 6),
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "unknown-telegram-is-no-check-digit",
        "well_formed",
        {"only": ["juminhyo_code"]},
        evidence(record(None, raw=b"DB7777")),
        Result(looked_at=(1,)),
    ),
    Trial(
        "broken-frame",
        "well_formed",
        {},
        evidence(record(None, raw=b"DB", faults=(fault(None, "frame", 0, 2),))),
        Result((told(fault(None, "frame", 0, 2), None, "unknown"),), (1,)),
    ),
    Trial(
        "not-of-the-bench-not-planned-not-before",
        "well_formed",
        {},
        evidence(
            request(faults=(KIND,)),
            request(faults=(KIND,), sender="cs"),
            request(faults=(KIND,), on_wire=False),
            start=1,
        ),
        Result(),
    ),
    Trial(
        "a-digit-that-came-wrong",
        "well_formed",
        {},
        evidence(record("number_issue_result", WRONG, faults=(CHECK,)), request(faults=(CHECK,))),
        Result(looked_at=(2,)),
    ),
    Trial(
        "a-wrong-digit-that-comes-back",
        "well_formed",
        {},
        evidence(request(faults=(CHECK,)), record("number_issue_result", WRONG, faults=(CHECK,))),
        Result((told(CHECK, "住民票コード"),), (1,)),
    ),
    Trial(
        "another-digit-than-the-one-that-came-wrong",
        "well_formed",
        {},
        evidence(
            record("number_issue_result", {"juminhyo_code": OTHER}, faults=(CHECK,)),
            request(faults=(CHECK,)),
        ),
        Result((replace(told(CHECK, "住民票コード"), seq=2),), (2,)),
    ),
]

WORLD = {"allowed": [REQUEST, NOTICE], "once": [REQUEST]}
NAME = "「個人番号生成要求」"


def breach(expected, actual, seq, length=12):
    return Breach(expected, actual, "juki", seq, Place(REQUEST, None, 0, length))


CLOSED_WORLD = [
    Trial(
        "allowed",
        "closed_world",
        WORLD,
        evidence(request(), record(NOTICE)),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial("quiet", "closed_world", WORLD, evidence(), Result(closed=True)),
    Trial(
        "not-allowed",
        "closed_world",
        {"allowed": [NOTICE]},
        evidence(request()),
        Result((breach(f"{NAME}を伴わない異動", "送信された", 1),), (1,), closed=True),
    ),
    Trial(
        "a-resend",
        "closed_world",
        WORLD,
        evidence(request(), request()),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "the-same-under-another-serial",
        "closed_world",
        WORLD,
        evidence(request(), request("8")),
        Result(
            (
                breach(
                    f"{NAME}は一度だけ送信される",
                    "同じ内容が別の通番で送信された (記録1)",
                    2,
                ),
            ),
            (1, 2),
            closed=True,
        ),
    ),
    Trial(
        "the-same-under-another-serial-where-it-may-be",
        "closed_world",
        {"allowed": [REQUEST]},
        evidence(request(), request("8")),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "the-same-under-another-serial-after-a-planned-fault",
        "closed_world",
        WORLD,
        evidence(request(), request("8"), disturbed=True),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "other-content",
        "closed_world",
        WORLD,
        evidence(request(), request("8", OTHER)),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "answers-and-telegrams-of-the-bench-are-left-aside",
        "closed_world",
        {"allowed": []},
        evidence(
            record("number_issue_result"),
            answer(1, sender="juki", receiver="cs"),
            record(None, raw=b"?"),
        ),
        Result(closed=True),
    ),
]

TRIALS = (*WELL_FORMED, *CLOSED_WORLD)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected


def test_every_fault_of_a_telegram_has_words_of_a_report():
    assert set(WHAT) == set(FAULT_RULES)
