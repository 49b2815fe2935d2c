"""Results of a run: the model, the verdicts, the result stream, the transcript, the renderers."""

from __future__ import annotations

from reports.coverage import Coverage, Duty, cover
from reports.drift import Drift
from reports.ending import exit_code
from reports.expectations import Expectation, Expectations
from reports.model import (
    Act,
    Case,
    Finding,
    Footer,
    Header,
    Judgement,
    Origin,
    Place,
    Requirement,
    Run,
    Step,
    conclude,
)
from reports.stream import ResultError, ResultWriter, Unfinished, read_run, read_unfinished
from reports.transcript import (
    ChainError,
    Http,
    Record,
    RecordFault,
    RecordField,
    TranscriptWriter,
    read_transcript,
    reopen,
    stream_transcript,
)
from reports.verdict import (
    Claim,
    Level,
    Obstacle,
    ObstacleKind,
    Rank,
    Verdict,
    claim,
    decide,
    grade,
)

__all__ = [
    "Act",
    "Case",
    "ChainError",
    "Claim",
    "Coverage",
    "Drift",
    "Duty",
    "Expectation",
    "Expectations",
    "Finding",
    "Footer",
    "Header",
    "Http",
    "Judgement",
    "Level",
    "Obstacle",
    "ObstacleKind",
    "Origin",
    "Place",
    "Rank",
    "Record",
    "RecordFault",
    "RecordField",
    "Requirement",
    "ResultError",
    "ResultWriter",
    "Run",
    "Step",
    "TranscriptWriter",
    "Unfinished",
    "Verdict",
    "claim",
    "conclude",
    "cover",
    "decide",
    "exit_code",
    "grade",
    "read_run",
    "read_transcript",
    "read_unfinished",
    "reopen",
    "stream_transcript",
]
