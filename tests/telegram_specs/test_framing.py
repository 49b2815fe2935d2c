"""Framing: any split of the stream, broken streams, where to go on."""

from __future__ import annotations

import pytest

from telegram_specs import Frame, FramingFault
from telegram_specs.engine.vectors import load_vectors


@pytest.fixture(scope="module")
def vectors(profile):
    return load_vectors(profile.files)


@pytest.fixture(scope="module")
def request_(vectors):
    return vectors.good["number_issue_request/plain"].raw


@pytest.fixture(scope="module")
def notice(vectors):
    return vectors.good["identity_notice/birth"].raw


def frames(events):
    return [event.raw for event in events if isinstance(event, Frame)]


def test_frames_know_their_place_and_hide_their_bytes(profile, request_, notice):
    events = profile.framer().feed(request_ + notice)
    assert events == [Frame(request_, 0), Frame(notice, 78)]
    assert [repr(event) for event in events] == ["Frame(78 bytes at 0)", "Frame(618 bytes at 78)"]


def test_nothing_is_told_before_a_telegram_is_whole(profile, request_):
    framer = profile.framer()
    assert framer.feed(request_[:-1]) == []
    assert framer.feed(request_[-1:]) == [Frame(request_, 0)]
    assert framer.end() is None


def test_every_split_of_a_broken_stream_gives_the_same_frames(profile, vectors):
    for stream in vectors.streams:
        whole = frames(profile.framer().feed(stream.raw))
        for at in range(len(stream.raw) + 1):
            framer = profile.framer()
            events = framer.feed(stream.raw[:at]) + framer.feed(stream.raw[at:])
            assert frames(events) == whole, (stream.id, at)


def test_every_byte_is_told_of_once(profile, vectors):
    for stream in vectors.streams:
        framer = profile.framer()
        events = [event for byte in stream.raw for event in framer.feed(bytes([byte]))]
        rest = framer.end()
        told = sorted((event.offset, event.raw) for event in [*events, *([rest] if rest else [])])
        covered = 0
        for offset, raw in told:
            assert offset <= covered, stream.id
            covered = max(covered, offset + len(raw))
        assert covered == len(stream.raw), stream.id


def test_the_header_of_the_next_telegram_is_not_lost(profile, request_):
    # the declared end lies two bytes inside the next telegram, and only those two have arrived
    long = b"000080" + request_[6:]
    framer = profile.framer()
    assert framer.feed(long) == []
    assert framer.feed(request_[:2]) == [
        FramingFault(
            long + request_[:2],
            0,
            "frame @ byte 0: no end mark where the declared length ends. "
            "expected it at byte 78, got other bytes",
            fatal=False,
        )
    ]
    assert framer.feed(request_[2:]) == [Frame(request_, 78)]
    assert framer.end() is None


def test_a_lost_stream_tells_of_what_it_skipped(profile, request_):
    framer = profile.framer()
    (first,) = framer.feed(b"GET / HTTP/1.1\r\n")
    assert (first.text, first.fatal) == (
        "frame @ byte 0: the declared length is no number. expected 6 digits, got others",
        True,
    )
    assert framer.feed(b"Host: cs\r\n") == []
    (skipped, frame) = framer.feed(b"\r\n" + request_)
    assert str(skipped) == (
        "frame @ byte 16: 12 bytes between telegrams. expected a header, got bytes that are none"
    )
    assert frame == Frame(request_, 28)


def test_a_lost_stream_ends(profile):
    framer = profile.framer()
    framer.feed(b"garbage")
    assert framer.end() is None
    framer.feed(b"more")
    end = framer.end()
    assert str(end) == (
        "frame @ byte 7: 4 bytes between telegrams. expected a header, got bytes that are none"
    )
    assert repr(end) == f"FramingFault(4 bytes at 7: {end})"


def test_a_lost_stream_does_not_fill_the_memory(profile):
    framer = profile.framer()
    events = [event for _ in range(100) for event in framer.feed(b"x" * 1000)]
    assert sum(len(event.raw) for event in events) > 80_000
    assert all(event.fatal for event in events)


def test_a_fault_can_be_decoded_for_its_place(profile, request_):
    (fault,) = profile.framer().feed(request_[:-2] + b"##")
    spec = profile.identify(fault.raw)
    assert [(f.field, f.offset, f.rule) for f in spec.validate(fault.raw)] == [
        ("end_mark", 76, "end_mark")
    ]
