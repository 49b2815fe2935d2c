"""managed: the system is started, ended and killed by us; commands go over another transport."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from steps.drivers.protocol import DriverError, SutLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from steps.drivers.process import OwnProcess
    from steps.drivers.protocol import Transport

__all__ = ["Managed"]

LOOK_AGAIN = 0.02
COMMAND_WITHIN = 60.0
"""Seconds that a start command in the background, a stop or a kill command may take."""


class Managed:
    """A transport to a system whose process is ours.

    Args:
        control: carries the commands.
        process: makes a process of ours of a command.
        start: starts the system. It stays in the foreground: its end is the end of the system.
        stop: ends the system after the adapter has answered ``stop``; by default a signal does.
        kill: ends it at once, as a power failure would; by default a signal does.
        background: the start command ends when the system runs.
        start_within: seconds until the adapter must be there.
    """

    def __init__(
        self,
        control: Transport,
        process: Callable[[Sequence[str]], OwnProcess],
        *,
        start: Sequence[str],
        stop: Sequence[str] = (),
        kill: Sequence[str] = (),
        background: bool = False,
        start_within: float = 60.0,
    ) -> None:
        self.framing = control.framing
        self._control = control
        self._make = process
        self._system = process(start)
        self._stop = stop
        self._kill = kill
        self._background = background
        self._start_within = start_within
        self._up = False

    def open(self) -> None:
        """Start the system unless it runs, and open the way to it."""
        if self._background:
            if not (self._up and self._control.alive()):
                self._system.start()
                self._finish(self._system, "start")
        elif not self._system.running():
            self._system.start()
        self._up = True
        self._control.open()
        deadline = time.monotonic() + self._start_within
        while not self._control.alive():
            if not (self._background or self._system.running()):
                raise SutLost(f"driver/start: the process ended ({self._system.exit_note()})")
            if time.monotonic() > deadline:
                raise SutLost("driver/start: the adapter was started and does not listen")
            time.sleep(LOOK_AGAIN)

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one command."""
        if message["cmd"] == "stop":
            self._system.ask_to_end()
        self._control.send(message)

    def receive(self, deadline: float) -> Mapping[str, Any]:
        """Return the next answer; say so when the system has ended."""
        try:
            return self._control.receive(deadline)
        except SutLost as error:
            if not self._background and not self._system.running():
                note = self._system.exit_note()
                raise SutLost(f"{error}; the system ended ({note})") from None
            raise

    def alive(self) -> bool:
        """Tell whether the system runs and the way to it is there."""
        return (self._background or self._system.running()) and self._control.alive()

    def exit_note(self) -> str:
        """Say how the system ended, or the way to it."""
        own = "" if self._background else self._system.exit_note()
        return own or self._control.exit_note()

    def ended_by_itself(self) -> bool:
        """Tell whether the system's process ended without a signal and without being asked."""
        return not self._background and self._system.ended_by_itself()

    def kill(self) -> None:
        """End the system at once."""
        self._up = False
        if self._kill:
            self._system.ask_to_end()
            self._run(self._kill, "kill")
        if not self._background:
            self._system.kill()
        self._control.kill()

    def close(self) -> None:
        """End the system as ``stop`` says, and release the way to it.

        Raises DriverError when the stop command failed; a process of ours has ended all the same.
        """
        try:
            self._control.close()
            if self._stop and self._up:
                self._system.ask_to_end()
                self._run(self._stop, "stop")
        finally:
            self._up = False
            if not self._background:
                (self._system.end if self._stop else self._system.terminate)()

    def _run(self, command: Sequence[str], what: str) -> None:
        process = self._make(command)
        process.start()
        self._finish(process, what)

    @staticmethod
    def _finish(process: OwnProcess, what: str) -> None:
        """Wait for the end of a command. Raises DriverError unless it went well."""
        if not process.wait(COMMAND_WITHIN):
            process.kill()
            raise DriverError(f"driver/{what}: did not end within {COMMAND_WITHIN:.0f} seconds")
        if process.code() != 0:
            raise DriverError(f"driver/{what}: {process.exit_note()}. expected exit code 0")
