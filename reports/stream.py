"""results.jsonl: the only truth about a run. One writer, one JSON object a line."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Self

from reports.jsonable import Jsonable, ShapeError, line
from reports.model import Case, Footer, Header, Run
from reports.verdict import claim, count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_KINDS: dict[str, type[Header | Case | Footer]] = {
    "header": Header,
    "case": Case,
    "footer": Footer,
}


class ResultError(ValueError):
    """A result stream cannot be believed; `line` is the 1-based number of the line."""

    def __init__(self, place: str, line_no: int, message: str) -> None:
        self.line = line_no
        super().__init__(f"{place}:{line_no}: {message}")


class _Order:
    """What may come next in a stream; the same for writing and reading."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.cases: dict[str, Case] = {}
        self.footer: Footer | None = None

    def take(self, value: Header | Case | Footer) -> str | None:
        """Take the next line; return what is wrong with it, None where nothing is."""
        if self.footer is not None:
            return f"line after the footer. expected end of file, got {_kind(value)}"
        if isinstance(value, Header):
            return self._header(value)
        if self.header is None:
            return f"no header. expected header, got {_kind(value)}"
        if isinstance(value, Case):
            return self._case(value, self.header)
        self.footer = value
        return None

    def _header(self, header: Header) -> str | None:
        if self.header is not None:
            return "second header: two runs are mixed. expected case or footer, got header"
        self.header = header
        return None

    def _case(self, case: Case, header: Header) -> str | None:
        if case.case_id in self.cases:
            return f"case {case.case_id}: duplicate. expected one line a case, got a second"
        if case.case_id not in header.selected:
            return (
                f"case {case.case_id}: not selected. "
                f"expected one of the header's {len(header.selected)} ids, got another"
            )
        self.cases[case.case_id] = case
        return None


class ResultWriter:
    """Writes one run, line by line; what is written survives a kill of the harness.

    A line out of order is a ResultError: the harness is at fault then.
    """

    def __init__(self, path: Path, *, lines: Sequence[bytes] = ()) -> None:
        """Begin a stream, or go on behind ``lines``, which the file is cut to."""
        self._place = path.name
        self._file = path.open("r+b" if lines else "wb")
        self._file.truncate(sum(map(len, lines)))
        self._file.seek(0, os.SEEK_END)
        self._digest = hashlib.sha256()
        self._order = _Order()
        self._lines = len(lines)
        for number, raw in enumerate(lines, start=1):
            self._order.take(_parse(raw, self._place, number))
            self._digest.update(raw)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def digest(self) -> str:
        """The SHA-256 of all lines so far."""
        return self._digest.hexdigest()

    def header(self, header: Header) -> None:
        """Write the first line."""
        self._write(header)

    def case(self, case: Case) -> None:
        """Write one case; once only, and only one that the header selects."""
        self._write(case)

    def footer(self, footer: Footer) -> None:
        """Write the last line; the hash of the stream is put into it."""
        self._write(dataclasses.replace(footer, stream_hash=self.digest))

    def close(self) -> None:
        """Close the file; without a footer the stream stays invalid."""
        self._file.close()

    def _write(self, value: Header | Case | Footer) -> None:
        self._lines += 1
        if wrong := self._order.take(value):
            raise ResultError(self._place, self._lines, wrong)
        data = line({"kind": _kind(value), **value.to_json()})
        self._digest.update(data)
        self._file.write(data)
        self._file.flush()


def read_run(path: Path) -> Run:
    """Return the run that the file holds.

    Raises ResultError for a stream that is truncated, duplicated, mixed from several runs or
    changed since it was written.
    """
    name, order, digest, number = path.name, _Order(), hashlib.sha256(), 0
    for number, raw in enumerate(_lines(path, name), start=1):
        value = _parse(raw, name, number)
        if wrong := order.take(value):
            raise ResultError(name, number, wrong)
        if not isinstance(value, Footer):
            digest.update(raw)
    if order.header is None or order.footer is None:
        missing = "footer" if order.header else "header"
        raise ResultError(name, number + 1, f"truncated. expected {missing}, got end of file")
    run = Run(order.header, tuple(order.cases.values()), order.footer)
    if wrong := _disagreement(run, order.footer, digest.hexdigest()):
        raise ResultError(name, number, f"footer: {wrong}")
    return run


@dataclasses.dataclass(frozen=True, slots=True)
class Unfinished:
    """What a run left that did not come to its end.

    Attributes:
        lines: the lines of header and cases, without a torn one and without a footer.
        digests: case to the digest of the stream behind it.
        footer: the footer of a run that was interrupted, None for one that was killed.
    """

    header: Header
    cases: tuple[Case, ...]
    lines: tuple[bytes, ...]
    digests: Mapping[str, str]
    footer: Footer | None


def read_unfinished(path: Path) -> Unfinished:
    """Return what can be gone on with. Raises ResultError for a stream that is none."""
    name, order, digest = path.name, _Order(), hashlib.sha256()
    lines: list[bytes] = []
    digests: dict[str, str] = {}
    for number, raw in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        if not raw.endswith(b"\n"):
            break
        value = _parse(raw, name, number)
        if wrong := order.take(value):
            raise ResultError(name, number, wrong)
        if not isinstance(value, Footer):
            lines.append(raw)
            digest.update(raw)
        if isinstance(value, Case):
            digests[value.case_id] = digest.hexdigest()
    if order.header is None:
        raise ResultError(name, 1, "no header. expected the results of a run, got none")
    return Unfinished(
        order.header, tuple(order.cases.values()), tuple(lines), digests, order.footer
    )


def _lines(path: Path, name: str) -> list[bytes]:
    lines = path.read_bytes().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        raise ResultError(name, len(lines), "truncated line. expected a line end, got end of file")
    return lines


def _parse(raw: bytes, name: str, number: int) -> Header | Case | Footer:
    try:
        data = json.loads(raw)
    except ValueError:
        raise ResultError(name, number, "no JSON. expected an object, got other text") from None
    if not isinstance(data, dict):
        raise ResultError(name, number, f"no object. expected {{…}}, got {type(data).__name__}")
    kind = data.pop("kind", None)
    if kind not in _KINDS:
        raise ResultError(name, number, f"unknown kind. expected {', '.join(_KINDS)}, got {kind!r}")
    try:
        return _KINDS[kind].from_json(data)
    except ShapeError as error:
        place = f"{kind} {error.pointer}"
        raise ResultError(name, number, f"{place}: {error.message}") from None


def _disagreement(run: Run, footer: Footer, digest: str) -> str | None:
    problems = run.problems()
    counted: dict[str, Any] = dict(count(run.accounted()))
    made, claimed = claim(run).made, bool(footer.claim and footer.claim.made)
    checks = (
        (not problems, f"invalid run: {'; '.join(problems)}. expected every selected case once"),
        (footer.counts == counted, "counts differ from the cases. expected equal counts"),
        (claimed == made, f"claim differs from the cases. expected {made}, got {claimed}"),
        (footer.stream_hash == digest, "hash differs: the lines before were changed"),
    )
    return next((text for right, text in checks if not right), None)


def _kind(value: Jsonable) -> str:
    return type(value).__name__.lower()
