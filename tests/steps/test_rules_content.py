"""Rules on the items of telegrams: values, equality, uniqueness, check digits."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE, OTHER, BAD_CODE = "24846016224", "25208017643", "24846016225"
PEOPLE = {"花子": {"identifiers": ["花子"]}, "一郎": {"identifiers": ["一郎"]}}
REQUEST, NOTICE, LIST = "number_issue_request", "identity_notice", "juminhyo_code_list"


def request(code=CODE, **members):
    return record(REQUEST, {"juminhyo_code": code}, **members)


def notice(code, name="花子"):
    return record(NOTICE, {"entry": "1", "name": name, "juminhyo_code": code})


def code_list(*codes, **members):
    return record(LIST, {"codes": [{"juminhyo_code": code} for code in codes]}, **members)


def broken(expected, actual, seq, where, label="住民票コード", *, note=None, sender="juki"):
    """Return one breach; ``where`` is telegram, field, offset and length."""
    return (Breach(expected, actual, sender, seq, Place(*where), label, note),)


IS = {"telegram": NOTICE, "item": "entry", "words": "記載"}

ITEM_IS = [
    Trial(
        "right",
        "item_is",
        {**IS, "expected": ["1"]},
        evidence(notice(CODE)),
        Result(looked_at=(1,)),
    ),
    Trial(
        "one-of-several",
        "item_is",
        {**IS, "expected": ["3", "1"]},
        evidence(notice(CODE)),
        Result(looked_at=(1,)),
    ),
    Trial(
        "wrong",
        "item_is",
        {**IS, "expected": ["3"]},
        evidence(notice(CODE), notice(OTHER)),
        Result(
            (
                *broken("記載", "1", 1, (NOTICE, "entry", 0, 1), "変更の旨"),
                *broken("記載", "1", 2, (NOTICE, "entry", 0, 1), "変更の旨"),
            ),
            (1, 2),
        ),
    ),
    Trial(
        "wrong-and-secret",
        "item_is",
        {"telegram": REQUEST, "item": "juminhyo_code", "expected": [OTHER], "words": "コード"},
        evidence(request()),
        Result(
            broken(
                "コード",
                "***********",
                1,
                (REQUEST, "juminhyo_code", 0, 11),
                note="2文字目から異なる",
            ),
            (1,),
        ),
    ),
    Trial(
        "absent",
        "item_is",
        {**IS, "item": "alias", "expected": ["x"]},
        evidence(notice(CODE)),
        Result(broken("記載", "空", 1, (NOTICE, "alias"), None), (1,)),
    ),
    Trial(
        "the-last-only",
        "item_is",
        {
            "telegram": REQUEST,
            "item": "juminhyo_code",
            "expected": [OTHER],
            "words": "",
            "last": True,
        },
        evidence(request(), request(OTHER)),
        Result(looked_at=(2,)),
    ),
    Trial(
        "nothing-to-compare-with",
        "item_is",
        {**IS, "expected": []},
        evidence(notice(CODE)),
        Result(unclear="比べる値を照会できない"),
    ),
    Trial(
        "of-one-person",
        "item_is",
        {**IS, "item": "juminhyo_code", "expected": [OTHER], "person": "一郎"},
        evidence(notice(CODE), notice(OTHER, "一郎"), people=PEOPLE),
        Result(looked_at=(2,)),
    ),
    Trial(
        "no-telegram",
        "item_is",
        {**IS, "expected": ["1"]},
        evidence(),
        Result(unclear="該当する電文がない"),
    ),
]

SAME = {
    "telegram": NOTICE,
    "item": "juminhyo_code",
    "other": REQUEST,
    "other_item": "juminhyo_code",
    "words": "同じ値",
}

ITEM_SAME = [
    Trial(
        "same",
        "item_same",
        SAME,
        evidence(request(), notice(CODE)),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "different",
        "item_same",
        SAME,
        evidence(request(), notice(OTHER)),
        Result(
            broken(
                "同じ値",
                "***********",
                2,
                (NOTICE, "juminhyo_code", 7, 11),
                note="2文字目から異なる",
            ),
            (1, 2),
        ),
    ),
    Trial(
        "as-in-the-last-of-the-others",
        "item_same",
        SAME,
        evidence(request(), request(OTHER), notice(OTHER)),
        Result(looked_at=(2, 3)),
    ),
    Trial(
        "as-before-the-window",
        "item_same",
        SAME,
        evidence(request(), notice(CODE), start=1),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "nothing-to-compare-with",
        "item_same",
        SAME,
        evidence(notice(CODE)),
        Result(unclear="比べる電文がそろっていない"),
    ),
    Trial(
        "empty",
        "item_same",
        SAME,
        evidence(request(), notice("")),
        Result(
            broken(
                "同じ値",
                "空",
                2,
                (NOTICE, "juminhyo_code", 7, 0),
            ),
            (1, 2),
        ),
    ),
    Trial(
        "empty-where-it-may-be",
        "item_same",
        {**SAME, "may_be_empty": True},
        evidence(request(), notice(""), notice(CODE)),
        Result(looked_at=(1, 3)),
    ),
    Trial(
        "all-empty-where-they-may-be",
        "item_same",
        {**SAME, "may_be_empty": True},
        evidence(request(), notice("")),
        Result(unclear="比べる電文がそろっていない"),
    ),
]

DISTINCT = {"telegram": LIST, "item": "juminhyo_code", "words": "異なる値"}


def repeated(seq, path, offset, why):
    return Breach(
        "異なる値",
        f"*********** ({why})",
        "cs",
        seq,
        Place(LIST, path, offset, 11),
        "住民票コード",
    )


DISTINCT_ITEMS = [
    Trial(
        "distinct",
        "items_distinct",
        DISTINCT,
        evidence(code_list(CODE, OTHER)),
        Result(looked_at=(1,), closed=True),
    ),
    Trial(
        "twice-in-one",
        "items_distinct",
        DISTINCT,
        evidence(code_list(CODE, CODE)),
        Result((repeated(1, "codes[1].juminhyo_code", 11, "記録1と同じ値"),), (1,), closed=True),
    ),
    Trial(
        "twice-in-the-run",
        "items_distinct",
        DISTINCT,
        evidence(code_list(CODE), code_list(OTHER, CODE), start=1),
        Result((repeated(2, "codes[1].juminhyo_code", 11, "記録1と同じ値"),), (1, 2), closed=True),
    ),
    Trial(
        "twice-before-the-window",
        "items_distinct",
        DISTINCT,
        evidence(code_list(CODE, CODE), code_list(OTHER), start=1),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "known-before",
        "items_distinct",
        {**DISTINCT, "known": [CODE]},
        evidence(code_list(CODE)),
        Result(
            (repeated(1, "codes[0].juminhyo_code", 0, "以前から使われている値"),), (1,), closed=True
        ),
    ),
    Trial("empty", "items_distinct", DISTINCT, evidence(code_list("", "")), Result(closed=True)),
]

NEW = {"telegram": NOTICE, "item": "juminhyo_code", "count": 2, "words": "2通りの値"}


def shared(seq, why):
    return broken("2通りの値", f"*********** ({why})", seq, (NOTICE, "juminhyo_code", 7, 11))


VALUES_NEW = [
    Trial(
        "new", "values_new", NEW, evidence(notice(CODE), notice(OTHER)), Result(looked_at=(1, 2))
    ),
    Trial(
        "one-is-told-again",
        "values_new",
        NEW,
        evidence(notice(CODE), notice(CODE), notice(OTHER)),
        Result(looked_at=(1, 2, 3)),
    ),
    Trial(
        "one-for-all",
        "values_new",
        NEW,
        evidence(notice(CODE), notice(CODE, "一郎")),
        Result(shared(2, "記録1と同じ値"), (1, 2)),
    ),
    Trial(
        "one-of-before",
        "values_new",
        NEW,
        evidence(notice(CODE), notice(OTHER), notice(CODE, "一郎"), start=1),
        Result(shared(3, "記録1と同じ値"), (2, 3)),
    ),
    Trial(
        "too-few",
        "values_new",
        NEW,
        evidence(notice(CODE)),
        Result(unclear="人数分の電文がない", looked_at=(1,)),
    ),
]

BETWEEN = {
    "telegram": NOTICE,
    "item": "juminhyo_code",
    "people": ["花子", "一郎"],
    "words": "互いに異なる値",
}

BETWEEN_PEOPLE = [
    Trial(
        "distinct",
        "items_distinct_between_people",
        BETWEEN,
        evidence(notice(CODE), notice(OTHER, "一郎"), people=PEOPLE),
        Result(looked_at=(1, 2)),
    ),
    Trial(
        "one-repeats-its-own",
        "items_distinct_between_people",
        BETWEEN,
        evidence(notice(CODE), notice(CODE), notice(OTHER, "一郎"), people=PEOPLE),
        Result(looked_at=(1, 2, 3)),
    ),
    Trial(
        "shared",
        "items_distinct_between_people",
        BETWEEN,
        evidence(notice(CODE), notice(CODE, "一郎"), people=PEOPLE),
        Result(
            broken("互いに異なる値", "「花子」と同じ値", 2, (NOTICE, "juminhyo_code", 7, 11)),
            (1, 2),
        ),
    ),
    Trial(
        "one-only",
        "items_distinct_between_people",
        BETWEEN,
        evidence(notice(CODE), people=PEOPLE),
        Result(unclear="人数分の電文がない", looked_at=(1,)),
    ),
]

AMONG = {"telegram": REQUEST, "item": "juminhyo_code", "among": "stock", "words": "蓄積の一つ"}
ITEM_AMONG = [
    Trial("inside", "item_among", AMONG, evidence(request(), stock=[CODE]), Result(looked_at=(1,))),
    Trial(
        "outside",
        "item_among",
        AMONG,
        evidence(request(), stock=[OTHER]),
        Result(broken("蓄積の一つ", "***********", 1, (REQUEST, "juminhyo_code", 0, 11)), (1,)),
    ),
    Trial(
        "wanted-outside",
        "item_among",
        {**AMONG, "inside": False},
        evidence(request(), stock=[OTHER]),
        Result(looked_at=(1,)),
    ),
    Trial(
        "inside-though-wanted-outside",
        "item_among",
        {**AMONG, "inside": False},
        evidence(request(), stock=[CODE]),
        Result(broken("蓄積の一つ", "***********", 1, (REQUEST, "juminhyo_code", 0, 11)), (1,)),
    ),
    Trial(
        "no-telegram-carries-nothing-forbidden",
        "item_among",
        {**AMONG, "inside": False},
        evidence(stock=[CODE]),
        Result(closed=True),
    ),
    Trial(
        "no-telegram",
        "item_among",
        AMONG,
        evidence(stock=[CODE]),
        Result(unclear="該当する電文がない"),
    ),
]

CHECK = {"telegram": LIST, "item": "juminhyo_code", "kind": "juminhyo_code", "words": "正しい"}
CHECK_DIGIT = [
    Trial("right", "check_digit", CHECK, evidence(code_list(CODE, OTHER)), Result(looked_at=(1,))),
    Trial(
        "wrong",
        "check_digit",
        CHECK,
        evidence(code_list(CODE, BAD_CODE)),
        Result(
            broken(
                "正しい", "***********", 1, (LIST, "codes[1].juminhyo_code", 11, 11), sender="cs"
            ),
            (1,),
        ),
    ),
    Trial(
        "unspecified-remainder-is-right-both-ways",
        "check_digit",
        {
            "telegram": "addressee_request",
            "item": "addressee_number",
            "kind": "addressee_number",
            "words": "",
        },
        evidence(
            record("addressee_request", {"addressee_number": "100000130"}),
            record("addressee_request", {"addressee_number": "100000131"}),
        ),
        Result(looked_at=(1, 2)),
    ),
    Trial("no-telegram", "check_digit", CHECK, evidence(), Result(unclear="該当する電文がない")),
]

FORM = {"telegram": LIST, "item": "juminhyo_code", "pattern": "[0-9]{11}", "words": "11桁の数字"}
MATCHES = [
    Trial("right", "matches", FORM, evidence(code_list(CODE)), Result(looked_at=(1,))),
    Trial(
        "longer",
        "matches",
        FORM,
        evidence(code_list(CODE + "0")),
        Result(
            broken(
                "11桁の数字",
                "************",
                1,
                (LIST, "codes[0].juminhyo_code", 0, 12),
                sender="cs",
            ),
            (1,),
        ),
    ),
    Trial(
        "full-width-digits-are-others",
        "matches",
        FORM,
        evidence(code_list("２" * 11)),
        Result(
            broken(
                "11桁の数字", "***********", 1, (LIST, "codes[0].juminhyo_code", 0, 33), sender="cs"
            ),
            (1,),
        ),
    ),
    Trial("no-telegram", "matches", FORM, evidence(), Result(unclear="該当する電文がない")),
]

NEVER = {
    "telegram": "linkage_code_notice",
    "item": "linkage_code",
    "never": ["numbers", "codes"],
    "words": "番号でない値",
}


def linked(text):
    return record("linkage_code_notice", {"linkage_code": text})


def leaked(text):
    return Result(
        broken(
            "番号でない値",
            "*" * len(text),
            1,
            ("linkage_code_notice", "linkage_code", 0, len(text)),
            "符号",
            sender="nws",
        ),
        (1,),
    )


NOT_EQUAL = [
    Trial(
        "unrelated",
        "not_equal_to",
        NEVER,
        evidence(linked("ABCDEF"), numbers=[CODE], codes=[""], parts=["nws"]),
        Result(looked_at=(1,)),
    ),
    Trial(
        "equal",
        "not_equal_to",
        NEVER,
        evidence(linked(CODE), codes=[CODE], parts=["nws"]),
        leaked(CODE),
    ),
    Trial(
        "inside-it",
        "not_equal_to",
        NEVER,
        evidence(linked(f"X{CODE}X"), numbers=[CODE], parts=["nws"]),
        leaked(f"X{CODE}X"),
    ),
    Trial(
        "part-of-it",
        "not_equal_to",
        NEVER,
        evidence(linked(CODE[:8]), numbers=[CODE], parts=["nws"]),
        leaked(CODE[:8]),
    ),
    Trial(
        "no-telegram",
        "not_equal_to",
        NEVER,
        evidence(numbers=[CODE]),
        Result(unclear="該当する電文がない"),
    ),
]

TRIALS = (
    *ITEM_IS,
    *ITEM_SAME,
    *DISTINCT_ITEMS,
    *VALUES_NEW,
    *BETWEEN_PEOPLE,
    *ITEM_AMONG,
    *CHECK_DIGIT,
    *MATCHES,
    *NOT_EQUAL,
)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
