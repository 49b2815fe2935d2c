"""Deaths, corrections, cancellations, households, nationalities at juki, wire by wire."""

from __future__ import annotations

import pytest

from reference_impl.node import Alert

CODE, NUMBER = "24727059608", "123456789018"
TODAY = "2026-05-10"
WHAT = ("entry", "reason", "event_date")


@pytest.fixture
def head(world):
    """Give the handle of the head of a household, who was registered long ago."""
    world.household(relation="02")
    return world.juki.residents.rows()[0][0]


def act(world, action, **args):
    outcome = world.juki.act(action, args)
    world.pump()
    return outcome


def told(world, *items):
    return world.sent("identity_notice", *items)


# -- removal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "args", "day", "reason"),
    [
        ("death", {}, TODAY, "22"),
        ("death", {"kind": "death"}, "2026-04-00", "22"),
        ("death", {"kind": "disappeared"}, "2025-02-29", "23"),
        ("remove", {}, TODAY, "23"),
    ],
)
def test_a_removal_is_told_once(world, action, args, day, reason):
    world.household(relation="02")
    head = world.juki.residents.rows()[0][0]
    assert act(world, action, handle=head, event_date=day, **args).status == "ok"
    assert act(world, action, handle=head, **args).reason == "not_present"
    assert told(world, *WHAT) == [("2", reason, day)]
    assert told(world, "juminhyo_code", "individual_number") == [(CODE, NUMBER)]
    assert world.resident(head)["status"] == "removed"


def test_a_removal_ex_officio_needs_a_day_of_the_calendar(world, head):
    outcome = act(world, "remove", handle=head, event_date="2026-04-00")
    assert (outcome.status, outcome.reason) == ("rejected", "event_date_wrong")


# -- corrections -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        ("ex_officio", [("33",)]),
        ("minor", [("32",)]),
        ("clerical", [("33",)]),
        ("residence_status", []),
    ],
)
def test_the_kind_that_staff_chose_is_the_reason(world, head, kind, reasons):
    act(world, "correct", handle=head, kind=kind, items={"address": "新町１番地"})
    assert told(world, "reason") == reasons
    assert world.resident(head)["address"] == "新町１番地"


@pytest.mark.parametrize(
    ("name", "codes"), [("髙田　太郎", ["real_name_change"]), ("山田　太郎", [])]
)
def test_a_real_change_of_name_is_no_minor_correction(world, head, name, codes):
    outcome = act(world, "correct", handle=head, kind="minor", items={"name": name})
    assert [alert.code for alert in outcome.alerts] == codes
    assert told(world, "reason", "name") == [("32", name)]


def test_a_reading_is_converted_to_full_width_katakana(world, head):
    act(world, "correct", handle=head, items={"furigana": "ﾔﾏﾀﾞ たろう"})
    assert told(world, "furigana") == [("ヤマダ　タロウ",)]
    assert world.resident(head)["furigana"] == "ﾔﾏﾀﾞ たろう"


def test_a_record_written_anew_is_told_to_nobody(world, head):
    assert act(world, "recreate", handle=head).status == "ok"
    assert told(world, "reason") == []
    assert world.juki.observe("history", {"handle": head}) == {
        "events": [
            {
                "event": "改製",
                "event_date": TODAY,
                "name": "山田　太郎",
                "address": "架空県架空市一丁目２番３号",
            }
        ]
    }


# -- cancellation ----------------------------------------------------------------------------


def test_a_cancelled_death_restores_the_record_under_its_numbers(world, head):
    act(world, "death", handle=head)
    assert act(world, "cancel", handle=head).status == "ok"
    assert act(world, "cancel", handle=head).reason == "nothing_to_cancel"
    assert told(world, "entry", "reason") == [("2", "22"), ("1", "13")]
    assert told(world, "juminhyo_code", "individual_number") == [(CODE, NUMBER)] * 2
    assert world.resident(head)["status"] == "present"


def test_events_are_taken_back_from_the_last_to_the_first(world, head):
    first = world.resident(head)["address"]
    act(world, "move", handle=head, address="甲町１番地")
    act(world, "move", handle=head, address="乙町２番地")
    act(world, "cancel", handle=head)
    act(world, "cancel", handle=head)
    places = ["甲町１番地", "乙町２番地", "甲町１番地", first]
    assert told(world, "address") == [(place,) for place in places]
    events = world.juki.observe("history", {"handle": head})["events"]
    assert [event["event"] for event in events] == ["転居"] * 2 + ["異動の取消し(修正)"] * 2


def test_a_cancelled_birth_is_a_removal(world, born):
    act(world, "cancel", handle=born)
    assert told(world, "entry", "reason") == [("1", "12"), ("2", "23")]
    assert world.resident(born)["status"] == "removed"


def test_a_number_that_comes_after_a_cancelled_birth_brings_nobody_back(world, codes):
    handle, code = world.waiting(codes)
    world.juki.act("cancel", {"handle": handle})
    assert world.number_result(code, "507957100721") == "0000"
    world.lost = {"number_issue_request"}
    world.pump()
    assert told(world) == []
    assert world.resident(handle)["status"] == "removed"


def test_a_child_that_died_before_its_number_came_is_entered_and_removed(world, codes):
    handle, _ = world.waiting(codes)
    world.juki.act("death", {"handle": handle})
    world.pump()
    assert told(world, "entry", "reason") == [("1", "12"), ("2", "22")]


# -- entry -----------------------------------------------------------------------------------

PERSON = {"name": "佐藤　一", "furigana": "サトウ　ハジメ", "sex": "1", "birth_date": "1980-01-02"}
PLACE = {"address": "架空市３番地", "postal_code": "9990003"}


def test_who_is_new_gets_a_code_and_a_number(world, codes):
    world.stock(*codes)
    handle = act(world, "enter", person=PERSON, **PLACE).handle
    resident = world.resident(handle)
    assert resident["juminhyo_code"] in codes
    assert told(world, *WHAT) == [("1", "13", TODAY)]
    assert told(world, "individual_number") == [(resident["individual_number"],)]
    assert resident["relation"] == "02"


def test_who_had_numbers_keeps_them(world):
    known = {"juminhyo_code": "24846016224", "individual_number": "507957100721"}
    world.cs.provision("person", known)
    act(world, "enter", person=PERSON | known, **PLACE)
    assert told(world, *known) == [tuple(known.values())]
    assert world.sent("number_issue_request") == []


def test_an_entry_without_a_code_in_stock_is_rejected(world):
    assert act(world, "enter", person=PERSON, **PLACE).reason == "stock_empty"


@pytest.mark.parametrize(
    ("day", "status"), [("2026-04-00", "ok"), ("2025-02-29", "ok"), ("2026-13-01", "rejected")]
)
def test_the_days_of_residence_may_be_unknown_or_off_the_calendar(world, codes, day, status):
    world.stock(*codes)
    outcome = act(world, "enter", person=PERSON, resident_since=day, **PLACE)
    assert outcome.status == status


# -- households ------------------------------------------------------------------------------


@pytest.fixture
def child(world, head):
    """Give the handle of a member of the head's household."""
    record = world.juki.residents.get(head)
    others = {"name": "山田　蓮", "juminhyo_code": "25208017643", "relation": "20"}
    return world.juki.residents.add({**record, **others, "individual_number": "234567890124"})


def households(world, *handles):
    return [
        (world.resident(handle)["household"], world.resident(handle)["relation"])
        for handle in handles
    ]


def test_a_member_makes_a_household_of_its_own(world, head, child):
    act(world, "change_household", handle=child, kind="separate")
    assert households(world, head, child) == [("h1", "02"), ("h2", "02")]
    assert told(world) == []


def test_a_member_becomes_the_head(world, head, child):
    act(world, "change_household", handle=child, kind="change_head", relation="母")
    assert households(world, head, child) == [("h1", "52"), ("h1", "02")]
    assert world.juki.residents.household({"household": "h1"})["head"]["name"] == "山田　蓮"
    assert told(world) == []


def test_a_household_joins_another(world, head, child):
    other = world.juki.new_household(PERSON, PLACE)
    act(world, "change_household", handle=head, kind="merge", household=other, relation="縁故者")
    assert households(world, head, child) == [(other, "96")] * 2
    assert told(world) == []


def test_the_new_name_of_a_head_stands_in_the_history_of_members(world, head, child):
    act(world, "correct", handle=head, items={"name": "佐藤　太郎"})
    assert told(world, "name") == [("佐藤　太郎",)]
    assert [world.resident(handle)["history"] for handle in (head, child)] == [1, 1]


@pytest.mark.parametrize(
    ("relation", "alerts"),
    [
        ("子の子の子の子", ()),
        ("妻（未届）", ()),
        ("子の子の子の子の子", ("relation_wrong",)),
        ("孫", ("relation_wrong",)),
    ],
)
def test_relations_are_fixed_words_four_deep(world, child, relation, alerts):
    outcome = act(world, "change_household", handle=child, kind="change", relation=relation)
    assert tuple(alert.code for alert in outcome.alerts) == alerts
    assert outcome.status == ("rejected" if alerts else "ok")


# -- nationality -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["naturalised", "acquired", "lost"])
def test_a_change_of_nationality_keeps_all_numbers(world, head, kind):
    before = world.resident(head)
    items = {"name": "小林　太郎", "nationality": "日本"}
    act(world, "change_nationality", handle=head, kind=kind, items=items)
    after = world.resident(head)
    kept = ("juminhyo_code", "individual_number", "addressee_number")
    assert [after[item] for item in kept] == [before[item] for item in kept]
    assert told(world, "entry", "reason", "name") == [
        ("2", "23", "山田　太郎"),
        ("1", "13", "小林　太郎"),
    ]


# -- many addresses --------------------------------------------------------------------------


def test_many_addresses_change_but_not_of_those_who_left(world, head, child):
    act(world, "death", handle=child)
    handles = [head, child]
    act(world, "bulk_address", handles=handles, old="架空市", new="新架空市")
    assert told(world, "reason", "address") == [
        ("22", "架空県架空市一丁目２番３号"),
        ("32", "架空県新架空市一丁目２番３号"),
    ]
    assert world.sent("delivery_address", "address") == [("架空県新架空市一丁目２番３号",)]
    assert len(world.sent("family_register_notice")) == 1


def test_nothing_is_known_of_a_record_that_is_not_there(world):
    asked = {
        "death": {},
        "remove": {},
        "cancel": {},
        "recreate": {},
        "change_household": {"kind": "separate"},
        "change_nationality": {"kind": "lost", "items": {}},
        "bulk_address": {"handles": ["r9"], "old": "x", "new": "y"},
    }
    found = {name: act(world, name, handle="r9", **args) for name, args in asked.items()}
    assert {(o.status, o.reason) for o in found.values()} == {("rejected", "no_record")}


def test_alerts_are_for_people(world, head):
    outcome = act(world, "correct", handle=head, kind="minor", items={"name": "佐藤　太郎"})
    text = "氏名が実質的に変わります。事由を確かめてください。"
    assert outcome.alerts == (Alert("real_name_change", text),)
