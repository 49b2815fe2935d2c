"""What a person is asked: an instruction with its values, and the form for the answer.

Everything comes from the entries of the catalogue; nothing of it is written down a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from steps.drivers.operator.words import OUTCOMES, UNTIL, VERBS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from steps.catalogue import Argument, Entry
    from steps.drivers.operator.lexicon import Lexicon
    from steps.drivers.operator.words import Pair

__all__ = ["CaseNote", "Field", "Given", "Task", "fields_of", "given_of", "task_of"]

Choice = tuple[str, "Pair"]


@dataclass(frozen=True, slots=True)
class CaseNote:
    """The case that a request belongs to; ``done`` of ``total`` cases had ended before it."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """One value that the person enters or looks for; ``depth`` tells what belongs together.

    ``path`` and ``value`` are for programs that sit at the page; a group has no value.
    """

    label: Pair
    path: str
    value: Any = None
    text: Pair = ("", "")
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the form.

    Attributes:
        path: its place in the answer, such as ``data.removal.planned_date``.
        type: a type of the catalogue.
        choices: values to choose from, with their words.
        check: name of the check digit, None without one.
        fields: the entries of a group, or of one row of a list.
    """

    path: str
    type: str
    label: Pair
    size: int | None = None
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    check: str | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One request as a person sees it.

    Attributes:
        number: counts the requests of a session from 1.
        title: what kind of request it is.
        text: the instruction.
        given: the values that go with it.
        fields: what is asked for when it was done.
        outcomes: the answers that are possible.
        gives: True when a record comes of it.
        alerts: the codes to choose from.
    """

    number: int
    verb: str
    name: str
    title: Pair
    text: Pair
    given: tuple[Given, ...] = ()
    fields: tuple[Field, ...] = ()
    outcomes: tuple[str, ...] = tuple(OUTCOMES)
    gives: bool = False
    alerts: tuple[Choice, ...] = ()
    case: CaseNote | None = field(default=None, compare=False)


def task_of(
    number: int,
    verb: str,
    entry: Entry,
    args: Mapping[str, Any],
    *,
    lexicon: Lexicon,
    records: Mapping[str, Pair],
    case: CaseNote | None = None,
) -> Task:
    """Return the request for an entry of the catalogue.

    ``records`` are the names of the records known so far, with the words for them.
    """
    named = {argument.id for argument in entry.args}
    asked = tuple(d for d in entry.data if not (d.type.startswith("handle") and d.id in named))
    acts = verb == "trigger"
    outcomes = OUTCOMES if acts else [name for name in OUTCOMES if name != "rejected"]
    return Task(
        number=number,
        verb=verb,
        name=entry.id,
        title=VERBS[verb],
        text=(entry.ja.strip(), entry.en.strip()),
        given=tuple(given_of(entry.args, args, lexicon, records)),
        fields=tuple(fields_of(asked, lexicon, records)),
        outcomes=tuple(outcomes),
        gives=bool(entry.gives),
        alerts=tuple(lexicon.alerts.items()) if acts else (),
        case=case,
    )


# -- the values that are given -----------------------------------------------------------------


def given_of(
    arguments: Sequence[Argument],
    values: Mapping[str, Any],
    lexicon: Lexicon,
    records: Mapping[str, Pair],
) -> Iterator[Given]:
    """Yield the values of a request, in the order of the catalogue, groups below their label."""
    known = {argument.id: argument for argument in arguments}
    for name in [*(key for key in known if key in values), *(k for k in values if k not in known)]:
        value, argument = values[name], known.get(name)
        label = (argument.ja, argument.en) if argument else (lexicon.labels.get(name, name), name)
        inner = argument.items if argument else ()
        if isinstance(value, dict):
            yield Given(label, name)
            yield from _below(name, given_of(inner, value, lexicon, records))
        elif isinstance(value, (list, tuple)) and any(isinstance(row, dict) for row in value):
            for number, row in enumerate(value):
                ja, en = (text.format(number=number + 1) for text in WORDS["row"])
                place = f"{name}.{number}"
                yield Given((f"{label[0]} {ja}", f"{label[1]}, {en}"), place)
                yield from _below(place, given_of(inner, row, lexicon, records))
        else:
            yield Given(label, name, value, _told(argument, value, lexicon, records))


def _below(place: str, rows: Iterable[Given]) -> Iterator[Given]:
    for row in rows:
        yield replace(row, path=f"{place}.{row.path}", depth=row.depth + 1)


def _told(
    argument: Argument | None, value: Any, lexicon: Lexicon, records: Mapping[str, Pair]
) -> Pair:
    """Return the words for a value."""
    if isinstance(value, (list, tuple)):
        parts = [_told(argument, item, lexicon, records) for item in value]
        return ("、".join(ja for ja, _ in parts), ", ".join(en for _, en in parts))
    if isinstance(value, bool):
        return WORDS["yes" if value else "no"]
    text = str(value)
    if argument and argument.type in {"handle", "handles"}:
        return records.get(text, (text, text))
    if argument and argument.type == "code":
        return lexicon.value(argument, text)
    if argument and argument.type == "until":
        return UNTIL.get(text, (text, text))
    return (text, text)


# -- what is asked for -------------------------------------------------------------------------


def fields_of(
    arguments: Sequence[Argument],
    lexicon: Lexicon,
    records: Mapping[str, Pair],
    above: str = "data",
) -> Iterator[Field]:
    """Yield the entries of a form; ``above`` is the path of what they belong to."""
    for argument in arguments:
        path = f"{above}.{argument.id}"
        made = Field(
            path=path,
            type=argument.type,
            label=(argument.ja, argument.en),
            size=argument.size,
            optional=argument.optional,
            check=lexicon.checks.get(argument.id) if argument.type == "digits" else None,
        )
        if argument.type in {"items", "list"}:
            inner = "#" if argument.type == "list" else ""
            place = f"{path}.{inner}" if inner else path
            rows = tuple(fields_of(argument.items, lexicon, records, place))
            made = replace(made, fields=rows)
        elif argument.type in {"handle", "handles"}:
            made = replace(made, choices=tuple(records.items()))
        elif argument.type == "flag":
            made = replace(made, choices=tuple((key, WORDS[key]) for key in ("yes", "no")))
        elif argument.type == "code":
            words = ((value, lexicon.value(argument, value)) for value in argument.values)
            made = replace(made, choices=tuple(words))
        yield made
