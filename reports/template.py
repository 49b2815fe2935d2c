"""Jinja, set up alike for every page: what is put in is escaped, and nothing may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["environment_of"]


def environment_of(folder: Path, *, keep_trailing_newline: bool = False) -> Environment:
    """Return what loads the templates of a folder."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
