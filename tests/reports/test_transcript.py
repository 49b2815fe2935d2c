from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from reports import ChainError, Record, TranscriptWriter, read_transcript
from reports.transcript import GENESIS
from tests.reports import sample


@pytest.fixture
def path(tmp_path):
    return tmp_path / "transcript.jsonl"


@pytest.fixture
def tail(path):
    with TranscriptWriter(path) as writer:
        for record in sample.records():
            writer.write(record)
        return writer.tail_hash


def lines(path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def message(path, **options) -> tuple[int, str]:
    with pytest.raises(ChainError) as caught:
        read_transcript(path, **options)
    return caught.value.line, str(caught.value)


def test_records_come_back_as_they_were_written(path, tail):
    assert read_transcript(path, tail=tail) == sample.records()


def test_empty_transcript_is_a_chain(path):
    with TranscriptWriter(path) as writer:
        assert writer.tail_hash == GENESIS

    assert read_transcript(path, tail=GENESIS) == ()


def test_each_line_holds_the_hash_of_the_line_before(path, tail):
    chain = [json.loads(line) for line in lines(path)]

    assert chain[0]["prev"] == GENESIS
    assert [line["prev"] for line in chain[1:]] == [line["hash"] for line in chain[:-1]]
    assert chain[-1]["hash"] == tail
    assert bytes.fromhex(chain[0]["raw"]) == sample.records()[0].raw


@pytest.mark.usefixtures("tail")
def test_only_the_owner_may_read_it(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [1, 4, 10])
@pytest.mark.usefixtures("tail")
def test_changed_line_is_named(path, number):
    all_lines = lines(path)
    all_lines[number - 1] = all_lines[number - 1].replace(b'"seq":', b'"seq":1')
    path.write_bytes(b"".join(all_lines))

    line, text = message(path)

    assert line == number
    assert text.startswith(f"transcript.jsonl:{number}: line changed. expected hash ")


@pytest.mark.usefixtures("tail")
def test_deleted_line_is_named(path):
    all_lines = lines(path)
    del all_lines[3]
    path.write_bytes(b"".join(all_lines))

    line, text = message(path)

    assert line == 4
    assert text.startswith("transcript.jsonl:4: chain broken. expected prev ")


@pytest.mark.parametrize("broken", ["{}", "no json\n", "[]\n"])
@pytest.mark.usefixtures("tail")
def test_broken_line_is_named(path, broken):
    path.write_bytes(b"".join([*lines(path)[:2], broken.encode()]))

    assert message(path) == (
        3,
        "transcript.jsonl:3: broken line. expected a JSON object and line end",
    )


def test_cut_transcript_is_found_by_the_hash_of_the_footer(path, tail):
    path.write_bytes(b"".join(lines(path)[:-1]))
    last = json.loads(lines(path)[-1])["hash"]

    read_transcript(path)
    assert message(path, tail=tail) == (
        10,
        f"transcript.jsonl:10: not the end of this run. expected hash {tail}, got {last}",
    )


def test_record_of_a_wrong_shape_is_named_without_its_value(path):
    with TranscriptWriter(path) as writer:
        writer.write(replace(sample.records()[0], seq="12345678903"))

    with pytest.raises(ChainError) as caught:
        read_transcript(path)

    assert str(caught.value) == ("transcript.jsonl:1: record /seq: input should be a valid integer")


def test_what_utf8_cannot_hold_is_written_as_a_question_mark(path):
    record = replace(sample.records()[0], values={"extra\ud800": ["\udfff"]}, note="\ud800")

    with TranscriptWriter(path) as writer:
        tail = writer.write(record)

    assert read_transcript(path, tail=tail)[0].values == {"extra?": ["?"]}


def test_threads_share_one_chain(path):
    base = sample.records()[0]
    with TranscriptWriter(path) as writer, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda seq: writer.write(replace(base, seq=seq)), range(200)))

    records = read_transcript(path, tail=writer.tail_hash)
    assert {record.seq for record in records} == set(range(200))


def test_repr_shows_no_content():
    record = sample.records()[3]

    assert repr(record) == (
        "Record(seq=4, link='cs_link', cs→juki, telegram='number_issue_result', 90 bytes)"
    )


def test_hash_is_sha256_of_the_line_before_and_the_canonical_line(path):
    record = Record(
        seq=1, t_ms=0, link="cs_link", sender="juki", receiver="cs", way="sent", raw=b"\x00\xff"
    )
    with TranscriptWriter(path) as writer:
        tail = writer.write(record)

    # Computed with sha256sum: 64 zeros, then the line without its hash, keys sorted, no spaces.
    assert tail == "5878757eaa750355b3c83d4bd96ebb31ccf79d9ee86e38000a714b41d14a7760"
