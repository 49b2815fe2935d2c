"""The tables that people are drawn from, read from YAML and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import Field, field_validator

from telegram_specs import verify
from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import Model, check

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FEMALE", "MALE", "NAMES", "PLACES", "RELATIONS", "Municipality", "Names", "Places"]

MALE, FEMALE = "1", "2"
DATA = Path(__file__).with_name("data")


class _Table(Model):
    """A file of facts: where they are from, and of which day."""

    source: str
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class Municipality(Model):
    """A municipality or ward with its six-digit code."""

    code: str
    prefecture: str
    name: str

    @property
    def full_name(self) -> str:
        """Its name as an address begins."""
        return self.prefecture + self.name

    @field_validator("code")
    @classmethod
    def _checked(cls, value: str) -> str:
        if not verify("municipality_code", value):
            raise ValueError(f"wrong check digit: {value!r}")
        return value


class Places(_Table):
    """Municipalities, the real ones and those of our own invention, and names of streets."""

    municipalities: tuple[Municipality, ...]
    fictional: tuple[Municipality, ...]
    streets: tuple[str, ...]

    def by_code(self) -> dict[str, Municipality]:
        """Return every municipality by its code."""
        return {place.code: place for place in (*self.fictional, *self.municipalities)}


class _BySex(Model):
    """Given names and their kana."""

    male: dict[str, str]
    female: dict[str, str]

    def with_sex(self) -> dict[str, tuple[str, str]]:
        """Return kana and sex by name."""
        pairs = ((MALE, self.male), (FEMALE, self.female))
        return {name: (kana, sex) for sex, names in pairs for name, kana in names.items()}


class Foreigner(Model):
    """A name in letters: surname, given name, middle name; its reading part by part."""

    nationality: str
    sex: str
    name: tuple[str, str, str]
    kana: tuple[str, str, str]


class Names(_Table):
    """Names whose kanji, kana and sex agree."""

    surnames: dict[str, str]
    variants: dict[str, str]
    unmapped: dict[str, str]
    children: _BySex
    adults: _BySex
    foreigners: tuple[Foreigner, ...]


class _Relations(_Table):
    """続柄コード and their names."""

    relations: dict[str, str]


_T = TypeVar("_T", bound=_Table)


def _read(name: str, model: type[_T]) -> _T:
    return check(model, read_map(DATA / name, name))


NAMES = _read("names.yaml", Names)
PLACES = _read("municipalities.yaml", Places)
RELATIONS: Mapping[str, str] = {
    ja: code for code, ja in _read("relations.yaml", _Relations).relations.items()
}
"""続柄コード by name."""
