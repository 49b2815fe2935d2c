"""Rules on exchanges: what is passed on, and the answers of the published API."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Place
from reports.transcript import Http
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

API = "/app_submit/v10/jutogaishaatenabangofuban"
OLD, NEW = "123456789018", "507957100721"
ATENA = ("atena",)


def result(to=None, **values):
    told = {"serial": "1", "addressee_number": "19", **values}
    return record("inquiry_result", told, answers=to)


def provided(to=None, **values):
    told = {"serial": "2", "integrated_number": "27", **values}
    return record("inquiry_answer", told, answers=to)


def asking(number):
    return record("inquiry_result_request", {"serial": "1", "inquiry_number": number})


def fetching(number):
    return record("inquiry_fetch", {"serial": "2", "inquiry_number": number})


PASSED = {
    "telegram": "inquiry_result",
    "source": "inquiry_answer",
    "about": "inquiry_number",
    "converted": ["serial", "addressee_number", "integrated_number"],
    "own": {"state": ["", "0"]},
    "words": "そのまま",
}


TWO = (fetching("a"), provided(1, state="1"), fetching("b"), provided(3, state="9"))


def unlike(actual, seq):
    place = Place("inquiry_result", "state", 3, 1)
    return (Breach("そのまま", actual, "atena", seq, place, "state"),)


PASSED_ON = [
    Trial(
        "but-for-the-number",
        "passed_on",
        PASSED,
        evidence(provided(state="1"), result(state="1"), parts=ATENA),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "changed",
        "passed_on",
        PASSED,
        evidence(provided(state="1"), result(state="9"), parts=ATENA),
        Result(unlike("元の応答と異なる値", 2), (1, 2)),
    ),
    Trial(
        "left-out",
        "passed_on",
        PASSED,
        evidence(provided(state="1"), result(), parts=ATENA),
        Result(
            (
                Breach(
                    "そのまま", "元の応答と異なる値", "atena", 2, Place("inquiry_result", "state")
                ),
            ),
            (1, 2),
        ),
    ),
    Trial(
        "nothing-to-compare",
        "passed_on",
        PASSED,
        evidence(result(), parts=ATENA),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "nothing-told",
        "passed_on",
        PASSED,
        evidence(provided(state="1"), parts=ATENA),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "not-there-yet",
        "passed_on",
        PASSED,
        evidence(asking("b"), result(1, state="0"), parts=ATENA),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "given-too-late",
        "passed_on",
        PASSED,
        evidence(
            asking("b"), result(1, state="0"), fetching("b"), provided(3, state="1"), parts=ATENA
        ),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "never-given",
        "passed_on",
        PASSED,
        evidence(asking("b"), result(1, state="1"), parts=ATENA),
        Result(unlike("同じ番号についての元の応答がないのに示された値", 2)),
    ),
    Trial(
        "of-another-inquiry",
        "passed_on",
        PASSED,
        evidence(
            fetching("a"), provided(1, state="1"), asking("b"), result(3, state="1"), parts=ATENA
        ),
        Result(unlike("同じ番号についての元の応答がないのに示された値", 4)),
    ),
    Trial(
        "each-its-own",
        "passed_on",
        PASSED,
        evidence(
            *TWO,
            *(asking("a"), result(5, state="1")),
            parts=ATENA,
        ),
        Result(looked_at=(2, 6)),
    ),
    Trial(
        "two-inquiries-in-the-other-order",
        "passed_on",
        PASSED,
        evidence(*TWO, asking("b"), result(5, state="9"), asking("a"), result(7, state="1")),
        Result(looked_at=(4, 6, 2, 8)),
    ),
    Trial(
        "two-inquiries-crossed",
        "passed_on",
        PASSED,
        evidence(
            *(*TWO, asking("b"), result(5, state="1"), asking("a"), result(7, state="9")),
            parts=ATENA,
        ),
        Result(unlike("元の応答と異なる値", 6) + unlike("元の応答と異なる値", 8), (4, 6, 2, 8)),
    ),
    Trial(
        "first-of-two-inquiries-changed",
        "passed_on",
        PASSED,
        evidence(
            *(*TWO, asking("a"), result(5, state="9"), asking("b"), result(7, state="9")),
            parts=ATENA,
        ),
        Result(unlike("元の応答と異なる値", 6), (2, 6, 4, 8)),
    ),
    Trial(
        "what-comes-meanwhile-need-not-be-said-yet",
        "passed_on",
        PASSED,
        evidence(
            *(fetching("a"), provided(1, state="0")),
            *(asking("a"), fetching("a"), provided(4, state="1"), result(3, state="0")),
            parts=ATENA,
        ),
        Result(looked_at=(2, 6)),
    ),
    Trial(
        "what-comes-meanwhile-may-be-said",
        "passed_on",
        PASSED,
        evidence(
            *(fetching("a"), provided(1, state="0")),
            *(asking("a"), fetching("a"), provided(4, state="1"), result(3, state="1")),
            parts=ATENA,
        ),
        Result(looked_at=(5, 6)),
    ),
    Trial(
        "the-first-comes-meanwhile",
        "passed_on",
        PASSED,
        evidence(
            asking("a"), fetching("a"), provided(2, state="1"), result(1, state="0"), parts=ATENA
        ),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "neither-what-came-before-nor-meanwhile",
        "passed_on",
        PASSED,
        evidence(
            *(fetching("a"), provided(1, state="0")),
            *(asking("a"), fetching("a"), provided(4, state="1"), result(3, state="9")),
            parts=ATENA,
        ),
        Result(unlike("元の応答と異なる値", 6), (5, 6)),
    ),
    Trial(
        "still-waiting-after-it-came",
        "passed_on",
        PASSED,
        evidence(
            *(fetching("a"), provided(1, state="1"), asking("a"), result(3, state="0")),
            parts=ATENA,
        ),
        Result(unlike("元の応答と異なる値", 4), (2, 4)),
    ),
    Trial(
        "given-before-the-window",
        "passed_on",
        PASSED,
        evidence(
            *(fetching("b"), provided(1, state="1"), asking("b"), result(3, state="9")),
            parts=ATENA,
            start=2,
        ),
        Result(unlike("元の応答と異なる値", 4), (2, 4)),
    ),
]


def request():
    return record("jutogai_request", {"shorikubun": "0"})


def answered(status, detail="d", codes=(), to=1):
    errors = [{"code": code, "message": "m"} for code in codes]
    values = {"detail": detail, **({"errors": errors} if errors else {})}
    one = record("error_response", values, answers=to, http=Http("POST", API, status, {}))
    return replace(one, link="jutogai_link", receiver="gyomu")


ASKED = {"telegram": "jutogai_request", "status": 400, "words": "w"}
MISSING = {**ASKED, "codes": ["E0001"], "details": ["d"]}


def refused(actual, where, seq=2):
    return (Breach("w", actual, "atena", seq, where),)


DETAIL_PLACE = Place("error_response", "detail", 0, 1)
CODE_PLACE = Place("error_response", "errors[0].code", 1, 5)
SECOND_CODE_PLACE = Place("error_response", "errors[1].code", 7, 5)
WHOLE, WHOLE_WITHOUT_ERRORS = (Place("error_response", None, 0, size) for size in (7, 2))


API_ANSWERS = [
    Trial(
        "right",
        "api_answer",
        MISSING,
        evidence(request(), answered(400, codes=["E0001"]), parts=ATENA),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "one-of-two-is-told",
        "api_answer",
        {**ASKED, "codes": ["E0001", "E0004"]},
        evidence(request(), answered(400, codes=["E0004"]), parts=ATENA),
        Result(looked_at=(1, 2), observed="誤りの符号: E0004"),
    ),
    Trial(
        "any-is-told",
        "api_answer",
        {**ASKED, "tell": True},
        evidence(request(), answered(400), parts=ATENA),
        Result(looked_at=(1, 2), observed="誤りの符号: なし"),
    ),
    Trial(
        "another-code",
        "api_answer",
        MISSING,
        evidence(request(), answered(400, codes=["E0002"]), parts=ATENA),
        Result(refused("誤りの符号: E0002", CODE_PLACE), (1, 2)),
    ),
    Trial(
        "another-code-behind-a-right-one",
        "api_answer",
        MISSING,
        evidence(request(), answered(400, codes=["E0001", "E0002"]), parts=ATENA),
        Result(refused("誤りの符号: E0001、E0002", SECOND_CODE_PLACE), (1, 2)),
    ),
    Trial(
        "another-text",
        "api_answer",
        MISSING,
        evidence(request(), answered(400, "x", codes=["E0001"]), parts=ATENA),
        Result(refused("詳細「x」", DETAIL_PLACE), (1, 2)),
    ),
    Trial(
        "another-status",
        "api_answer",
        MISSING,
        evidence(request(), answered(500, codes=["E0001"]), parts=ATENA),
        Result(refused("HTTP 500", WHOLE), (1, 2)),
    ),
    Trial(
        "everything-wrong",
        "api_answer",
        MISSING,
        evidence(request(), answered(200, "ok"), parts=ATENA),
        Result(refused("HTTP 200、誤りの符号: なし、詳細「ok」", WHOLE_WITHOUT_ERRORS), (1, 2)),
    ),
    Trial(
        "no-answer",
        "api_answer",
        MISSING,
        evidence(request(), parts=ATENA),
        Result((Breach("w", "応答がない", "atena"),), (1,)),
    ),
    Trial(
        "not-asked",
        "api_answer",
        MISSING,
        evidence(parts=ATENA),
        Result(unclear="要求が送信されていない"),
    ),
]
PLAIN = {"telegram": "jutogai_request", "detail": "d"}
PLAIN_REFUSALS = [
    Trial(
        "right",
        "plain_refusal",
        PLAIN,
        evidence(request(), answered(401), parts=ATENA),
        Result(looked_at=(2,)),
    ),
    Trial(
        "with-errors",
        "plain_refusal",
        PLAIN,
        evidence(request(), answered(401, codes=["E0002"]), parts=ATENA),
        Result(
            (
                Breach(
                    "errorsのない応答",
                    "errorsがある",
                    "atena",
                    2,
                    Place("error_response", "errors[0].code", 1, 5),
                    "code",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "another-text",
        "plain_refusal",
        PLAIN,
        evidence(request(), answered(401, "no"), parts=ATENA),
        Result(
            (
                Breach(
                    "d",
                    "異なる文",
                    "atena",
                    2,
                    Place("error_response", "detail", 0, 2),
                    "detail",
                ),
            ),
            (2,),
        ),
    ),
    Trial(
        "no-answer",
        "plain_refusal",
        PLAIN,
        evidence(request(), parts=ATENA),
        Result(unclear="応答がない"),
    ),
]


def shown(number):
    return record("display_response", {"individual_number": number})


def notified(number):
    return record("integrated_number_notice", {"integrated_number": number})


CHANGED = {"number": NEW, "integrated": "27", "words": "w"}
KEPT_OR_RENEWED = [
    Trial(
        "kept",
        "number_kept_or_renewed",
        CHANGED,
        evidence(shown(NEW), notified("27"), parts=ATENA),
        Result(looked_at=(1,), observed="個人番号の変更: 番号は変わらない"),
    ),
    Trial(
        "renewed",
        "number_kept_or_renewed",
        CHANGED,
        evidence(notified("35"), shown(""), parts=ATENA),
        Result(looked_at=(2, 1), observed="個人番号の変更: 新たな番号を付番する"),
    ),
    Trial(
        "forgotten",
        "number_kept_or_renewed",
        CHANGED,
        evidence(shown(OLD), parts=ATENA),
        Result(
            (
                Breach(
                    "w",
                    "変更後の個人番号が、どの番号でも知られていない",
                    "atena",
                    1,
                    Place("display_response", None, 0, 12),
                ),
            ),
            (1,),
        ),
    ),
    Trial(
        "nothing",
        "number_kept_or_renewed",
        CHANGED,
        evidence(parts=ATENA),
        Result(unclear="表示の応答も番号の通知もない"),
    ),
]


def update(former, number):
    values = {"former_individual_number": former, "individual_number": number}
    return record("addressee_update", values)


TOLD = {"former": OLD, "received": [NEW], "words": "w"}
CHANGES_TOLD = [
    Trial(
        "as-an-update",
        "number_change_told",
        TOLD,
        evidence(update(OLD, NEW)),
        Result(looked_at=(1,), observed="個人番号の変更: 更新として伝える"),
    ),
    Trial(
        "as-a-request",
        "number_change_told",
        TOLD,
        evidence(record("addressee_request", {"individual_number": NEW})),
        Result(looked_at=(1,), observed="個人番号の変更: 新たな付番として伝える"),
    ),
    Trial(
        "without-the-former-number",
        "number_change_told",
        TOLD,
        evidence(update("", NEW)),
        Result((Breach("w", "伝えられない", "juki"),), (1,), closed=True),
    ),
    Trial(
        "nothing-received",
        "number_change_told",
        {**TOLD, "received": []},
        evidence(update(OLD, NEW)),
        Result(unclear="変更の結果が受領されていない"),
    ),
]


def numbered(number):
    return record("jutogai_response", {"result": [{"atenabango": number}]})


TWICE = {"telegram": "jutogai_response", "item": "atenabango"}
REPETITIONS = [
    Trial(
        "new",
        "repetition_told",
        TWICE,
        evidence(numbered("19"), numbered("27"), parts=ATENA),
        Result(looked_at=(1, 2), observed="同じ者の再度の要求: 新たな番号"),
    ),
    Trial(
        "same",
        "repetition_told",
        TWICE,
        evidence(numbered("19"), numbered("19"), parts=ATENA),
        Result(looked_at=(1, 2), observed="同じ者の再度の要求: 同じ番号"),
    ),
    Trial(
        "once",
        "repetition_told",
        TWICE,
        evidence(numbered("19"), parts=ATENA),
        Result(looked_at=(1,), unclear="二度の応答がない"),
    ),
]

TRIALS = (
    *PASSED_ON,
    *API_ANSWERS,
    *PLAIN_REFUSALS,
    *KEPT_OR_RENEWED,
    *CHANGES_TOLD,
    *REPETITIONS,
)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
