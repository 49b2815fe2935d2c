"""The journal: what a record keeps of a passage, and the mailbox in which scenarios wait."""

from __future__ import annotations

import threading

import pytest

from reference_impl.wire import Passage
from reports.transcript import Http, RecordFault, TranscriptWriter, read_transcript
from steps.bench.journal import Journal
from telegram_specs.mutate import set_item
from tests.steps.passages import CODE, answering, asking

AT_ONCE, SOON, EVER = 0.0, 0.02, 30.0
"""Time limits: for what is there, for what will not come, for what must come."""


@pytest.fixture
def journal():
    return Journal()


def later(journal, *passages):
    """Add passages from another thread, as the bench's loop does."""

    def add():
        for passage in passages:
            journal.add(passage, way="received")

    thread = threading.Thread(target=add)
    thread.start()
    return thread


def is_a(telegram):
    return lambda record: record.telegram == telegram


# -- records -------------------------------------------------------------------------------


def test_a_record_keeps_what_passed(journal):
    passage = asking("number_issue_request")
    journal.case_id = "BIRTH-001.1"
    record = journal.add(passage, way="received")
    assert (record.seq, record.case_id, record.link) == (1, "BIRTH-001.1", "cs_link")
    assert (record.sender, record.receiver, record.way) == ("juki", "cs", "received")
    assert (record.telegram, record.label) == ("number_issue_request", "個人番号生成要求")
    assert (record.on_wire, record.fault, record.answers) == (True, None, None)
    assert record.raw == passage.raw
    assert record.values["juminhyo_code"] == CODE
    assert (record.faults, record.http) == ((), None)
    field = next(field for field in record.fields if field.field == "juminhyo_code")
    assert (field.label, field.offset, field.length, field.secret, field.text) == (
        "住民票コード", 65, 11, True, "*" * 11,
    )  # fmt: skip
    assert journal.records == (record,)


def test_a_planned_fault_is_noted(journal):
    passage = asking("number_issue_result")
    record = journal.add(passage, way="sent", on_wire=False, fault="lost", note="why")
    assert (record.way, record.on_wire, record.fault, record.note) == ("sent", False, "lost", "why")


def test_an_http_message_keeps_its_envelope(journal):
    asked = asking("addressee_request")
    journal.add(asked, way="received")
    journal.add(answering(asked, "addressee_response"), way="sent")
    request, answer = journal.records
    headers = {"Authorization": "Bearer good"}
    assert request.http == Http("POST", "/v1/addressees", None, headers)
    assert answer.http == Http("POST", "/v1/addressees", 200, {})


def test_faults_of_the_content_are_told_and_masked(journal):
    asked = asking("number_issue_request")
    wrong = CODE[:-1] + "5"
    record = journal.add(
        asked.with_raw(set_item(asked.spec, asked.raw, "juminhyo_code", wrong)), way="received"
    )
    (fault,) = record.faults
    assert (fault.field, fault.offset, fault.length, fault.rule) == (
        "juminhyo_code",
        65,
        11,
        "check",
    )
    assert wrong not in f"{fault} {record.fields}"


def test_bytes_that_are_no_telegram_are_a_fault_of_the_frame(journal):
    problem = "frame @ byte 0: the stream ends in the header. expected 65 bytes, got 3"
    record = journal.add(Passage("cs_link", "juki", "cs", b"000", problem=problem), way="received")
    assert (record.telegram, record.values, record.fields) == (None, None, ())
    assert record.faults == (
        RecordFault(
            None, 0, 3, "frame", "a telegram that ends where its length says", problem, problem
        ),
    )


def test_an_answer_names_what_it_answers(journal):
    first, second = (
        asking("number_issue_request"),
        asking("number_issue_request", serial="0000000008"),
    )
    for passage in (first, second, answering(second), answering(first)):
        journal.add(passage, way="received")
    assert [record.answers for record in journal.records] == [None, None, 2, 1]


def test_an_answer_to_a_copy_is_found_by_its_bytes(journal):
    """The other end of a hop inside the bench holds a passage of its own."""
    journal.add(asking("number_issue_request"), way="received")
    record = journal.add(answering(asking("number_issue_request")), way="received")
    assert record.answers == 1


def test_an_answer_to_a_bent_telegram_answers_the_bent_one(journal):
    asked = asking("number_issue_request")
    bent = asked.with_raw(set_item(asked.spec, asked.raw, "serial", "0000000099"))
    journal.add(asked, way="sent")
    journal.add(bent, way="sent")
    assert journal.add(answering(bent), way="received").answers == 2


def test_an_answer_to_what_was_never_recorded_answers_nothing(journal):
    assert journal.add(answering(asking("number_issue_request")), way="received").answers is None


def test_every_record_is_in_the_transcript(tmp_path):
    path = tmp_path / "transcript.jsonl"
    with TranscriptWriter(path) as writer:
        journal = Journal(writer)
        asked = asking("number_issue_request")
        journal.add(asked, way="received")
        journal.add(answering(asked), way="sent")
        assert read_transcript(path, tail=writer.tail_hash) == journal.records


# -- the mailbox -----------------------------------------------------------------------------


def test_what_is_there_needs_no_wait(journal):
    early = journal.add(asking("number_issue_request"), way="received")
    journal.add(asking("number_issue_request"), way="received")
    assert journal.wait(is_a("number_issue_request"), within=AT_ONCE) == early


def test_what_comes_late_is_waited_for(journal):
    thread = later(journal, asking("juminhyo_code_request"), asking("number_issue_request"))
    assert journal.wait(is_a("number_issue_request"), within=EVER).seq == 2
    thread.join()


def test_what_never_comes_is_none(journal):
    journal.add(asking("number_issue_request"), way="received")
    assert journal.wait(is_a("receipt"), within=SOON) is None


def test_a_window_hides_what_was_before(journal):
    journal.add(asking("number_issue_request"), way="received")
    again = journal.add(asking("number_issue_request"), way="received")
    assert journal.wait(is_a("number_issue_request"), since=1, within=AT_ONCE) == again
    assert journal.wait(is_a("number_issue_request"), since=2, within=AT_ONCE) is None


def test_one_that_comes_twice_is_seen_once_each(journal):
    """A predicate that counts sees every record exactly once."""
    seen = []

    def twice(record):
        seen.append(record.seq)
        return len(seen) == 2

    journal.add(asking("number_issue_request"), way="received")
    thread = later(journal, asking("number_issue_request"))
    assert journal.wait(twice, within=EVER).seq == 2
    thread.join()
    assert seen == [1, 2]


def test_a_condition_is_asked_again_at_every_record(journal):
    thread = later(journal, asking("number_issue_request"), asking("number_issue_request"))
    assert journal.wait_until(lambda: len(journal.records) == 2, within=EVER)
    thread.join()
    assert not journal.wait_until(lambda: len(journal.records) == 3, within=SOON)


def test_quiet_is_a_time_without_records(journal):
    assert journal.settle(SOON, within=EVER)
    thread = later(journal, asking("number_issue_request"))
    assert journal.settle(SOON, within=EVER)
    thread.join()


def test_a_network_that_never_rests_is_not_quiet(journal):
    stop = threading.Event()

    def chatter():
        while not stop.is_set():
            journal.add(asking("number_issue_request"), way="received")

    thread = threading.Thread(target=chatter)
    thread.start()
    try:
        assert not journal.settle(EVER, within=SOON)
    finally:
        stop.set()
        thread.join()
