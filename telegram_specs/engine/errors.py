"""Errors, by whose mistake it is: our YAML, or the caller's value. A peer's bytes make faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram_specs.engine.faults import Fault

__all__ = ["DenbunError", "EncodeError", "SpecError", "UnknownTelegram"]


class DenbunError(Exception):
    """Base of every error that a user of the project may see."""


class SpecError(DenbunError):
    """A YAML file of a profile is wrong; ``problems`` holds one line for each mistake."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownTelegram(SpecError):  # noqa: N818 (reads as what happened)
    """No telegram of the profile has the id that was asked for."""


class EncodeError(DenbunError):
    """The values given to ``encode`` do not make a telegram; ``faults`` holds all of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
