"""The close of a case: the network becomes quiet, the court decides, the systems still live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.verdict import Obstacle, ObstacleKind
from steps.bench.party import Unmet
from steps.clock import today as real_today
from steps.drivers.protocol import DriverError, Skipped, SutLost
from steps.judge.court import Decision
from steps.outcome import broken_harness, ended, obstacle, still_there
from steps.scene import NETWORK

if TYPE_CHECKING:
    from steps.register import Register
    from steps.scene import Scene

__all__ = ["Close"]

ROBUST, GOES_ON = "ROBUST-001", "FORMAT-002"
"""What a system breaks that ends by itself: always the first, after a broken telegram both."""


@dataclass(slots=True)
class Close:
    """What is done when the sentences of a case are through.

    Attributes:
        scene: the scene of the case.
        register: tells what binds the role.
        role: the role under test.
        obstacles: those of the sentences; what is met since is added.
    """

    scene: Scene
    register: Register
    role: str
    obstacles: list[Obstacle]

    def decide(self) -> Decision:
        """Let the court decide once the network is quiet, then clear up."""
        scene, bench = self.scene, self.scene.bench
        try:
            self._come_to_rest()
        except Skipped as error:
            self.obstacles.append(obstacle(error))
        except (SutLost, DriverError, Unmet) as error:
            if not self.obstacles:  # else the case had ended before, and that says why
                scene.lost(error)
            scene.note_trouble(error)
        decision = Decision()
        try:
            scene.note_trouble()
            decision = scene.decide()
        except Exception as error:  # noqa: BLE001 - a rule that fails is our own error
            self.obstacles.append(broken_harness(error))
        decision.obstacles += scene.obstacles
        while bench.unforeseen:
            decision.obstacles.append(broken_harness(bench.unforeseen.pop(0)))
        for text in bench.security.problems():
            decision.obstacles.append(Obstacle(ObstacleKind.NOT_OBSERVED, text))
        self._look_after(decision)
        return decision

    def _come_to_rest(self) -> None:
        """End what the scenario disturbed and moved, and wait until nothing passes any more."""
        scene = self.scene
        scene.at_rest()
        scene.close_window()
        if not self.obstacles:
            scene.note_missed_disturbances()
        scene.put_back()
        if scene.disturbed or scene.moved_clocks:
            scene.bench.end_disturbances()
        if scene.disturbed or scene.moved_clocks or scene.falls_due:
            self._put_clocks_right()
            scene.quiet()

    def _put_clocks_right(self) -> None:
        """Bring dates and times that the scenario moved back to today.

        What was planned for another day must not fall due in a later scenario.
        """
        scene, bench, today = self.scene, self.scene.bench, real_today().isoformat()
        if scene.falls_due or NETWORK in scene.moved_clocks:
            bench.reset()
        if NETWORK in scene.moved_clocks:
            bench.set_date_everywhere(today)
        for role in scene.moved_clocks:
            if role != NETWORK:
                bench.set_date(role, today)

    def _look_after(self, decision: Decision) -> None:
        """See whether the system still lives; one that ended by itself broke a requirement."""
        bench = self.scene.bench
        system, other = bench.sut.driver, bench.counterpart
        if other and not other.driver.alive():
            other.note_death()
            text = f"{other.title}: the system ended ({other.driver.exit_note()})"
            decision.obstacles.append(Obstacle(ObstacleKind.SUT_LOST, text))
        if system.alive():
            if self.register.binds(ROBUST, self.role) and system.managed:
                decision.judgements.append(still_there(ROBUST, held=True))
            return
        note = system.exit_note()
        if system.managed and system.ended_by_itself():
            records = bench.journal.records[self.scene.start :]
            broken = any((r.fault or "").startswith("broken") for r in records)
            for requirement_id in (ROBUST, *[GOES_ON] * broken):
                if self.register.binds(requirement_id, self.role):
                    decision.judgements.append(still_there(requirement_id, held=False))
                    decision.findings.append(ended(self.register[requirement_id], note))
        decision.obstacles.append(Obstacle(ObstacleKind.SUT_LOST, f"the system ended ({note})"))
