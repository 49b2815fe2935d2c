"""Tables: whole files, what may differ and what may not."""

from __future__ import annotations

import pytest

from telegram_specs import EncodeError
from telegram_specs.mutate import drop_item, set_item

COLUMNS = (
    "宛名番号,履歴番号,異動事由,異動年月日,氏名,振り仮名,生年月日,生年月日_不詳フラグ,"
    "生年月日_不詳表記,性別,住所,住民状態\r\n"
)
RECORD = {
    "addressee_number": "19",
    "history_number": "1",
    "event": "転居",
    "event_date": "2026-05-01",
    "name": "山田　花子",
    "furigana": "",
    "birth_date": "1950-03-00",
    "birth_date_unknown": "1",
    "birth_date_text": "",
    "sex": "2",
    "address": "架空市",
    "residence_state": "1",
}
ROW = "19,1,転居,2026-05-01,山田　花子,,1950-03-00,1,,2,架空市,1\r\n"


@pytest.fixture(scope="module")
def spec(profile):
    return profile.spec("resident_differences")


def messages(faults):
    return [str(fault) for fault in faults]


def test_a_file_is_a_header_and_one_row_a_record(spec):
    raw = spec.encode({"records": [RECORD]})
    assert raw.decode() == COLUMNS + ROW
    assert spec.decode(raw).values == {"records": [RECORD]}
    assert spec.content_type == "text/csv"


def test_a_file_without_records_is_its_header(spec):
    raw = spec.encode({"records": []})
    assert raw.decode() == COLUMNS
    assert spec.decode(raw).values == {"records": []}


def test_columns_go_by_their_header_in_labels_or_ids(spec):
    raw = "sex,氏名\r\n2,花\r\n".encode()
    (record,) = spec.decode(raw).values["records"]
    assert (record["sex"], record["name"]) == ("2", "花")


def test_cells_with_separators_are_quoted(spec):
    raw = spec.encode({"records": [{**RECORD, "event": 'a,"b"'}]})
    assert '"a,""b"""' in raw.decode()
    assert spec.decode(raw).values["records"][0]["event"] == 'a,"b"'


def test_a_quoted_line_end_stays_in_its_cell_and_is_a_fault_of_it(spec):
    raw = (COLUMNS + ROW.replace("転居", '"転\r\n居"')).encode()
    decoded = spec.decode(raw)
    assert [r["event"] for r in decoded.values["records"]] == ["転\r\n居"]
    (fault,) = spec.validate(raw)
    assert fault.field == "records[0].event"
    assert not spec.validate((COLUMNS + ROW).encode())


def test_spans_are_bytes_of_the_file(spec):
    raw = (COLUMNS + ROW + ROW).encode()
    spans = {s.field: raw[s.offset : s.offset + s.length] for s in spec.decode(raw).spans}
    assert spans["records[1].name"] == "山田　花子".encode()
    assert spans["records[1].furigana"] == b""


def test_faults_name_record_and_column(spec):
    raw = set_item(spec, (COLUMNS + ROW).encode(), "records[0].sex", "7")
    raw = drop_item(spec, raw, "records[0].event_date")
    sex, day = raw.index(b"7,"), raw.index("転居,".encode()) + len("転居,".encode())
    assert messages(spec.validate(raw)) == [
        (
            f"宛名連携異動差分/異動[0]/異動年月日 @ byte {day}: "
            "value missing. expected a value, got nothing"
        ),
        (
            f"宛名連携異動差分/異動[0]/性別 @ byte {sex}: "
            "unknown code. expected one of 0, 1, 2, 9, got 7"
        ),
    ]


def test_what_has_no_column_is_missed_where_the_row_ends(spec):
    faults = spec.validate(b"sex\r\n2\r\n")
    assert {(fault.offset, fault.length) for fault in faults} == {(6, 0)}


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("", "@ byte 0", "a header row"),
        ("\ufeffsex\r\n", "@ byte 0", "UTF-8 without byte order mark"),
        ("sex\n", "@ byte 3", "`,` or CRLF"),
        ("sex", "@ byte 3", "`,` or CRLF"),
        ('"sex\r\n', "@ byte 6", 'a closing `"`'),
        ('"sex"x\r\n', "@ byte 5", "`,` or CRLF"),
        ("sex,sex\r\n", "@ byte 4", "the name of an item, once"),
        ("山田　花子\r\n", "@ byte 0", "the name of an item, once"),
        ("sex,name\r\n2\r\n", "@ byte 11", "2 cells, as in the header"),
    ],
)
def test_no_table(spec, text, place, expected):
    raw = text.encode()
    assert messages(spec.validate(raw)) == [
        f"宛名連携異動差分 {place}: broken table. expected {expected}, got something else"
    ]
    assert [(row.hex, row.text) for row in spec.describe(raw)] == [("", "")]


def test_secrets_are_masked_cell_by_cell(spec):
    raw = (COLUMNS + ROW).encode()
    rows = [row for row in spec.describe(raw) if row.secret]
    hidden = b"".join(raw[row.offset : row.offset + row.length] for row in rows)
    assert hidden.decode() == "19山田　花子1950-03-00架空市"
    assert {*"".join(row.hex + row.text for row in rows)} == {"*", " "}


def test_values_are_refused_by_record(spec):
    with pytest.raises(EncodeError) as caught:
        spec.encode({"records": [RECORD, {**RECORD, "sex": "7"}]})
    assert messages(caught.value.faults) == [
        "宛名連携異動差分/異動[1]/性別: unknown code. expected one of 0, 1, 2, 9, got 7"
    ]
