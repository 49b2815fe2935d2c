"""Leaving the municipality: planned dates, removals, cancellations, certificate information."""

import datetime as dt

import pytest

CODE, NUMBER = "10000871090", "990090002589"
MEMBER, MEMBER_NUMBER = "24727059608", "454972364860"
B, C = "999024", "999032"
HEAD = {
    "name": "佐藤　葵",
    "furigana": "さとう　あおい",
    "sex": "2",
    "birth_date": "1995-02-03",
    "relation": "02",
    "juminhyo_code": CODE,
    "individual_number": NUMBER,
}
CARD = {"card_issued_date": "2024-06-03", "card_expiry_date": "2034-06-02"}
CHILD = {
    "name": "佐藤　蓮",
    "furigana": "さとう　れん",
    "sex": "1",
    "birth_date": "2020-02-03",
    "relation": "20",
    "juminhyo_code": MEMBER,
    "individual_number": MEMBER_NUMBER,
}
PLACE = {"address": "架空県架空市三丁目", "register_municipality_code": C}
TO_B = {"destination_municipality_code": B, "destination_address": "架空県別市一丁目"}
PLANNED = "2026-05-17"


def family(world, **head):
    """Put a head and a child on the register; give their handles."""
    for person in (HEAD, CHILD):
        items = ("juminhyo_code", "individual_number")
        world.cs.provision("person", {item: person[item] for item in items})
    args = {"head": {**HEAD, **head}, "members": [CHILD], **PLACE}
    told = world.juki.provision("household", args)
    return [told["head"], *told["members"]]


def days_later(world, days):
    day = world.clock.now().date() + dt.timedelta(days=days)
    world.juki.provision("date", {"date": day.isoformat()})
    world.pump()


def move_out(world, handle, **args):
    outcome = world.juki.act("move_out", {"handle": handle, **TO_B, **args})
    world.pump()
    return outcome


def removals(world):
    told = world.sent("identity_notice", "entry", "reason", "event_date", "juminhyo_code")
    return [notice[1:] for notice in told if notice[0] == "2"]


def status(world, handle):
    return world.resident(handle)["status"]


def infos(world):
    """Give destination and the codes of the people of every certificate information."""
    return [
        (info["destination_code"], [person["juminhyo_code"] for person in info["persons"]])
        for info in world.sent("certificate_info")
    ]


def test_the_planned_date_removes_and_stands_in_the_notice(world):
    handle, _ = family(world)
    assert move_out(world, handle, planned_date=PLANNED).status == "ok"
    days_later(world, 6)
    assert (status(world, handle), removals(world)) == ("leaving", [])
    days_later(world, 1)
    days_later(world, 1)
    assert (status(world, handle), removals(world)) == ("removed", [("21", PLANNED, CODE)])
    assert world.resident(handle)["removal"]["date"] == PLANNED


@pytest.mark.parametrize(
    ("event_date", "reason", "alerts"),
    [("2026-04-26", "21", []), ("2026-04-25", "23", ["ex_officio"])],
    ids=["day 14", "day 15"],
)
def test_a_late_report_is_handled_ex_officio(world, event_date, reason, alerts):
    handle, _ = family(world)
    outcome = move_out(world, handle, event_date=event_date)
    assert [alert.code for alert in outcome.alerts] == alerts
    assert removals(world) == [(reason, event_date, CODE)]


def test_who_moves_abroad_is_told_to_the_family_register_and_to_nobody_else(world):
    handle, _ = family(world, **CARD)
    away = {"planned_date": "2026-05-10", "destination_address": "アメリカ合衆国"}
    move_out(world, handle, kind="abroad", special=True, **away)
    assert sorted(world.ids("juki")) == ["family_register_notice", "identity_notice"]
    told = world.sent("family_register_notice", "address", "address_date")
    assert told == [("アメリカ合衆国", "2026-05-10")]


def test_a_cancelled_move_out_comes_to_nothing(world):
    handle, _ = family(world)
    move_out(world, handle, planned_date=PLANNED)
    assert world.juki.act("cancel_move_out", {"handle": handle}).status == "ok"
    days_later(world, 10)
    assert (status(world, handle), world.ids("juki")) == ("present", [])
    again = world.juki.act("cancel_move_out", {"handle": handle})
    assert (again.status, again.reason) == ("rejected", "no_move_out")


def test_a_cancelled_removal_is_restored(world):
    handle, _ = family(world)
    move_out(world, handle)
    world.juki.act("cancel_move_out", {"handle": handle})
    world.pump()
    told = world.sent("identity_notice", "entry", "reason", "juminhyo_code")
    assert told == [("2", "21", CODE), ("1", "13", CODE)]
    assert status(world, handle) == "present"


@pytest.mark.parametrize(
    ("card", "leaving", "codes"),
    [
        (CARD, (0, 1), [(B, [CODE, MEMBER])]),
        (CARD, (0,), [(B, [CODE])]),
        (CARD, (1,), []),
        ({}, (0, 1), []),
    ],
    ids=["household", "head alone", "member alone", "nobody has a card"],
)
def test_certificate_information_is_of_holders_and_who_moves_with_them(world, card, leaving, codes):
    people = family(world, **card)
    handles = [people[place] for place in leaving]
    move_out(world, handles[0], handles=handles, special=True, planned_date=PLANNED)
    assert infos(world) == codes


def first_report(world, code=CODE, origin=C):
    values = {"origin_code": origin, "destination_code": "999016", "juminhyo_code": code}
    notice = world.telegram("cs", "juki", "first_report_notice_delivery", **values)
    answer = world.juki.receive(notice)
    world.pump()
    return answer.values["result"]


def test_a_first_report_elsewhere_is_answered_there(world):
    handle, _ = family(world, **CARD)
    move_out(world, handle, special=True, planned_date=PLANNED)
    days_later(world, 10)
    assert first_report(world) == "0000"
    assert infos(world) == [(B, [CODE]), (C, [CODE])]


@pytest.mark.parametrize("special", [None, False], ids=["present", "left otherwise"])
def test_a_first_report_of_who_did_not_move_out_specially_is_refused(world, special):
    handle, _ = family(world, **CARD)
    if special is not None:
        move_out(world, handle, special=special)
    assert first_report(world) == "2001"
    assert infos(world) == []


@pytest.mark.parametrize("code", ["", "25208017643"])
def test_a_first_report_of_nobody_is_refused(world, code):
    assert first_report(world, code) == "2001"


def test_a_first_report_is_about_the_last_record_of_who_returned(world):
    handle, _ = family(world, **CARD)
    move_out(world, handle, special=True)
    person = {item: text for item, text in HEAD.items() if not item.endswith(("code", "number"))}
    numbers = {"juminhyo_code": CODE, "individual_number": NUMBER}
    args = {"kind": "domestic", "person": person, **numbers, **PLACE, "former": handle}
    assert world.juki.act("move_in", args).status == "ok"
    assert first_report(world) == "2001"
    assert infos(world) == [(B, [CODE])]
