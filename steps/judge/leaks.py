"""Rules on values that must not appear somewhere: searched by value, not by field.

What no layout describes is searched too: keys that are unknown, telegrams that are none.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from reports.model import Place
from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.rows import rows_of
from steps.judge.values import is_bent, items, place, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.transcript import Record

__all__ = [
    "kept_away",
    "not_taken_over",
    "not_used_again",
    "spent_numbers",
    "telling",
    "token_in_header",
]

HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
READINGS = (
    *(("utf-8", 0), ("raw_unicode_escape", 0), ("cp932", 0)),
    *(("utf-16-be", 0), ("utf-16-be", 1)),
)
"""Encodings of text that no layout describes, each with the byte at which it may begin."""
LARGE_PART = 16
"""A text of this length that stands inside a value is no accident."""
PERSONAL = ("individual_number", "addressee_number")
"""Items that say whose row it is."""
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
    return frozenset(
        text for record in _of_case(evidence) for kind, text in telling(record) if kind in kinds
    )


def _of_case(evidence: Evidence) -> list[Record]:
    """Return the records of the running case, before its window too, in their order."""
    case = evidence.records[-1].case_id if evidence.records else None
    return [*takewhile(lambda r: r.case_id == case, reversed(evidence.records))][::-1]


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


@rule("not_taken_over")
def not_taken_over(evidence: Evidence, *, words: str) -> Result:
    """Judge that nobody's 宛名番号 or 世帯番号 becomes the 団体内統合宛名番号 given to that person.

    A value under items of the resident record system is no leak by itself, as both series may
    meet. It is taken over where the number was notified for the person under another 宛名番号, and
    the system had shown the value under no such item before.
    """
    records = _of_case(evidence)
    given, told = _numbers_given(records), _first_told(records)
    breaches: list[Breach] = []
    looked: list[int] = []
    for record in records:
        if record.seq <= evidence.start or record.sender not in evidence.parts:
            continue
        for path, row in (("", record.values or {}), *rows_of(record)):
            texts = [str(row.get(item, "")) for item in PERSONAL]
            since = dict(given[text] for text in texts if text in given)
            if any(seq < record.seq for seq in since.values()):
                looked.append(record.seq)
            breaches += [
                breach_at(record, f"{path}.{item}" if path else item, words, "その値が現れた")
                for item in sorted(OF_JUKI & set(row))
                if since.get(row[item], record.seq) < told.get(row[item], 0)
            ]
    return Result(tuple(breaches), tuple(dict.fromkeys(looked)))


def _numbers_given(records: Sequence[Record]) -> dict[str, tuple[str, int]]:
    """Return (団体内統合宛名番号, record that notified it) by 個人番号 and 宛名番号 of its person.

    The notice names nobody: it is that of the one person asked for since the notice before it.
    """
    given: dict[str, tuple[str, int]] = {}
    asked: set[tuple[str, ...]] = set()
    for record in records:
        if record.answers or not record.on_wire or is_bent(record):
            continue
        if record.telegram == "addressee_request":
            asked.add(tuple(value_of(record, item) for item in PERSONAL))
        elif record.telegram == "integrated_number_notice":
            person = asked.pop() if len(asked) == 1 else ()
            number = value_of(record, "integrated_number")
            for text in filter(None, person):
                given.setdefault(text, (number, record.seq))
            asked.clear()
    return given


def _first_told(records: Sequence[Record]) -> dict[str, int]:
    """Return the record in which the resident record system first showed each of its numbers."""
    told: dict[str, int] = {}
    for record in records:
        for path, text in items(record):
            if path.rpartition(".")[2] in OF_JUKI and record.sender == "juki":
                told.setdefault(text, record.seq)
    return told


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
