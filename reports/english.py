"""Findings and reasons in English: the judge speaks Japanese, and its phrases are looked up here.

A hole such as ``{label}`` stands for a text that is put into English itself: a phrase, a code, the
name of a telegram or an item. Names of people and what a system shows stay as they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reports.alike import TAG
from reports.parts_en import PARTS
from reports.phrases_en import PHRASES
from telegram_specs.engine.phrases import PARTS as FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_HOLE = re.compile(r"\{(\w+)\}")
_HOLES = {
    "count": r"[0-9]+",
    "more": r"[0-9]+",
    "number": r"[0-9]+",
    "code": r"[0-9]+",
    "status": r"[0-9]+",
    "requirement": r"[A-Z]+-[0-9]+",
    "result": r"[0-9A-Z ]+",
}
"""What a hole of a name may hold; any other one as little as possible."""
FREE = frozenset({"person", "other", "label", "after", "text", "event", "note", "why", "value"})
"""Holes that may hold what has no English."""
WRONG = {japanese: english for english, japanese in FAULTS.items() if "{" not in english}
"""What the engine calls wrong, which stands in notes on findings."""
_BETWEEN = {"; ": "; ", "、": ", ", " / ": " / "}
"""What stands between several phrases in one text."""


def in_english(text: str, names: Mapping[str, str] | None = None) -> str | None:
    """Return a text of the judge in English; None where it is none of its phrases.

    ``names`` has the English names of telegrams and items by their Japanese ones.

    >>> in_english("「本人確認情報」は送信されない", {"本人確認情報": "identity notice"})
    'no "identity notice" is sent'
    """
    if not JAPANESE.search(text):
        return text
    names = names or {}
    tagged = TAG.search(text)
    if tagged and tagged.end() == len(text):
        told = in_english(text[: tagged.start()], names)
        return told and told + tagged[0]
    return _known(text, names) or _phrase(text, names) or _several(text, names)


def _known(text: str, names: Mapping[str, str]) -> str | None:
    for table in (PHRASES, PARTS, names, WRONG):
        if text in table:
            return table[text]
    return None


def _phrase(text: str, names: Mapping[str, str]) -> str | None:
    for pattern, english in _patterns():
        found = pattern.fullmatch(text)
        told = _filled(found.groupdict(), english, names) if found else None
        if told is not None:
            return english.format(**told)
    return None


def _filled(
    holes: Mapping[str, str], english: str, names: Mapping[str, str]
) -> dict[str, str] | None:
    """Return what stands in the holes of an English phrase; None where it has no English."""
    told: dict[str, str] = {}
    for name in _HOLE.findall(english):
        text = in_english(holes[name], names)
        if text is None and name not in FREE:
            return None
        told[name] = text or holes[name]
    return told


def _several(text: str, names: Mapping[str, str]) -> str | None:
    """Return several phrases in one text, each of which is known."""
    for between, english in _BETWEEN.items():
        parts = text.split(between)
        told = [in_english(part, names) for part in parts] if len(parts) > 1 else []
        if told and all(told):
            return english.join(filter(None, told))
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the phrases with holes, those that say most first."""
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], str]]:
    said = sorted(PHRASES, key=lambda japanese: -len(_HOLE.sub("", japanese)))
    for japanese in said:
        english = PHRASES[japanese]
        parts = _HOLE.split(japanese)
        names, texts = parts[1::2], [re.escape(part) for part in parts[::2]]
        quoted = ["[^「」]+" if part.endswith("「") else ".+?" for part in texts]
        holes = [
            f"(?P<{name}>{_HOLES.get(name, free)})"
            for name, free in zip(names, quoted, strict=False)
        ]
        if holes:
            whole = "".join(a + b for a, b in zip(texts, [*holes, ""], strict=True))
            yield re.compile(whole, re.DOTALL), english
