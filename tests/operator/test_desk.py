"""The desk and the terminal: one request at a time, its time limit, its answer."""

from __future__ import annotations

import io
import os
import threading

import pytest

from steps.catalogue import load_catalogue
from steps.drivers.operator.desk import Desk, Stale
from steps.drivers.operator.form import task_of
from steps.drivers.operator.terminal import Terminal
from steps.drivers.protocol import SutLost
from tests.operator.test_reading import LEXICON, NUMBER, RECORDS, observing

ABSENT = {"outcome": ["ok"], "rows.data.errors": ["0"]}


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Asking:
    """Puts a request in a thread of its own."""

    def __init__(self, desk, task):
        self.answer = self.error = None
        version = desk.view().version
        self._thread = threading.Thread(target=self._ask, args=(desk, task))
        self._thread.start()
        desk.wait_beyond(version, 10)

    def _ask(self, desk, task):
        try:
            self.answer = desk.ask(task)
        except SutLost as error:
            self.error = error

    def end(self):
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self


def test_an_answer_comes_to_who_asked():
    desk = Desk(60)
    asking = Asking(desk, observing("errors"))
    assert desk.view().state == "asking"
    assert desk.submit(1, {"outcome": ["ok"], "rows.data.errors": ["1"]}) != ()
    assert desk.submit(1, ABSENT) == ()
    assert asking.end().answer.data == {"errors": []}
    with pytest.raises(Stale):
        desk.submit(1, ABSENT)


def test_time_runs_out_and_the_desk_waits_for_somebody():
    clock = Clock()
    desk = Desk(60, clock)
    asking = Asking(desk, observing("errors"))
    clock.now = 61
    assert "no answer in time" in str(asking.end().error)
    assert (desk.view().state, desk.view().overdue) == ("paused", True)
    later = Asking(desk, observing("errors"))
    clock.now = 600
    desk.go_on()
    assert (desk.view().state, desk.view().left) == ("asking", 60)
    assert desk.submit(1, ABSENT) == ()
    assert later.end().answer


def test_a_pause_stops_the_time_and_more_time_prolongs_it():
    clock = Clock()
    desk = Desk(60, clock)
    asking = Asking(desk, observing("errors"))
    clock.now = 20
    desk.pause()
    clock.now = 1000
    assert desk.view().left == 40
    desk.go_on()
    desk.more_time()
    assert desk.view().left == 100
    desk.submit(1, ABSENT)
    asking.end()


@pytest.fixture
def typed():
    """Return a function that puts a request and types lines at a terminal."""
    ends = []

    def begin(task, *lines, ended=False):
        reading, writing = os.pipe()
        given, out = os.fdopen(reading, "r", encoding="utf-8"), io.StringIO()
        ends.extend([given, os.fdopen(writing, "w", encoding="utf-8")])
        desk = Desk(60)
        asking = Asking(desk, task)
        terminal = Terminal(desk, given, out, "ja", alone=True)
        terminal.start()
        ends[-1].writelines(f"{line}\n" for line in lines)
        ends[-1].flush()
        if ended:
            ends[-1].close()
        asking.end()
        terminal.stop()
        return asking.answer or asking.error, out.getvalue()

    yield begin
    for end in reversed(ends):
        end.close()


def test_an_observation_is_typed_at_the_terminal(typed):
    wrong = NUMBER[:-1] + "9"
    first = ["1", "-", wrong, "100000024", *[""] * 8, "ok"]
    answer, shown = typed(observing("resident"), *first, NUMBER)
    assert answer.data == {
        "juminhyo_code": "",
        "individual_number": NUMBER,
        "addressee_number": "100000024",
    }
    assert answer.comment == "ok"
    assert "検査用数字" in shown


def test_who_insists_on_a_wrong_check_digit_is_believed(typed):
    wrong = NUMBER[:-1] + "9"
    answer, _ = typed(observing("resident"), "1", "-", wrong, "-", *[""] * 9, "!")
    assert answer.data["individual_number"] == wrong


def test_a_rejection_is_typed_at_the_terminal(typed):
    entry = load_catalogue().entries["actions"]["juki", "finalise"]
    args = {"handle": "記録1"}
    task = task_of(1, "trigger", entry, args, lexicon=LEXICON, records=RECORDS)
    answer, shown = typed(task, "2", "3", "1", "stock_empty", "住民票コードがない", "")
    assert (answer.outcome, answer.stage, answer.kept) == ("rejected", "final", True)
    assert answer.alerts == ("stock_empty",)
    assert "記録1: 山田　太郎" in shown


def test_rows_are_typed_one_after_the_other(typed):
    row = ["1", "identity_notice", "1003", "誤り", "2"]
    answer, _ = typed(observing("errors"), "1", *row, "")
    assert answer.data == {
        "errors": [{"telegram": "identity_notice", "code": "1003", "text": "誤り"}]
    }


def test_nobody_is_waited_for_behind_the_end_of_the_input(typed):
    error, _ = typed(observing("errors"), "1", ended=True)
    assert "the terminal was closed" in str(error)
