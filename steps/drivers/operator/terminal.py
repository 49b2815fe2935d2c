"""The terminal: the same requests and the same answers as on the page, line by line."""

from __future__ import annotations

import queue
import threading
from typing import IO, TYPE_CHECKING

from steps.drivers.operator.desk import Stale
from steps.drivers.operator.reading import ABSENT, AS_SHOWN
from steps.drivers.operator.words import OUTCOMES, SCOPES, STAGES, pick, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from steps.drivers.operator.desk import Desk
    from steps.drivers.operator.form import Field, Task
    from steps.drivers.operator.reading import Problem, Raw
    from steps.drivers.operator.words import Lang, Pair

__all__ = ["Terminal", "lines_of"]

LISTEN = 0.2
"""Seconds between two looks whether the request was answered at the page."""
NOTHING, INSIST, PAUSE, MORE = "-", "!", ":pause", ":more"


class _Gone(Exception):  # noqa: N818 - it is what happened
    """The request was answered elsewhere, or nobody types any more."""


class Terminal:
    """Shows requests on a stream and reads the answers from another, beside the page.

    The end of the input ends the terminal only; ``alone``, without a page, nobody is left then.
    """

    def __init__(
        self, desk: Desk, given: IO[str], out: IO[str], lang: Lang, *, alone: bool = False
    ) -> None:
        self._alone = alone
        self._desk = desk
        self._given = given
        self._out = out
        self._lang: Lang = lang
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._ended = threading.Event()
        self._current = 0

    def start(self) -> None:
        """Begin to show and to read."""
        threading.Thread(target=self._read, name="terminal input", daemon=True).start()
        threading.Thread(target=self._work, name="terminal", daemon=True).start()

    def stop(self) -> None:
        """End it; the thread that waits for a line ends with the program."""
        self._ended.set()

    def _read(self) -> None:
        for line in self._given:
            self._lines.put(line.rstrip("\r\n"))
        self._lines.put(None)

    def _work(self) -> None:
        version = -1
        while not self._ended.is_set():
            view = self._desk.wait_beyond(version, LISTEN)
            version = view.version
            if view.task and view.task.number != self._current:
                self._current = view.task.number
                try:
                    self._converse(view.task)
                except _Gone:
                    continue

    # -- one request ---------------------------------------------------------------------------

    def _converse(self, task: Task) -> None:
        for line in lines_of(task, self._lang):
            self._say(line)
        self._say(say("never_verdict", self._lang))
        self._say(f"[{PAUSE}] {say('pause', self._lang)}  [{MORE}] {say('more_time', self._lang)}")
        raw = self._first(task)
        while True:
            try:
                problems = self._desk.submit(task.number, raw)
            except Stale:
                raise _Gone from None
            if not problems:
                return
            for problem in problems:
                self._again(task, problem, raw)

    def _first(self, task: Task) -> Raw:
        choices = [(name, OUTCOMES[name]) for name in task.outcomes]
        outcome = self._choose(say("outcome", self._lang), choices)
        raw: Raw = {"outcome": [outcome]}
        if outcome == "ok":
            for field in task.fields:
                self._enter(field, field.path, raw)
        if outcome == "rejected":
            raw["stage"] = [self._choose(say("stage", self._lang), list(STAGES.items()))]
            if task.gives:
                yes_no = [("yes", ("はい", "yes")), ("no", ("いいえ", "no"))]
                kept = self._choose(say("kept", self._lang), yes_no)
                raw["kept"] = ["on"] if kept == "yes" else []
        if outcome == "unsupported":
            raw["scope"] = [self._choose(say("scope", self._lang), list(SCOPES.items()))]
        if outcome in {"ok", "rejected"} and task.alerts:
            codes = ", ".join(code for code, _ in task.alerts)
            raw["other_alert"] = [self._line(f"{say('alerts', self._lang)} ({codes})")]
        if outcome != "ok":
            raw["reason"] = [self._line(say("reason", self._lang))]
        raw["comment"] = [self._line(say("comment", self._lang))]
        return raw

    def _enter(self, field: Field, path: str, raw: Raw) -> None:
        """Ask for one entry, a group of them, or rows until there are no more."""
        label = pick(field.label, self._lang)
        if field.type == "items":
            self._say(f"{label}:")
            for inner in field.fields:
                self._enter(inner, path + inner.path.removeprefix(field.path), raw)
        elif field.type == "list":
            count = 0
            yes_no = [("yes", ("はい", "yes")), ("no", ("いいえ", "no"))]
            while self._choose(f"{label}: {say('add_row', self._lang)}", yes_no) == "yes":
                for inner in field.fields:
                    row = f"{path}.{count}"
                    self._enter(inner, row + inner.path.removeprefix(f"{field.path}.#"), raw)
                count += 1
            raw[f"rows.{path}"] = [str(count)]
        else:
            self._single(field, path, raw)

    def _single(self, field: Field, path: str, raw: Raw) -> None:
        label = pick(field.label, self._lang)
        if field.optional:
            label += f" ({say('optional', self._lang)})"
        many = field.type in {"handles", "texts"}
        hint = f"[{NOTHING}] {say('absent', self._lang)}"
        if field.choices:
            words = "  ".join(
                f"{number}={pick(text, self._lang)}"
                for number, (_, text) in enumerate(field.choices, start=1)
            )
            hint = f"{words}  {hint}"
        typed = self._line(f"{label} {hint}")
        if typed == NOTHING:
            raw[f"{ABSENT}.{path}"] = ["on"]
            return
        parts = typed.split() if many else [typed]
        values = [value for value, _ in field.choices]
        if field.choices:
            parts = [values[int(p) - 1] if _is_number(p, len(values)) else p for p in parts]
        raw[path] = ["\n".join(parts)] if field.type == "texts" else parts

    def _again(self, task: Task, problem: Problem, raw: Raw) -> None:
        """Tell what is wrong with an entry and ask for it again."""
        self._say(f"!! {pick(problem.text, self._lang)}")
        field = _find(task.fields, problem.path)
        if field is None:
            tables = {"stage": STAGES, "scope": SCOPES}
            if problem.path in tables:
                found = self._choose(problem.path, list(tables[problem.path].items()))
                raw[problem.path] = [found]
            else:
                raw[problem.path] = [self._line(say("reason", self._lang))]
            return
        if problem.confirm:
            self._say(f"[{INSIST}] {say('as_shown', self._lang)}")
        before = raw.get(problem.path)
        self._single(field, problem.path, raw)
        if raw.get(problem.path) == [INSIST] and before:
            raw[problem.path] = before
            raw[f"{AS_SHOWN}.{problem.path}"] = ["on"]

    # -- lines ---------------------------------------------------------------------------------

    def _choose(self, label: str, choices: Sequence[tuple[str, Pair]]) -> str:
        """Ask until one of the choices is given, by number or value."""
        words = "  ".join(
            f"{number}={pick(text, self._lang)}"
            for number, (_, text) in enumerate(choices, start=1)
        )
        values = [value for value, _ in choices]
        while True:
            typed = self._line(f"{label} {words}")
            if _is_number(typed, len(values)):
                return values[int(typed) - 1]
            if typed in values:
                return typed

    def _line(self, prompt: str) -> str:
        """Return what was typed; pause, going on and more time are obeyed on the way."""
        self._say(f"{prompt}:")
        while True:
            line = self._next()
            if line == PAUSE:
                self._desk.pause()
                self._say(f"{say('paused', self._lang)} [Enter] {say('go_on', self._lang)}")
                self._next()
                self._desk.go_on()
            elif line == MORE:
                self._desk.more_time()
            else:
                return line

    def _next(self) -> str:
        while True:
            try:
                line = self._lines.get(timeout=LISTEN)
            except queue.Empty:
                view = self._desk.view()
                if self._ended.is_set() or not view.task or view.task.number != self._current:
                    raise _Gone from None
                continue
            if line is None:
                self._ended.set()
                if self._alone:
                    self._desk.leave()
                raise _Gone
            return line.strip()

    def _say(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()


def lines_of(task: Task, lang: Lang) -> Iterator[str]:
    """Yield a request as lines."""
    yield ""
    if task.case:
        done = say("progress", lang, done=task.case.done, total=task.case.total)
        yield f"== {task.case.id} {task.case.title} ({done})"
    yield f"-- {pick(task.title, lang)}: {pick(task.text, lang)}"
    for given in task.given:
        text = pick(given.text, lang)
        yield f"{'   ' * (given.depth + 1)}{pick(given.label, lang)}: {text}".rstrip()


def _is_number(text: str, most: int) -> bool:
    return text.isdecimal() and text.isascii() and 1 <= int(text) <= most


def _find(fields: Iterable[Field], path: str) -> Field | None:
    """Return the entry that a path means, whatever row it is in."""
    steps = ["#" if step.isdecimal() else step for step in path.split(".")]
    known: Mapping[str, Field] = {field.path: field for field in _all(fields)}
    return known.get(".".join(steps))


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _all(field.fields)
