"""Records decoded once more from their bytes, as if nothing but these had been kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from steps.evidence import faults_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.transcript import Record
    from telegram_specs import Profile

__all__ = ["RecordError", "decode_again"]

DECODED = ("telegram", "label", "values", "faults", "fields")
FRAME = "frame"


class RecordError(ValueError):
    """What a record says of its bytes is not what they say."""


def decode_again(records: Iterable[Record], profile: Profile) -> tuple[Record, ...]:
    """Return the records with what their bytes say now. Raises RecordError where it differs.

    Where a stream was cut into telegrams cannot be seen in one of them: that bytes could not be
    framed is believed, and so are the ends of a hop, its time and the planned fault.
    """
    return tuple(_again(record, profile) for record in records)


def _again(record: Record, profile: Profile) -> Record:
    known = _telegram_of(record, profile)
    if known != record.telegram:
        raise RecordError(
            f"record {record.seq}: telegram. expected {known or 'none'} by its bytes, "
            f"got {record.telegram or 'none'}"
        )
    spec = profile.specs[known] if known else None
    decoded = spec.decode(record.raw) if spec else None
    again = replace(
        record,
        label=spec.label if spec else None,
        values=dict(decoded.values) if decoded else None,
        faults=faults_of(decoded, record.raw, _problem(record)),
        fields=fields_of(spec, record.raw),
    )
    told, found = record.to_json(), again.to_json()
    for member in DECODED:
        if told[member] != found[member]:
            raise RecordError(
                f"record {record.seq}: {member}. expected what its bytes say, got something else"
            )
    return again


def _telegram_of(record: Record, profile: Profile) -> str | None:
    """Return the telegram that the bytes of a record are, as far as they tell by themselves.

    What the plan has bent keeps the name of what it was; so does an answer on HTTP, which is
    named by its request; and bytes that could not be framed are none.
    """
    if record.fault or _problem(record) or (record.http and record.http.status is not None):
        return record.telegram if record.telegram in {*profile.specs, None} else None
    if record.http is None:
        spec = profile.identify(record.raw)
    else:
        spec = profile.identify_http(record.http.method, record.http.target)
    return spec.id if spec else None


def _problem(record: Record) -> str | None:
    """Return why bytes could not be framed, None where they could."""
    first = record.faults[0] if record.faults else None
    framing = first is not None and first.rule == FRAME and first.text == first.actual
    return first.text if first and framing else None
