"""Special move-ins: what is received, asked for, erased, excluded."""

import datetime as dt

import pytest

CODE, NUMBER = "10000871090", "990090002589"
MEMBER, MEMBER_NUMBER = "24727059608", "454972364860"
B = "999024"
PERSON = {
    "name": "佐藤　葵",
    "furigana": "サトウ　アオイ",
    "former_surname": "",
    "alias": "",
    "birth_date": "H7-02-03",
    "sex": "2",
    "relation": "02",
    "juminhyo_code": CODE,
    "individual_number": NUMBER,
    "register_place": "架空県架空町",
}
CHILD = {
    **PERSON,
    "name": "佐藤　蓮",
    "furigana": "サトウ　レン",
    "sex": "1",
    "relation": "20",
    "juminhyo_code": MEMBER,
    "individual_number": MEMBER_NUMBER,
}
PLANNED = "2026-05-10"
INFO = {
    "origin_code": B,
    "destination_code": "999016",
    "planned_date": PLANNED,
    "former_address": "架空県別市一丁目",
    "new_address": "",
    "head_name": "佐藤　葵",
}
PAPER = {**PERSON, "furigana": "カミ　アオイ", "birth_date": "1995-02-03"}
REPORT = {
    "juminhyo_code": CODE,
    "former_municipality_code": B,
    "certificate": PAPER,
    "address": "架空県架空市三丁目",
}


def receive(world, *persons, serial="0000000001", **items):
    for person in persons:
        known = {item: person[item] for item in ("juminhyo_code", "individual_number")}
        world.cs.provision("person", known)
    values = {**INFO, **items, "count": str(len(persons)), "persons": list(persons)}
    telegram = world.telegram("cs", "juki", "certificate_info_delivery", serial, **values)
    assert world.juki.receive(telegram).values["result"] == "0000"


def days_later(world, days):
    day = world.clock.now().date() + dt.timedelta(days=days)
    world.juki.provision("date", {"date": day.isoformat()})


def report(world, **args):
    outcome = world.juki.act("special_move_in", {**REPORT, **args})
    world.pump()
    return outcome


def entered(world):
    told = world.sent("identity_notice", "entry", "juminhyo_code", "name", "furigana")
    return [notice[1:] for notice in told if notice[0] == "1"]


def held(world, code=CODE):
    return world.juki.observe("certificate_info", {"juminhyo_code": code})["held"]


def codes_of(outcome):
    return outcome.status, [alert.code for alert in outcome.alerts]


def test_everybody_of_the_information_is_entered_and_told_to_the_former_place(world):
    receive(world, PERSON, CHILD)
    outcome = report(world)
    first, second = (world.resident(handle) for handle in outcome.data["handles"])
    assert first["household"] == second["household"]
    assert entered(world) == [
        (CODE, "佐藤　葵", "サトウ　アオイ"),
        (MEMBER, "佐藤　蓮", "サトウ　レン"),
    ]
    assert world.sent("move_in_notice", "destination_code", "juminhyo_code") == [
        (B, CODE),
        (B, MEMBER),
    ]
    assert world.juki.residents.get(outcome.handle)["register_place"] == "架空県架空町"
    assert (held(world), held(world, MEMBER)) == ("no", "no")


def test_without_information_the_former_place_is_told_and_the_entry_waits(world):
    outcome = report(world, event_date="2026-05-08")
    assert codes_of(outcome) == ("ok", ["certificate_awaited"])
    assert dict(outcome.data) == {"state": "provisional"}
    items = ("destination_code", "juminhyo_code", "report_date", "move_in_date")
    told = world.sent("first_report_notice", *items)
    assert told == [(B, CODE, "2026-05-10", "2026-05-08")]
    early = world.juki.act("finalise", {"handle": outcome.handle})
    assert codes_of(early) == ("rejected", ["certificate_awaited"])
    receive(world, PERSON)
    assert world.juki.act("finalise", {"handle": outcome.handle}).status == "ok"
    world.pump()
    assert entered(world) == [(CODE, "佐藤　葵", "サトウ　アオイ")]
    assert len(world.sent("first_report_notice")) == 1


def test_a_provisional_report_tells_nobody(world):
    assert report(world, until="provisional").status == "ok"
    assert world.log == []


def test_a_date_to_come_is_refused_before_anybody_is_told(world):
    outcome = report(world, event_date="2026-05-11")
    assert codes_of(outcome) == ("rejected", ["event_date_future"])
    assert world.log == []


@pytest.mark.parametrize(("days", "kept"), [(30, "yes"), (31, "no")])
def test_unused_information_is_erased_after_thirty_days(world, days, kept):
    receive(world, PERSON)
    days_later(world, days)
    assert held(world) == kept


@pytest.mark.parametrize(
    ("args", "special"),
    [
        ({}, True),
        ({"event_date": "2026-05-16"}, True),
        ({"event_date": "2026-05-15"}, False),
        ({"recorded_elsewhere": True}, False),
        ({"card_presented": False}, False),
    ],
    ids=["plain", "day 14", "day 15", "elsewhere", "no card"],
)
def test_who_is_excluded_moves_in_by_the_paper(world, args, special):
    receive(world, PERSON)
    days_later(world, 20)
    outcome = report(world, **args)
    expected = ("サトウ　アオイ", []) if special else ("カミ　アオイ", ["special_not_applied"])
    assert (entered(world)[0][2], [alert.code for alert in outcome.alerts]) == expected
    assert outcome.status == "ok"


def test_corrections_of_staff_and_the_newest_information_count(world):
    receive(world, PERSON)
    receive(world, {**PERSON, "furigana": "アタラシイ　アオイ"}, serial="0000000002")
    report(world, corrections={"name": "佐藤　碧"})
    assert entered(world) == [(CODE, "佐藤　碧", "アタラシイ　アオイ")]


def test_who_returns_keeps_the_name_and_the_addressee_number(world):
    former = {**PAPER, "name": "佐藤　蒼", "status": "removed"}
    args = {"head": former, "address": "架空県架空市一丁目"}
    handle = world.juki.provision("household", args)["head"]
    receive(world, PERSON)
    outcome = report(world)
    assert entered(world) == [(CODE, "佐藤　蒼", "サトウ　アオイ")]
    numbers = {world.resident(h)["addressee_number"] for h in (handle, outcome.handle)}
    assert len(numbers) == 1
