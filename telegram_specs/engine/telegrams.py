"""From one telegram file to a spec, and what must hold among all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_specs.engine.fields import Group
from telegram_specs.engine.fixedform import FixedForm
from telegram_specs.engine.library import complain, named
from telegram_specs.engine.model import TelegramModel, UseModel, check
from telegram_specs.engine.objectform import JSON, URL, ObjectForm, table_syntax
from telegram_specs.engine.spec import Http, TelegramSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram_specs.engine.document import Map
    from telegram_specs.engine.fields import Item
    from telegram_specs.engine.layout import Layout
    from telegram_specs.engine.model import MetaModel
    from telegram_specs.engine.objectform import Syntax

__all__ = ["build_telegram", "check_together"]

_SYNTAX = {"json": JSON, "form": URL}


def build_telegram(stem: str, tree: Map, layout: Layout) -> TelegramSpec:
    """Compile a telegram; SpecError when the file is wrong."""
    model = check(TelegramModel, tree)
    meta = model.meta
    named(tree, ["meta", "id"], meta.id, stem)
    fixed = meta.form == "fixed"
    _check_form(meta, tree, fixed=fixed)
    header = layout.header_of(meta, tree) if fixed else ()
    uses = [(i, entry.use) for i, entry in enumerate(model.fields) if isinstance(entry, UseModel)]
    wanted = [(0, "header"), (len(model.fields) - 1, "trailer")] if fixed else []
    if uses != wanted:
        expected = "use of header first and trailer last" if fixed else "no use on this form"
        raise complain(tree, ["fields"], "wrong frame", expected, "another order")
    compiler = layout.compiler(fixed=fixed)
    items: dict[str, Item] = {field.id: field for field in header}
    entries = (
        (entry, node)
        for entry, node in zip(model.fields, tree["fields"], strict=True)
        if not isinstance(entry, UseModel)
    )
    items |= compiler.items(entries, items, taken=items)
    if meta.form == "csv":
        _check_table(tree, tuple(items.values()))
    sources = {tree.mark.file, *compiler.used, *(layout.sources if fixed else ())}
    return _spec(meta, layout, tuple(items.values()), frozenset(sources))


def _spec(
    meta: MetaModel, layout: Layout, items: tuple[Item, ...], sources: frozenset[str]
) -> TelegramSpec:
    fixed = meta.form == "fixed"
    syntax = None if fixed else _SYNTAX.get(meta.form) or _table(items)
    clear = sum(field.width for field in layout.header) if fixed else 0
    codec: FixedForm | ObjectForm
    if syntax:
        codec = ObjectForm(meta.id, meta.label, items, syntax)
    else:
        framing = layout.framing
        frame = (layout.trailer, framing.length, framing.uncounted, clear)
        codec = FixedForm(meta.id, meta.label, items, *frame)
    return TelegramSpec(
        id=meta.id, label=meta.label, status=meta.status, form=meta.form, wire_id=meta.wire_id,
        links=meta.link, sender=meta.from_, receiver=meta.to,
        http=Http(meta.http.method, meta.http.path) if meta.http else None,
        answer=meta.answer, refusal=meta.refusal, ref=meta.ref, codec=codec, clear_bytes=clear,
        fields=(*items, *layout.trailer) if fixed else items,
        content_type=syntax.content_type if syntax else None,
        length=layout.framing.length if fixed else None,
        uncounted=layout.framing.uncounted if fixed else 0,
        sources=sources,
    )  # fmt: skip


def _table(items: tuple[Item, ...]) -> Syntax:
    (records,) = items
    assert isinstance(records, Group)
    return table_syntax(records)


def _check_table(tree: Map, items: tuple[Item, ...]) -> None:
    """Refuse a table that is more than the records of one repetition, with plain columns."""
    if len(items) != 1 or not isinstance(items[0], Group):
        expected, actual = "one repetition on the form csv", f"{len(items)} items"
        raise complain(tree, ["fields"], "wrong shape", expected, actual)
    odd = next((at for at in items[0].fields if at.inside or at.number or at.either), None)
    if odd:
        expected = "columns without `inside` and `form` of numbers"
        raise complain(tree, ["fields"], "wrong shape", expected, f"`{odd.id}`")


def _check_form(meta: MetaModel, tree: Map, *, fixed: bool) -> None:
    foreign = {"http"} if fixed else {"wire_id", "kind"}
    for key in foreign:
        if getattr(meta, key) is not None:
            what = f"key does not belong to the form {meta.form}"
            expected = "wire_id and kind" if fixed else "http"
            raise complain(tree, ["meta", key], what, expected, f"`{key}`")


def check_together(specs: Mapping[str, TelegramSpec], documents: Mapping[str, Map]) -> None:
    """Refuse answers that do not exist, and two telegrams that look the same on the wire."""
    seen: dict[object, str] = {}
    for spec in specs.values():
        tree = documents[f"telegrams/{spec.id}.yaml"]
        for key, other in (("answer", spec.answer), ("refusal", spec.refusal)):
            if other and other not in specs:
                what, expected = f"unknown {key}", "a telegram of the profile"
                raise complain(tree, ["meta", key], what, expected, f"`{other}`")
        identity = spec.wire_id or spec.http
        if identity in seen:
            key = "wire_id" if spec.wire_id else "http"
            expected = "a telegram of its own"
            raise complain(
                tree, ["meta", key], "used twice", expected, f"that of `{seen[identity]}`"
            )
        if identity:
            seen[identity] = spec.id
