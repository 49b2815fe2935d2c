"""Telegram specs: message formats in YAML, and the engine that compiles them.

``load_profile()`` gives a Profile; its TelegramSpecs encode, decode, validate and describe.
What only checks or documents a profile is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from telegram_specs.engine.checkdigit import check_digit, unspecified, verify
from telegram_specs.engine.dates import Date
from telegram_specs.engine.describe import Row
from telegram_specs.engine.errors import DenbunError, EncodeError, SpecError, UnknownTelegram
from telegram_specs.engine.faults import RULES, Fault, Rule
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.framing import Event, Frame, Framer, FramingFault
from telegram_specs.engine.mask import mask, mask_values
from telegram_specs.engine.profile import Profile, load_profile
from telegram_specs.engine.spec import Http, TelegramSpec
from telegram_specs.engine.values import Decoded, Span, Value, generic_path

if TYPE_CHECKING:
    from telegram_specs.engine.lint import lint_profile
    from telegram_specs.engine.samples import PUBLISHED_SAMPLES
    from telegram_specs.engine.schema import SCHEMAS, spec_schema
    from telegram_specs.engine.selfcheck import self_check

__all__ = [
    "PUBLISHED_SAMPLES",
    "RULES",
    "SCHEMAS",
    "Date",
    "Decoded",
    "DenbunError",
    "EncodeError",
    "Event",
    "Fault",
    "Field",
    "Frame",
    "Framer",
    "FramingFault",
    "Group",
    "Http",
    "Profile",
    "Row",
    "Rule",
    "Span",
    "SpecError",
    "TelegramSpec",
    "UnknownTelegram",
    "Value",
    "check_digit",
    "generic_path",
    "lint_profile",
    "load_profile",
    "mask",
    "mask_values",
    "self_check",
    "spec_schema",
    "unspecified",
    "verify",
]

_TOOLS = {
    "PUBLISHED_SAMPLES": "samples",
    "SCHEMAS": "schema",
    "lint_profile": "lint",
    "self_check": "selfcheck",
    "spec_schema": "schema",
}
"""Name to the module of the engine that holds it."""


def __getattr__(name: str) -> Any:
    if name not in _TOOLS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.engine.{_TOOLS[name]}"), name)
