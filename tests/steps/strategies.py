"""Strategies for residents, events and telegrams, all of them from the suite's own drawing."""

from __future__ import annotations

from hypothesis import strategies as st

from steps.events import load_events
from steps.people import NAMES
from steps.residents import GIVEN, Residents
from telegram_specs import Field
from telegram_specs.network import SUT_ROLES
from tests.telegram_specs.strategies import telegrams

SEEDS = st.integers(0, 2**31 - 1)
HOMES = st.sampled_from(["juki", "juki_b"])
SURNAMES = st.sampled_from(sorted(NAMES.surnames))
KINDS = st.sampled_from(["adult", "foreigner", "variant", "unmapped", "longest"])
LONGEST = 40


@st.composite
def households(draw):
    """Return a household of a couple and up to four children."""
    residents = Residents(draw(SEEDS))
    return residents.family(draw(SURNAMES), children=draw(st.integers(0, 4)), home=draw(HOMES))


def people(kinds=KINDS):
    """Return a person who is on the register."""
    return st.builds(_person, st.builds(Residents, SEEDS), kinds, HOMES)


def _person(residents, kind, home):
    match kind:
        case "adult":
            return residents.adult("健", home=home)
        case "foreigner":
            return residents.foreigner("甲", home=home)
        case "longest":
            return residents.with_longest_name("甲", LONGEST, home=home)
        case _:
            return residents.with_variant("甲", mapped=kind == "variant", home=home)


def newborns():
    """Return a child of a drawn household."""
    return st.builds(_child, st.builds(Residents, SEEDS), SURNAMES, st.sampled_from(sorted(GIVEN)))


def _child(residents, surname, given):
    return residents.child(residents.household(surname), given)


@st.composite
def events(draw):
    """Return events of the table, the role that sends, and a drawn person whom they concern."""
    table = load_events()
    names = st.sampled_from(sorted(table.by_id))
    some = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    return some, draw(st.sampled_from(SUT_ROLES)), draw(people())


@st.composite
def told(draw, spec, kinds=KINDS):
    """Return the values of a telegram about a drawn person, and the person."""
    person = draw(people(kinds))
    known = {
        "name": person.name,
        "furigana": person.furigana,
        "sex": person.sex,
        "address": person.address,
        **person.facts,
    }
    values = draw(telegrams(spec))
    plain = {item.id for item in spec.fields if isinstance(item, Field)}
    return values | {item: text for item, text in known.items() if item in plain}, person
