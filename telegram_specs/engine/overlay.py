"""What a private profile puts in the place of the open one, and what the scenarios would miss.

They call telegrams and items by label, and give code values of the open profile: a private layout
may move an item and change its size, it may not rename it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.engine.document import Map, Seq, locate, problem
from telegram_specs.engine.edition import in_force
from telegram_specs.engine.selfcheck import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram_specs.engine.profile import Profile

__all__ = ["Overlay", "compare"]

_FRAME = frozenset({"header", "trailer", "framing"})


@dataclass(frozen=True, slots=True)
class Overlay:
    """A private profile beside the open one.

    Attributes:
        replaced, added: ids of the telegrams of private files.
        frame: whether header, end mark or framing are private.
        codes, charsets: ids of the private code lists and tables.
        unspoken: values of open code lists that nothing stands for, by list.
        unchecked: ids of the telegrams that no good vector checks.
        problems: one line with file and line for each thing that the scenarios would miss.
    """

    replaced: tuple[str, ...]
    added: tuple[str, ...]
    frame: bool
    codes: tuple[str, ...]
    charsets: tuple[str, ...]
    unspoken: Mapping[str, tuple[str, ...]]
    unchecked: tuple[str, ...]
    problems: tuple[str, ...]


def compare(base: Profile, private: Profile) -> Overlay:
    """Return what a private profile changes in the open one, ``base``."""
    own = {
        folder: tuple(stem for stem, source in private.files.inside(folder) if source.layer)
        for folder in ("telegrams", "codes", "charsets")
    }
    unspoken = {
        name: tuple(value for value in base.codes[name] if value not in private.codes[name])
        for name in own["codes"]
        if name in base.codes
    }
    sure = checked(private)
    return Overlay(
        replaced=tuple(name for name in own["telegrams"] if name in base.specs),
        added=tuple(name for name in own["telegrams"] if name not in base.specs),
        frame=bool(_FRAME & private.files.profiles[-1].read().keys()),
        codes=own["codes"],
        charsets=own["charsets"],
        unspoken={name: values for name, values in unspoken.items() if values},
        unchecked=tuple(name for name in private.specs if name not in sure),
        problems=tuple(_missed(base, private)),
    )


def _missed(base: Profile, private: Profile) -> Iterator[str]:
    for name, known in base.documents.items():
        tree = private.documents[name]
        if name == "profile.yaml":
            yield from _items(known["header"], tree["header"], tree, ["header"], private.edition)
        elif name.startswith("telegrams/"):
            yield from _label(known["meta"], tree["meta"], tree, ["meta"])
            yield from _items(known["fields"], tree["fields"], tree, ["fields"], private.edition)


def _items(known: Seq, given: Seq, tree: Map, path: list[int | str], edition: str) -> Iterator[str]:
    """Compare the items of one level; constants are a layout's own business.

    ``edition`` is that of the private profile; the open one has all its items in every edition.
    """
    places = {
        entry["id"]: place
        for place, entry in enumerate(given)
        if "id" in entry and in_force(entry, edition)
    }
    for item in known:
        if "use" in item or "const" in item:
            continue
        place = places.get(item["id"])
        if place is None:
            expected = f"`{item['id']}`, as in the open layout"
            yield problem(*locate(tree, path), "item missing", expected, "none")
            continue
        entry, below = given[place], [*path, place]
        yield from _label(item, entry, tree, below)
        if "repeat" in item and "repeat" in entry:
            inside = [*below, "repeat", "fields"]
            fields = item["repeat"]["fields"], entry["repeat"]["fields"]
            yield from _items(*fields, tree, inside, edition)


def _label(known: Map, given: Map, tree: Map, path: list[int | str]) -> Iterator[str]:
    if known["label"] != given["label"]:
        expected, actual = f"`{known['label']}`, as the scenarios call it", f"`{given['label']}`"
        yield problem(*locate(tree, [*path, "label"]), "other label", expected, actual)
