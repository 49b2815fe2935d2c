"""``denbun specs``: list, show and check the telegram specs of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import HARNESS, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram_specs import Field, TelegramSpec

__all__ = ["found", "lint", "list_", "schema", "show"]

PROBLEMS = 1


def list_(*, json: options.Json = False, profile: options.Profile = None) -> int:
    """List the telegrams."""
    from telegram_specs import load_profile

    rows = [_facts(spec) for spec in load_profile(profile).specs.values()]
    if json:
        console.say_json(rows)
        return 0
    heads = ("id", "label", "form", "wire_id", "from", "to", "answer", "status")
    console.say(console.table(heads, [[_cell(row[head]) for head in heads] for row in rows]))
    return 0


def _facts(spec: TelegramSpec) -> dict[str, Any]:
    return {
        "id": spec.id,
        "label": spec.label,
        "form": spec.form,
        "wire_id": spec.wire_id,
        "links": spec.links,
        "from": spec.sender,
        "to": spec.receiver,
        "http": spec.http._asdict() if spec.http else None,
        "answer": spec.answer,
        "status": spec.status,
        "ref": spec.ref,
    }


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else value or "-"


def show(
    *,
    spec: Annotated[str, typer.Argument(metavar="ID", help="The telegram.")],
    profile: options.Profile = None,
) -> int:
    """Show the fields of one telegram."""
    from telegram_specs import load_profile
    from telegram_specs.engine.fields import leaves

    known = load_profile(profile).spec(spec)
    for name, value in _facts(known).items():
        text = " ".join(value.values()) if isinstance(value, dict) else _cell(value)
        console.say(f"{name}: {text}")
    console.say()
    rows = [
        (path, label, field.type, str(field.size), str(field.width), _rules(field), field.ref or "")
        for path, label, field in leaves(known.fields)
    ]
    console.say(console.table(("field", "label", "type", "size", "bytes", "rules", "ref"), rows))
    if meanings := [row for path, _, field in leaves(known.fields) for row in _codes(path, field)]:
        console.say()
        console.say(console.table(("field", "code", "meaning"), meanings))
    return 0


def _codes(path: str, field: Field) -> list[tuple[str, str, str]]:
    """Return what each code of a field stands for, by what stands on the wire."""
    codes = field.codes
    return [(path, codes.wire[value], codes[value]) for value in codes] if codes else []


def _rules(field: Field) -> str:
    facts = {
        "inside": "/".join(field.inside),
        "const": field.const,
        "codes": ",".join(field.codes or ()),
        "check": field.check,
        "when": field.when,
        "since": field.since,
        "until": field.until,
    }
    flags = {"blank": field.blank, "secret": field.secret, "number": field.number}
    rules = [f"{name} {value}" for name, value in facts.items() if value]
    return "; ".join([*rules, *(name for name, is_set in flags.items() if is_set)])


def lint(*, profile: options.Profile = None) -> int:
    """Check a profile: style, vectors, and whether the engine agrees with them."""
    from telegram_specs import lint_profile, load_profile, self_check

    known = load_profile(profile)
    return found(lint_profile(known), self_check(known))


def found(problems: Sequence[str], disagreements: Sequence[str]) -> int:
    """Print what is wrong with a profile, or with the engine; 0 where nothing is."""
    for line in (*problems, *disagreements):
        console.say(line)
    if disagreements:
        return HARNESS
    return PROBLEMS if problems else 0


def schema(
    *,
    kind: Annotated[
        str,
        typer.Argument(help="Kind of file: telegram, codes, charset, profile, good, bad, streams."),
    ] = "telegram",
) -> int:
    """Print the JSON Schema of one kind of file, for editors."""
    from telegram_specs import SCHEMAS, spec_schema

    console.say_json(spec_schema(one_of("schema", "kind of file", kind, SCHEMAS)))
    return 0
