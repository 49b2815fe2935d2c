"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

__all__ = ["NOTHING", "Json", "Lang", "Language", "Out", "Profile"]

Language = Literal["ja", "en"]

NOTHING = 5
"""Exit code: nothing selected, or nothing there to judge."""

Profile = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of a private profile.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[Language, typer.Option(help="Language of the report.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to a file instead of the console.")
]
