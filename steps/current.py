"""The case that is running: its sentences, and what was met on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from reports.model import Step
from reports.verdict import Obstacle, ObstacleKind
from steps.errors import looked_at
from steps.index import definition_of
from steps.outcome import obstacle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.cases import CaseId
    from steps.scene import Scene

__all__ = ["Current"]

NOT_FOR_RUNNING = {ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS, ObstacleKind.GIVEN_UP}
"""Obstacles that are known before a case begins."""


@dataclass(slots=True)
class Current:
    """What is known of the case so far.

    Attributes:
        scene: what its steps share, None where the system was not reached.
        lost: why it was not.
        steps: its sentences and what became of each.
    """

    id: CaseId
    title: str
    feature: str
    scene: Scene | None
    lost: str
    started_ms: int
    steps: list[Step] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    def applies(self) -> bool:
        """Tell whether the case that begins is to be run at all."""
        kinds = {obstacle.kind for obstacle in self.obstacles}
        return not kinds & NOT_FOR_RUNNING

    def sentences(self, steps: Sequence[Any]) -> None:
        """Note the sentences of the case."""
        self.steps = [Step(s.keyword.strip(), s.name, "skipped") for s in steps]
        if self.scene:
            functions = (definition_of(step.type, step.name).function for step in steps)
            self.scene.asks_errors = looked_at(functions)

    def sentence(self, step: Any, outcome: Literal["passed", "failed"]) -> None:
        """Note what became of the next sentence."""
        for number, known in enumerate(self.steps):
            if known.outcome == "skipped" and known.text == step.name:
                self.steps[number] = Step(known.keyword, known.text, outcome)
                if self.scene:
                    self.scene.sentence = number + 1
                return

    def failed(self, error: BaseException) -> None:
        """Keep what an exception of a step means for the case."""
        self.obstacles.append(obstacle(error))
        if self.scene:
            self.scene.note_trouble(error)
