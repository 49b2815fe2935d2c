"""The suite as a pytest plugin: options, selection, the life of each case, the results.

A scenario's verdict comes from what was observed, not from where an exception was raised: the
plugin sorts exceptions into obstacles, lets the judge decide, and only then tells pytest.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from steps import lookup, sentences
from steps.register import FEATURES
from telegram_specs import SpecError
from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Generator

    from steps.current import Current
    from steps.run import SuiteRun
    from steps.scene import Scene

STEP_MODULES = tuple(
    f"{sentences.__name__}.{module.name}" for module in pkgutil.iter_modules(sentences.__path__)
)
RUN_KEY: pytest.StashKey[SuiteRun] = pytest.StashKey()
TAG = re.compile(r"(?:^|\s)@([^\s@]+)")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    group = parser.getgroup("denbun", "conformance of resident record systems")
    group.addoption(
        "--sut",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="sut.yaml of the system under test; a second one is its counterpart's",
    )
    group.addoption("--role", choices=SUT_ROLES, help="role of the system under test")
    group.addoption("--profile", type=Path, metavar="DIR", help="folder of a private profile")
    group.addoption("--seed", type=int, help="seed of data and choices; drawn when not given")
    group.addoption("--denbun-out", type=Path, metavar="DIR", help="folder for the results")
    group.addoption("--denbun-fault", metavar="ID", help="seeded fault of the reference")
    group.addoption("--denbun-variant", metavar="ID", help="correct variant of the reference")
    group.addoption("--denbun-resume", action="store_true", help="go on with the run in the folder")
    group.addoption("--denbun-lang", choices=("ja", "en"), default="ja", help="operator's language")
    group.addoption("--denbun-strict", action="store_true", help="a missing claim is an error")


def pytest_configure(config: pytest.Config) -> None:
    """Register the steps, and every tag of the features as a marker."""
    lookup.install()
    for name in STEP_MODULES:
        config.pluginmanager.register(importlib.import_module(name), name)
    texts = [path.read_text("utf-8-sig") for path in sorted(FEATURES.rglob("*.feature"))]
    tags = [tag for text in texts for tag in TAG.findall(text)]
    for name in dict.fromkeys(name for tag in tags for name in _names(tag)):
        config.addinivalue_line("markers", f"{name}: tag of the features")


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool:
    """Mark a scenario by its tag, its requirement and its area."""
    for name in _names(tag):
        getattr(pytest.mark, name)(function)
    return True


def _names(tag: str) -> list[str]:
    requirement = tag.partition(".")[0]
    area = requirement.partition("-")[0]
    return list(dict.fromkeys([tag, requirement, area]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Keep the scenarios that are for the role under test, and check every tag."""
    scenarios = [item for item in items if hasattr(item, "function") and _is_scenario(item)]
    if not scenarios:
        return
    try:
        run = _new_run(config.option)
    except Exception as error:
        if config.pluginmanager.has_plugin("terminalreporter"):
            _say_in_pytest(error)
        raise
    config.stash[RUN_KEY] = run
    others = [item for item in items if item not in scenarios]
    everything = not config.option.markexpr and not config.option.keyword
    kept, dropped = run.select(scenarios, complete=everything and session.testsfailed == 0)
    items[:] = [*others, *kept]
    config.hook.pytest_deselected(items=dropped)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Keep other runs off the system under test from here on."""
    run = session.config.stash.get(RUN_KEY, None)
    if run is None or session.config.option.collectonly:
        return
    try:
        run.take_lock()
    except (SpecError, OSError) as error:
        if session.config.pluginmanager.has_plugin("terminalreporter"):
            _say_in_pytest(error)
        raise


def _new_run(options: Any) -> SuiteRun:
    """Return the run that the options ask for. Raises SpecError, OSError or HarnessBroken."""
    from steps.run import SuiteRun  # noqa: PLC0415 - the other tests need none of this

    return SuiteRun(
        sut_files=options.sut,
        role=options.role,
        profile_folder=options.profile,
        seed=options.seed if options.seed is not None else secrets.randbelow(2**31),
        out=options.denbun_out,
        fault=options.denbun_fault,
        variant=options.denbun_variant,
        strict=options.denbun_strict,
        resume=options.denbun_resume,
        lang=options.denbun_lang,
    )


def _say_in_pytest(error: Exception) -> None:
    """Say an error as plain pytest says one: in its own words, without a traceback."""
    from steps.run import HarnessBroken  # noqa: PLC0415 - likewise

    if isinstance(error, HarnessBroken):
        pytest.exit(str(error), returncode=4)
    if isinstance(error, (SpecError, OSError)):
        raise pytest.UsageError(str(error)) from None


def _is_scenario(item: Any) -> bool:
    from steps.cases import scenario_of  # noqa: PLC0415 - the other tests need none of this

    return scenario_of(item) is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run a scenario as a case: prepare its scene, judge it, tell pytest the outcome."""
    run = item.config.stash.get(RUN_KEY, None)
    if run is None or not run.knows(item):
        return (yield)
    from steps.outcome import tell_pytest  # noqa: PLC0415 - the other tests need none of this

    with run.whole():
        current = run.begin(item)
    if not current.applies():
        setattr(item, "obj", run.nothing)  # noqa: B010 - only functions have it
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        run.interrupted = True
        raise
    except BaseException as error:  # noqa: BLE001 - every outcome becomes part of the verdict
        current.failed(error)
    with run.whole():
        case = run.end()
    tell_pytest(case)
    return None


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    """The scene of the running scenario."""
    return request.config.stash[RUN_KEY].scene


def _current(request: pytest.FixtureRequest) -> Current | None:
    """Return the case that is running, None for a scenario outside a run."""
    run = request.config.stash.get(RUN_KEY, None)
    return run.current if run else None


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Any) -> None:
    """Note the sentences of a scenario, all of them not yet reached."""
    if current := _current(request):
        current.sentences(scenario.steps)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Note that a sentence was carried out."""
    if current := _current(request):
        current.sentence(step, "passed")


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Any) -> None:
    """Note the sentence at which the scenario ended."""
    if current := _current(request):
        current.sentence(step, "failed")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the footer and part from the system under test.

    An interrupt between two cases is known by its exit status only.
    """
    if run := session.config.stash.get(RUN_KEY, None):
        run.interrupted = run.interrupted or exitstatus == pytest.ExitCode.INTERRUPTED
        run.finish()
