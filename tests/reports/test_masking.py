"""No rendering shows a secret, however wrong the telegram was."""

from __future__ import annotations

import base64
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import (
    Http,
    Record,
    RecordFault,
    RecordField,
    Verdict,
    badge,
    ctrf,
    cucumber,
    html,
    junit,
    markdown,
    text,
)
from reports.masking import mask_record, mask_run, mask_values
from reports.scrubber import Scrubber
from telegram_specs import load_profile
from tests.reports import sample, workbook

PROFILE = load_profile()
RENDERERS = {
    "txt": text,
    "xml": junit,
    "md": markdown,
    "html": html,
    "svg": badge,
    "ctrf.json": ctrf,
    "cucumber.json": cucumber,
    "xlsx": SimpleNamespace(render=workbook.unzipped),
}


def wide(value: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value)


def spellings(value: str) -> set[str]:
    """Return how a value may be written: plain, full-width, hex, UTF-16BE hex, base64."""
    raws = (value.encode(), value.encode("utf-16-be"), wide(value).encode("utf-16-be"))
    hexes = {form for raw in raws for form in (raw.hex(), raw.hex().upper(), raw.hex(" "))}
    return {value, wide(value), base64.b64encode(raws[0]).decode().rstrip("="), *hexes}


@pytest.mark.parametrize("secret", sample.SECRETS)
@pytest.mark.parametrize("form", RENDERERS)
def test_no_rendering_shows_a_secret_in_any_spelling(form, secret):
    told = " | ".join(sorted(spellings(secret))) if secret.isascii() else "…"
    run = sample.run_of(*sample.CASES, sample.case_with_text(told), missing=(sample.MISSING,))

    rendered = RENDERERS[form].render(mask_run(run, sample.records()), "ja")

    squeezed = rendered.replace("\n", " ")
    assert [spelling for spelling in spellings(secret) if spelling in squeezed] == []


def test_canaries_are_in_the_transcript():
    raw = b"".join(record.raw for record in sample.records())
    heads = str([record.http for record in sample.records()])

    for secret in sample.SECRETS:
        assert any(form in raw for form in (secret.encode(), secret.encode("utf-16-be"))) or (
            secret in heads
        )


def test_masked_record_holds_no_values():
    for record in sample.records():
        masked = mask_record(record)
        assert masked.record.values is None
        assert len(masked.record.raw) == len(masked.hidden) == len(record.raw)


def frame_record(**members) -> Record:
    raw, fields = sample.notice()
    base = Record(
        seq=1,
        t_ms=0,
        link="cs_link",
        sender="juki",
        receiver="cs",
        way="received",
        telegram="identity_notice",
        label="本人確認情報",
        raw=raw,
        fields=fields,
    )
    return replace(base, **members)


def shown(record: Record) -> str:
    return mask_record(record).record.raw.decode("latin-1")


def test_secret_fields_of_a_frame_are_hidden_and_the_others_shown():
    assert shown(frame_record()) == (
        "000195DB0301019990160000010000000014000000000020260501101500300001"
        "1220260501" + "*" * 47 + "2999016" + "*" * 63 + "$$"
    )


@pytest.mark.parametrize(
    "padding", [b" " * 12, "\u3000".encode("utf-16-be") * 6], ids=["half", "wide"]
)
def test_padding_of_a_secret_field_without_a_value_is_shown(padding):
    raw, fields = sample.notice()
    empty = tuple(
        replace(each, text="") if each.field == "individual_number" else each for each in fields
    )
    at = next(each.offset for each in fields if each.field == "individual_number")
    record = frame_record(raw=raw[:at] + padding + raw[at + 12 :], fields=empty)

    assert mask_record(record).record.raw[at : at + 12] == padding
    assert set(shown(frame_record(fields=empty))[at : at + 12]) == {"*"}
    faulty = replace(record, faults=(LENGTH_FAULT,))
    assert set(shown(faulty)[at : at + 12]) == {"*"}


def test_bytes_without_a_field_are_hidden():
    record = frame_record()

    assert shown(replace(record, raw=record.raw + b"tail")).endswith("$$****")
    assert set(shown(replace(record, fields=()))) == {"*"}


LENGTH_FAULT = RecordFault("header.length", 0, 6, "length", "195", "193", "wrong length")
DATE_FAULT = RecordFault(
    "event_date", 68, 8, "date", "a date", "05101234", "事由の年月日 @ bytes 68–75: got 05101234"
)


def test_frame_of_a_wrong_length_is_shown_up_to_its_first_secret_field():
    record = frame_record(faults=(LENGTH_FAULT,))

    assert shown(record) == (
        "000195DB03010199901600000100000000140000000000202605011015003000011220260501" + "*" * 119
    )


def test_frame_of_a_wrong_length_is_shown_up_to_its_first_faulty_field():
    record = frame_record(faults=(LENGTH_FAULT, DATE_FAULT))

    masked = mask_record(record).record

    assert masked.raw.decode("latin-1").endswith("30000112" + "*" * 127)
    assert masked.faults[1].actual == "********"
    assert masked.faults[1].text == "事由の年月日 @ bytes 68–75: got ********"
    assert next(field for field in masked.fields if field.field == "sex").text == "***"


def test_known_number_is_hidden_in_a_field_that_is_no_secret():
    raw = sample.NUMBER.encode() + wide(sample.NUMBER).encode("utf-16-be") + b"123456789017"
    record = frame_record(
        raw=raw, fields=(RecordField("memo", "備考", 0, 48, secret=False, text="x"),)
    )

    masked = mask_record(record, scrubber=Scrubber([sample.NUMBER]))

    assert masked.record.raw == b"*" * 36 + b"123456789017"


def body_record(raw: str, *fields: RecordField, headers=None, target="/") -> Record:
    return frame_record(
        raw=raw.encode(),
        fields=fields,
        http=Http("POST", target, None, headers or {"Content-Type": "application/json"}),
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('{"a": "secret"}', '{"a": "******"}'),
        ('{"a": 123, "b": true, "c": null}', '{"a": ***, "b": true, "c": null}'),
        ('{"a": ["x", {"b": "y"}]}', '{"a": ["*", {"b": "*"}]}'),
        ('{"a": "x\\"y"', '{"a": "****"'),
        ('{"a": "half', '{"a": "****'),
        ('{"a": nonsense', '{"a": ********'),
        ('{"a_1": "x", "123456789018": "y"}', '{"a_1": "*", "************": "*"}'),
        ('{"花子": {"a b": 1}}', '{"******": {"***": *}}'),
        ("<html>names</html>", "******************"),
        ("", ""),
    ],
)
def test_json_without_fields_keeps_only_its_structure(raw, expected):
    assert shown(body_record(raw)) == expected


def test_json_field_that_is_open_is_shown_and_a_secret_one_hidden():
    record = body_record(
        '{"serial": "b-1", "name": "Hanako", "extra": "Taro"}',
        RecordField("serial", "通番", 11, 5, secret=False, text="b-1"),
        RecordField("name", "氏名", 26, 8, secret=True, text="******"),
    )

    assert shown(record) == '{"serial": "b-1", "name": "******", "extra": "****"}'


def test_form_keeps_its_names():
    record = body_record(
        "grant_type=client_credentials&client_secret=abc&x",
        RecordField("grant_type", "種別", 11, 18, secret=False, text="client_credentials"),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert shown(record) == "grant_type=client_credentials&client_secret=***&x"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("123456789018", "************"),
        ("Hanako,1&scope=x", "********&scope=*"),
        ("%E8%8A%B1=1&=2", "*********=*&=*"),
    ],
)
def test_form_shows_no_name_that_may_be_a_value(raw, expected):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert shown(body_record(raw, headers=headers)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('{"serial":"s-1","result":"0000"}', '{"serial":"s-1","result":"0000"}'),
        ('{"serial":"s-1","name":"Hanako"}', '{"serial":"s-1","name":"******"}'),
        ('{"serial":{"name":"Hanako"}}', '{"serial":{"name":"******"}}'),
        ('{"serial":["Hanako"]}', '{"serial":["******"]}'),
        ('{"serial":"s-1","serial":"Hanako"}', '{"serial":"s-1","serial":"******"}'),
        ('["Hanako"]', '["******"]'),
    ],
    ids=["right", "unknown", "object", "list", "twice", "no-object"],
)
def test_body_shows_only_the_values_of_its_fields(raw, expected):
    rows = PROFILE.spec("accepted").describe(raw.encode())
    fields = (RecordField(r.field, r.label, r.offset, r.length, r.secret, r.text) for r in rows)

    assert shown(body_record(raw, *fields)) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Authorization", "Bearer abcdef", "Bearer ********"),
        ("authorization", "Basic YTpi", "Basic ********"),
        ("Authorization", "opaque", "********"),
        ("Cookie", "a=b", "********"),
        ("X-Api-Key", "abc", "********"),
        ("X-Client-Secret", "abc", "********"),
        ("X-Trace", "12345678903", "***********"),
        ("WWW-Authenticate", 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'),
        ("Content-Length", "120", "120"),
        ("Idempotency-Key", "b-0001", "b-0001"),
    ],
)
def test_headers_with_credentials_are_masked(name, value, expected):
    masked = mask_record(body_record("", headers={name: value}))

    assert masked.record.http.headers == {name: expected}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/v1/addressees", "/v1/addressees"),
        ("/v1/addressees/123456789018", "/v1/addressees/************"),
        ("/t?client_secret=abc&scope=x", "/t?client_secret=***&scope=*"),
        ("/t?123456789018", "/t?************"),
        ("/t/%E8%8A%B1", "/t/*********"),
        ("/v1/integrated-numbers?x", "/v1/integrated-numbers?x"),
    ],
)
def test_targets_are_masked(target, expected):
    assert mask_record(body_record("", target=target)).record.http.target == expected


def test_secret_of_one_record_is_masked_in_all_texts_of_the_run():
    run = sample.run_of(sample.case_with_text(f"番号は{sample.NUMBER}又は{wide(sample.NUMBER)}"))

    masked = mask_run(run, sample.records())

    told = "*" * 12 + " (=B)"
    assert masked.run.cases[0].reason == f"番号は{told}又は{told}"
    assert masked.run.cases[0].findings[0].actual == masked.run.cases[0].reason
    assert masked.run.cases[0].verdict is Verdict.FAIL


def test_planned_fault_and_note_are_masked():
    record = frame_record(fault=f"個人番号を{sample.NUMBER}に替える", note=sample.CODE)

    masked = mask_record(record, scrubber=Scrubber([sample.NUMBER, sample.CODE])).record

    assert masked.fault == "個人番号を************に替える"
    assert masked.note == "***********"


def test_values_shorter_than_a_code_are_not_searched_in_texts():
    scrubber = Scrubber(["2026-05-01", "女"])

    assert scrubber.text("2026-05-01 女") == "2026-05-01 女"


def test_addressee_number_is_secret_by_its_name():
    values = {"addressee_number": "60", "message": "done"}
    record = frame_record(**sample.body(values, frozenset(), {}), http=Http("POST", "/", None, {}))

    masked = mask_record(record).record

    assert [field.text for field in masked.fields] == ["**", "done"]
    assert masked.raw == b'{"addressee_number": "**", "message": "done"}'


@pytest.mark.parametrize(("day", "shown"), [("2026-05-01", "*" * 10), ("2026-05-02", "2026-05-02")])
@pytest.mark.parametrize("birth", ["R8-05-01", "2026-05-01"])
def test_day_that_is_the_birth_date_is_masked_in_every_notation(day, shown, birth):
    values = {"created_date": "2026-05-01", "event_date": day, "birth_date": birth}
    members = sample.body(values, frozenset({"birth_date"}), {})
    record = frame_record(**members, http=Http("POST", "/", None, {}))
    finding = replace(sample.FAIL_CASE.findings[0], expected=birth, actual=day, evidence=1)
    run = sample.run_of(replace(sample.FAIL_CASE, findings=(finding,)))

    masked = mask_run(run, [record])

    assert [field.text for field in masked.records[1].record.fields] == [
        "2026-05-01",
        shown,
        "*" * len(birth),
    ]
    assert f'"event_date": "{shown}"'.encode() in masked.records[1].record.raw
    told = masked.run.cases[0].findings[0]
    tag = " (=A)"
    assert (told.expected, told.actual) == (
        "*" * len(birth) + tag,
        shown + tag * (shown[0] == "*"),
    )


def test_number_that_leaks_into_an_addressee_number_is_masked_in_the_finding():
    values = {"addressee_number": sample.INTEGRATED}
    record = frame_record(**sample.body(values, frozenset(), {}), http=Http("POST", "/", None, {}))
    finding = replace(sample.FAIL_CASE.findings[0], actual=sample.INTEGRATED, evidence=1)
    run = sample.run_of(replace(sample.FAIL_CASE, findings=(finding,)))

    masked = mask_run(run, [record])

    assert masked.run.cases[0].findings[0].actual == "*" * 15 + " (=A)"


def test_mask_values_masks_what_no_field_is_known_for():
    record = frame_record(
        values={"serial": "b-1", "birth_date": "R8-05-01", "codes": [{"code": "x"}]},
        fields=(RecordField("serial", "通番", 0, 0, secret=False, text="b-1"),),
    )

    assert mask_values(record) == {"serial": "b-1", "birth_date": "*" * 8, "codes": [{"code": "*"}]}


digits = st.text("0123456789", min_size=12, max_size=12)


@settings(deadline=None)
@given(secret=digits, cut=st.integers(0, 200), junk=st.binary(max_size=30))
def test_secret_is_hidden_wherever_a_broken_frame_holds_it(secret, cut, junk):
    raw, fields = sample.notice(secret)
    broken = raw[:cut] + junk + raw[cut:]
    record = frame_record(raw=broken, fields=fields, faults=(LENGTH_FAULT,))
    witness = replace(frame_record(), seq=2, raw=raw, fields=fields)
    run = sample.run_of(replace(sample.FAIL_CASE, evidence=(1,), findings=()))

    masked = mask_run(run, [record, witness])

    assert secret not in masked.records[1].record.raw.decode("latin-1")


@settings(deadline=None)
@given(raw=st.binary(max_size=200), data=st.data())
def test_every_byte_of_a_secret_field_is_hidden(raw, data):
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50), st.booleans()), max_size=8)
    )
    fields = tuple(RecordField(f"f{i}", "", *span, "x") for i, span in enumerate(spans))

    masked = mask_record(frame_record(raw=raw, fields=fields))

    for field in fields:
        if field.secret:
            end = min(field.offset + field.length, len(raw))
            assert all(masked.hidden[field.offset : end])
