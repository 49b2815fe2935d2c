"""Profiles: a folder of YAML files, compiled into telegram specs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from telegram_specs.engine.charset import CP932, Charset
from telegram_specs.engine.codes import CodeList, build_codes
from telegram_specs.engine.document import Map
from telegram_specs.engine.errors import SpecError, UnknownTelegram
from telegram_specs.engine.files import Files
from telegram_specs.engine.framing import Framer
from telegram_specs.engine.layout import Layout
from telegram_specs.engine.library import Library, build_charset
from telegram_specs.engine.model import OWN_KEYS, ProfileModel, check
from telegram_specs.engine.telegrams import build_telegram, check_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from telegram_specs.engine.framing import Frames
    from telegram_specs.engine.spec import TelegramSpec

__all__ = ["Profile", "load_profile"]

OK, ERROR = 200, "error_response"


@dataclass(frozen=True, eq=False, repr=False)
class Profile:
    """All telegrams that belong together.

    Attributes:
        id, edition, label, status, note: from ``profile.yaml``.
        folder: where the files are; of a private profile, the private folder.
        municipality_code: the municipality under test when nobody names another.
        cs_code: the CS and agency side on the CS link.
        specs: telegrams by id.
        codes: code lists by id.
        charset: the charset of full-width texts on the fixed form, unless a field names another.
        charsets: charsets of the fixed form by name.
        frames: what the framing knows of headers and end mark.
        files, documents: the files and their trees, by path inside the folder.
    """

    id: str
    edition: str
    label: str
    status: str
    note: str
    folder: Path
    municipality_code: str
    cs_code: str
    specs: Mapping[str, TelegramSpec]
    codes: Mapping[str, CodeList]
    charset: Charset
    charsets: Mapping[str, Charset]
    frames: Frames
    files: Files
    documents: Mapping[str, Map]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all its files, as hex."""
        return self.files.digest()

    def __repr__(self) -> str:
        return f"Profile({self.id}, {len(self.specs)} telegrams)"

    def spec(self, telegram: str) -> TelegramSpec:
        """Return a telegram by its id; UnknownTelegram otherwise."""
        if telegram not in self.specs:
            near = get_close_matches(telegram, self.specs, n=3)
            hint = f"; near: {', '.join(near)}" if near else ""
            raise UnknownTelegram(
                f"profile {self.id}: unknown telegram. "
                f"expected one of {len(self.specs)} ids, got {telegram}{hint}"
            )
        return self.specs[telegram]

    def identify(self, data: bytes) -> TelegramSpec | None:
        """Return the telegram whose id stands in the header of fixed-form bytes."""
        return self.specs.get(self.frames.telegram(data) or "")

    def identify_http(self, method: str, path: str) -> TelegramSpec | None:
        """Return the telegram that is requested with a method and path, its query left aside."""
        wanted = (method.upper(), path.partition("?")[0])
        return next((spec for spec in self.specs.values() if spec.http == wanted), None)

    def answer_to(
        self, request: TelegramSpec | None, status: int | None, body: bytes
    ) -> TelegramSpec | None:
        """Return the telegram in the body of an HTTP answer; None where there is none.

        What is refused may be answered in the request's own form or in the common one.
        """
        if status == OK:
            return self.specs.get((request and request.answer) or "")
        common, own = self.specs.get(ERROR), self.specs.get((request and request.refusal) or "")
        return common if own is None or (common and not common.validate(body)) else own

    def framer(self) -> Framer:
        """Return a new framer for one direction of one connection."""
        return Framer(self.frames)


def load_profile(folder: Path | None = None) -> Profile:
    """Return the open profile, or a private one laid over it; SpecError with every mistake."""
    files = Files.find(folder)
    problems: list[str] = []
    documents: dict[str, Map] = {}
    merged = _merged(files)
    documents["profile.yaml"] = merged
    model = check(ProfileModel, merged)
    codes: dict[str, CodeList] = {}
    charsets: dict[str, Charset] = {CP932.name: CP932}
    for stem, source in files.inside("codes"):
        with _gathered(problems):
            documents[f"codes/{stem}.yaml"] = tree = source.read()
            replaced = files.below(f"codes/{stem}.yaml")
            codes[stem] = build_codes(stem, tree, replaced.read() if replaced else None)
    for stem, source in files.inside("charsets"):
        with _gathered(problems):
            documents[f"charsets/{stem}.yaml"] = tree = source.read()
            charsets[stem] = build_charset(stem, tree)
    _raise(problems)
    library = Library(codes, charsets, files.names())
    layout = Layout.build(model, merged, library)
    specs: dict[str, TelegramSpec] = {}
    for stem, source in files.inside("telegrams"):
        with _gathered(problems):
            documents[f"telegrams/{stem}.yaml"] = tree = source.read()
            specs[stem] = build_telegram(stem, tree, layout)
    with _gathered(problems):
        check_together(specs, documents)
    _raise(problems)
    return Profile(
        id=model.id, edition=model.edition, label=model.label, status=model.status,
        note=model.note, folder=files.folder, municipality_code=model.municipality_code,
        cs_code=model.cs_code, specs=specs, codes=codes, charset=charsets[model.charset],
        charsets=charsets, frames=layout.frames(specs.values()),
        files=files, documents=documents,
    )  # fmt: skip


def _merged(files: Files) -> Map:
    """Return ``profile.yaml``; what a private one does not say is taken from the open one."""
    trees = [source.read() for source in files.profiles]
    merged = Map()
    merged.mark, merged.pointer = trees[-1].mark, ""
    for tree in trees:
        kept = {
            key: value for key, value in tree.items() if tree is trees[-1] or key not in OWN_KEYS
        }
        for key, value in kept.items():
            merged.pop(key, None)  # the key itself knows the line of the later file
            merged[key] = value
    return merged


@contextmanager
def _gathered(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except SpecError as error:
        problems += error.problems


def _raise(problems: list[str]) -> None:
    if problems:
        raise SpecError(*problems)
