"""Adapters that misbehave over HTTP."""

from __future__ import annotations

import pytest

from steps.drivers.framing import LONGEST
from steps.drivers.http_endpoint import HttpEndpoint
from steps.drivers.protocol import DriverError, SutLost
from tests.steps.attached import NETWORK, TOKEN, conversation
from tests.steps.endpoint import good, http
from tests.steps.misbehaviour import LATE, LONG, NOT_JSON, SHORT, misbehaves

CHUNKED = "Transfer-Encoding: chunked"
BAD_HTTP = {
    "error": (
        http(500, b"oops"),
        DriverError,
        "HTTP 500: expected 200 with the answer as its body",
    ),
    "not-found": (
        http(404, b""),
        DriverError,
        "HTTP 404: expected 200 with the answer as its body",
    ),
    "redirect": (
        http(302, b"", "Location: http://192.0.2.1/"),
        DriverError,
        "HTTP 302: a redirect. expected the answer itself",
    ),
    "token-refused": (
        http(401, b""),
        DriverError,
        "HTTP 401: the token was refused. expected the run's token to be accepted",
    ),
    "content-type": (
        http(200, b"{}", kind="text/html"),
        DriverError,
        "a body of text/html. expected application/json",
    ),
    "garbage": (http(200, b"<p>"), DriverError, NOT_JSON),
    "not-utf-8": (http(200, b'{"reason": "\x8e\x52"}'), DriverError, NOT_JSON),
    "empty": (http(200, b"", "Content-Length: 0"), DriverError, NOT_JSON),
    "half-a-body": (
        http(200, b'{"seq":', "Content-Length: 100"),
        DriverError,
        "the body of the answer is not whole",
    ),
    "chunked-garbage": (
        http(200, b"zz\r\n{}\r\n", CHUNKED),
        DriverError,
        "not HTTP (ClientResponseError)",
    ),
    "half-a-chunk": (
        http(200, b"5\r\n{", CHUNKED),
        DriverError,
        "the body of the answer is not whole",
    ),
    "a-megabyte": (
        http(200, b" " * (LONGEST + 1)),
        DriverError,
        "an answer of more than 1000000 bytes",
    ),
    "not-http": (b"220 mail ready\r\n\r\n", DriverError, "not HTTP (ClientResponseError)"),
    "wrong-seq": (good({"seq": 9}), DriverError, "wrong seq. expected 2, got 9"),
    "earlier-seq": (
        good({"seq": 1, "status": "ok"}),
        DriverError,
        "the answer to another command. expected the seq of this one",
    ),
    "closes": (b"", SutLost, "the connection was closed without an answer"),
}


@pytest.mark.parametrize("name", BAD_HTTP)
def test_http(endpoint, name):
    prepared, error, text = BAD_HTTP[name]
    driver = conversation(HttpEndpoint(endpoint(prepared).url, token=TOKEN))
    misbehaves(driver, error, f"observe: {text}", LONG)
    driver.stop()


def test_production_is_left_alone(endpoint):
    one = endpoint(more={"environment": "production"})
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    with pytest.raises(DriverError, match="says that it is production"):
        driver.start(NETWORK)
    driver.stop()
    assert [asked["cmd"] for _, _, asked in one.seen] == ["hello", "stop"]


def test_http_says_nothing_in_time(endpoint):
    one = endpoint(b"", before=1.0)
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    misbehaves(driver, SutLost, LATE, SHORT)


def test_http_shows_the_token_and_asks_again_while_it_is_pending(endpoint):
    one = endpoint(good({"seq": 2, "status": "pending"}), good({"seq": 2, "status": "ok"}))
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    driver.start(NETWORK)
    assert driver.command("trigger", {"action": "birth"}, within=LONG).ok
    (path, shown, hello), asked, again = one.seen
    assert (path, shown, hello["token"]) == (
        b"/denbun/v1/command", f"Bearer {TOKEN}".encode(), TOKEN,
    )  # fmt: skip
    assert asked == again


def test_http_nobody_listens(endpoint):
    one = endpoint()
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    driver.start(NETWORK)
    assert (driver.alive(), driver.exit_note()) == (True, "")
    one.close()
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value).startswith(f"observe: nobody listens at {one.url}/denbun/v1/command (")
    assert (driver.alive(), driver.exit_note()) == (False, "no longer reachable")
    driver.stop()
