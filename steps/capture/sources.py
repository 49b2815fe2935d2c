"""What a path holds: packet files, JSON lines, hex dumps, telegrams, folders of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from steps.capture.conversation import Conversation
from steps.capture.hexdump import is_hexdump, read_dumps
from steps.capture.lines import is_lines, is_transcript, plain_items, transcript_items
from steps.capture.model import BadInput, Caught, Item, Origin, Trouble
from steps.capture.packetfile import PacketFile
from steps.capture.packets import MAGICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from steps.capture.mapping import CaptureMap
    from telegram_specs import Profile

__all__ = ["Sources", "find_files"]

HEAD = 4096
CHUNK = 65536
UNFINISHED = (".tmp", ".part", ".lock")
"""Endings of files that somebody still writes."""
LARGEST_BODY = 16 * 1024 * 1024


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files of paths, those of a folder by name, hidden and unfinished ones left out.

    Raises BadInput for a path that is not there, or a folder that holds none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_file():
            found.append(path)
            continue
        if not path.is_dir():
            raise BadInput(f"{path}: not there. expected a file or a folder, got none")
        inside = [
            file
            for file in sorted(path.rglob("*"))
            if file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.suffix not in UNFINISHED
        ]
        if not inside:
            raise BadInput(f"{path}: an empty folder. expected files with telegrams, got none")
        found += inside
    return found


class Sources:
    """Reads files one after the other; ``progress`` is told the bytes that were read."""

    def __init__(
        self,
        profile: Profile,
        known: CaptureMap,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._profile, self._map, self._progress = profile, known, progress

    def items(self, files: Sequence[Path]) -> Iterator[Item]:
        """Yield what the files hold."""
        for path in files:
            yield from self.file(path)

    def file(self, path: Path) -> Iterator[Item]:
        """Yield what one file holds, whatever kind of file it is."""
        name = str(path)
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(0)
            if not head:
                yield Trouble("unreadable", Origin(name), "an empty file")
                return
            if head[:4] in MAGICS:
                items = PacketFile(name, file, self._profile, self._map).items()
            elif (first := file.readline()) and is_transcript(first):
                items = transcript_items(path, name)
            elif is_lines(first):
                file.seek(0)
                items = plain_items(file, name, self._profile)
            else:
                file.seek(0)
                items = self._bytes(file, name, head)
            told = 0
            for item in items:
                at = file.tell()
                if at - told >= CHUNK:
                    self._progress(at - told)
                    told = at
                yield item
            self._progress(max(path.stat().st_size - told, 0))

    def _bytes(self, file: BinaryIO, name: str, head: bytes) -> Iterator[Item]:
        text = head.decode("ascii", "replace")
        if "\ufffd" not in text and is_hexdump(text[: text.rfind("\n") + 1] or text):
            lines = (line.decode("ascii", "replace") for line in file)
            for dump in read_dumps(lines):
                if dump.problem:
                    yield Trouble("unreadable", Origin(name, dump.line), dump.problem)
                yield from self._stream(iter([dump.data]), name, dump.line)
        elif head.lstrip()[:1] in {b"{", b"["}:
            yield self._body(file.read(LARGEST_BODY), name)
        else:
            yield from self._stream(iter(lambda: file.read(CHUNK), b""), name, 0)

    @staticmethod
    def _body(data: bytes, name: str) -> Caught:
        """Return a file that is the body of one HTTP message."""
        return Caught(origin=Origin(name), raw=data, talk="files", form="http", clean=False)

    def _stream(self, chunks: Iterator[bytes], name: str, number: int) -> Iterator[Item]:
        """Yield telegrams that stand one behind the other; nobody tells who said them."""
        talk = Conversation(self._profile, name, "files", ("", ""))
        for chunk in chunks:
            yield from map(_endless, talk.feed(0, chunk, number))
        for item in talk.end(0, finished=False):
            yield _endless(item)


def _endless(item: Item) -> Item:
    """Return a message without the ends that a file does not know."""
    return replace(item, side=-1, clean=False) if isinstance(item, Caught) else item
