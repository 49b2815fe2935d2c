"""``denbun faults``: does every seeded fault of the reference fall to its own requirement?"""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from denbun.hunt import Hunted, Passed
    from reference_impl.faults import Fault, Variant

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun faults",
    "denbun faults --role cs --json",
    "denbun faults --only second-number-written",
    "denbun faults --variants",
    "denbun faults --variants --only basic-client,two-step-notice",
)
SURVIVED = 1
GOOD = {"killed", "passed"}
AT_ONCE = 20
"""Faults that share one collection of the features; Ctrl-C waits for as many."""


def command(
    *,
    json: options.Json = False,
    role: Annotated[str | None, typer.Option(help="Only those of one role.")] = None,
    only: Annotated[
        str | None, typer.Option(metavar="ID,ID", help="Only these faults, or variants.")
    ] = None,
    variants: Annotated[
        bool, typer.Option("--variants", help="Try the correct variants instead: each must pass.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Runs at a time; by default one more than processors.")
    ] = None,
) -> int:
    """Run the suite against each seeded fault and print which requirement killed it.

    Each fault meets the scenarios of its requirement and one positive scenario, until a finding
    names its requirement; each variant the whole suite of its role. Exit 1 when a fault survives,
    a variant does not pass or the harness broke.
    """
    from reference_impl.faults import FAULTS, VARIANTS
    from telegram_specs.network import SUT_ROLES

    if role:
        one_of("--role", "role", role, SUT_ROLES)
    seeded: Sequence[Fault | Variant] = VARIANTS if variants else FAULTS
    known = [one.id for one in seeded]
    names = [name.strip() for name in only.split(",")] if only is not None else known
    for name in names:
        one_of("--only", "variant" if variants else "fault", name, known)
    chosen = [s for s in seeded if role in {None, s.role} and s.id in names]
    if not chosen:
        console.complain(f"denbun: nothing selected. expected --only of role {role}, got {only}")
        return options.NOTHING
    rows = _all(chosen, jobs or (os.cpu_count() or 1) + 1, variants=variants)
    if json:
        console.say_json([dataclasses.asdict(row) for row in rows])
    else:
        _print(rows)
    return 0 if all(row.outcome in GOOD for row in rows) else SURVIVED


def _all(seeded: Sequence[Fault | Variant], jobs: int, *, variants: bool) -> list[Hunted | Passed]:
    """Run all in worker processes and return the rows in order.

    A worker takes a few faults at a time, variants one by one: each is a run of minutes, and told
    when it ends.
    """
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    from denbun.hunt import hunt, prepare, try_variants
    from denbun.progress import EVERY, Bar

    runs: dict[bool, Callable[[Sequence[Any]], Sequence[Hunted | Passed]]]
    runs = {False: hunt, True: try_variants}
    few = 1 if variants else min(AT_ONCE, -(-len(seeded) // jobs) or 1)
    what, every = ("variants", 1) if variants else ("faults", EVERY)
    counts: Counter[str] = Counter()
    with (
        ProcessPoolExecutor(min(jobs, len(seeded) or 1), get_context("spawn"), prepare) as pool,
        Bar(what, len(seeded), every=every) as bar,
    ):
        starts = range(0, len(seeded), few)
        futures = [pool.submit(runs[variants], seeded[start : start + few]) for start in starts]
        try:
            for row in (row for future in as_completed(futures) for row in future.result()):
                counts[row.outcome] += 1
                if row.outcome not in GOOD:
                    bar.note(_sentence(row))
                bar.advance(" ".join(f"{name} {number}" for name, number in counts.items()))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [row for future in futures for row in future.result()]


def _sentence(row: Hunted | Passed) -> str:
    facts = [str(value) for value in _cells(row) if value]
    return " ".join(facts)


def _cells(row: Hunted | Passed) -> list[str]:
    return [
        " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for value in dataclasses.astuple(row)
    ]


def _print(rows: Sequence[Hunted | Passed]) -> None:
    counts = Counter(row.outcome for row in rows)
    if rows:
        heads = [member.name for member in dataclasses.fields(rows[0])]
        console.say(console.table(heads, [_cells(row) for row in rows]))
    console.say(f"{len(rows)}: " + ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
