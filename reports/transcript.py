"""transcript.jsonl: every telegram of a run, raw, in a hash chain. Private to the user."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping  # noqa: TC003  pydantic reads annotations
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BeforeValidator

from reports.jsonable import Jsonable, ShapeError, canonical
from reports.ownerfile import open_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOOTER = "end of recording"
"""`note` of the last record of a recording that was ended, not cut."""

GENESIS = "0" * 64
"""`prev` of the first line, and the tail hash of an empty transcript."""


@dataclass(frozen=True, slots=True)
class RecordField(Jsonable):
    """One field of a telegram, described; `text` of a secret field is masked already."""

    field: str
    label: str
    offset: int
    length: int
    secret: bool
    text: str


@dataclass(frozen=True, slots=True)
class RecordFault(Jsonable):
    """One fault of a telegram; `text` is the whole masked message."""

    field: str | None
    offset: int | None
    length: int | None
    rule: str
    expected: str
    actual: str
    text: str


@dataclass(frozen=True, slots=True)
class Http(Jsonable):
    """The head of an HTTP message; `status` is None for a request."""

    method: str
    target: str
    status: int | None
    headers: Mapping[str, str]


def _from_hex(value: Any) -> Any:
    return bytes.fromhex(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Record(Jsonable):
    """One telegram, or one piece of bytes that is none, as it passed the bench.

    `way` is seen from the bench; `on_wire` is False for what was planned and never left; `fault`
    is the planned fault; `raw` is the telegram or the HTTP body; `values` is what was decoded,
    unmasked; `answers` is the `seq` of the record that this one answers; `t_ms` counts from the
    start of the run. Its repr shows no content.
    """

    seq: int
    t_ms: int
    link: str
    sender: str
    receiver: str
    way: Literal["sent", "received"]
    raw: Annotated[bytes, BeforeValidator(_from_hex)]
    on_wire: bool = True
    case_id: str | None = None
    fault: str | None = None
    telegram: str | None = None
    label: str | None = None
    http: Http | None = None
    values: Mapping[str, Any] | None = None
    faults: tuple[RecordFault, ...] = ()
    fields: tuple[RecordField, ...] = ()
    answers: int | None = None
    note: str | None = None

    def __repr__(self) -> str:
        return (
            f"Record(seq={self.seq}, link={self.link!r}, {self.sender}→{self.receiver}, "
            f"telegram={self.telegram!r}, {len(self.raw)} bytes)"
        )


class ChainError(ValueError):
    """A transcript was changed, cut or mixed; `line` is the first broken line, from 1."""

    def __init__(self, place: str, line_no: int, message: str) -> None:
        self.line = line_no
        super().__init__(f"{place}:{line_no}: {message}")


class TranscriptWriter:
    """Appends records to a file that only its owner may read; safe between threads."""

    def __init__(self, path: Path, *, tail: str | None = None) -> None:
        """Begin a transcript, or go on behind the line with the hash ``tail``."""
        self._file = os.fdopen(open_private(path, go_on=tail is not None), "wb")
        self._lock = Lock()
        self.tail_hash = tail or GENESIS
        self._sealed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, record: Record) -> str:
        """Append one record and return its hash."""
        data = record.to_json()
        with self._lock:
            if self._sealed:
                return self.tail_hash
            data["prev"] = self.tail_hash
            self.tail_hash = _hash(data)
            self._file.write(canonical({**data, "hash": self.tail_hash}) + b"\n")
            self._file.flush()
            return self.tail_hash

    def seal(self) -> str:
        """End the transcript and return its hash; what still comes is not written."""
        with self._lock:
            self._sealed = True
            return self.tail_hash

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_transcript(path: Path, *, tail: str | None = None) -> tuple[Record, ...]:
    """Return the records of a transcript; ``tail`` and what is raised as for the stream."""
    return tuple(stream_transcript(path, tail=tail))


def stream_transcript(path: Path, *, tail: str | None = None) -> Iterator[Record]:
    """Yield the records of a transcript. Raises ChainError at the first broken line.

    `tail` is the hash that the footer of the results holds: with it, a transcript that was cut
    or belongs to another run is found too.
    """
    for number, data in enumerate(_chained(path, tail=tail), start=1):
        try:
            yield Record.from_json(data)
        except ShapeError as error:
            raise ChainError(
                path.name, number, f"record {error.pointer}: {error.message}"
            ) from None


def reopen(path: Path) -> tuple[tuple[Record, ...], TranscriptWriter]:
    """Return the records of a run that did not end, and the writer that goes on behind them.

    A last line that was torn is taken off. Raises ChainError where the rest is broken.
    """
    data = path.read_bytes() if path.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        os.truncate(path, len(whole))
    records = read_transcript(path) if whole else ()
    tail = GENESIS
    for line in _chained(path) if whole else ():
        tail = line["hash"]
    return records, TranscriptWriter(path, tail=tail)


def _chained(path: Path, *, tail: str | None = None) -> Iterator[dict[str, Any]]:
    prev, number = GENESIS, 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            data = _object(raw)
            if data is None:
                raise ChainError(
                    path.name, number, "broken line. expected a JSON object and line end"
                )
            if data.get("prev") != prev:
                raise ChainError(
                    path.name, number, f"chain broken. expected prev {prev}, got {data.get('prev')}"
                )
            actual = _hash({key: value for key, value in data.items() if key != "hash"})
            if data.get("hash") != actual:
                raise ChainError(
                    path.name,
                    number,
                    f"line changed. expected hash {data.get('hash')}, got {actual}",
                )
            prev = actual
            yield data
    if tail is not None and prev != tail:
        raise ChainError(
            path.name, number + 1, f"not the end of this run. expected hash {tail}, got {prev}"
        )


def _object(raw: bytes) -> dict[str, Any] | None:
    if not raw.endswith(b"\n"):
        return None
    try:
        data = json.loads(raw)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _hash(data: Mapping[str, Any]) -> str:
    prev = str(data["prev"]).encode()
    return hashlib.sha256(prev + canonical(data)).hexdigest()
