"""``denbun report``: render a finished run once more, in another form or language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from denbun import console, options
from denbun.failures import Usage, one_of
from denbun.finished import run_in, shown_of

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun report conformance-report --format text",
    "denbun report conformance-report --format markdown --lang en --out summary.md",
    "denbun report conformance-report --format xlsx --out report.xlsx",
    "denbun report conformance-report --format html --unmask --out mine.html",
)
FORM = "The form: text, html, junit, markdown, badge, ctrf, cucumber or xlsx."


def command(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run's results.")],
    form: Annotated[str, typer.Option("--format", help=FORM)] = "text",
    lang: options.Lang = "ja",
    out: options.Out = None,
    unmask: options.Unmask = False,
    profile: options.Profile = None,
) -> int:
    """Render the results of a finished run."""
    from denbun.unmasked import twin
    from reports.forms import FORMS, encoded, render
    from reports.ownerfile import write_private

    kind = FORMS[one_of("--format", "form", form, FORMS)]
    if kind.content == "binary" and out is None:
        raise Usage(f"--format {form}: no text. expected --out FILE, such as --out {kind.file}")
    run = run_in(folder)
    shown = twin(folder, run, profile) if unmask else shown_of(folder, run)
    rendered = render(form, shown, lang)
    if out:
        (write_private if unmask else Path.write_bytes)(out, encoded(rendered))
    else:
        console.say_form(rendered, kind.content)
    return 0
