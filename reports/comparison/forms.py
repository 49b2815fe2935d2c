"""The forms of a comparison: which module renders them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Lang
    from reports.comparison.core import Comparison
    from reports.forms import Content


@dataclass(frozen=True, slots=True)
class ComparisonForm:
    """One form; `module` has `render(comparison, names, lang)`."""

    module: str
    content: Content


FORMS: Mapping[str, ComparisonForm] = {
    "text": ComparisonForm("reports.comparison.text", "text"),
    "markdown": ComparisonForm("reports.comparison.markdown", "text"),
    "html": ComparisonForm("reports.comparison.html", "utf8"),
}


def render(name: str, comparison: Comparison, names: tuple[str, str], lang: Lang) -> str:
    """Return a comparison in one of its forms; `names` tell where the two runs are."""
    text: str = import_module(FORMS[name].module).render(comparison, names, lang)
    return text
