"""What is remembered of a whole capture, however long: digests, never values.

The digests are keyed anew for each capture, so that nobody can try numbers against them.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reports.transcript import Record
from steps.judge.captured import Unique, wanted
from steps.judge.content import leaves
from steps.judge.values import body, is_bent, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram_specs import Profile

__all__ = ["Digests", "Serials", "UniqueValues", "slim"]

MOST_REQUESTS = 4096


def slim(record: Record, values: Mapping[str, Any], seq: int | None = None) -> Record:
    """Return what a rule needs of an earlier telegram: who, which, and some of its values."""
    return Record(
        seq=record.seq if seq is None else seq,
        t_ms=record.t_ms,
        link=record.link,
        sender=record.sender,
        receiver=record.receiver,
        way=record.way,
        raw=b"",
        telegram=record.telegram,
        label=record.label,
        values=dict(values),
        answers=record.answers and 0,
    )


class Digests:
    """Digests of texts under a key of this capture."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)

    def __call__(self, *texts: str) -> int:
        """Return the digest of texts."""
        data = "\0".join(texts).encode("utf-8", "surrogatepass")
        return int.from_bytes(blake2b(data, digest_size=8, key=self._key).digest(), "big")


class UniqueValues:
    """Where each value of one kind was first seen, and with what."""

    def __init__(self, unique: Unique, profile: Profile, digest: Digests) -> None:
        self.unique = unique
        self._digest = digest
        codes = wanted(profile, unique.telegram, unique.where) if unique.telegram else {}
        self._where = codes
        self._seen: dict[int, tuple[int, tuple[int, ...]]] = {}

    def about(self, record: Record) -> bool:
        """Tell whether a record may hold such a value."""
        unique = self.unique
        if is_bent(record) or not record.values:
            return False
        if unique.telegram is None:
            return record.link in {"cs_link", "cs_link_b"} and record.telegram is not None
        if record.telegram != unique.telegram:
            return False
        return all(value_of(record, item) in codes for item, codes in self._where.items())

    def look(self, record: Record, asked: str) -> tuple[int, bool, list[Record]]:
        """Take the values of a record.

        Returns how many there are, whether one of them is there for two things, and the earlier
        records, in short, that had it. ``asked`` is what the record answers, as text.
        """
        unique, count, twice = self.unique, 0, False
        earlier: list[Record] = []
        others = tuple(self._digest(text) for text in self._others(record, asked))
        here: set[str] = set()
        for _, text in leaves(record, unique.item):
            if not text or (asked and text in asked):
                continue  # what the request names is not new
            count += 1
            within = value_of(record, unique.within) if unique.within else ""
            key = self._digest(record.case_id or "", within, text)
            first, then = self._seen.setdefault(key, (record.seq, others))
            again = any(a == b for a, b in zip(then, others, strict=True))
            if text in here:
                twice = True
            elif first != record.seq and not again:
                twice = True
                earlier.append(slim(record, {unique.item: text}, first))
            here.add(text)
        return count, twice, earlier

    def _others(self, record: Record, asked: str) -> Iterator[str]:
        for item in self.unique.by:
            if item == "request":
                yield asked
            elif item == "content":
                yield f"{record.telegram}{body(record)}"
            else:
                # What is empty tells nobody from anybody else.
                yield value_of(record, item) or f"?{record.seq}"


class Serials:
    """The serials that each role was sent, for what refers to them later."""

    def __init__(self, digest: Digests) -> None:
        self._digest = digest
        self._sent: set[int] = set()
        self._range: dict[str, tuple[int, int]] = {}
        self.holes = False

    def take(self, record: Record) -> None:
        """Remember the serial of a request."""
        serial = value_of(record, "serial")
        if record.answers or record.link != "cs_link" or not serial.isdecimal():
            return
        self._sent.add(self._digest(record.receiver, serial))
        low, high = self._range.get(record.receiver, (int(serial), int(serial)))
        self._range[record.receiver] = min(low, int(serial)), max(high, int(serial))

    def known(self, record: Record, serial: str) -> bool:
        """Tell whether the sender of a record was sent this serial."""
        return self._digest(record.sender, serial) in self._sent

    def can_tell(self, record: Record, serial: str) -> bool:
        """Tell whether the capture would hold what a serial names, had it been sent."""
        low, high = self._range.get(record.sender, (0, -1))
        return not self.holes and serial.isdecimal() and low <= int(serial) <= high


class Requests:
    """What recent requests said, for values that are told in answers."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[int, str] = OrderedDict()

    def take(self, record: Record) -> None:
        """Remember a request."""
        if record.answers or not record.http:
            return
        self._bodies[record.seq] = body(record)
        if len(self._bodies) > MOST_REQUESTS:
            self._bodies.popitem(last=False)

    def of(self, record: Record) -> str:
        """Return what a record answers, empty for a request."""
        return self._bodies.get(record.answers or 0, "")
