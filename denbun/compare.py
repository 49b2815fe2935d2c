"""``denbun compare``: what is different between the results of two runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import Usage, one_of
from denbun.finished import run_in, shown_of
from steps.filenames import RESULTS, TRANSCRIPT

if TYPE_CHECKING:
    from reports import Run

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun compare last-good conformance-report",
    "denbun compare last-good/results.jsonl conformance-report --lang en",
    "denbun compare last-good conformance-report --format markdown --out compare.md",
)
REGRESSED = 1
_RESULTS = "A folder of results, or its results.jsonl."


def command(
    *,
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help=_RESULTS)],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help=_RESULTS)],
    form: Annotated[
        str, typer.Option("--format", help="The form: text, markdown or html.")
    ] = "text",
    lang: options.Lang = "ja",
    out: options.Out = None,
) -> int:
    """Compare two runs of one role: regressions first, then what else is different.

    A case regresses when it stands lower than before, in the order PASS, WARN, not decided
    (INCONCLUSIVE, NOT_COVERED, NOT_RUN, ERROR), FAIL; when it breaks a requirement that it did not
    break before; or when it passed and a complete run of the same suite has it no more.
    Exit codes: 0 no regression, 1 regression, 3 wrong usage or results that cannot be believed.
    """
    from reports.comparison import FORMS, IncomparableError, compare_runs, render
    from reports.forms import encoded

    content = FORMS[one_of("--format", "form", form, FORMS)].content
    first, second = _run(before), _run(after)
    try:
        comparison = compare_runs(first, second)
    except IncomparableError as error:
        raise Usage(f"{before}, {after}: {error}") from None
    rendered = render(form, comparison, (str(before), str(after)), lang)
    if out:
        out.write_bytes(encoded(rendered))
    else:
        console.say_form(rendered, content)
    return REGRESSED if comparison.has_regressed else 0


def _run(path: Path) -> Run:
    """Return a run as it may be shown; Usage, which names the file, where it cannot be believed.

    Where the transcript was left behind, as it should be in CI, the results stand alone: they
    were masked when they were written.
    """
    from reports import ChainError, ResultError
    from reports.masking import mask_run

    folder, name = (path, RESULTS) if path.is_dir() else (path.parent, path.name)
    try:
        run = run_in(folder, name)
        shown = shown_of(folder, run) if (folder / TRANSCRIPT).exists() else mask_run(run, ())
    except (ResultError, ChainError) as error:
        raise Usage(f"{folder / str(error)}") from None
    return shown.run
