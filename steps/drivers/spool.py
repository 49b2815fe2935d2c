"""spool: files in, files out, for closed networks and batch hosts."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from typing import TYPE_CHECKING, Any

from steps.drivers.framing import LONGEST, too_long
from steps.drivers.protocol import DriverError, SutLost

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from steps.drivers.framing import Framing

__all__ = ["Spool"]

COMMAND, ANSWER, UNFINISHED = ".req", ".res", ".tmp"
TAKEN = ".taken"
OURS = (COMMAND, ANSWER, COMMAND + UNFINISHED, ANSWER + UNFINISHED, ANSWER + TAKEN)


class Spool:
    """Leaves each command in one folder and looks for its answer in the other.

    A file is written under the name ``….tmp`` and renamed when it is whole. Its name is that of
    the conversation and the ``seq``, so that names sort in the order of the commands.

    Args:
        inbox: the folder of the commands.
        outbox: the folder of the answers.
        framing: of both.
        poll: seconds between two looks.
    """

    def __init__(self, inbox: Path, outbox: Path, framing: Framing, *, poll: float) -> None:
        self.framing = framing
        self._inbox = inbox
        self._outbox = outbox
        self._poll = poll
        self._run = ""
        self._name = ""

    def open(self) -> None:
        """Make the folders and remove what an earlier conversation left in them."""
        now = dt.datetime.now(dt.UTC)
        self._run = f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
        try:
            for folder in (self._inbox, self._outbox):
                folder.mkdir(parents=True, exist_ok=True)
                for path in folder.iterdir():
                    if path.name.endswith(OURS):
                        path.unlink(missing_ok=True)
        except OSError as error:
            raise DriverError(f"{error.filename}: not a spool folder: {error.strerror}") from None

    def send(self, message: Mapping[str, Any]) -> None:
        """Leave one command."""
        self._name = f"{self._run}-{message['seq']:08}"
        path = self._inbox / f"{self._name}{COMMAND}"
        unfinished = path.with_name(path.name + UNFINISHED)
        try:
            unfinished.write_bytes(self.framing.write(message))
            unfinished.rename(path)
        except OSError as error:
            raise SutLost(f"{path}: cannot be written: {error.strerror}") from None

    def receive(self, deadline: float) -> Mapping[str, Any]:
        """Wait for the answer, take it out of its folder and return it."""
        path = self._outbox / f"{self._name}{ANSWER}"
        while True:
            if (data := self._look(path)) is not None:
                return self.framing.read(data)
            if time.monotonic() > deadline:
                self._give_up(path)
            time.sleep(self._poll)

    def _look(self, path: Path) -> bytes | None:
        """Return an answer that is there and whole, and remove it."""
        try:
            if path.stat().st_size > LONGEST:
                path.unlink()
                raise too_long()
            if not self.framing.whole(path.read_bytes()):
                return None
            # Moved away before it is read: the answer behind a `pending` may replace it meanwhile.
            taken = path.rename(path.with_name(path.name + TAKEN))
            data = taken.read_bytes()
            taken.unlink()
        except OSError:  # not there yet, or not ours to read yet
            return None
        return data

    def _give_up(self, path: Path) -> None:
        """Take back a command that nobody answered, and say what was there instead."""
        command = self._inbox / f"{self._name}{COMMAND}"
        unfinished = path.with_name(path.name + UNFINISHED)
        if path.exists():
            path.unlink(missing_ok=True)
            raise DriverError(
                f"half an answer in {path.name}. expected it to be written as .tmp and renamed, "
                "with its end"
            )
        if unfinished.exists():
            raise SutLost(f"no answer within its deadline; {unfinished.name} was never renamed")
        taken = "" if command.exists() else "; the command was taken"
        command.unlink(missing_ok=True)
        raise SutLost(f"no answer within its deadline{taken}")

    def alive(self) -> bool:
        """Tell that nobody can know: files wait for whoever comes."""
        return True

    def exit_note(self) -> str:
        """Say nothing."""
        return ""

    def ended_by_itself(self) -> bool:
        """Tell that this cannot be known."""
        return False

    def kill(self) -> None:
        """Leave it alone: the process is not ours."""

    def close(self) -> None:
        """Remove what is left of the conversation."""
        for folder in (self._inbox, self._outbox):
            for path in folder.glob(f"{self._run}-*") if self._run else ():
                path.unlink(missing_ok=True)
