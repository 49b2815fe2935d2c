"""A process of ours: an adapter, or the system under test itself."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from steps.drivers.protocol import DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from steps.drivers.preloaded import Preloaded

    Process: TypeAlias = subprocess.Popen[bytes] | Preloaded

__all__ = ["Log", "OwnProcess"]

TAIL = 4000
END_WITHIN = 2.0
"""Seconds that a process may take to end after it was asked to."""


class Log:
    """What the processes of one system write to stderr, kept over restarts."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="denbun-", suffix=".stderr")
        os.close(handle)
        self._path = Path(name)

    def open(self) -> IO[bytes]:
        """Return a handle for a process; every write goes to the end."""
        return self._path.open("ab")

    def size(self) -> int:
        """Return how many bytes were written so far."""
        return self._path.stat().st_size if self._path.exists() else 0

    def tail(self, since: int = 0) -> str:
        """Return the last lines, of those behind the first ``since`` bytes."""
        if not self._path.exists():
            return ""
        with self._path.open("rb") as file:
            file.seek(max(since, self.size() - TAIL))
            return file.read().decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Forget everything."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


class OwnProcess:
    """A process that is started, watched and ended here.

    Args:
        command: program and arguments.
        log: takes its stderr, and its stdout unless it speaks.
        cwd: the folder to start it in.
        env: the whole environment, None for ours.
        speaks: True to converse with it on stdin and stdout.
        launch: starts the process otherwise, given the file for its stderr.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Log,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        speaks: bool = False,
        launch: Callable[[IO[bytes]], Process] | None = None,
    ) -> None:
        self._command = list(command)
        self._log = log
        self._cwd = cwd
        self._env = env
        self._speaks = speaks
        self._launch = launch or self._spawn
        self._process: Process | None = None
        self._asked_to_end = False

    def start(self) -> None:
        """Start it. Raises DriverError."""
        self.close_pipes()
        self._asked_to_end = False
        try:
            with self._log.open() as stderr:
                self._process = self._launch(stderr)
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or error
            raise DriverError(f"{self._command[0]}: cannot be started: {said}") from None

    def _spawn(self, stderr: IO[bytes]) -> Process:
        return subprocess.Popen(  # noqa: S603 - the user's own command
            self._command,
            stdin=subprocess.PIPE if self._speaks else subprocess.DEVNULL,
            stdout=subprocess.PIPE if self._speaks else stderr,
            stderr=stderr,
            cwd=self._cwd,
            env=dict(self._env) if self._env is not None else None,
            start_new_session=True,
        )

    @property
    def stdin(self) -> IO[bytes] | None:
        """Its standard input, None unless it speaks."""
        return self._process.stdin if self._process else None

    @property
    def stdout(self) -> IO[bytes] | None:
        """Its standard output, None unless it speaks."""
        return self._process.stdout if self._process else None

    def code(self) -> int | None:
        """Return its exit code, negative for a signal, None while it runs or before its start."""
        return self._process.poll() if self._process else None

    def running(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def exit_note(self) -> str:
        """Say how it ended, empty while it runs."""
        code = self.code()
        if code is None:
            return ""
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def ended_by_itself(self) -> bool:
        """Tell whether it ended without a signal and without being asked."""
        code = self.code()
        return code is not None and code >= 0 and not self._asked_to_end

    def wait(self, within: float) -> bool:
        """Wait for its end; False when it still runs."""
        if self._process is None:
            return True
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ask_to_end(self) -> None:
        """Note that an end from now on is asked for."""
        self._asked_to_end = True

    def terminate(self) -> None:
        """Ask it to end as a shell does, and kill it when it does not."""
        self._asked_to_end = True
        self._signal("SIGTERM")
        self.end()

    def end(self) -> None:
        """Wait for the end that it was asked for, and kill it when it does not come."""
        if not self.wait(END_WITHIN):
            self.kill()
        self.close_pipes()

    def kill(self) -> None:
        """Kill it and what it has started, and wait until it is gone."""
        if self._process is None:
            return
        self._asked_to_end = True
        self._signal("SIGKILL")
        self._process.wait()
        self.close_pipes()

    def _signal(self, name: str) -> None:
        """Send a signal to the process and its group; a copy has no group of its own at first."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        if isinstance(process, subprocess.Popen) and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, getattr(signal, name))
            return
        process.kill()

    def close_pipes(self) -> None:
        """Close what a process that has ended left open."""
        for pipe in (self.stdin, self.stdout):
            with suppress(OSError, ValueError):
                if pipe:
                    pipe.close()
