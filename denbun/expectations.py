"""``denbun run --update-expectations``: the file of known gaps, written from what a run found."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from denbun.failures import Usage
from reports.expectations import Expectation, State, broken_by, compare
from reports.verdict import UNDETERMINED, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reports import Case, Run

__all__ = ["Changes", "file_to_update", "revise", "update"]

WRITTEN = (Verdict.FAIL, Verdict.NOT_COVERED)
"""What is taken over from a run; who expects that nothing can be observed says so by hand."""
TODO = "TODO"
HEAD = """\
# Known gaps: what denbun is to expect of single cases. The verdicts stay as they are.
# id, verdict (FAIL, WARN, INCONCLUSIVE, NOT_COVERED), reason; may have requirements (those that
# are broken, no other), issue (a link) and expires (the last day, YYYY-MM-DD).
"""
_ENTRY = re.compile(r"^- ")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\[\]-]*")


@dataclass(slots=True)
class Changes:
    """What an update did to a file; ``left`` says what only a person can decide."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    comments_lost: bool = False

    def lines(self, name: str) -> Iterator[str]:
        """Yield what is told of it."""
        kinds = ("added", "changed", "removed")
        yield f"{name}: " + ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in kinds)
        for kind in kinds:
            if ids := getattr(self, kind):
                yield f"  {kind}: {', '.join(ids)}"
        if self.added:
            yield f"  write a reason in place of `reason: {TODO}` for each added entry"
        yield from (f"  left: {text}" for text in self.left)
        if self.comments_lost:
            yield "  comments are lost: not every entry began on a line of its own"


def file_to_update(sut: Sequence[Path]) -> Path:
    """Return the expectations file of the system under test, begun where there is none yet."""
    from steps.sut import load_sut

    option = "--update-expectations"
    if not sut:
        raise Usage(f"{option}: the reference has no such file. expected --sut, got none")
    path = load_sut(sut[0]).expectations
    if path is None:
        wanted = "a line such as `expectations: expectations.yaml`"
        raise Usage(f"{option}: {sut[0]} names no file. expected {wanted}, got none")
    if not path.exists():
        path.write_text(HEAD, "utf-8")
    return path


def update(path: Path, run: Run) -> Changes:
    """Write what the run found into its expectations file."""
    text, changes = revise(path.read_text("utf-8"), run)
    path.write_text(text, "utf-8")
    return changes


def revise(text: str, run: Run) -> tuple[str, Changes]:
    """Return an expectations file that expects what the run found.

    Entries that need no change keep their text and comments, changed ones their comments, reason,
    issue and last day. Cases that were not run keep their entries.
    """
    assert run.header.expectations is not None
    changes = Changes()
    entries = run.header.expectations.entries
    outcomes = {each.expectation.id: each for each in compare(run)}
    head, blocks = _blocks(text, len(entries))
    changes.comments_lost = blocks is None and bool(entries)
    kept = [head]
    for number, entry in enumerate(entries):
        lead, body = blocks[number] if blocks else ("", _written(entry))
        outcome = outcomes.get(entry.id)
        state = outcome.state if outcome else State.MET
        case = outcome.case if outcome else None
        if state in {State.BETTER, State.UNUSED}:
            changes.removed.append(entry.id)
            continue
        if state is State.OTHER and case and case.verdict in WRITTEN:
            changes.changed.append(entry.id)
            body = _written(_from_case(case, entry))
        elif state in {State.OTHER, State.EXPIRED}:
            came = case.verdict if case else ""
            changes.left.append(f"{entry.id} ({state}: expected {entry.verdict}, got {came})")
        kept.append(lead + body)
    known = {entry.id for entry in entries}
    for case in run.accounted():
        if case.case_id in known:
            continue
        if case.verdict in WRITTEN:
            changes.added.append(case.case_id)
            kept.append(_written(_from_case(case, None)))
        elif case.verdict in UNDETERMINED | {Verdict.ERROR}:
            changes.left.append(f"{case.case_id} ({case.verdict})")
    return "".join(kept), changes


def _from_case(case: Case, entry: Expectation | None) -> Expectation:
    broken = broken_by(case) if case.verdict is Verdict.FAIL else ()
    if entry is None:
        return Expectation(id=case.case_id, verdict=case.verdict, reason=TODO, requirements=broken)
    return dataclasses.replace(entry, verdict=case.verdict, requirements=broken)


def _blocks(text: str, count: int) -> tuple[str, list[tuple[str, str]] | None]:
    """Return what stands before the entries, and each entry as its comments above and its text.

    None instead of the entries where not every one begins on a line of its own.
    """
    lines = [line + "\n" for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if _ENTRY.match(line)]
    if len(starts) != count:
        notes = next((n for n, line in enumerate(lines) if not _is_note(line)), len(lines))
        return "".join(lines[:notes]), None
    ends = [_without_notes(lines, end) for end in [*starts[1:], len(lines)]]
    if not starts:
        return "".join(lines), []
    first = _without_notes(lines, starts[0])
    blank = [n for n in range(first, starts[0]) if not lines[n].strip()]
    split = blank[-1] + 1 if blank else starts[0]  # the notes at the top are about the file
    leads = ["".join(lines[split : starts[0]])]
    leads += ["".join(lines[end:start]) for end, start in zip(ends, starts[1:], strict=False)]
    bodies = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    bodies[-1] += "".join(lines[ends[-1] :])
    return "".join(lines[:split]), list(zip(leads, bodies, strict=True))


def _is_note(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _without_notes(lines: Sequence[str], end: int) -> int:
    """Return the end of what stands before ``end`` without the notes that are about the next."""
    while end and _is_note(lines[end - 1]):
        end -= 1
    return end


def _written(entry: Expectation) -> str:
    """Return an entry as YAML; a text that is more than a word stands in quotes."""
    lines = [f"- id: {entry.id}", f"  verdict: {entry.verdict}"]
    if entry.requirements:
        lines.append(f"  requirements: [{', '.join(entry.requirements)}]")
    for key in ("reason", "issue", "expires"):
        value = getattr(entry, key)
        if value:
            shown = value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
            lines.append(f"  {key}: {shown}")
    return "\n".join(lines) + "\n"
