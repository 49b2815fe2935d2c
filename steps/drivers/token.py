"""The token of a run, which adapters and operators show."""

from __future__ import annotations

import os
import secrets

__all__ = ["TOKEN", "token_of_run"]

TOKEN = "DENBUN_TOKEN"  # noqa: S105 - the name of the variable
"""Variable that tells adapters the token of the run; set beforehand, it is the token."""


def token_of_run() -> str:
    """Return the token that somebody has set, or draw one."""
    return os.environ.get(TOKEN) or secrets.token_urlsafe(24)
