"""``denbun sheet``: the test sheet (試験手順書) of a role, without running anything."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from denbun import console, options
from denbun.failures import one_of

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun sheet --role juki --tags BIRTH --out sheet.html",
    "denbun sheet --sut operator.yaml --format markdown",
)


def command(
    *,
    sut: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The sut.yaml.", dir_okay=False, exists=True),
    ] = None,
    role: Annotated[
        str | None, typer.Option(help="Role: juki, cs, atena, chukan, shinsei.")
    ] = None,
    profile: options.Profile = None,
    tags: Annotated[str | None, typer.Option(metavar="EXPR", help="As for denbun run.")] = None,
    form: Annotated[
        Literal["html", "markdown"], typer.Option("--format", help="Form of the sheet.")
    ] = "html",
    lang: options.Lang = "ja",
    out: options.Out = None,
) -> int:
    """Print the test sheet: sentences, instructions, blanks, requirement and clause of each case.

    Exit codes: 0 done, 3 wrong usage, 4 the harness broke, 5 nothing selected.
    """
    from denbun.sheetwriter import SheetWriter
    from denbun.suite import Order, nothing_selected, run_suite
    from steps.drivers.operator.sheet import render_html, render_markdown
    from telegram_specs.network import SUT_ROLES

    if role is not None:
        one_of("--role", "role", role, SUT_ROLES)
    writer = SheetWriter()
    with tempfile.TemporaryDirectory(prefix="denbun-") as folder:
        order = Order(
            out=Path(folder), role=role, sut=(sut,) if sut else (), profile=profile, tags=tags
        )
        run_suite(order, writer)
    if not writer.cases:
        return nothing_selected(order)
    render = {"html": render_html, "markdown": render_markdown}[form]
    text = render(writer.cases, writer.head, lang)
    if out:
        out.write_text(text, "utf-8")
        console.say(str(out))
    else:
        console.say_utf8(text)
    return 0
