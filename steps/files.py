"""The files of a run: the result stream and the transcript, begun or gone on with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reports.model import conclude
from reports.stream import ResultWriter
from reports.transcript import GENESIS, TranscriptWriter
from steps.filenames import BRIEFS, RESULTS, TRANSCRIPT
from steps.trial import BriefWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.model import Case, Header
    from reports.transcript import Record
    from steps.resume import Left
    from steps.trial import Trial

__all__ = ["RunFiles"]


class RunFiles:
    """What a run writes into its folder; without a folder it writes nothing.

    With ``left`` the files are those of the part before, and go on behind it.
    """

    def __init__(self, out: Path | None, left: Left | None) -> None:
        self._out, self._left = out, left
        self._results: ResultWriter | None = None
        self._briefs: BriefWriter | None = None
        self.transcript: TranscriptWriter | None = None

    def open(self) -> tuple[Record, ...]:
        """Open the files; return the records of the part before."""
        if self._left:
            records, self.transcript = self._left.transcript()
            self._briefs = BriefWriter(self._left.folder / BRIEFS, resume=True)
            self._results = self._left.writer()
            return records
        if self._out:
            self._out.mkdir(parents=True, exist_ok=True)
            self._results = ResultWriter(self._out / RESULTS)
            self.transcript = TranscriptWriter(self._out / TRANSCRIPT)
            self._briefs = BriefWriter(self._out / BRIEFS)
        return ()

    def begin(self, header: Header) -> None:
        """Write the first line."""
        if self._results:
            self._results.header(header)

    def brief(self, case_id: str, trial: Trial | None, *, seed: int, given: set[str]) -> str:
        """Keep what was put before the court; its digest, empty where nothing was or is kept."""
        if self._briefs is None or trial is None:
            return ""
        return self._briefs.write(case_id, trial, seed=seed, given=given)

    def keep(self, case: Case) -> str | None:
        """Write the line of a case; the hash of the stream so far, None where nothing is kept."""
        if self._results is None:
            return None
        self._results.case(case)
        return self._results.digest

    def end(
        self,
        header: Header,
        cases: Sequence[Case],
        *,
        unasked_deaths: int,
        interrupted: bool,
        harness_errors: tuple[str, ...],
        strict: bool,
    ) -> None:
        """Write the last line of the results; what is still sent is not in the transcript."""
        if self._results is None:
            return
        self._results.footer(
            conclude(
                header,
                cases,
                ended=dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds"),
                transcript_tail_hash=self.transcript.seal() if self.transcript else GENESIS,
                unasked_deaths=unasked_deaths,
                interrupted=interrupted,
                harness_errors=harness_errors,
                strict=strict,
                resumed=self._left.past.parts if self._left else 0,
            )
        )
        self._results.close()

    def close(self) -> None:
        """Close the transcript and the briefs."""
        for file in (self.transcript, self._briefs):
            if file:
                file.close()
