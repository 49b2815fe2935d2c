"""A comparison as plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.comparison.view import view
from reports.wording import pad, printable, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.bilingual import Lang
    from reports.comparison.core import Comparison
    from reports.comparison.view import ComparisonView, Section


def render(comparison: Comparison, names: tuple[str, str], lang: Lang) -> str:
    """Return conditions, differences by kind, and the conclusion as the last line."""
    shown = view(comparison, names, lang)
    blocks = (_sides(shown), _changes(shown), *map(_section, shown.sections), _end(shown))
    return printable("\n\n".join("\n".join(block) for block in blocks)) + "\n"


def _sides(shown: ComparisonView) -> Iterator[str]:
    column = max(width(side.label) for side in shown.sides)
    for side in shown.sides:
        yield f"{pad(side.label, column)}  {side.name}: {side.facts}"


def _changes(shown: ComparisonView) -> Iterator[str]:
    yield shown.say("changes" if shown.changes else "no_changes")
    column = max((width(label) for label, _, _ in shown.changes), default=0)
    for label, before, after in shown.changes:
        yield f"  {pad(label, column)}  {before} -> {after}"


def _section(section: Section) -> Iterator[str]:
    yield section.title
    for entry in section.entries:
        yield f"  {entry.case_id}  {entry.before} -> {entry.after}  {entry.title}".rstrip()
        yield from (f"    {' '.join(line.split())}" for line in entry.details)


def _end(shown: ComparisonView) -> Iterator[str]:
    yield shown.unchanged
    if not shown.sections:
        yield shown.say("nothing")
    yield from shown.notes
    yield shown.conclusion
