"""A lock that keeps two runs off one system under test."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

__all__ = ["InUse", "Lock"]

FOLDER = Path(tempfile.gettempdir())


class InUse(OSError):  # noqa: N818 - it is what happened
    """Another run has the system; the text names its process."""


class Lock:
    """An exclusive right to a system, for as long as this process lives and keeps it.

    The operating system lets go of it when its holder ends, however that happens; the file that
    stays behind means nothing.

    Args:
        identity: what tells the system from others.
    """

    def __init__(self, identity: str, *, folder: Path = FOLDER) -> None:
        digest = hashlib.sha256(identity.encode()).hexdigest()[:24]
        self._path = folder / f"denbun-{digest}.lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the right. Raises InUse."""
        # Not truncated by opening: it may belong to somebody who is named in it.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        file = os.fdopen(descriptor, "r+", encoding="ascii")
        if not _locked(file):
            holder = file.read().strip() or "unknown"
            file.close()
            raise InUse(
                f"the system under test is in use by another run (pid {holder}). "
                "expected one run at a time; wait for it or end it"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def leave(self) -> None:
        """Give the right back."""
        if self._file:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    BEYOND = 1 << 20
    """A locked byte cannot be read: one is locked that the file does not have."""

    def _locked(file: IO[str]) -> bool:
        file.seek(BEYOND)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
