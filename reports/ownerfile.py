"""Files that only their owner may read (mode 0600)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_private", "write_private"]

MODE = 0o600


def open_private(path: Path, *, go_on: bool = False) -> int:
    """Return a descriptor that appends to a file: begun anew, or behind what it holds."""
    begin = 0 if go_on else os.O_TRUNC
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | begin, MODE)
    if hasattr(os, "fchmod"):
        os.fchmod(file, MODE)  # whoever could read what was there before
    return file


def write_private(path: Path, data: bytes) -> None:
    """Write a whole file, its owner's alone whoever could read it before."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
        file.write(data)
