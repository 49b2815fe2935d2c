"""Packet files and their segments, against files that the tests write themselves."""

import io

import pytest

from steps.capture.packets import BrokenFile, Packet, read_packets
from steps.capture.segments import Segment, Skipped, segment_of
from tests.capture import wires

BODY = wires.tcp(50000, 9111, 5, b"hello")


def short(value):
    """Name a case; the bytes themselves make no name."""
    return str(value)[:24]


def read(data):
    return list(read_packets(io.BytesIO(data)))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nano", [False, True])
def test_pcap_is_read_in_both_orders_and_units(order, nano):
    found = read(wires.pcap([b"abc", b"defg"], order=order, nano=nano))
    assert [(p.number, p.data, p.cut) for p in found] == [(1, b"abc", 0), (2, b"defg", 0)]
    assert found[1].time_ns - found[0].time_ns == (1 if nano else 1000)


@pytest.mark.parametrize("order", ["<", ">"])
def test_pcapng_is_read_with_several_interfaces_and_sections(order):
    data = wires.pcapng([(0, b"abc"), (1, b"defg")], links=(1, 101), order=order)
    found = read(data + wires.pcapng([(0, b"hi")], links=(113,)))
    assert [(p.link, p.data) for p in found] == [(1, b"abc"), (101, b"defg"), (113, b"hi")]
    assert found[0].time_ns == 1_777_593_600 * 10**9


def test_what_the_snap_length_cut_is_counted():
    assert read(wires.pcap([b"abcdef"], snap=4))[0].cut == 2


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (wires.pcap([b"abc", b"defg"])[:-2], "the file ends in packet 2. expected 4 bytes, got 2"),
        (wires.pcap([b"abc"])[:20], "the file ends in the file header. expected 20 bytes, got 16"),
        (b"nonsense", "not a packet file. expected the magic of pcap or pcapng, got other bytes"),
        (
            wires.pcapng([(3, b"abc")]),
            "packet 1: unknown interface. expected one described, got 3",
        ),
        (wires.pcapng([(0, b"abc")])[:-3], "the file ends in a block. expected 4 bytes, got 1"),
    ],
    ids=short,
)
def test_a_broken_file_is_named(broken, told):
    with pytest.raises(BrokenFile, match=f"^{told}$"):
        read(broken)


def test_every_cut_of_a_file_ends_in_order_or_in_a_named_error():
    whole = wires.pcapng([(0, wires.ethernet(wires.ip4(BODY)))])
    assert len(read(whole)) == 1
    for end in range(5, len(whole)):
        try:
            found = read(whole[:end])
        except BrokenFile as error:
            found, told = [], str(error)
        else:
            told = "expected: cut between two blocks"
        assert (found, "expected" in told) == ([], True)


@pytest.mark.parametrize(
    ("link", "data"),
    [
        (1, wires.ethernet(wires.ip4(BODY))),
        (1, wires.ethernet(wires.ip4(BODY), vlans=(0x8100,))),
        (1, wires.ethernet(wires.ip4(BODY), vlans=(0x88A8, 0x8100))),
        (1, wires.ethernet(wires.ip4(BODY)) + b"\0" * 9),  # padding of a short frame
        (113, wires.cooked(wires.ip4(BODY))),
        (276, wires.cooked2(wires.ip4(BODY))),
        (0, wires.loopback(wires.ip4(BODY))),
        (0, wires.loopback(wires.ip4(BODY), order=">")),
        (108, wires.loopback(wires.ip4(BODY), order=">")),
        (101, wires.ip4(BODY)),
    ],
    ids=short,
)
def test_a_segment_is_found_behind_every_link_layer(link, data):
    found = segment_of(Packet(1, 0, link, data, 0))
    assert isinstance(found, Segment)
    ends = (str(found.source), str(found.target))
    assert (*ends, found.seq, found.payload) == ("10.0.0.1:50000", "10.0.0.2:9111", 5, b"hello")


@pytest.mark.parametrize("hop", [False, True])
def test_ipv6_with_and_without_extension_headers(hop):
    data = wires.ethernet(wires.ip6(BODY, hop=hop), kind=0x86DD)
    found = segment_of(Packet(1, 0, 1, data, 0))
    assert isinstance(found, Segment)
    assert (str(found.source), found.payload) == ("[::1]:50000", b"hello")


@pytest.mark.parametrize(
    ("link", "data", "kind"),
    [
        (1, wires.ethernet(b"arp", kind=0x0806), "foreign"),
        (1, wires.ethernet(wires.ip4(b"\0" * 8, proto=17)), "foreign"),
        (1, wires.ethernet(wires.ip4(BODY, fragment=0x2000)), "fragment"),
        (1, wires.ethernet(wires.ip4(BODY))[:40], "unreadable"),
        (1, b"", "unreadable"),
        (147, b"", "foreign"),
    ],
    ids=short,
)
def test_what_holds_no_segment_says_why(link, data, kind):
    found = segment_of(Packet(1, 0, link, data, 0))
    assert isinstance(found, Skipped)
    assert found.kind == kind


def test_the_captured_part_of_a_segment_is_kept():
    data = wires.ethernet(wires.ip4(BODY))
    found = segment_of(Packet(1, 0, 1, data[:-2], 2))
    assert isinstance(found, Segment)
    assert (found.payload, found.missing) == (b"hel", 2)
