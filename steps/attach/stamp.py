"""The stamp of a passed adapter check: a small file beside ``sut.yaml``.

It holds the digest of the file that was checked, so that a changed one counts as unchecked.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from steps.version import SUITE

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["UNCHECKED", "is_stamped", "stamp", "stamp_path"]

UNCHECKED = "unchecked_adapter"
"""The mark of a run whose adapter passed no check."""


def stamp_path(sut_file: Path) -> Path:
    """Return where the stamp of a ``sut.yaml`` lies."""
    return sut_file.with_name(f"{sut_file.name}.checked")


def stamp(sut_file: Path, *, role: str, passed: bool) -> None:
    """Write the stamp of a passed check, or take an older one away. Raises OSError."""
    path = stamp_path(sut_file)
    if not passed:
        path.unlink(missing_ok=True)
        return
    told = {"digest": _digest(sut_file), "role": role, "suite": SUITE}
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def is_stamped(sut_file: Path, *, role: str) -> bool:
    """Tell whether this version of the suite passed the file as it is now, in this role."""
    try:
        told = json.loads(stamp_path(sut_file).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told == {"digest": _digest(sut_file), "role": role, "suite": SUITE})


def _digest(sut_file: Path) -> str:
    return hashlib.sha256(sut_file.read_bytes()).hexdigest()
