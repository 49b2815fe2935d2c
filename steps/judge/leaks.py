"""Rules on values that must not appear somewhere: searched by value, not by field.

What no layout describes is searched too: keys that are unknown, telegrams that are none.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.values import is_bent, items, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.transcript import Record

__all__ = ["kept_away", "not_used_again", "spent_numbers", "telling", "token_in_header"]

HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
READINGS = (
    *(("utf-8", 0), ("raw_unicode_escape", 0), ("cp932", 0)),
    *(("utf-16-be", 0), ("utf-16-be", 1)),
)
"""Encodings of text that no layout describes, each with the byte at which it may begin."""
LARGE_PART = 16
"""A text of this length that stands inside a value is no accident."""
SHORTEST = 8
"""Texts below this length may occur by chance and are not searched for."""


def shows(text: str, secret: frozenset[str]) -> bool:
    """Tell whether a text shows one of the values, in full width or in large part, too."""
    plain = text.translate(HALF_WIDTH)
    part = len(plain) >= LARGE_PART
    return any(value in plain or (part and plain in value) for value in secret)


OF_JUKI = frozenset({"addressee_number", "household_number"})
"""Items that come from the resident record system: what others send repeats them at best."""


def made_by(record: Record, path: str) -> bool:
    """Tell whether a record is where values of this kind come from, and not an echo of one."""
    return path.rpartition(".")[2] not in OF_JUKI or record.sender == "juki"


def seen_values(evidence: Evidence, kinds: Sequence[str]) -> frozenset[str]:
    """Return every text seen in the case, before its window too, under items of these names.

    Whoever has gathered them already says so by the fact ``seen``: item to texts.
    """
    gathered = evidence.facts.get("seen")
    if gathered is not None:
        return frozenset(text for kind in kinds for text in gathered.get(kind, ()))
    case = evidence.records[-1].case_id if evidence.records else None
    return frozenset(
        text
        for record in takewhile(lambda r: r.case_id == case, reversed(evidence.records))
        for kind, text in telling(record)
        if kind in kinds
    )


def telling(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (item, text) of all that a record shows and that may be searched for elsewhere."""
    if is_bent(record):
        return
    for path, text in items(record):
        if len(text) >= SHORTEST and made_by(record, path):
            yield path.rpartition(".")[2], text


@rule("kept_away")
def kept_away(
    evidence: Evidence,
    *,
    kinds: Sequence[str],
    words: str,
    items_allowed: Sequence[str] = (),
    receivers: Sequence[str] = (),
    telegrams: Sequence[str] = (),
    other_kinds: Sequence[str] = (),
    but: Sequence[str] = (),
) -> Result:
    """Judge that values of these kinds stay out of what the system under test sends.

    ``items_allowed`` are the items made for them; ``receivers`` and ``telegrams`` narrow what is
    looked at, ``but`` leaves telegrams out; values that are of one of ``other_kinds`` too are no
    proof and are left out.
    """
    known = frozenset(text for kind in kinds for text in evidence.facts.get(kind, ()))
    secret = known | (seen_values(evidence, kinds) - seen_values(evidence, other_kinds))
    if not secret:
        return Result(unclear="現れてはならない値がまだない")
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.records[evidence.start :]:
        if record.sender not in evidence.parts or not record.on_wire:
            continue
        if (receivers and record.receiver not in receivers) or (
            telegrams and record.telegram not in telegrams
        ):
            continue
        if record.telegram in but:
            continue
        looked.append(record.seq)
        for path, text in items(record):
            if path.rpartition(".")[2] in items_allowed:
                continue
            if shows(text, secret):
                breaches.append(breach_at(record, path, words, "その値が現れた"))
        if any(shows(text, secret) for text in undescribed(record)):
            actual = "定めのない箇所にその値が現れた"
            breaches.append(Breach(words, actual, record.sender, record.seq, place(record)))
        breaches += _in_envelope(record, secret, words)
    return Result(tuple(breaches), tuple(looked), closed=bool(looked))


def undescribed(record: Record) -> list[str]:
    """Return what the bytes of a record may say besides its items, in every reading."""
    known = {path for path, _ in items(record)}
    rest = bytearray(record.raw)
    for field in record.fields:
        if field.field in known:
            rest[field.offset : field.offset + field.length] = bytes(field.length)
    return [rest[start:].decode(encoding, "replace") for encoding, start in READINGS]


def _in_envelope(record: Record, secret: frozenset[str], words: str) -> list[Breach]:
    """Search the target and headers of an HTTP message, where no layout looks."""
    if record.http is None:
        return []
    texts = {"target": record.http.target, **record.http.headers}
    telegram = record.telegram or "unknown"
    return [
        Breach(words, f"{name}にその値が現れた", record.sender, record.seq, Place(telegram, name))
        for name, text in texts.items()
        if shows(text, secret)
    ]


def spent_numbers(records: Iterable[Record]) -> dict[str, int]:
    """Return the 取得番号 whose purpose is fulfilled, each with the record that fulfilled it."""
    spent: dict[str, int] = {}
    for record in records:
        number = str((record.values or {}).get("acquisition_number", ""))
        if record.telegram == "linkage_code_notice" and number:
            spent.setdefault(number, record.seq)
    return spent


@rule("not_used_again")
def not_used_again(
    evidence: Evidence, *, item: str, done: str, fulfilled_by: str, words: str
) -> Result:
    """Judge that values whose purpose is fulfilled do not appear in later telegrams.

    ``done`` names the fact that lists them, each with the record that fulfilled it;
    ``fulfilled_by`` is the telegram that did, and that may be sent again.
    """
    spent = dict(evidence.facts.get(done, ()))
    if not spent:
        return Result(unclear="役目を終えた値がまだない")
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.records[evidence.start :]:
        if record.sender not in evidence.parts or not record.on_wire or record.answers:
            continue
        looked.append(record.seq)
        breaches += [
            breach_at(record, path, words, f"役目を終えた値が現れた ({item})")
            for path, text in items(record)
            if record.seq > spent.get(text, record.seq) and record.telegram != fulfilled_by
        ]
    return Result(tuple(breaches), tuple(looked), closed=bool(looked))


@rule("token_in_header")
def token_in_header(evidence: Evidence, *, telegram: str, words: str) -> Result:
    """Judge that an access token travels in the Authorization header and nowhere else."""
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in evidence.telegrams(telegram):
        if record.http is None or record.sender not in evidence.parts:
            continue
        looked.append(record.seq)
        headers = {name.lower(): text for name, text in record.http.headers.items()}
        where = Place(telegram, "Authorization")
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            breaches.append(
                Breach(words, "Authorizationヘッダにない", record.sender, record.seq, where)
            )
        elsewhere = "token" in record.http.target.partition("?")[2]
        if elsewhere or (token and token.encode() in record.raw):
            breaches.append(
                Breach(
                    words, "他の場所にもある", record.sender, record.seq, Place(telegram, "target")
                )
            )
    if not looked:
        return Result(unclear="該当する電文がない")
    return Result(tuple(breaches), tuple(looked))
