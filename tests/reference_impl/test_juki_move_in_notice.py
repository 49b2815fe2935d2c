"""What another municipality tells of who moved in there, and what becomes of it here."""

import datetime as dt

import pytest

CODE, NUMBER = "24727059608", "123456789018"
B, C = "999024", "999032"
NOTICE = {
    "origin_code": B,
    "destination_code": "999016",
    "juminhyo_code": CODE,
    "name": "山田　太郎",
    "birth_date": "H2-04-01",
    "move_in_date": "2026-05-08",
    "new_municipality_code": B,
    "new_address": "架空県別市二丁目",
    "former_address": "架空県架空市一丁目２番３号",
    "notice_date": "2026-05-09",
    "created_date": "2026-05-09",
    "created_time": "100000",
}
PLAN = {
    "destination_municipality_code": B,
    "destination_address": "架空県別市一丁目",
    "kind": "domestic",
}
CONFIRMED = {
    "confirmed_date": "2026-05-08",
    "confirmed_code": B,
    "confirmed_address": "架空県別市二丁目",
    "notice_date": "2026-05-09",
}
OK, WRONG_RECEIVER = "0000", "1004"


@pytest.fixture
def leave(world):
    """Let the head of a household leave at a planned date; give the handle."""

    def go(planned="2026-05-20", **args):
        world.household()
        handle = world.juki.residents.rows()[0][0]
        world.juki.act("move_out", {"handle": handle, "planned_date": planned, **PLAN, **args})
        world.pump()
        return handle

    return go


def receive(world, serial="0000000001", **changes):
    """Let a notice arrive; give the result of its receipt."""
    values = NOTICE | changes
    told = world.telegram("cs", "juki", "move_in_notice_delivery", serial, **values)
    result = world.juki.receive(told).values["result"]
    world.pump()
    return result


def state(world, handle):
    record = world.resident(handle)
    removal = record["removal"]
    return record["status"], removal.get("date"), {i: removal.get(i) for i in CONFIRMED}


def removals(world):
    found = world.sent("identity_notice", "entry", "reason", "event_date")
    return [(reason, date) for entry, reason, date in found if entry == "2"]


def error_texts(world):
    return [(e["telegram"], e["code"], e["text"]) for e in world.errors()]


def test_an_early_notice_removes_on_the_day_of_the_move_in_and_tells_the_planned_date(world, leave):
    handle = leave("2026-05-20")
    assert receive(world) == OK
    assert state(world, handle) == ("removed", "2026-05-08", CONFIRMED)
    assert removals(world) == [("21", "2026-05-20")]
    world.juki.provision("date", {"date": "2026-05-21"})
    world.pump()
    assert removals(world) == [("21", "2026-05-20")]


def test_a_notice_after_the_planned_date_keeps_the_day_of_the_removal(world, leave):
    handle = leave("2026-05-05")
    receive(world)
    assert state(world, handle) == ("removed", "2026-05-05", CONFIRMED)
    removal = world.resident(handle)["removal"]
    assert (removal["planned_date"], removal["destination_address"]) == (
        "2026-05-05",
        "架空県別市一丁目",
    )


def test_the_prefecture_is_told_once(world, leave):
    leave()
    receive(world)
    receive(world, "0000000002", move_in_date="2026-05-07", notice_date="2026-05-10")
    items = ("notifying_code", "juminhyo_code", "name", "move_in_date", "received_date")
    told = (B, CODE, "山田　太郎", "2026-05-08", "2026-05-10")
    assert world.sent("notice_report", *items) == [told]


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        ({"notice_date": "2026-05-10"}, "2026-05-07"),
        ({"created_time": "100001"}, "2026-05-07"),
        ({}, "2026-05-07"),
        ({"notice_date": "2026-05-08"}, "2026-05-08"),
        ({"created_time": "095959"}, "2026-05-08"),
    ],
)
def test_of_two_notices_the_newer_counts(world, leave, later, kept):
    handle = leave()
    receive(world)
    receive(world, "0000000002", move_in_date="2026-05-07", **later)
    assert world.resident(handle)["removal"]["confirmed_date"] == kept


def test_several_that_staff_import_together_count_by_their_age(build):
    world = build(juki={"import_by_itself": False})
    world.household()
    handle = world.juki.residents.rows()[0][0]
    world.juki.act("move_out", {"handle": handle, "planned_date": "2026-05-20", **PLAN})
    receive(world, move_in_date="2026-05-07", notice_date="2026-05-10")
    receive(world, "0000000002")
    assert world.resident(handle)["status"] == "leaving"
    world.juki.act("import_notices", {})
    world.pump()
    assert world.resident(handle)["removal"]["confirmed_date"] == "2026-05-07"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"juminhyo_code": "24846016224"}, "該当する者がいません。"),
        ({"juminhyo_code": ""}, "該当する者がいません。"),
        ({"name": "山田　花子"}, "住民票コードと氏名又は生年月日が合いません。"),
        ({"birth_date": "H2-04-02"}, "住民票コードと氏名又は生年月日が合いません。"),
    ],
)
def test_a_notice_of_nobody_or_of_another_changes_nobody(world, leave, changes, text):
    handle = leave()
    assert receive(world, **changes) == OK
    assert state(world, handle) == ("leaving", None, dict.fromkeys(CONFIRMED))
    assert error_texts(world) == [("move_in_notice_delivery", "2001", text)]
    assert world.sent("notice_report") == []


def test_who_never_reported_to_leave_stays(world):
    world.household()
    receive(world)
    assert world.resident(world.juki.residents.rows()[0][0])["status"] == "present"
    assert error_texts(world)[0][2] == "転出の届出がありません。"


@pytest.mark.parametrize(
    ("event", "status"),
    [("disappeared", "accepted"), ("removal", "accepted"), ("death", "refused")],
)
def test_a_removed_record_takes_a_notice_unless_its_person_died(world, event, status):
    world.household(status="removed", removal={"event": event, "date": "2026-01-01"})
    receive(world)
    assert len(world.sent("notice_report")) == (status == "accepted")
    assert len(world.errors()) == (status == "refused")


def test_a_notice_for_another_municipality_is_refused(world, leave):
    leave()
    assert receive(world, destination_code=C) == WRONG_RECEIVER


@pytest.mark.parametrize(
    ("item", "text"),
    [("new_address", "架空県別市〓丁目"), ("new_address", "架" * 81), ("name", "山田　太〓")],
)
def test_garbled_and_overlong_items_are_left_to_staff(world, leave, item, text):
    handle = leave()
    receive(world, **{item: text})
    line = {"handle": handle, "item": item, "text": text}
    assert world.juki.observe("notice_faults", {}) == {"items": [line]}
    address = "" if item == "new_address" else NOTICE["new_address"]
    assert world.resident(handle)["removal"]["confirmed_address"] == address


def test_staff_write_what_the_item_should_have_said(world, leave):
    handle = leave()
    receive(world, new_address="架空県別市〓丁目")
    items = {"new_address": "架空県別市三丁目"}
    world.juki.act("correct_notice", {"handle": handle, "items": items})
    assert world.resident(handle)["removal"]["confirmed_address"] == "架空県別市三丁目"
    assert world.juki.observe("notice_faults", {}) == {"items": []}


def test_there_is_nothing_to_correct_in_a_good_notice(world, leave):
    handle = leave()
    receive(world)
    outcome = world.juki.act("correct_notice", {"handle": handle, "items": {}})
    assert (outcome.status, outcome.reason) == ("rejected", "nothing_to_correct")


def test_the_list_of_missing_notices_holds_who_left_and_was_not_confirmed(world, leave):
    handle = leave("2026-05-12")

    def missing():
        return world.juki.observe("missing_notices", {})["handles"]

    assert missing() == []
    world.clock.shift(dt.date(2026, 5, 12))
    world.juki.day_began()
    assert missing() == [handle]
    receive(world)
    assert missing() == []
