"""``denbun replay``: one case of a finished run once more, with the same people and plan."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from denbun import console, options
from denbun.failures import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reports import Case, Header, Run

__all__ = ["EXAMPLES", "FROM", "Outcome", "command", "outcome", "told"]

EXAMPLES = (
    "denbun replay BIRTH-006.1",
    "denbun replay 'FORMAT-002.2[end_mark]' --from results/today --lang en",
    "",
    "Exit codes: 0 fixed, still passing or warned; 1 failing; 2 not determined; 3, 4 as for run.",
)
Outcome = Literal[
    "FIXED",
    "STILL PASSING",
    "STILL FAILING",
    "FAILING OTHERWISE",
    "FAILING NOW",
    "STILL WARNED",
    "WARNED",
    "NOT DETERMINED",
    "ERROR",
]
CODES: Mapping[Outcome, int] = {
    "FIXED": 0,
    "STILL PASSING": 0,
    "STILL WARNED": 0,
    "WARNED": 0,
    "STILL FAILING": 1,
    "FAILING OTHERWISE": 1,
    "FAILING NOW": 1,
    "NOT DETERMINED": 2,
    "ERROR": 4,
}
WORDS: Mapping[Outcome, str] = {
    "FIXED": "修正を確認",
    "STILL PASSING": "引き続き適合",
    "STILL FAILING": "引き続き不適合",
    "FAILING OTHERWISE": "別の違反で不適合",
    "FAILING NOW": "新たに不適合",
    "STILL WARNED": "引き続き警告",
    "WARNED": "警告",
    "NOT DETERMINED": "判定できない",
    "ERROR": "ハーネスの異常",
}
DIFFERS = {
    "ja": "前回と異なる: {what}（{before} → {now}）",
    "en": "not as before: {what} ({before} → {now})",
}
WATCHED = {
    *("suite", "profile", "edition", "digest", "sut", "adapter", "counterpart", "ics", "pixit"),
    "environment",
}
"""Conditions of a comparison whose change may explain another outcome."""
FROM = Annotated[
    Path,
    typer.Option("--from", metavar="DIR", help="Folder of the earlier run.", show_default=True),
]


def command(
    *,
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="Id of the case.")],
    folder: FROM = Path("conformance-report"),
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="For the new results; by default inside --from."),
    ] = None,
    trace: options.Trace = False,
    lang: options.Lang = "ja",
) -> int:
    """Run one case again: same seed, people, planned faults, role, system, profile."""
    from denbun.again import order_again
    from denbun.finished import run_in, shown_of
    from denbun.run import How, once

    earlier = run_in(folder)
    cases = {case.case_id: case for case in earlier.accounted()}
    case = cases[one_of("replay", "case", case_id.removeprefix("@"), cases)]
    target = out or folder / "replay" / re.sub(r"[^\w.-]+", "-", case.case_id).strip("-")
    order = order_again(earlier, target)
    seed = _seed_of(folder, case)
    order = replace(
        order, tags=f"@{case.case_id}", seed=order.seed if seed is None else seed, lang=lang
    )
    _, run = once(order, How(lang, quiet=True, trace=trace))
    if run is None or not run.cases:
        return options.NOTHING
    shown = shown_of(order.out, run).run
    for line in told(earlier, shown, case, lang):
        console.say(line)
    return CODES[outcome(case, run.cases[0])]


def _seed_of(folder: Path, case: Case) -> int | None:
    """Return the seed of the part of the run that a case belongs to, None where nothing tells."""
    from steps.filenames import BRIEFS
    from steps.trial import read_briefs

    path = folder / BRIEFS
    briefs = read_briefs(path) if case.brief and path.is_file() else {}
    return briefs[case.brief].seed if case.brief in briefs else None


def outcome(was: Case, now: Case) -> Outcome:
    """Say what became of a case."""
    from denbun.progress import GOOD
    from reports import Verdict

    if now.verdict is Verdict.ERROR:
        return "ERROR"
    if now.verdict is Verdict.FAIL:
        if was.verdict is not Verdict.FAIL:
            return "FAILING NOW"
        return "STILL FAILING" if _broken(was) & _broken(now) else "FAILING OTHERWISE"
    if now.verdict is Verdict.WARN:
        return "STILL WARNED" if was.verdict is Verdict.WARN else "WARNED"
    if now.verdict not in GOOD:
        return "NOT DETERMINED"
    return "STILL PASSING" if was.verdict in GOOD else "FIXED"


def _broken(case: Case) -> set[tuple[str, str, str]]:
    """Return which requirement is broken in which field of which telegram."""
    from reports import Verdict

    return {
        (
            found.requirement_id,
            found.place.telegram if found.place else "",
            (found.place.field or "") if found.place else "",
        )
        for found in case.findings
        if found.verdict is Verdict.FAIL
    }


def told(earlier: Run, run: Run, was: Case, lang: options.Language) -> Iterator[str]:
    """Yield what a case run again says: how it ended, what was found, what was different."""
    from reports.wording import Labels, Wording

    now = run.cases[0]
    found = outcome(was, now)
    said = f"{found}（{WORDS[found]}）" if lang == "ja" else found
    yield f"{was.case_id}: {said} {was.verdict} → {now.verdict}"
    words = Wording(run, Labels((), run.cases), lang)
    for finding in now.findings:
        yield f"  {words.breach(finding)}"
    if now.reason:
        yield f"  {words.phrase(now.reason)}"
    yield from (f"  {line}" for line in _differing(earlier.header, run.header, lang))


def _differing(then: Header, now: Header, lang: options.Language) -> Iterator[str]:
    """Yield what is not as it was, so that nobody takes another cause for a mended system."""
    from reports.comparison import changes, told_change

    for change in changes(then, now):
        if change.key in WATCHED:
            what, before, after = told_change(change, lang)
            yield DIFFERS[lang].format(what=what, before=before, now=after)
