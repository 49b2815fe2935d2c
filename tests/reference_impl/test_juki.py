import pytest

from reference_impl.node import Outcome, Unsupported

# -- answers, repetition, errors ------------------------------------------------------------


def test_a_repeated_telegram_gets_the_stored_answer(world, codes):
    _, code = world.waiting(codes)
    telegram = world.telegram(
        "cs", "juki", "number_issue_result", juminhyo_code=code, individual_number="507957100721"
    )
    first = world.juki.receive(telegram)
    sent = world.juki.registers.pending("cs")
    assert world.juki.receive(telegram) == first
    assert world.juki.registers.pending("cs") == sent


def test_one_serial_with_other_content_is_another_telegram(world, codes):
    handle, code = world.waiting(codes)
    assert world.number_result(code, "507957100722") == "2003"
    assert world.number_result(code, "507957100721") == "0000"
    assert world.resident(handle)["individual_number"] == "507957100721"


def test_a_refused_notice_is_listed(world, codes):
    handle, code = world.waiting(codes)
    world.cs.registers.delete("designated", code)
    world.number_result(code, "507957100721")
    world.pump()
    assert {
        "telegram": "identity_notice",
        "code": "2005",
        "text": "相手がエラーを応答しました juminhyo_code",
    } in world.errors()
    assert world.resident(handle)["individual_number"] == "507957100721"


def test_a_peer_that_is_down_is_listed_once_and_gets_everything_in_order(world, codes):
    handle, _ = world.waiting(codes)
    world.down = {"atena"}
    world.pump()
    world.pump()
    listed = {"telegram": "addressee_request", "code": "undelivered", "text": "接続できません。"}
    assert world.errors() == [listed]
    other = {"handle": handle, "addressee_number": "200000005"}
    world.juki.act("request_addressee", other)
    world.down = set()
    world.pump()
    assert world.sent("addressee_request", "addressee_number") == [("234567829",), ("200000005",)]
    assert world.resident(handle)["addressee_number"] == "200000005"


def test_an_unknown_or_misdirected_telegram_is_refused(world):
    unknown = world.telegram("cs", "juki", "delivery_address")
    assert world.juki.receive(unknown).values == {"result": "1002", "error_item": ""}
    astray = world.telegram("cs", "juki", "juminhyo_code_list", receiver="999024")
    assert world.juki.receive(astray).values == {"result": "1004", "error_item": ""}


# -- linkage --------------------------------------------------------------------------------


def linkage_request(world, addressee_number):
    body = {"addressee_number": addressee_number, "acquisition_number": "A" * 20}
    return world.juki.receive(world.telegram("atena", "juki", "linkage_request", **body))


def test_a_linkage_request_carries_the_given_acquisition_number(world, born):
    resident = world.resident(born)
    assert world.juki.observe("linkage_request", {"handle": born}) == {"state": "none"}
    answer = linkage_request(world, resident["addressee_number"])
    assert (answer.id, answer.values) == ("accepted", {"result": "0000", "message": ""})
    assert world.juki.observe("linkage_request", {"handle": born}) == {"state": "sent"}
    (entry,) = world.juki.registers.pending("cs")
    assert (entry.telegram_id, entry.values) == (
        "linkage_code_request",
        {"acquisition_number": "A" * 20, "individual_number": resident["individual_number"]},
    )


def test_a_refused_linkage_request_is_shown(world, born):
    world.cs.registers.delete("number", world.resident(born)["individual_number"])
    linkage_request(world, world.resident(born)["addressee_number"])
    world.pump()
    assert world.juki.observe("linkage_request", {"handle": born}) == {"state": "refused"}
    assert world.errors()[-1]["code"] == "2001"


def test_a_linkage_request_for_nobody_is_refused(world):
    assert linkage_request(world, "999999994").values["result"] == "2001"


# -- control plane --------------------------------------------------------------------------


def test_what_is_not_there_is_unsupported(world):
    assert world.juki.act("weather", {}).status == "unsupported"
    with pytest.raises(Unsupported, match=r"^juki cannot tell 'weather'$"):
        world.juki.observe("weather", {})
    with pytest.raises(Unsupported, match=r"^juki takes no 'weather'$"):
        world.juki.provision("weather", {})


def test_a_handle_of_nobody_is_refused_or_told_as_none(world):
    for action in ("finalise", "request_number", "request_addressee", "correct"):
        args = {"handle": "r9", "items": {"name": "山"}}
        refused = Outcome("rejected", "input", handle="r9", reason="no_record")
        assert world.juki.act(action, args) == refused
    assert world.resident("r9")["state"] == "none"
    assert world.juki.observe("linkage_request", {"handle": "r9"}) == {"state": "none"}


def test_numbers_stay_out_of_every_repr(world, born):
    number = world.resident(born)["individual_number"]
    assert number not in repr(world.log)
    world.juki.act("request_addressee", {"handle": born})
    assert number not in repr(world.juki.registers.pending("atena"))
