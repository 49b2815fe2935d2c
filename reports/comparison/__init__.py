"""Two runs side by side: what got worse, what was mended, what else is different."""

from __future__ import annotations

from reports.comparison.core import (
    Change,
    Comparison,
    Difference,
    IncomparableError,
    Kind,
    compare_runs,
)
from reports.comparison.forms import FORMS, render

__all__ = [
    "FORMS",
    "Change",
    "Comparison",
    "Difference",
    "IncomparableError",
    "Kind",
    "compare_runs",
    "render",
]
