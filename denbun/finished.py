"""A finished run, read from its folder: its results, its telegrams, and what may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from denbun.failures import Usage
from steps.filenames import RESULTS, TRANSCRIPT

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Record, Run
    from reports.masking import Shown

__all__ = ["records_of", "run_in", "shown_of"]


def run_in(folder: Path, name: str = RESULTS) -> Run:
    """Return the run that a folder holds. Raises Usage where there is none, or ResultError."""
    from reports import read_run

    return read_run(_existing(folder / name))


def records_of(folder: Path, run: Run) -> tuple[Record, ...]:
    """Return every telegram of the run in a folder.

    Raises Usage where there is no transcript, ChainError where it was changed or is another run's.
    """
    from reports import read_transcript

    assert run.footer is not None
    return read_transcript(_existing(folder / TRANSCRIPT), tail=run.footer.transcript_tail_hash)


def shown_of(folder: Path, run: Run) -> Shown:
    """Return what may be shown of the run in a folder. Raises as ``records_of``."""
    from reports.masking import mask_run

    return mask_run(run, records_of(folder, run))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise Usage(f"{path}: no such file. expected the results of a run")
    return path
