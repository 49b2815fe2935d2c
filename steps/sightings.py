"""What the records of a scenario tell of its people: pure readings of what has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.judge.selection import belongs_to
from steps.judge.values import is_bent, items, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.transcript import Record

__all__ = [
    "IDENTIFYING",
    "all_numbers_and_codes",
    "grow",
    "integrated_number",
    "last_text",
    "texts_about",
]

IDENTIFYING = frozenset(
    {
        "juminhyo_code",
        "individual_number",
        "addressee_number",
        "integrated_number",
        "acquisition_number",
    }
)
"""Items by which one telegram about a person leads to the others."""


def grow(records: Sequence[Record], known: set[str]) -> set[str]:
    """Add to the texts that a person is known by those to which its telegrams lead."""
    grown = True
    while grown:
        grown = False
        for record in records:
            if is_bent(record) or not belongs_to(record, known):
                continue
            # What stands in a list is about several people, who are not one another.
            fresh = {text for path, text in items(record) if path in IDENTIFYING and text}
            if not fresh <= known:
                known |= fresh
                grown = True
    return known


def texts_about(records: Sequence[Record], known: set[str], telegram: str, item: str) -> list[str]:
    """Return the texts of an item in the telegrams about a person, in their order."""
    found = (
        value_of(record, item)
        for record in records
        if record.telegram == telegram and not is_bent(record) and belongs_to(record, known)
    )
    return [text for text in dict.fromkeys(found) if text]


def last_text(records: Sequence[Record], telegram: str, item: str) -> str:
    """Return the text of an item in the last telegram of a kind, empty without one."""
    last = next((record for record in reversed(records) if record.telegram == telegram), None)
    return value_of(last, item) if last else ""


def integrated_number(records: Sequence[Record], known: set[str]) -> str | None:
    """Return the number that was notified after a person's addressee request."""
    asked = False
    for record in records:
        if record.telegram == "addressee_request" and belongs_to(record, known):
            asked = True
        if asked and record.telegram == "integrated_number_notice" and record.values:
            return str(record.values["integrated_number"])
    return None


def all_numbers_and_codes(records: Sequence[Record]) -> list[str]:
    """Return every individual number and juminhyo code that was seen."""
    kinds = {"individual_number", "juminhyo_code"}
    return sorted(
        {
            text
            for record in records
            for path, text in items(record)
            if path.rpartition(".")[2] in kinds and text
        }
    )
