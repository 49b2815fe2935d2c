"""Two runs side by side: what got worse, what was mended, what else is different."""

from __future__ import annotations

from reports.comparison.core import (
    Change,
    Comparison,
    Difference,
    IncomparableError,
    Kind,
    changes,
    compare_runs,
)
from reports.comparison.forms import FORMS, render
from reports.comparison.view import told_change

__all__ = [
    "FORMS",
    "Change",
    "Comparison",
    "Difference",
    "IncomparableError",
    "Kind",
    "changes",
    "compare_runs",
    "render",
    "told_change",
]
