"""A comparison as Markdown, for a step summary or a comment on a change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reports import messages
from reports.comparison.view import view
from reports.markdown import escape, table
from reports.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.bilingual import Lang
    from reports.comparison.core import Comparison
    from reports.comparison.view import ComparisonView, Section


def render(comparison: Comparison, names: tuple[str, str], lang: Lang) -> str:
    """Return the conclusion, the two runs, what they rest on, and a table for each kind."""
    shown = view(comparison, names, lang)
    blocks = [_head(shown), _changes(shown)]
    blocks += [_section(shown, section) for section in shown.sections]
    blocks.append(iter([shown.unchanged if shown.sections else shown.say("nothing")]))
    blocks += [iter([escape(note)]) for note in shown.notes]
    return printable("\n\n".join("\n".join(block) for block in blocks)) + "\n"


def _head(shown: ComparisonView) -> Iterator[str]:
    yield f"## {'❌' if shown.has_regressed else '✅'} {escape(shown.conclusion)}"
    yield ""
    for side in shown.sides:
        yield f"* {side.label} {escape(side.name)}: {escape(side.facts)}"


def _changes(shown: ComparisonView) -> Iterator[str]:
    if not shown.changes:
        yield shown.say("no_changes")
        return
    yield f"### {shown.say('changes')}"
    yield ""
    heads = [shown.say(key) for key in ("condition", "before", "after")]
    yield from _table(heads, [[escape(cell) for cell in row] for row in shown.changes], shown)


def _section(shown: ComparisonView, section: Section) -> Iterator[str]:
    yield f"### {section.title}"
    yield ""
    heads = [shown.say(key) for key in ("case", "before", "after", "details")]
    rows = [
        [
            escape(f"{entry.case_id} {entry.title}"),
            entry.before,
            entry.after,
            escape("; ".join(entry.details)),
        ]
        for entry in section.entries
    ]
    yield from _table(heads, rows, shown)


def _table(heads: list[str], rows: list[list[str]], shown: ComparisonView) -> Iterator[str]:
    return table(heads, rows, partial(messages.say, "more", shown.lang))
