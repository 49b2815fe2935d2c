"""The spec language: what may stand in the YAML files of a profile."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from telegram_specs.engine.document import Map, locate, problem
from telegram_specs.engine.errors import SpecError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = [
    "FIELD_KEYS",
    "META_KEYS",
    "OWN_KEYS",
    "CharsetModel",
    "CodesModel",
    "FieldModel",
    "Flag",
    "Model",
    "Name",
    "ProfileModel",
    "Size",
    "TelegramModel",
    "UseModel",
    "check",
]

_WORDS = {"true": True, "false": False}


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    raise PydanticCustomError("flag", "true or false")


_NAME, _HEX, _RANGE, _POINT = (
    r"^[a-z][a-z0-9_]*$", r"^[0-9A-F]{4}$", r"^[0-9A-F]{4}-[0-9A-F]{4}$", r"^[0-9A-F]{4,5}$",
)  # fmt: skip
_EDITION = r"^[0-9]+([.-][0-9]+)*$"
_INSIDE = r"^_?[a-z]+(/_?[a-z]+)*$"
_PATTERNS = {
    _NAME: "a name of small letters, digits and _",
    _HEX: "a code of four hexadecimal digits",
    _RANGE: "a range such as 4E00-9FFF",
    _POINT: "a code point of four or five hexadecimal digits",
    r"^/": "a path that begins with /",
    _EDITION: "an edition of numbers, such as 2025 or 1.2",
    _INSIDE: "names of objects, such as _links/self",
}

Name = Annotated[str, StringConstraints(pattern=_NAME)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Size = Annotated[int, Field(gt=0, le=100_000)]
Hex = Annotated[str, StringConstraints(pattern=_HEX)]
HexRange = Annotated[str, StringConstraints(pattern=_RANGE)]
Edition = Annotated[str, StringConstraints(pattern=_EDITION)]
Point = Annotated[str, StringConstraints(pattern=_POINT)]
Role = Literal["juki", "cs", "atena", "chukan", "shinsei", "nws", "portal", "gyomu"]
Check = Literal["individual_number", "juminhyo_code", "municipality_code", "addressee_number"]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


SomeRoles = Annotated[tuple[Role, ...], Field(min_length=1)]
SomeLinks = Annotated[tuple[Name, ...], Field(min_length=1)]
Roles = Annotated[
    tuple[Role, ...],
    BeforeValidator(_listed, json_schema_input_type=Role | SomeRoles),
    Field(min_length=1),
]
Links = Annotated[
    tuple[Name, ...],
    BeforeValidator(_listed, json_schema_input_type=Name | SomeLinks),
    Field(min_length=1),
]


class Model(BaseModel):
    """Base of all models: no unknown keys; its validator is built when it is first used."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FieldModel(Model):
    """One field, or a repetition of fields; the keys stand in this order."""

    id: Name
    label: str
    inside: Annotated[str, StringConstraints(pattern=_INSIDE)] | None = None
    type: Literal["9", "X", "N", "T", "DATE", "TIME"] | None = None
    size: Size | None = None
    form: Literal["western", "era", "number", "either"] | None = None
    unknown: Flag = False
    noncalendar: Flag = False
    lines: Flag = False
    charset: str | None = None
    blank: Flag = False
    unmapped: Literal["substitute"] | None = None
    pad: Literal["zero"] | None = None
    const: str | None = None
    codes: Name | None = None
    check: Check | None = None
    repeat: RepeatModel | None = None
    when: dict[Name, Annotated[list[str], Field(min_length=1)]] | None = None
    secret: Flag = False
    since: Edition | None = None
    until: Edition | None = None
    ref: str | None = None
    doc: str | None = None


class RepeatModel(Model):
    """A repetition: as many items as the field ``count`` says, at most ``max``."""

    count: Name | None = None
    max: Size
    fields: Annotated[list[FieldModel], Field(min_length=1)]


class UseModel(Model):
    """Stands for all fields of the profile's header or trailer."""

    use: Literal["header", "trailer"]


class HttpModel(Model):
    """The request line of a telegram on an HTTP link."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: Annotated[str, StringConstraints(pattern=r"^/")]


class MetaModel(Model):
    """What a telegram is, who sends it to whom, and where that is written."""

    id: Name
    label: str
    status: Literal["synthetic", "private"]
    form: Literal["fixed", "json", "form", "csv"]
    wire_id: str | None = None
    link: Links
    from_: Annotated[Roles, Field(alias="from")]
    to: Roles
    http: HttpModel | None = None
    kind: str | None = None
    answer: Name | None = None
    refusal: Name | None = None
    ref: str | None = None


def _entry(value: Any) -> str:
    return "use" if isinstance(value, dict) and "use" in value else "field"


Entry = Annotated[
    Annotated[FieldModel, Tag("field")] | Annotated[UseModel, Tag("use")], Discriminator(_entry)
]


class TelegramModel(Model):
    """One telegram (``telegrams/<id>.yaml``)."""

    meta: MetaModel
    fields: Annotated[list[Entry], Field(min_length=1)]


class CodesModel(Model):
    """One code list (``codes/<id>.yaml``): labels by what stands on the wire.

    In a private profile ``stands_for`` gives the value of the open list for each of them. ``doc``
    says when a value is used, where its label does not.
    """

    id: Name
    label: str
    ref: str | None = None
    values: Annotated[dict[str, str], Field(min_length=1)]
    stands_for: dict[str, str] | None = None
    doc: dict[str, str] | None = None


class UnmappedModel(Model):
    """A range of codes that the table knows of and does not map, and what is there."""

    range: HexRange
    label: str


class CharsetModel(Model):
    """One table of 16-bit codes (``charsets/<id>.yaml``)."""

    id: Name
    label: str
    status: Literal["synthetic", "private"]
    note: str
    width: Annotated[int, Field(ge=2, le=2)]
    same_as_ucs: Annotated[list[HexRange], Field(min_length=1)]
    pairs: dict[Hex, Point] = {}
    unmapped: list[UnmappedModel] = []
    substitute: Hex


class FramingModel(Model):
    """Which header fields the framing reads, and the longest telegram in bytes.

    ``uncounted`` are the bytes of a telegram that its declared length leaves out.
    """

    length: Name
    telegram_id: Name
    kind: Name | None = None
    max_length: Size
    uncounted: Annotated[int, Field(ge=0, le=1000)] = 0


class ProfileModel(Model):
    """The profile itself (``profile.yaml``)."""

    id: Name
    edition: str
    label: str
    status: Literal["synthetic", "private"]
    note: str
    municipality_code: str
    cs_code: str
    charset: str
    framing: FramingModel
    header: Annotated[list[FieldModel], Field(min_length=1)]
    trailer: list[FieldModel]


OWN_KEYS: tuple[str, ...] = ("id", "edition", "label", "status", "note")
"""The keys that every ``profile.yaml`` must have; a private one takes over all others."""

FIELD_KEYS: tuple[str, ...] = tuple(FieldModel.model_fields)
"""The keys of a field in the order in which they are written."""

META_KEYS: tuple[str, ...] = tuple(f.alias or name for name, f in MetaModel.model_fields.items())
"""Likewise of ``meta``."""

_M = TypeVar("_M", bound=BaseModel)


def check(model: type[_M], tree: Map) -> _M:
    """Return the tree as a model; SpecError with a line for every mistake."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        raise SpecError(*(_told(model, tree, details) for details in error.errors())) from None


def _told(model: type[BaseModel], tree: Map, details: ErrorDetails) -> str:
    mark, pointer = locate(tree, details["loc"])
    last = str(details["loc"][-1])
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    if kind == "missing":
        return problem(mark, pointer, "key missing", f"`{last}`", "no such key")
    if kind == "union_tag_not_found":
        wanted = str(context["discriminator"]).replace("'", "`")
        return problem(mark, pointer, "key missing", wanted, "no such key")
    if kind == "union_tag_invalid":
        key = str(context["discriminator"]).strip("'")
        mark, pointer = locate(tree, (*details["loc"], key))
        *others, final = str(context["expected_tags"]).split(", ")
        wanted = f"{', '.join(others)} or {final}" if others else final
        return problem(mark, pointer, "wrong value", wanted, f"`{context['tag']}`")
    if kind == "extra_forbidden":
        near = get_close_matches(last, _keys(model) - {last}, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return problem(mark, pointer, "unknown key", "a key that may stand here", f"`{last}`{hint}")
    if kind == "value_error":
        place = f"{mark} {pointer}" if pointer else str(mark)
        return f"{place}: {context['error']}"
    pattern = _PATTERNS.get(str(context.get("pattern")), context.get("pattern"))
    expected = pattern or context.get("expected") or _EXPECTED.get(kind)
    wanted = str(expected or details["msg"].removeprefix("Input should be "))
    return problem(mark, pointer, "wrong value", wanted, _shown(value))


def _shown(value: Any) -> str:
    if not value:
        return "nothing"
    if isinstance(value, str):
        return f"`{value}`"
    return "a mapping" if isinstance(value, Map) else "a sequence"


_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "tuple_type": "a sequence",
    "string_type": "a text",
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "list_type": "a sequence",
    "too_short": "at least one entry",
}


def _keys(model: type[BaseModel]) -> set[str]:
    """Return every key that may stand anywhere in a file of this kind."""
    schema = model.model_json_schema(by_alias=True)
    parts = (schema, *schema.get("$defs", {}).values())
    return {key for part in parts for key in part.get("properties", {})}
