"""The main flow over all nodes: from the stock of codes to the linkage code."""

import pytest

from reference_impl.faults import VARIANTS

NOTICE_OF_BIRTH = {
    "entry": "1",
    "reason": "12",
    "event_date": "2026-05-01",
    "name": "山田　花子",
    "furigana": "ヤマダ　ハナコ",
    "former_surname": "",
    "alias": "",
    "birth_date": "R8-05-01",
    "sex": "2",
    "municipality_code": "999016",
    "address": "架空県架空市一丁目２番３号",
    "former_juminhyo_code": "",
    "former_individual_number": "",
}


def begin_linkage(world):
    number = world.sent("integrated_number_notice", "integrated_number")[-1][0]
    outcome = world.chukan.act("begin_linkage", {"integrated_number": number})
    world.pump()
    return number, outcome


@pytest.mark.usefixtures("born")
def test_a_birth_is_numbered_notified_and_linked(world):
    begin_linkage(world)
    assert world.ids() == [
        "number_issue_request",
        "number_issue_result",
        "identity_notice",
        "addressee_request",
        "integrated_number_notice",
        "delivery_address",
        "linkage_start",
        "linkage_request",
        "linkage_code_request",
        "linkage_code_generation",
        "linkage_code_notice",
    ]
    assert all(world.errors(role) == [] for role in world.nodes)


def test_the_notice_of_a_birth_carries_what_the_law_names(world, born):
    resident = world.resident(born)
    numbers = {item: resident[item] for item in ("juminhyo_code", "individual_number")}
    (notice,) = world.sent("identity_notice")
    assert {k: v for k, v in notice.items() if k in {*NOTICE_OF_BIRTH, *numbers}} == {
        **NOTICE_OF_BIRTH,
        **numbers,
    }


def test_the_linkage_code_ends_at_chukan_and_nowhere_else(world, born):
    integrated, outcome = begin_linkage(world)
    assert outcome.status == "ok"
    person = world.chukan.observe("person", {"integrated_number": integrated})
    assert person == {"known": True, "linked": True}
    assert world.juki.observe("linkage_request", {"handle": born}) == {"state": "accepted"}
    (code,) = {v["linkage_code"] for v in world.sent("linkage_code_notice")}
    elsewhere = [t for t in world.log if t.id != "linkage_code_notice"]
    assert not any(code in str(t.values) for t in elsewhere)


@pytest.mark.usefixtures("born")
def test_the_acquisition_number_is_one_and_forgotten_by_all(world):
    begin_linkage(world)
    numbers = [t.values["acquisition_number"] for t in world.log if t.id.startswith("linkage")]
    assert len(numbers) == 5
    assert len(set(numbers)) == 1
    for node in world.nodes.values():
        assert numbers[0] not in "\n".join(node.registers._db.iterdump())


@pytest.mark.usefixtures("born")
def test_the_integrated_number_never_reaches_juki(world):
    integrated, _ = begin_linkage(world)
    to_juki = [t for t in world.log if "juki" in {t.sender, t.receiver}]
    assert not any(integrated in str(t.values) for t in to_juki)
    assert integrated not in "\n".join(world.juki.registers._db.iterdump())


def test_two_persons_get_different_numbers_everywhere(world, codes):
    world.stock(*codes)
    household = world.household()
    for name in ("山田　一", "山田　二"):
        world.birth(household, name=name)
    world.pump()
    for telegram, item in (
        ("number_issue_request", "juminhyo_code"),
        ("number_issue_result", "individual_number"),
        ("addressee_request", "addressee_number"),
        ("integrated_number_notice", "integrated_number"),
    ):
        values = world.sent(telegram, item)
        assert len(values) == len(set(values)) == 2


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_a_correct_variant_reaches_the_same_end(build, codes, variant):
    world = build(**{variant.role: variant.rules})
    world.stock(*codes)
    handle = world.birth(world.household()).handle
    world.pump()
    integrated, _ = begin_linkage(world)
    person = world.chukan.observe("person", {"integrated_number": integrated})
    assert person == {"known": True, "linked": True}
    assert world.resident(handle)["individual_number"] != ""
    assert all(world.errors(role) == [] for role in world.nodes)


def test_two_step_notice_sends_the_number_as_a_correction(build, codes):
    world = build(juki={"two_step_notice": True})
    world.stock(*codes)
    handle = world.birth(world.household()).handle
    world.pump()
    number = world.resident(handle)["individual_number"]
    told = world.sent("identity_notice", "entry", "reason", "event_date", "individual_number")
    assert told == [("1", "12", "2026-05-01", ""), ("3", "53", "2026-05-10", number)]


def test_addressee_first_sends_the_notice_after_the_answer(build, codes):
    world = build(juki={"addressee_first": True})
    world.stock(*codes)
    world.birth(world.household())
    world.pump()
    ids = world.ids("juki")
    assert ids.index("addressee_request") < ids.index("identity_notice")


def test_registers_on_disk_outlive_the_nodes(build, tmp_path, codes):
    first = build(tmp_path)
    first.stock(*codes)
    handle = first.birth(first.household()).handle
    before = first.resident(handle)
    first.close()
    second = build(tmp_path)
    assert second.resident(handle) == before
    second.pump()
    assert second.resident(handle)["individual_number"] != ""
    assert second.ids("cs") == ["number_issue_result"]
