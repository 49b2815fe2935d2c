"""Manual linkage, sending again, checks, restraints and wide-area issue at the desks."""

from __future__ import annotations

import pytest

from reference_impl.node import NO_SERIAL, Outcome, Telegram

CODE, OTHER = "24846016224", "25208017643"
MEMBER = "999041"


@pytest.fixture
def resident(world):
    """Return the handle of somebody who is on the register."""
    return household(world)


def household(world, code=CODE, **more):
    head = {
        "name": "山田　花子", "furigana": "ヤマダ　ハナコ", "sex": "2", "birth_date": "1990-05-01",
        "juminhyo_code": code, "individual_number": "123456789018", "relation": "02",
    }  # fmt: skip
    place = {"address": "見本市１番", "postal_code": "9990001"}
    return world.juki.provision("household", {"head": head, **place, **more})["head"]


def move(world, handle, address):
    outcome = world.juki.act("move", {"handle": handle, "address": address})
    assert outcome.status == "ok"


def waiting(world, item="address"):
    """Return what waits for the CS, as telegram and one of its items."""
    entries = world.juki.registers.pending("cs")
    return [
        (entry.telegram_id, entry.values[item])
        for entry in entries
        if entry.telegram_id == "identity_notice"
    ]


def ask(receiver="999016", code=CODE, **special):
    flags = {f"with_{what}": special.get(what, "0") for what in ("household", "number", "code")}
    values = {
        "sender": "000001", "receiver": receiver, "serial": "0000000001", "ref_serial": NO_SERIAL,
        "origin_code": "999024", "destination_code": receiver, "request_number": "0000000007",
        "juminhyo_code": code, "name": "", **flags,
    }  # fmt: skip
    return Telegram("wide_area_request_delivery", values, "cs", "juki")


def record_of(world):
    (entry,) = (
        e for e in world.juki.registers.pending("cs") if e.telegram_id == "wide_area_record"
    )
    return entry.values


def test_what_waits_leaves_in_its_order_after_the_return(world, resident):
    world.juki.act("set_linkage", {"mode": "manual"})
    move(world, resident, "見本市２番")
    move(world, resident, "見本市３番")
    assert world.juki.registers.pending("cs") == ()
    world.juki.act("set_linkage", {"mode": "automatic"})
    assert waiting(world) == [("identity_notice", "見本市２番"), ("identity_notice", "見本市３番")]


def test_what_was_sent_by_hand_does_not_leave_again(world, resident):
    other = household(world, OTHER)
    world.juki.act("set_linkage", {"mode": "manual"})
    move(world, resident, "見本市２番")
    move(world, other, "見本市３番")
    assert world.juki.act("send_waiting", {"handle": resident}).status == "ok"
    assert waiting(world) == [("identity_notice", "見本市２番")]
    world.juki.act("set_linkage", {"mode": "automatic"})
    assert waiting(world) == [("identity_notice", "見本市２番"), ("identity_notice", "見本市３番")]


def test_nothing_is_sent_by_hand_while_linkage_is_automatic(world, resident):
    refused = Outcome("rejected", "input", handle=resident, reason="not_manual")
    assert world.juki.act("send_waiting", {"handle": resident}) == refused


def test_the_last_telegram_goes_again_with_the_chosen_reason(world, resident):
    move(world, resident, "見本市２番")
    move(world, resident, "見本市３番")
    args = {"handle": resident, "telegram": "identity_notice", "reason": "32"}
    assert world.juki.act("resend", args).status == "ok"
    assert waiting(world, "reason")[-1] == ("identity_notice", "32")
    assert waiting(world)[-1] == ("identity_notice", "見本市３番")


@pytest.mark.parametrize(
    ("telegram", "reason", "why"),
    [
        ("delivery_address", "", "never_sent"),
        ("identity_notice", "99", "no_such_reason"),
        ("family_register_notice", "32", "no_such_reason"),
        ("linkage_code_request", "", "never_sent"),
    ],
)
def test_what_cannot_go_again(world, telegram, reason, why):
    handle = household(world, register_municipality_code="999024")
    move(world, handle, "見本市２番")
    args = {"handle": handle, "telegram": telegram, "reason": reason}
    refused = Outcome("rejected", "input", handle=handle, reason=why)
    assert world.juki.act("resend", args) == refused


def test_a_check_compares_what_is_on_the_register(world, resident):
    held = {"juminhyo_code": CODE, "address": "見本市１番", "name": "山田　花子"}
    world.cs.provision("identity", held)
    other = household(world, OTHER)
    world.juki.act("check_consistency", {"handles": [resident, other]})
    world.pump()
    assert world.juki.observe("consistency", {}) == {"differing": [OTHER], "results": 1}


def test_a_copy_tells_what_was_asked_for_and_no_more(world, resident):
    world.juki.receive(ask(number="1"))
    told = {item: text for item, text in record_of(world).items() if text}
    assert resident == "r1"
    assert told == {
        "sender": "999016", "origin_code": "999016", "destination_code": "999024",
        "request_number": "0000000007", "answer": "1", "name": "山田　花子",
        "furigana": "ヤマダ　ハナコ", "birth_date": "H2-05-01", "sex": "2",
        "address": "見本市１番", "individual_number": "123456789018",
    }  # fmt: skip


def test_a_restrained_record_is_not_returned_until_the_end(world, resident):
    world.juki.act("restrain", {"handle": resident, "end_date": "2026-05-10"})
    world.juki.act("lift_restraint", {"handle": resident, "temporary": True})
    world.juki.receive(ask())
    assert record_of(world)["answer"] == "3"
    assert "name" not in record_of(world)


def test_a_restraint_is_not_over_after_its_last_day(world, resident):
    world.juki.act("restrain", {"handle": resident, "end_date": "2026-05-09"})
    world.juki.receive(ask())
    assert record_of(world)["answer"] == "3"


def test_a_restraint_is_over_when_it_is_lifted(world, resident):
    world.juki.act("restrain", {"handle": resident, "end_date": "2026-05-09"})
    world.juki.act("lift_restraint", {"handle": resident})
    world.juki.receive(ask())
    assert record_of(world)["answer"] == "1"


@pytest.mark.parametrize(("first", "answer"), [("2026-05-10", "3"), ("2026-05-11", "1")])
def test_a_restraint_begins_on_its_first_day(world, resident, first, answer):
    world.juki.act("restrain", {"handle": resident, "start_date": first})
    world.juki.receive(ask())
    assert record_of(world)["answer"] == answer


@pytest.mark.parametrize(("receiver", "code", "answer"), [
    ("999016", CODE, "1"), (MEMBER, CODE, "2"), ("999016", OTHER, "2"), (MEMBER, OTHER, "1"),
])  # fmt: skip
def test_each_member_has_its_own_residents(world, resident, receiver, code, answer):
    world.juki.provision("member", {"municipality_code": MEMBER})
    household(world, OTHER, municipality_code=MEMBER)
    assert world.juki.receive(ask(receiver, code)).values["result"] == "0000"
    assert record_of(world)["answer"] == answer
    assert record_of(world)["origin_code"] == receiver
    assert resident


def test_a_telegram_for_nobody_served_is_refused(world):
    assert world.juki.receive(ask(MEMBER)).values["result"] == "1004"


def test_codes_for_a_member_stay_out_of_the_own_stock(world):
    world.juki.provision("member", {"municipality_code": MEMBER})
    world.cs.provision("member", {"municipality_code": MEMBER})
    world.cs.act("send_code_list", {"codes": [CODE], "municipality_code": MEMBER})
    world.pump()
    assert world.juki.observe("stock", {})["count"] == 0
