"""A comparison as one HTML file: no request leaves it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reports.comparison.view import view
from reports.template import environment_of
from reports.wording import printable

if TYPE_CHECKING:
    from jinja2 import Template

    from reports.bilingual import Lang
    from reports.comparison.core import Comparison


def render(comparison: Comparison, names: tuple[str, str], lang: Lang) -> str:
    """Return the document in one language."""
    return printable(_template().render(shown=view(comparison, names, lang)))


@cache
def _template() -> Template:
    environment = environment_of(Path(__file__).parent, keep_trailing_newline=True)
    return environment.get_template("comparison.html.j2")
