"""A Faker provider of residents: everything that is drawn together belongs together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faker.providers import BaseProvider

from steps.people.tables import FEMALE, MALE, NAMES, PLACES
from telegram_specs import check_digit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.people.tables import Municipality

__all__ = ["Drawn", "ResidentProvider", "full_width"]

GAP = "　"
FIRST_ADULT, LAST_ADULT = dt.date(1960, 1, 1), dt.date(1999, 12, 31)
YOUNGEST_PARENT, OLDEST_PARENT = 20, 35


@dataclass(frozen=True, slots=True)
class Drawn:
    """A name with its reading and the sex that it tells; of foreigners the alias too."""

    name: str
    furigana: str
    sex: str
    nationality: str = ""
    alias: str = ""


class ResidentProvider(BaseProvider):
    """Numbers, names, places and days of residents."""

    # -- numbers ---------------------------------------------------------------------------------

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

    # -- names -----------------------------------------------------------------------------------

    def surname(self) -> str:
        """Draw a common surname; all of its characters have codes."""
        return str(self.random_element(tuple(NAMES.surnames)))

    def adult_named(self, surname: str, sex: str | None = None) -> Drawn:
        """Draw the name of an adult of a family, of one sex if that is asked for."""
        return self._named(surname, NAMES.adults.with_sex(), sex)

    def child_named(self, surname: str, sex: str | None = None) -> Drawn:
        """Draw the name of a child of a family, of one sex if that is asked for."""
        return self._named(surname, NAMES.children.with_sex(), sex)

    def with_variant(self, *, mapped: bool = True) -> Drawn:
        """Draw a name with a variant character, one without a code unless it is ``mapped``."""
        surnames = NAMES.variants if mapped else NAMES.unmapped
        return self.adult_named(str(self.random_element(tuple(surnames))))

    def foreigner(self, *, alias: bool = True) -> Drawn:
        """Draw a name in full-width letters, with an alias (通称) of a Japanese surname."""
        found = self.random_element(NAMES.foreigners)
        taken = f"{self.surname()}{GAP}{found.kana[1]}" if alias else ""
        letters = full_width(GAP.join(found.name))
        return Drawn(letters, GAP.join(found.kana), found.sex, found.nationality, taken)

    def name_of_length(self, size: int) -> Drawn:
        """Draw a name of exactly so many characters: a foreigner's, with more middle names."""
        found = self.random_element(NAMES.foreigners)
        letters = full_width(GAP.join(found.name))
        while len(letters) < size:
            letters += GAP + full_width(str(self.random_element(NAMES.foreigners).name[1]))
        name = letters[:size]
        whole = name if not name.endswith(GAP) else name[:-1] + full_width("A")
        return Drawn(whole, GAP.join(found.kana), found.sex, found.nationality)

    def former_surname(self, surname: str) -> str:
        """Draw a 旧氏: another surname than the present one."""
        return str(self.random_element([one for one in NAMES.surnames if one != surname]))

    def _named(self, surname: str, names: Mapping[str, tuple[str, str]], sex: str | None) -> Drawn:
        fitting = [name for name, (_, told) in names.items() if sex in {None, told}]
        given = str(self.random_element(fitting))
        kana, told = names[given]
        reading = known_surnames()[surname]
        return Drawn(f"{surname}{GAP}{given}", f"{reading}{GAP}{kana}", told)

    # -- places and days -------------------------------------------------------------------------

    def place_in(self, municipality: Municipality) -> str:
        """Draw an address in a municipality, of a street that it need not have."""
        street = self.random_element(PLACES.streets)
        lot, block, house = (self.random_int(1, most) for most in (9, 99, 30))
        return full_width(f"{municipality.full_name}{street}{lot}丁目{block}番{house}号")

    def municipality(self) -> Municipality:
        """Draw a real municipality."""
        found: Municipality = self.random_element(PLACES.municipalities)
        return found

    def adult_birth(self) -> dt.date:
        """Draw the birth date of an adult."""
        return self._between(FIRST_ADULT, LAST_ADULT)

    def child_birth(self, parent: dt.date, today: dt.date) -> dt.date:
        """Draw the birth date of a child of somebody; it is not in the future."""
        first = dt.date(parent.year + YOUNGEST_PARENT, 1, 1)
        last = dt.date(parent.year + OLDEST_PARENT, 12, 31)
        return self._between(first, min(last, today))

    def _between(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.random_int(0, (last - first).days))


def other_sex(sex: str) -> str:
    """Return the sex of a spouse."""
    return FEMALE if sex == MALE else MALE


def known_surnames() -> dict[str, str]:
    """Return the kana of every surname of the tables."""
    return NAMES.surnames | NAMES.variants | NAMES.unmapped


def full_width(text: str) -> str:
    """Write half-width letters, digits and signs in full width.

    >>> full_width("A1")
    'Ａ１'
    """
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
