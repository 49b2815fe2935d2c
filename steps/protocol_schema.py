"""JSON Schema (draft 2020-12) and OpenAPI 3.1 of the control protocol, made of the catalogue.

The envelope of each message is written down here; what actions, observations and kinds of
provision carry comes from ``steps/drivers/catalogue``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from steps.catalogue import VERBS, load_catalogue
from steps.drivers.http_endpoint import PATH
from steps.drivers.protocol import STATUSES, VERSION
from steps.version import SUITE
from telegram_specs.network import LINKS, ROLES, SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from steps.catalogue import Argument, Catalogue, Entry, Kind

__all__ = ["answer_name", "as_text", "openapi", "schema"]

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
WIRES: Schema = {
    "type": "object",
    "properties": {wire: {"type": "string", "pattern": "^.+:[0-9]+$"} for wire in ("tcp", "http")},
    "additionalProperties": False,
}
ADDRESSES: Schema = {
    "type": "object",
    "description": "role, then wire, then host:port",
    "propertyNames": {"enum": list(ROLES)},
    "additionalProperties": WIRES,
}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}
CLIENT: Schema = {
    "type": "object",
    "properties": {"id": TEXT, "secret": TEXT},
    "required": ["id", "secret"],
}


def _digits(argument: Argument, *, told: bool) -> Schema:
    """Return the schema of digits; the text is empty where there is nothing."""
    if argument.size is None:
        return {"type": "string", "pattern": "^[0-9]*$"}
    digits = f"[0-9]{{{argument.size}}}"
    return {
        "type": "string",
        "pattern": f"^({digits})?$" if told or argument.optional else f"^{digits}$",
    }


def _code(argument: Argument, *, told: bool) -> Schema:
    return {"enum": [*argument.values, *[""] * told]}


def _items(argument: Argument, *, told: bool) -> Schema:
    return _object(argument.items, told=told)


def _list(argument: Argument, *, told: bool) -> Schema:
    return {"type": "array", "items": _object(argument.items, told=told)}


FORMS: Mapping[str, Schema] = {
    "handle": NAME,
    "handles": {"type": "array", "items": NAME},
    "text": TEXT,
    "texts": {"type": "array", "items": TEXT},
    "date": {"type": "string", "pattern": f"^({DATE})?$"},
    "count": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "until": {"enum": ["provisional", "final"]},
}
SHAPED: Mapping[str, Callable[..., Schema]] = {
    "digits": _digits,
    "code": _code,
    "items": _items,
    "list": _list,
}
"""Types of an argument whose schema depends on more than the type."""


def _object(arguments: Sequence[Argument], *, told: bool) -> Schema:
    """Return the schema of an object of the catalogue; answers may tell more than is asked for.

    An object of which the catalogue lists no members is open.
    """
    found: Schema = {"type": "object"}
    if not arguments:
        return found
    found["properties"] = {a.id: _argument(a, told=told) for a in arguments}
    required = list(dict.fromkeys(a.id for a in arguments if not a.optional))
    if required:
        found["required"] = required
    if not told:
        found["additionalProperties"] = False
    return found


def _argument(argument: Argument, *, told: bool) -> Schema:
    if argument.type in FORMS:
        form = FORMS[argument.type]
    else:
        form = SHAPED[argument.type](argument, told=told)
    return {"description": f"{argument.ja} / {argument.en}", **form}


def _nullable(form: Schema) -> Schema:
    return {"anyOf": [form, {"type": "null"}]}


def answer_name(verb: str, entry: str) -> str:
    """Return the name of the definition of the answer to one entry of the catalogue."""
    return f"{verb}.{entry}.answer"


def _command(verb: str, members: Mapping[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "properties": {
            "v": {"const": VERSION},
            "seq": {"type": "integer", "minimum": 1},
            "cmd": {"const": verb},
            "deadline_ms": {"type": "integer", "minimum": 1},
            **members,
        },
        "required": ["v", "seq", "cmd", "deadline_ms", *required],
    }


def _refs(names: Iterable[str]) -> Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}


HELLO = _command(
    "hello",
    {
        "suite": TEXT,
        "profile": TEXTS,
        "nonce": NAME,
        "token": TEXT,
        "role": {"enum": list(SUT_ROLES)},
        "network": {
            "type": "object",
            "properties": {
                "peers": ADDRESSES,
                "codes": TEXTS,
                "tls": {
                    **TEXTS,
                    "description": "paths of ca, certificate and key; empty for plain HTTP",
                },
                "links": {
                    "type": "object",
                    "description": "what each link speaks",
                    "propertyNames": {"enum": list(LINKS)},
                    "additionalProperties": {"enum": ["plain", "tls", "mutual"]},
                },
                "client": CLIENT,
                "gyomu_client": CLIENT,
            },
            "required": ["peers", "codes", "tls", "client"],
        },
    },
    *("suite", "profile", "nonce", "role", "network"),
)
CLOCK = _command(
    "clock",
    {
        "args": {
            "type": "object",
            "oneOf": [
                {
                    "properties": {"date": {"type": "string", "pattern": f"^{DATE}$"}},
                    "required": ["date"],
                },
                {
                    "properties": {"minutes": {"type": "integer", "minimum": 1}},
                    "required": ["minutes"],
                },
            ],
        }
    },
    "args",
)
PLAIN: Mapping[str, Schema] = {
    "hello": HELLO,
    "clock": CLOCK,
    "reset": _command("reset", {}),
    "stop": _command("stop", {}),
    "trigger.flush": _command("trigger", {"action": {"const": "flush"}}, "action"),
}
"""Commands that are not in the catalogue."""
ALERT: Schema = {
    "anyOf": [
        NAME,
        {
            "type": "object",
            "properties": {"code": NAME, "text": TEXT},
            "required": ["code"],
        },
    ]
}
ANSWER: Schema = {
    "type": "object",
    "description": "A member that is null counts as left out.",
    "properties": {
        "v": {"const": VERSION},
        "seq": {"type": "integer", "minimum": 1},
        "status": {"enum": list(STATUSES)},
        "stage": _nullable({"enum": ["input", "provisional", "final"]}),
        "scope": _nullable({"enum": ["sut", "adapter"]}),
        "handle": _nullable(NAME),
        "alerts": _nullable({"type": "array", "items": ALERT}),
        "data": _nullable({"type": "object"}),
        "reason": _nullable(TEXT),
    },
    "required": ["seq", "status"],
}
HELLO_ANSWER: Schema = {
    "allOf": [{"$ref": "#/$defs/answer"}],
    "if": {"properties": {"status": {"const": "ok"}}},
    "then": {
        "properties": {
            "nonce": NAME,
            "environment": {"type": "string", "description": "production is refused"},
            "sut": TEXTS,
            "adapter": TEXTS,
            "verbs": {"type": "array", "items": TEXT},
            "offers": {
                "type": "array",
                "items": NAME,
                "description": "ids of the actions, observations and provisions that it has",
            },
            "listens": ADDRESSES,
        },
        "required": ["nonce"],
    },
}


def _answer(entries: Sequence[Entry], *, observed: bool) -> Schema:
    """Return the schema of the answer to a command about one of some entries of the same id.

    An observation tells its data; whatever else makes a record names it.
    """
    told = [_object(entry.data, told=True) for entry in entries]
    then: Schema = {}
    if observed:
        data = told[0] if len(told) == 1 else {"anyOf": told}
        then = {"properties": {"data": data}, "required": ["data"]}
    elif all(entry.gives for entry in entries):
        then = {"properties": {"handle": NAME}, "required": ["handle"]}
    found: Schema = {"allOf": [{"$ref": "#/$defs/answer"}]}
    if then:
        found |= {"if": {"properties": {"status": {"const": "ok"}}}, "then": then}
    return found


def _entries(catalogue: Catalogue, kind: Kind) -> dict[str, list[Entry]]:
    """Return the entries of the roles that a system can take, by id."""
    found: dict[str, list[Entry]] = {}
    for entry in catalogue.of(kind):
        found.setdefault(entry.id, []).append(entry)
    return found


def _definitions() -> dict[str, Schema]:
    """Return every definition: commands, answers, and one of each for every entry."""
    catalogue = load_catalogue()
    commands = dict(PLAIN)
    answers: dict[str, Schema] = {"hello.answer": HELLO_ANSWER}
    for verb, (kind, member) in VERBS.items():
        for name, entries in _entries(catalogue, kind).items():
            asked = [_object(entry.args, told=False) for entry in entries]
            needs = ["args"] if any("required" in args for args in asked) else []
            args = asked[0] if len(asked) == 1 else {"anyOf": asked}
            commands[f"{verb}.{name}"] = {
                "description": " / ".join(f"{entry.ja} {entry.en}" for entry in entries),
                **_command(verb, {member: {"const": name}, "args": args}, member, *needs),
            }
            answers[answer_name(verb, name)] = _answer(entries, observed=verb == "observe")
    return {
        "command": _refs(commands),
        "answer": ANSWER,
        **commands,
        **answers,
    }


def schema() -> Schema:
    """Return the JSON Schema: a message is a command or an answer.

    The answer to one entry is judged more closely by ``#/$defs/<verb>.<entry>.answer``.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:denbun:control-protocol:{VERSION}",
        "title": f"denbun control protocol, version {VERSION}",
        "description": "Made of the catalogue by python -m steps.docs. See docs/sut-protocol.md.",
        "anyOf": [{"$ref": "#/$defs/command"}, {"$ref": "#/$defs/answer"}],
        "$defs": _definitions(),
    }


def openapi() -> Schema:
    """Return the OpenAPI document of the one endpoint of the http transport."""

    def content(name: str) -> Schema:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    document: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": f"denbun control protocol, version {VERSION}",
            "version": SUITE,
            "description": "What the harness asks of an adapter. See docs/sut-protocol.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "http://127.0.0.1:{port}", "variables": {"port": {"default": "8080"}}}],
        "security": [{"token": []}],
        "paths": {
            PATH: {
                "post": {
                    "operationId": "command",
                    "summary": "Do one command and answer it.",
                    "requestBody": {"required": True, "content": content("command")},
                    "responses": {
                        "200": {
                            "description": "The answer, whatever its status.",
                            "content": content("answer"),
                        },
                        "401": {"description": "The token is missing or is not the run's."},
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _moved(_definitions()),
        },
    }
    return document


def _moved(tree: Any) -> Any:
    """Return a schema whose references lead to the components of an OpenAPI document."""
    if isinstance(tree, dict):
        return {key: _moved(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_moved(value) for value in tree]
    if isinstance(tree, str):
        return tree.replace("#/$defs/", "#/components/schemas/")
    return tree


def as_text(document: Schema) -> str:
    """Return a document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
