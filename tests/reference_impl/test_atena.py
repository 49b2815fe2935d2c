import pytest

from reference_impl.node import Telegram
from reference_impl.oauth import CLIENTS, SYNTHETIC_CLIENT, Client, TokenClient, basic_header

INVALID = "アクセストークンが無効です。"
NUMBER, OTHER = "123456789018", "507957100721"


def request(world, serial="1", number=NUMBER, addressee="100000016", auth=None):
    body = {"individual_number": number, "addressee_number": addressee}
    auth = auth or world.authorization()
    return world.atena.receive(
        world.telegram("juki", "atena", "addressee_request", serial, auth, **body)
    )


def notified(world):
    entries = world.atena.registers.pending("chukan")
    return [entry.values["integrated_number"] for entry in entries]


def test_a_new_person_gets_a_number_that_only_chukan_is_told(world):
    answer = request(world)
    assert (answer.id, answer.status) == ("addressee_response", 200)
    assert answer.values == {"result": "0000", "addressee_number": "100000016", "message": ""}
    (entry,) = world.atena.registers.pending("chukan")
    assert entry.telegram_id == "integrated_number_notice"
    assert entry.values == {"municipality_code": "999016", "integrated_number": "987654317"}


def test_a_known_number_gets_no_second_one_whatever_the_addressee_number(world):
    request(world)
    request(world, "2", addressee="100000024")
    assert len(notified(world)) == 1


def test_other_persons_get_the_next_numbers(world):
    request(world)
    request(world, "2", OTHER)
    assert notified(world) == ["987654317", "987654325"]


def test_a_number_with_a_wrong_check_digit_is_refused(world):
    assert request(world, number="123456789019").values["result"] == "2003"
    assert notified(world) == []


@pytest.mark.parametrize("auth", ["", "Bearer wrong", "Basic wrong"])
def test_a_request_without_a_good_token_is_refused(world, auth):
    body = {"individual_number": NUMBER, "addressee_number": "100000016"}
    telegram = world.telegram("juki", "atena", "addressee_request", auth=auth or None, **body)
    answer = world.atena.receive(telegram)
    assert (answer.id, answer.status) == ("error_response", 401)
    assert answer.values == {"title": INVALID, "detail": INVALID}
    assert notified(world) == []


def test_a_refused_request_is_taken_with_a_good_token(world):
    assert request(world, auth="Bearer wrong").status == 401
    assert request(world).values["result"] == "0000"


def test_tokens_expire_after_ten_minutes_or_at_once(world):
    token = world.authorization()
    world.clock.advance(599)
    assert request(world, "1", auth=token).status == 200
    world.clock.advance(1)
    assert request(world, "2", auth=token).status == 401
    token = world.authorization()
    world.atena.act("expire_tokens", {})
    assert request(world, "3", auth=token).status == 401


def token(world, values, auth=None):
    return world.atena.receive(Telegram("token_request", values, "juki", "atena", auth=auth))


@pytest.mark.parametrize("role", CLIENTS)
@pytest.mark.parametrize("method", ["client_secret_jwt", "client_secret_basic"])
def test_a_client_that_knows_its_secret_gets_a_token(world, method, role):
    client = TokenClient(CLIENTS[role], lambda: world.clock.now().timestamp(), method=method)
    call = client.call()
    answer = token(world, call.values, call.auth)
    assert (answer.id, answer.values["expires_in"]) == ("token_response", "600")
    client.accept(answer.values)
    assert request(world, auth=client.authorization).status == 200


@pytest.mark.parametrize(
    ("values", "auth", "status", "title"),
    [
        ({"grant_type": "client_credentials"}, None, 401, "invalid_client"),
        (
            {"grant_type": "client_credentials"},
            basic_header(Client(SYNTHETIC_CLIENT.id, "x" * 32)),
            401,
            "invalid_client",
        ),
        (
            {"grant_type": "password"},
            basic_header(SYNTHETIC_CLIENT),
            400,
            "unsupported_grant_type",
        ),
    ],
)
def test_others_get_none(world, values, auth, status, title):
    answer = token(world, values, auth)
    assert (answer.id, answer.status, answer.values["title"]) == ("error_response", status, title)


def test_a_linkage_start_is_converted_to_the_latest_addressee_number(world):
    request(world)
    request(world, "2", addressee="100000024")
    body = {"integrated_number": "987654317", "acquisition_number": "F" * 20}
    answer = world.atena.receive(world.telegram("chukan", "atena", "linkage_start", **body))
    assert answer.values == {"result": "0000", "message": ""}
    (entry,) = world.atena.registers.pending("juki")
    assert (entry.telegram_id, entry.values) == (
        "linkage_request",
        {"addressee_number": "100000024", "acquisition_number": "F" * 20},
    )


def test_a_linkage_start_for_nobody_is_refused(world):
    body = {"integrated_number": "987654317", "acquisition_number": "F" * 20}
    answer = world.atena.receive(world.telegram("chukan", "atena", "linkage_start", **body))
    assert answer.values == {"result": "2001", "message": ""}
