"""``denbun requirements --coverage DIR …``: which requirements the results of runs have judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from denbun import console, options
from denbun.failures import Usage
from denbun.finished import run_in
from steps.filenames import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports import Coverage, Duty, Run
    from steps.register import Register

__all__ = ["GAPS", "judged", "told"]

GAPS = 1
"""Exit code where a MUST is unexplained, or a case did not judge its own requirement."""
_NEAREST = 3
"""How many requirements of another register are named."""


def judged(
    register: Register, folders: Sequence[Path], lang: options.Language, *, json: bool
) -> int:
    """Print what the runs in some folders judged of the register; 0 where it is whole."""
    from reports import cover

    runs = {folder: _run(folder, register) for folder in dict.fromkeys(folders)}
    coverage = cover(register, tuple(runs.values()))
    if json:
        console.say_json(_data(runs, coverage, lang))
    else:
        for line in _lines(runs, coverage, lang):
            console.say(line)
    return 0 if coverage.whole else GAPS


def _run(folder: Path, register: Register) -> Run:
    """Return the run in a folder; Usage where it is none, not whole, or of another register."""
    from reports import ResultError

    try:
        run = run_in(folder)
    except ResultError as error:
        raise Usage((folder / str(error)).as_posix()) from None
    known = {requirement.id: (requirement.level, requirement.roles) for requirement in register}
    given = {r.id: (r.level, r.roles) for r in run.header.requirements}
    other = sorted(name for name in {*known, *given} if known.get(name) != given.get(name))
    if other:
        more = f" and {len(other) - _NEAREST} more" if len(other) > _NEAREST else ""
        raise Usage(
            f"{(folder / RESULTS).as_posix()}: results of another register "
            f"(suite {run.header.suite}). expected the requirements of this suite, got "
            f"{', '.join(other[:_NEAREST])}{more} unlike them; run the suite again"
        )
    return run


def _lines(runs: Mapping[Path, Run], coverage: Coverage, lang: options.Language) -> Iterator[str]:
    from reports.bilingual import pick
    from reports.messages import say

    heads = [say(key, lang) for key in ("role", "suite", "profile", "cases")]
    yield console.table(
        [told("results", lang), *heads], [_source(folder, run) for folder, run in runs.items()]
    )
    yield ""
    heads = ["id", *(say(key, lang) for key in ("level", "role", "verdict"))]
    yield console.table(
        [*heads, told("cases", lang)], [_row(duty, lang) for duty in coverage.duties]
    )
    yield ""
    yield from (pick(remark, lang) for remark in coverage.remarks)
    if coverage.absent:
        yield told("absent", lang, roles=", ".join(coverage.absent))
    if coverage.silent:
        yield told("silent", lang, cases=" ".join(coverage.silent))
    for duty in coverage.unexplained():
        yield f"{told('unexplained', lang)}: {duty.requirement.id} ({duty.role})"
    yield told("total", lang, **_total(coverage))


def told(key: str, lang: options.Language, **values: object) -> str:
    """Return a text about coverage in one language."""
    from reports.bilingual import fill, pick
    from reports.messages import COVERAGE

    return pick(fill(COVERAGE[key], **values), lang)


def _source(folder: Path, run: Run) -> Sequence[str]:
    header = run.header
    profile = f"{header.profile['id']} {header.profile['edition']}"
    return (str(folder), header.role, header.suite, profile, str(len(run.cases)))


def _row(duty: Duty, lang: options.Language) -> Sequence[str]:
    from reports.bilingual import pick

    cases = duty.violated or duty.kept
    own = [case_id for case_id in cases if case_id.startswith(f"{duty.requirement.id}.")]
    others = len(cases) - len(own)
    shown = " ".join([*own, *[f"+{others}"] * bool(others)])
    if not cases:
        shown = pick(duty.reason, lang) if duty.reason else told("unexplained", lang)
    verdict = told(_verdict(duty), lang)
    return (duty.requirement.id, duty.requirement.level, duty.role, verdict, shown)


def _verdict(duty: Duty) -> str:
    if duty.violated:
        return "violated"
    return "kept" if duty.kept else "none"


def _total(coverage: Coverage) -> Mapping[str, int]:
    musts = [duty for duty in coverage.duties if duty.requirement.level == "MUST"]
    found = [duty for duty in musts if duty.judged]
    return {
        "total": len(musts),
        "judged": len(found),
        "violated": sum(bool(duty.violated) for duty in found),
        "explained": sum(not duty.judged and duty.explained for duty in musts),
        "unexplained": len(coverage.unexplained()),
    }


def _data(
    runs: Mapping[Path, Run], coverage: Coverage, lang: options.Language
) -> Mapping[str, Any]:
    from reports.bilingual import pick

    return {
        "basis": "judged",
        "results": [
            {
                "folder": str(folder),
                "role": run.header.role,
                "suite": run.header.suite,
                "profile": run.header.profile,
                "complete": run.header.complete_selection,
                "cases": len(run.cases),
            }
            for folder, run in runs.items()
        ],
        "requirements": [
            {
                "id": duty.requirement.id,
                "level": duty.requirement.level,
                "rank": duty.requirement.rank,
                "role": duty.role,
                "verdict": _verdict(duty) if duty.judged else None,
                "kept": duty.kept,
                "violated": duty.violated,
                "reason": pick(duty.reason, lang) if duty.reason else None,
            }
            for duty in coverage.duties
        ],
        "remarks": [pick(remark, lang) for remark in coverage.remarks],
        "absent": coverage.absent,
        "silent": coverage.silent,
        "unexplained": [
            {"id": duty.requirement.id, "role": duty.role} for duty in coverage.unexplained()
        ],
        "total": _total(coverage),
    }
