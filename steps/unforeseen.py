"""An unforeseen exception in one line, as it may be shown."""

from __future__ import annotations

import traceback
from pathlib import Path

from steps.judge.values import scrub

__all__ = ["told"]

ROOT = Path(__file__).resolve().parent.parent


def told(error: BaseException) -> str:
    """Say what it was, and the last place of our own tree that it passed, if any."""
    where = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT):
            where = f" ({path.relative_to(ROOT).as_posix()}:{frame.lineno})"
    return scrub(f"{type(error).__name__}: {' '.join(str(error).split())}{where}")
