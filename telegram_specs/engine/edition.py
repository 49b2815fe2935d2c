"""Editions of a layout: which entries of a spec belong to the edition of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_specs.engine.document import Map
from telegram_specs.engine.library import complain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from telegram_specs.engine.model import FieldModel

__all__ = ["check_span", "in_force", "pruned"]


def in_force(entry: Mapping[str, str], edition: str) -> bool:
    """Tell whether an entry of the YAML belongs to an edition, as its bounds do themselves.

    >>> in_force({"since": "2025"}, "2024.12"), in_force({"until": "1.2"}, "1.10")
    (False, False)
    >>> in_force({"since": "1.9", "until": "1.10"}, "1.10"), in_force({}, "draft")
    (True, True)
    """
    since, until = entry.get("since"), entry.get("until")
    if since is not None and _order(edition) < _order(since):
        return False
    return until is None or _order(edition) <= _order(until)


def pruned(entries: Iterable[Map], edition: str) -> Iterator[Map]:
    """Yield the entries that belong to an edition, repetitions with those of their own."""
    for entry in entries:
        if not in_force(entry, edition):
            continue
        if "repeat" in entry:
            fields = list(pruned(entry["repeat"]["fields"], edition))
            entry = Map(entry | {"repeat": entry["repeat"] | {"fields": fields}})  # noqa: PLW2901
        yield entry


def check_span(model: FieldModel, tree: Map, edition: str) -> None:
    """Refuse bounds that no edition is between, or that the profile's edition cannot be held to."""
    bounds = {key: getattr(model, key) for key in ("since", "until")}
    given = [key for key, value in bounds.items() if value is not None]
    if given and not _order(edition):
        expected = "an `edition` of the profile such as 2025 or 1.2"
        raise complain(tree, given[:1], "editions without order", expected, f"`{edition}`")
    if len(given) == len(bounds) and _order(bounds["until"]) < _order(bounds["since"]):
        expected = f"`{bounds['since']}` or a later one"
        raise complain(tree, ["until"], "no edition between", expected, f"`{bounds['until']}`")


def _order(edition: str) -> tuple[int, ...]:
    """Return the numbers of an edition, most significant first; none where it is not of numbers."""
    parts = edition.replace("-", ".").split(".")
    return tuple(map(int, parts)) if all(map(str.isdecimal, parts)) else ()
