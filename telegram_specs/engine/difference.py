"""What differs between the open profile and a private one, key by key in the words of the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from telegram_specs.engine.edition import pruned
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from telegram_specs.engine.document import Map
    from telegram_specs.engine.profile import Profile

__all__ = ["ABSENT", "Difference", "differences"]

ABSENT = "-"
PROFILE = "profile.yaml"
_PROFILE_KEYS = ("municipality_code", "cs_code", "charset")
_REMARKS = frozenset({"id", "label", "ref", "doc", "status", "repeat", "since", "until"})
"""Keys that change no byte, or are compared below."""


class Difference(NamedTuple):
    """One thing that a private profile has otherwise.

    Attributes:
        file: path inside the profile's folder.
        item: path and label of an item, value and label of a code; empty for the whole file.
        what: the key of the YAML that differs, or ``bytes``, ``position``, ``wire``.
        open, private: what stands there, ``-`` for nothing.
    """

    file: str
    item: str
    what: str
    open: str
    private: str


def differences(base: Profile, private: Profile) -> tuple[Difference, ...]:
    """Return what a private profile has otherwise than ``base``, the open one."""
    return tuple(
        Difference(*row)
        for rows in (_of_profile, _of_charsets, _of_codes, _of_telegrams)
        for row in rows(base, private)
        if row[3] != row[4]
    )


Rows: TypeAlias = "Iterator[tuple[str, str, str, str, str]]"


def _of_profile(base: Profile, private: Profile) -> Rows:
    known, given = base.documents[PROFILE], private.documents[PROFILE]
    for key in _PROFILE_KEYS:
        yield PROFILE, "", key, *_texts(known, given, key)
    for key in dict.fromkeys([*known["framing"], *given["framing"]]):
        yield PROFILE, "framing", key, *_texts(known["framing"], given["framing"], key)
    for part in ("header", "trailer"):
        before, after = pruned(known[part], base.edition), pruned(given[part], private.edition)
        yield from _items(PROFILE, before, after, ordered=True)


def _of_charsets(base: Profile, private: Profile) -> Rows:
    for name, there in _own(base, private, "charsets"):
        yield name, "", "table", there, "private"


def _of_codes(base: Profile, private: Profile) -> Rows:
    for name, there in _own(base, private, "codes"):
        stem = name.removeprefix("codes/").removesuffix(".yaml")
        given = private.codes[stem]
        if there == ABSENT:
            yield name, "", "codes", there, f"{len(given)} values"
            continue
        known = base.codes[stem]
        for value in dict.fromkeys([*known, *given]):
            label = known.get(value) or given[value]
            wires = known.wire.get(value, ABSENT), given.wire.get(value, ABSENT)
            yield name, f"{value} {label}", "wire", *wires


def _of_telegrams(base: Profile, private: Profile) -> Rows:
    for name, there in _own(base, private, "telegrams"):
        stem = name.removeprefix("telegrams/").removesuffix(".yaml")
        given = private.documents[name]
        if there == ABSENT:
            yield name, "", "telegram", there, str(given["meta"]["label"])
            continue
        known = base.documents[name]
        for key in dict.fromkeys([*known["meta"], *given["meta"]]):
            if key not in _REMARKS:
                yield name, "", key, *_texts(known["meta"], given["meta"], key)
        ordered = private.specs[stem].form == "fixed"
        before = pruned(known["fields"], base.edition)
        after = pruned(given["fields"], private.edition)
        yield from _items(name, before, after, ordered=ordered)
        yield from _widths(name, base, private, stem)


def _widths(name: str, base: Profile, private: Profile, stem: str) -> Rows:
    """Yield the bytes of the items of a telegram, those of its header left aside."""
    if private.specs[stem].form != "fixed":
        return
    frame = private.documents[PROFILE]
    shared = {item["id"] for part in ("header", "trailer") for item in frame[part]}
    known = {path: field.width for path, _, field in leaves(base.specs[stem].fields)}
    for path, label, field in leaves(private.specs[stem].fields):
        if path in known and path not in shared:
            yield name, f"{path} {label}", "bytes", str(known[path]), str(field.width)


def _items(
    file: str, known: Iterable[Map], given: Iterable[Map], *, ordered: bool, above: str = ""
) -> Rows:
    """Yield how the items of one level differ; order matters where nothing names them."""
    before, after = _named(known), _named(given)
    for name in dict.fromkeys([*before, *after]):
        there, here = before.get(name), after.get(name)
        some = here or there
        assert some is not None
        item = f"{above}{name} {some[1]['label']}"
        if there is None or here is None:
            yield file, item, "item", _shown(there), _shown(here)
            continue
        if ordered:
            yield file, item, "position", str(there[0]), str(here[0])
        for key in dict.fromkeys([*there[1], *here[1]]):
            if key not in _REMARKS:
                yield file, item, key, *_texts(there[1], here[1], key)
        if "repeat" in there[1] and "repeat" in here[1]:
            inside, within = there[1]["repeat"], here[1]["repeat"]
            for key in ("count", "max"):
                yield file, item, key, *_texts(inside, within, key)
            yield from _items(
                file, inside["fields"], within["fields"], ordered=ordered, above=f"{name}[]."
            )


def _named(items: Iterable[Map]) -> Mapping[str, tuple[int, Map]]:
    """Return position, counted from 1, and tree of each item by its id."""
    own = [item for item in items if "id" in item]
    return {str(item["id"]): (place, item) for place, item in enumerate(own, 1)}


def _shown(found: tuple[int, Map] | None) -> str:
    if found is None:
        return ABSENT
    facts = (found[1].get("type"), found[1].get("size"))
    return " ".join(str(fact) for fact in facts if fact) or "repeat"


def _texts(known: Map, given: Map, key: str) -> tuple[str, str]:
    return _text(known.get(key)), _text(given.get(key))


def _text(value: object) -> str:
    """Return a value of the YAML in one line."""
    if value is None:
        return ABSENT
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return str(value)


def _own(base: Profile, private: Profile, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each private file of a folder, and whether it takes an open one's place."""
    there = {stem for stem, _ in base.files.inside(folder)}
    for stem, source in private.files.inside(folder):
        if source.layer:
            yield f"{folder}/{stem}.yaml", "open" if stem in there else ABSENT
