"""The suite, run by pytest inside this process, without pytest's own console."""

from __future__ import annotations

import json
import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from denbun import console, options
from denbun.__main__ import ROOT
from denbun.failures import Broken, Stopped, Usage
from reports import ChainError, ResultError
from steps.cases import LEAF, TagError, row_of
from steps.filenames import BRIEFS, RESULTS, TRANSCRIPT
from steps.unforeseen import told
from telegram_specs import DenbunError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

__all__ = ["Order", "Tail", "nothing_selected", "run_suite"]

_AT = re.compile(r"(?<![^\s(])@")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run, and where the results go.

    Attributes:
        out: an existing folder.
        role: the role under test, None for the one that ``sut`` names.
        sut: the sut.yaml of the system under test and, if any, of its counterpart.
        resume: True to go on with the run that ``out`` holds.
        lang: of what a person at the system is shown.
        tags: an expression of tags, a leading ``@`` allowed, or None for everything.
    """

    out: Path
    role: str | None = None
    sut: tuple[Path, ...] = ()
    profile: Path | None = None
    tags: str | None = None
    fault: str | None = None
    variant: str | None = None
    seed: int | None = None
    strict: bool = False
    resume: bool = False
    lang: str = "ja"

    @property
    def results(self) -> Path:
        """The result stream."""
        return self.out / RESULTS

    @property
    def transcript(self) -> Path:
        """The raw telegrams."""
        return self.out / TRANSCRIPT

    def arguments(self) -> list[str]:
        """Return the arguments for pytest."""
        given = {
            "--denbun-out": self.out,
            "--role": self.role,
            "--profile": self.profile,
            "--denbun-fault": self.fault,
            "--denbun-variant": self.variant,
            "--seed": self.seed,
            "--denbun-lang": self.lang,
            "-m": _AT.sub("", self.tags) if self.tags is not None else None,
        }
        options = [f"{name}={value}" for name, value in given.items() if value is not None]
        systems = [f"--sut={path}" for path in self.sut]
        flags = ["--denbun-strict"] * self.strict + ["--denbun-resume"] * self.resume
        return [*options, *systems, *flags]


_FIXED = (
    f"--config-file={Path(__file__).with_name('suite.ini')}",
    f"--rootdir={ROOT}",
    *("-p", "pytest_bdd.plugin", "-p", "steps.plugin"),
    *("-p", "no:terminal", "-p", "no:cacheprovider", "--capture=no"),
    *("-p", "no:unraisableexception", "-p", "no:threadexception"),  # nobody would see the warnings
)
_OURS_ALONE = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONIOENCODING")
"""Variables that must not change the suite; its children speak UTF-8 on any console."""


def run_suite(order: Order, *plugins: object) -> None:
    """Run the suite; what it found is in the files of ``order.out``.

    Raises whatever kept pytest from running it to its end: Usage, Broken or an error of a file.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # other plugins cost more than a small run
    for name in _OURS_ALONE:
        os.environ.pop(name, None)
    for path in (order.results, order.transcript, order.out / BRIEFS):
        if not order.resume:
            path.unlink(missing_ok=True)
    watch = _Watch()
    arguments = [*_FIXED, *order.arguments(), str(ROOT / "features")]
    code = pytest.main(arguments, plugins=[watch, *plugins])
    if watch.error:
        raise watch.error
    begun = order.results.exists() and order.results.stat().st_size > 0
    if code == pytest.ExitCode.INTERRUPTED and not begun:
        raise Stopped("interrupted before the first case; there is nothing to report")
    if watch.uncollected:
        raise Broken("the features cannot be collected: " + "; ".join(watch.uncollected))


def nothing_selected(order: Order) -> int:
    """Say that an order selects no case, and return the exit code."""
    got = f"none for --tags {order.tags}" if order.tags else "none"
    console.complain(f"denbun: nothing selected. expected a scenario of the role, got {got}")
    return options.NOTHING


@dataclass
class _Watch:
    """A pytest plugin that keeps what pytest would print: errors outside of scenarios."""

    error: Exception | None = None
    uncollected: list[str] = field(default_factory=list)
    stop: bool = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Let Ctrl-C end the run behind the running case; a second one ends it at once.

        Raised wherever the program happens to be, an interrupt may get lost in a callback.
        """
        before = signal.getsignal(signal.SIGINT)
        if before is not signal.default_int_handler:
            return (yield)
        signal.signal(signal.SIGINT, self._interrupted)
        try:
            return (yield)
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupted(self, _number: int, _frame: object) -> None:
        if self.stop:
            raise KeyboardInterrupt
        self.stop = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> None:
        """Stop in front of a case when somebody asked for it."""
        if self.stop:
            raise KeyboardInterrupt

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, None, None]:
        """Keep pytest from printing a wrong expression of tags as an error of its own."""
        _mark_rows(config, items)
        try:
            yield
        except pytest.UsageError as error:
            passed_to, _, what = str(error).partition(": ")
            wrong = Usage(f"--tags: {what}") if "'-m'" in passed_to else Broken(str(error))
            raise wrong from None

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep the first error that is no verdict."""
        self._keep(excinfo.value)
        return True

    def pytest_exception_interact(self, call: pytest.CallInfo[Any], report: object) -> None:
        """Keep what made a feature unreadable, or what is no verdict and ends the run."""
        from steps.outcome import Nonconformance, Undetermined

        error = call.excinfo.value if call.excinfo else None
        if error is None or isinstance(error, (Nonconformance, Undetermined)):
            return
        if isinstance(report, pytest.CollectReport):
            self.uncollected.append(told(error))
        else:
            self._keep(error)
            self.stop = True

    def _keep(self, error: BaseException) -> None:
        from steps.run import HarnessBroken

        match error:
            case DenbunError() | ResultError() | ChainError() | OSError() | Usage() | Broken():
                found: Exception = error
            case HarnessBroken() | TagError():
                found = Broken(str(error))
            case _:
                found = Broken(told(error))
        self.error = self.error or found


class Tail:
    """Reads the lines of a result stream as they are written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = 0

    def new(self) -> list[dict[str, Any]]:
        """Return the lines since the last call, as plain JSON."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._position)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._position += len(whole)
        return [json.loads(line) for line in whole.splitlines()]


def _mark_rows(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Mark each row of an outline by its case id, so that ``--tags`` can name it."""
    named: dict[pytest.Item, str] = {}
    for item in items:
        leaves = [mark.name for mark in item.iter_markers() if LEAF.fullmatch(mark.name)]
        row = row_of(item)
        if row and leaves:
            named[item] = f"{leaves[0]}[{row['id']}]"
    for name in named.values():  # all before the first is used, as pytest reads them all again
        config.addinivalue_line("markers", f"{name}: row of an outline")
    for item, name in named.items():
        item.add_marker(name)
