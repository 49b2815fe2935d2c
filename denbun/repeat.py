"""``denbun run --repeat``: one selection several times, and what did not come out the same."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from denbun import console
from denbun.failures import Usage
from denbun.resuming import spare
from steps.filenames import RESULTS, TRANSCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from denbun.options import Language
    from denbun.suite import Order
    from reports import Run

__all__ = ["differing", "repeat", "worst"]

PRECEDENCE = (4, 1, 2, 5, 0)
"""Exit codes, the worst first; wrong usage ends everything before."""
SAME = {
    "ja": "{times}回の実行で、どの試験項目の判定も同じだった（{ids}）",
    "en": "every case had the same verdict in {times} runs ({ids})",
}
DIFFERENT = {
    "ja": "判定が同じでなかった試験項目（実行: 乱数の種）",
    "en": "cases whose verdict differs (run: seed)",
}
CASE = {"ja": "試験項目", "en": "case"}


def repeat(
    order: Order,
    times: int,
    run_once: Callable[[Order], tuple[int, Run | None]],
    lang: Language,
) -> int:
    """Run an order so many times, each in a folder of its own with the next seed.

    Returns the worst exit code. A run that was interrupted is the last. What runs of an earlier
    call left in such folders is removed first.
    """
    if times < 1:
        raise Usage(f"--repeat: expected a number from 1, got {times}")
    _clear_away(order.out, times)
    first = secrets.randbelow(2**31 - times) if order.seed is None else order.seed
    codes, runs = [], []
    for number in range(times):
        console.complain(f"run {number + 1}/{times} --seed {first + number}")
        folder = order.out / str(number + 1)
        code, run = run_once(replace(order, out=folder, seed=first + number))
        codes.append(code)
        if run is None:
            break
        runs.append(run)
        if run.footer and run.footer.interrupted:
            break
    if runs:
        console.say(_summary(runs, lang))
    return worst(codes)


def _clear_away(out: Path, times: int) -> None:
    """Remove the runs in numbered folders, so that none stands beside those of this call.

    Other files stay. Raises Usage where a folder holds an operator's open run.
    """
    from reports.forms import OF_RUN

    numbered = [path for path in out.glob("[1-9]*") if path.name.isdecimal()]
    earlier = sorted(
        (path for path in numbered if (path / RESULTS).exists()), key=lambda path: int(path.name)
    )
    for folder in earlier:
        spare(folder)
    for folder in earlier:
        for name in (RESULTS, TRANSCRIPT, *(form.file for form in OF_RUN.values())):
            (folder / name).unlink(missing_ok=True)
        with suppress(OSError):  # something else is in it
            folder.rmdir()
    if beyond := [path.name for path in earlier if int(path.name) > times]:
        console.complain(f"denbun: {out}: removed the earlier runs {', '.join(beyond)}")


def worst(codes: Sequence[int]) -> int:
    """Return the exit code that stands for several runs."""
    return min(codes, key=PRECEDENCE.index)


def differing(runs: Sequence[Run]) -> dict[str, list[str]]:
    """Return the verdicts, run by run, of the cases that have several; empty text for no line."""
    verdicts = [{case.case_id: case.verdict.value for case in run.accounted()} for run in runs]
    ids = dict.fromkeys(case_id for known in verdicts for case_id in known)
    rows = {case_id: [known.get(case_id, "") for known in verdicts] for case_id in ids}
    return {case_id: row for case_id, row in rows.items() if len(set(row)) > 1}


def _summary(runs: Sequence[Run], lang: Language) -> str:
    rows = differing(runs)
    if not rows:
        number = len(runs[0].header.selected)
        return SAME[lang].format(times=len(runs), ids=number)
    heads = [CASE[lang], *(f"{n}: {run.header.seed}" for n, run in enumerate(runs, 1))]
    table = console.table(heads, [[case_id, *row] for case_id, row in rows.items()])
    return f"{DIFFERENT[lang]}\n{table}"
