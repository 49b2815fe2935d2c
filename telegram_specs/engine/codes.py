"""Code lists: values and their labels, and what stands on the wire for each value.

The values are those of the open profile, whatever a private one writes: the scenarios, the judge
and the reference know no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from telegram_specs.engine.library import complain, named
from telegram_specs.engine.model import CodesModel, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram_specs.engine.document import Map

__all__ = ["CodeList", "build_codes"]


class CodeList(Mapping[str, str]):
    """Label by value; ``wire`` and ``meant`` are the way from value to wire and back.

    ``doc`` says of some values when they are used.
    """

    __slots__ = ("_labels", "doc", "meant", "wire")

    def __init__(
        self,
        labels: Mapping[str, str],
        stands_for: Mapping[str, str],
        doc: Mapping[str, str] | None = None,
    ) -> None:
        """Take labels and remarks of what stands on the wire, and the value each stands for."""
        self.meant = {text: stands_for.get(text, text) for text in labels}
        self.wire = {value: text for text, value in self.meant.items()}
        self._labels = {value: labels[text] for value, text in self.wire.items()}
        self.doc = {self.meant[text]: remark for text, remark in (doc or {}).items()}

    def __getitem__(self, value: str) -> str:
        return self._labels[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def shown(self, text: str) -> str:
        """Return what stands on the wire as people read it, with its label if it has one."""
        value = self.meant.get(text)
        return text if value is None else f"{text} {self[value]}"


def build_codes(stem: str, tree: Map, replaced: Map | None) -> CodeList:
    """Compile a code list; SpecError when the file is wrong.

    ``replaced`` is the open list that a private one takes the place of.
    """
    model = check(CodesModel, tree)
    named(tree, ["id"], model.id, stem)
    if model.stands_for is not None:
        _check_mapping(model, tree, replaced)
    for code in model.doc or {}:
        if code not in model.values:
            raise complain(tree, ["doc", code], "unknown value", "one of `values`", f"`{code}`")
    return CodeList(model.values, model.stands_for or {}, model.doc)


def _check_mapping(model: CodesModel, tree: Map, replaced: Map | None) -> None:
    """Refuse a mapping that is not one value of the open list for each value of this one."""
    if replaced is None:
        expected = f"an open list `{model.id}` that this one replaces"
        raise complain(tree, ["stands_for"], "nothing to stand for", expected, "none")
    given = model.stands_for or {}
    values = check(CodesModel, replaced).values
    taken: dict[str, str] = {}
    for code, value in given.items():
        place = ["stands_for", code]
        if code not in model.values:
            raise complain(tree, place, "unknown value", "one of `values`", f"`{code}`")
        if value not in values:
            expected = f"one of {', '.join(values)}"
            raise complain(tree, place, "unknown open value", expected, f"`{value}`")
        if value in taken:
            what, expected = "open value given twice", f"`{value}` once"
            raise complain(tree, place, what, expected, f"also for `{taken[value]}`")
        taken[value] = code
    for code in model.values:
        if code not in given:
            expected = "a value of the open list in `stands_for`"
            raise complain(tree, ["values", code], "stands for nothing", expected, "none")
