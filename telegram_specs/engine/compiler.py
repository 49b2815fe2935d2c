"""From the spec language to compiled fields: chooses the rules of each axis, once per field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from telegram_specs.engine import kinds
from telegram_specs.engine.charset import ASCII, UTF8, Charset
from telegram_specs.engine.checkdigit import FORMULAS
from telegram_specs.engine.dates import DateForm
from telegram_specs.engine.edition import check_span, in_force
from telegram_specs.engine.faults import Refused
from telegram_specs.engine.fields import Condition, Field, Group
from telegram_specs.engine.library import Library, complain
from telegram_specs.engine.padding import (
    AT_MOST,
    IDEOGRAPHIC_SPACE,
    SPACE,
    WHOLE,
    WHOLE_OR_NONE,
    ZERO,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from telegram_specs.engine.codes import CodeList
    from telegram_specs.engine.document import Map
    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.kinds import Kind
    from telegram_specs.engine.model import FieldModel
    from telegram_specs.engine.padding import Padding

__all__ = ["Compiler"]

_EDITIONS = {"since", "until"}
_ANY = {"id", "label", "type", "blank", "when", "secret", "ref", "doc", *_EDITIONS}
_VALUES = {"const", "codes", "check"}
_FIXED = {
    "9": {"size", "pad", *_VALUES},
    "X": {"size", *_VALUES},
    "N": {"size", "charset", "unmapped"},
    "DATE": {"form", "unknown", "noncalendar"},
    "TIME": set[str](),
}
_NAMED = {
    "9": {"inside", "size", "form", *_VALUES},
    "X": {"inside", "size", *_VALUES},
    "N": {"inside", "size"},
    "T": {"inside", "size", "lines"},
    "DATE": {"inside", "form", "unknown", "noncalendar"},
    "TIME": {"inside"},
}
_GROUP = {"id", "label", "blank", "repeat", "ref", "doc", *_EDITIONS}
_TIME_SIZE = len("hhmmss")
_FORMS: Mapping[str, set[str | None]] = {
    "DATE": {"western", "era"},
    "9": {"number", "either", None},
}
_PADDINGS: Mapping[str, Padding] = {"X": SPACE, "N": IDEOGRAPHIC_SPACE}
_PLAIN: Mapping[str, Kind] = {
    "9": kinds.DIGITS, "X": kinds.PRINTABLE, "N": kinds.FULL_WIDTH, "T": kinds.FREE_TEXT,
    "TIME": kinds.TIME,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the fields of one wire form.

    Attributes:
        library: code lists and charsets.
        fixed: whether the fixed form is compiled, else one with names.
        charset: name of the charset of ``N`` fields that name none.
        edition: edition of the profile, which leaves out the fields of others.
        used: names of the files that compiled fields rest on.
    """

    library: Library
    fixed: bool
    charset: str
    edition: str
    used: set[str] = field(default_factory=set)

    def items(
        self,
        entries: Iterable[tuple[FieldModel, Map]],
        before: Mapping[str, Item],
        taken: Collection[str] = (),
    ) -> dict[str, Item]:
        """Return the items of one level that the edition has, by id; those of others are checked.

        ``before`` holds what stands before them, ``taken`` the ids that they must not have.
        """
        kept: dict[str, Item] = {}
        others: dict[str, Item] = {}
        for model, tree in entries:
            check_span(model, tree, self.edition)
            known = {**before, **kept}
            if in_force(tree, self.edition):
                if model.id in kept or model.id in taken:
                    raise complain(tree, ["id"], "id given twice", "a new id", f"`{model.id}`")
                kept[model.id] = self._item(model, tree, known)
            else:
                others[model.id] = self._item(model, tree, {**others, **known})
        return kept

    def _item(self, model: FieldModel, tree: Map, before: Mapping[str, Item]) -> Item:
        if model.repeat:
            return self._group(model, tree, before)
        return self._field(model, tree, before)

    def _group(self, model: FieldModel, tree: Map, before: Mapping[str, Item]) -> Group:
        assert model.repeat
        _only(model, tree, _GROUP, "a repetition")
        inside = tree["repeat"]
        counter = before.get(model.repeat.count or "")
        if self.fixed and not _counts(counter, model.repeat.max):
            what, actual = "wrong counter", _quoted(model.repeat.count)
            expected = f"a zero-padded field before it that can hold {model.repeat.max}"
            raise complain(inside, ["count"], what, expected, actual)
        if not self.fixed and model.repeat.count:
            raise complain(
                inside, ["count"], "key without use", "no counter: a list has its length", "`count`"
            )
        entries = list(zip(model.repeat.fields, inside["fields"], strict=True))
        for entry, node in entries:
            if entry.repeat:
                what = "repetition in a repetition"
                raise complain(node, ["repeat"], what, "plain fields", f"`{entry.id}`")
        fields = self.items(entries, before).values()
        return Group(
            model.id, model.label, tuple(cast("Iterable[Field]", fields)),
            model.repeat.max, model.repeat.count, model.blank,
        )  # fmt: skip

    def _field(self, model: FieldModel, tree: Map, before: Mapping[str, Item]) -> Field:
        if model.type is None:
            raise complain(tree, [], "key missing", "`type` or `repeat`", "neither")
        keys = (_FIXED if self.fixed else _NAMED).get(model.type)
        if keys is None:
            raise complain(tree, ["type"], "wrong type", f"one of {', '.join(_FIXED)}", "`T`")
        _only(model, tree, _ANY | keys, f"type {model.type} on this form")
        if len(_VALUES & model.model_fields_set) > 1:
            what = "too many rules"
            raise complain(tree, [], what, "one of const, codes and check", "several")
        kind, size = self._kind(model, tree)
        charset = self._charset(model, tree)
        at = Field(
            id=model.id, label=model.label, type=model.type, size=size, kind=kind,
            padding=self._padding(model), charset=charset, width=size * charset.width,
            blank=model.blank, number=model.form == "number", either=model.form == "either",
            inside=tuple((model.inside or "").split("/")) if model.inside else (),
            substitute=model.unmapped == "substitute", secret=model.secret,
            since=model.since, until=model.until, ref=model.ref, doc=model.doc,
        )  # fmt: skip
        return replace(
            at,
            const=_const(model, tree, at),
            codes=self._codes(model, tree, at),
            check=_check(model, tree, size),
            when=_when(model, tree, before),
        )

    def _kind(self, model: FieldModel, tree: Map) -> tuple[Kind, int]:
        assert model.type
        if model.form not in _FORMS.get(model.type, {None}):
            expected = " or ".join(sorted(filter(None, _FORMS[model.type])))
            raise complain(tree, ["form"], "wrong form", expected, _quoted(model.form))
        if model.type == "DATE":
            form = str(model.form)
            date = DateForm(form, model.unknown, model.noncalendar, canonical=not self.fixed)
            return date, date.size
        if model.type == "TIME":
            return kinds.TIME, _TIME_SIZE
        if model.size is None:
            raise complain(tree, [], "key missing", "`size`", "no size")
        return kinds.LINES if model.lines else _PLAIN[model.type], model.size

    def _padding(self, model: FieldModel) -> Padding:
        if not self.fixed:
            exact = model.type in {"9", "TIME"} and model.form is None
            return WHOLE_OR_NONE if exact else AT_MOST
        if model.pad:
            return ZERO
        return _PADDINGS.get(str(model.type), WHOLE)

    def _charset(self, model: FieldModel, tree: Map) -> Charset:
        if not self.fixed:
            return UTF8
        if model.type != "N":
            return ASCII
        name = model.charset or self.charset
        if name not in self.library.charsets:
            known = ", ".join(sorted(self.library.charsets))
            raise complain(tree, ["charset"], "unknown charset", f"one of {known}", f"`{name}`")
        self._use(f"charsets/{name}")
        return self.library.charsets[name]

    def _codes(self, model: FieldModel, tree: Map, at: Field) -> CodeList | None:
        if model.codes is None:
            return None
        codes = self.library.codes.get(model.codes)
        if codes is None:
            known = ", ".join(sorted(self.library.codes))
            what, expected = "unknown code list", f"one of {known}"
            raise complain(tree, ["codes"], what, expected, f"`{model.codes}`")
        for code in codes.meant:
            _fits(at, code, tree, "codes")
        self._use(f"codes/{model.codes}")
        return codes

    def _use(self, name: str) -> None:
        if name in self.library.files:
            self.used.add(self.library.files[name])


def _quoted(text: str | None) -> str:
    return f"`{text}`" if text else "nothing"


def _only(model: FieldModel, tree: Map, allowed: set[str], what: str) -> None:
    for key in tree:
        if key not in allowed:
            expected = ", ".join(k for k in type(model).model_fields if k in allowed)
            raise complain(tree, [key], f"key does not belong to {what}", expected, f"`{key}`")


def _counts(counter: Item | None, most: int) -> bool:
    zero = isinstance(counter, Field) and counter.padding is ZERO
    return zero and isinstance(counter, Field) and len(str(most)) <= counter.size


def _fits(at: Field, value: str, tree: Map, key: str) -> None:
    try:
        at.write(value, {})
    except Refused as refused:
        raise complain(
            tree, [key], "value does not fit the field", refused.expected, f"`{value}`"
        ) from None


def _const(model: FieldModel, tree: Map, at: Field) -> str | None:
    if model.const is not None:
        _fits(at, model.const, tree, "const")
    return model.const


def _check(model: FieldModel, tree: Map, size: int) -> str | None:
    if model.check is None:
        return None
    formula = FORMULAS[model.check]
    shortest, longest = formula.shortest + 1, len(formula.weights) + 1
    if not shortest <= size <= longest:
        expected = str(longest) if shortest == longest else f"{shortest} to {longest}"
        raise complain(tree, ["size"], f"wrong size for {model.check}", expected, str(size))
    return model.check


def _when(model: FieldModel, tree: Map, before: Mapping[str, Item]) -> Condition | None:
    if model.when is None:
        return None
    if model.blank:
        raise complain(tree, ["when"], "wrong condition", "`when` without `blank`", "both")
    if len(model.when) != 1:
        raise complain(tree, ["when"], "wrong condition", "one field", f"{len(model.when)}")
    ((name, values),) = model.when.items()
    other = before.get(name)
    if not isinstance(other, Field):
        expected = "a field that stands before it"
        raise complain(tree, ["when", name], "wrong condition", expected, f"`{name}`")
    for value in values:
        try:
            other.write(value, {})
        except Refused as refused:
            expected = f"a value of {name}: {refused.expected}"
            actual = f"`{value}`"
            raise complain(tree, ["when", name], "wrong condition", expected, actual) from None
    return Condition(name, other.label, tuple(values))
