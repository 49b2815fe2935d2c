"""The results of a finished run: read, checked and masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from denbun.failures import Usage

if TYPE_CHECKING:
    from pathlib import Path

    from reports.masking import Shown

__all__ = ["existing", "shown_of"]


def existing(path: Path) -> Path:
    """Return the path of a file that a run has written; Usage where there is none."""
    if not path.is_file():
        raise Usage(f"{path}: no such file. expected the results of a run")
    return path


def shown_of(results: Path, transcript: Path | None) -> Shown:
    """Return what may be shown of a run, its telegrams too where a transcript is given.

    Raises ResultError and ChainError where the files cannot be believed.
    """
    from reports import read_run, read_transcript, verify_chain
    from reports.masking import mask_run

    run = read_run(results)
    assert run.footer is not None
    if transcript is None:
        return mask_run(run, ())
    verify_chain(transcript, tail=run.footer.transcript_tail_hash)
    return mask_run(run, read_transcript(transcript))
