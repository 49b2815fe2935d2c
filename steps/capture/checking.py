"""The check of a capture from files to outcome, and what its outcome says, ready to be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from steps.capture.hearing import Hearing
from steps.capture.mapping import CaptureMap
from steps.capture.model import TROUBLES, Caught, Trouble
from steps.capture.records import Assembler
from steps.capture.sources import Sources
from telegram_specs import mask, verify
from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from steps.capture.model import Origin
    from steps.capture.outcome import Outcome, Proof
    from steps.register import Register
    from telegram_specs import Profile

__all__ = ["as_json", "check_files", "shown_place"]

DIGITS = re.compile(r"(?<![0-9])(?:[0-9]{11}|[0-9]{12})(?![0-9])")
KINDS = {11: "juminhyo_code", 12: "individual_number"}


def check_files(
    files: Sequence[Path],
    profile: Profile,
    register: Register,
    *,
    known: CaptureMap | None = None,
    roles: Sequence[str] = SUT_ROLES,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Judge what files hold. Raises BadInput, ChainError or OSError for what cannot be read."""
    capture_map = known or CaptureMap()
    assembler, hearing = Assembler(profile, capture_map), Hearing(profile, register, roles)
    for item in Sources(profile, capture_map, progress).items(files):
        made = assembler.take(item) if isinstance(item, Caught) else item
        if isinstance(made, Trouble):
            hearing.trouble(made)
        else:
            hearing.take(made)
    return hearing.close()


def shown_place(origin: Origin) -> str:
    """Return a place as it may be shown: a file name may hold a number of a person.

    >>> from steps.capture.model import Origin
    >>> shown_place(Origin("in/12345678901.bin", 0, 7))
    'in/12345678901.bin @ 7'
    >>> shown_place(Origin("in/11111111113.bin", 3, 7))
    'in/***********.bin:3 @ 7'
    """
    return DIGITS.sub(_masked, str(origin))


def _masked(found: re.Match[str]) -> str:
    text = found[0]
    return mask(text) if verify(KINDS[len(text)], text) else text


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON-like data, masked."""
    return {
        "roles": list(outcome.roles),
        "telegrams": dict(sorted(outcome.telegrams.items())),
        "requirements": [
            {
                "id": one.id,
                "level": one.level,
                "rank": one.rank,
                "roles": list(one.roles),
                "state": outcome.state(one.id),
                "judgeable": one.id in outcome.judgeable,
                "observed": outcome.tallies[one.id].observed if one.id in outcome.tallies else 0,
                "violated": outcome.tallies[one.id].violated if one.id in outcome.tallies else 0,
                "evidence": [
                    _proof(proof)
                    for proof in (
                        outcome.tallies[one.id].proofs if one.id in outcome.tallies else ()
                    )
                ],
            }
            for one in outcome.requirements
        ],
        "troubles": [
            {
                "kind": kind,
                "count": outcome.troubles[kind],
                "places": [
                    {"place": shown_place(one.origin), "text": one.text, "bytes": one.bytes}
                    for one in outcome.places[kind]
                ],
            }
            for kind in TROUBLES
            if outcome.troubles[kind]
        ],
        "exit_code": outcome.exit_code,
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "place": shown_place(proof.origin),
        "number": proof.origin.number,
        "offset": proof.origin.offset,
        "time_ms": proof.origin.time_ms,
        "record": proof.record,
        "sender": proof.sender,
        "telegram": proof.telegram,
        "label": proof.label,
        "field": proof.field,
        "field_label": proof.field_label,
        "byte": proof.offset,
        "length": proof.length,
        "expected": proof.expected,
        "actual": proof.actual,
        "note": proof.note,
    }
