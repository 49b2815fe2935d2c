"""Certificates and cards at juki: who is identified, who is told where a card goes."""

import pytest

CODE = "24727059608"


@pytest.fixture
def head(world):
    world.household()
    ((handle, _),) = world.juki.residents.rows()
    return handle


def certificate(world, serial, status="1", former="", code=CODE):
    items = {"juminhyo_code": code, "certificate_serial": serial}
    world.cs.provision(
        "certificate", {**items, "certificate_status": status, "former_certificate_serial": former}
    )


def fetch(world, **args):
    outcome = world.juki.act("fetch_certificate", args)
    world.pump()
    return outcome.status


def identified(world, serial):
    told = world.juki.observe("certificate", {"certificate_serial": serial})
    return told["state"], bool(told["addressee_number"])


def links(world):
    """Give what 申請管理 is told: whose serial numbers are, and whether they are still good."""
    items = ("certificate_serial", "former_certificate_serial", "link_state", "addressee_number")
    return world.sent("number_link", *items)


def test_a_serial_number_is_tied_to_the_addressee_number(world, head):
    certificate(world, "A1")
    assert fetch(world, handle=head) == "ok"
    asked = ("1", CODE, "")
    items = ("query", "juminhyo_code", "certificate_serial")
    assert world.sent("certificate_request", *items) == [asked]
    number = world.resident(head)["addressee_number"]
    told = world.juki.observe("certificate", {"certificate_serial": "A1"})
    assert told == {"state": "valid", "addressee_number": number}
    assert links(world) == [("A1", "", "1", number)]


def test_a_renewed_serial_number_leads_to_nobody(world, head):
    certificate(world, "A1")
    fetch(world, handle=head)
    certificate(world, "A1", "2")
    certificate(world, "A2", former="A1")
    fetch(world, handle=head)
    assert [identified(world, serial) for serial in ("A1", "A2")] == [
        ("revoked", False),
        ("valid", True),
    ]
    assert [link[:3] for link in links(world)] == [("A1", "", "1"), ("A2", "A1", "1")]


def test_a_revoked_serial_number_is_shown(world, head):
    certificate(world, "A1")
    fetch(world, handle=head)
    certificate(world, "A1", "2")
    fetch(world, certificate_serial="A1")
    assert identified(world, "A1") == ("revoked", False)
    line = {"telegram": "certificate_result", "code": "2001", "text": "失効した証明書です。"}
    assert world.errors() == [line]
    assert [link[:3] for link in links(world)] == [("A1", "", "1"), ("A1", "", "2")]


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("code", ["", "12345678903"])
def test_a_serial_number_of_nobody_here_is_shown(world, code):
    if code:
        certificate(world, "B1", code=code)
    fetch(world, certificate_serial="B1")
    assert identified(world, "B1") == ("unknown", False)
    assert [line["telegram"] for line in world.errors()][:1] == ["certificate_result"]
    assert links(world) == []


def test_who_is_not_there_has_no_certificate(world):
    assert fetch(world, handle="r9") == "rejected"


@pytest.mark.usefixtures("head")
def test_a_renewal_is_answered_for_those_who_are_here(world):
    world.cs.act("send_renewal_list", {"codes": ["12345678903", CODE]})
    world.pump()
    assert world.sent("delivery_address", "juminhyo_code", "print_kind") == [(CODE, "2")]
    text = "1人目の更新対象者が住民にいません。"
    assert world.errors() == [{"telegram": "renewal_list", "code": "2001", "text": text}]


def test_the_latest_state_of_a_card_is_kept(world, head):
    issued = {"card_status": "2", "issued_date": "2026-05-01", "expiry_date": "2036-05-01"}
    for told in ({"card_status": "1"}, issued):
        world.cs.act("send_card_status", {"juminhyo_code": CODE, **told})
    world.cs.act("send_card_status", {"juminhyo_code": "12345678903", "card_status": "3"})
    world.pump()
    assert world.juki.observe("card", {"handle": head}) == issued
    assert [line["code"] for line in world.errors()] == ["2001"]
    unknown = dict.fromkeys(issued, "")
    assert world.juki.observe("card", {"handle": "r9"}) == unknown
