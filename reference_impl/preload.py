"""Import it to have everything loaded that a start of the reference needs, the open profile too."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from reference_impl.__main__ import main, profile_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

__all__ = ["serve"]

profile_of(None)


def serve(
    arguments: Sequence[str], stdin: Connection, stdout: Connection, stderr: Connection
) -> None:
    """Be the reference, on the pipes as its standard streams."""
    os.setsid()
    for number, stream in enumerate((stdin, stdout, stderr)):
        os.dup2(stream.fileno(), number)
        stream.close()
    with suppress(BrokenPipeError):
        sys.stdin = os.fdopen(0, "r", encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        main(arguments)
