"""What ends a command early: one text and one exit code for each, never a traceback."""

from __future__ import annotations

import os
import traceback
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from denbun.console import complain

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["HARNESS", "USAGE", "Broken", "Stopped", "Usage", "explain", "one_of"]

USAGE = 3
HARNESS = 4
UNDETERMINED = 2


class Usage(typer.TyperException):
    """What was asked for cannot be done; the message names the option or the file."""


class Broken(Exception):  # noqa: N818 - it says what happened
    """The harness itself is at fault, and nothing was judged."""


def one_of(option: str, what: str, given: str, known: Collection[str]) -> str:
    """Return ``given`` when it is known; Usage with the nearest names otherwise."""
    if given in known:
        return given
    near = get_close_matches(given, known, n=3)
    few = len(known) <= 10  # noqa: PLR2004 - as many as a reader takes in at once
    expected = f"one of {', '.join(known)}" if few else f"one of {len(known)} ids"
    hint = f"; near: {', '.join(near)}" if near and not few else ""
    raise Usage(f"{option}: unknown {what}. expected {expected}, got {given}{hint}")


class Stopped(Exception):  # noqa: N818 - it says what happened
    """The user ended the run before anything was judged."""


def explain(error: Exception) -> int:
    """Print what went wrong in words for the user and return the exit code.

    With ``DENBUN_DEBUG`` set in the environment the traceback is shown too.
    """
    if os.environ.get("DENBUN_DEBUG"):
        traceback.print_exception(error)
    code, text = _read(error)
    complain(text)
    return code


def _read(error: Exception) -> tuple[int, str]:
    from reports import ChainError, ResultError
    from steps.unforeseen import told
    from telegram_specs import DenbunError
    from telegram_specs.engine.samples import wrong_samples

    code, text = USAGE, f"denbun: {error}"
    match error:
        case typer.TyperException():
            text = f"denbun: {error.format_message()}"
        case DenbunError() if disagreements := wrong_samples():
            # With wrong arithmetic the engine finds mistakes in files that have none.
            code, text = HARNESS, "\n".join(disagreements)
        case DenbunError() | ResultError() | ChainError():
            text = str(error)
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            text = f"denbun: {place}{error.strerror or error}"
        case Broken():
            code = HARNESS
        case Stopped():
            code, text = UNDETERMINED, f"denbun: {error}"
        case _:
            code, text = HARNESS, f"denbun: {told(error)}"
    return code, text
