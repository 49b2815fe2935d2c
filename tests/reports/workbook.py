"""What stands in a workbook: its cells as text, and all that is packed in its file."""

from __future__ import annotations

import io
import json
import zipfile

from openpyxl import Workbook, load_workbook

from reports import xlsx


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def told(shown, lang) -> str:
    """Return every cell that holds something, a line each, as JSON after its place."""
    book = opened(xlsx.render(shown, lang))
    cells = (cell for sheet in book for row in sheet for cell in row if cell.value is not None)
    lines = (
        f"{cell.parent.title}!{cell.coordinate} {json.dumps(cell.value, ensure_ascii=False)}"
        for cell in cells
    )
    return "\n".join(lines) + "\n"


def unzipped(shown, lang) -> str:
    """Return the text of every member of the file."""
    with zipfile.ZipFile(io.BytesIO(xlsx.render(shown, lang))) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())
