"""What travels to the page is what the transcript holds, without what is hidden."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import RecordField, html
from reports.caseview import WHOLE, WHOLE_OF_PASS, WORDS
from reports.masking import mask_record, mask_run
from reports.packed import SHOWN_BYTES, Mark, Packer, excerpt, references, script, window
from tests.reports import sample
from tests.reports.paged import bytes_of, fields_of, packed, telegram

TEMPLATES = Path(html.__file__).parent / "templates"


@pytest.fixture(scope="module")
def document():
    return html.render(mask_run(sample.full_run(), sample.records()), "ja")


@pytest.mark.parametrize("record", sample.records(), ids=lambda record: record.seq)
def test_fields_and_bytes_come_back(document, record):
    shared, _ = packed(document)
    line = telegram(document, record.case_id, record.seq)
    masked = mask_run(sample.full_run(), sample.records()).records[record.seq].record

    assert bytes_of(line) == masked.raw
    assert fields_of(shared, line) == [
        (each.field, each.offset, each.length, each.text) for each in masked.fields
    ]


@given(raw=st.binary(max_size=60), data=st.data())
def test_any_bytes_come_back(raw, data):
    hidden = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(raw), max_size=len(raw))))
    record = replace(sample.records()[0], raw=raw, fields=(), faults=())
    masked = replace(mask_record(record), record=record, hidden=hidden)

    line = json.loads(script(Packer().whole(masked)))

    assert bytes_of(line) == bytes(
        ord("*") if hide else byte for byte, hide in zip(raw, hidden, strict=True)
    )


def test_no_secret_is_among_the_bytes(document):
    _, cases = packed(document)
    told = b"\n".join(
        bytes_of(line) for case in cases.values() for line in case["telegrams"] if "bytes" in line
    )

    assert told
    for secret in sample.SECRETS:
        assert secret.encode() not in told
        assert secret.encode("utf-16-be") not in told


def test_a_telegram_tells_which_earlier_one_it_names_by_its_serial():
    request, receipt, notice, result, *_ = sample.records()

    assert references([request, receipt, notice, result]) == {result.seq: request.seq}
    assert references([result, request]) == {}
    assert references([replace(request, sender="cs", receiver="juki"), result]) == {}


def test_a_masked_serial_names_no_telegram():
    request, _, _, result, *_ = sample.records()

    assert references([unread(request, "serial"), unread(result, "ref_serial")]) == {}
    assert "serial" not in Packer().line(mask_record(unread(request, "serial")))
    assert "serial" in Packer().line(mask_record(request))


def unread(record, name):
    """Return a telegram of which an open item is shown as asterisks."""
    return replace(
        record,
        fields=tuple(
            replace(each, text="*" * len(each.text))
            if each.field.rpartition(".")[2] == name
            else each
            for each in record.fields
        ),
    )


def test_telegrams_of_one_layout_share_it():
    packer, (first, *_) = Packer(), sample.records()
    twice = [packer.whole(mask_record(replace(first, seq=seq))) for seq in (1, 2)]

    assert twice[0]["layout"] == twice[1]["layout"] == 0
    assert len(packer.shared()["layouts"]) == 1


def test_failing_field_and_its_bytes_are_pointed_at(document):
    shared, _ = packed(document)
    line = telegram(document, "BIRTH-004.1", 3)

    paths = [path for path, *_ in fields_of(shared, line)]

    assert line["hits"] == [[paths.index("individual_number"), number] for number in (0, 1)]
    assert line["spans"] == [[181, 12], [181, 12]]
    assert line["findings"] == [0, 1]


def test_an_item_that_is_not_there_is_told_as_absent():
    masked = mask_record(sample.records()[2])

    line = Packer().whole(masked, (Mark(0, None, "no_such_item"), Mark(1, None, None)))

    assert line["absent"] == [0]
    assert "hits" not in line


@pytest.mark.parametrize(
    ("size", "spans", "expected"),
    [
        (100, [], (0, 100)),
        (100_000, [], (0, SHOWN_BYTES)),
        (100_000, [(10, 2)], (0, SHOWN_BYTES)),
        (100_000, [(50_000, 2)], (48_000, 48_000 + SHOWN_BYTES)),
        (50_010, [(50_000, 2)], (48_000 - 48, 50_010)),
    ],
)
def test_what_is_pointed_at_is_among_the_bytes_shown(size, spans, expected):
    start, end = window(size, spans)

    assert all(start <= offset < end for offset, _ in spans)
    assert end - start <= SHOWN_BYTES
    assert start % 16 == 0
    assert (start, end) == expected or spans[0][0] - start >= SHOWN_BYTES // 2 - 16


def test_of_a_long_telegram_only_a_part_is_packed():
    raw = bytes(range(256)) * 100
    fields = (
        RecordField("near", "", 0, 4, False, "a"),  # noqa: FBT003
        RecordField("far", "", 20_000, 4, False, "b"),  # noqa: FBT003
    )
    record = replace(sample.records()[0], raw=raw, fields=fields, faults=())
    masked = replace(mask_record(record), record=record, hidden=bytes(len(raw)))
    packer = Packer()

    line = packer.whole(masked)

    assert bytes_of(line) == raw[:SHOWN_BYTES]
    assert line["size"] == len(raw)
    assert [path for path, *_ in fields_of(packer.shared(), line)] == ["near"]


@pytest.mark.parametrize("verdict", ["PASS", "FAIL"])
def test_telegrams_near_a_finding_are_whole(verdict):
    records = [
        replace(sample.records()[0], seq=seq, case_id="BIRTH-001.1") for seq in range(1, 121)
    ]
    case = next(case for case in sample.CASES if case.verdict == verdict)
    run = sample.run_of(replace(case, evidence=tuple(range(1, 121))))
    shown = {"PASS": WHOLE_OF_PASS, "FAIL": WHOLE}[verdict]

    document = html.render(mask_run(run, records), "en")

    (found,) = packed(document)[1].values()
    assert len(found["telegrams"]) == 120
    assert sum("bytes" in line for line in found["telegrams"]) == shown
    assert (
        f"fields and bytes of {120 - shown} of these telegrams are in transcript.jsonl only"
        in document
    )


def test_telegrams_near_a_finding_far_behind_are_listed():
    records = [
        replace(sample.records()[0], seq=seq, case_id="BIRTH-001.1") for seq in range(1, 401)
    ]
    case = next(case for case in sample.CASES if case.verdict == "FAIL")
    findings = tuple(replace(each, evidence=350) for each in case.findings)
    run = sample.run_of(replace(case, evidence=tuple(range(1, 401)), findings=findings))

    document = html.render(mask_run(run, records), "en")

    (found,) = packed(document)[1].values()
    whole = [line["seq"] for line in found["telegrams"] if "bytes" in line]
    assert (len(whole), {349, 350, 351} <= {*whole}) == (WHOLE, True)
    assert f"fields and bytes of {400 - WHOLE} of these telegrams" in document


def test_the_bytes_of_a_place_are_told():
    masked = mask_record(sample.records()[2])

    assert excerpt(masked, (65, 3)) == "31 31 32"
    assert excerpt(masked, (181, 2)) == "** **"
    assert excerpt(masked, (0, 20)).endswith("39 39 …")


def test_nothing_ends_the_element_that_holds_json():
    assert script({"a": "</script><!--"}) == '{"a":"\\u003c/script>\\u003c!--"}'


def test_every_word_of_the_page_is_sent_to_it():
    text = (TEMPLATES / "telegrams.js").read_text("utf-8")

    missing = [word for word in WORDS if f'"{word}"' not in text and f"words.{word}" not in text]

    assert missing == []
