"""Synthetic residents: names whose kanji, kana and sex agree, addresses, numbers with check digits.

Everything is drawn from one seeded generator, so that a seed gives the same people again. The
municipality is fictional; a valid check digit may still belong to somebody, hence the masking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from faker import Faker
from faker.providers import BaseProvider

from telegram_specs import check_digit

__all__ = ["Household", "Person", "Residents"]

SURNAMES = {"山田": "ヤマダ", "鈴木": "スズキ", "佐藤": "サトウ", "髙橋": "タカハシ"}
GIVEN = {
    "花子": ("ハナコ", "2"),
    "太郎": ("タロウ", "1"),
    "一郎": ("イチロウ", "1"),
    "二郎": ("ジロウ", "1"),
    "葵": ("アオイ", "2"),
    "蓮": ("レン", "1"),
    "陽菜": ("ヒナ", "2"),
    "結衣": ("ユイ", "2"),
    "湊": ("ミナト", "1"),
    "凛": ("リン", "2"),
}
ADULTS = {
    "健": ("ケン", "1"),
    "誠": ("マコト", "1"),
    "恵": ("メグミ", "2"),
    "幸子": ("サチコ", "2"),
}
"""Names of heads: none of them is a child's name of the features."""
STREETS = ("みどり町", "さくら台", "中央", "港南", "若葉")
MALE = "1"


@dataclass(slots=True)
class Household:
    """A household with its head, as it is provisioned."""

    surname: str
    head: dict[str, str]
    address: str
    postal_code: str
    register_municipality_code: str
    handle: str = ""

    def provision(self) -> dict[str, Any]:
        """Return the arguments of the provision kind ``household``."""
        return {
            "head": dict(self.head),
            "address": self.address,
            "postal_code": self.postal_code,
            "register_municipality_code": self.register_municipality_code,
        }


@dataclass(slots=True)
class Person:
    """A child of a scenario: what was reported of it, and by what telegrams know it."""

    key: str
    name: str
    furigana: str
    sex: str
    birth_date: str
    household: Household
    nationality: str = ""
    birth_date_text: str = ""
    handle: str = ""
    identifiers: set[str] = field(default_factory=set)

    def report(self) -> dict[str, str]:
        """Return the child as the action ``birth`` takes it."""
        child = {
            "name": self.name,
            "furigana": self.furigana,
            "sex": self.sex,
            "birth_date": self.birth_date,
        }
        if self.nationality:
            child["nationality"] = self.nationality
        if self.birth_date_text:
            child["birth_date_text"] = self.birth_date_text
        return child


class ResidentProvider(BaseProvider):
    """A Faker provider for this domain."""

    def digits(self, count: int) -> str:
        """Draw digits, a leading zero included."""
        return "".join(str(self.random_digit()) for _ in range(count))

    def juminhyo_code(self) -> str:
        """Draw ten digits and their check digit."""
        base = self.digits(10)
        return base + check_digit("juminhyo_code", base)

    def individual_number(self) -> str:
        """Draw eleven digits and their check digit; not a conversion of any code."""
        base = self.digits(11)
        return base + check_digit("individual_number", base)

    def address(self) -> str:
        """Draw an address in the fictional municipality."""
        street = self.random_element(STREETS)
        lot, house = self.random_int(1, 9), self.random_int(1, 99)
        return _full_width(f"見本県見本市{street}{lot}丁目{house}番{self.random_int(1, 30)}号")


class Residents:
    """Draws the people of a run; no number is drawn twice."""

    def __init__(self, seed: int) -> None:
        self._fake = Faker()
        self._fake.seed_instance(seed)
        self._fake.add_provider(ResidentProvider)
        self._drawn: set[str] = set()

    def unique(self, kind: str) -> str:
        """Draw a juminhyo_code or individual_number that this run has not drawn."""
        while (text := str(getattr(self._fake, kind)())) in self._drawn:
            continue
        self._drawn.add(text)
        return text

    def codes(self, count: int) -> list[str]:
        """Draw unused juminhyo codes."""
        return [self.unique("juminhyo_code") for _ in range(count)]

    def household(self, surname: str) -> Household:
        """Draw a household of one head, with code and number."""
        given = self._fake.random_element(tuple(ADULTS))
        kana, sex = ADULTS[given]
        born = self._fake.date_between(dt.date(1960, 1, 1), dt.date(1999, 12, 31))
        head = {
            "name": f"{surname}　{given}",
            "furigana": f"{SURNAMES.get(surname, 'ナナシ')}　{kana}",
            "sex": sex,
            "birth_date": born.isoformat(),
            "juminhyo_code": self.unique("juminhyo_code"),
            "individual_number": self.unique("individual_number"),
        }
        postal = "999" + str(self._fake.random_int(1, 9999)).zfill(4)
        return Household(surname, head, str(self._fake.address()), postal, "999024")

    def child(self, household: Household, given: str) -> Person:
        """Draw a child of a household, born within the last ten days."""
        kana, sex = GIVEN.get(given, ("ナナシ", MALE))
        born = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=self._fake.random_int(1, 10))
        surname = household.surname
        name = f"{surname}　{given}"
        return Person(
            key=given,
            name=name,
            furigana=f"{SURNAMES.get(surname, 'ナナシ')}　{kana}",
            sex=sex,
            birth_date=born.isoformat(),
            household=household,
            identifiers={name},
        )


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
