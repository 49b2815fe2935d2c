"""Changes of codes: what juki writes and tells, and who else follows."""

import pytest

from reference_impl.node import Alert, Outcome

NOTICE = ("entry", "reason", "event_date", "juminhyo_code", "former_juminhyo_code")
OLD, NUMBER = "24727059608", "123456789018"


@pytest.fixture
def head(world):
    world.household()
    ((handle, _),) = world.juki.residents.rows()
    return handle


def test_a_change_takes_a_code_of_the_stock_and_tells_the_former_one(world, head):
    world.stock("24846016224")
    changed = world.juki.act("change_code", {"handle": head, "event_date": "2026-05-09"})
    world.pump()
    assert changed == Outcome("ok", handle=head)
    told = ("3", "41", "2026-05-09", "24846016224", OLD)
    assert world.sent("identity_notice", *NOTICE) == [told]
    assert world.sent("identity_notice", "individual_number") == [(NUMBER,)]
    assert world.ids("juki") == ["identity_notice"]
    assert world.juki.observe("stock", {}) == {"count": 0, "threshold": 0}


def test_a_change_without_stock_is_refused_and_codes_are_asked_for(world, head):
    refused = world.juki.act("change_code", {"handle": head})
    text = "住民票コードの蓄積がありません。CSから取得した後に本登録してください。"
    alert = Alert("stock_empty", text)
    assert refused == Outcome("rejected", "input", (alert,), head, reason="stock_empty")
    world.pump()
    assert world.ids("juki") == ["juminhyo_code_request"]


def test_a_change_only_checked_takes_no_code(world, head):
    world.stock("24846016224")
    filed = world.juki.act("change_code", {"handle": head, "until": "provisional"})
    assert (world.resident(head)["juminhyo_code"], filed.status) == (OLD, "ok")
    assert world.juki.act("finalise", {"handle": filed.handle}).status == "ok"
    assert world.resident(head)["juminhyo_code"] == "24846016224"


def test_a_child_whose_number_is_awaited_keeps_the_code(world, codes):
    handle, code = world.waiting(codes)
    refused = world.juki.act("change_code", {"handle": handle})
    assert (refused.status, refused.reason) == ("rejected", "number_awaited")
    assert world.resident(handle)["juminhyo_code"] == code


def test_a_correction_tells_the_wrong_code(world, head):
    world.stock("24846016224", "25208017643")
    args = {"handle": head, "juminhyo_code": "25208017643"}
    assert world.juki.act("correct_code", args) == Outcome("ok", handle=head)
    world.pump()
    told = ("3", "42", "2026-05-10", "25208017643", OLD)
    assert world.sent("identity_notice", *NOTICE) == [told]
    assert world.juki.stock.codes() == ["24846016224"]


@pytest.mark.parametrize(
    ("code", "alert"),
    [("24846016224", "code_held"), (OLD, "code_held"), ("25208017640", "code_wrong")],
)
def test_a_code_of_another_past_or_present_is_refused(world, head, code, alert):
    world.stock("24846016224")
    world.juki.act("change_code", {"handle": head})
    place = world.juki.residents.place_of("h1")
    other = world.juki.residents.add(
        {**world.juki.residents.get(head), **place, "juminhyo_code": "12345678903", "history": []}
    )
    refused = world.juki.act("correct_code", {"handle": other, "juminhyo_code": code})
    assert (refused.status, refused.reason) == ("rejected", alert)


# -- the agency and the network ------------------------------------------------------------


def linked(world, number):
    world.chukan.act("begin_linkage", {"integrated_number": number})
    world.pump()
    return world.sent("linkage_code_notice", "linkage_code")


def test_a_linkage_code_survives_a_change_of_the_code(world, born):
    ((number,),) = world.sent("integrated_number_notice", "integrated_number")
    before = linked(world, number)
    former = world.resident(born)["juminhyo_code"]
    world.juki.act("change_code", {"handle": born})
    world.pump()
    code = world.resident(born)["juminhyo_code"]
    assert world.sent("code_change_notice", "former_juminhyo_code", "juminhyo_code") == [
        (former, code)
    ]
    assert linked(world, number) == before * 2
    assert world.sent("linkage_code_generation", "juminhyo_code") == [(former,), (code,)]


def test_a_code_that_was_never_provided_is_not_passed_on(world, born):
    world.juki.act("change_code", {"handle": born})
    world.pump()
    assert world.ids("cs").count("code_change_notice") == 0
