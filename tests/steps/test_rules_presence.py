"""Rules on what is sent, what is not, and in which order."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, answer, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
PEOPLE = {"花子": {"identifiers": [CODE]}, "一郎": {"identifiers": [OTHER]}}
WHOLE = Place("number_issue_request", None, 0, 11)
LABEL = {"telegram": "number_issue_request", "label": "個人番号生成要求"}


def request(code=CODE, **members):
    return record("number_issue_request", {"juminhyo_code": code}, **members)


def again(serial, code=CODE):
    return record("number_issue_request", {"serial": serial, "juminhyo_code": code})


def broken(expected, actual, seq=None, place=None):
    return (Breach(expected, actual, "juki", seq, place),)


NEVER = Place("number_issue_request")

SENT = [
    Trial("once", "sent", LABEL, evidence(request()), Result(looked_at=(1,))),
    Trial(
        "as-often-as-wanted",
        "sent",
        {**LABEL, "count": 2},
        evidence(request(), request(OTHER)),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "a-resend-does-not-count",
        "sent",
        {**LABEL, "count": 1},
        evidence(again("7"), again("7")),
        Result(looked_at=(1,)),
    ),
    Trial(
        "the-same-under-another-serial-counts",
        "sent",
        {**LABEL, "count": 1},
        evidence(again("7"), again("8")),
        Result(
            broken(
                "「個人番号生成要求」が1件送信される",
                "2件送信された",
                2,
                Place("number_issue_request", None, 0, 12),
            ),
            (1, 2),
        ),
    ),
    Trial(
        "other-content-under-the-same-serial-counts",
        "sent",
        {**LABEL, "count": 2},
        evidence(again("7"), again("7", OTHER)),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "never",
        "sent",
        LABEL,
        evidence(record("identity_notice")),
        Result(broken("「個人番号生成要求」が1件以上送信される", "送信されない", place=NEVER)),
    ),
    Trial(
        "planned-only",
        "sent",
        LABEL,
        evidence(request(on_wire=False)),
        Result(broken("「個人番号生成要求」が1件以上送信される", "送信されない", place=NEVER)),
    ),
    Trial(
        "before-the-window-only",
        "sent",
        LABEL,
        evidence(request(), start=1),
        Result(broken("「個人番号生成要求」が1件以上送信される", "送信されない", place=NEVER)),
    ),
    Trial(
        "about-somebody-else",
        "sent",
        {**LABEL, "person": "花子"},
        evidence(request(OTHER), people=PEOPLE),
        Result(
            broken("「花子」の「個人番号生成要求」が1件以上送信される", "送信されない", place=NEVER)
        ),
    ),
    Trial(
        "about-the-person",
        "sent",
        {**LABEL, "person": "花子", "count": 1},
        evidence(request(OTHER), request(), people=PEOPLE),
        Result(looked_at=(2,)),
    ),
    Trial(
        "by-a-bench-role",
        "sent",
        {"telegram": "number_issue_result", "label": "結果"},
        evidence(),
        Result(
            (
                Breach(
                    "「結果」が1件以上送信される",
                    "送信されない",
                    "cs",
                    place=Place("number_issue_result"),
                ),
            )
        ),
    ),
]

NEVER = {"sender": "juki", "telegrams": ["number_issue_request"]}
SEEN = broken("「個人番号生成要求」は送信されない", "送信された", 1, WHOLE)

NOT_SENT = [
    Trial("quiet", "not_sent", NEVER, evidence(), Result(closed=True)),
    Trial(
        "another-telegram",
        "not_sent",
        NEVER,
        evidence(record("identity_notice")),
        Result(closed=True),
    ),
    Trial("sent", "not_sent", NEVER, evidence(request()), Result(SEEN, closed=True)),
    Trial("any", "not_sent", {"sender": "juki"}, evidence(request()), Result(SEEN, closed=True)),
    Trial(
        "any-but-one",
        "not_sent",
        {"sender": "juki", "except_for": ["number_issue_request"]},
        evidence(request()),
        Result(closed=True),
    ),
    Trial(
        "an-answer-is-no-sending",
        "not_sent",
        {"sender": "juki"},
        evidence(record("number_issue_result"), answer(1, sender="juki")),
        Result(closed=True),
    ),
    Trial(
        "bytes-that-are-no-telegram",
        "not_sent",
        {"sender": "juki"},
        evidence(record(None, raw=b"???")),
        Result(
            broken(
                "「形式の定まらない電文」は送信されない",
                "送信された",
                1,
                Place("unknown", None, 0, 3),
            ),
            closed=True,
        ),
    ),
    Trial(
        "about-somebody-else",
        "not_sent",
        {**NEVER, "person": "花子"},
        evidence(request(OTHER), people=PEOPLE),
        Result(closed=True),
    ),
    Trial(
        "about-the-person",
        "not_sent",
        {**NEVER, "person": "花子"},
        evidence(request(), people=PEOPLE),
        Result(SEEN, closed=True),
    ),
    Trial(
        "not-carrying",
        "not_sent",
        {**NEVER, "carrying": "individual_number"},
        evidence(request()),
        Result(closed=True),
    ),
    Trial(
        "carrying",
        "not_sent",
        {**NEVER, "carrying": "juminhyo_code"},
        evidence(request()),
        Result(SEEN, closed=True),
    ),
    Trial(
        "before-the-window",
        "not_sent",
        NEVER,
        evidence(request(), start=1),
        Result(closed=True),
    ),
]

ORDER = {
    "telegram": "identity_notice",
    "after": "number_issue_result",
    "label": "本人確認情報",
    "after_label": "個人番号生成結果",
}
NUMBER = record("number_issue_result", {"juminhyo_code": CODE, "individual_number": "12"})


def notice(code=CODE, number="12"):
    values = {"juminhyo_code": code, "individual_number": number}
    return record("identity_notice", values)


def too_early(seq, length):
    words = "「本人確認情報」は「個人番号生成結果」より後に送信される"
    seen = "「個人番号生成結果」より前に送信された"
    return broken(words, seen, seq, Place("identity_notice", None, 0, length))


ENTRY = {"sender": "juki", "telegrams": ["identity_notice"], "where": {"entry": "2"}}
REMOVAL = record("identity_notice", {"entry": "2"})
NOT_SENT_WHERE = [
    Trial(
        "of-another-kind",
        "not_sent",
        ENTRY,
        evidence(record("identity_notice", {"entry": "1"})),
        Result(closed=True),
    ),
    Trial(
        "of-that-kind",
        "not_sent",
        ENTRY,
        evidence(REMOVAL),
        Result(
            broken(
                "「本人確認情報」は送信されない",
                "送信された",
                1,
                Place("identity_notice", None, 0, 1),
            ),
            closed=True,
        ),
    ),
]

AGAIN = [
    Trial(
        "never",
        "sent_again",
        LABEL,
        evidence(),
        Result(unclear="「個人番号生成要求」がない"),
    ),
    Trial(
        "once",
        "sent_again",
        LABEL,
        evidence(request()),
        Result(looked_at=(1,), closed=True, observed="「個人番号生成要求」は再び送信されない"),
    ),
    Trial(
        "twice",
        "sent_again",
        LABEL,
        evidence(again("7"), again("8")),
        Result(looked_at=(1, 2), closed=True, observed="「個人番号生成要求」は再び送信される"),
    ),
]

FOLLOWS = [
    Trial("after", "follows", ORDER, evidence(NUMBER, notice()), Result(looked_at=(1, 2))),
    Trial(
        "before",
        "follows",
        ORDER,
        evidence(notice(), NUMBER, notice()),
        Result(too_early(1, 13), (2, 1, 3)),
    ),
    Trial(
        "before-without-the-item",
        "follows",
        {**ORDER, "carrying": "individual_number"},
        evidence(notice(number=""), NUMBER, notice()),
        Result(looked_at=(2, 3)),
    ),
    Trial(
        "before-for-the-person",
        "follows",
        {**ORDER, "person": "花子"},
        evidence(
            record("number_issue_result", {"juminhyo_code": OTHER}),
            notice(),
            NUMBER,
            people=PEOPLE,
        ),
        Result(too_early(2, 13), (3, 2)),
    ),
    Trial(
        "what-left-between-arrival-and-answer-is-in-order",
        "follows",
        ORDER,
        evidence(NUMBER, notice(), answer(1)),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "one-of-both-missing",
        "follows",
        ORDER,
        evidence(notice()),
        Result(unclear="「本人確認情報」と「個人番号生成結果」の両方が送信されてはいない"),
    ),
]

TRIALS = (*SENT, *NOT_SENT, *NOT_SENT_WHERE, *AGAIN, *FOLLOWS)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
