"""JSON and form bodies: whole messages, what may differ and what may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telegram_specs import EncodeError, load_profile
from telegram_specs.mutate import set_item

OPEN = Path(__file__).resolve().parents[2] / "telegram_specs/open"
ADDRESSEE = {
    "serial": "s-1",
    "municipality_code": "999016",
    "addressee_number": "19",
    "individual_number": "123456789018",
    "name": "山田　花子",
    "birth_date": "2026-03-31",
    "birth_date_unknown": "0",
    "sex": "2",
    "address": "架空市",
}


def messages(faults):
    return [str(fault) for fault in faults]


@pytest.fixture(scope="module")
def spec(profile):
    return profile.spec("addressee_request")


def test_blank_items_are_left_out_and_read_as_empty(spec):
    body = spec.encode({**ADDRESSEE, "furigana": ""})
    assert json.loads(body) == ADDRESSEE
    assert spec.decode(body).values == {**ADDRESSEE, "furigana": "", "birth_date_text": ""}


def test_order_and_blanks_between_items_are_free(spec):
    body = json.dumps(dict(reversed(ADDRESSEE.items())), indent=2).encode()
    decoded = spec.decode(body)
    assert decoded.faults == ()
    assert decoded.values == {**ADDRESSEE, "furigana": "", "birth_date_text": ""}


def test_spans_are_bytes_of_the_body(spec):
    body = spec.encode(ADDRESSEE)
    spans = {
        span.field: body[span.offset : span.offset + span.length]
        for span in spec.decode(body).spans
    }
    assert spans["name"] == '"山田　花子"'.encode()
    assert spans["address"] == '"架空市"'.encode()


def test_faults_of_a_body(spec):
    body = json.dumps({**ADDRESSEE, "sex": 2, "individual_number": "123456789019"}).encode()
    start = body.index(b'"123456789019"')
    sex = body.index(b"2,", body.index(b'"sex"'))
    assert messages(spec.validate(body)) == [
        (
            f"団体内統合宛名番号付番依頼/個人番号 @ bytes {start}–{start + 13}: wrong check digit. "
            "expected a right check digit (individual_number), got ************"
        ),
        f"団体内統合宛名番号付番依頼/性別 @ byte {sex}: wrong type. expected a text, got a number",
    ]


def test_what_is_missing_is_missed_where_the_object_ends(spec):
    assert messages(spec.validate(b'{"serial":"s-1"}'))[0] == (
        "団体内統合宛名番号付番依頼/市町村コード @ byte 15: value missing. "
        "expected a value, got nothing"
    )


@pytest.mark.parametrize(
    ("body", "place", "expected"),
    [
        ("{", "@ byte 1: broken text.", '`"`, got something else'),
        ('{"serial" 1}', "@ byte 10: broken text.", "`:`, got something else"),
        ('{"serial":}', "@ byte 10: broken text.", "a JSON value, got something else"),
        ('{"serial":1 2}', "@ byte 12: broken text.", "`,`, got something else"),
        ("{} {}", "@ byte 3: broken text.", "the end of the text, got something else"),
        ('{"a":NaN}', "@ byte 5: broken text.", "a JSON value, not NaN, got something else"),
        ("[" * 40, "@ byte 33: broken text.", "at most 32 levels, got something else"),
        ('{"name":"\x8eR"}', "@ byte 9: character outside the charset.", "UTF-8, got another byte"),
        ("[]", "@ bytes 0–1: wrong type.", "an object, got a list"),
    ],
)
def test_no_object(spec, body, place, expected):
    assert messages(spec.validate(body.encode("latin-1"))) == [
        f"団体内統合宛名番号付番依頼 {place} expected {expected}"
    ]


def test_a_long_number_is_only_too_long(profile):
    body = b'{"access_token":"t","token_type":"Bearer","expires_in":' + b"9" * 5000 + b"}"
    assert messages(profile.spec("token_response").validate(body)) == [
        "トークン応答/有効秒数 @ bytes 55–5054: wrong size. expected at most 6 characters, got 5000"
    ]


def test_a_missing_item_tells_the_objects_around_it(profile):
    spec = profile.spec("jutogai_response")
    assert messages(spec.validate(b'{"title":"a","metadata":{"detail":"b"},"result":[]}')) == [
        (
            "住登外者宛名番号付番結果/title @ bytes 9–11: unknown item. "
            "expected an item of the telegram, got title"
        ),
        (
            "住登外者宛名番号付番結果/件名 @ byte 37: value missing. "
            "expected a value inside metadata, got nothing"
        ),
    ]


def test_unknown_names_are_shown_only_if_they_cannot_be_numbers(spec):
    body = json.dumps({**ADDRESSEE, "colour": "red", "123456789018": "x"}).encode()
    assert [fault.field for fault in spec.validate(body)] == ["colour", "?"]


def test_too_many_items(profile):
    errors = [{"code": "E0001", "message": "必須"}] * 101
    body = json.dumps({"title": "t", "detail": "d", "errors": errors}).encode()
    (fault,) = profile.spec("error_response").validate(body)
    assert (fault.field, fault.rule, fault.expected, fault.actual) == (
        "errors", "count", "at most 100", "101",
    )  # fmt: skip


def test_a_list_without_items_is_left_out(profile):
    spec = profile.spec("error_response")
    assert spec.decode(b'{"title":"t","detail":"d"}').values["errors"] == []
    assert spec.encode({"title": "t", "detail": "d", "errors": []}) == b'{"title":"t","detail":"d"}'


def test_values_are_refused_without_a_place_in_bytes(spec):
    with pytest.raises(EncodeError) as caught:
        spec.encode(
            {**ADDRESSEE, "individual_number": "123456789019", "sex": None, "name": "\ud842"}
        )
    assert messages(caught.value.faults) == [
        (
            "団体内統合宛名番号付番依頼/個人番号: wrong check digit. "
            "expected a right check digit (individual_number), got ************"
        ),
        (
            "団体内統合宛名番号付番依頼/氏名: character outside the charset. "
            "expected characters of utf-8 (not character 1), got *"
        ),
        "団体内統合宛名番号付番依頼/性別: wrong type. expected a text, got NoneType",
    ]


def test_a_form_body(profile):
    spec = profile.spec("token_request")
    body = b"client_id=a%2Fb+c&grant_type=client_credentials"
    decoded = spec.decode(body)
    assert decoded.faults == ()
    assert decoded.values["client_id"] == "a/b c"
    assert spec.encode(decoded.values) == b"grant_type=client_credentials&client_id=a%2Fb+c"
    assert messages(spec.validate(b"grant_type=password&x")) == [
        "トークン要求 @ byte 20: broken text. expected key=value, got something else"
    ]


@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        ("token_request", "application/x-www-form-urlencoded"),
        ("accepted", "application/json"),
        ("receipt", None),
    ],
)
def test_content_type(profile, form, content_type):
    assert profile.spec(form).content_type == content_type


RESULT = {
    "shikuchosonkodo": "999016",
    "atenabango": "19",
    "rirekibango": "1",
    "sosashaid": "op1",
    "sosanengappi": "2026-05-01",
    "sosajikoku": "09:30:00",
}


def test_items_inside_objects(profile):
    spec = profile.spec("jutogai_response")
    values = {"title": "登録", "detail": "済", "href": "/x", "result": [RESULT]}
    body = spec.encode(values)
    assert json.loads(body) == {
        "metadata": {"title": "登録", "detail": "済"},
        "_links": {"self": {"href": "/x"}},
        "result": [RESULT],
    }
    assert spec.decode(body).values == values
    assert json.loads(set_item(spec, body, "href", "/y"))["_links"] == {"self": {"href": "/y"}}


def test_an_item_that_may_be_a_number_or_a_text(profile):
    spec = profile.spec("jutogai_response")
    body = {"metadata": {"title": "a", "detail": "b"}, "result": [{**RESULT, "rirekibango": 1}]}
    decoded = spec.decode(json.dumps(body).encode())
    assert decoded.faults == ()
    assert decoded.values["result"] == [RESULT]


def test_an_object_is_wanted_and_what_stands_in_it_is_known(profile):
    body = b'{"metadata":{"title":"a","detail":"b","x":1},"_links":{"self":2},"result":[]}'
    assert messages(profile.spec("jutogai_response").validate(body)) == [
        (
            "住登外者宛名番号付番結果/metadata/x @ byte 42: unknown item. "
            "expected an item of the telegram, got x"
        ),
        (
            "住登外者宛名番号付番結果/_links/self @ byte 62: wrong type. "
            "expected an object, got a number"
        ),
    ]


# -- control characters --------------------------------------------------------------------------


@pytest.fixture
def private(tmp_path):
    """Return a profile whose messages may have lines."""
    (tmp_path / "telegrams").mkdir()
    text = (OPEN / "telegrams/accepted.yaml").read_text("utf-8")
    text = text.replace("type: T\n    size: 200\n", 'type: T\n    size: 200\n    lines: "true"\n')
    (tmp_path / "telegrams/accepted.yaml").write_text(text, "utf-8")
    head = "id: lines\nedition: '1'\nlabel: 行\nstatus: private\nnote: x\n"
    (tmp_path / "profile.yaml").write_text(head, "utf-8")
    return load_profile(tmp_path)


def said(profile, message):
    values = {"serial": "s-1", "result": "0000", "message": message}
    body = json.dumps(values, ensure_ascii=False).encode()
    return messages(profile.spec("accepted").validate(body))


WANTED = "expected text without control characters"


@pytest.mark.parametrize("char", ["\t", "\r", "\n"], ids=ascii)
def test_lines_are_a_fault_unless_the_spec_allows_them(profile, private, char):
    (told,) = said(profile, f"a{char}b")
    assert WANTED in told
    assert said(private, f"a{char}b") == []


@pytest.mark.parametrize("char", ["\0", "\x0b", "\x1b", "\x7f", "\x85"], ids=ascii)
def test_other_control_characters_are_always_a_fault(profile, private, char):
    assert WANTED in said(profile, f"a{char}b")[0]
    assert f"{WANTED} but tabs and line ends" in said(private, f"a{char}b")[0]
    assert said(profile, "a b") == said(private, "a b") == []


@pytest.mark.parametrize(("char", "fault"), [("\t", False), ("\n", False), ("\0", True)], ids=ascii)
def test_what_an_inquiry_brought_may_have_lines(profile, char, fault):
    contents = [{"item": "所得", "content": f"a{char}b"}]
    body = json.dumps({"serial": "1", "result": "0000", "contents": contents})
    told = messages(profile.spec("inquiry_result").validate(body.encode()))
    assert any(WANTED in text for text in told) is fault
