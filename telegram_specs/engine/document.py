"""YAML as a tree that knows its lines: scalars stay text, duplicate keys are refused.

Stock PyYAML reads ``0010`` as 8 and ``12:30`` as 750; here every scalar is what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import yaml

from telegram_specs.engine.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["Map", "Mark", "Seq", "Text", "locate", "problem", "read_list", "read_map"]


class Mark(NamedTuple):
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Text(str):
    """A scalar; ``quoted`` tells whether it was typed in quotes."""

    __slots__ = ("mark", "quoted")
    mark: Mark
    quoted: bool


class Seq(list[Any]):
    """A sequence; ``pointer`` is its place in the document."""

    __slots__ = ("mark", "pointer")
    mark: Mark
    pointer: str


class Map(dict[str, Any]):
    """A mapping, whose keys are Text; ``pointer`` is its place in the document."""

    __slots__ = ("mark", "pointer")
    mark: Mark
    pointer: str


def read_map(path: Path, name: str) -> Map:
    """Read a file whose document is a mapping; SpecError with ``name`` and line otherwise."""
    node = _read(path, name)
    if not isinstance(node, yaml.MappingNode):
        raise SpecError(problem(Mark(name, 1), "", "wrong document", "a mapping", _shape(node)))
    return cast("Map", _Builder(name).build(node, ""))


def read_list(path: Path, name: str) -> list[Map]:
    """Read a file whose document is a sequence of mappings, or nothing; SpecError otherwise."""
    node = _read(path, name)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise SpecError(problem(Mark(name, 1), "", "wrong document", "a sequence", _shape(node)))
    for item in node.value:
        if not isinstance(item, yaml.MappingNode):
            mark = Mark(name, item.start_mark.line + 1)
            raise SpecError(problem(mark, "", "wrong entry", "a mapping", _shape(item)))
    return cast("list[Map]", _Builder(name).build(node, ""))


def _read(path: Path, name: str) -> yaml.Node | None:
    try:
        loader = yaml.CBaseLoader(path.read_text("utf-8"))  # resolves no types
        node: yaml.Node | None = loader.get_single_node()
    except UnicodeDecodeError as error:
        place = Mark(name, 1)
        raise SpecError(problem(place, "", "not UTF-8", "UTF-8", f"byte {error.start}")) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"not YAML ({error.problem})"
        raise SpecError(problem(Mark(name, line), "", what, "YAML", "something else")) from None
    except yaml.YAMLError as error:  # a character that may not stand in YAML has no mark
        what = f"not YAML ({str(error).splitlines()[0]})"
        raise SpecError(problem(Mark(name, 1), "", what, "YAML", "something else")) from None
    return node


class _Builder:
    """Turns the nodes of one file into the tree."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, pointer: str) -> Any:
        mark = Mark(self._file, node.start_mark.line + 1)
        if id(node) in self._seen:
            raise SpecError(problem(mark, "", "an alias", "the value itself", "a reference to it"))
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._text(node, mark)
        if isinstance(node, yaml.SequenceNode):
            nodes = enumerate(node.value)
            seq = Seq(self.build(item, f"{pointer}/{index}") for index, item in nodes)
            seq.mark, seq.pointer = mark, pointer
            return seq
        return self._map(cast("yaml.MappingNode", node), mark, pointer)

    def _text(self, node: yaml.ScalarNode, mark: Mark) -> Text:
        text = Text(node.value)
        text.mark = mark
        text.quoted = node.style in {"'", '"'}
        return text

    def _map(self, node: yaml.MappingNode, mark: Mark, pointer: str) -> Map:
        tree = Map()
        tree.mark, tree.pointer = mark, pointer
        for key_node, value_node in node.value:
            key = self.build(key_node, pointer)
            if not isinstance(key, Text):
                raise SpecError(problem(mark, "", "wrong key", "a text", _shape(key_node)))
            if key in tree:
                raise SpecError(problem(key.mark, "", "key given twice", "one", f"another {key}"))
            tree[key] = self.build(value_node, f"{pointer}/{key}")
        return tree


def _shape(node: yaml.Node | None) -> str:
    names = {yaml.SequenceNode: "a sequence", yaml.ScalarNode: "a scalar"}
    return names.get(type(node), "a mapping") if node else "nothing"


def locate(tree: Map, path: Sequence[int | str]) -> tuple[Mark, str]:
    """Return the line of a place in a tree and its pointer, as far as the tree goes."""
    here: Any = tree
    mark, pointer = tree.mark, tree.pointer
    for step in path:
        if isinstance(here, Map) and step in here:
            keys = cast("Iterable[Text]", here)
            mark = next(key.mark for key in keys if key == step)
            here = here[str(step)]
        elif isinstance(here, Seq) and isinstance(step, int) and step < len(here):
            here = here[step]
            mark = here.mark
        else:
            continue
        pointer += f"/{step}"
    return mark, pointer


def problem(mark: Mark, pointer: str, what: str, expected: str, actual: str) -> str:
    """Return the line that tells of one mistake in a file."""
    place = f"{mark} {pointer}" if pointer else str(mark)
    return f"{place}: {what}. expected {expected}, got {actual}"
