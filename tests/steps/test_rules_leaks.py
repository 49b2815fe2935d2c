"""Rules on values that must not appear somewhere."""

from __future__ import annotations

import json

import pytest

from reports.model import Place
from reports.transcript import Http
from steps.judge.leaks import shows
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, answer, evidence, record, rows

NUMBER, CODE = "123456789018", "24846016224"
LINKAGE = "c0ffee" * 5
WIDE = "１２３４５６７８９０１８"
SENT = "addressee_request"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (NUMBER, True),
        (f"番号は{NUMBER}です", True),
        (WIDE, True),
        (NUMBER[:-1], False),
        (NUMBER[::-1], False),
        ("", False),
    ],
)
def test_a_text_shows_a_number(text, seen):
    assert shows(text, frozenset({NUMBER})) is seen


@pytest.mark.parametrize(("size", "seen"), [(15, False), (16, True), (30, True)])
def test_a_large_part_of_a_code_shows_it(size, seen):
    assert shows(LINKAGE[:size], frozenset({LINKAGE})) is seen


def sent(**values):
    target = values.pop("target", "/v1/addressees")
    headers = values.pop("headers", {})
    return record(SENT, values, http=Http("POST", target, None, headers))


AWAY = {"kinds": ["individual_number"], "words": "個人番号は現れない"}


def appeared(field, *place, seq=1, actual="その値が現れた", label=None):
    return Breach("個人番号は現れない", actual, "juki", seq, Place(SENT, field, *place), label)


def undescribed(telegram, size):
    where = Place(telegram, None, 0, size)
    return Breach("個人番号は現れない", "定めのない箇所にその値が現れた", "juki", 1, where)


TO_CHUKAN = {
    "kinds": ["addressee_number"],
    "other_kinds": ["household_number"],
    "receivers": ["chukan"],
    "words": "送られない",
}
REGISTERED = Breach(
    "送られない",
    "その値が現れた",
    "atena",
    3,
    Place("replica_registration", "household_number", 0, 9),
    "household_number",
)

OWN, SECOND, GIVEN = "100000024", "100000032", "987654317"


def asked(addressee=OWN, number=NUMBER, **members):
    values = {"addressee_number": addressee, "individual_number": number}
    return record(SENT, values, **members)


def notified(number=GIVEN):
    return record("integrated_number_notice", {"integrated_number": number})


def replica(addressee, household):
    row = {"addressee_number": addressee, "household_number": household}
    return record("replica_upload", {"records": [row]})


def taken(seq, path, offset, telegram=SENT, label="宛名番号"):
    where = Place(telegram, path, offset, 9)
    return (Breach("取り込まない", "その値が現れた", "juki", seq, where, label),)


def takeover(name, *records, looked, breaches=(), **more):
    seen = evidence(*records, **more)
    return Trial(name, "not_taken_over", {"words": "取り込まない"}, seen, Result(breaches, looked))


ROW = "records[0].household_number"
TAKEN_OVER = [
    takeover("the-same-number-again", asked(), notified(), asked(), looked=(3,)),
    takeover("another-number-of-ones-own", asked(), notified(), asked(SECOND), looked=(3,)),
    takeover(
        "for-the-addressee-number",
        *(asked(), notified(), asked(GIVEN)),
        looked=(3,),
        breaches=taken(3, "addressee_number", 0),
    ),
    takeover(
        "for-the-household-number",
        *(asked(), notified(), replica(OWN, GIVEN)),
        looked=(3,),
        breaches=taken(3, ROW, 9, "replica_upload", "household_number"),
    ),
    takeover("a-household-of-its-own", asked(), notified(), replica(OWN, SECOND), looked=(3,)),
    takeover("both-series-meet-in-one-person", asked(GIVEN), notified(), asked(GIVEN), looked=(3,)),
    takeover(
        "both-series-meet-in-two-people",
        *(asked(), notified(), asked(GIVEN, "234567890124")),
        looked=(),
    ),
    takeover(
        "shown-before-the-notice",
        *(asked(), replica(SECOND, GIVEN), notified(), asked(GIVEN)),
        looked=(4,),
    ),
    takeover(
        "whose-is-unclear",
        *(asked(), asked(SECOND, "234567890124"), notified(), asked(GIVEN)),
        looked=(),
    ),
    takeover(
        "given-before-the-window",
        *(asked(), notified(), asked(GIVEN)),
        looked=(3,),
        breaches=taken(3, "addressee_number", 0),
        start=2,
    ),
    takeover("taken-before-the-window", asked(), notified(), asked(GIVEN), looked=(), start=3),
    takeover("nothing-given", asked(), asked(SECOND), looked=()),
]

NONE_YET = Result(unclear="現れてはならない値がまだない")

KEPT_AWAY = [
    Trial(
        "nothing-seen",
        "kept_away",
        AWAY,
        evidence(sent(name="花子"), individual_number=[NUMBER]),
        Result(looked_at=(1,), closed=True),
    ),
    Trial("nothing-sent", "kept_away", AWAY, evidence(individual_number=[NUMBER]), Result()),
    Trial(
        "known-and-sent",
        "kept_away",
        AWAY,
        evidence(sent(serial="1", name=NUMBER), individual_number=[NUMBER]),
        Result((appeared("name", 1, 12, label="氏名"),), (1,), closed=True),
    ),
    Trial(
        "seen-elsewhere-and-sent",
        "kept_away",
        {**AWAY, "items_allowed": ["individual_number"]},
        evidence(record("number_issue_result", {"individual_number": NUMBER}), sent(name=WIDE)),
        Result((appeared("name", 0, 36, seq=2, label="氏名"),), (2,), closed=True),
    ),
    Trial(
        "the-items-made-for-it",
        "kept_away",
        {**AWAY, "items_allowed": ["individual_number"]},
        evidence(sent(individual_number=NUMBER)),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "in-target-and-header",
        "kept_away",
        AWAY,
        evidence(
            sent(target=f"/v1/addressees?n={NUMBER}", headers={"X-Number": NUMBER}),
            individual_number=[NUMBER],
        ),
        Result(
            (
                appeared("target", actual="targetにその値が現れた"),
                appeared("X-Number", actual="X-Numberにその値が現れた"),
            ),
            (1,),
            closed=True,
        ),
    ),
    Trial(
        "other-receivers",
        "kept_away",
        {**AWAY, "receivers": ["chukan"]},
        evidence(sent(name=NUMBER), individual_number=[NUMBER]),
        Result(),
    ),
    Trial(
        "other-telegrams",
        "kept_away",
        {**AWAY, "telegrams": ["identity_notice"]},
        evidence(sent(name=NUMBER), individual_number=[NUMBER]),
        Result(),
    ),
    Trial(
        "also-of-another-kind-is-no-proof",
        "kept_away",
        {"kinds": ["integrated_number"], "other_kinds": ["addressee_number"], "words": ""},
        evidence(
            record("integrated_number_notice", {"integrated_number": "900000012"}),
            sent(addressee_number="900000012"),
        ),
        NONE_YET,
    ),
    Trial(
        "an-echo-does-not-make-it-another-kind",
        "kept_away",
        {
            "kinds": ["integrated_number"],
            "other_kinds": ["addressee_number"],
            "receivers": ["juki"],
            "words": "変換される",
        },
        evidence(
            record("integrated_number_notice", {"integrated_number": "900000012"}),
            record("addressee_response", {"addressee_number": "900000012"}),
            parts=["atena"],
        ),
        Result(
            (
                Breach(
                    "変換される",
                    "その値が現れた",
                    "atena",
                    2,
                    Place("addressee_response", "addressee_number", 0, 9),
                    "宛名番号",
                ),
            ),
            (2,),
            closed=True,
        ),
    ),
    *(
        Trial(
            f"a-household-number-{name}",
            "kept_away",
            TO_CHUKAN,
            evidence(
                sent(addressee_number="900000012"),
                record("replica_upload", {"household_number": household}),
                record("replica_registration", {"household_number": "900000012"}),
                parts=["atena"],
            ),
            result,
        )
        for name, household, result in (
            ("that-is-somebody's-number-too-is-no-proof", "900000012", NONE_YET),
            ("that-was-another", "456789013", Result((REGISTERED,), (3,), closed=True)),
        )
    ),
    Trial(
        "short-texts-are-no-proof",
        "kept_away",
        AWAY,
        evidence(
            record("number_issue_result", {"individual_number": "1234567"}), sent(name="1234567")
        ),
        NONE_YET,
    ),
    Trial(
        "what-we-bent-is-no-proof",
        "kept_away",
        AWAY,
        evidence(
            record("number_issue_result", {"individual_number": NUMBER}, fault="changed:x"),
            sent(name=NUMBER),
        ),
        NONE_YET,
    ),
    Trial(
        "not-of-the-bench-not-planned-not-before",
        "kept_away",
        AWAY,
        evidence(
            sent(name=NUMBER),
            record("addressee_response", {"message": NUMBER}),
            record(SENT, {"name": NUMBER}, on_wire=False),
            start=1,
            individual_number=[NUMBER],
        ),
        Result(),
    ),
    *(
        Trial(
            f"undescribed-{name}",
            "kept_away",
            AWAY,
            evidence(record(telegram, raw=raw), individual_number=[NUMBER]),
            Result((undescribed(telegram or "unknown", len(raw)),), (1,), closed=True),
        )
        for name, telegram, raw in (
            ("unknown-telegram", None, f"DB7777{NUMBER}".encode()),
            ("full-width", None, WIDE.encode("utf-16-be")),
            ("full-width-at-an-odd-byte", None, b"7" + WIDE.encode("utf-16-be")),
            ("unknown-key", SENT, f'{{"zzz":"{NUMBER}"}}'.encode()),
            ("escaped", SENT, json.dumps({"zzz": WIDE}).encode()),
        )
    ),
    Trial(
        "an-item-is-searched-as-one",
        "kept_away",
        {**AWAY, "items_allowed": ["message"]},
        evidence(sent(message=NUMBER), individual_number=[NUMBER]),
        Result(looked_at=(1,), closed=True),
    ),
]

USED = {
    "item": "取得番号",
    "done": "spent",
    "fulfilled_by": "linkage_code_notice",
    "words": "以後の電文に現れない",
}
SPENT = {"spent": [("A", 2)]}


def acquisition(telegram="addressee_request", text="A", **members):
    return record(telegram, {"acquisition_number": text}, **{"sender": "juki", **members})


NOT_USED_AGAIN = [
    Trial(
        "before-it-was-fulfilled",
        "not_used_again",
        USED,
        evidence(acquisition(), acquisition("linkage_code_notice"), **SPENT),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "afterwards",
        "not_used_again",
        USED,
        evidence(acquisition(), record("linkage_code_notice"), acquisition(), **SPENT),
        Result(
            (
                Breach(
                    "以後の電文に現れない",
                    "役目を終えた値が現れた (取得番号)",
                    "juki",
                    3,
                    Place(SENT, "acquisition_number", 0, 1),
                    "acquisition_number",
                ),
            ),
            (1, 3),
            closed=True,
        ),
    ),
    Trial(
        "the-notice-may-be-sent-again",
        "not_used_again",
        USED,
        evidence(
            acquisition("linkage_code_notice"), acquisition("linkage_code_notice"), spent=[("A", 1)]
        ),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "answers-may-repeat-it",
        "not_used_again",
        USED,
        evidence(record(SENT), acquisition("receipt", answers=1), spent=[("A", 1)]),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "another-value",
        "not_used_again",
        USED,
        evidence(record(SENT), record(SENT), acquisition(text="B"), **SPENT),
        Result(looked_at=(1, 2, 3), closed=True),
    ),
    Trial(
        "nothing-fulfilled",
        "not_used_again",
        USED,
        evidence(acquisition()),
        Result(unclear="役目を終えた値がまだない"),
    ),
]

TOKEN = {"telegram": SENT, "words": "ヘッダだけ"}
BEARER = {"authorization": "Bearer abc"}


def misplaced(field, actual):
    return Breach("ヘッダだけ", actual, "juki", 1, Place(SENT, field))


TOKEN_IN_HEADER = [
    Trial(
        "there", "token_in_header", TOKEN, evidence(sent(headers=BEARER)), Result(looked_at=(1,))
    ),
    Trial(
        "the-scheme-in-any-case",
        "token_in_header",
        TOKEN,
        evidence(sent(headers={"Authorization": "bearer abc"})),
        Result(looked_at=(1,)),
    ),
    Trial(
        "missing",
        "token_in_header",
        TOKEN,
        evidence(sent()),
        Result((misplaced("Authorization", "Authorizationヘッダにない"),), (1,)),
    ),
    Trial(
        "of-another-scheme",
        "token_in_header",
        TOKEN,
        evidence(sent(headers={"Authorization": "Basic abc"})),
        Result((misplaced("Authorization", "Authorizationヘッダにない"),), (1,)),
    ),
    Trial(
        "in-the-target-too",
        "token_in_header",
        TOKEN,
        evidence(sent(headers=BEARER, target="/v1/addressees?access_token=abc")),
        Result((misplaced("target", "他の場所にもある"),), (1,)),
    ),
    Trial(
        "in-the-body-too",
        "token_in_header",
        TOKEN,
        evidence(sent(headers=BEARER, name="xabcx")),
        Result((misplaced("target", "他の場所にもある"),), (1,)),
    ),
    Trial(
        "no-telegram",
        "token_in_header",
        TOKEN,
        evidence(answer(1)),
        Result(unclear="該当する電文がない"),
    ),
]

TRIALS = (*KEPT_AWAY, *TAKEN_OVER, *NOT_USED_AGAIN, *TOKEN_IN_HEADER)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
