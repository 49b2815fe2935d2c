"""The unmasked twin of a report: for the owner of the run, marked as what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from denbun.failures import Usage
from denbun.finished import records_of

if TYPE_CHECKING:
    from reports import Run
    from reports.masking import Shown

__all__ = ["TWIN", "twin"]

TWIN = "report.unmasked.html"
"""Its file, of mode 0600."""


def twin(folder: Path, run: Run, profile: Path | None = None) -> Shown:
    """Return a run with nothing of its telegrams hidden. Raises ChainError, SpecError or Usage."""
    from reports.masking import unmask_run
    from steps.evidence import fields_of
    from telegram_specs import load_profile

    told = run.header.profile.get("folder")
    specs = load_profile(profile or (Path(told) if told else None))
    if specs.digest != run.header.profile["digest"]:
        raise Usage(
            f"--unmask: the run was of another profile than {specs.id}. "
            "expected the same files in --profile"
        )
    records = records_of(folder, run)
    texts = {
        record.seq: fields_of(specs.specs[record.telegram], record.raw, unmask=True)
        if record.telegram
        else ()
        for record in records
    }
    return unmask_run(run, records, texts)
