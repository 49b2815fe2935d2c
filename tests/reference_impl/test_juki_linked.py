"""Juki beside the CS: updates, replicas, inquiries, differences for other systems."""

from __future__ import annotations

import datetime as dt

import pytest

FIRST, SECOND = "456789013", "456789021"
"""世帯番号 of 45678901 and 45678902, weights from the right 2 3 4 5 6 7 2 3: sums 184 and 186."""


@pytest.fixture
def adult(world):
    """Put a household of one on the register and let its 付番 be asked for."""
    world.household()
    assert world.juki.act("request_addressee", {"handle": "r1"}).status == "ok"
    world.pump()
    world.log.clear()
    return "r1"


def move(world, handle="r1", address="新市一丁目"):
    world.juki.act("move", {"handle": handle, "address": address})
    world.pump()


def test_a_move_updates_addressee_and_replica_after_the_notice(world, adult):
    move(world, adult)
    told = [i for i in world.ids("juki") if i != "family_register_notice"]
    assert told == ["identity_notice", "addressee_update", "replica_upload"]
    ((address, business, state, former),) = world.sent(
        "addressee_update", "address", "business_id", "residence_state", "former_individual_number"
    )
    assert (address, business, state, former) == ("新市一丁目", "001", "1", "")
    ((records,),) = world.sent("replica_upload", "records")
    assert records == [
        {
            "addressee_number": world.resident(adult)["addressee_number"],
            "information_code": "JK01",
            "household_number": FIRST,
            "relation": "",
            "updated_on": "2026-05-10",
        }
    ]


def test_who_makes_a_household_of_its_own_has_a_replica_of_its_own(world, adult):
    separate(world, adult)
    assert world.ids("juki") == ["replica_upload"]
    (((record,),),) = world.sent("replica_upload", "records")
    assert (record["household_number"], record["relation"]) == (SECOND, "02")


def separate(world, handle):
    world.juki.act("change_household", {"handle": handle, "kind": "separate"})
    world.pump()


def household_numbers(world, handle):
    """Let a replica be sent and give the 世帯番号 of its records."""
    world.log.clear()
    assert world.juki.act("send_replica", {"handle": handle}).status == "ok"
    world.pump()
    ((records,),) = world.sent("replica_upload", "records")
    return [record["household_number"] for record in records]


def test_all_of_a_household_have_its_number_and_it_keeps_it(world, adult, codes):
    world.stock(*codes)
    child = world.birth("h1").handle
    world.pump()
    assert household_numbers(world, adult) == household_numbers(world, child) == [FIRST, FIRST]
    move(world, adult)
    separate(world, adult)
    assert household_numbers(world, child) == [FIRST]
    assert household_numbers(world, adult) == [SECOND]


def test_household_numbers_go_on_after_a_restart(build, tmp_path):
    first = build(tmp_path)
    first.household()
    first.close()
    second = build(tmp_path)
    assert household_numbers(second, "r1") == [FIRST]
    second.household()
    assert household_numbers(second, "r2") == [SECOND]


def test_household_numbers_of_another_formula_or_order(build):
    worlds = [
        build(juki=rules) for rules in ({"household_weights": (2,)}, {"household_serial": False})
    ]
    for world in worlds:
        world.household()
    (doubled,), (drawn,) = (household_numbers(world, "r1") for world in worlds)
    assert doubled == f"{FIRST[:-1]}8"  # (4+5+6+7+8+9+0+1) * 2 = 80, remainder 3
    assert drawn[:-1] != FIRST[:-1]


def test_nothing_is_updated_for_somebody_who_was_never_numbered(world):
    world.household()
    move(world)
    assert {"addressee_update", "replica_upload"}.isdisjoint(world.ids("juki"))
    assert world.juki.act("update_addressee", {"handle": "r1"}).status == "rejected"
    inquiry = world.juki.act("inquire", {"handle": "r1", "information_kind": "ZEI01"})
    assert inquiry.status == "rejected"


def test_a_changed_number_is_told_with_the_former_one(world, adult):
    number = {"individual_number": "507957100721"}
    assert world.juki.act("correct_number", {"handle": adult, **number}).status == "ok"
    world.pump()
    items = ("former_individual_number", "individual_number")
    assert world.sent("addressee_update", *items) == [("123456789018", "507957100721")]


def test_a_result_is_shown_only_when_it_was_fetched(world, adult):
    inquiry = world.juki.act("inquire", {"handle": adult, "information_kind": "ZEI01"}).handle
    states = []
    for _ in range(2):
        world.pump()
        states.append(world.juki.observe("inquiry", {"inquiry": inquiry})["state"])
        world.juki.act("fetch_inquiry", {"inquiry": inquiry})
    world.pump()
    told = world.juki.observe("inquiry", {"inquiry": inquiry})
    assert (states, told["state"]) == (["accepted", "waiting"], "provided")
    assert told["contents"][0] == {"item": "課税の有無", "content": "課税"}


def pass_minutes(world, minutes):
    world.clock.advance(60 * minutes)
    world.juki.day_began()
    world.pump()


def files(world):
    return [
        [(row["history_number"], row["event"], row["address"]) for row in file["records"]]
        for file in world.sent("resident_differences")
    ]


def test_differences_gather_for_ten_minutes_and_are_told_once(world, adult):
    move(world, adult)
    move(world, adult, "別市二丁目")
    pass_minutes(world, 9)
    assert files(world) == []
    pass_minutes(world, 1)
    pass_minutes(world, 10)
    assert files(world) == [[("1", "転居", "新市一丁目"), ("2", "転居", "別市二丁目")]]


def test_differences_at_once_need_no_time(build):
    world = build(juki={"difference_minutes": 0})
    world.household()
    move(world)
    move(world, address="別市二丁目")
    assert files(world) == [[("1", "転居", "新市一丁目")], [("2", "転居", "別市二丁目")]]


def test_a_birth_is_a_difference_too_with_its_unknown_date(world, codes):
    world.stock(*codes)
    world.birth(world.household(), birth_date="2026-05-00")
    world.pump()
    pass_minutes(world, 10)
    ((row,),) = (file["records"] for file in world.sent("resident_differences"))
    assert (row["event"], row["birth_date"], row["birth_date_unknown"], row["birth_date_text"]) == (
        "出生",
        "2026-05-00",
        "1",
        "２０２６年５月　日不詳",
    )


def test_time_that_went_back_does_not_stop_differences(world, adult):
    today = world.clock.now().date()
    world.clock.shift(today + dt.timedelta(days=30))
    world.juki.day_began()
    world.clock.shift(today)
    move(world, adult)
    pass_minutes(world, 10)
    assert len(files(world)) == 1
