"""Changes and corrections of numbers: what is asked, written, told and refused."""

import pytest

from reference_impl.node import Outcome

NOTICE = ("entry", "reason", "event_date", "individual_number", "former_individual_number")
CODE, OLD, NEW = "24727059608", "123456789018", "507957100721"


@pytest.fixture
def head(world):
    world.household()
    ((handle, _),) = world.juki.residents.rows()
    return handle


def result(world, number, code=CODE, serial="0000000001", **values):
    """Let the result of a change arrive; give the result of its receipt."""
    body = {"juminhyo_code": code, "individual_number": number, "former_individual_number": OLD}
    telegram = world.telegram("cs", "juki", "number_change_result", serial, **{**body, **values})
    return world.juki.receive(telegram).values["result"]


@pytest.mark.parametrize(
    ("kind", "asked", "reason"), [("request", "1", "51"), ("ex_officio", "2", "52")]
)
def test_a_change_is_asked_for_and_told_with_the_former_number(world, head, kind, asked, reason):
    args = {"handle": head, "kind": kind, "event_date": "2026-05-09"}
    assert world.juki.act("change_number", args) == Outcome("ok", handle=head)
    assert world.resident(head)["individual_number"] == OLD
    world.pump()
    number = world.resident(head)["individual_number"]
    assert number != OLD
    assert world.sent("number_change_request", "juminhyo_code", "change_kind") == [(CODE, asked)]
    assert world.sent("identity_notice", *NOTICE) == [("3", reason, "2026-05-09", number, OLD)]
    assert world.sent("identity_notice", "juminhyo_code") == [(CODE,)]
    assert world.ids("juki") == ["number_change_request", "identity_notice", "delivery_address"]


def test_a_second_change_waits_for_the_first(world, head):
    world.juki.act("change_number", {"handle": head})
    again = world.juki.act("change_number", {"handle": head})
    assert (again.status, again.reason) == ("rejected", "number_awaited")
    assert result(world, NEW) == "0000"
    assert world.juki.act("change_number", {"handle": head}).status == "ok"


@pytest.mark.parametrize(
    ("number", "code", "answer"),
    [
        (OLD, CODE, "1003"),
        ("507957100722", CODE, "2003"),
        ("100000871090", CODE, "2002"),
        (NEW, "12345678903", "2004"),
    ],
)
def test_a_wrong_result_is_refused_and_the_number_stays(world, head, number, code, answer):
    world.juki.residents.add(
        {
            **world.juki.residents.get(head),
            "juminhyo_code": "25208017643",
            "individual_number": "100000871090",
        }
    )
    world.juki.act("change_number", {"handle": head})
    assert result(world, number, code) == answer
    assert world.resident(head)["individual_number"] == OLD
    assert [line["code"] for line in world.errors()] == [answer]
    assert result(world, NEW, serial="0000000002") == "0000"


def test_a_result_that_nobody_asked_for_is_refused(world, head):
    assert result(world, NEW) == "2004"
    assert world.resident(head)["individual_number"] == OLD


def test_a_refused_change_is_listed_and_can_be_asked_for_again(world, head):
    world.juki.act("change_number", {"handle": head})
    assert result(world, "", result="2001", former_individual_number="") == "0000"
    text = "個人番号が変更されませんでした。"
    line = {"telegram": "number_change_result", "code": "2001", "text": text}
    assert world.errors() == [line]
    assert world.juki.act("change_number", {"handle": head}).status == "ok"


def test_a_correction_asks_for_nothing(world, head):
    args = {"handle": head, "individual_number": NEW}
    assert world.juki.act("correct_number", args) == Outcome("ok", handle=head)
    world.pump()
    assert world.ids("juki") == ["identity_notice"]
    assert world.sent("identity_notice", *NOTICE) == [("3", "52", "2026-05-10", NEW, OLD)]


def test_a_missing_number_is_written_without_a_former_one(world):
    world.household(individual_number="")
    ((handle, _),) = world.juki.residents.rows()
    assert world.juki.act("change_number", {"handle": handle}).reason == "number_missing"
    world.juki.act("correct_number", {"handle": handle, "individual_number": NEW})
    world.pump()
    assert world.sent("identity_notice", *NOTICE) == [("3", "53", "2026-05-10", NEW, "")]


@pytest.mark.parametrize(
    ("number", "alert"), [("507957100722", "number_wrong"), ("100000871090", "number_held")]
)
def test_a_correction_to_a_wrong_number_is_refused(world, head, number, alert):
    world.juki.residents.add(
        {**world.juki.residents.get(head), "individual_number": "100000871090"}
    )
    args = {"handle": head, "individual_number": number}
    refused = world.juki.act("correct_number", args)
    assert (refused.status, refused.reason) == ("rejected", alert)


def test_the_agency_knows_no_number_to_change(world):
    request = world.telegram("juki", "cs", "number_change_request", juminhyo_code=CODE)
    answer = world.cs.receive(request)
    assert (answer.values["result"], answer.values["error_item"]) == ("2001", "juminhyo_code")
