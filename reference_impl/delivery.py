"""How one transmission of an outbox entry ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reference_impl.node import Telegram

__all__ = ["Delivery"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one transmission ended.

    Attributes:
        answer: the peer's answer, None when none came.
        settled: True when the entry leaves the outbox, with or without an answer.
    """

    answer: Telegram | None = None
    settled: bool = False
