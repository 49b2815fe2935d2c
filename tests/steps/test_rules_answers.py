"""Rules on answers: what holds, what breaks (and where), what cannot be told."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.court import RULES
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, answer, evidence, record, refusal, rows

CODE, OTHER = "24846016224", "25208017643"
RESULT = {"telegram": "number_issue_result", "label": "個人番号生成結果"}
REQUEST = {"telegram": "addressee_request", "label": "付番依頼"}
TAKEN = "「個人番号生成結果」を正常に受け付ける"
REFUSED = "「個人番号生成結果」を受け付けず、異常を応答する"


def number(**members):
    return record("number_issue_result", {"juminhyo_code": CODE}, **members)


def by_juki(to, result="0000", **members):
    return answer(to, result, sender="juki", receiver="cs", **members)


def reply(status, stage=None, alerts=()):
    return {"birth": {"status": status, "stage": stage, "alerts": list(alerts)}}


ANSWERED = [
    Trial(
        "accepted",
        "answered",
        {**RESULT, "accepted": True},
        evidence(number(), by_juki(1)),
        Result(looked_at=(2,)),
    ),
    Trial(
        "refused-though-good",
        "answered",
        {**RESULT, "accepted": True},
        evidence(number(), by_juki(1, "1003")),
        Result(
            (
                Breach(
                    TAKEN, "処理結果 1003", "juki", 2, Place("receipt", "result", 0, 4), "処理結果"
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "http-error-though-good",
        "answered",
        {**REQUEST, "accepted": True},
        evidence(record("addressee_request"), refusal(1, 503, raw=b"{}"), parts=["atena"]),
        Result(
            (
                Breach(
                    "「付番依頼」を正常に受け付ける",
                    "処理結果 HTTP 503",
                    "atena",
                    2,
                    Place("error_response", "result"),
                    "処理結果",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "no-answer-though-good",
        "answered",
        {**RESULT, "accepted": True},
        evidence(number(), by_juki(1, on_wire=False)),
        Result((Breach(TAKEN, "応答がない", "juki"),), (1,)),
    ),
    Trial(
        "refused",
        "answered",
        {**RESULT, "accepted": False, "results": ["2003"]},
        evidence(number(), by_juki(1, "2003")),
        Result(looked_at=(2,)),
    ),
    Trial(
        "refused-for-another-reason",
        "answered",
        {**RESULT, "accepted": False, "results": ["2003"]},
        evidence(number(), by_juki(1, "9999")),
        Result(
            (
                Breach(
                    REFUSED,
                    "処理結果 9999",
                    "juki",
                    2,
                    Place("receipt", "result", 0, 4),
                    "処理結果",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "accepted-though-bad",
        "answered",
        {**RESULT, "accepted": False},
        evidence(number(), by_juki(1)),
        Result(
            (
                Breach(
                    REFUSED,
                    "処理結果 0000",
                    "juki",
                    2,
                    Place("receipt", "result", 0, 4),
                    "処理結果",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "silence-is-a-refusal-where-nothing-can-be-said",
        "answered",
        {**RESULT, "accepted": False, "silence_allowed": True},
        evidence(number()),
        Result(looked_at=(1,)),
    ),
    Trial(
        "silence-is-none-elsewhere",
        "answered",
        {**RESULT, "accepted": False},
        evidence(number()),
        Result((Breach(REFUSED, "応答がない", "juki"),), (1,)),
    ),
    Trial(
        "the-last-one-only",
        "answered",
        {**RESULT, "accepted": True, "last": True},
        evidence(number(), by_juki(1, "9999"), number(), by_juki(3)),
        Result(looked_at=(4,)),
    ),
    Trial(
        "of-one-person",
        "answered",
        {**RESULT, "accepted": True, "person": "花子"},
        evidence(
            record("number_issue_result", {"juminhyo_code": OTHER}),
            by_juki(1, "9999"),
            number(),
            by_juki(3),
            people={"花子": {"identifiers": [CODE]}},
        ),
        Result(looked_at=(4,)),
    ),
    Trial(
        "nothing-was-asked",
        "answered",
        {**RESULT, "accepted": True},
        evidence(record("receipt")),
        Result(unclear="「個人番号生成結果」がない"),
    ),
]

ASKED = record("number_issue_result", {"serial": "0000000007", "juminhyo_code": CODE})
ASKED_HTTP = record("addressee_request", {"serial": "7"})


def naming(serial, **members):
    values = {"ref_serial": serial, "result": "0000"}
    known = {"sender": "juki", "receiver": "cs", "answers": 1}
    return record("receipt", values, **{**known, **members})


FIRST = record("number_issue_request", {"serial": "0000000001"})
SECOND = record("number_issue_request", {"serial": "0000000002"})


def later(serial):
    return record("number_issue_result", {"ref_serial": serial})


UNKNOWN = (
    Breach(
        "先に届いた要求の通番 を示す電文",
        "0000000003",
        "cs",
        3,
        Place("number_issue_result", "ref_serial", 0, 10),
        "参照通番",
    ),
)

CORRELATED = [
    Trial("right", "correlated", {}, evidence(ASKED, naming("0000000007")), Result(looked_at=(2,))),
    Trial(
        "of-another-telegram",
        "correlated",
        {},
        evidence(ASKED, naming("0000000008")),
        Result(
            (
                Breach(
                    "要求の通番 0000000007 を示す電文",
                    "0000000008",
                    "juki",
                    2,
                    Place("receipt", "ref_serial", 0, 10),
                    "参照通番",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "http-answers-repeat-the-serial",
        "correlated",
        {},
        evidence(
            ASKED_HTTP,
            record("addressee_response", {"result": "0000", "serial": "8"}, answers=1),
            parts=["atena"],
        ),
        Result(
            (
                Breach(
                    "要求の通番 7 を示す電文",
                    "8",
                    "atena",
                    2,
                    Place("addressee_response", "serial", 4, 1),
                    "通番",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "an-error-without-serial-says-nothing",
        "correlated",
        {},
        evidence(ASKED_HTTP, refusal(1, 401), parts=["atena"]),
        Result(),
    ),
    *(
        Trial(
            name,
            "correlated",
            {},
            evidence(FIRST, SECOND, later(serial), parts=["cs"]),
            result,
        )
        for name, serial, result in (
            ("a-result-of-the-first", "0000000001", Result(looked_at=(3,))),
            ("a-result-of-the-second", "0000000002", Result(looked_at=(3,))),
            ("a-result-of-nothing", "0000000000", Result()),
            ("a-result-of-something-else", "0000000003", Result(UNKNOWN, (3,))),
        )
    ),
    Trial(
        "a-result-of-what-was-asked-later",
        "correlated",
        {},
        evidence(FIRST, later("0000000002"), SECOND, parts=["cs"]),
        Result(
            (
                Breach(
                    "要求の通番 0000000001 を示す電文",
                    "0000000002",
                    "cs",
                    2,
                    Place("number_issue_result", "ref_serial", 0, 10),
                    "参照通番",
                ),
            ),
            (2,),
        ),
    ),
    Trial("not-what-we-bent", "correlated", {}, evidence(ASKED, naming("9", fault="x")), Result()),
    Trial(
        "not-what-the-bench-answers",
        "correlated",
        {},
        evidence(ASKED, naming("9", sender="cs")),
        Result(),
    ),
]

REPLY = {"key": "birth", "role": "juki", "words": "受け付けられる"}

REPLIES = [
    Trial(
        "as-wanted",
        "reply_is",
        {**REPLY, "statuses": ["ok"]},
        evidence(replies=reply("ok")),
        Result(closed=True),
    ),
    Trial(
        "accepted",
        "reply_is",
        {**REPLY, "statuses": ["rejected"]},
        evidence(replies=reply("ok")),
        Result((Breach("受け付けられる", "受け付けられた", "juki"),), closed=True),
    ),
    Trial(
        "rejected",
        "reply_is",
        {**REPLY, "statuses": ["ok"]},
        evidence(replies=reply("rejected", "final")),
        Result((Breach("受け付けられる", "拒まれた (final)", "juki"),), closed=True),
    ),
    Trial(
        "an-alert-will-do",
        "reply_is",
        {**REPLY, "statuses": ["rejected"], "alert_will_do": "stock_low"},
        evidence(replies=reply("ok", alerts=["stock_low"])),
        Result(closed=True),
    ),
    Trial(
        "another-alert-will-not",
        "reply_is",
        {**REPLY, "statuses": ["rejected"], "alert_will_do": "stock_low"},
        evidence(replies=reply("ok", alerts=["other"])),
        Result((Breach("受け付けられる", "受け付けられた", "juki"),), closed=True),
    ),
    Trial(
        "never-done",
        "reply_is",
        {**REPLY, "statuses": ["ok"]},
        evidence(replies={}),
        Result(unclear="操作の結果が分からない"),
    ),
]

ALERT = {"key": "birth", "role": "juki", "alert": "stock_low", "words": "アラート"}

ALERTS = [
    Trial(
        "shown",
        "alert_shown",
        {**ALERT, "shown": True},
        evidence(replies=reply("ok", alerts=["stock_low"])),
        Result(closed=True),
    ),
    Trial(
        "shown-with-a-rejection",
        "alert_shown",
        {**ALERT, "shown": True},
        evidence(replies=reply("rejected", "final", ["stock_low"])),
        Result(closed=True),
    ),
    Trial(
        "missing",
        "alert_shown",
        {**ALERT, "shown": True},
        evidence(replies=reply("ok", alerts=["other"])),
        Result((Breach("アラート", "アラートは表示されない", "juki"),), closed=True),
    ),
    Trial(
        "too-early",
        "alert_shown",
        {**ALERT, "shown": False},
        evidence(replies=reply("ok", alerts=["stock_low"])),
        Result((Breach("アラート", "アラートが表示された", "juki"),), closed=True),
    ),
    Trial(
        "rejected-for-another-reason-none-is-missing",
        "alert_shown",
        {**ALERT, "shown": True},
        evidence(replies=reply("rejected", "input", ["other"])),
        Result(unclear="操作が別の理由で拒まれた"),
    ),
    Trial(
        "rejected-for-another-reason-none-is-absent",
        "alert_shown",
        {**ALERT, "shown": False},
        evidence(replies=reply("rejected", "input", ["other"])),
        Result(unclear="操作が別の理由で拒まれた"),
    ),
    Trial(
        "an-operation-that-failed-shows-none",
        "alert_shown",
        {**ALERT, "shown": False},
        evidence(replies=reply("error")),
        Result(unclear="操作の結果が分からない"),
    ),
    Trial(
        "never-done",
        "alert_shown",
        {**ALERT, "shown": False},
        evidence(),
        Result(unclear="操作の結果が分からない"),
    ),
]

OBSERVED = {"key": "number", "role": "juki", "words": "受領した個人番号"}

OBSERVATIONS = [
    Trial(
        "as-expected",
        "observed_is",
        {**OBSERVED, "expected": ["12"]},
        evidence(observed={"number": "12"}),
        Result(closed=True),
    ),
    Trial(
        "another",
        "observed_is",
        {**OBSERVED, "expected": ["12"]},
        evidence(observed={"number": "34"}),
        Result((Breach("受領した個人番号", "34", "juki"),), closed=True),
    ),
    Trial(
        "a-secret-is-masked",
        "observed_is",
        {**OBSERVED, "expected": ["12"], "secret": True},
        evidence(observed={"number": "123456789018"}),
        Result((Breach("受領した個人番号", "************", "juki"),), closed=True),
    ),
    Trial(
        "nothing-is-said-as-nothing",
        "observed_is",
        {**OBSERVED, "expected": ["12"], "secret": True},
        evidence(observed={"number": ""}),
        Result((Breach("受領した個人番号", "空", "juki"),), closed=True),
    ),
    Trial(
        "nothing-to-compare-with",
        "observed_is",
        {**OBSERVED, "expected": []},
        evidence(observed={"number": "12"}),
        Result(unclear="照会できない"),
    ),
    Trial(
        "cannot-be-told",
        "observed_is",
        {**OBSERVED, "expected": ["12"]},
        evidence(observed={}),
        Result(unclear="照会できない"),
    ),
]

AGAIN = record("number_issue_result", {"serial": "7", "juminhyo_code": CODE})
NEXT = record("identity_notice", {"serial": "7", "juminhyo_code": CODE}, sender="cs")


RESENDS = [
    Trial(
        "an-answer-to-a-resend-answers-the-telegram",
        "answered",
        {**RESULT, "accepted": True},
        evidence(AGAIN, AGAIN, by_juki(2)),
        Result(looked_at=(3,)),
    ),
    Trial(
        "put-off-and-taken-when-sent-again",
        "answered",
        {**RESULT, "accepted": True},
        evidence(AGAIN, by_juki(1, "3001"), AGAIN, by_juki(3)),
        Result(looked_at=(4,)),
    ),
    Trial(
        "another-telegram-answers-nothing",
        "answered",
        {**RESULT, "accepted": False, "silence_allowed": True},
        evidence(AGAIN, NEXT, NEXT, by_juki(3)),
        Result((), (1,)),
    ),
]


@pytest.mark.parametrize("statuses", [["ok"], ["rejected"]])
def test_an_operation_that_ended_in_an_error_has_no_outcome(statuses):
    seen = evidence(replies=reply("error"))
    expected = Result(unclear="操作の結果が分からない")
    assert RULES["reply_is"](seen, **REPLY, statuses=statuses) == expected


TRIALS = (*ANSWERED, *RESENDS, *CORRELATED, *REPLIES, *ALERTS, *OBSERVATIONS)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
