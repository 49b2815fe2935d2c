"""What the modules of this package are made of: members of `Rules` about one subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

__all__ = ["subject"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def subject(members: type[T]) -> type[T]:
    """Make a class whose members `Rules` takes over.

    No object is ever made of it, so that it needs none of a dataclass's methods; writing those
    for every subject took half of the time of the import.
    """
    return dataclass(frozen=True, init=False, repr=False, eq=False)(members)
