"""The test sheet (試験手順書): every case with its steps and blanks, to print or to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reports.template import environment_of
from steps.drivers.operator.words import OUTCOMES, pick, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from steps.drivers.operator.form import Field, Task
    from steps.drivers.operator.words import Lang, Pair

__all__ = ["SheetCase", "render_html", "render_markdown"]

BLANK = "＿＿＿＿＿＿＿＿"
BOX = "□"
MANY = 6
"""As many choices as are printed side by side; a longer list gets a blank."""


@dataclass(frozen=True, slots=True)
class SheetCase:
    """One case of the sheet.

    Attributes:
        requirement: id, level and text of the requirement.
        clause: where it stands.
        tasks: what the person does, in order.
        whole: False when more depends on telegrams.
        covered: False when a person alone cannot carry it out.
    """

    id: str
    title: str
    requirement: tuple[str, str, Pair]
    clause: str
    sentences: tuple[str, ...]
    tasks: tuple[Task, ...]
    whole: bool
    covered: bool


def blank_of(field: Field, lang: Lang) -> str:
    """Return what is printed to be filled in: boxes to tick, or a line."""
    if field.choices and len(field.choices) <= MANY and not field.type.startswith("handle"):
        return "　".join(f"{BOX} {pick(words, lang)}" for _, words in field.choices)
    return BLANK


def leaves_of(fields: Sequence[Field], depth: int = 0) -> Iterator[tuple[int, Field, bool]]:
    """Yield (depth, entry, whether it is filled in) of a form, groups above what is in them."""
    for field in fields:
        yield depth, field, not field.fields
        yield from leaves_of(field.fields, depth + 1)


def outcomes_of(task: Task, lang: Lang) -> str:
    """Return the boxes for how a request came out; leaving out is no outcome on paper."""
    names = [name for name in task.outcomes if name != "skip"]
    return "　".join(f"{BOX} {pick(OUTCOMES[name], lang)}" for name in names)


def render_html(cases: Sequence[SheetCase], head: Mapping[str, object], lang: Lang) -> str:
    """Return the sheet as one HTML file for screen and print."""
    return str(
        _template().render(
            cases=cases,
            head=head,
            lang=lang,
            say=lambda key, **values: say(key, lang, **values),
            pick=lambda pair: pick(pair, lang),
            blank=lambda field: blank_of(field, lang),
            leaves=leaves_of,
            outcomes=lambda task: outcomes_of(task, lang),
            line=BLANK,
        )
    )


def render_markdown(cases: Sequence[SheetCase], head: Mapping[str, object], lang: Lang) -> str:
    """Return the sheet as Markdown."""
    lines = [f"# {say('sheet', lang)}", "", say("sheet_head", lang, **head), ""]
    lines += [say("sheet_note", lang), ""]
    for case in cases:
        lines += _case(case, lang)
    return "\n".join(lines)


def _case(case: SheetCase, lang: Lang) -> Iterator[str]:
    name, level, text = case.requirement
    yield f"## {case.id} {case.title}"
    yield ""
    yield f"* {say('requirement', lang)}: {name} ({level}) {pick(text, lang)}"
    yield f"* {say('clause', lang)}: {case.clause}"
    yield ""
    yield from (f"> {sentence}  " for sentence in case.sentences)
    yield ""
    for number, task in enumerate(case.tasks, start=1):
        yield f"{number}. **{pick(task.title, lang)}** {pick(task.text, lang)}"
        for given in task.given:
            label, told = pick(given.label, lang), pick(given.text, lang)
            yield f"{'  ' * given.depth}   * {label}: {told}".rstrip()
        for depth, field, filled in leaves_of(task.fields):
            blank = blank_of(field, lang) if filled else ""
            yield f"{'  ' * depth}   * {BOX} {pick(field.label, lang)}: {blank}".rstrip()
        yield f"   * {say('outcome', lang)}: {outcomes_of(task, lang)}"
    yield from (f"{note}" for note in notes_of(case, lang))
    yield ""


def notes_of(case: SheetCase, lang: Lang) -> list[str]:
    """Return what is to be said behind the steps."""
    keys = []
    if not case.tasks and case.covered and case.whole:
        keys.append("nothing_to_do")
    keys += [] if case.whole else ["not_whole"]
    keys += [] if case.covered else ["not_covered"]
    return [say(key, lang) for key in keys]


@cache
def _template() -> Any:
    environment = environment_of(Path(__file__).parent)
    environment.globals["notes"] = notes_of
    return environment.get_template("sheet.html.j2")
