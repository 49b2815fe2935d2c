"""Options of the commands: what typer needs to know of each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

__all__ = [
    "NOTHING",
    "DryRun",
    "Fault",
    "Folder",
    "Json",
    "Lang",
    "Language",
    "LastFailed",
    "Out",
    "PauseOnFail",
    "Profile",
    "Quiet",
    "Repeat",
    "Resume",
    "Role",
    "Seed",
    "Strict",
    "Suts",
    "Tags",
    "Trace",
    "Unmask",
    "UpdateExpectations",
    "Variant",
]

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
Suts = Annotated[
    list[Path] | None,
    typer.Option(
        "--sut",
        metavar="FILE",
        help="The sut.yaml of the system under test; a second one is its counterpart's.",
        dir_okay=False,
        exists=True,
    ),
]
Role = Annotated[
    str | None,
    typer.Option(help="Role of the system under test: juki, cs, atena, chukan, shinsei."),
]
Folder = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Folder for results and report.")
]
Tags = Annotated[
    str | None,
    typer.Option(metavar="EXPR", help="Case ids, requirements, areas, viewpoints; and, or, not."),
]
Fault = Annotated[
    str | None, typer.Option(metavar="ID", help="Start the reference with a seeded fault.")
]
Variant = Annotated[
    str | None, typer.Option(metavar="ID", help="Start the reference as a correct variant.")
]
Seed = Annotated[int | None, typer.Option(help="Seed of data and choices; drawn when not given.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 2 where no claim is made.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print the path of the report only.")]
Resume = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Go on with the operator's run in this folder; no other choice is repeated.",
        file_okay=False,
        exists=True,
    ),
]
UpdateExpectations = Annotated[
    bool,
    typer.Option(
        "--update-expectations",
        help="Write what was found into the file that `expectations` of sut.yaml names.",
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Say what would be run and what the adapter lacks; send only hello."
    ),
]
Trace = Annotated[bool, typer.Option("--trace", help="Print each telegram as it passes, masked.")]
PauseOnFail = Annotated[
    bool, typer.Option("--pause-on-fail", help="Wait for Enter behind a case that is not PASS.")
]
Repeat = Annotated[
    int | None,
    typer.Option(metavar="N", help="Run N times into DIR/1, DIR/2, ..., each with the next seed."),
]
LastFailed = Annotated[
    bool,
    typer.Option(
        "--last-failed",
        help="Run the cases again that were neither PASS nor NOT_APPLICABLE in the folder.",
    ),
]
Unmask = Annotated[
    bool, typer.Option("--unmask", help="Show personal data and secrets; for its owner only.")
]
