"""What can be shown of a finished run by its files alone: whether it is whole, and follows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reports.model import RESULTS_SCHEMA, conclude
from reports.stream import ResultError, read_run
from reports.transcript import ChainError, read_transcript
from steps.filenames import BRIEFS, RESULTS, TRANSCRIPT
from steps.index import case_ids
from steps.redecode import RecordError, decode_again
from steps.register import Register, load_register
from steps.retrial import by_lattice, retry
from steps.trial import BriefError, read_briefs
from steps.version import SUITE
from telegram_specs import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model import Header, Run
    from steps.retrial import Retried
    from steps.trial import Brief
    from telegram_specs import Profile

__all__ = ["RAW", "NotVerifiable", "Verification", "verify"]

RAW = frozenset({TRANSCRIPT, BRIEFS})
"""Private files, without which nothing can be judged again."""
RECOUNTED = ("counts", "missing", "claim", "exit_code", "drift")
"""Members of the footer that follow from the lines before it."""


class NotVerifiable(ValueError):  # noqa: N818 - it says what is there, not that it is wrong
    """The files are no results, or what they were judged with is not at hand."""


@dataclass(slots=True)
class Verification:
    """What was found.

    Attributes:
        run: the results, None where they cannot be read.
        refusals: why the results are not to be believed, the first one first.
        retried: the cases that were judged again.
        notes: what was not looked at, and why: `no_raw` or `other_suite`.
    """

    run: Run | None = None
    refusals: list[str] = field(default_factory=list)
    retried: list[Retried] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the results may be believed."""
        return not self.refusals


def verify(folder: Path, profile: Path | None = None, *, raw: bool = True) -> Verification:
    """Check the files of a run. Raises NotVerifiable, SpecError or OSError.

    Args:
        folder: holds them.
        profile: folder of the private profile, None for the one that the header names.
        raw: False where transcript and briefs were left out on purpose.
    """
    found = Verification()
    try:
        _look_at_first_line(folder / RESULTS)
        found.run = run = read_run(folder / RESULTS)
        found.refusals += _footer(run)
        found.refusals += _manifest(run.header)
        if run.header.suite != SUITE:
            found.notes.append("other_suite")
        if not raw:
            found.notes.append("no_raw")
            wrong = ((case.case_id, why) for case in run.cases for why in by_lattice(case))
            found.refusals += [_told(*each) for each in wrong]
            return found
        _judge_again(found, run, folder, _profile_of(run.header, profile))
    except (ResultError, ChainError, BriefError) as error:
        found.refusals.append(str(error))
    except RecordError as error:
        found.refusals.append(f"{TRANSCRIPT}: {error}")
    return found


def _look_at_first_line(path: Path) -> None:
    """Raise NotVerifiable for a file that is no result stream of this schema."""
    if not path.is_file():
        raise NotVerifiable(f"{path}: no such file. expected the results of a run")
    with path.open("rb") as file:
        first = file.readline()
    try:
        data = json.loads(first)
    except ValueError:
        data = None
    schema = data.get("schema") if isinstance(data, dict) else None
    if not str(schema).startswith("denbun-results/"):
        raise NotVerifiable(f"{path}: no results. expected a first line with {RESULTS_SCHEMA}")
    if schema == "denbun-results/1":
        raise NotVerifiable(
            f"{path}: {schema} does not hold what is needed to judge again. "
            f"expected {RESULTS_SCHEMA}; run once more"
        )


def _footer(run: Run) -> Iterator[str]:
    """Yield what the footer says otherwise than the lines before it."""
    footer = run.footer
    assert footer is not None
    again = conclude(
        run.header,
        run.cases,
        ended=footer.ended,
        transcript_tail_hash=footer.transcript_tail_hash,
        unasked_deaths=footer.unasked_deaths,
        interrupted=footer.interrupted,
        harness_errors=footer.harness_errors,
        strict=footer.strict,
        resumed=footer.resumed,
    )
    told, counted = footer.to_json(), again.to_json()
    for member in RECOUNTED:
        if told[member] != counted[member]:
            yield f"{RESULTS}: footer: {member}. expected what follows from the cases, got another"
    known = run.header.expectations
    for case in run.cases:
        if case.expected != (known.of(case.case_id) if known else None):
            yield f"{RESULTS}: case {case.case_id}: expectation. expected that of the header"


def _manifest(header: Header) -> Iterator[str]:
    """Yield what the header says otherwise than the suite, where it is the same suite."""
    if header.suite != SUITE:
        return
    register = load_register()
    if header.requirements != tuple(register):
        yield f"{RESULTS}: header: requirements. expected those of suite {SUITE}, got others"
    if header.complete_selection:
        whole = case_ids(register, header.role)
        lacking, more = whole.difference(header.selected), set(header.selected) - whole
        if lacking or more:
            ids = ", ".join(sorted(lacking | more)[:3])
            yield (
                f"{RESULTS}: header: not the whole suite. expected all {len(whole)} cases of "
                f"{header.role}, got {len(header.selected)} ({ids})"
            )


def _profile_of(header: Header, folder: Path | None) -> Profile:
    told = header.profile.get("folder")
    profile = load_profile(folder or (Path(told) if told else None))
    if profile.digest != header.profile["digest"]:
        raise NotVerifiable(
            f"profile {header.profile['id']}: not the one of the run. expected digest "
            f"{header.profile['digest'][:12]}, got {profile.digest[:12]}; give it with --profile"
        )
    return profile


def _judge_again(found: Verification, run: Run, folder: Path, profile: Profile) -> None:
    """Check the raw files, and judge every case by them."""
    header, footer = run.header, run.footer
    assert footer is not None
    for name in (TRANSCRIPT, BRIEFS):
        if not (folder / name).is_file():
            found.refusals.append(f"{name}: no such file. expected the one of the run")
            return
    sealed = read_transcript(folder / TRANSCRIPT, tail=footer.transcript_tail_hash)
    records = decode_again(sealed, profile)
    briefs = read_briefs(folder / BRIEFS)
    found.refusals += _spare(run, briefs)
    register = Register({one.id: one for one in header.requirements}, {})
    found.retried += retry(run, briefs, records, profile, register)
    wrong = ((case.case_id, why) for case in found.retried for why in case.problems)
    found.refusals += [_told(*each) for each in wrong]


def _told(case_id: str, problem: str) -> str:
    return f"{RESULTS}: case {case_id}: {problem}"


def _spare(run: Run, briefs: dict[str, Brief]) -> Iterator[str]:
    """Yield the briefs of no case; only a run that was gone on with has them."""
    used = {case.brief for case in run.cases}
    resumed = run.footer is not None and run.footer.resumed
    for digest, brief in briefs.items():
        if digest not in used and not resumed:
            yield f"{BRIEFS}: case {brief.case_id}: not the brief that the results name"
