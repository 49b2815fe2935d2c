"""One run of the suite: selection, the life of each case, the result stream."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reports.model import Case
from reports.verdict import Obstacle, ObstacleKind, decide
from steps.bench.journal import Journal
from steps.bench.party import Unmet
from steps.breaker import Breaker, spoke_not
from steps.cases import CaseId, case_of_item, scenario_of, sentences_of
from steps.close import Close
from steps.current import Current
from steps.drift import options_shown
from steps.drivers.lock import Lock
from steps.drivers.operator.form import CaseNote
from steps.drivers.protocol import DriverError, SutLost
from steps.events import load_events
from steps.expectations import load_expectations
from steps.files import RunFiles
from steps.heading import Heading
from steps.ics import OPTIONS
from steps.index import case_ids
from steps.judge.court import Decision
from steps.judge.values import scrub
from steps.outcome import judged, veil, veiled
from steps.pair import load_systems
from steps.register import FEATURES, load_register
from steps.residents import Residents
from steps.resume import left_in
from steps.rig import LOST, Rig, why_lost
from steps.scene import Scene
from steps.unforeseen import told
from steps.world import World
from telegram_specs import load_profile
from telegram_specs.engine.selfcheck import self_check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model import Header
    from steps.bench.network import Bench
    from steps.drivers.operator.words import Lang
    from telegram_specs import Profile

__all__ = ["HarnessBroken", "SuiteRun", "checked_profile"]

STDERR_LINES = 10


_register = cache(load_register)


@cache
def checked_profile(folder: Path | None) -> tuple[Profile, tuple[str, ...]]:
    """Load a profile and check the engine against its vectors, once in a process."""
    profile = load_profile(folder)
    return profile, tuple(self_check(profile))


class HarnessBroken(Exception):  # noqa: N818 - it ends the run
    """The engine disagrees with its published samples or vectors; nothing may be judged."""


class SuiteRun:
    """The run of a selection of scenarios against one system under test.

    ``preloaded`` starts the reference faster, for those who start it often. With ``resume`` the
    run that ``out`` holds is gone on with.
    """

    def __init__(
        self,
        *,
        sut_files: Sequence[Path],
        role: str | None,
        profile_folder: Path | None,
        seed: int,
        out: Path | None,
        fault: str | None = None,
        variant: str | None = None,
        strict: bool = False,
        preloaded: bool = False,
        resume: bool = False,
        lang: Lang = "ja",
    ) -> None:
        self.register = _register()
        self.profile, problems = checked_profile(profile_folder)
        if problems:
            raise HarnessBroken("\n".join(problems))
        self.systems = load_systems(sut_files, role)
        self.sut, self.role = self.systems.sut, self.systems.role
        self.interrupted = False
        self._strict = strict
        self._ids: dict[str, CaseId] = {}
        self._heading = Heading(
            self.systems, self.register, self.profile, profile_folder, seed, fault or variant
        )
        if self.sut.expectations:
            known = case_ids(self.register)
            self._heading.expectations = load_expectations(
                self.sut.expectations, known, self.register
            )
        self.current: Current | None = None
        self._cases: list[Case] = []
        self._errors: list[str] = []
        self._unreachable: str | None = None
        self._breaker = Breaker(self.sut.pixit.give_up_after)
        self._heard = 0
        self._locks = [Lock(each) for each in self.systems.identities()]
        self._left = left_in(out) if resume and out else None
        self._part_seed = self._left.seed(seed) if self._left else seed
        self._header: Header | None = self._left.results.header if self._left else None
        self._files = RunFiles(out, self._left)
        self._world: World | None = None
        self.rig = Rig(
            systems=self.systems,
            profile=self.profile,
            profile_folder=profile_folder,
            seed=seed,
            part_seed=self._part_seed,
            folder=Path(tempfile.mkdtemp(prefix="denbun-")),
            out=out,
            left=self._left,
            fault=fault,
            variant=variant,
            preloaded=preloaded,
            lang=lang,
        )

    # -- selection -------------------------------------------------------------------------------

    def select(
        self, items: Sequence[pytest.Item], *, complete: bool
    ) -> tuple[list[pytest.Item], list[pytest.Item]]:
        """Split scenarios into those for the role under test and the others."""
        kept, dropped = [], []
        for item in items:
            case = case_of_item(item, self.register)
            assert case is not None
            if case.id in {known.id for known in self._ids.values()}:
                raise pytest.UsageError(f"case id @{case.id} is given twice")
            if self.role in case.roles and (self._left is None or case.id in self._left.open):
                self._ids[item.nodeid] = case
                kept.append(item)
            else:
                dropped.append(item)
        self._heading.selected = tuple(case.id for case in self._ids.values())
        self._heading.complete = complete
        return kept, dropped

    def case_of(self, item: pytest.Item) -> CaseId:
        """Return what an item of this run is."""
        return self._ids[item.nodeid]

    def knows(self, item: pytest.Item) -> bool:
        """Tell whether an item is a case of this run."""
        return item.nodeid in self._ids

    def take_lock(self) -> None:
        """Keep other runs off the system under test, if the bench can listen for it.

        Raises SpecError or InUse.
        """
        if self._ids:
            self.systems.check_addresses()
        for lock in self._locks if self._ids else ():
            lock.take()

    # -- start -----------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """The world of the run, brought up when it is first needed."""
        if self._world is None:
            self._world = self._bring_up()
        return self._world

    def _bring_up(self) -> World:
        left = self._left
        if left:
            left.check(self._heading.header(None))
            self._cases = list(left.results.cases)
        records = self._files.open()
        bench = self.rig.bench(Journal(self._files.transcript, records))
        try:
            bench.start()
        except LOST as error:
            self._unreachable = why_lost(bench, error)
            self._heard = bench.sut.driver.stderr_size()
        if self._header is None:
            self._header = self._heading.header(bench)
            self._files.begin(self._header)
        world = World(
            bench=bench,
            profile=self.profile,
            register=self.register,
            events=load_events(),
            residents=Residents(self._part_seed, self.systems.pixit.codes()),
            ics=frozenset(self.sut.ics),
        )
        if left:
            world.residents.avoid(left.past.texts)
            world.designate(left.past.of_check("juminhyo_code"))
        return world

    # -- a case ----------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """The scene of the running case. Raises SutLost when the system was never reached."""
        assert self.current is not None
        if self.current.scene is None:
            raise SutLost(self.current.lost)
        return self.current.scene

    def begin(self, item: pytest.Item) -> Current:
        """Begin a case; a system that died since the last one is started again, and counted."""
        world, case = self.world, self._ids[item.nodeid]
        self._own_mistakes(world.bench)
        journal = world.bench.journal
        scenario = scenario_of(item)
        assert scenario is not None
        feature = Path(scenario.feature.filename).relative_to(FEATURES.parent).as_posix()
        obstacles: list[Obstacle] = []
        scene: Scene | None = None
        lost = self._unreachable or ""
        given_up = self._breaker.obstacle()
        if not lost and not given_up:
            try:
                unnoticed = world.bench.heal()
                if world.put_back():  # the system was lost before a case could do so
                    world.bench.quiesce()
                world.begin(case.id)
                scene = Scene(world, case.id, case.requirement)
                if unnoticed:
                    text = f"終了していたため、再び起動した ({unnoticed})"
                    obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
            except (SutLost, DriverError, Unmet) as error:
                lost = scrub(str(error))
        journal.case_id = case.id
        option = self.register[case.requirement].option
        if option is not None and option not in self.sut.ics:
            text = f"ICSで主張されない: {OPTIONS[option].ja} ({option})"
            obstacles.append(Obstacle(ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS, text))
        elif given_up:
            obstacles.append(given_up)
        if self.rig.attended:
            done, total = len(self._cases), len(self._header.selected) if self._header else 0
            note = CaseNote(case.id, scenario.name, sentences_of(item), done, total)
            self.rig.attended.case_begins(note)
        self.current = Current(case, scenario.name, feature, scene, lost, journal.elapsed_ms())
        self.current.obstacles += obstacles
        return self.current

    @staticmethod
    def nothing(**_fixtures: object) -> None:
        """Stand in for a scenario that does not apply."""

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """Note in the footer what keeps a case from being begun or written down."""
        try:
            yield
        except Exception as error:
            self._errors.append(told(error))
            raise

    def end(self) -> Case:
        """Judge the case, write its line and return it."""
        current = self.current
        assert current is not None
        decision, obstacles = self._decide(current)
        obstacles += self._said(obstacles)
        if obstacles and current.scene:
            secrets = current.scene.secrets()
            obstacles = [veiled(met, secrets) for met in obstacles]
        verdict, reason = decide(decision.findings, obstacles)
        if current.applies():
            self._breaker.note(verdict, obstacles)
        held = {j.requirement_id for j in decision.judgements if j.held is not None}
        bench = self.world.bench
        start = current.scene.start if current.scene else 0
        case = Case(
            case_id=current.id.id,
            title=current.title,
            area=current.id.area,
            verdict=verdict,
            feature=current.feature,
            tags=current.id.tags,
            requirement_ids=(current.id.requirement, *sorted(held - {current.id.requirement})),
            reason=reason,
            findings=tuple(decision.findings),
            judgements=tuple(decision.judgements),
            obstacles=tuple(obstacles),
            brief=self._brief(current),
            evidence=tuple(record.seq for record in bench.journal.records[start:]),
            steps=judged(current.steps, decision.findings),
            observed=tuple(dict.fromkeys(decision.observed)),
            shown=options_shown(bench.parts, bench.sut.asked, bench.journal.records, start)
            if current.scene
            else (),
            expected=known.of(current.id.id) if (known := self._heading.expectations) else None,
            started_ms=current.started_ms,
            ended_ms=bench.journal.elapsed_ms(),
            comments=self._comments(current),
            acts=tuple(current.scene.acts) if current.scene else (),
        )
        bench.journal.case_id = None
        self.current = None
        self._cases.append(case)
        digest = self._files.keep(case)
        if digest and self.rig.attended:
            self.rig.attended.case_kept(case.case_id, str(verdict), digest)
        return case

    def _brief(self, current: Current) -> str:
        """Keep what the court was given, so that it can be asked again; return the digest."""
        trial = current.scene.trial if current.scene else None
        given = self.world.ledger.given
        return self._files.brief(current.id.id, trial, seed=self._part_seed, given=given)

    def _decide(self, current: Current) -> tuple[Decision, list[Obstacle]]:
        """Return what the court decides of a case, and every obstacle that was met."""
        if current.scene is None or not current.applies():
            return Decision(), current.obstacles
        close = Close(current.scene, self.register, self.role, [*current.obstacles])
        decision = close.decide()
        return decision, [*close.obstacles, *decision.obstacles]

    def _said(self, obstacles: Sequence[Obstacle]) -> list[Obstacle]:
        """Return what was said on stderr since the last case, where the system fell silent."""
        driver = self.world.bench.sut.driver
        lines = driver.stderr_tail(self._heard).splitlines()[-STDERR_LINES:]
        self._heard = driver.stderr_size()
        if not lines or not spoke_not(obstacles):
            return []
        return [Obstacle(ObstacleKind.ADAPTER_BROKEN, f"stderr: {scrub(' / '.join(lines))}")]

    def _comments(self, current: Current) -> tuple[str, ...]:
        """Return what a person wrote about the case, without the values that nobody may see."""
        made = self.rig.attended.case_ends() if self.rig.attended else ()
        known = current.scene.secrets() if current.scene and made else ()
        return tuple(veil(scrub(text), known) for text in made)

    # -- end -------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write the footer and clear up."""
        if self._world is None:
            self._clear_up()
            return
        bench = self.world.bench
        if self._unreachable is None:
            bench.sut.note_death()
        self._own_mistakes(bench)
        if self._header:
            self._files.end(
                self._header,
                self._cases,
                unasked_deaths=bench.sut.unasked_deaths + self._deaths_before(),
                interrupted=self.interrupted,
                harness_errors=tuple(self._errors),
                strict=self._strict,
            )
        with contextlib.suppress(*LOST):
            bench.stop()
        self._files.close()
        self._clear_up()

    def _own_mistakes(self, bench: Bench) -> None:
        """Note in the footer what went wrong in the bench while no case ran."""
        while bench.unforeseen:
            self._errors.append(told(bench.unforeseen.pop(0)))

    def _deaths_before(self) -> int:
        footer = self._left.results.footer if self._left else None
        return footer.unasked_deaths if footer else 0

    def _clear_up(self) -> None:
        shutil.rmtree(self.rig.folder, ignore_errors=True)
        for lock in self._locks:
            lock.leave()
