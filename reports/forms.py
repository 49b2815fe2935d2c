"""The forms of a report: which module renders them, under which name they are written."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Lang
    from reports.masking import Shown

Content = Literal["text", "utf8", "binary"]
"""For a reader in any encoding, a document in UTF-8 by its own rules, or bytes for programs."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `module` has `render(shown, lang)`; `is_of_run` where every run writes it."""

    module: str
    file: str
    content: Content
    is_of_run: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form("reports.text", "report.txt", "text"),
    "html": Form("reports.html", "report.html", "utf8", is_of_run=True),
    "junit": Form("reports.junit", "junit.xml", "utf8", is_of_run=True),
    "markdown": Form("reports.markdown", "summary.md", "text", is_of_run=True),
    "badge": Form("reports.badge", "badge.svg", "utf8", is_of_run=True),
    "ctrf": Form("reports.ctrf", "ctrf.json", "utf8", is_of_run=True),
    "cucumber": Form("reports.cucumber", "cucumber.json", "utf8"),
    "xlsx": Form("reports.xlsx", "report.xlsx", "binary"),
}
OF_RUN: Mapping[str, Form] = {name: form for name, form in FORMS.items() if form.is_of_run}


def render(name: str, shown: Shown, lang: Lang) -> str | bytes:
    """Return what may be shown of a run in one of its forms; bytes where it is binary."""
    rendered: str | bytes = import_module(FORMS[name].module).render(shown, lang)
    return rendered


def encoded(rendered: str | bytes) -> bytes:
    """Return the bytes of a file, text in UTF-8 with the line ends that it has."""
    return rendered.encode() if isinstance(rendered, str) else rendered
