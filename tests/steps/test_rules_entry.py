"""Rules on entries into the register: what holds, what breaks, what cannot be told."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.answers import NO_OUTCOME
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, answer, evidence, record, rows

B, C = "999024", "999032"
TOLD = {
    "telegram": "move_in_notice",
    "item": "destination_code",
    "expected": [B, C],
    "words": "宛先は市町村Bと市町村C",
}
WHERE = Place("move_in_notice", "destination_code", 0, 6)


def notice(to):
    return record("move_in_notice", {"destination_code": to})


def places_told(actual, seq=None, where=None):
    return Breach(TOLD["words"], actual, "juki", seq, where)


ITEM_VALUES = [
    Trial("each-once", "item_values", TOLD, evidence(notice(C), notice(B)), Result((), (1, 2))),
    Trial(
        "nobody",
        "item_values",
        TOLD,
        evidence(),
        Result((places_told("送信されない", where=Place(TOLD["telegram"])),), closed=True),
    ),
    Trial(
        "one-missing",
        "item_values",
        TOLD,
        evidence(notice(B)),
        Result((places_told("1件送信され、1通りの値", 1, WHERE),), (1,)),
    ),
    Trial(
        "one-twice",
        "item_values",
        TOLD,
        evidence(notice(B), notice(C), notice(B)),
        Result((places_told("3件送信され、2通りの値", 3, WHERE),), (1, 2, 3)),
    ),
    Trial(
        "a-stranger",
        "item_values",
        {**TOLD, "expected": [B]},
        evidence(notice(B), notice(C)),
        Result((Breach(TOLD["words"], C, "juki", 2, WHERE, "destination_code"),), (1, 2)),
    ),
]

RETURN = {
    "key": "event",
    "role": "juki",
    "observed": "addressee_number:花子",
    "expected": "removed_addressee",
    "words": "従前の宛名番号が引き継がれる",
}
OLD, NEW = "100000130", "100000149"


def entered(status, **facts):
    replies = {"event": {"status": status, "stage": "input", "alerts": []}}
    return evidence(replies=replies, removed_addressee=[OLD], **facts)


def showing(number):
    return {"observed": {RETURN["observed"]: number}}


RETURNS = [
    Trial(
        "refused",
        "rejected_or_observed",
        RETURN,
        entered("rejected"),
        Result(closed=True, observed="新規入力を抑止する"),
    ),
    Trial(
        "continued",
        "rejected_or_observed",
        RETURN,
        entered("ok", **showing(OLD)),
        Result(closed=True, observed="再転入者として引き継ぐ"),
    ),
    Trial(
        "entered-as-somebody-new",
        "rejected_or_observed",
        RETURN,
        entered("ok", **showing(NEW)),
        Result((Breach(RETURN["words"], "新たに付番された", "juki"),), closed=True),
    ),
    Trial("untold", "rejected_or_observed", RETURN, entered("ok"), Result(unclear="照会できない")),
    Trial(
        "nothing-done",
        "rejected_or_observed",
        RETURN,
        evidence(),
        Result(unclear=NO_OUTCOME),
    ),
]

LINE = {"telegram": "move_in_notice", "words": "w"}
BY_TELEGRAM = Result((), (1,), closed=True, observed="回線の復旧後に電文で伝える")


def refused_notice(actual, seq, *looked):
    breach = Breach("w", actual, "juki", seq, Place("move_in_notice", None, 0, 6))
    return Result((breach,), looked, closed=True)


TELEGRAM_OR_PAPER = [
    Trial(
        "telegram",
        "telegram_or_paper",
        LINE,
        evidence(notice(B), answer(1)),
        BY_TELEGRAM,
    ),
    Trial(
        "telegram-refused",
        "telegram_or_paper",
        LINE,
        evidence(notice(B), answer(1, "9999")),
        refused_notice("受け付けられていない", 1, 1),
    ),
    Trial(
        "telegram-unanswered",
        "telegram_or_paper",
        LINE,
        evidence(notice(B)),
        refused_notice("受け付けられていない", 1, 1),
    ),
    Trial(
        "telegram-twice",
        "telegram_or_paper",
        LINE,
        evidence(notice(B), answer(1), notice(B), answer(3)),
        refused_notice("2件送信された", 3, 1, 3),
    ),
    Trial(
        "paper",
        "telegram_or_paper",
        LINE,
        evidence(),
        Result(closed=True, observed="電文は送られない（紙による通知）"),
    ),
]

TRIALS = (*ITEM_VALUES, *RETURNS, *TELEGRAM_OR_PAPER)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
