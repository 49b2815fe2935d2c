"""Puts our own tree first on the import path, then hands over to the command line."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["ROOT", "main"]

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "_tree"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _HERE.parent
"""The folder of ``features``, ``steps`` and the other layers."""


def main() -> int:
    """Run the command that the arguments name and return its exit code."""
    sys.path.insert(0, str(ROOT))
    from denbun import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
