"""The version of the suite."""

from __future__ import annotations

__all__ = ["SUITE"]

SUITE = "0.1.0"
