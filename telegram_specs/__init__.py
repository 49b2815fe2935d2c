"""Telegram specs: message formats in YAML, and the engine that compiles them.

``load_profile()`` gives a Profile; its TelegramSpecs encode, decode, validate and describe.
"""

from telegram_specs.engine.checkdigit import check_digit, unspecified, verify
from telegram_specs.engine.dates import Date
from telegram_specs.engine.describe import Row
from telegram_specs.engine.errors import DenbunError, EncodeError, SpecError, UnknownTelegram
from telegram_specs.engine.faults import RULES, Fault, Rule
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.framing import Event, Frame, Framer, FramingFault
from telegram_specs.engine.lint import lint_profile
from telegram_specs.engine.mask import mask, mask_values
from telegram_specs.engine.profile import Profile, load_profile
from telegram_specs.engine.samples import PUBLISHED_SAMPLES
from telegram_specs.engine.schema import SCHEMAS, spec_schema
from telegram_specs.engine.selfcheck import self_check
from telegram_specs.engine.spec import Http, TelegramSpec
from telegram_specs.engine.values import Decoded, Span, Value, generic_path

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
