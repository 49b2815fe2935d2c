"""``denbun report``: render a finished run once more, in another form or language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from denbun import console, options
from denbun.failures import Usage

if TYPE_CHECKING:
    from reports.masking import Shown

__all__ = ["EXAMPLES", "Form", "command", "existing", "render"]

EXAMPLES = (
    "denbun report conformance-report --format text",
    "denbun report conformance-report --format markdown --lang en --out summary.md",
    "denbun report conformance-report --format html --unmask --out mine.html",
)


Form = Literal["text", "junit", "markdown", "html"]


def render(form: Form, shown: Shown, lang: options.Language) -> str:
    """Return what may be shown of a run in one of its forms."""
    from importlib import import_module

    text: str = import_module(f"reports.{form}").render(shown, lang)
    return text


def existing(path: Path) -> Path:
    """Return the path of a file that a run has written; Usage where there is none."""
    if not path.is_file():
        raise Usage(f"{path}: no such file. expected the results of a run")
    return path


def command(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run's results.")],
    form: Annotated[Form, typer.Option("--format", help="The form.")] = "text",
    lang: options.Lang = "ja",
    out: options.Out = None,
    unmask: options.Unmask = False,
    profile: options.Profile = None,
) -> int:
    """Render the results of a finished run."""
    from denbun.bundle import write_private
    from denbun.suite import RESULTS, TRANSCRIPT
    from denbun.unmasked import twin
    from reports import read_run, read_transcript, verify_chain
    from reports.masking import mask_run

    results, transcript = existing(folder / RESULTS), existing(folder / TRANSCRIPT)
    run = read_run(results)
    assert run.footer is not None
    verify_chain(transcript, tail=run.footer.transcript_tail_hash)
    shown = twin(folder, run, profile) if unmask else mask_run(run, read_transcript(transcript))
    text = render(form, shown, lang)
    if out and unmask:
        write_private(out, text.encode())
    elif out:
        out.write_text(text, "utf-8")
    elif form in {"junit", "html"}:
        console.say_utf8(text)
    else:
        console.say(text.rstrip("\n"))
    return 0
