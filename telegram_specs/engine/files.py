"""The files of a profile: the open ones, some replaced or added to by a private folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telegram_specs.engine.document import Map, Mark, problem, read_map
from telegram_specs.engine.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["OPEN", "START", "Files", "Source"]

OPEN = Path(__file__).parent.parent / "open"
"""The folder of the open profile."""
START = OPEN.with_name("start")
"""The folder that a private profile begins as."""


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file: where it is, and the name by which messages call it."""

    path: Path
    name: str
    layer: int

    def read(self) -> Map:
        """Return the tree of the file; SpecError when it cannot be read."""
        return read_map(self.path, self.name)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one or two folders, the later one winning, by path inside the folder."""

    folder: Path
    sources: Mapping[str, Source]
    replaced: Mapping[str, Source]
    profiles: tuple[Source, ...]

    @classmethod
    def find(cls, folder: Path | None) -> Files:
        """Return the files of the open profile, or of a private one laid over it."""
        folders = [OPEN, folder] if folder else [OPEN]
        sources: dict[str, Source] = {}
        replaced: dict[str, Source] = {}
        profiles = []
        for layer, root in enumerate(folders):
            if not (root / "profile.yaml").is_file():
                place = Mark(f"{_shown(root)}/profile.yaml", 1)
                raise SpecError(problem(place, "", "no profile", "a file of this name", "none"))
            found = {path.relative_to(root).as_posix(): path for path in root.rglob("*.yaml")}
            for inside, path in sorted(found.items()):
                if inside in sources:
                    replaced[inside] = sources[inside]
                sources[inside] = Source(path, f"{_shown(root)}/{inside}", layer)
            profiles.append(sources["profile.yaml"])
        return cls(folders[-1], sources, replaced, tuple(profiles))

    def inside(self, folder: str) -> Iterator[tuple[str, Source]]:
        """Yield stem and source of each file of a sub-folder."""
        for path, source in self.sources.items():
            parent, _, name = path.rpartition("/")
            if parent == folder:
                yield name.removesuffix(".yaml"), source

    def below(self, path: str) -> Source | None:
        """Return the open file that a private one of the same path replaces, None for no other."""
        return self.replaced.get(path)

    def names(self) -> dict[str, str]:
        """Return the names for messages, by path inside the folder without its ending."""
        return {path.removesuffix(".yaml"): source.name for path, source in self.sources.items()}

    def layer(self, name: str) -> int:
        """Return which folder the file with this name is from: 0 for the open profile."""
        own = (*self.profiles, *self.sources.values())
        return max((source.layer for source in own if source.name == name), default=0)

    def digest(self) -> str:
        """Return the SHA-256 over names and contents of all files, as hex."""
        total = hashlib.sha256()
        effective = {
            path: source for path, source in self.sources.items() if path != "profile.yaml"
        }
        for path, source in sorted(effective.items()):
            total.update(_line(path, source))
        for source in self.profiles:
            total.update(_line("profile.yaml", source))
        return total.hexdigest()


def _line(path: str, source: Source) -> bytes:
    return f"{path} {hashlib.sha256(source.path.read_bytes()).hexdigest()}\n".encode()


def _shown(root: Path) -> str:
    """Return a folder as messages show it: as it was given, or from the checkout."""
    return "telegram_specs/open" if root == OPEN else root.as_posix()
