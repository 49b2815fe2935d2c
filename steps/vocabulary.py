"""The words of the features: how sentences are parsed, which role, telegram or item is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parse import with_pattern  # type: ignore[import-untyped]
from pytest_bdd import parsers

from steps.bench.breakage import BREAKAGES
from telegram_specs.network import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram_specs import Profile, TelegramSpec

__all__ = ["ERA_ENDS", "item_named", "leaf_named", "role_named", "says", "telegram_named"]


def _one_of(texts: Iterable[str]) -> Any:
    """Return a parse type that takes exactly these texts."""
    return with_pattern("|".join(map(re.escape, texts)))(lambda string: string)


ERA_ENDS = {"明治45年7月30日": "1912-07-30", "大正15年12月25日": "1926-12-25"}
"""The last days of two eras, which are the first days of the next (標準仕様書 1.1.8)."""

TYPES: dict[str, Any] = {
    "Name": with_pattern("[^「」]+")(lambda string: string),
    "Count": with_pattern("[0-9]+")(lambda string: int(string)),  # noqa: PLW0108 - int takes no attribute
    "System": _one_of(role.ja for role in ROLES.values()),
    "EraEnd": _one_of(ERA_ENDS),
    "Entry": _one_of(("記載", "消除", "修正")),
    "Breakage": _one_of(breakage.ja for breakage in BREAKAGES.values()),
}


def says(sentence: str) -> parsers.parse:
    """Return a parser: ``{x:Name}`` is a word inside 「」, ``{n:Count}`` half-width digits."""
    return parsers.parse(sentence, extra_types=TYPES)


def role_named(ja: str) -> str:
    """Return a role by its Japanese name. Raises KeyError."""
    return next(role.name for role in ROLES.values() if role.ja == ja)


def telegram_named(profile: Profile, label: str) -> TelegramSpec:
    """Return a telegram by its Japanese label. Raises LookupError."""
    found = [spec for spec in profile.specs.values() if spec.label == label]
    if len(found) != 1:
        raise LookupError(f"「{label}」 names {len(found)} telegrams of the profile")
    return found[0]


def item_named(spec: TelegramSpec, label: str) -> str:
    """Return the path of an item by its Japanese label. Raises LookupError."""
    found = [path for path, name in spec.labels.items() if name.rpartition("/")[2] == label]
    if len(found) != 1:
        raise LookupError(f"「{label}」 names {len(found)} items of 「{spec.label}」")
    return found[0]


def leaf_named(spec: TelegramSpec, label: str) -> str:
    """Return the last part of an item's path, which is what repeats in a repetition."""
    return item_named(spec, label).rpartition(".")[2]
