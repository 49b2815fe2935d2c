"""What the telegrams of a profile share: code lists and charsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.engine.charset import CP932, Charset, Table
from telegram_specs.engine.document import Map, locate, problem
from telegram_specs.engine.errors import SpecError
from telegram_specs.engine.model import CharsetModel, check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram_specs.engine.codes import CodeList

__all__ = ["Library", "build_charset", "complain", "named"]

_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Library:
    """Code lists and charsets by id, and the files that they are from."""

    codes: Mapping[str, CodeList]
    charsets: Mapping[str, Charset]
    files: Mapping[str, str]


def complain(
    tree: Map, path: Sequence[int | str], what: str, expected: str, actual: str
) -> SpecError:
    """Return the error that tells of one mistake at a place in a file."""
    return SpecError(problem(*locate(tree, path), what, expected, actual))


def named(tree: Map, path: Sequence[int | str], given: str, stem: str) -> None:
    """Refuse a file whose id is not its name."""
    if given != stem:
        raise complain(tree, path, "wrong id", f"the file name, `{stem}`", f"`{given}`")


def build_charset(stem: str, tree: Map) -> Charset:
    """Compile a charset table; SpecError when the file is wrong."""
    model = check(CharsetModel, tree)
    named(tree, ["id"], model.id, stem)
    if stem == CP932.name:
        raise complain(tree, ["id"], "name taken", "a new name", f"`{stem}`")
    ranges = [_range(tree, ["same_as_ucs", i], text) for i, text in enumerate(model.same_as_ucs)]
    unmapped = [
        (*_range(tree, ["unmapped", index, "range"], entry.range), entry.label)
        for index, entry in enumerate(model.unmapped)
    ]
    pairs = {int(code, 16): int(point, 16) for code, point in model.pairs.items()}
    same = {number for first, last in ranges for number in range(first, last + 1)}
    for code, point in pairs.items():
        if {code, point} & same or list(pairs.values()).count(point) > 1:
            place = ["pairs", f"{code:04X}"]
            what = "not reversible"
            raise complain(tree, place, what, "each code and character once", f"{point:04X} again")
    substitute = int(model.substitute, 16)
    if substitute not in same | set(pairs.values()):
        what = "substitute outside the charset"
        raise complain(tree, ["substitute"], what, "a character of it", f"`{model.substitute}`")
    return Table.build(stem, ranges, pairs, unmapped, substitute)


def _range(tree: Map, path: Sequence[int | str], text: str) -> tuple[int, int]:
    first, last = (int(part, 16) for part in text.split("-"))
    if last < first or first in _SURROGATES or last in _SURROGATES:
        raise complain(tree, path, "wrong range", "first-last, no surrogates", f"`{text}`")
    return first, last
