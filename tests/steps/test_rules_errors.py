"""Rules on what goes wrong: it is refused and shown, and nothing gets lost over it."""

from __future__ import annotations

import pytest

from reports.model import Place
from reports.transcript import Http
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, answer, evidence, record, refusal, rows

CODE, OTHER, THIRD = "24846016224", "25208017643", "12345678903"
PEOPLE = {"花子": {"identifiers": ["花子"]}, "一郎": {"identifiers": ["一郎"]}}
REQUEST, LIST = "addressee_request", "juminhyo_code_list"


def addressee(number, **members):
    return record(REQUEST, {"addressee_number": number}, **members)


def broken(expected, actual, seq=None, place=None, label=None, *, sender="juki"):
    return (Breach(expected, actual, sender, seq, place, label),)


def at(field, offset, length, telegram=REQUEST):
    return Place(telegram, field, offset, length)


NUMBERED = "number_issue_request"


def request(code):
    return record(NUMBERED, {"juminhyo_code": code})


USABLE = {"telegram": NUMBERED, "good": "good_codes"}
FAULTY = record(LIST, {"codes": [{"juminhyo_code": CODE}, {"juminhyo_code": CODE}]})
GOOD = {"good_codes": [CODE, OTHER]}
TAKEN = answer(1, sender="juki", receiver="cs")

CODES_USABLE = [
    Trial(
        "all-used",
        "codes_usable",
        USABLE,
        evidence(FAULTY, TAKEN, request(OTHER), request(CODE), **GOOD),
        Result(looked_at=(3, 4), closed=True),
    ),
    Trial(
        "one-lost",
        "codes_usable",
        USABLE,
        evidence(FAULTY, TAKEN, request(OTHER), request(THIRD), **GOOD),
        Result(
            broken("一覧の正常な住民票コード2件のすべてを記載に用いられる", "1件が用いられない"),
            (3, 4),
            closed=True,
        ),
    ),
    Trial(
        "the-whole-list-refused",
        "codes_usable",
        USABLE,
        evidence(FAULTY, answer(1, "2003", sender="juki", receiver="cs"), **GOOD),
        Result(looked_at=(2,), observed="誤りのある一覧の全体を拒む"),
    ),
]

BENT = record("number_issue_result", {"individual_number": "1"}, fault="changed:x")
REFUSED = {
    "telegram": "number_issue_result",
    "label": "結果",
    "results": ["2003"],
    "errors": "shown_errors",
    "silence_allowed": False,
}
WRONG = "誤りのある「結果」を受け付けず、異常を示す"


def by_juki(result):
    return answer(1, result, sender="juki", receiver="cs")


def taken_for(result):
    where = Place("receipt", "result", 0, 4)
    return Result(broken(WRONG, f"処理結果 {result}", 2, where, "処理結果"), (1, 2))


FAULTY_REFUSED = [
    Trial(
        "error-answered",
        "faulty_refused",
        REFUSED,
        evidence(BENT, by_juki("2003")),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "any-error-where-none-is-named",
        "faulty_refused",
        {**REFUSED, "results": []},
        evidence(BENT, by_juki("9999")),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "error-listed-though-accepted",
        "faulty_refused",
        REFUSED,
        evidence(BENT, by_juki("0000"), shown_errors=["number_issue_result"]),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "http-status",
        "faulty_refused",
        {**REFUSED, "telegram": REQUEST},
        evidence(addressee("1", fault="broken:x"), refusal(1, 400), parts=["atena"]),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "accepted", "faulty_refused", REFUSED, evidence(BENT, by_juki("0000")), taken_for("0000")
    ),
    Trial(
        "for-another-reason",
        "faulty_refused",
        REFUSED,
        evidence(BENT, by_juki("9999")),
        taken_for("9999"),
    ),
    Trial(
        "silence",
        "faulty_refused",
        REFUSED,
        evidence(BENT),
        Result(broken(WRONG, "応答がない"), (1,)),
    ),
    Trial(
        "silence-where-nothing-can-be-said",
        "faulty_refused",
        {**REFUSED, "silence_allowed": True},
        evidence(BENT),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "nothing-faulty",
        "faulty_refused",
        REFUSED,
        evidence(record("number_issue_result"), by_juki("0000")),
        Result(unclear="誤りのある「結果」が届いていない"),
    ),
]

FIRST = {"telegram": REQUEST, "status": 401}


def http_answer(to, status):
    head = Http("POST", "/v1/addressees", status, {})
    return record("error_response", {}, raw=b"{}", answers=to, http=head)


def unrefused(actual, seq=None, place=None):
    return Result(
        broken("HTTP 401で拒む", actual, seq, place, sender="atena"), (1, seq or 1)[: seq or 1]
    )


FIRST_REFUSED = [
    Trial(
        "refused",
        "first_refused",
        FIRST,
        evidence(addressee("1"), http_answer(1, 401), parts=["atena"]),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "a-later-one",
        "first_refused",
        FIRST,
        evidence(
            addressee("1"),
            http_answer(1, 200),
            addressee("1"),
            http_answer(3, 401),
            parts=["atena"],
        ),
        unrefused("HTTP 200", 2, Place("error_response", None, 0, 2)),
    ),
    Trial(
        "otherwise",
        "first_refused",
        FIRST,
        evidence(addressee("1"), http_answer(1, 500), parts=["atena"]),
        unrefused("HTTP 500", 2, Place("error_response", None, 0, 2)),
    ),
    Trial(
        "silence",
        "first_refused",
        FIRST,
        evidence(addressee("1"), parts=["atena"]),
        unrefused("応答がない"),
    ),
    Trial("none", "first_refused", FIRST, evidence(), Result(unclear="依頼が送信されていない")),
]

DELIVERED = {"telegram": REQUEST, "person": "花子"}
LOST = "「花子」の電文は失われず、受け付けられるまで送られる"


def about(name):
    return record(REQUEST, {"name": name})


def accepted(to):
    return record("addressee_response", {"result": "0000"}, answers=to)


DELIVERIES = [
    Trial(
        "at-once",
        "delivered",
        DELIVERED,
        evidence(about("花子"), accepted(1), people=PEOPLE),
        Result(looked_at=(1,)),
    ),
    Trial(
        "in-the-end",
        "delivered",
        DELIVERED,
        evidence(about("花子"), refusal(1, 503), about("花子"), accepted(3), people=PEOPLE),
        Result(looked_at=(1, 3)),
    ),
    Trial(
        "given-up",
        "delivered",
        DELIVERED,
        evidence(about("花子"), refusal(1, 503), people=PEOPLE),
        Result(
            broken(LOST, "1回送信され、受け付けられていない", 1, at(None, 0, 6)),
            (1,),
            closed=True,
        ),
    ),
    Trial(
        "never-sent",
        "delivered",
        DELIVERED,
        evidence(people=PEOPLE),
        Result(
            broken(LOST, "0回送信され、受け付けられていない", place=Place(DELIVERED["telegram"])),
            closed=True,
        ),
    ),
    Trial(
        "somebody-else's",
        "delivered",
        DELIVERED,
        evidence(about("一郎"), accepted(1), people=PEOPLE),
        Result(
            broken(LOST, "0回送信され、受け付けられていない", place=Place(DELIVERED["telegram"])),
            closed=True,
        ),
    ),
]

LISTED = {"telegram": "identity_notice", "words": "エラーが示される"}

ERROR_LISTED = [
    Trial(
        "shown",
        "error_listed",
        LISTED,
        evidence(shown_errors=["identity_notice"]),
        Result(closed=True),
    ),
    Trial(
        "not-shown",
        "error_listed",
        LISTED,
        evidence(shown_errors=["delivery_address"]),
        Result(broken("エラーが示される", "示されない"), closed=True),
    ),
    Trial(
        "cannot-be-told",
        "error_listed",
        LISTED,
        evidence(),
        Result(unclear="エラーの一覧を照会できない"),
    ),
    Trial(
        "of-a-received-telegram-the-receiver-is-to-blame",
        "error_listed",
        {**LISTED, "telegram": "number_issue_result"},
        evidence(shown_errors=[]),
        Result(broken("エラーが示される", "示されない"), closed=True),
    ),
]

KEPT = {"item": "name", "expected": "山田　𠮷", "key": "birth"}
ALL = "すべての文字が送られるか、代替文字・エラー・確認によって示される"
SUBSTITUTED = "変換できない文字: 代替文字又は確認"


def notice(name):
    return record("identity_notice", {"name": name})


def reply(status, *alerts):
    return {"birth": {"status": status, "stage": None, "alerts": list(alerts)}}


def kept(*looked, observed=SUBSTITUTED):
    return Result(looked_at=looked, closed=True, observed=observed)


LACKING = broken(ALL, "1文字が黙って失われた", 1, at("name", 0, 9, "identity_notice"), "氏名")

TEXT_KEPT = [
    Trial(
        "a-substitute",
        "text_kept",
        KEPT,
        evidence(notice("山田　〓"), replies=reply("ok")),
        kept(1),
    ),
    Trial(
        "refused",
        "text_kept",
        KEPT,
        evidence(replies=reply("rejected")),
        kept(observed="変換できない文字: 拒否"),
    ),
    Trial(
        "shortened-with-an-alert",
        "text_kept",
        KEPT,
        evidence(notice("山田　"), replies=reply("ok", "unmapped")),
        kept(1),
    ),
    Trial(
        "shortened-with-an-error",
        "text_kept",
        KEPT,
        evidence(notice("山田　"), replies=reply("ok"), shown_errors=["identity_notice"]),
        kept(1),
    ),
    Trial(
        "shortened",
        "text_kept",
        KEPT,
        evidence(notice("山田　"), replies=reply("ok")),
        Result(LACKING, (1,), closed=True, observed=SUBSTITUTED),
    ),
    Trial(
        "nothing-at-all",
        "text_kept",
        KEPT,
        evidence(replies=reply("ok")),
        Result(
            broken(ALL, "送信もされず、異常も示されない", place=Place("identity_notice")),
            closed=True,
            observed=SUBSTITUTED,
        ),
    ),
]

TRIALS = (
    *CODES_USABLE,
    *FAULTY_REFUSED,
    *FIRST_REFUSED,
    *DELIVERIES,
    *ERROR_LISTED,
    *TEXT_KEPT,
)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
