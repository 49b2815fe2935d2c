"""Reading what a person entered: every wrong type is told at its entry and asked again.

What is asked for is what the screen shows. A number with a wrong check digit is asked about once,
for it is easily mistyped; a person who confirms that it is shown so is believed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps.drivers.operator.words import SCOPES, STAGES
from telegram_specs import Date, verify
from telegram_specs.network import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from steps.drivers.operator.form import Field, Task
    from steps.drivers.operator.words import Pair

__all__ = ["ABSENT", "AS_SHOWN", "Answer", "Problem", "Raw", "read", "rows_of"]

Raw = dict[str, list[str]]
"""What was entered, by the path of the entry; several texts where several were chosen."""

ABSENT, AS_SHOWN = "absent", "as_shown"
"""What is put before the path of an entry to say: nothing is shown, or it is shown just so."""

_SPACED = re.compile(r"[\s\-‐－・.]+")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|[0-9]{1,2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"
)
_PLAIN = re.compile(r"([0-9]{4})[年./-]?([0-9]{1,2})[月./-]?([0-9]{1,2})日?")
_ERA_LETTER = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_COUNT_DIGITS = 9
_NEEDED: Pair = (
    "入力がない。表示されていなければその旨を選ぶ",
    "nothing entered; say so if nothing is shown",
)
_UNCHOSEN: Pair = ("選ばれていない", "nothing chosen")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one entry; ``confirm`` when the person may insist."""

    path: str
    text: Pair
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered, read.

    Attributes:
        outcome: a key of ``OUTCOMES``.
        kept: True when what was rejected is kept as a provisional record.
        comment: kept with the case.
    """

    outcome: str
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    alerts: tuple[str, ...] = ()
    stage: str | None = None
    scope: str | None = None
    kept: bool = False
    reason: str = ""
    comment: str = ""


class _EntryError(ValueError):
    """A text has not the type of its entry."""

    def __init__(self, text: Pair, *, confirm: bool = False) -> None:
        super().__init__(text[0])
        self.text = text
        self.confirm = confirm


def read(task: Task, raw: Raw) -> tuple[Answer | None, tuple[Problem, ...]]:
    """Return the answer to a task, or None and what is wrong with it, in the order of the form."""
    problems: list[Problem] = []
    outcome = _one(raw, "outcome")
    if outcome not in task.outcomes:
        return None, (Problem("outcome", _UNCHOSEN),)
    data = _group(task.fields, raw, problems) if outcome == "ok" else {}
    stage = _chosen("stage", STAGES, raw, problems) if outcome == "rejected" else None
    scope = _chosen("scope", SCOPES, raw, problems) if outcome == "unsupported" else None
    reason = _one(raw, "reason")
    if outcome in {"unsupported", "error", "skip"} and not reason:
        problems.append(Problem("reason", ("理由を書く", "give the reason")))
    if problems:
        return None, tuple(problems)
    others = re.split(r"[\s,、]+", _one(raw, "other_alert"))
    shown = [*raw.get("alerts", ()), *others] if outcome in {"ok", "rejected"} else []
    return (
        Answer(
            outcome=outcome,
            data=data,
            alerts=tuple(dict.fromkeys(code for code in shown if code)),
            stage=stage,
            scope=scope,
            kept=outcome == "rejected" and bool(raw.get("kept")),
            reason=reason,
            comment=_one(raw, "comment"),
        ),
        (),
    )


def rows_of(path: str, raw: Raw) -> int:
    """Return how many rows of a list were entered or added."""
    given = _one(raw, f"rows.{path}")
    return min(int(given), 200) if given.isdecimal() and given.isascii() else 0


def _one(raw: Raw, path: str) -> str:
    return next(iter(raw.get(path, ())), "").strip()


def _chosen(path: str, table: Mapping[str, Pair], raw: Raw, problems: list[Problem]) -> str | None:
    found = _one(raw, path)
    if found in table:
        return found
    problems.append(Problem(path, _UNCHOSEN))
    return None


def _group(
    fields: Sequence[Field], raw: Raw, problems: list[Problem], row: int | None = None
) -> dict[str, Any]:
    """Return the values of a group of entries; optional ones that are empty are left out."""
    found: dict[str, Any] = {}
    for entry in fields:
        path = entry.path if row is None else entry.path.replace("#", str(row), 1)
        name = entry.path.rpartition(".")[2]
        if entry.type == "items":
            inner = _group(entry.fields, raw, problems, row)
            if any(inner.values()) or not entry.optional:
                found[name] = inner
        elif entry.type == "list":
            rows = range(rows_of(path, raw))
            found[name] = [_group(entry.fields, raw, problems, number) for number in rows]
        else:
            value = _value(entry, path, raw, problems)
            if value is not None:
                found[name] = value
    return found


def _value(entry: Field, path: str, raw: Raw, problems: list[Problem]) -> Any:
    """Return the value of one entry, None for an optional one without any."""
    texts = [text.strip() for text in raw.get(path, ()) if text.strip()]
    if entry.type == "handles":
        return texts
    if entry.type == "texts":
        return [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    if raw.get(f"{ABSENT}.{path}") and not texts:
        return "" if entry.type not in _NEVER_EMPTY else None
    if not texts:
        if not entry.optional:
            problems.append(Problem(path, _UNCHOSEN if entry.choices else _NEEDED))
        return None
    try:
        return READERS[entry.type](entry, texts[0], bool(raw.get(f"{AS_SHOWN}.{path}")))
    except _EntryError as wrong:
        problems.append(Problem(path, wrong.text, wrong.confirm))
        return None


def _text(_entry: Field, text: str, _as_shown: bool) -> str:  # noqa: FBT001 - one of a table
    return text


def _digits(entry: Field, text: str, as_shown: bool) -> str:  # noqa: FBT001 - one of a table
    """Read a number; spaces, hyphens and full-width digits are how it was typed, not what it is."""
    digits = _SPACED.sub("", unicodedata.normalize("NFKC", text))
    if not (digits.isdecimal() and digits.isascii()):
        raise _EntryError(("数字ではない", "not digits"))
    if entry.size and len(digits) != entry.size:
        size, got = entry.size, len(digits)
        if not as_shown:
            raise _EntryError(
                (f"{size}桁のはずが{got}桁である", f"expected {size} digits, got {got}"),
                confirm=True,
            )
    elif entry.check and not verify(entry.check, digits) and not as_shown:
        raise _EntryError(
            (
                "桁数又は検査用数字が合わない。画面の番号を見直す",
                "the length or the check digit is wrong; look at the number again",
            ),
            confirm=True,
        )
    return digits


def _date(_entry: Field, text: str, _as_shown: bool) -> str:  # noqa: FBT001 - one of a table
    plain = unicodedata.normalize("NFKC", text)
    try:
        if era := _ERA.fullmatch(plain):
            letter = _ERA_LETTER.get(era[1], era[1])
            year = 1 if era[2] == "元" else int(era[2])
            return str(Date.of_era(letter, year, int(era[3]), int(era[4])).western())
        if found := _PLAIN.fullmatch(plain):
            return str(Date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        pass
    raise _EntryError(
        (
            "日付ではない。2026-05-01 又は 令和8年5月1日 のように書き、不明な部分は 00 とする",
            "not a date. write 2026-05-01, with 00 for what is unknown",
        )
    )


def _count(_entry: Field, text: str, _as_shown: bool) -> int:  # noqa: FBT001 - one of a table
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not (plain.isdecimal() and plain.isascii() and len(plain) <= _COUNT_DIGITS):
        raise _EntryError(("件数は0以上の整数とする", "expected a whole number, 0 or more"))
    return int(plain)


def _address(_entry: Field, text: str, _as_shown: bool) -> str:  # noqa: FBT001 - one of a table
    try:
        return str(Endpoint.parse(text))
    except ValueError:
        raise _EntryError(
            ("host:port の形で書く。例 192.0.2.20:9101", "expected host:port, as 192.0.2.20:9101")
        ) from None


def _choice(entry: Field, text: str, _as_shown: bool) -> str:  # noqa: FBT001 - one of a table
    if text not in {value for value, _ in entry.choices}:
        raise _EntryError(_UNCHOSEN)
    return text


def _flag(entry: Field, text: str, as_shown: bool) -> bool:  # noqa: FBT001 - one of a table
    return _choice(entry, text, as_shown) == "yes"


READERS: Mapping[str, Callable[[Field, str, bool], Any]] = {
    "text": _text,
    "digits": _digits,
    "date": _date,
    "count": _count,
    "code": _choice,
    "handle": _choice,
    "flag": _flag,
    "until": _text,
    "address": _address,
}
"""How a text is read, by the type of its entry."""

_NEVER_EMPTY = frozenset({"count", "flag", "handle"})
