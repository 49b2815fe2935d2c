NUMBER = "900000014"


def notify(world, serial="1", number=NUMBER):
    body = {"municipality_code": "999016", "integrated_number": number}
    return world.chukan.receive(
        world.telegram("atena", "chukan", "integrated_number_notice", serial, **body)
    ).values


def linkage_code(world, acquisition_number, serial="1"):
    body = {"acquisition_number": acquisition_number, "linkage_code": "0" * 64}
    telegram = world.telegram("nws", "chukan", "linkage_code_notice", serial, **body)
    return world.chukan.receive(telegram).values["result"]


def begin(world, number=NUMBER):
    outcome = world.chukan.act("begin_linkage", {"integrated_number": number})
    assert outcome.status == "ok"
    return world.chukan.registers.pending("atena")[-1].values


def person(world, number=NUMBER):
    return world.chukan.observe("person", {"integrated_number": number})


def test_a_notified_number_is_known(world):
    assert person(world) == {"known": False, "linked": False}
    assert notify(world) == {"result": "0000", "message": ""}
    assert person(world) == {"known": True, "linked": False}


def test_linkage_begins_only_for_a_notified_number(world):
    outcome = world.chukan.act("begin_linkage", {"integrated_number": NUMBER})
    assert (outcome.status, outcome.stage, outcome.reason) == ("rejected", "input", "not_notified")


def test_every_acquisition_number_is_new_and_no_number(world):
    notify(world)
    allotted = [begin(world) for _ in range(20)]
    assert {values["integrated_number"] for values in allotted} == {NUMBER}
    drawn = {values["acquisition_number"] for values in allotted}
    assert len(drawn) == 20
    assert all(len(number) == 20 and number[0].isalpha() for number in drawn)


def test_a_linkage_code_is_linked_once_to_the_person_who_waits(world):
    notify(world)
    notify(world, "2", "900000022")
    acquisition = begin(world)["acquisition_number"]
    assert linkage_code(world, acquisition) == "0000"
    assert person(world) == {"known": True, "linked": True}
    assert person(world, "900000022") == {"known": True, "linked": False}
    assert linkage_code(world, acquisition, "2") == "2004"


def test_a_linkage_code_nobody_waits_for_is_linked_to_nobody(world):
    notify(world)
    assert linkage_code(world, "G" * 20) == "2004"
    assert person(world) == {"known": True, "linked": False}
    listed = {"telegram": "linkage_code_notice", "code": "2004"}
    assert world.errors("chukan") == [{**listed, "text": "求めていない取得番号の符号です。"}]


def test_a_repeated_notice_keeps_the_link(world):
    notify(world)
    assert linkage_code(world, begin(world)["acquisition_number"]) == "0000"
    notify(world, "2")
    assert person(world) == {"known": True, "linked": True}
