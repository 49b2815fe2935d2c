"""The desk: where a request lies until a person has answered it, at the page or the terminal."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from steps.drivers.operator.reading import read
from steps.drivers.protocol import SutLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.drivers.operator.form import Task
    from steps.drivers.operator.reading import Answer, Problem, Raw

__all__ = ["Desk", "Stale", "View"]

LISTEN = 0.25
"""Seconds between two looks for an interrupt of the program, while a person thinks."""
State = Literal["waiting", "asking", "paused", "finished"]


class Stale(Exception):  # noqa: N818 - it is what happened
    """An answer came to a request that is answered already."""


@dataclass(frozen=True, slots=True)
class View:
    """What is on the desk; ``version`` goes up with every change, ``left`` is in seconds."""

    version: int
    state: State
    task: Task | None
    left: int | None
    overdue: bool


class Desk:
    """One request at a time, with its time limit; safe between threads.

    Args:
        within: seconds for an answer, and for every prolongation.
        now: the clock.
    """

    def __init__(self, within: float, now: Callable[[], float] = time.monotonic) -> None:
        self._within = within
        self._now = now
        self._changed = threading.Condition()
        self._version = 0
        self._task: Task | None = None
        self._answer: Answer | None = None
        self._left = 0.0
        self._since = 0.0
        self._paused = False
        self._overdue = False
        self._finished = False
        self._gone = False

    def ask(self, task: Task) -> Answer:
        """Lay a request on the desk and wait for its answer.

        Raises SutLost when nobody can answer, or when the time ran out; the desk is paused then, so
        that the requests that follow wait until somebody is back.
        """
        with self._changed:
            self._task, self._answer = task, None
            self._left, self._since = self._within, self._now()
            self._touch()
            try:
                while self._answer is None:
                    if not self._paused and self._time_left() <= 0:
                        self._paused = self._overdue = True
                        raise SutLost(f"{task.verb}: the operator gave no answer in time")
                    if self._gone:
                        raise SutLost(f"{task.verb}: the terminal was closed, and there is no page")
                    self._changed.wait(LISTEN)
                return self._answer
            finally:
                self._task = None
                self._touch()

    def submit(self, number: int, raw: Raw) -> tuple[Problem, ...]:
        """Answer a request; return what is wrong with the answer, nothing where it is taken.

        Raises Stale.
        """
        with self._changed:
            task = self._task
            if task is None or task.number != number or self._answer is not None:
                raise Stale
            answer, problems = read(task, raw)
            if answer is not None:
                self._answer = answer
                self._touch()
            return problems

    def pause(self) -> None:
        """Stop the time."""
        with self._changed:
            if not self._paused:
                self._left = self._time_left()
                self._paused = True
                self._touch()

    def go_on(self) -> None:
        """Let the time run again, anew when it had run out."""
        with self._changed:
            if self._paused:
                self._since = self._now()
                self._left = self._within if self._overdue else self._left
                self._paused = self._overdue = False
                self._touch()

    def more_time(self) -> None:
        """Give another time limit to the request."""
        with self._changed:
            self._left += self._within
            self._touch()

    def leave(self) -> None:
        """Say that nobody can answer any more."""
        with self._changed:
            self._gone = True
            self._touch()

    def finish(self) -> None:
        """Say that no more requests come."""
        with self._changed:
            self._finished = True
            self._touch()

    def view(self) -> View:
        """Return what is on the desk now."""
        with self._changed:
            answered = self._answer is not None
            task = None if answered else self._task
            state: State = "asking" if task else "waiting"
            if self._paused:
                state = "paused"
            if self._finished:
                state = "finished"
            left = int(self._time_left()) if task else None
            return View(self._version, state, task, left, self._overdue)

    def wait_beyond(self, version: int, within: float) -> View:
        """Return what is on the desk once it has changed, or after ``within`` seconds."""
        deadline = time.monotonic() + within
        with self._changed:
            while self._version == version:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
        return self.view()

    def _time_left(self) -> float:
        return self._left if self._paused else self._left - (self._now() - self._since)

    def _touch(self) -> None:
        self._version += 1
        self._changed.notify_all()
