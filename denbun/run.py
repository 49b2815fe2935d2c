"""``denbun run``: run the suite against one system, write the report, say what it found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from denbun import console, options
from denbun.failures import Broken, Usage, one_of
from denbun.report import Form, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from denbun.suite import Order
    from reports import Run

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun run",
    "denbun run --role cs --tags STOCK",
    "denbun run --sut my-sut.yaml --out results/today --lang en",
    "denbun run --sut my-juki.yaml --sut their-cs.yaml",
    "denbun run --sut operator.yaml --out acceptance --tags BIRTH",
    "denbun run --resume acceptance",
    'denbun run --tags "@BIRTH-004.1 or NUM and not 順序"',
    "denbun run --fault second-number-written",
)
NOTHING = 5
SESSION = "operator.jsonl"
REPORTS: Mapping[str, Form] = {
    "report.html": "html",
    "junit.xml": "junit",
    "summary.md": "markdown",
}
"""The files of a report and their renderers."""
_REPORT = {"ja": "報告書", "en": "report"}


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
) -> int:
    """Run the suite against a system, by default against the bundled reference.

    Exit codes: 0 conformant, 1 not conformant, 2 not determined, 3 wrong usage, 4 the harness
    broke, 5 nothing selected.
    """
    from denbun.suite import Order

    if resume:
        from denbun.resuming import order_left

        given: dict[str, object] = {"--sut": sut or None, "--role": role, "--profile": profile}
        given |= {"--tags": tags, "--fault": fault, "--variant": variant, "--seed": seed}
        order = order_left(resume, given, strict=strict, lang=lang)
        return _finish(order, lang, quiet=quiet)
    if (out / SESSION).exists():
        from denbun.resuming import spare

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
    return _finish(order, lang, quiet=quiet)


def _finish(order: Order, lang: options.Language, *, quiet: bool) -> int:
    """Run what is ordered, report it and return the exit code."""
    from reports import ChainError, ResultError, exit_code

    _clear(order.out)
    failure, run = _run(order, quiet=quiet), None
    try:
        run = _report(order, lang, quiet=quiet)
    except (ResultError, ChainError) as error:
        failure = failure or Broken(str(error))
    if failure:
        raise failure
    if run is None or not run.header.selected:
        got = f"none for --tags {order.tags}" if order.tags else "none"
        console.complain(f"denbun: nothing selected. expected a scenario of the role, got {got}")
        return NOTHING
    return exit_code(run, strict=order.strict)


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
    out.mkdir(parents=True, exist_ok=True)
    for name in REPORTS:
        (out / name).unlink(missing_ok=True)


def _run(order: Order, *, quiet: bool) -> Exception | None:
    """Run the suite and return what kept it from its end."""
    from denbun.progress import Bar, CaseProgress
    from denbun.suite import Tail, run_suite

    try:
        if quiet or _is_attended(order):
            run_suite(order)
        else:
            with Bar("cases") as bar:
                run_suite(order, CaseProgress(Tail(order.results), bar))
    except Exception as error:  # noqa: BLE001 - told after the report of what was done before
        return error
    return None


def _is_attended(order: Order) -> bool:
    """Tell whether a person answers in the terminal, where a bar would be in the way."""
    from steps.sut import load_sut

    return any(load_sut(file).driver.kind == "operator" for file in order.sut)


def _report(order: Order, lang: options.Language, *, quiet: bool) -> Run | None:
    """Write every form of the report and print the verdicts; None where there is no run."""
    if not order.results.exists():
        return None
    from reports import read_run, read_transcript
    from reports.masking import mask_run

    run = read_run(order.results)
    shown = mask_run(run, read_transcript(order.transcript))
    for name, form in REPORTS.items():
        (order.out / name).write_text(render(form, shown, lang), "utf-8")
    if not quiet:
        console.say(render("text", shown, lang))
    console.say(f"{_REPORT[lang]}: {order.out / 'report.html'}")
    return run
