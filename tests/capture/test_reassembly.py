"""Reassembly against a naive oracle: an array of bytes, filled in place."""

from hypothesis import given
from hypothesis import strategies as st

from steps.capture.reassembly import Arrived, Gap, Reassembly

STREAM = st.binary(min_size=1, max_size=60)


@st.composite
def sent(draw):
    """A stream, pieces of it in any order with overlaps and copies, and its first number."""
    stream = draw(STREAM)
    places = st.integers(0, len(stream) - 1)
    sizes = st.integers(1, 20)
    pieces = draw(st.lists(st.tuples(places, sizes), max_size=25))
    return (
        stream,
        [(at, stream[at : at + size]) for at, size in pieces],
        draw(st.sampled_from([1000, 2**32 - 30, 2**32 - 1, 0])),
    )


def laid_out(found, size):
    """Return what was read, byte by byte, None where there was a gap."""
    out = []
    for piece in found:
        out += list(piece.data) if isinstance(piece, Arrived) else [None] * piece.size
    return out + [None] * (size - len(out))


@given(sent())
def test_the_stream_is_what_the_segments_cover(case):
    stream, pieces, first = case
    half = Reassembly()
    half.start(first - 1)
    found = []
    for at, data in pieces:
        found += half.feed((first + at) % 2**32, data, at)
    found += half.end()
    naive = [None] * len(stream)
    for at, data in pieces:
        naive[at : at + len(data)] = data
    assert laid_out(found, len(stream)) == naive
    assert half.conflicts == 0


@given(sent())
def test_what_is_complete_comes_at_once(case):
    stream, pieces, first = case
    half = Reassembly()
    half.start(first - 1)
    covered = set()
    read = 0
    for at, data in pieces:
        read += sum(len(p.data) for p in half.feed((first + at) % 2**32, data, at))
        covered |= set(range(at, at + len(data)))
        whole = next((n for n in range(len(stream) + 1) if n not in covered), len(stream))
        assert read == whole


def test_a_hole_is_given_up_when_too_much_waits():
    half = Reassembly(most=10)
    half.start(0)
    assert half.feed(5, b"12345678", 1) == []
    found = half.feed(13, b"901", 2)
    assert found == [Gap(4, 1), Arrived(b"12345678", 1), Arrived(b"901", 2)]


def test_a_cut_segment_leaves_a_gap_and_the_end_is_known():
    half = Reassembly()
    half.start(0)
    assert half.feed(1, b"ab", 1, missing=3) == [Arrived(b"ab", 1), Gap(3, 1)]
    assert half.feed(6, b"c", 2, fin=True) == [Arrived(b"c", 2)]
    assert half.ended


def test_the_lost_end_is_a_gap():
    half = Reassembly()
    half.start(0)
    half.feed(1, b"ab", 1)
    half.feed(6, b"", 2, fin=True)
    assert half.end() == [Gap(3, 0)]
    assert not half.ended


def test_copies_that_differ_are_counted_and_change_nothing():
    half = Reassembly()
    half.start(0)
    assert half.feed(1, b"abcd", 1) == [Arrived(b"abcd", 1)]
    assert half.feed(2, b"XYd", 2) == []
    assert half.conflicts == 1
    half.feed(7, b"hi", 3)
    half.feed(7, b"ho", 4)
    assert half.conflicts == 2
