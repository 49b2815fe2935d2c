"""The fixed form: whole messages, masking of faults, what is filled in."""

from __future__ import annotations

import pytest

from telegram_specs import EncodeError
from telegram_specs.engine.vectors import load_vectors


@pytest.fixture(scope="module")
def vectors(profile):
    return load_vectors(profile.files)


@pytest.fixture(scope="module")
def telegram(profile, vectors):
    """Return spec, bytes and values of a good vector."""

    def get(name):
        vector = vectors.good[name]
        return profile.spec(vector.telegram), vector.raw, vector.values

    return get


def messages(faults):
    return [str(fault) for fault in faults]


def test_a_wrong_check_digit_is_told_without_the_number(telegram):
    spec, raw, _ = telegram("identity_notice/birth")
    assert messages(spec.validate(raw.replace(b"123456789018", b"123456789019"))) == [
        (
            "本人確認情報/個人番号 @ bytes 581–592: wrong check digit. "
            "expected a right check digit (individual_number), got ************"
        )
    ]


def test_every_fault_is_told_first_one_first(telegram):
    spec, raw, _ = telegram("juminhyo_code_request/five_codes")
    broken = b"00007X" + raw[6:60] + b"9X001" + b" 05##"
    assert messages(spec.validate(broken)) == [
        (
            "住民票コード取得要求/電文長 @ bytes 0–5: wrong kind of characters. "
            "expected digits, got 00007X"
        ),
        "住民票コード取得要求/区分 @ byte 60: wrong constant. expected 1, got 9",
        (
            "住民票コード取得要求/処理結果 @ bytes 61–64: wrong kind of characters. "
            "expected digits, got X001"
        ),
        (
            "住民票コード取得要求/要求件数 @ bytes 65–67: wrong padding. "
            "expected zeros at the left of the number, got ***"
        ),
        "住民票コード取得要求/終端 @ bytes 68–69: wrong end mark. expected $$, got 2 other bytes",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda raw: raw[:-1],
            [
                (
                    "個人番号生成要求/電文長 @ bytes 0–5: wrong length. "
                    "expected 77, the bytes of the telegram, got 78"
                ),
                (
                    "個人番号生成要求/終端 @ bytes 75–76: wrong end mark. "
                    "expected $$, got 2 other bytes"
                ),
            ],
        ),
        (
            lambda raw: b"000077" + raw[6:75] + raw[76:],
            [
                (
                    "個人番号生成要求/住民票コード @ bytes 65–74: wrong length. "
                    "expected 11 bytes, got 10"
                )
            ],
        ),
        (
            lambda raw: b"000080" + raw[6:76] + b"00" + raw[76:],
            [
                (
                    "個人番号生成要求 @ bytes 76–77: wrong length. "
                    "expected the end mark at byte 76, got 2 bytes more"
                )
            ],
        ),
    ],
)
def test_lengths(telegram, change, expected):
    spec, raw, _ = telegram("number_issue_request/plain")
    assert messages(spec.validate(change(raw))) == expected


def test_a_code_that_ucs_does_not_have_is_told_with_its_range(telegram):
    spec, raw, _ = telegram("identity_notice/birth")
    name = bytes.fromhex("5C71 AD00")
    assert messages(spec.validate(raw[:76] + name + raw[80:])) == [
        (
            "本人確認情報/氏名 @ bytes 76–155: character outside the charset. "
            "expected characters of juki (not character 2, 追加漢字（UCSと一致しない）), "
            "got 80 bytes"
        )
    ]


def test_a_wrong_count_is_told_at_the_counter(telegram):
    spec, raw, _ = telegram("juminhyo_code_list/two_codes")
    assert messages(spec.validate(raw[:65] + b"007" + raw[68:])) == [
        (
            "住民票コード一覧/件数 @ bytes 65–67: wrong number of items. "
            "expected 2, the items that are there, got 7"
        )
    ]
    assert len(spec.decode(raw[:65] + b"007" + raw[68:]).values["codes"]) == 2


def test_where_fields_may_have_shifted_no_fault_shows_what_is_there(telegram):
    spec, raw, _ = telegram("identity_notice/birth")
    shifted = raw[:400] + b"1234567890182" + raw[413:-2]
    for fault in spec.validate(shifted):
        assert "123456789018" not in str(fault)
        assert fault.offset < 65 or fault.rule == "end_mark" or set(fault.actual) == {"*"}


def test_what_is_filled_in(telegram):
    spec, raw, values = telegram("juminhyo_code_list/two_codes")
    filled = {"length", "telegram_id", "version", "kind", "count", "end_mark"}
    given = {name: value for name, value in values.items() if name not in filled}
    assert spec.encode(given) == raw
    assert spec.encode({**given, "length": "7"}) == raw  # the length always follows from the rest


def test_values_are_refused_all_at_once(telegram):
    spec, _, values = telegram("number_issue_request/plain")
    with pytest.raises(EncodeError) as caught:
        spec.encode({**values, "serial": 7, "juminhyo_code": "12345678901", "colour": "red"})
    assert str(caught.value).splitlines() == [
        "個人番号生成要求/colour: unknown item. expected an item of the telegram, got colour",
        "個人番号生成要求/通番 @ bytes 26–35: wrong type. expected a text, got int",
        (
            "個人番号生成要求/住民票コード @ bytes 65–75: wrong check digit. "
            "expected a right check digit (juminhyo_code), got ***********"
        ),
    ]
    assert [fault.rule for fault in caught.value.faults] == ["extra", "type", "check"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("24727059608", "type"),
        ([["24727059608"]], "type"),
        ([{"juminhyo_code": "24727059608"}] * 201, "count"),
    ],
)
def test_items_are_refused(telegram, codes, expected):
    spec, _, values = telegram("juminhyo_code_list/no_codes")
    given = {**values, "codes": codes, "count": str(len(codes)) if expected == "count" else "0"}
    with pytest.raises(EncodeError) as caught:
        spec.encode(given)
    assert [(fault.field, fault.rule) for fault in caught.value.faults] == [("codes", expected)]


def test_the_most_items_pass(telegram):
    spec, _, values = telegram("juminhyo_code_list/no_codes")
    header = {name: value for name, value in values.items() if name not in {"count", "codes"}}
    raw = spec.encode({**header, "codes": [{"juminhyo_code": "24727059608"}] * 200})
    assert len(raw) == 70 + 200 * 11
    assert spec.validate(raw) == ()


def test_nothing_is_normalised(telegram):
    # U+FA19 and U+795E look alike, and NFKC makes one of the other
    spec, _, values = telegram("identity_notice/birth")
    raw = spec.encode({**values, "name": "\ufa19\u795e"})
    assert spec.decode(raw).values["name"] == "\ufa19\u795e"


def test_a_decoding_does_not_show_its_values(telegram):
    spec, raw, _ = telegram("identity_notice/birth")
    assert repr(spec.decode(raw)) == "Decoded(27 fields, 0 faults)"
    assert repr(spec) == "TelegramSpec(identity_notice)"
