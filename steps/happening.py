"""What can happen to a person in a scenario: sentence word, action, event and arguments as data.

A concept's module enters its happenings into the table; the sentences of `sentences/event.py`
are the same for all of them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.residents import Person
    from steps.scene import Scene

__all__ = [
    "HAPPENINGS",
    "Happening",
    "constant",
    "day_of",
    "happen",
    "happening",
    "happening_named",
]

Arguments: TypeAlias = "Callable[[Scene, Person], dict[str, Any]]"
DAY = re.compile("([0-9]+)日(前|後)")


@dataclass(frozen=True, slots=True)
class Happening:
    """One kind of event as sentences name it.

    Attributes:
        action: what is triggered at the resident record system.
        event: row of ``features/events`` that says which telegrams follow.
        arguments: gives the arguments of the action beside the handle, and notes in the person's
            facts what is reported.
        enters: True when the person comes onto the register, so that there is no handle yet.
    """

    action: str
    event: str
    arguments: Arguments
    enters: bool = False


HAPPENINGS: dict[str, Happening] = {}
"""By the word of the sentences."""


def happening(
    word: str, *, action: str, event: str, enters: bool = False
) -> Callable[[Arguments], Arguments]:
    """Enter a happening under its word; the function gives its arguments."""

    def enter(arguments: Arguments) -> Arguments:
        HAPPENINGS[word] = Happening(action, event, arguments, enters)
        return arguments

    return enter


def constant(word: str, *, action: str, event: str, **arguments: str) -> None:
    """Enter a happening whose arguments are always the same."""
    happening(word, action=action, event=event)(lambda _scene, _person: dict(arguments))


def happening_named(word: str) -> Happening:
    """Return a happening by its word. Raises LookupError that lists what there is."""
    if word not in HAPPENINGS:
        raise LookupError(f"「{word}」 is no happening. expected one of {'、'.join(HAPPENINGS)}")
    return HAPPENINGS[word]


def happen(
    scene: Scene, role: str, word: str, name: str, *, until: str = "final", **dates: str
) -> None:
    """Let something happen to a person, at 仮登録 or 本登録; the answer is kept under `event`."""
    known, person = happening_named(word), scene.people[name]
    scene.stimulate()
    if until == "final" and role == "juki":
        scene.happens(known.event)
    handle = {} if known.enters else {"handle": person.handle}
    args = {**handle, **known.arguments(scene, person), **dates, "until": until}
    person.facts |= dates
    person.facts["event_date"] = str(
        args.get("event_date") or args.get("planned_date") or scene.today().isoformat()
    )
    option = "provisional" if until == "provisional" else None
    reply = scene.act(role, known.action, "event", option=option, **args)
    if until == "provisional" or reply.data.get("state") == "provisional":
        scene.filed[name] = (reply.handle or "", known.event)
    elif reply.handle and (not person.handle or (known.enters and role == "juki")):
        person.handle = reply.handle


def day_of(scene: Scene, words: str) -> str:
    """Return a day by its words: 今日, 3日前, 14日後, 暦にない日, 日が不詳の日.

    Raises LookupError for any other word.
    """
    today = scene.today()
    found = DAY.fullmatch(words)
    if found:
        days = int(found[1]) * (-1 if found[2] == "前" else 1)
        return (today + dt.timedelta(days=days)).isoformat()
    month = (today.replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")
    known = {
        "今日": today.isoformat(),
        "明日": (today + dt.timedelta(days=1)).isoformat(),
        "昨日": (today - dt.timedelta(days=1)).isoformat(),
        "暦にない日": f"{today.year - 1}-02-30",
        "日が不詳の日": f"{month}-00",
    }
    if words not in known:
        raise LookupError(
            f"「{words}」 is no day. expected one of {'、'.join(known)}、N日前、N日後"
        )
    return known[words]
