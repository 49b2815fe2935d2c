"""stdio: a process that speaks on its standard input and output."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

from steps.drivers.framing import Cutter, Framing, too_long
from steps.drivers.protocol import SutLost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.drivers.process import OwnProcess

__all__ = ["Stdio"]

CHUNK = 65536
FEW = 100
"""Answers that may wait to be read; a process that says more must wait itself."""

Item = bytes | Literal["too long", "end"]


class Stdio:
    """Converses with a process of ours, which is started anew for every conversation."""

    def __init__(self, process: OwnProcess, framing: Framing) -> None:
        self.framing = framing
        self._process = process
        self._reader: _Reader | None = None

    def open(self) -> None:
        """Start the process."""
        self._forget_reader()
        self._process.start()
        self._reader = _Reader(self._process, self.framing)

    def send(self, message: Mapping[str, Any]) -> None:
        """Write one command."""
        stdin = self._process.stdin
        if stdin is None or not self._process.running():
            note = self._process.exit_note() or "never was"
            raise SutLost(f"the process is not running ({note})")
        if message["cmd"] == "stop":
            self._process.ask_to_end()
        try:
            stdin.write(self.framing.write(message))
            stdin.flush()
        except (OSError, ValueError):
            raise SutLost("the process no longer reads") from None

    def receive(self, deadline: float) -> Mapping[str, Any]:
        """Return the next answer."""
        reader = self._reader
        assert reader is not None
        try:
            item = reader.items.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            half = f"; {reader.rest} bytes came without their end" if reader.rest else ""
            raise SutLost(f"no answer within its deadline{half}") from None
        if item == "end":
            reader.items.put("end")
            raise SutLost(self._ended(half=bool(reader.rest)))
        if item == "too long":
            raise too_long()
        return self.framing.read(item)

    def _ended(self, *, half: bool) -> str:
        middle = " in the middle of an answer" if half else ""
        if not self._process.wait(1.0):
            return f"the process closed its output{middle}"
        return f"the process ended ({self._process.exit_note()}){middle}"

    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.running()

    def exit_note(self) -> str:
        """Say how the process ended."""
        return self._process.exit_note()

    def ended_by_itself(self) -> bool:
        """Tell whether the process ended without a signal and without being asked."""
        return self._process.ended_by_itself()

    def kill(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._forget_reader()

    def close(self) -> None:
        """Wait for the end of the process, and kill it when it does not come."""
        self._process.end()
        self._forget_reader()

    def _forget_reader(self) -> None:
        if self._reader:
            self._reader.stop()


class _Reader:
    """Reads what a process says into a queue of messages, in a thread of its own."""

    def __init__(self, process: OwnProcess, framing: Framing) -> None:
        self.items: queue.Queue[Item] = queue.Queue(FEW)
        self._cutter = Cutter(framing)
        self._stopped = threading.Event()
        stdout = process.stdout
        assert stdout is not None
        self._read_some = getattr(stdout, "read1", stdout.read)
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def rest(self) -> int:
        return self._cutter.rest

    def stop(self) -> None:
        self._stopped.set()

    def _read(self) -> None:
        try:
            while data := self._read_some(CHUNK):
                for message in self._cutter.feed(data):
                    self._put("too long" if message is None else message)
        except (OSError, ValueError):
            pass
        self._put("end")

    def _put(self, item: Item) -> None:
        while not self._stopped.is_set():
            try:
                self.items.put(item, timeout=0.1)
            except queue.Full:
                continue
            return
