"""The console: output that survives any encoding, plain where nobody watches a terminal."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["complain", "is_fancy", "say", "say_form", "say_json", "say_utf8", "survive", "table"]

_PLAIN = {"–": "-", "—": "-", "·": ".", "«": "<", "»": ">"}
"""What stands for a character that the console's encoding lacks; a question mark for all others."""
_GAP = "  "


def survive() -> None:
    """Make the standard streams replace what their encoding cannot hold, instead of failing."""
    codecs.register_error("denbun", _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="denbun")


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char, "?") for char in lacking), error.end


def say(text: str = "") -> None:
    """Print a line of the result."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print a line beside the result: progress, or what went wrong."""
    print(text, file=sys.stderr, flush=True)


def say_json(data: Any) -> None:
    """Print data as JSON, escaped to ASCII where the console could not hold it."""
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    print(json.dumps(data, ensure_ascii=encoding != "utf-8", indent=2))


def say_utf8(text: str) -> None:
    """Print a document that says of itself that it is UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def say_form(rendered: str | bytes, content: str) -> None:
    """Print a text for whoever reads the console, or a document in its own encoding."""
    assert isinstance(rendered, str), "bytes are written to a file"
    if content == "utf8":
        say_utf8(rendered)
    else:
        say(rendered.rstrip("\n"))


def is_fancy() -> bool:
    """Tell whether somebody watches a terminal that may show colours and move its cursor."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stderr.isatty() and not plain


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows below their heads, columns aligned as a terminal shows them."""
    from reports.wording import pad, width

    lines = [heads, *rows]
    columns = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        _GAP.join(pad(cell, size) for cell, size in zip(line, columns, strict=True)).rstrip()
        for line in lines
    )
