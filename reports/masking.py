"""What a reader may see of a record: every renderer works on these views only.

Three sieves, because a telegram under test may be wrong in any way:

1. by place: the bytes of secret fields, and all bytes that no trusted field accounts for, the
   names of members among them unless they can be nothing else;
2. by name: headers, form values and query values that carry credentials;
3. by value: a number or token that any record of the run holds in a secret field is masked
   wherever else it turns up, in a field of another name or in a sentence of a report; what is
   shorter, such as a birth date, in its own record and the findings that show it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.alike import NONE_ALIKE, Alike, cases_alike
from reports.model import Run
from reports.private import (
    SCHEME,
    SEARCHED,
    SECRET_NAME,
    SHORT_ASCII,
    STAR,
    is_blank,
    leaf_of,
    marked,
    secrets_of,
    without,
    words_of,
)
from reports.scrubber import Scrubber
from telegram_specs.engine.objectreader import SAFE_NAME

if TYPE_CHECKING:
    from reports.model import Case, Finding
    from reports.transcript import Http, Record, RecordFault, RecordField

LAYOUT_RULES = frozenset({"frame", "length", "end_mark"})
"""Faults after which the bytes of a fixed telegram may not lie where its fields say."""

UNMASKED = "unmasked"
"""The mark of a report in which nothing of the telegrams is hidden."""

_WIDE_BYTES = re.compile(rb"(?:\x00[\x21-\x7e]|\xff[\x01-\x5e]){11,}")
_LONG_NUMBER = re.compile(r"[0-9]{10,}")
_PRIVATE_IN_PATH = re.compile(rf"{_LONG_NUMBER.pattern}|(?:%[0-9A-Fa-f]{{2}})+")
"""A number, and what no path of ours is written with: a name, for one."""
_JSON_TOKEN = re.compile(
    rb'(?P<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<text>"(?:[^"\\]|\\.)*"?)'
    rb"|(?P<mark>[\[\]{}:,\s]+|\b(?:true|false|null)\b)"
)
_FORM_PAIR = re.compile(rb"(?:^|&)(?P<name>[^=&]*)=?(?P<value>[^&]*)")


@dataclass(frozen=True, slots=True)
class MaskedRecord:
    """A record as it may be shown.

    `record` has `*` for each hidden byte of `raw`, masked texts and no values; `hidden` holds
    one byte for each byte of `raw`, 1 where it is hidden, so that `*` itself can be told apart.
    """

    record: Record
    hidden: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A run and its records, by `seq`, as they may be shown: all that a renderer gets.

    `alike` has the letters of equal values by case, nothing where nothing is hidden.
    """

    run: Run
    records: Mapping[int, MaskedRecord]
    alike: Mapping[str, Alike] = dataclasses.field(default_factory=dict)


def mask_run(run: Run, records: Iterable[Record]) -> Shown:
    """Return what may be shown of a run."""
    known = {record.seq: marked(record) for record in records}
    scrubber = Scrubber(secret for record in known.values() for secret in secrets_of(record))
    alike = dict(cases_alike(run.cases, known.values(), scrubber.known))
    return Shown(
        Run(
            scrubber.jsonable(run.header),
            tuple(_mask_case(case, known, alike[case.case_id], scrubber) for case in run.cases),
            scrubber.jsonable(run.footer) if run.footer else None,
        ),
        {
            seq: _mask(record, scrubber, alike.get(record.case_id or "", NONE_ALIKE))
            for seq, record in known.items()
        },
        alike,
    )


def unmask_run(
    run: Run, records: Iterable[Record], texts: Mapping[int, tuple[RecordField, ...]]
) -> Shown:
    """Return a run with every byte of its telegrams shown, marked as such.

    ``texts`` holds the fields of each record with the texts that are secret elsewhere. Findings
    and sentences stay as the results have them.
    """
    header = dataclasses.replace(run.header, marks=(*run.header.marks, UNMASKED))
    return Shown(
        dataclasses.replace(run, header=header),
        {
            record.seq: MaskedRecord(
                dataclasses.replace(record, fields=texts[record.seq]), bytes(len(record.raw))
            )
            for record in records
        },
    )


def _mask_case(case: Case, known: Mapping[int, Record], alike: Alike, scrubber: Scrubber) -> Case:
    findings = tuple(
        mask_finding(finding, known.get(finding.evidence or 0), alike) for finding in case.findings
    )
    masked = scrubber.jsonable(dataclasses.replace(case, findings=findings), alike.tag)
    return dataclasses.replace(masked, findings=tuple(map(alike.finding, masked.findings)))


def mask_finding(finding: Finding, record: Record | None, alike: Alike = NONE_ALIKE) -> Finding:
    """Mask the secrets of the record that a finding shows, however short they are."""
    words = words_of(record, SHORT_ASCII) if record else ()
    return dataclasses.replace(
        finding,
        expected=without(finding.expected, words, alike.tag),
        actual=without(finding.actual, words, alike.tag),
        note=None if finding.note is None else without(finding.note, words, alike.tag),
    )


def mask_record(record: Record, *, scrubber: Scrubber | None = None) -> MaskedRecord:
    """Return what may be shown of one record.

    The `scrubber` knows the secrets of other records; those of this one are always masked.
    """
    record = marked(record)
    return _mask(record, scrubber or Scrubber(secrets_of(record)))


def _mask(record: Record, sieve: Scrubber, alike: Alike = NONE_ALIKE) -> MaskedRecord:
    """Mask a record whose secret fields are all marked."""
    own = words_of(record, SHORT_ASCII)
    trusted = _trusted(record)
    hidden = _body_hidden(record, trusted) if record.http else _frame_hidden(record, trusted)
    _hide_known(record.raw, hidden, sieve)
    open_fields = frozenset(field.field for field in trusted if not field.secret)
    masked = dataclasses.replace(
        record,
        raw=bytes(
            ord(STAR) if hide else byte for byte, hide in zip(record.raw, hidden, strict=True)
        ),
        values=None,
        http=_mask_http(record.http, sieve) if record.http else None,
        fields=tuple(_mask_field(field, open_fields, sieve, alike) for field in record.fields),
        faults=tuple(_mask_fault(fault, open_fields, own, sieve) for fault in record.faults),
        fault=None if record.fault is None else sieve.text(record.fault),
        note=None if record.note is None else sieve.text(record.note, alike.tag),
    )
    return MaskedRecord(masked, bytes(hidden))


def mask_values(record: Record) -> Any:
    """Return the decoded values of a record as they may be shown."""
    record = marked(record)
    sieve = Scrubber(secrets_of(record))
    shown = {leaf_of(field.field) for field in record.fields if not field.secret}

    def masked(value: Any, name: str = "") -> Any:
        if isinstance(value, Mapping):
            return {key: masked(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [masked(item, name) for item in value]
        return sieve.text(value) if name in shown else STAR * len(value)

    return masked(record.values)


def _trusted(record: Record) -> tuple[RecordField, ...]:
    """Return the fields that lie where their spec says.

    A JSON body is parsed, so all do. In a fixed telegram of a wrong length a field may hold the
    bytes of its neighbour: fields are trusted up to the first one that is secret or faulty.
    """
    if record.http or not any(fault.rule in LAYOUT_RULES for fault in record.faults):
        return record.fields
    faulty = {fault.field for fault in record.faults if fault.rule not in LAYOUT_RULES}
    trusted: list[RecordField] = []
    for field in record.fields:
        if field.secret or field.field in faulty:
            break
        trusted.append(field)
    return tuple(trusted)


def _frame_hidden(record: Record, trusted: tuple[RecordField, ...]) -> bytearray:
    hidden = bytearray(b"\x01" * len(record.raw))
    _set(hidden, ((field.offset, field.length) for field in trusted if not field.secret), 0)
    _set(hidden, ((field.offset, field.length) for field in record.fields if field.secret), 1)
    empty = (field for field in trusted if field.secret and _is_empty(record, field))
    _set(hidden, ((field.offset, field.length) for field in empty), 0)
    return hidden


def _is_empty(record: Record, field: RecordField) -> bool:
    """Tell whether a field of a frame has no value, so that its bytes tell of nobody."""
    return not field.text and is_blank(record.raw[field.offset : field.offset + field.length])


def _body_hidden(record: Record, trusted: tuple[RecordField, ...]) -> bytearray:
    """Hide values of a JSON or form body that no open field accounts for; keep its structure.

    What has no text is shown nowhere: it is no value of its field, whatever its bytes hold.
    """
    raw = record.raw
    hidden = bytearray(b"\x01" * len(raw))
    known = {part.partition("[")[0] for field in record.fields for part in field.field.split(".")}
    json = raw.lstrip()[:1] in {b"{", b"["}
    _set(hidden, _json_structure(raw, known) if json else _form_structure(record, known), 0)
    told = (field for field in trusted if field.text and not field.secret)
    _set(hidden, ((field.offset, field.length) for field in told), 0)
    for field in record.fields:
        quotes = int(raw[field.offset : field.offset + 1] == b'"' and field.length > 1)
        if field.secret:
            _set(hidden, [(field.offset + quotes, field.length - 2 * quotes)], 1)
    return hidden


def _json_structure(raw: bytes, known: Container[str]) -> Iterator[tuple[int, int]]:
    for match in _JSON_TOKEN.finditer(raw):
        name = match["key"] is not None and _is_name(match["key"][1:-1], known)
        if name or match["mark"] is not None:
            yield match.start(), len(match[0])
        else:
            yield match.start(), 1
            if match[0].endswith(b'"') and len(match[0]) > 1:
                yield match.end() - 1, 1


def _form_structure(record: Record, known: Container[str]) -> Iterator[tuple[int, int]]:
    kind = (record.http.headers if record.http else {}).items()
    if not any(name.lower() == "content-type" and "form" in value for name, value in kind):
        return
    for match in _FORM_PAIR.finditer(record.raw):
        yield match.start(), match.start("name") - match.start()
        yield match.end("name"), match.start("value") - match.end("name")
        if _is_name(match["name"], known):
            yield match.start("name"), len(match["name"])


def _is_name(raw: bytes, known: Container[str]) -> bool:
    """Tell whether the name of a member can be shown: it is one of ours, or holds no value."""
    name = raw.decode("latin-1")
    return name in known or SAFE_NAME.fullmatch(name) is not None


def _set(flags: bytearray, spans: Iterable[tuple[int, int]], flag: int) -> None:
    for offset, length in spans:
        end = min(offset + max(length, 0), len(flags))
        flags[offset:end] = bytes([flag]) * max(end - offset, 0)


def _hide_known(raw: bytes, hidden: bytearray, sieve: Scrubber) -> None:
    """Hide known values in what is still open, half-width and in two bytes a character."""
    text = raw.decode("latin-1")
    for match in SEARCHED.finditer(text):
        _hide_stars(hidden, match.start(), sieve.text(match[0]), match[0], width=1)
    for wide in _WIDE_BYTES.finditer(raw):
        chars = wide[0].decode("utf-16-be")
        _hide_stars(hidden, wide.start(), sieve.text(chars), chars, width=2)


def _hide_stars(hidden: bytearray, start: int, shown: str, plain: str, *, width: int) -> None:
    for index, (after, before) in enumerate(zip(shown, plain, strict=True)):
        if after != before:
            _set(hidden, [(start + index * width, width)], 1)


def _mask_http(http: Http, sieve: Scrubber) -> Http:
    path, mark, query = http.target.partition("?")
    path = _PRIVATE_IN_PATH.sub(lambda match: STAR * len(match[0]), path)
    query = "&".join(map(_mask_pair, query.split("&")))
    headers = {name: _mask_header(name, value) for name, value in http.headers.items()}
    return dataclasses.replace(
        http, target=sieve.text(path + mark + query), headers=sieve.value(headers)
    )


def _mask_pair(pair: str) -> str:
    """Mask the value of a query, and its name where that may be a value."""
    name, sign, value = pair.partition("=")
    return (name if SAFE_NAME.fullmatch(name) else STAR * len(name)) + sign + STAR * len(value)


def _mask_header(name: str, value: str) -> str:
    """Mask credentials, keep the scheme: `Bearer ********`, in a fixed length."""
    if not SECRET_NAME.search(name):
        return _LONG_NUMBER.sub(lambda match: STAR * len(match[0]), value)
    scheme = SCHEME.match(value)
    return (scheme[0] if scheme else "") + STAR * 8


def _mask_field(
    field: RecordField, shown: frozenset[str], sieve: Scrubber, alike: Alike
) -> RecordField:
    text = sieve.text(field.text, alike.tag) if field.field in shown else STAR * len(field.text)
    return dataclasses.replace(field, text=text)


def _mask_fault(
    fault: RecordFault, shown: frozenset[str], own: Iterable[str], sieve: Scrubber
) -> RecordFault:
    quoted = [fault.actual] if _quotes_hidden(fault, shown) else []
    words = [*own, *quoted]
    return dataclasses.replace(
        fault,
        expected=sieve.text(without(fault.expected, words)),
        actual=sieve.text(without(fault.actual, words)),
        text=sieve.text(without(fault.text, words)),
    )


def _quotes_hidden(fault: RecordFault, shown: frozenset[str]) -> bool:
    """Tell whether `actual` repeats the content of a field that is not shown."""
    return fault.field is not None and fault.field not in shown and fault.rule not in LAYOUT_RULES
