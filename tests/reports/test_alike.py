"""Equal masked values of a case have one letter, and other values another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import Finding, Origin, Place, Record, RecordField, html, markdown, text, xlsx
from reports.alike import NONE_ALIKE, Alike, cases_alike
from reports.masking import mask_run
from reports.transcript import Http
from tests.reports import sample, workbook
from tests.reports.paged import packed, telegram
from tests.reports.test_masking import spellings, wide

PATH = "individual_number"
OTHER = "210987654321"
CASE_ID = sample.FAIL_CASE.case_id


def record(seq: int, value: str, path: str = PATH, **members) -> Record:
    """Return a telegram with one secret field."""
    name, _, inner = path.replace("]", "").replace("[0.", "[").partition("[")
    values = {name: [{inner: value}]} if inner else {path: value}
    made = Record(
        seq=seq, t_ms=seq, link="cs_link", sender="juki", receiver="cs", way="received",
        case_id=CASE_ID, telegram="identity_notice", label="本人確認情報", raw=value.encode(),
        values=values,
        fields=(RecordField(path, "個人番号", 0, len(value.encode()), secret=True, text="*"),),
    )  # fmt: skip
    return replace(made, **members)


def letters(*records: Record) -> list[str]:
    """Return the letters of the only field of each record."""
    alike = Alike(records)
    return [alike.letter(each.seq, each.fields[0].field) for each in records]


def test_equal_values_have_one_letter_and_others_another():
    twice = (record(1, sample.NUMBER), record(2, OTHER), record(3, sample.NUMBER))

    assert letters(*twice, record(4, OTHER)) == ["A", "B", "A", "B"]


def test_a_value_in_one_place_only_has_no_letter_and_takes_none():
    once, again = record(1, "100000000001"), record(3, sample.NUMBER)

    assert letters(once, record(2, sample.NUMBER), again) == ["", "A", "A"]


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (sample.NUMBER, wide(sample.NUMBER)),
        (sample.NUMBER, f"{sample.NUMBER}  "),
        ("R8-05-01", "2026-05-01"),
        ("架空　花子", "架空　花子　　"),
    ],
    ids=["wide", "padded", "era", "name"],
)
def test_a_value_is_the_same_in_every_spelling(one, same):
    assert letters(record(1, one), record(2, same)) == ["A", "A"]
    assert letters(record(1, one), record(2, f"9{same}")) == ["", ""]


def test_a_value_is_the_same_in_another_field_and_without_decoding():
    raw = record(3, sample.NUMBER, values=None)
    nested = record(2, sample.NUMBER, "codes[0].individual_number")

    assert letters(record(1, sample.NUMBER), nested, raw) == ["A", "A", "A"]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("S0-00-00", "H0-00-00", ["", ""]),
        ("S0-00-00", "S0-00-00", ["A", "A"]),
        ("S60-05-00", "1985-05-00", ["", ""]),
        ("S60-05-01", "1985-05-01", ["A", "A"]),
    ],
    ids=["other-eras", "one-era", "day-unknown", "known"],
)
def test_a_date_of_which_a_part_is_unknown_equals_its_own_spelling_only(one, other, found):
    assert letters(record(1, one), record(2, other)) == found


@pytest.mark.parametrize("json", ["null", "true", "false", "[]", "{}", " [ ] "])
def test_json_without_a_value_has_no_letter(json):
    bodies = [
        record(seq, json, values={PATH: None}, http=Http("POST", "/", None, {})) for seq in (1, 2)
    ]

    assert letters(*bodies) == ["", ""]


@pytest.mark.parametrize("value", ["7", '"true"', "[7]"])
def test_json_with_a_value_has_a_letter(value):
    bodies = [record(seq, value, values={}, http=Http("POST", "/", None, {})) for seq in (1, 2)]

    assert letters(*bodies) == ["A", "A"]


def test_what_is_open_or_empty_has_no_letter():
    shown = record(1, "1")
    shown = replace(shown, fields=(replace(shown.fields[0], secret=False),))

    assert letters(shown, record(2, ""), record(3, "")) == ["", "", ""]


@pytest.mark.parametrize(
    "padding", [b" " * 12, "\u3000".encode("utf-16-be") * 12], ids=["half", "wide"]
)
def test_padding_alone_has_no_letter(padding):
    blank = [record(seq, "1" * 12, raw=padding, values={}) for seq in (1, 2)]

    assert letters(*blank) == ["", ""]


def test_letters_begin_anew_in_each_case():
    records = [
        *(record(seq, OTHER) for seq in (1, 3)),
        *(record(seq, sample.NUMBER, case_id="BIRTH-001.1") for seq in (2, 4)),
    ]
    cases = [sample.FAIL_CASE, sample.CASES[3]]

    found = dict(cases_alike([replace(case, evidence=()) for case in cases], records))

    assert found[CASE_ID].letter(1, PATH) == found["BIRTH-001.1"].letter(2, PATH) == "A"


TWICE = (record(3, OTHER), record(4, OTHER))
"""Two telegrams with the number that a finding found."""


def finding(**members) -> Finding:
    """Return a finding about the number in record 3."""
    made = Finding(
        "BIRTH-004", "MUST", "law", "受領した個人番号", "************",
        Place("identity_notice", PATH, 0, 12), "住基法", evidence=3,
    )  # fmt: skip
    return replace(made, **members)


def masked(found: Finding, *records: Record):
    return mask_run(sample.run_of(replace(sample.FAIL_CASE, findings=(found,))), records)


def test_a_finding_tells_which_value_was_expected_and_which_was_there():
    records = [record(1, sample.NUMBER), record(3, OTHER), record(4, OTHER)]

    (told,) = masked(finding(expected_at=Origin(1, PATH)), *records).run.cases[0].findings

    assert told.expected == "受領した個人番号 (=A)"
    assert told.actual == "************ (=B)"


def test_what_was_found_and_stands_nowhere_else_has_no_letter():
    records = [record(1, sample.NUMBER), record(3, OTHER)]

    (told,) = masked(finding(expected_at=Origin(1, PATH)), *records).run.cases[0].findings

    assert told.expected == "受領した個人番号 (=A)"
    assert told.actual == "************"


def test_a_finding_about_the_right_value_has_one_letter_only():
    records = [record(1, sample.NUMBER), record(3, sample.NUMBER)]

    (told,) = masked(finding(expected_at=Origin(1, PATH)), *records).run.cases[0].findings

    assert (told.expected, told.actual) == ("受領した個人番号 (=A)", "************ (=A)")


def test_what_an_adapter_answered_has_the_letter_of_the_telegram():
    observed = finding(place=None, evidence=None, actual_at=Origin(1, PATH))

    (told,) = masked(observed, record(1, OTHER)).run.cases[0].findings

    assert told.actual == "************ (=A)"


def test_a_sentence_with_two_masked_values_keeps_them_as_they_are():
    both = finding(actual="*** *****")

    (told,) = masked(both, record(3, OTHER)).run.cases[0].findings

    assert told.actual == "*** *****"


@pytest.mark.parametrize(
    "value", sorted(each for each in spellings(sample.NUMBER) if " " not in each)
)
def test_a_number_in_a_sentence_has_its_letter_in_every_spelling(value):
    told = finding(actual=f"message: {value}", place=None)

    (shown,) = masked(told, record(1, OTHER), record(2, sample.NUMBER)).run.cases[0].findings

    assert shown.actual == "message: " + "*" * len(value) + " (=A)"


def test_findings_of_text_and_page_have_the_same_letters():
    records = (record(1, sample.NUMBER), record(3, OTHER), record(4, OTHER))
    shown = masked(finding(expected_at=Origin(1, PATH)), *records)

    assert "受領した個人番号 (=A)" in text.render(shown, "ja")
    document = html.render(shown, "ja")
    assert ">受領した個人番号 (=A)</span>" in document
    assert telegram(document, CASE_ID, 3)["letters"] == {"0": "B"}
    assert telegram(document, CASE_ID, 3)["numbers"] == ["B"]


def test_the_page_explains_the_letters_where_there_are_some():
    explained = "同じ記号の伏せた値どうしが等しい"

    assert explained in html.render(masked(finding(), *TWICE), "ja").split("<main>")[0]
    assert explained not in html.render(masked(finding()), "ja").split("<main>")[0]


@pytest.mark.parametrize("form", [text, markdown])
def test_a_text_explains_the_letters_where_there_are_some(form):
    explained = "同じ記号の伏せた値どうしが等しい"

    assert explained in form.render(masked(finding(), *TWICE), "ja")
    assert explained not in form.render(masked(finding()), "ja")


def test_the_cover_of_the_test_record_explains_the_letters_where_there_are_some():
    explained = "同じ記号の伏せた値どうしが等しい"
    some, none = (
        workbook.opened(xlsx.render(shown, "ja")).worksheets[0]
        for shown in (masked(finding(), *TWICE), masked(finding()))
    )

    assert any(explained in str(cell.value) for row in some for cell in row)
    assert not any(explained in str(cell.value) for row in none for cell in row)


def test_bytes_keep_their_length():
    document = html.render(masked(finding(), record(3, OTHER)), "ja")
    _, cases = packed(document)
    (line,) = cases[CASE_ID]["telegrams"]

    assert line["hidden"] == [0, len(OTHER)]
    assert line["bytes"] == ""


def test_nothing_is_alike_without_records():
    assert not NONE_ALIKE
    assert NONE_ALIKE.tag(sample.NUMBER) == ""
