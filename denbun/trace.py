"""``denbun run --trace``: one line for each telegram as it passes, nothing secret in it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from denbun.suite import Tail

__all__ = ["Trace", "trace_line"]

EVERY = 0.1
"""Seconds between two looks at the transcript."""


class Trace:
    """Follows the transcript of a run, in a thread of its own, and tells each record.

    As a pytest plugin it catches up at the end of a case, before that is told.
    """

    def __init__(self, tail: Tail, say: Callable[[str], None]) -> None:
        self._tail, self._say = tail, say
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._catch_up()

    def _follow(self) -> None:
        while not self._ended.wait(EVERY):
            self._catch_up()

    def _catch_up(self) -> None:
        with self._lock:
            for record in self._tail.new():
                self._say(trace_line(record))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logfinish(self) -> None:
        """Tell what passed before the case is told."""
        self._catch_up()


def trace_line(record: Mapping[str, Any]) -> str:
    """Return one line about a record of the transcript: no value of it but an open serial."""
    return " ".join(_facts(record))


def _facts(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"{record['t_ms'] / 1000:8.3f} {record['link']}"
    yield f"{record['sender']} -> {record['receiver']}"
    yield record["label"] or f"({len(record['raw']) // 2} bytes)"
    if record["http"] and record["http"]["status"] is not None:
        yield str(record["http"]["status"])
    for field in record["fields"]:
        if field["field"].rpartition(".")[2] == "serial" and not field["secret"]:
            yield f"#{field['text']}"
    if record["fault"]:
        yield f"! {record['fault']}"
    if not record["on_wire"]:
        yield "(not sent)"
