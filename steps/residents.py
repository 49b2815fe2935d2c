"""Synthetic residents: names whose kanji, kana and sex agree, addresses, numbers with check digits.

Everything is drawn from one seeded generator, so that a seed gives the same people again; what it
draws from stands in ``steps/people/data``. Nobody is meant; a valid check digit may still belong to
somebody, hence the masking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faker import Faker

from steps.clock import today
from steps.people import FEMALE, MALE, NAMES, PLACES, RELATIONS, Drawn, ResidentProvider
from steps.people.provider import known_surnames, other_sex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steps.people import Municipality

__all__ = ["Household", "Person", "Residents"]

SURNAMES = known_surnames()
GIVEN = NAMES.children.with_sex()
ADULTS = NAMES.adults.with_sex()
"""Names of heads: none of them is a child's name of the features."""
HOMES = {"juki": "999016", "juki_b": "999024"}
"""The fictional municipalities by the role of their resident record system."""
REGISTERS = tuple(HOMES.values())[::-1]
"""Where family registers are kept, the first choice first."""
UNKNOWN_NAME = "ナナシ"
HEAD, CHILD = RELATIONS["世帯主"], RELATIONS["子"]
SPOUSE = {MALE: RELATIONS["夫"], FEMALE: RELATIONS["妻"]}


@dataclass(slots=True)
class Household:
    """A household with its head, as it is provisioned."""

    surname: str
    head: dict[str, str]
    address: str
    postal_code: str
    register_municipality_code: str
    handle: str = ""
    members: list[dict[str, str]] = field(default_factory=list)

    def provision(self) -> dict[str, Any]:
        """Return the arguments of the provision kind ``household``."""
        return {
            "head": dict(self.head),
            **({"members": [dict(member) for member in self.members]} if self.members else {}),
            "address": self.address,
            "postal_code": self.postal_code,
            "register_municipality_code": self.register_municipality_code,
        }


@dataclass(slots=True)
class Person:
    """A person of a scenario: what was reported of it, and by what telegrams know it.

    `facts` holds what events of the scenario have made of other items, such as the address, and
    `told` every value of them in the order of the reports.
    """

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
    home: str = "juki"
    facts: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)

    def becomes(self, items: dict[str, str]) -> dict[str, str]:
        """Note what is reported of the person from now on, in its order, and return it."""
        self.facts |= items
        for item, text in items.items():
            self.told.setdefault(item, []).append(text)
        return items

    def named(self, name: str, furigana: str) -> None:
        """Give another name to somebody who is not on the register yet."""
        self.identifiers = (self.identifiers - {self.name}) | {name}
        self.name, self.furigana = name, furigana
        self.household.head |= {"name": name, "furigana": furigana}

    @property
    def address(self) -> str:
        """Where the person lives now."""
        return self.facts.get("address", self.household.address)

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


class Residents:
    """Draws the people of a run; no number is drawn twice.

    ``homes`` are the codes of the municipalities by role; people live in a place of that name
    where the code is known, otherwise in the fictional one of the role.
    """

    def __init__(self, seed: int, homes: Mapping[str, str] = HOMES) -> None:
        self._seed = seed
        self._fake = Faker()
        self._fake.seed_instance(seed)
        self._people = ResidentProvider(self._fake)
        self._drawn: set[str] = set()
        known = PLACES.by_code()
        self._homes = {role: known[code] for role, code in HOMES.items()}
        self._homes |= {role: known[code] for role, code in homes.items() if code in known}

    def begin(self, case_id: str) -> None:
        """Draw what follows from the seed and a case alone, whatever was drawn before it.

        But for a number that this run has drawn already, which comes up once in some millions.
        """
        self._fake.seed_instance(f"{self._seed}/{case_id}")

    # -- numbers and places ----------------------------------------------------------------------

    def unique(self, kind: str) -> str:
        """Draw a juminhyo_code or individual_number that this run has not drawn."""
        while (text := str(getattr(self._people, kind)())) in self._drawn:
            continue
        self._drawn.add(text)
        return text

    def avoid(self, numbers: Iterable[str]) -> None:
        """Never draw these numbers: they were given to somebody before."""
        self._drawn.update(numbers)

    def hexadecimal(self, count: int) -> str:
        """Draw hexadecimal digits in upper case, for a number whose form nobody knows."""
        return "".join(str(self._fake.random_element("0123456789ABCDEF")) for _ in range(count))

    def codes(self, count: int) -> list[str]:
        """Draw unused juminhyo codes."""
        return [self.unique("juminhyo_code") for _ in range(count)]

    def municipality(self, home: str = "juki") -> Municipality:
        """Return the municipality in which the people of a role live."""
        return self._homes[home]

    def place(self, home: str = "juki") -> dict[str, str]:
        """Draw an address of a municipality with its postal code."""
        return self._place(self._homes[home])

    def _register(self) -> str:
        """Return a municipality that keeps family registers and is not the one under test.

        Who has the register in the municipality itself needs no notice for it (7.2.4).
        """
        return next(code for code in REGISTERS if code != self._homes["juki"].code)

    def elsewhere(self) -> dict[str, str]:
        """Draw an address of another, real municipality with its code and its postal code."""
        ours = {one.code for one in self._homes.values()}
        while (found := self._people.municipality()).code in ours:
            continue
        return {"municipality_code": found.code, **self._place(found)}

    def _place(self, municipality: Municipality) -> dict[str, str]:
        postal = "999" + str(self._fake.random_int(1, 9999)).zfill(4)
        return {"address": self._people.place_in(municipality), "postal_code": postal}

    # -- households ------------------------------------------------------------------------------

    def household(self, surname: str, *, home: str = "juki") -> Household:
        """Draw a household of one head, with code and number."""
        head = self._numbered(self._adult_of(surname), self._people.adult_birth())
        place = self.place(home)
        return Household(surname, head, place["address"], place["postal_code"], self._register())

    def family(self, surname: str = "", *, children: int = 2, home: str = "juki") -> Household:
        """Draw a household of a couple and children, each with a name of its own."""
        household = self.household(surname or self._people.surname(), home=home)
        head = household.head
        head["relation"] = HEAD
        sex = other_sex(head["sex"])
        spouse = self._people.adult_named(household.surname, sex)
        born = self._people.adult_birth()
        household.members = [self._numbered(spouse, born) | {"relation": SPOUSE[sex]}]
        younger = max(head["birth_date"], born.isoformat())
        taken: set[str] = set()
        while len(taken) < children:
            named = self._people.child_named(household.surname)
            if named.name not in taken:
                taken.add(named.name)
                items = self._numbered(named, self._child_birth(younger)) | {"relation": CHILD}
                household.members.append(items)
        return household

    # -- people ----------------------------------------------------------------------------------

    def adult(self, given: str, *, head: Person | None = None, home: str = "juki") -> Person:
        """Draw a person who is on the register, numbered, of a household of one or of `head`'s."""
        surname = head.household.surname if head else self._people.surname()
        named = self._called(surname, given)
        if head is None:
            household = self.household(surname, home=home)
            household.head = self._numbered(named, self._people.adult_birth())
            household.head["relation"] = HEAD
            return self._person(given, named, household, household.head, home)
        born = self._child_birth(head.birth_date)
        items = self._numbered(named, born) | {"relation": CHILD}
        head.household.members.append(items)
        return self._person(given, named, head.household, items, home)

    def drawn(self, key: str, named: Drawn, *, home: str = "juki") -> Person:
        """Put a drawn name on the register: a person of a household of its own, with a number."""
        household = self.household(named.name.partition("　")[0], home=home)
        household.head = self._numbered(named, self._people.adult_birth()) | {"relation": HEAD}
        return self._person(key, named, household, household.head, home)

    def foreigner(self, key: str, *, alias: bool = True, home: str = "juki") -> Person:
        """Draw a foreign resident with a name in letters, and a 通称 if that is asked for."""
        return self.drawn(key, self._people.foreigner(alias=alias), home=home)

    def with_variant(self, key: str, *, mapped: bool = True, home: str = "juki") -> Person:
        """Draw a person whose name has a variant character, one without a code if not `mapped`."""
        return self.drawn(key, self._people.with_variant(mapped=mapped), home=home)

    def with_longest_name(self, key: str, size: int, *, home: str = "juki") -> Person:
        """Draw a person whose name has exactly so many characters."""
        return self.drawn(key, self._people.name_of_length(size), home=home)

    def former_surname(self, person: Person) -> str:
        """Draw a 旧氏 for a person: a surname that is not the present one."""
        return self._people.former_surname(person.household.surname)

    def child(self, household: Household, given: str) -> Person:
        """Draw a child of a household, born within the last ten days."""
        born = today() - dt.timedelta(days=self._fake.random_int(1, 10))
        named = self._called(household.surname, given)
        return Person(
            key=given,
            name=named.name,
            furigana=named.furigana,
            sex=named.sex,
            birth_date=born.isoformat(),
            household=household,
            identifiers={named.name},
        )

    # -- parts -----------------------------------------------------------------------------------

    def _adult_of(self, surname: str) -> Drawn:
        given = self._fake.random_element(tuple(ADULTS))
        return self._called(surname, given)

    @staticmethod
    def _called(surname: str, given: str) -> Drawn:
        """Return a name of the features with what the tables know of it."""
        kana, sex = (GIVEN | ADULTS).get(given, (UNKNOWN_NAME, MALE))
        reading = SURNAMES.get(surname, UNKNOWN_NAME)
        return Drawn(f"{surname}　{given}", f"{reading}　{kana}", sex)

    def _child_birth(self, parent: str) -> dt.date:
        return self._people.child_birth(dt.date.fromisoformat(parent), today())

    def _numbered(self, named: Drawn, born: dt.date) -> dict[str, str]:
        return {
            "name": named.name,
            "furigana": named.furigana,
            "sex": named.sex,
            "birth_date": born.isoformat(),
            "juminhyo_code": self.unique("juminhyo_code"),
            "individual_number": self.unique("individual_number"),
        }

    @staticmethod
    def _person(
        key: str, named: Drawn, household: Household, items: Mapping[str, str], home: str
    ) -> Person:
        numbers = {item: items[item] for item in ("juminhyo_code", "individual_number")}
        alias = {"alias": named.alias} if named.alias else {}
        return Person(
            key=key,
            name=named.name,
            furigana=named.furigana,
            sex=named.sex,
            birth_date=items["birth_date"],
            household=household,
            nationality=named.nationality,
            identifiers={named.name, *numbers.values()},
            home=home,
            facts={**numbers, **alias},
        )
