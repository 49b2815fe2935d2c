"""A text in both languages of a report: what it is, filled, named, picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reports.english import in_english
from telegram_specs.engine.phrases import in_japanese

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["ja", "en"]
Pair = tuple[str, str]

LANGS: tuple[Lang, ...] = ("ja", "en")


def fill(pair: Pair, **values: object) -> Pair:
    """Return a text of a table with its places filled, in both languages."""
    ja, en = pair
    return ja.format(**values), en.format(**values)


def phrase(text: str, names: Mapping[str, str] | None = None) -> Pair:
    """Return a text of a finding, fault or reason in both languages, as far as it is known.

    The engine speaks English, the judge Japanese; ``names`` has the English names of what the
    judge talks about.
    """
    japanese = in_japanese(text)
    return (japanese, text) if japanese else (text, in_english(text, names) or text)


def pick(pair: Pair, lang: Lang) -> str:
    """Return one of the two languages."""
    return pair[LANGS.index(lang)]


def name(table: Mapping[str, Pair], key: str) -> Pair:
    """Return the name of a thing, its id where the table does not know it."""
    return table.get(key, (key, key))
