"""Masking: a secret is replaced character by character, so that its length can still be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.spec import TelegramSpec
    from telegram_specs.engine.values import Value

__all__ = ["mask", "mask_values"]


def mask(text: str) -> str:
    """Return as many asterisks as the text has characters.

    >>> mask("123456789018")
    '************'
    """
    return "*" * len(text)


def mask_values(spec: TelegramSpec, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values with every secret of the telegram, and every unknown field, masked."""
    return _masked(values, spec, prefix="")


def _masked(values: Mapping[str, Value], spec: TelegramSpec, *, prefix: str) -> dict[str, Value]:
    masked: dict[str, Value] = {}
    for name, value in values.items():
        path = prefix + name
        if isinstance(value, list):
            masked[name] = [_masked(item, spec, prefix=f"{path}[].") for item in value]
        else:
            hidden = path in spec.secrets or path not in spec.labels
            masked[name] = mask(value) if hidden else value
    return masked
