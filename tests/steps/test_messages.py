"""Messages of a stream: how much of a body is kept."""

from __future__ import annotations

import asyncio

import pytest

from steps.bench.messages import HttpMessages

MOST = 16 * 2**20
POSTED = b"POST /v1/addressees HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
ANSWERED = b"HTTP/1.1 200 OK\r\n%s\r\n"
CHUNKS = b"100000\r\n%s\r\n" % bytes(2**20)
LENGTH, CHUNKED = b"Content-Length: %d", b"Transfer-Encoding: chunked"


def read(stream, **options):
    async def first():
        reader = asyncio.StreamReader()
        reader.feed_data(stream)
        reader.feed_eof()
        messages = HttpMessages(reader, **options)
        return await messages.next(), await messages.next()

    return asyncio.run(first())


TOO_LONG = {
    "told": (POSTED % (LENGTH % (MOST + 1)), f"{MOST + 1}", {}),
    "chunked": (POSTED % CHUNKED + CHUNKS * 17, f"more than {MOST}", {}),
    "to-the-end": (
        ANSWERED % b"" + bytes(MOST + 2**17),
        f"more than {MOST}",
        {"answered": lambda: "POST"},
    ),
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_a_body_that_is_too_long_is_not_kept(name):
    stream, size, options = TOO_LONG[name]
    message, _ = read(stream, **options)
    told = f"an HTTP body of {size} bytes. expected at most {MOST}"
    assert (message.problem, message.too_long) == (told, True)
    assert len(message.raw) <= MOST + 2**17


AS_LONG_AS_MAY_BE = {
    "told": (POSTED % (LENGTH % MOST) + bytes(MOST), MOST, {}),
    "chunked": (POSTED % CHUNKED + CHUNKS * 15 + b"0\r\n\r\n", 15 * 2**20, {}),
    "to-the-end": (ANSWERED % b"" + bytes(MOST), MOST, {"answered": lambda: "POST"}),
    "without-a-body": (
        ANSWERED % (LENGTH % (MOST + 1) + b"\r\n"),
        0,
        {"answered": lambda: "HEAD"},
    ),
}


@pytest.mark.parametrize("name", AS_LONG_AS_MAY_BE)
def test_a_body_as_long_as_may_be_is_kept(name):
    stream, kept, options = AS_LONG_AS_MAY_BE[name]
    message, behind = read(stream, **options)
    assert (message.problem, message.too_long, len(message.raw)) == (None, False, kept)
    assert behind is None
