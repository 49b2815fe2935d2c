"""``denbun protocol``: the control protocol as documents for tools."""

from __future__ import annotations

from denbun import console

__all__ = ["openapi", "schema"]


def schema() -> int:
    """Print the JSON Schema of the control protocol (draft 2020-12)."""
    from steps import protocol_schema

    console.say_utf8(protocol_schema.as_text(protocol_schema.schema()))
    return 0


def openapi() -> int:
    """Print the OpenAPI 3.1 document of the control protocol over HTTP."""
    from steps import protocol_schema

    console.say_utf8(protocol_schema.as_text(protocol_schema.openapi()))
    return 0
