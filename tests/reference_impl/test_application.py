"""Online applications: from the portal to the desk of juki."""

import datetime as dt

import pytest

ITEMS = {
    "applied_date": "2026-05-11",  # a Monday
    "applied_time": "100000",
    "certificate_serial": "A1",
    "name": "山田　太郎",
    "birth_date": "1990-04-01",
    "origin_code": "999016",
    "origin_address": "架空県架空市一丁目２番３号",
    "destination_code": "999024",
    "destination_address": "架空県別市２丁目",
    "planned_date": "2026-05-20",
    "visit_date": "2026-05-21",
}
REPORT, VISIT = "1", "2"


def submit(world, procedure="move_out", **items):
    outcome = world.portal.act("submit", {"procedure": procedure, "items": ITEMS | items})
    world.pump()
    return outcome.data["numbers"]


def result(world):
    """Give the result of the answer to the latest application, and what staff see."""
    answers = [
        a.values["result"]
        for a, t in zip(world.answers, world.log, strict=True)
        if t.id == "application"
    ]
    return answers[-1], [line["code"] for line in world.errors("shinsei")]


@pytest.fixture
def head(world):
    world.clock.shift(dt.date(2026, 5, 11))
    world.household(card_expiry_date="2030-05-01")
    ((handle, _),) = world.juki.residents.rows()
    return handle


@pytest.fixture
def known(world, head):
    assert tell(world, head, "A1").status == "ok"
    return world.resident(head)["addressee_number"]


def tell(world, handle, serial, former="", state="1"):
    items = {"certificate_serial": serial, "former_certificate_serial": former}
    outcome = world.juki.act("tell_serial", {"handle": handle, **items, "link_state": state})
    world.pump()
    return outcome


def test_a_report_is_passed_on_with_the_number_of_its_applicant(world, known):
    numbers = submit(world)
    assert numbers == {REPORT: "K000000001", VISIT: "K000000002"}
    (report,) = world.sent("moving_report")
    taken = ("name", "birth_date", "origin_address", "destination_code", "destination_address")
    assert report == {
        "serial": report["serial"],
        "reception_number": "K000000001",
        "applied_date": "2026-05-11",
        "addressee_number": known,
        "planned_date": "2026-05-20",
        **{item: ITEMS[item] for item in taken},
    }
    assert world.sent("visit_notice") == []
    assert result(world) == ("0000", [])


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"origin_code": "999016", "planned_date": "2026-06-10"}, "0000"),
        ({"planned_date": "2026-06-11"}, "2101"),
        ({"planned_date": "2026-05-01"}, "0000"),
        ({"planned_date": "2026-04-30"}, "2101"),
    ],
)
def test_the_window_of_a_report(world, items, code):
    submit(world, **items)
    assert result(world) == (code, [] if code == "0000" else [code])
    assert len(world.sent("moving_report")) == (code == "0000")


@pytest.mark.usefixtures("known")
def test_a_move_abroad_is_not_taken_online(world):
    submit(world, "move_out_abroad", destination_code="", destination_address="アメリカ合衆国")
    assert result(world) == ("2102", ["2102"])


def test_a_booking_of_a_move_to_another_city_is_none(world, known):
    submit(world, "move")
    assert result(world) == ("2001", ["2001"])
    submit(world, "move", destination_code="999016")
    assert [code for (code,) in world.sent("move_booking", "addressee_number")] == [known]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("changed", "answer", "shown"),
    [({}, "0000", []), ({"planned_date": "2026-05-25"}, "2103", ["2103"])],
)
def test_a_number_stands_for_one_application(world, changed, answer, shown):
    number = submit(world)[REPORT]
    world.portal.act("repeat", {"reception_number": number, "items": changed})
    world.pump()
    assert result(world) == (answer, shown)
    assert len(world.sent("moving_report")) == 1


def test_serial_numbers_lead_to_nobody_once_they_are_renewed_or_revoked(world, head, known):
    tell(world, head, "B2", former="A1")
    tell(world, head, "C3", state="2")
    for serial in ("A1", "B2", "C3", "D4"):
        submit(world, certificate_serial=serial)
    assert world.sent("moving_report", "addressee_number") == [("",), (known,), ("",), ("",)]
    assert [line["telegram"] for line in world.errors("shinsei")] == ["application"] * 3


def test_after_hours_waits_for_the_next_working_day(build):
    world = build(shinsei={"after_hours": "next_day"})
    submit(world, applied_date="2026-05-15", applied_time="220000")  # a Friday
    for day, passed_on in (("2026-05-16", 0), ("2026-05-18", 1), ("2026-05-19", 1)):
        world.shinsei.provision("date", {"date": day})
        world.pump()
        assert len(world.sent("moving_report")) == passed_on


def accept(world, number, handle):
    outcome = world.juki.act("accept_application", {"application": number, "handle": handle})
    world.pump()
    return outcome.status, outcome.reason


@pytest.mark.usefixtures("known")
def test_an_accepted_report_is_a_special_move_out(world, head):
    number = submit(world)[REPORT]
    assert accept(world, "K9", head) == ("rejected", "no_record")
    assert accept(world, number, "") == ("ok", "")
    assert world.sent("certificate_info", "destination_code", "planned_date") == [
        ("999024", "2026-05-20")
    ]
    assert accept(world, number, head) == ("rejected", "application_accepted")
    assert world.resident(head)["status"] == "leaving"


def withdraw(world, number):
    outcome = world.portal.act("withdraw", {"reception_numbers": [number]})
    world.pump()
    return outcome.data["numbers"][number]


def state(world, number):
    return world.juki.observe("application", {"reception_number": number})["state"]


@pytest.mark.usefixtures("known")
def test_a_withdrawn_report_cannot_be_accepted(world, head):
    number = submit(world)[REPORT]
    withdrawal = withdraw(world, number)
    assert accept(world, number, head) == ("rejected", "application_withdrawn")
    assert accept(world, withdrawal, head) == ("ok", "")
    assert (state(world, number), state(world, "K9")) == ("withdrawn", "none")


@pytest.mark.parametrize("effect", ["accepted", "on_arrival"])
def test_an_accepted_report_that_is_withdrawn_leads_to_no_removal(build, effect):
    world = build(juki={"withdrawal_effect": effect})
    world.clock.shift(dt.date(2026, 5, 11))
    world.household(card_expiry_date="2030-05-01")
    ((head, _),) = world.juki.residents.rows()
    number = submit(world)[REPORT]
    accept(world, number, head)
    withdrawal = withdraw(world, number)
    leaving = effect == "accepted"
    assert world.resident(head)["status"] == ("leaving" if leaving else "present")
    assert accept(world, withdrawal, head) == ("ok", "")
    assert world.resident(head)["status"] == "present"


def certificate_info(world, name, serial):
    """Let the other municipality's information about somebody arrive at juki."""
    person = {"name": name, "birth_date": "H2-04-01", "juminhyo_code": "24727059608"}
    values = {
        "origin_code": "999024",
        "destination_code": "999016",
        "planned_date": "2026-05-20",
        "former_address": "架空県別市２丁目",
        "new_address": "架空県架空市一丁目",
        "head_name": name,
        "persons": [person],
    }
    telegram = world.telegram("cs", "juki", "certificate_info_delivery", serial, **values)
    assert world.juki.receive(telegram).values["result"] == "0000"


@pytest.mark.parametrize("first", ["visit", "information"])
def test_a_visit_and_its_information_are_matched_in_any_order(world, first):
    moved = {"origin_code": "999024", "destination_code": "999016"}
    if first == "information":
        certificate_info(world, ITEMS["name"], "0000000009")
    values = {item: ITEMS[item] for item in ("name", "birth_date", "planned_date")} | moved
    visit = world.telegram("shinsei", "juki", "visit_notice", "1", reception_number="K1", **values)
    assert world.juki.receive(visit).values["result"] == "0000"
    seen = {"reception_number": "K1"}
    before = world.juki.observe("application", seen)["certificate_info"]
    assert before == ("yes" if first == "information" else "no")
    certificate_info(world, "鈴木　恵", "0000000008")
    assert world.juki.observe("application", seen)["certificate_info"] == before
    certificate_info(world, ITEMS["name"], "0000000007")
    assert world.juki.observe("application", seen)["certificate_info"] == "yes"
