"""Lint: what a profile may say and should not, by the style of telegram YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from telegram_specs.engine.document import Map, Seq, Text, locate, problem
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.model import FIELD_KEYS, META_KEYS
from telegram_specs.engine.vectors import load_vectors
from telegram_specs.network import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram_specs.engine.profile import Profile
    from telegram_specs.engine.spec import TelegramSpec

__all__ = ["lint_profile"]

_NUMBERS = {"size", "max", "max_length", "uncounted", "width"}
_DIGITS = re.compile(r"[0-9]+")
_SECRET_CHECKS = {"individual_number", "juminhyo_code", "addressee_number"}
_SECRET_FIELDS = {
    "name", "furigana", "former_surname", "alias", "birth_date", "address", "acquisition_number",
    "linkage_code", "integrated_number", "addressee_number", "atenabango", "nayosesakiatenabango",
    "household_number", "client_secret", "client_assertion", "access_token",
}  # fmt: skip


def lint_profile(profile: Profile) -> list[str]:
    """Return one line for everything that breaks the style; SpecError for a broken vector."""
    problems: list[str] = []
    for tree in profile.documents.values():
        problems += _quotes(tree, tree, [])
        problems += _orders(tree, tree, [])
    for spec in profile.specs.values():
        problems += _telegram(spec, profile.documents[f"telegrams/{spec.id}.yaml"])
    problems += _unused(profile)
    problems += _vectors(profile)
    return problems


def _walk(tree: Any, path: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the entries right below a tree, with their paths."""
    if isinstance(tree, Map):
        yield from ((tree[key], [*path, key]) for key in tree)
    if isinstance(tree, Seq):
        yield from ((entry, [*path, index]) for index, entry in enumerate(tree))


def _quotes(root: Map, tree: Any, path: list[Any]) -> Iterator[str]:
    keys = cast("dict[Text, Any]", tree) if isinstance(tree, Map) else {}
    loose = [key for key in keys if _DIGITS.fullmatch(key) and not key.quoted]
    for key in loose:
        yield problem(key.mark, *_what([*path, key]), "quotes around a code", f"{key}")
    for entry, below in _walk(tree, path):
        counted = below[-1] in _NUMBERS
        if isinstance(entry, Text) and not counted and not entry.quoted:
            if _DIGITS.fullmatch(entry):
                yield problem(entry.mark, *_what(below), "quotes around a code", f"{entry}")
        else:
            yield from _quotes(root, entry, below)


def _what(path: Sequence[Any]) -> tuple[str, str]:
    return "/" + "/".join(map(str, path)), "code without quotes"


def _orders(root: Map, tree: Any, path: list[Any]) -> Iterator[str]:
    """Check the order of keys in meta and in every field."""
    for entry, below in _walk(tree, path):
        *above, last = below
        order = META_KEYS if last == "meta" else ()
        if isinstance(last, int) and above[-1] in {"fields", "header", "trailer"}:
            order = FIELD_KEYS
        if order and isinstance(entry, Map):
            right = sorted(entry, key=lambda key: order.index(key) if key in order else 0)
            if list(entry) != right:
                mark, pointer = locate(root, below)
                yield problem(
                    mark, pointer, "keys out of order", ", ".join(right), ", ".join(entry)
                )
        yield from _orders(root, entry, below)


def _telegram(spec: TelegramSpec, tree: Map) -> Iterator[str]:
    for path, _, field in leaves(spec.fields):
        if (field.check in _SECRET_CHECKS or field.id in _SECRET_FIELDS) and not field.secret:
            expected = f"`secret: true` on {path}"
            yield problem(*locate(tree, ["fields"]), "secret not masked", expected, "none")
    if spec.status == "synthetic" and spec.wire_id and not spec.wire_id.startswith("DB"):
        place = locate(tree, ["meta", "wire_id"])
        yield problem(*place, "may be taken for official", "an id with DB", f"`{spec.wire_id}`")
    if spec.http and not spec.answer:
        yield problem(*locate(tree, ["meta", "http"]), "request without answer", "`answer`", "none")
    for name in spec.links:
        roles = LINKS[name].roles if name in LINKS else ()
        if not {*spec.sender, *spec.receiver} & {*roles}:
            expected = "a link that joins sender and receiver"
            yield problem(*locate(tree, ["meta", "link"]), "wrong link", expected, f"`{name}`")


def _unused(profile: Profile) -> Iterator[str]:
    """Tell of lists and tables of the profile's own folder that nothing rests on."""
    used = {source for spec in profile.specs.values() for source in spec.sources}
    own = profile.files.layer(profile.files.profiles[-1].name)
    for path, tree in profile.documents.items():
        ours = profile.files.layer(tree.mark.file) == own
        shared = path.startswith(("codes/", "charsets/"))
        if shared and ours and tree.mark.file not in used:
            yield problem(tree.mark, "", "never used", "a field that names it", "none")


def _vectors(profile: Profile) -> Iterator[str]:
    vectors = load_vectors(profile.files)
    good = {vector.telegram for vector in vectors.good.values()}
    bad = {vector.telegram for vector in vectors.bad}
    for spec in profile.specs.values():
        mark = profile.documents[f"telegrams/{spec.id}.yaml"].mark
        for kind, having in (("good", good), ("bad", bad)):
            if spec.id not in having:
                expected = f"at least one in vectors/{kind}/{spec.id}.yaml"
                yield problem(mark, "", f"no {kind} vector", expected, "none")
