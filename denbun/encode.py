"""``denbun encode``: make the bytes of one telegram from its values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun encode number_issue_request values.json --out request.bin",
    "denbun encode number_issue_request values.json",
)

REMEDY = "The field allows it (unmapped: substitute); give another character to send another"


def command(
    *,
    spec: Annotated[str, typer.Argument(metavar="SPEC_ID", help="The telegram.")],
    values: Annotated[Path, typer.Argument(metavar="VALUES.json", help="Its values by field.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the bytes; by default, hex is printed."),
    ] = None,
    profile: options.Profile = None,
) -> int:
    """Encode one telegram; constants, length, counts and end mark are filled in.

    A character without a code is refused, or replaced and told where the field says so
    (`unmapped: substitute`). Exit codes: 0 done, 3 wrong usage, 4 the harness broke.
    """
    from telegram_specs import load_profile

    telegram, given = load_profile(profile).spec(spec), _read(values)
    data = telegram.encode(given)
    for replaced in telegram.substituted(given):
        console.complain(f"denbun: {replaced}. {REMEDY}")
    if out:
        out.write_bytes(data)
    else:
        console.say(data.hex())
    return 0


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise Usage(f"{path}: not UTF-8. expected UTF-8, got byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise Usage(
            f"{path}:{error.lineno}: not JSON. expected valid JSON, got {error.msg}"
        ) from None
    if not isinstance(values, dict):
        raise Usage(f"{path}:1: wrong document. expected an object, got {type(values).__name__}")
    return values
