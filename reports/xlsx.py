"""The 試験成績書 as a workbook: a cover, and the results to filter, print and sign."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from reports.testrecord import COLUMNS, test_record
from reports.verdict import Verdict
from reports.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.testrecord import TestRecord

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula when a text is entered again."""
LONGEST = 32_767
"""Characters that a cell can hold."""
LABELS, VALUES, NUMBERS = 26, 90, 8
"""Widths of the columns of the cover, in half-width letters."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can tell: equal results make equal bytes."""

_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TINTS: Mapping[Verdict | None, str] = {
    Verdict.FAIL: "F8CBAD",
    Verdict.WARN: "FFE699",
    Verdict.INCONCLUSIVE: "D9D2E9",
    Verdict.ERROR: "D9D2E9",
}
"""Beside the word, never instead of it."""


def _style(name: str, *, border: Border | None = None, tint: str = "", **font: Any) -> NamedStyle:
    return NamedStyle(
        name=f"denbun {name}",
        font=Font(**font),
        fill=PatternFill("solid", start_color=tint) if tint else PatternFill(),
        border=border or Border(),
        alignment=Alignment(wrap_text=True, vertical="top"),
    )


def _styles() -> Iterator[NamedStyle]:
    """Yield the styles of all cells; one that is named is assigned at once, not part by part."""
    yield _style("plain")
    yield _style("title", bold=True, size=16)
    yield _style("claim", bold=True)
    yield _style("box", border=_BOX)
    yield _style("head", border=_BOX, tint="E7E6E6", bold=True)
    for verdict, tint in _TINTS.items():
        yield _style(f"{verdict}", border=_BOX, tint=tint)


def render(shown: Shown, lang: Lang) -> bytes:
    """Return the workbook; the same for the same run."""
    record = test_record(shown, lang)
    book = Workbook()
    moment = dt.datetime.fromisoformat(shown.run.header.created)
    book.properties.creator = "denbun"
    book.properties.title = record.title
    made = moment.astimezone(dt.UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = made
    for style in _styles():
        book.add_named_style(style)
    cover = book.worksheets[0]
    cover.title = record.cover
    _cover(cover, record)
    _results(book.create_sheet(record.results), record)
    return _packed(book)


class _Page:
    """A sheet that is written row by row."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 0

    def line(self, *cells: str | int, style: str = "plain") -> None:
        """Write the next row; without cells an empty one. A text stays a text."""
        self.row += 1
        for column, content in enumerate(cells, start=1):
            cell = self.sheet.cell(self.row, column)
            assert isinstance(cell, Cell)
            cell.style = f"denbun {style}"
            if isinstance(content, str):
                _write_text(cell, content)
            else:
                cell.value = content

    def print_on_a4(self) -> None:
        """Set A4 landscape, one page wide and as many high as it takes, with page numbers."""
        sheet = self.sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        footer = sheet.oddFooter
        assert footer is not None
        footer.center.text = "&A  &P / &N"


def _cover(sheet: Worksheet, record: TestRecord) -> None:
    page = _Page(sheet)
    for letter, width in zip("ABC", (LABELS, VALUES, NUMBERS), strict=True):
        sheet.column_dimensions[letter].width = width
    page.line(record.title, style="title")
    page.line(record.claim, style="claim")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    for gap in record.gaps:
        page.line("", gap)
    page.line()
    for label, value in record.basis:
        page.line(label, value, style="box")
    page.line()
    for verdict, meaning, number in record.verdicts:
        tinted = number and verdict in _TINTS
        page.line(verdict.value, meaning, number, style=verdict.value if tinted else "box")
    page.line()
    for note in record.notes:
        page.line("", note)
    page.line()
    for label in record.signatures:
        page.line(label, "", style="box")
        sheet.row_dimensions[page.row].height = 30
    page.print_on_a4()


def _results(sheet: Worksheet, record: TestRecord) -> None:
    page = _Page(sheet)
    page.line(*record.heads, style="head")
    at = 2 + next(index for index, column in enumerate(COLUMNS) if column.key == "verdict")
    for cells, verdict in zip(record.rows, record.of_rows, strict=True):
        page.line(*cells, style="box")
        if verdict in _TINTS:
            sheet.cell(page.row, at).style = f"denbun {verdict}"
    for index, width in enumerate((NUMBERS, *(column.width for column in COLUMNS)), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    whole = f"A1:{get_column_letter(len(record.heads))}{page.row}"
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = whole
    sheet.print_title_rows = "1:1"
    sheet.print_area = whole
    page.print_on_a4()


def _write_text(cell: Cell, text: str) -> None:
    clean = printable(text).replace("\r", "")[:LONGEST]
    cell.value = clean
    cell.data_type = "s"  # openpyxl would read "=1+1" as a formula and "#N/A" as an error
    if clean.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def _packed(book: Workbook) -> bytes:
    """Return the file with no moment of its making in it."""
    made, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED)).save()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(entry, source.read(name))
    return packed.getvalue()
