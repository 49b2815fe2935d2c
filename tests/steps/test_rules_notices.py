"""Rules on 本人確認情報: entries, corrections, the two permitted shapes."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE, OTHER = "24846016224", "25208017643"
NUMBER, SECOND = "123456789018", "234567890124"
ENTERED, CORRECTED = "1", "3"
EX_OFFICIO, NUMBER_ENTERED = "33", "53"


def notice(entry=ENTERED, reason="12", number="", code=CODE, name="山田　花子"):
    values = {
        "entry": entry,
        "reason": reason,
        "name": name,
        "juminhyo_code": code,
        "individual_number": number,
    }
    return record("identity_notice", values)


def correction(name="山田　葵子", **values):
    return notice(CORRECTED, EX_OFFICIO, name=name, **values)


def number_only(**values):
    return notice(CORRECTED, NUMBER_ENTERED, **values)


def at(item, offset, length):
    return Place("identity_notice", item, offset, length)


def broken(expected, actual, seq=None, place=None, label=None, *, note=None):
    return (Breach(expected, actual, "juki", seq, place, label, note),)


NEVER = Place("identity_notice")

SENT = [
    Trial(
        "entry",
        "notice_sent",
        {"entry": "1", "words": "記載"},
        evidence(notice()),
        Result(looked_at=(1,)),
    ),
    Trial(
        "correction",
        "notice_sent",
        {"entry": "3", "words": "修正"},
        evidence(notice(), correction()),
        Result(looked_at=(2,)),
    ),
    Trial(
        "bringing-the-number-is-no-such-correction",
        "notice_sent",
        {"entry": "3", "words": "修正"},
        evidence(notice(), number_only(number=NUMBER)),
        Result(broken("修正", "送信されない", 2, at("entry", 0, 1)), closed=True),
    ),
    Trial(
        "correction-of-anything-but-the-name",
        "notice_sent",
        {"entry": "3", "words": "修正"},
        evidence(notice(), notice(CORRECTED, EX_OFFICIO)),
        Result(looked_at=(2,)),
    ),
    Trial(
        "none-at-all",
        "notice_sent",
        {"entry": "1", "words": "記載"},
        evidence(),
        Result(broken("記載", "送信されない", place=NEVER), closed=True),
    ),
]

REPLACED = "修正前の個人番号を含む、個人番号の修正の本人確認情報"
THIRD = "345678901235"


def changed(number=SECOND, former=NUMBER, *, reason="51", code=CODE):
    values = {"reason": reason, "juminhyo_code": code, "individual_number": number}
    return record("identity_notice", {**values, "former_individual_number": former})


def change_result(number=SECOND, former=NUMBER, **members):
    values = {"juminhyo_code": CODE, "individual_number": number}
    return record("number_change_result", {**values, "former_individual_number": former}, **members)


def issued(number=SECOND, code=CODE):
    values = {"juminhyo_code": code, "individual_number": number}
    return record("number_issue_result", values)


def without_former(actual, seq, note=None):
    found = Place("identity_notice", "former_individual_number", 25, 12 if actual != "空" else 0)
    label = "former_individual_number"
    return (Breach(REPLACED, actual, "juki", seq, found, label, note),)


def replacement(name, *records, looked, breaches=(), **more):
    seen = evidence(*records, **more)
    return Trial(name, "former_number_told", {}, seen, Result(breaches, looked))


FORMERS = [
    replacement("told", notice(number=NUMBER), changed(), looked=(2,)),
    replacement("told-of-an-unknown", changed(reason="52"), looked=(1,)),
    replacement("blank", changed(former=""), looked=(1,), breaches=without_former("空", 1)),
    replacement(
        "none-was-told",
        *(notice(number=""), changed(former="", reason="52")),
        looked=(2,),
    ),
    replacement(
        "none-was-told-though-one-was",
        *(notice(number=NUMBER), changed(former="", reason="52")),
        looked=(2,),
        breaches=without_former("空", 2),
    ),
    replacement(
        "blank-though-known",
        notice(number=NUMBER),
        changed(former=""),
        looked=(2,),
        breaches=without_former("空", 2),
    ),
    replacement(
        "another",
        *(notice(number=NUMBER), changed(former=THIRD)),
        looked=(2,),
        breaches=without_former(THIRD, 2, None),
    ),
    replacement("as-the-agency-says", change_result(), changed(), looked=(2,)),
    replacement(
        "otherwise-than-the-agency-says",
        *(change_result(), changed(former=THIRD)),
        looked=(2,),
        breaches=without_former(THIRD, 2, None),
    ),
    replacement(
        "the-agency-knows-an-older-one",
        *(notice(number=THIRD), change_result(), changed(former=THIRD)),
        looked=(3,),
    ),
    replacement(
        "a-bent-result-tells-nothing",
        *(change_result(fault="changed: former"), changed(former=THIRD)),
        looked=(2,),
    ),
    replacement(
        "the-first-of-two-changes-is-told-at-the-second",
        *(notice(number=NUMBER), changed(), changed(THIRD, NUMBER, reason="52")),
        looked=(2, 3),
        breaches=without_former(NUMBER, 3, None),
    ),
    replacement(
        "two-changes-in-order",
        *(notice(number=NUMBER), changed(), changed(THIRD, SECOND, reason="52")),
        looked=(2, 3),
    ),
    replacement(
        "told-again-after-another-change",
        *(changed(), changed(THIRD, SECOND), changed()),
        looked=(1, 2),
    ),
    replacement("before-the-window", notice(number=NUMBER), changed(), looked=(2,), start=1),
    replacement("of-another-code", notice(number=THIRD, code=OTHER), changed(), looked=(2,)),
    replacement("the-first-takes-the-place-of-none", issued(), changed(former=""), looked=(2,)),
    replacement(
        "the-second-takes-the-place-of-the-first",
        *(issued(NUMBER), notice(number=NUMBER), changed(former="")),
        looked=(3,),
        breaches=without_former("空", 3),
    ),
    replacement(
        "generated-for-another-code",
        *(issued(code=OTHER), changed(former="")),
        looked=(2,),
        breaches=without_former("空", 2),
    ),
    replacement("a-missing-number-entered", number_only(number=NUMBER), looked=()),
    replacement("of-a-bench-node", changed(former=""), looked=(), parts=("cs",)),
]

ITEM = {"entry": "3", "words": "職権修正等", "expected": ["33"]}

ITEMS = [
    Trial(
        "right",
        "notice_item",
        {**ITEM, "item": "reason"},
        evidence(notice(), correction()),
        Result(looked_at=(2,)),
    ),
    Trial(
        "wrong",
        "notice_item",
        {**ITEM, "item": "reason"},
        evidence(notice(CORRECTED, "32")),
        Result(
            broken("職権修正等", "32", 1, at("reason", 1, 2), "変更の事由"),
            (1,),
        ),
    ),
    Trial(
        "wrong-and-secret",
        "notice_item",
        {"entry": "1", "item": "name", "expected": ["山田　葵"], "words": "氏名"},
        evidence(notice()),
        Result(
            broken("氏名", "*****", 1, at("name", 3, 15), "氏名", note="長さが4文字でなく5文字"),
            (1,),
        ),
    ),
    Trial(
        "empty",
        "notice_item",
        {"entry": "1", "item": "individual_number", "expected": [NUMBER], "words": "番号"},
        evidence(notice()),
        Result(broken("番号", "空", 1, at("individual_number", 29, 0), "個人番号"), (1,)),
    ),
    Trial(
        "either-of-two",
        "notice_item",
        {"entry": "1", "item": "reason", "expected": ["11", "12"], "words": "出生"},
        evidence(notice()),
        Result(looked_at=(1,)),
    ),
    Trial(
        "another-kind-of-change",
        "notice_item",
        {**ITEM, "item": "reason"},
        evidence(notice("2", "22")),
        Result(broken("3 修正", "2", 1, at("entry", 0, 1), "変更の旨"), (1,)),
    ),
    Trial(
        "none-at-all",
        "notice_item",
        {**ITEM, "item": "reason"},
        evidence(),
        Result(unclear="「本人確認情報」がない"),
    ),
]

ONE = "個人番号を含む「本人確認情報」が1件送信される"

NUMBERED = [
    Trial(
        "at-once",
        "numbered_notices",
        {"count": 1},
        evidence(notice(number=NUMBER)),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "in-two-steps",
        "numbered_notices",
        {"count": 1},
        evidence(notice(), number_only(number=NUMBER)),
        Result(looked_at=(2,), closed=True),
    ),
    Trial(
        "other-corrections-are-not-counted",
        "numbered_notices",
        {"count": 1},
        evidence(notice(number=NUMBER), correction(number=NUMBER)),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "twice",
        "numbered_notices",
        {"count": 1},
        evidence(notice(number=NUMBER), number_only(number=NUMBER)),
        Result(
            broken(ONE, "2件送信された", 2, at("individual_number", 29, 12)), (1, 2), closed=True
        ),
    ),
    Trial(
        "never",
        "numbered_notices",
        {"count": 1},
        evidence(notice()),
        Result(broken(ONE, "送信されない", place=NEVER), closed=True),
    ),
    Trial(
        "never-of-any",
        "numbered_notices",
        {"count": None},
        evidence(notice()),
        Result(
            broken(
                "個人番号を含む「本人確認情報」が1件以上送信される", "送信されない", place=NEVER
            ),
            closed=True,
        ),
    ),
    Trial(
        "two-people",
        "numbered_notices",
        {"count": None},
        evidence(notice(number=NUMBER), notice(number=SECOND, code=OTHER)),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "two-numbers-for-one",
        "numbered_notices",
        {"count": 1},
        evidence(notice(number=NUMBER), number_only(number=SECOND)),
        Result(
            broken(
                "一人に一つの個人番号",
                "同じ者に別の個人番号",
                2,
                at("individual_number", 29, 12),
                "個人番号",
            ),
            (1,),
            closed=True,
        ),
    ),
]

ORDER = [
    Trial(
        "right",
        "notice_order",
        {"person": "葵"},
        evidence(notice(), correction()),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "reversed",
        "notice_order",
        {"person": "葵"},
        evidence(correction(), notice()),
        Result(
            broken(
                "出生の「本人確認情報」より後に送信される",
                "前に送信された",
                1,
                at("entry", 0, 1),
                "変更の旨",
            ),
            (2, 1),
        ),
    ),
    Trial(
        "of-the-person-only",
        "notice_order",
        {"person": "葵"},
        evidence(
            correction(code=OTHER),
            notice(code=OTHER),
            notice(),
            correction(),
            people={"葵": {"identifiers": [CODE]}},
        ),
        Result(looked_at=(3, 4)),
    ),
    Trial(
        "one-of-both-missing",
        "notice_order",
        {"person": "葵"},
        evidence(notice()),
        Result(unclear="「葵」の記載と修正の「本人確認情報」がそろっていない"),
    ),
]

SHAPE = [
    Trial(
        "at-once",
        "notice_shape",
        {},
        evidence(notice(number=NUMBER)),
        Result(looked_at=(1,), observed="本人確認情報: 個人番号を含む記載を一度に送る"),
    ),
    Trial(
        "in-two-steps",
        "notice_shape",
        {},
        evidence(notice(), number_only(number=NUMBER)),
        Result(
            looked_at=(1, 2),
            observed="本人確認情報: 記載を先に、個人番号を修正として送る",
        ),
    ),
    Trial("none", "notice_shape", {}, evidence(), Result(unclear="「本人確認情報」がない")),
]

BOTH = {"one": "identity_notice", "other": "addressee_request"}

FIRST = [
    Trial(
        "notice",
        "which_first",
        BOTH,
        evidence(notice(), record("addressee_request")),
        Result(looked_at=(1, 2), observed="先に送信されたのは「本人確認情報」"),
    ),
    Trial(
        "request",
        "which_first",
        BOTH,
        evidence(record("addressee_request"), notice()),
        Result(looked_at=(1, 2), observed="先に送信されたのは「団体内統合宛名番号付番依頼」"),
    ),
    Trial(
        "one-of-both-missing",
        "which_first",
        BOTH,
        evidence(notice()),
        Result(unclear="両方の電文が送信されてはいない"),
    ),
]

TRIALS = (*SENT, *FORMERS, *ITEMS, *NUMBERED, *ORDER, *SHAPE, *FIRST)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
