"""Which records a judgement speaks of: a telegram, of a person, by the role that must send it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.judge.values import items

if TYPE_CHECKING:
    from collections.abc import Collection

    from reports.transcript import Record
    from steps.judge.model import Evidence

__all__ = ["belongs_to", "identifiers", "select"]


def identifiers(evidence: Evidence, person: str) -> frozenset[str]:
    """Return the texts by which a telegram is known to be about a person."""
    known: dict[str, Any] = evidence.facts.get("people", {}).get(person, {})
    return frozenset(known.get("identifiers", ()))


def belongs_to(record: Record, ids: Collection[str]) -> bool:
    """Tell whether any item of a telegram is one of these identifiers."""
    return any(text in ids for _, text in items(record) if text)


def select(
    evidence: Evidence,
    telegram: str,
    person: str | None = None,
    *,
    run: bool = False,
) -> list[Record]:
    """Return the telegrams of one kind in the window, of one person when one is named.

    Args:
        evidence: what was seen.
        telegram: spec id.
        person: name of a person of the scenario.
        run: look at the whole run instead of the window.
    """
    found = list(evidence.telegrams(telegram, run=run))
    if person is None:
        return found
    ids = identifiers(evidence, person)
    return [record for record in found if belongs_to(record, ids)]
