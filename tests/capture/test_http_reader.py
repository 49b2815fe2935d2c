"""HTTP out of a stream: whole, byte by byte, behind gaps."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps.capture.http import HttpFault, HttpMessage, HttpReader

POST = b"POST /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3;x=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: 1\r\n\r\n"
)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
NONE = b"HTTP/1.1 204 No Content\r\n\r\n"
ALL = POST + CHUNKED + CONTINUE + NONE + POST


def said(events):
    return [(e.status, e.body) if isinstance(e, HttpMessage) else (e.text, e.size) for e in events]


WHOLE = [(None, b"hello"), (200, b"abcde"), (204, b""), (None, b"hello")]


def test_messages_of_every_kind_are_cut():
    reader = HttpReader()
    assert said(reader.feed(ALL)) == WHOLE
    assert reader.end() == []


@given(st.lists(st.integers(1, 40), max_size=12))
def test_any_split_gives_the_same(cuts):
    reader, found, at = HttpReader(), [], 0
    for cut in [*cuts, len(ALL)]:
        found += reader.feed(ALL[at : at + cut])
        at += cut
    assert said(found) == WHOLE


def test_byte_by_byte_gives_the_same_places():
    reader = HttpReader()
    found = [event for byte in ALL for event in reader.feed(bytes([byte]))]
    at = len(POST) + len(CHUNKED)
    assert [e.offset for e in found] == [0, len(POST), at + len(CONTINUE), len(ALL) - len(POST)]


def test_a_body_without_a_length_ends_with_the_stream():
    reader = HttpReader()
    assert reader.feed(b"HTTP/1.1 200 OK\r\n\r\nrest") == []
    assert said(reader.end()) == [(200, b"rest")]


def test_the_answer_to_head_has_no_body():
    reader = HttpReader()
    reader.methods.append("HEAD")
    assert said(reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + NONE)) == [
        (200, b""),
        (204, b""),
    ]


def test_a_gap_inside_of_a_body_loses_this_message_only():
    reader = HttpReader()
    assert reader.feed(POST[:-3]) == []
    found = [*reader.gap(2), *reader.feed(b"o" + POST)]
    assert said(found) == [("bytes of the body are missing", len(POST)), (None, b"hello")]


def test_a_gap_that_hides_a_boundary_is_survived():
    reader = HttpReader()
    reader.feed(POST[:-3])
    found = [*reader.gap(30), *reader.feed(b"tail of something" + POST)]
    assert said(found) == [
        ("a gap in the message", len(POST) - 3),
        ("bytes between messages", 17),
        (None, b"hello"),
    ]


@pytest.mark.parametrize("end", range(1, len(POST)))
def test_a_message_that_is_cut_is_told_of(end):
    reader = HttpReader()
    assert reader.feed(POST[:end]) == []
    found = reader.end()
    assert all(isinstance(event, HttpFault) for event in found)
    assert sum(event.size for event in found) in {0, end}


def test_a_length_that_no_body_has_is_none():
    reader = HttpReader()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000)
    assert reader.feed(head + b"rest") == []
    assert said(reader.end()) == [(200, b"rest")]


def test_a_broken_chunk_is_told_of():
    reader = HttpReader()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    (fault,) = reader.feed(head + b"zz\r\nabc\r\n")
    assert (fault.text, fault.half) == ("no size before a chunk", True)


def test_content_coding_is_undone():
    body = gzip.compress(b"hello")
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert said(HttpReader().feed(head + body)) == [(200, b"hello")]
