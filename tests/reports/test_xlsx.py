from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from reports import Verdict, xlsx
from reports.masking import mask_run
from reports.testrecord import COLUMNS, rows
from reports.verdict import count
from tests.reports import sample, workbook

RISKY = ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "#N/A", "1"]


def book(run, lang="ja"):
    return workbook.opened(xlsx.render(mask_run(run, sample.records()), lang))


def column(sheet, key: str) -> list:
    at = 2 + [column.key for column in COLUMNS].index(key)
    return [row[at - 1] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("text", RISKY)
def test_a_text_of_a_system_stays_a_text(text):
    run = sample.run_of(sample.case_with_text(text), sut={"name": text, "version": ""})

    told = [cell for sheet in book(run) for row in sheet for cell in row]

    assert {cell.data_type for cell in told if isinstance(cell.value, str)} == {"s"}
    assert text in [cell.value for cell in told]
    assert any(text in str(cell.value) for cell in told if cell.parent.title == "試験成績")


@pytest.mark.parametrize("text", RISKY[:7])
def test_what_may_begin_a_formula_is_marked_as_text(text):
    run = sample.run_of(sample.FAIL_CASE, sut={"name": text, "version": ""})
    marked = {cell.value for row in book(run).worksheets[0] for cell in row if cell.quotePrefix}

    assert marked == {text}


def test_equal_runs_make_equal_bytes_without_a_moment_of_making():
    shown = mask_run(sample.full_run(), sample.records())
    data = xlsx.render(shown, "ja")

    assert data == xlsx.render(shown, "ja")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = book(sample.full_run()).properties
    assert str(properties.created) == str(properties.modified) == "2026-05-01 01:15:00"


def test_every_requirement_stands_with_each_of_its_cases():
    run = sample.full_run()
    sheet = book(run).worksheets[1]
    pairs = list(zip(column(sheet, "requirement"), column(sheet, "case"), strict=True))

    declared = {
        (requirement_id, case.case_id)
        for case in run.cases
        for requirement_id in case.requirement_ids
    }
    assert declared <= set(pairs)
    assert len(set(pairs)) == len(pairs)
    own = {known.id for known in run.header.requirements if "juki" in known.roles}
    assert own <= {requirement_id for requirement_id, _ in pairs}
    assert {case.case_id for case in run.accounted()} <= {case_id for _, case_id in pairs}


def test_a_case_that_failed_elsewhere_keeps_the_requirement_that_it_saw_kept():
    found = {
        (row.requirement.id, row.case.case_id): (row.case.verdict, row.verdict)
        for row in rows(sample.full_run())
        if row.requirement and row.case
    }

    assert found["BIRTH-001", "BIRTH-004.1"] == (Verdict.FAIL, Verdict.PASS)
    assert found["BIRTH-004", "BIRTH-004.1"] == (Verdict.FAIL, Verdict.FAIL)


def test_a_requirement_without_a_case_tells_why():
    run = sample.run_of(sample.FAIL_CASE)
    sheet = book(run).worksheets[1]
    columns = (column(sheet, key) for key in ("requirement", "verdict", "findings"))
    told = {row[0]: row[1:] for row in zip(*columns, strict=True)}

    assert told["PRIVACY-005"] == ("試験しない", "電文に表れず、照会の動詞もないため")
    assert told["NUM-012"] == ("この実行では選ばれていない", None)


def test_cover_counts_the_eight_verdicts_apart():
    cover = book(sample.full_run()).worksheets[0]
    counted = {
        row[0]: row[2] for row in cover.iter_rows(values_only=True) if row[0] in set(Verdict)
    }

    assert counted == count(sample.full_run().accounted())


def test_columns_to_fill_in_are_empty_and_comments_are_remarks():
    case = replace(sample.FAIL_CASE, comments=("画面で確認した",))
    sheet = book(sample.run_of(case)).worksheets[1]

    assert set(column(sheet, "tester")) == {None}
    assert "画面で確認した" in column(sheet, "remarks")


@pytest.mark.parametrize(
    ("lang", "names"), [("ja", ["表紙", "試験成績"]), ("en", ["Cover", "Results"])]
)
def test_sheets_can_be_filtered_and_printed(lang, names):
    told = book(sample.full_run(), lang)
    results = told.worksheets[1]

    assert told.sheetnames == names
    assert results.freeze_panes == "D2"
    assert results.auto_filter.ref == f"A1:N{results.max_row}"
    assert results.print_title_rows == "$1:$1"
    for sheet in told:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_text_longer_than_a_cell_is_cut():
    run = sample.run_of(sample.case_with_text("長" * 40_000))

    assert max(len(told) for told in column(book(run).worksheets[1], "findings") if told) == 32_767
