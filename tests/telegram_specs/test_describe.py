"""Telegrams shown to people, and what must not be shown."""

from __future__ import annotations

import pytest

from telegram_specs import Row, mask, mask_values
from telegram_specs.engine.vectors import load_vectors


@pytest.fixture(scope="module")
def good(profile):
    return load_vectors(profile.files).good


@pytest.fixture(scope="module")
def request_(good):
    return good["number_issue_request/plain"].raw


def rows(profile, name, raw, **options):
    return {row.field: row for row in profile.spec(name).describe(raw, **options)}


def test_rows_of_a_telegram(profile, request_):
    described = rows(profile, "number_issue_request", request_)
    hidden = " ".join(["**"] * 11)
    assert described["kind"] == Row("kind", "区分", 60, 1, "31", "1 要求", secret=False, fault=None)
    assert described["created_date"].text == "2026-04-01"
    assert described["juminhyo_code"] == Row(
        "juminhyo_code", "住民票コード", 65, 11, hidden, "***********", secret=True, fault=None
    )
    assert [row.offset for row in described.values()] == sorted(
        row.offset for row in described.values()
    )


def test_secrets_are_shown_when_asked_for(profile, request_):
    row = rows(profile, "number_issue_request", request_, unmask=True)["juminhyo_code"]
    assert (row.text, row.hex) == ("25208017643", "32 35 32 30 38 30 31 37 36 34 33")
    assert row.secret


def test_a_fault_stands_at_its_row(profile, request_):
    broken = request_.replace(b"25208017643", b"25208017640")
    row = rows(profile, "number_issue_request", broken)["juminhyo_code"]
    assert row.fault == (
        "個人番号生成要求/住民票コード @ bytes 65–75: wrong check digit. "
        "expected a right check digit (juminhyo_code), got ***********"
    )


def test_a_fault_without_a_row_gets_one(profile):
    body = b'{"serial":"s-1","result":"0000","colour":"red"}'
    described = rows(profile, "accepted", body)
    assert described["colour"] == Row(
        "colour", "colour", 41, 5, "", "", secret=False,
        fault="処理結果/colour @ bytes 41–45: unknown item. "
        "expected an item of the telegram, got colour",
    )  # fmt: skip
    missing = rows(profile, "accepted", b'{"serial":"s-1"}')["result"]
    assert (missing.label, missing.offset, missing.length) == ("処理結果", 15, 0)


def test_items_of_a_repetition(profile, good):
    described = rows(profile, "juminhyo_code_list", good["juminhyo_code_list/two_codes"].raw)
    row = described["codes[1].juminhyo_code"]
    assert (row.label, row.offset, row.secret) == ("空きコード/住民票コード", 79, True)


def test_control_characters_are_spelled_out(profile, good):
    raw = good["receipt/item_at_fault"].raw.replace(b"juminhyo_code", b"juminhyo\n\x1b[0m")
    row = rows(profile, "receipt", raw)["error_item"]
    assert row.text == "juminhyo\\n\\x1b[0m"


def test_where_fields_may_have_shifted_everything_behind_the_header_is_hidden(profile, good):
    raw = good["linkage_code_request/plain"].raw
    shifted = raw[:85] + b"  " + raw[85:]
    described = rows(profile, "linkage_code_request", shifted)
    assert all(set(row.text) <= {"*"} for row in described.values() if row.offset >= 65)
    assert described["sender"].text == "999016"


def test_what_is_cut_off_at_a_secret_is_hidden(profile, request_):
    short = request_[:60].replace(b"000078", b"000072", 1) + request_[60:70] + request_[76:]
    described = rows(profile, "number_issue_request", short)
    assert "length" not in {row.field for row in described.values() if row.fault}
    assert described["juminhyo_code"].secret
    assert (described["juminhyo_code"].offset, described["juminhyo_code"].length) == (65, 5)


def test_what_has_another_shape_is_not_shown(profile):
    body = b'{"serial":{"n":"123456789018"},"result":"0000"}'
    row = rows(profile, "accepted", body)["serial"]
    assert (row.offset, row.length, row.text) == (10, 20, "")
    assert row.hex == " ".join(["**"] * 20)
    assert rows(profile, "accepted", body, unmask=True)["serial"].hex == body[10:30].hex(" ")


def test_the_row_of_a_fault_tells_whether_its_field_is_a_secret(profile):
    described = rows(profile, "linkage_code_notice", b'{"colour":"red"}')
    told = {field: described[field].secret for field in ("serial", "linkage_code", "colour")}
    assert told == {"serial": False, "linkage_code": True, "colour": False}


def test_mask():
    assert mask("山田　花子") == "*****"
    assert mask("") == ""


def test_masked_values(profile, good):
    spec = profile.spec("juminhyo_code_list")
    masked = mask_values(spec, good["juminhyo_code_list/two_codes"].values | {"colour": "red"})
    assert masked["codes"] == [{"juminhyo_code": "***********"}] * 2
    assert (masked["sender"], masked["colour"]) == ("000001", "***")


NUMBERS = ("123456789018", "25208017643", "25208017640", "24727059608", "983205673214")


def test_no_text_of_the_engine_shows_a_number(profile):
    """Every vector, good or bad, in every form in which the engine may write about it."""
    vectors = load_vectors(profile.files)
    raws = [(vector.telegram, vector.raw) for vector in vectors.good.values()]
    raws += [(vector.telegram, vector.raw) for vector in vectors.bad if vector.raw is not None]
    for telegram, raw in raws:
        spec = profile.spec(telegram)
        decoded = spec.decode(raw)
        texts = [repr(decoded), *map(str, decoded.faults), *map(repr, decoded.faults)]
        texts += map(repr, spec.describe(raw))
        texts += map(repr, profile.framer().feed(raw))
        for number in NUMBERS:
            coded = (number, number.encode().hex(), number.encode().hex(" "))
            assert not any(form in text for text in texts for form in coded), telegram
