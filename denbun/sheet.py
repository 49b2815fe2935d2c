"""``denbun sheet``: the test sheet (試験手順書) of a role, without running anything."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
import typer

from denbun import console, options
from denbun.failures import Usage, one_of

if TYPE_CHECKING:
    from steps.drivers.operator.sheet import SheetCase
    from steps.run import SuiteRun

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun sheet --role juki --tags BIRTH --out sheet.html",
    "denbun sheet --sut operator.yaml --format markdown",
)
SEED = 1
"""Of the people on the sheet, which are samples."""


def command(
    *,
    sut: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The sut.yaml.", dir_okay=False, exists=True),
    ] = None,
    role: Annotated[
        str | None, typer.Option(help="Role: juki, cs, atena, chukan, shinsei.")
    ] = None,
    profile: options.Profile = None,
    tags: Annotated[str | None, typer.Option(metavar="EXPR", help="As for denbun run.")] = None,
    form: Annotated[
        Literal["html", "markdown"], typer.Option("--format", help="Form of the sheet.")
    ] = "html",
    lang: options.Lang = "ja",
    out: options.Out = None,
) -> int:
    """Print the test sheet: sentences, instructions, blanks, requirement and clause of each case.

    Exit codes: 0 done, 3 wrong usage, 4 the harness broke.
    """
    from denbun.suite import Order, run_suite
    from steps.drivers.operator.sheet import render_html, render_markdown
    from telegram_specs.network import SUT_ROLES

    if role is not None:
        one_of("--role", "role", role, SUT_ROLES)
    writer = _Writer()
    with tempfile.TemporaryDirectory(prefix="denbun-") as folder:
        order = Order(out=Path(folder), role=role, sut=sut, profile=profile, tags=tags)
        run_suite(order, writer)
    if not writer.cases:
        got = f"none for --tags {tags}" if tags else "none"
        raise Usage(f"--tags: nothing selected. expected a scenario of the role, got {got}")
    render = {"html": render_html, "markdown": render_markdown}[form]
    text = render(writer.cases, writer.head, lang)
    if out:
        out.write_text(text, "utf-8")
        console.say(str(out))
    else:
        console.say_utf8(text)
    return 0


class _Writer:
    """A pytest plugin that rehearses every case instead of running it."""

    def __init__(self) -> None:
        self.cases: list[SheetCase] = []
        self.head: dict[str, object] = {}
        self._rehearsal: Any = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool:
        """Note what a case asks of a person; nothing is run."""
        from steps.plugin import RUN_KEY

        self._add(item, item.config.stash[RUN_KEY])
        return True

    def _add(self, item: pytest.Item, run: SuiteRun) -> None:
        from steps.cases import row_of, scenario_of, sentences_of
        from steps.drivers.operator.sheet import SheetCase
        from steps.rehearsal import Rehearsal

        if self._rehearsal is None:
            self._rehearsal = Rehearsal(
                role=run.role,
                pixit=run.sut.pixit,
                profile=run.profile,
                register=run.register,
                seed=SEED,
            )
        case, scenario = run.case_of(item), scenario_of(item)
        assert scenario is not None
        found = self._rehearsal.of(case, scenario.render(row_of(item)).steps)
        known = run.register[case.requirement]
        self.cases.append(
            SheetCase(
                id=case.id,
                title=scenario.name,
                requirement=(known.id, str(known.level), (known.ja, known.en)),
                clause=known.source,
                sentences=sentences_of(item),
                tasks=found.tasks,
                whole=found.whole,
                covered=found.covered,
            )
        )
        self.head = {
            "product": run.sut.product.name,
            "role": run.role,
            "profile": run.profile.label,
            "count": len(self.cases),
        }
