"""Fits what a node says to the layout of the profile: widths of serials, forms of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates
from telegram_specs.engine.dates import DateForm
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram_specs import Field, TelegramSpec

__all__ = ["fitted", "size_of"]

_SERIALS = frozenset({"serial", "ref_serial"})
_DATES: Mapping[str, Callable[[str], str]] = {"western": dates.western, "era": dates.era_form}


def size_of(spec: TelegramSpec, item: str) -> int:
    """Return the characters of an item. Raises KeyError where the telegram has none."""
    return _fields(spec)[item].size


def fitted(spec: TelegramSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a telegram of the fixed form as its layout has them."""
    if spec.form != "fixed":
        return dict(values)
    fields = _fields(spec)
    own = {item: _fit(fields[item], value) for item, value in values.items() if item in fields}
    return {**values, **own}


def _fit(field: Field, value: Any) -> Any:
    if field.id in _SERIALS:
        return str(value).zfill(field.size)[-field.size :]
    if isinstance(field.kind, DateForm) and value:
        return _DATES[field.kind.form](str(value))
    return value


def _fields(spec: TelegramSpec) -> dict[str, Field]:
    return {path: field for path, _, field in leaves(spec.fields)}
