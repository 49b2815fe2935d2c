"""JSON Schema of the spec language, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_specs.engine.model import (
    OWN_KEYS,
    CharsetModel,
    CodesModel,
    ProfileModel,
    TelegramModel,
)
from telegram_specs.engine.vectors import BadFile, GoodFile, StreamFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

__all__ = ["SCHEMAS", "spec_schema"]

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "telegram": TelegramModel,
    "codes": CodesModel,
    "charset": CharsetModel,
    "profile": ProfileModel,
    "good": GoodFile,
    "bad": BadFile,
    "streams": StreamFile,
}
"""The kinds of files of a profile."""


def spec_schema(kind: str = "telegram") -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, a key of SCHEMAS; KeyError otherwise."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    schema = SCHEMAS[kind].model_json_schema(by_alias=True)
    if kind == "profile":
        schema["required"] = list(OWN_KEYS)
    return {"$schema": draft, **schema}
