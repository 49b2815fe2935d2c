"""``denbun run``: run the suite against one system, write the report, say what it found."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from denbun import console, options
from denbun.failures import Broken, Usage, one_of
from denbun.unmasked import TWIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from denbun.suite import Order
    from reports import Run

__all__ = ["EXAMPLES", "How", "command", "once"]

EXAMPLES = (
    "denbun run",
    "denbun run --role cs --tags STOCK",
    "denbun run --sut my-sut.yaml --out results/today --lang en",
    "denbun run --sut my-juki.yaml --sut their-cs.yaml",
    "denbun run --sut operator.yaml --out acceptance --tags BIRTH",
    "denbun run --resume acceptance",
    'denbun run --tags "@BIRTH-004.1 or NUM and not 順序"',
    "denbun run --fault second-number-written",
    "denbun run --sut my-sut.yaml --dry-run",
    "denbun run --sut my-sut.yaml --update-expectations",
    "denbun run --tags BIRTH-004.1 --trace --pause-on-fail",
    "denbun run --tags BIRTH --repeat 5 --seed 1",
    "denbun run --last-failed",
)
_REPORT = {"ja": "報告書", "en": "report"}
_CASES = {"ja": "試験項目", "en": "cases"}


def command(
    *,
    sut: options.Suts = None,
    role: options.Role = None,
    profile: options.Profile = None,
    out: options.Folder = Path("conformance-report"),
    tags: options.Tags = None,
    fault: options.Fault = None,
    variant: options.Variant = None,
    resume: options.Resume = None,
    seed: options.Seed = None,
    lang: options.Lang = "ja",
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    update_expectations: options.UpdateExpectations = False,
    dry_run: options.DryRun = False,
    trace: options.Trace = False,
    pause_on_fail: options.PauseOnFail = False,
    repeat: options.Repeat = None,
    last_failed: options.LastFailed = False,
    unmask: options.Unmask = False,
) -> int:
    """Run the suite against a system, by default against the bundled reference.

    Exit codes: 0 conformant, 1 not conformant, 2 not determined, 3 wrong usage, 4 the harness
    broke, 5 nothing selected. What the expectations file expects counts as conformant there.
    """
    from denbun.again import failed_ones
    from denbun.resuming import order_left, spare
    from denbun.suite import Order

    often = repeat is not None
    _one_kind(resume=resume, dry_run=dry_run, repeat=often, update_expectations=update_expectations)
    _one_kind(resume=resume, last_failed=last_failed)
    how = How(lang, quiet=quiet, trace=trace, pause=pause_on_fail, unmask=unmask)
    if resume:
        given: dict[str, object] = {"--sut": sut or None, "--role": role, "--profile": profile}
        given |= {"--tags": tags, "--fault": fault, "--variant": variant, "--seed": seed}
        return once(order_left(resume, given, strict=strict, lang=lang), how)[0]
    spare(out)
    order = Order(
        out=out,
        role=_role(role, sut=sut, fault=fault, variant=variant),
        sut=tuple(sut or ()),
        profile=profile,
        tags=tags,
        fault=fault,
        variant=variant,
        seed=seed,
        strict=strict,
        lang=lang,
    )
    chosen = failed_ones(order, lang) if last_failed else order
    if chosen is None:
        return options.NOTHING
    return _carry_out(chosen, how, dry_run=dry_run, repeat=repeat, updating=update_expectations)


def _carry_out(order: Order, how: How, *, dry_run: bool, repeat: int | None, updating: bool) -> int:
    """Do what is asked for with an order: at most one of three, or one run; the exit code."""
    if dry_run:
        from denbun.rehearsal import rehearse
        from denbun.suite import nothing_selected

        return 0 if rehearse(order, how.lang) else nothing_selected(order)
    if repeat is not None:
        from denbun.repeat import repeat as run_often

        return run_often(order, repeat, lambda each: once(each, how), how.lang)
    return _updating(order, how) if updating else once(order, how)[0]


def _one_kind(**kinds: object) -> None:
    """Raise Usage where options ask for several kinds of run at once; one would be ignored."""
    asked = [f"--{name.replace('_', '-')}" for name, is_asked in kinds.items() if is_asked]
    if len(asked) > 1:
        raise Usage(f"{asked[1]}: cannot go with {asked[0]}. expected one of them")


@dataclass(frozen=True, slots=True)
class How:
    """How a run is shown."""

    lang: options.Language
    quiet: bool = False
    trace: bool = False
    pause: bool = False
    unmask: bool = False


def once(order: Order, how: How) -> tuple[int, Run | None]:
    """Run an order; its exit code, and what it found, None where nothing was selected."""
    from denbun.suite import nothing_selected
    from reports import ChainError, ResultError, exit_code

    _clear(order.out)
    failure, run = _run(order, how), None
    try:
        run = _report(order, how)
    except (ResultError, ChainError) as error:
        failure = failure or Broken(str(error))
    if failure:
        raise failure
    if run is None or not run.header.selected:
        return nothing_selected(order), None
    return exit_code(run, strict=order.strict), run


def _updating(order: Order, how: How) -> int:
    """Run an order and write what it found into the expectations file.

    The exit code is that of the run, judged by the file as it was.
    """
    from denbun.expectations import file_to_update, update

    path = file_to_update(order.sut)
    code, run = once(order, how)
    if run is not None:
        for line in update(path, run).lines(str(path)):
            console.say(line)
    return code


def _role(
    role: str | None, *, sut: list[Path] | None, fault: str | None, variant: str | None
) -> str | None:
    """Return the role under test; that of the fault or variant where only this is given."""
    from telegram_specs.network import SUT_ROLES

    if role is not None:
        one_of("--role", "role", role, SUT_ROLES)
    if fault is None and variant is None:
        return role
    if fault and variant:
        raise Usage("--variant: cannot go with --fault. expected one of them")
    option, given = ("--fault", fault) if fault else ("--variant", variant)
    if sut:
        raise Usage(f"{option}: only the reference has it. expected no --sut")
    from reference_impl.faults import FAULTS, VARIANTS

    roles = {seeded.id: seeded.role for seeded in (FAULTS if fault else VARIANTS)}
    owner = roles[one_of(option, option.strip("-"), given or "", roles)]
    if role not in {None, owner}:
        raise Usage(f"{option}: {given} is one of {owner}. expected --role {owner}, got {role}")
    return owner


def _clear(out: Path) -> None:
    """Make the folder and remove what an earlier run left, so that nothing stale is read."""
    from reports.forms import OF_RUN

    out.mkdir(parents=True, exist_ok=True)
    for name in (*(form.file for form in OF_RUN.values()), TWIN):
        (out / name).unlink(missing_ok=True)


def _run(order: Order, how: How) -> Exception | None:
    """Run the suite and return what kept it from its end."""
    from denbun.progress import Bar, CaseProgress
    from denbun.suite import Tail, run_suite

    try:
        with ExitStack() as stack:
            plugins: list[object] = []
            note: Callable[[str], None] = console.complain
            if not how.quiet and not _is_attended(order):
                bar = stack.enter_context(Bar(_CASES[how.lang]))
                plugins.append(CaseProgress(Tail(order.results), bar))
                note = bar.note
            if how.trace:
                from denbun.trace import Trace

                plugins.append(stack.enter_context(Trace(Tail(order.transcript), note)))
            if how.pause:
                from denbun.pause import Pause

                plugins.append(Pause(order, Tail(order.results), note))
            run_suite(order, *plugins)
    except Exception as error:  # noqa: BLE001 - told after the report of what was done before
        return error
    return None


def _is_attended(order: Order) -> bool:
    """Tell whether a person answers in the terminal, where a bar would be in the way."""
    from steps.sut import load_sut

    return any(load_sut(file).driver.kind == "operator" for file in order.sut)


def _report(order: Order, how: How) -> Run | None:
    """Write every form of the report and print the verdicts; None where there is no run."""
    if not order.results.exists():
        return None
    from denbun.finished import run_in, shown_of
    from denbun.unmasked import twin
    from reports.forms import OF_RUN, encoded, render
    from reports.ownerfile import write_private

    run = run_in(order.out)
    shown = shown_of(order.out, run)
    for name, form in OF_RUN.items():
        (order.out / form.file).write_bytes(encoded(render(name, shown, how.lang)))
    if how.unmask:
        unmasked = render("html", twin(order.out, run), how.lang)
        write_private(order.out / TWIN, encoded(unmasked))
    if not how.quiet:
        console.say_form(render("text", shown, how.lang), "text")
        console.say()
    console.say(f"{_REPORT[how.lang]}: {order.out / 'report.html'}")
    return run
