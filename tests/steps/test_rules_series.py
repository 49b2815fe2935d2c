"""Rules on several values together, and on what an operation leaves behind."""

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

IN_ORDER = {
    "telegram": REQUEST,
    "item": "addressee_number",
    "person": "花子",
    "expected": ["1015", "1023"],
    "words": "本登録の順の値",
}


def hers(number):
    return record(REQUEST, {"addressee_number": number, "name": "花子"})


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
        Result(
            tuple(
                Breach(
                    "本登録の順の値",
                    "順序が異なる",
                    "juki",
                    seq,
                    at("addressee_number", 0, 4),
                    "宛名番号",
                )
                for seq in (1, 2)
            ),
            (1, 2),
        ),
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
