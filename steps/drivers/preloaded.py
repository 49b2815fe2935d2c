"""The reference started as a copy of a process that has loaded it, for many short runs.

Each copy is a process of its own, with pipes and an exit code like any other.
"""

from __future__ import annotations

import os
import subprocess
from functools import cache
from multiprocessing import get_context
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

__all__ = ["AVAILABLE", "Preloaded"]

AVAILABLE = hasattr(os, "fork")


class Preloaded:
    """A running reference; offers what the stdio driver needs of ``subprocess.Popen``."""

    def __init__(self, arguments: Sequence[str], stderr: IO[bytes]) -> None:
        # Its module is loaded before the copy is made, and nothing else has to be.
        from reference_impl.preload import serve  # noqa: PLC0415 - it loads the whole reference

        context = _context()
        theirs, ours = context.Pipe(duplex=False)
        back, out = context.Pipe(duplex=False)
        errors = _handle(os.dup(stderr.fileno()))
        streams = (theirs, out, errors)
        self._process = context.Process(target=serve, args=(list(arguments), *streams))
        self._process.start()
        for end in streams:
            end.close()
        self.stdin: IO[bytes] = os.fdopen(os.dup(ours.fileno()), "wb")
        self.stdout: IO[bytes] = os.fdopen(os.dup(back.fileno()), "rb")
        ours.close()
        back.close()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("reference_impl", timeout or 0.0)
        return code

    def kill(self) -> None:
        """End it as a power failure would."""
        self._process.kill()


@cache
def _context() -> Any:
    context = get_context("forkserver")
    context.set_forkserver_preload(["reference_impl.preload"])
    return context


def _handle(number: int) -> Connection:
    from multiprocessing.connection import Connection  # noqa: PLC0415 - not on every platform

    return Connection(number, readable=False)
