"""Captures of connections, whole and broken, judged to the end."""

import json

import pytest

from steps.capture.mapping import CaptureMap
from tests.capture import wires
from tests.capture.conftest import code_of, number_of

CODE, NUMBER = code_of(1234567890), number_of(98007006005)


def file_of(*talks):
    return wires.pcap([wires.ethernet(packet) for talk in talks for packet in talk.packets])


def birth(telegrams, *, early=False):
    """A number is asked for and told, and the notice that carries it, in right order or not."""
    out, back = wires.Talk().open(), wires.Talk(ports=(50001, 9101)).open()
    request, result = telegrams.request(CODE), telegrams.result(CODE, NUMBER)
    notice = telegrams.notice(CODE, NUMBER)

    def ask(talk, asked):
        talk.say(0, asked).say(1, telegrams.answer(asked))
        return talk.packets

    packets = list(ask(out, request))
    out.packets = []
    told, sent = list(ask(back, result)), list(ask(out, notice))
    packets += [*sent, *told] if early else [*told, *sent]
    return wires.pcap([wires.ethernet(packet) for packet in packets])


def violated(outcome):
    return {one.id for one in outcome.requirements if outcome.state(one.id) == "VIOLATED"}


def test_a_birth_is_observed_and_nothing_is_violated(judge, telegrams):
    outcome = judge(a_pcap=birth(telegrams))
    assert outcome.telegrams == {
        "number_issue_request": 1,
        "number_issue_result": 1,
        "identity_notice": 1,
        "receipt": 3,
    }
    assert (violated(outcome), outcome.troubles, outcome.exit_code) == (set(), {}, 0)
    assert {outcome.state(one) for one in ("BIRTH-004", "BIRTH-006", "FORMAT-002")} == {"OBSERVED"}
    assert outcome.state("STOCK-001") == "NOT_EXERCISED"


def test_a_notice_before_the_number_is_violated_at_its_packet(judge, telegrams):
    outcome = judge(a_pcap=birth(telegrams, early=True))
    assert (violated(outcome), outcome.exit_code) == ({"BIRTH-004"}, 1)
    (proof,) = outcome.tallies["BIRTH-004"].proofs
    assert (proof.telegram, proof.sender, proof.origin.number) == ("identity_notice", "juki", 5)
    assert proof.origin.file.endswith("a.pcap")


def test_a_wrong_reference_is_violated(judge, telegrams):
    talk = wires.Talk().open()
    asked = telegrams.request(CODE)
    talk.say(0, asked).say(1, telegrams.answer(asked, ref_serial="0000000042"))
    outcome = judge(a_pcap=file_of(talk.close()))
    assert violated(outcome) == {"FORMAT-002"}
    (proof,) = outcome.tallies["FORMAT-002"].proofs
    assert (proof.field, proof.actual) == ("ref_serial", "0000000042")


@pytest.mark.parametrize("size", [1, 7, 1460])
def test_any_segment_size_gives_the_same(judge, telegrams, size):
    talk = wires.Talk().open()
    asked = [telegrams.request(code_of(n)) for n in (1, 2, 3)]
    for one in asked:
        talk.say(0, one, size).say(1, telegrams.answer(one), size)
    outcome = judge(a_pcap=file_of(talk.close()))
    assert outcome.telegrams == {"number_issue_request": 3, "receipt": 3}
    assert (violated(outcome), dict(outcome.troubles)) == (set(), {})


def test_reversed_and_repeated_segments_change_nothing(judge, telegrams):
    talk = wires.Talk().open()
    asked = telegrams.request(CODE)
    talk.say(0, asked, 20)
    body = talk.packets[2:]
    talk.packets[2:] = [*body[::-1], *body]
    talk.say(1, telegrams.answer(asked)).close()
    outcome = judge(a_pcap=file_of(talk))
    assert outcome.telegrams == {"number_issue_request": 1, "receipt": 1}
    assert dict(outcome.troubles) == {}


def test_a_gap_is_told_of_and_the_rest_is_judged(judge, telegrams):
    talk = wires.Talk().open()
    asked = [telegrams.request(code_of(n)) for n in (1, 2, 3)]
    for one in asked:
        talk.say(0, one, 40)
    pieces = -(-len(asked[0]) // 40)
    del talk.packets[2 + pieces + 1]  # the second piece of the second telegram
    outcome = judge(a_pcap=file_of(talk.close()))
    assert outcome.telegrams == {"number_issue_request": 2}
    assert outcome.troubles["gap"] == 1
    assert outcome.troubles["half"] == 1
    (gap,) = outcome.places["gap"]
    assert (gap.bytes, gap.origin.offset) == (len(asked[0]) - 40, len(asked[0]) + 40)
    assert violated(outcome) == set()


@pytest.mark.parametrize(
    ("lost", "former", "found"),
    [(False, 0, {"NUM-008"}), (True, 0, set()), (False, 1, set()), (True, None, {"NUM-008"})],
    ids=["not-the-last", "perhaps-the-last", "the-last", "none"],
)
def test_a_former_number_is_that_told_last_unless_one_was_lost(
    judge, telegrams, lost, former, found
):
    told = [number_of(98007006005 + one) for one in range(3)]
    changed = {"entry": "3", "reason": "51"}
    notices = [
        telegrams.notice(CODE, told[0]),
        telegrams.notice(CODE, told[1], former_individual_number=told[0], **changed),
        telegrams.notice(
            CODE,
            told[2],
            former_individual_number="" if former is None else told[former],
            **changed,
        ),
    ]
    talk = wires.Talk().open()
    for one in notices:
        talk.say(0, one, 400)
    if lost:
        pieces = -(-len(notices[0]) // 400)
        del talk.packets[2 + pieces]  # the first piece of the second notice
    outcome = judge(a_pcap=file_of(talk.close()))
    assert violated(outcome) & {"NUM-008"} == found


def test_a_capture_that_begins_and_ends_inside_of_telegrams(judge, telegrams):
    talk = wires.Talk()
    first, second, third = (telegrams.request(code_of(n)) for n in (1, 2, 3))
    talk.say(0, first[30:] + second + third[:50])
    outcome = judge(a_pcap=file_of(talk))
    assert outcome.telegrams == {"number_issue_request": 1}
    assert set(outcome.troubles) == {"strange", "half"}
    assert (violated(outcome), outcome.exit_code) == (set(), 0)


def test_a_telegram_of_a_false_length_is_violated(judge, telegrams):
    wrong = telegrams.request(CODE)
    wrong = b"%06d" % (len(wrong) + 1) + wrong[6:]
    outcome = judge(a_pcap=file_of(wires.Talk().open().say(0, wrong + telegrams.request(CODE))))
    assert violated(outcome) == {"FORMAT-001"}
    assert outcome.telegrams["number_issue_request"] == 1


def test_the_snap_length_is_told_of(judge, telegrams):
    talk = wires.Talk().open().say(0, telegrams.request(CODE)).close()
    packets = [wires.ethernet(packet) for packet in talk.packets]
    outcome = judge(a_pcap=wires.pcap(packets, snap=100))
    assert (outcome.troubles["truncated"], outcome.troubles["gap"], outcome.exit_code) == (1, 1, 5)


def test_foreign_and_encrypted_connections_are_told_of(judge, telegrams):
    ours = wires.Talk().open().say(0, telegrams.request(CODE))
    tls = wires.Talk(ports=(50002, 443)).open().say(0, b"\x16\x03\x01\x00\x05hello")
    other = wires.Talk(ports=(50003, 22)).open().say(0, b"SSH-2.0-x\r\n").close()
    outcome = judge(a_pcap=file_of(ours, tls, other))
    assert (outcome.troubles["encrypted"], outcome.troubles["foreign"]) == (1, 1)
    assert outcome.telegrams == {"number_issue_request": 1}


def test_the_map_decides_what_is_ours(judge, telegrams):
    ours = wires.Talk().open().say(0, telegrams.request(CODE))
    listeners = [{"address": "10.0.0.2:9111", "role": "cs", "link": "cs_link"}]
    known = CaptureMap.model_validate({"listeners": listeners})
    assert judge(known, a_pcap=file_of(ours)).telegrams["number_issue_request"] == 1
    listeners = [{"address": ":9999", "role": "cs", "link": "cs_link"}]
    known = CaptureMap.model_validate({"listeners": listeners})
    outcome = judge(known, a_pcap=file_of(ours))
    assert (outcome.troubles["foreign"], outcome.exit_code) == (1, 5)


def test_ipv6_in_pcapng(judge, telegrams):
    talk = wires.Talk(wrap=wires.ip6).open().say(0, telegrams.request(CODE)).close()
    packets = [(0, wires.ethernet(packet, kind=0x86DD)) for packet in talk.packets]
    outcome = judge(a_pcapng=wires.pcapng(packets))
    assert outcome.telegrams == {"number_issue_request": 1}


def http(first, body):
    return b"%s\r\nContent-Length: %d\r\n\r\n%s" % (first, len(body), body)


def test_http_messages_are_judged(judge):
    body = json.dumps({"serial": "a" * 36, "integrated_number": "123"}).encode()
    answer = json.dumps({"serial": "b" * 36, "result": "0000", "message": ""}).encode()
    talk = wires.Talk(ports=(50000, 9142)).open()
    talk.say(0, http(b"POST /v1/integrated-numbers HTTP/1.1", body), 50)
    talk.say(1, http(b"HTTP/1.1 200 OK", answer)).say(0, b"GET /health HTTP/1.1\r\n\r\n").close()
    outcome = judge(a_pcap=file_of(talk))
    assert outcome.telegrams == {"integrated_number_notice": 1, "accepted": 1}
    assert outcome.troubles["unknown"] == 1
    assert "FORMAT-001" in violated(outcome)


def test_a_new_connection_on_old_ports_is_another(judge, telegrams):
    first = wires.Talk().open().say(0, telegrams.request(code_of(1))).close()
    again = wires.Talk(starts=(77, 99)).open().say(0, telegrams.request(code_of(2))).close()
    outcome = judge(a_pcap=file_of(first, again))
    assert (outcome.telegrams["number_issue_request"], dict(outcome.troubles)) == (2, {})


def test_a_broken_file_is_judged_as_far_as_it_goes(judge, telegrams):
    talk = wires.Talk().open().say(0, telegrams.request(CODE)).close()
    outcome = judge(a_pcap=file_of(talk)[:-5])
    assert outcome.telegrams == {"number_issue_request": 1}
    assert outcome.troubles["unreadable"] == 1
