"""A made-up run that holds every verdict and every kind of telegram; all numbers are invented."""

from __future__ import annotations

from tests.reports.sample.cases import CASES, FAIL_CASE, case_with_text
from tests.reports.sample.records import records
from tests.reports.sample.requirements import REQUIREMENTS
from tests.reports.sample.runs import (
    HEADER,
    KNOWN,
    MISSING,
    conformant_run,
    full_run,
    known_run,
    run_beside,
    run_of,
    single,
)
from tests.reports.sample.secrets import CODE, INTEGRATED, NUMBER, SECRETS
from tests.reports.sample.telegrams import body, notice

__all__ = [
    "CASES",
    "CODE",
    "FAIL_CASE",
    "HEADER",
    "INTEGRATED",
    "KNOWN",
    "MISSING",
    "NUMBER",
    "REQUIREMENTS",
    "SECRETS",
    "body",
    "case_with_text",
    "conformant_run",
    "full_run",
    "known_run",
    "notice",
    "records",
    "run_beside",
    "run_of",
    "single",
]
