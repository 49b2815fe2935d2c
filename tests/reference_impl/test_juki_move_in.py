"""Moves into the municipality: codes, notices, returns, and what staff are warned of."""

import pytest

from reference_impl.numbers import OWN

CODE, NUMBER = "10000871090", "990090002589"
B, C = "999024", "999032"
PERSON = {
    "name": "佐藤　葵",
    "furigana": "さとう　あおい",
    "sex": "2",
    "birth_date": "1995-02-03",
}
PLACE = {"address": "架空県架空市三丁目４番５号", "postal_code": "9990002"}
FROM_B = {"former_municipality_code": B, "former_address": "架空県別市一丁目", **PLACE}
NUMBERED = {"juminhyo_code": CODE, "individual_number": NUMBER}


def move_in(world, kind="domestic", person=PERSON, **args):
    return world.juki.act("move_in", {"kind": kind, "person": person, **FROM_B, **args})


def known(world, code=CODE, number=NUMBER):
    world.cs.provision("person", {"juminhyo_code": code, "individual_number": number})


def removed(world, **items):
    """Put a removed record on the register; give its handle."""
    head = {**PERSON, **NUMBERED, "status": "removed", **items}
    args = {"head": head, **PLACE, "register_municipality_code": C}
    return world.juki.provision("household", args)["head"]


def notices(world):
    return world.sent("move_in_notice", "destination_code", "juminhyo_code", "move_in_date")


def codes_of(outcome):
    return outcome.status, [alert.code for alert in outcome.alerts]


def test_a_move_in_carries_code_and_number_over_and_is_told_to_the_former_place(world):
    known(world)
    handle = move_in(world, event_date="2026-05-01", **NUMBERED).handle
    world.pump()
    record = world.resident(handle)
    assert {item: record[item] for item in (*NUMBERED, "status")} == {
        **NUMBERED,
        "status": "present",
    }
    told = ("entry", "reason", "event_date", "juminhyo_code", "individual_number")
    assert world.sent("identity_notice", *told) == [("1", "11", "2026-05-01", CODE, NUMBER)]
    assert notices(world) == [(B, CODE, "2026-05-01")]
    assert sorted(world.ids("juki")) == [
        "addressee_request",
        "identity_notice",
        "move_in_notice",
        "replica_upload",
    ]


def test_the_cs_hands_a_notice_to_the_other_municipality_as_it_is(world):
    known(world)
    move_in(world, **NUMBERED)
    world.pump()
    (sent,) = world.sent("move_in_notice")
    (passed,) = world.cs.registers.pending("juki_b")
    assert passed.telegram_id == "move_in_notice_delivery"
    header = {"serial", "ref_serial", "sender", "receiver", "result"}
    items = {item: text for item, text in sent.items() if item not in header}
    assert passed.values == {**items, "receiver": B}


def test_nothing_happens_until_the_final_registration(world):
    known(world)
    handle = move_in(world, until="provisional", **NUMBERED).handle
    world.pump()
    assert world.log == []
    world.juki.act("finalise", {"handle": handle})
    world.pump()
    assert notices(world) == [(B, CODE, "2026-05-10")]


@pytest.mark.parametrize(
    ("former", "last", "told"),
    [(C, B, [C, B]), (B, B, [B]), (C, "999016", [C]), ("999016", "", [])],
)
def test_an_unreported_place_and_the_last_registered_one_are_told_once_each(
    world, former, last, told
):
    known(world)
    where = {"former_municipality_code": former, "last_registered_code": last}
    move_in(world, "unreported", **where, **NUMBERED)
    world.pump()
    assert [code for code, _, _ in notices(world)] == told


def test_nobody_is_told_of_a_move_in_from_abroad(world):
    known(world)
    move_in(world, "abroad", **NUMBERED)
    world.pump()
    assert notices(world) == []


@pytest.mark.parametrize("args", [{"code_unknown": True}, {"birth_filed": True}])
def test_without_a_last_code_a_new_one_is_written_and_its_number_requested(world, codes, args):
    world.stock(*codes[:3])
    handle = move_in(world, **args).handle
    world.pump()
    record = world.resident(handle)
    assert record["juminhyo_code"] in codes[:3]
    assert OWN.is_individual_number(record["individual_number"])
    assert world.sent("number_issue_request", "juminhyo_code") == [(record["juminhyo_code"],)]
    assert notices(world) == [(B, "", "2026-05-10")]


def test_a_code_without_a_number_asks_with_that_code(world, codes):
    world.stock(*codes[:3])
    world.cs.provision("designated", {"codes": [CODE]})
    handle = move_in(world, "abroad", juminhyo_code=CODE).handle
    world.pump()
    assert world.sent("number_issue_request", "juminhyo_code") == [(CODE,)]
    assert world.resident(handle)["juminhyo_code"] == CODE


def test_no_code_and_no_word_about_it_is_an_error(world, codes):
    world.stock(*codes)
    assert codes_of(move_in(world)) == ("rejected", ["code_missing"])


def test_an_empty_stock_rejects_who_needs_a_code_and_refills(world):
    assert codes_of(move_in(world, code_unknown=True)) == ("rejected", ["stock_empty"])
    world.pump()
    assert world.juki.observe("stock", {})["count"] > 0


# -- who it is ------------------------------------------------------------------------------


def test_the_code_of_somebody_present_is_refused(world):
    world.household()
    outcome = move_in(world, **{**NUMBERED, "juminhyo_code": "24727059608"})
    assert codes_of(outcome) == ("rejected", ["code_in_use"])


CARD = {"residence_card_number": "AB12345678CD"}


@pytest.mark.parametrize(
    "args",
    [
        {"juminhyo_code": CODE},
        {"individual_number": NUMBER, "code_unknown": True},
        {"person": PERSON | CARD, "code_unknown": True},
    ],
)
def test_who_has_a_removed_record_cannot_be_entered_anew(world, codes, args):
    world.stock(*codes[:3])
    removed(world, **CARD)
    assert codes_of(move_in(world, **args)) == ("rejected", ["removed_record"])


def test_a_return_continues_the_removed_record(world):
    known(world)
    former = removed(world)
    handle = move_in(world, former=former).handle
    world.pump()
    kept = ("juminhyo_code", "individual_number", "addressee_number")
    old, new = world.resident(former), world.resident(handle)
    assert {item: new[item] for item in kept} == {item: old[item] for item in kept}
    assert (old["status"], new["status"]) == ("removed", "present")
    assert world.sent("number_issue_request") == []


def test_the_same_name_sex_and_birth_date_only_warn(world, codes):
    known(world, codes[0], "123456789018")
    former = removed(world)
    numbers = {"juminhyo_code": codes[0], "individual_number": "123456789018"}
    outcome = move_in(world, **numbers)
    assert codes_of(outcome) == ("ok", ["same_three_items"])
    numbers = {world.resident(handle)["addressee_number"] for handle in (former, outcome.handle)}
    assert len(numbers) == 2


def test_a_notice_can_be_sent_again_with_corrections(world):
    known(world)
    move_in(world, **NUMBERED)
    items = {"move_in_date": "2026-05-03"}
    world.juki.act("resend_move_in_notice", {"juminhyo_code": CODE, "items": items})
    world.pump()
    assert notices(world) == [(B, CODE, "2026-05-10"), (B, CODE, "2026-05-03")]
    nobody = {"juminhyo_code": "24846016224", "items": {}}
    assert world.juki.act("resend_move_in_notice", nobody).reason == "no notice was sent"
