"""Reading recorded telegrams: items, places, what may be shown, whose they are."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.selection import belongs_to, select
from steps.judge.values import difference, is_bent, items, place, row, scrub, show, value_of
from tests.steps.conftest import answer, evidence, record

CODE = "24846016224"
LIST = record("juminhyo_code_list", {"count": "2", "codes": [{"juminhyo_code": CODE}] * 2})


def test_items_are_all_leaves_with_their_paths():
    assert list(items(LIST)) == [
        ("count", "2"),
        ("codes[0].juminhyo_code", CODE),
        ("codes[1].juminhyo_code", CODE),
    ]
    assert list(items(record("receipt"))) == []


def test_a_value_that_is_not_there_is_empty():
    assert value_of(LIST, "codes[1].juminhyo_code") == CODE
    assert value_of(LIST, "codes[2].juminhyo_code") == ""
    assert value_of(record(None), "count") == ""


def test_a_place_is_a_field_or_the_whole_telegram():
    assert place(LIST) == Place("juminhyo_code_list", None, 0, 23)
    assert place(LIST, "codes[1].juminhyo_code") == Place(
        "juminhyo_code_list", "codes[1].juminhyo_code", 12, 11
    )
    assert place(record(None, raw=b"DB")) == Place("unknown", None, 0, 2)


def test_a_field_that_is_not_there_has_no_place():
    assert place(LIST, "name") == Place("juminhyo_code_list", "name", None, None)


def test_a_foreign_text_shows_no_number():
    told = scrub(f"no {CODE}, ２４８４６０１６２２４, 12345678")
    assert told == f"no {'*' * 11}, {'*' * 11}, 12345678"


def test_what_is_secret_or_unknown_is_masked():
    assert row(LIST, "count").label == "件数"
    assert show(LIST, "count", "2") == "2"
    assert show(LIST, "codes[0].juminhyo_code", CODE) == "*" * 11
    assert show(LIST, "codes[9].juminhyo_code", CODE) == "*" * 11
    assert show(LIST, "codes[0].juminhyo_code", "") == "空"


@pytest.mark.parametrize(
    ("expected", "actual", "told"),
    [
        ("12", "12", None),
        ("12", "13", "2文字目から異なる"),
        ("12", "22", "1文字目から異なる"),
        ("12", "123", "長さが2文字でなく3文字"),
        ("", "1", "長さが0文字でなく1文字"),
        ("12", "", None),
    ],
)
def test_a_difference_tells_nothing_of_the_content(expected, actual, told):
    assert difference(LIST, "codes[0].juminhyo_code", expected, actual) == told


def test_a_difference_that_can_be_seen_is_not_told():
    assert difference(LIST, "count", "2", "3") is None


@pytest.mark.parametrize(
    ("fault", "bent"),
    [
        (None, False),
        ("lost", False),
        ("held", False),
        ("twice", False),
        ("changed:name", True),
        ("broken:cut", True),
        ("refused:9999", True),
        ("answer_changed:x", True),
        ("misdirected_answer", True),
    ],
)
def test_a_planned_fault_bends_a_telegram_or_leaves_it(fault, bent):
    assert is_bent(record("receipt", fault=fault)) is bent


def test_a_telegram_belongs_to_whom_it_names():
    assert belongs_to(LIST, {CODE})
    assert not belongs_to(LIST, {"other"})
    assert not belongs_to(record("receipt", {"error_item": ""}), {""})


def test_a_selection_is_of_the_window_and_the_person():
    other = record("juminhyo_code_list", {"count": "0"})
    people = {"花子": {"identifiers": [CODE]}}
    seen = evidence(LIST, other, LIST, start=1, people=people)

    def chosen(*args, **options):
        return [found.seq for found in select(seen, "juminhyo_code_list", *args, **options)]

    assert chosen() == [2, 3]
    assert chosen(run=True) == [1, 2, 3]
    assert chosen("花子") == [3]
    assert chosen("花子", run=True) == [1, 3]
    assert chosen("一郎") == []


# -- evidence ------------------------------------------------------------------------------


def request(serial, code=CODE, **members):
    return record("number_issue_request", {"serial": serial, "juminhyo_code": code}, **members)


def test_a_resend_is_the_same_serial_with_the_same_content():
    dated = request("1")
    dated.values["created_time"] = "120000"
    seen = evidence(
        request("1"),
        dated,
        request("1", "other"),
        request("2"),
        request("1", sender="cs"),
        request("1", on_wire=False),
        record(None, raw=b"?"),
        record(None, raw=b"?"),
    )
    assert [found.seq for found in seen.telegrams()] == [1, 3, 4, 5, 7, 8]


def test_what_a_relay_passes_on_counts_once():
    inside = {"sender": "nws", "receiver": "nws", "way": "sent"}
    seen = evidence(
        request("1", sender="cs", receiver="nws"),
        request("2", **inside),
        request("3", fault="changed:juminhyo_code", **inside),
    )
    assert [found.seq for found in seen.telegrams()] == [1, 3]


def test_an_answer_answers_what_it_refers_to():
    seen = evidence(request("1"), request("2"), answer(2), answer(1, on_wire=False), answer(1))
    first, second, *_ = seen.records
    assert seen.answer_to(first).seq == 5
    assert seen.answer_to(second).seq == 3
    assert seen.answer_to(seen.records[-1]) is None


def test_the_sender_is_the_role_under_test_when_it_is_one_of_several():
    seen = evidence(parts=["cs"])
    seen = type(seen)(seen.parts, (), senders={"receipt": ("juki", "cs"), "x": ("atena",)})
    assert [seen.sender_of(name) for name in ("receipt", "x", "unknown")] == ["cs", "atena", ""]
