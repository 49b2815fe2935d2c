"""Bending telegrams on purpose: what is asked for changes, and nothing else."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from telegram_specs import EncodeError, Span
from telegram_specs.mutate import (
    declare_length,
    drop_item,
    encode_unchecked,
    overwrite,
    set_item,
    set_unmapped,
    span_of,
)

CODE, WRONG_CODE = "24846016224", "24846016225"
NUMBER = "123456789018"
HEADER = {
    "sender": "000001",
    "receiver": "999016",
    "serial": "0000000007",
    "ref_serial": "0000000000",
    "created_date": "2026-05-10",
    "created_time": "090000",
    "result": "0000",
}
LIST = {**HEADER, "count": "2", "codes": [{"juminhyo_code": CODE}, {"juminhyo_code": CODE}]}
ANSWER = {"serial": "7", "result": "0000", "addressee_number": "100000130", "message": "済"}
TOKEN = {"grant_type": "client_credentials", "client_id": "a b&c", "client_assertion": ""}


@pytest.fixture
def result(profile):
    spec = profile.spec("number_issue_result")
    body = {"juminhyo_code": CODE, "individual_number": NUMBER}
    return spec, spec.encode({**HEADER, **body})


@pytest.fixture
def codes(profile):
    spec = profile.spec("juminhyo_code_list")
    return spec, spec.encode(LIST)


@pytest.fixture
def answer(profile):
    spec = profile.spec("addressee_response")
    return spec, spec.encode(ANSWER)


@pytest.fixture
def token(profile):
    spec = profile.spec("token_request")
    return spec, spec.encode(TOKEN)


def changed(before, after):
    """Return the positions at which two telegrams of one length differ."""
    assert len(before) == len(after)
    return [at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]


def rules(spec, raw):
    return [(fault.field, fault.rule) for fault in spec.validate(raw)]


# -- spans ---------------------------------------------------------------------------------


def test_where_a_field_stands(result, codes, answer):
    assert span_of(*result, "juminhyo_code") == Span("juminhyo_code", 65, 11)
    assert span_of(*codes, "codes[1].juminhyo_code") == Span("codes[1].juminhyo_code", 79, 11)
    assert span_of(*answer, "result") == Span("result", 23, 6)


@pytest.mark.parametrize("field", ["name", "codes[2].juminhyo_code", "codes"])
def test_a_field_that_stands_nowhere(codes, field):
    with pytest.raises(KeyError, match=field.replace("[", r"\[")):
        span_of(*codes, field)


# -- items ---------------------------------------------------------------------------------


def test_an_item_of_the_fixed_form(result):
    spec, raw = result
    bent = set_item(spec, raw, "juminhyo_code", WRONG_CODE)
    assert changed(raw, bent) == [75]
    assert rules(spec, bent) == [("juminhyo_code", "check")]


def test_an_item_of_a_repetition(codes):
    spec, raw = codes
    bent = set_item(spec, raw, "codes[1].juminhyo_code", WRONG_CODE)
    assert changed(raw, bent) == [89]
    assert rules(spec, bent) == [("codes[1].juminhyo_code", "check")]


@pytest.mark.parametrize(
    ("text", "stands"),
    [("1", b"1          "), ("", b" " * 11), ("123456789012345", b"12345678901")],
    ids=["shorter", "empty", "longer"],
)
def test_a_text_is_filled_up_or_cut_to_the_width(result, text, stands):
    spec, raw = result
    bent = set_item(spec, raw, "juminhyo_code", text)
    assert bent[65:76] == stands
    assert len(bent) == len(raw)


def test_wide_text_is_of_two_bytes_each(profile):
    spec = profile.spec("family_register_notice")
    values = {
        **HEADER,
        "sender": "999016",
        "receiver": "000001",
        "register_municipality_code": "999024",
        "name": "山田　花子",
        "birth_date": "R8-05-01",
        "address": "見本県",
        "address_date": "2026-05-01",
    }
    raw = spec.encode(values)
    span = span_of(spec, raw, "name")
    bent = set_unmapped(spec, raw, "name")
    assert bent[span.offset : span.offset + span.length] == (
        b"\xaa\xa0" + "\u3000".encode("utf-16-be") * (span.length // 2 - 1)
    )
    assert rules(spec, bent) == [("name", "charset")]


def test_an_item_of_json(answer):
    spec, raw = answer
    bent = set_item(spec, raw, "message", "登録しました。")
    assert json.loads(bent) == {**ANSWER, "message": "登録しました。"}
    assert "登録" in bent.decode()


def test_a_new_item_of_json(answer):
    spec, raw = answer
    bent = set_item(spec, raw, "integrated_number", "900000012")
    assert rules(spec, bent) == [("integrated_number", "extra")]


def test_an_item_in_a_list_of_json(profile):
    spec = profile.spec("error_response")
    body = {"title": "エラー", "detail": "", "errors": [{"code": "E0001", "message": "a"}] * 2}
    bent = set_item(spec, json.dumps(body).encode(), "errors[1].code", "E0002")
    assert [row["code"] for row in json.loads(bent)["errors"]] == ["E0001", "E0002"]


def test_an_item_of_a_form(token):
    bent = set_item(*token, "grant_type", "pass word")
    found = parse_qs(bent.decode(), keep_blank_values=True)
    assert found["grant_type"] == ["pass word"]
    assert found["client_id"] == ["a b&c"]


# -- bytes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "tail", "at", "rule"),
    [
        ("end_mark", b"%%", [88, 89], "end_mark"),
        ("juminhyo_code", b"A1", [74, 75], "kind"),
        ("created_date", b"0230", [51, 52], "date"),
        ("kind", b"9", [60], "const"),
    ],
    ids=["end_mark", "letters", "date", "kind"],
)
def test_the_last_bytes_of_a_field(result, field, tail, at, rule):
    spec, raw = result
    bent = overwrite(spec, raw, field, tail)
    assert changed(raw, bent) == at
    assert rules(spec, bent)[0] == (field, rule)


def test_in_json_bytes_are_the_value(answer):
    assert json.loads(overwrite(*answer, "result", b"\xe9"))["result"] == "é"


@pytest.mark.parametrize("more", [-2, -1, 1, 2])
def test_a_declared_length_that_is_not_kept(result, more):
    spec, raw = result
    bent = declare_length(spec, raw, more)
    assert bent[:6] == f"{len(raw) + more:06d}".encode()
    assert bent[6:] == raw[6:]
    assert ("length", "length") in rules(spec, bent)


def test_a_key_left_out(answer, token):
    spec, raw = answer
    bent = drop_item(spec, raw, "result")
    assert "result" not in json.loads(bent)
    assert rules(spec, bent) == [("result", "required")]
    assert drop_item(spec, bent, "result") == bent
    assert "grant_type" not in parse_qs(drop_item(*token, "grant_type").decode())
    assert parse_qs(drop_item(*token, "grant_type").decode())["client_id"] == ["a b&c"]


# -- encoding ------------------------------------------------------------------------------


def test_right_values_are_encoded_as_always(codes):
    spec, raw = codes
    assert encode_unchecked(spec, LIST) == raw


def test_wrong_check_digits_are_let_through(codes):
    spec, raw = codes
    rows = [{"juminhyo_code": CODE}, {"juminhyo_code": WRONG_CODE}]
    values = {**LIST, "receiver": "999017", "codes": rows}
    bent = encode_unchecked(spec, values)
    assert changed(raw, bent) == [25, 89]
    assert spec.decode(bent).values["codes"] == rows
    assert rules(spec, bent) == [("receiver", "check"), ("codes[1].juminhyo_code", "check")]
    assert values["codes"] == [{"juminhyo_code": CODE}, {"juminhyo_code": WRONG_CODE}]


def test_a_wrong_check_digit_in_json(profile):
    spec = profile.spec("addressee_response")
    wrong = encode_unchecked(spec, {**ANSWER, "addressee_number": "100000017"})
    assert json.loads(wrong) == {**ANSWER, "addressee_number": "100000017"}


@pytest.mark.parametrize(
    ("item", "text", "rule"),
    [("serial", "letters", "kind"), ("created_date", "2026-02-30", "date")],
)
def test_any_other_fault_is_an_error(codes, item, text, rule):
    spec, _ = codes
    with pytest.raises(EncodeError) as caught:
        encode_unchecked(spec, {**LIST, "receiver": "999017", item: text})
    assert (item, rule) in [(fault.field, fault.rule) for fault in caught.value.faults]
