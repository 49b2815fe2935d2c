"""What all telegrams of the fixed form share: header, end mark, and how they are framed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from telegram_specs.engine.checkdigit import verify
from telegram_specs.engine.compiler import Compiler
from telegram_specs.engine.faults import Refused
from telegram_specs.engine.framing import Frames
from telegram_specs.engine.library import complain
from telegram_specs.engine.padding import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram_specs.engine.document import Map
    from telegram_specs.engine.fields import Field
    from telegram_specs.engine.library import Library
    from telegram_specs.engine.model import FieldModel, FramingModel, MetaModel, ProfileModel
    from telegram_specs.engine.spec import TelegramSpec

__all__ = ["Layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Header and trailer of the fixed form, compiled; what the compiler needs for the rest."""

    library: Library
    charset: str
    edition: str
    framing: FramingModel
    header: tuple[Field, ...]
    trailer: tuple[Field, ...]
    sources: frozenset[str]

    @classmethod
    def build(cls, model: ProfileModel, tree: Map, library: Library) -> Layout:
        """Compile what the profile file says; SpecError when it does not hold together."""
        if model.charset not in library.charsets:
            known = ", ".join(sorted(library.charsets))
            what, actual = "unknown charset", f"`{model.charset}`"
            raise complain(tree, ["charset"], what, f"one of {known}", actual)
        for key in ("municipality_code", "cs_code"):
            if not verify("municipality_code", code := getattr(model, key)):
                what, expected = "wrong municipality code", "six digits with a right check digit"
                raise complain(tree, [key], what, expected, f"`{code}`")
        compiler = Compiler(library, fixed=True, charset=model.charset, edition=model.edition)
        header = _plain(compiler, model.header, tree, "header")
        trailer = _plain(compiler, model.trailer, tree, "trailer")
        for index, field in enumerate(model.trailer):
            if field.const is None:
                what = "trailer without constant"
                raise complain(tree, ["trailer", index], what, "`const`", f"`{field.id}`")
        nodes = (*tree["header"], *tree["trailer"])
        sources = frozenset({node.mark.file for node in nodes} | compiler.used)
        layout = cls(library, model.charset, model.edition, model.framing, header, trailer, sources)
        layout._check_framing(tree)
        return layout

    def compiler(self, *, fixed: bool) -> Compiler:
        """Return the compiler of the fields of a telegram."""
        return Compiler(self.library, fixed=fixed, charset=self.charset, edition=self.edition)

    def header_of(self, meta: MetaModel, tree: Map) -> tuple[Field, ...]:
        """Return the header of one telegram, with its id and kind; SpecError if they do not fit."""
        given = {
            self.framing.telegram_id: ("wire_id", meta.wire_id),
            self.framing.kind: ("kind", meta.kind),
        }
        return tuple(
            self._fixed(field, tree, *given.get(field.id, ("", None))) for field in self.header
        )

    def _fixed(self, field: Field, tree: Map, key: str, const: str | None) -> Field:
        if not key:
            return field
        if const is None:
            raise complain(tree, ["meta"], "key missing", f"`{key}`", "no such key")
        try:
            field.write(const, {})
        except Refused as refused:
            what = "value does not fit the header"
            raise complain(tree, ["meta", key], what, refused.expected, f"`{const}`") from None
        return replace(field, const=const)

    def frames(self, specs: Iterable[TelegramSpec]) -> Frames:
        """Return what a framer must know."""
        name = next(field for field in self.header if field.id == self.framing.telegram_id)
        offsets = {}
        at = 0
        for field in self.header:
            offsets[field.id] = (at, field.width)
            at += field.width
        mark = b"".join(field.charset.encode(field.const or "") for field in self.trailer)
        return Frames(
            length=offsets[self.framing.length],
            telegram_id=offsets[self.framing.telegram_id],
            header_width=at,
            end_mark=mark,
            max_length=self.framing.max_length,
            uncounted=self.framing.uncounted,
            telegrams={
                name.charset.encode(name.write(spec.wire_id, {})): spec.id
                for spec in specs
                if spec.wire_id
            },
        )

    def _check_framing(self, tree: Map) -> None:
        fields = {field.id: field for field in self.header}
        for key in ("length", "telegram_id", "kind"):
            name = getattr(self.framing, key)
            if name is not None and name not in fields:
                what, expected = "unknown field", "a field of the header"
                raise complain(tree, ["framing", key], what, expected, f"`{name}`")
        if fields[self.framing.length].padding is not ZERO:
            what, expected = "wrong length field", "type 9 with `pad: zero`"
            raise complain(tree, ["framing", "length"], what, expected, f"`{self.framing.length}`")


def _plain(compiler: Compiler, models: list[FieldModel], tree: Map, key: str) -> tuple[Field, ...]:
    entries = list(zip(models, tree[key], strict=True))
    for model, node in entries:
        if model.repeat:
            what = f"repetition in the {key}"
            raise complain(node, ["repeat"], what, "plain fields", f"`{model.id}`")
    items = compiler.items(entries, {}).values()
    return tuple(cast("Iterable[Field]", items))
