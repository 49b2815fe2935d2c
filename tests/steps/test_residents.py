"""The people of the suite: consistent, unique, the same again for a seed."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps.events import load_events
from steps.people import FEMALE, MALE, NAMES, PLACES, RELATIONS
from steps.people.provider import known_surnames
from steps.residents import ADULTS, GIVEN, Residents
from telegram_specs import EncodeError, SpecError, load_profile, verify
from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import check
from tests.steps.strategies import SEEDS, events, households, newborns, people, told

PROFILE = load_profile()
CODE, NUMBER = "juminhyo_code", "individual_number"
NOTICE = PROFILE.spec("identity_notice")
TODAY = dt.date(2026, 5, 10)
some = settings(max_examples=50, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def _one_day():
    """Let every day be the same one, as a run over midnight would see two."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("steps.residents.today", lambda: TODAY)
        yield


def day(text):
    return dt.date.fromisoformat(text)


def everybody(household):
    return [household.head, *household.members]


# -- tables --------------------------------------------------------------------------------


def test_the_published_examples_of_municipality_codes_are_there():
    names = {code: place.full_name for code, place in PLACES.by_code().items()}
    assert len(names) == len(PLACES.municipalities) + len(PLACES.fictional)
    assert len(PLACES.municipalities) > 50
    assert {code: names[code] for code in ("011002", "472158", "131041", "092011", "011011")} == {
        "011002": "北海道札幌市",
        "472158": "沖縄県南城市",
        "131041": "東京都新宿区",
        "092011": "栃木県宇都宮市",
        "011011": "北海道札幌市中央区",
    }
    assert (names["999016"], names["999024"]) == ("見本県見本市", "見本県別見本市")


def test_a_prefecture_has_one_first_pair_of_digits():
    pairs = {(place.code[:2], place.prefecture) for place in PLACES.municipalities}
    assert len(pairs) == len({first for first, _ in pairs}) == 47


def test_a_wrong_check_digit_in_the_table_is_told_with_its_line(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(
        'source: 試験\ndate: "2025-01-01"\nmunicipalities:\n'
        '  - {code: "131042", prefecture: 東京都, name: 新宿区}\nfictional: []\nstreets: []\n',
        encoding="utf-8",
    )
    with pytest.raises(SpecError) as caught:
        check(type(PLACES), read_map(path, "m.yaml"))
    assert str(caught.value) == ("m.yaml:4 /municipalities/0/code: wrong check digit: '131042'")


def test_every_name_has_one_reading_and_one_sex():
    texts = [*NAMES.surnames, *NAMES.variants, *NAMES.unmapped]
    assert len(texts) == len(set(texts))
    assert not set(NAMES.adults.male) & set(NAMES.adults.female)
    assert not set(NAMES.children.male) & set(NAMES.children.female)
    assert not set(ADULTS) & set(GIVEN)
    readings = [*known_surnames().values(), *(kana for kana, _ in (GIVEN | ADULTS).values())]
    readings += [part for one in NAMES.foreigners for part in one.kana]
    assert {unicodedata.name(char).split()[0] for text in readings for char in text} <= {
        "KATAKANA",
        "KATAKANA-HIRAGANA",
    }


def test_what_is_said_to_have_a_code_has_one():
    table = PROFILE.charset
    for name in (*NAMES.surnames, *NAMES.variants, *GIVEN, *ADULTS):
        assert table.decode(table.encode(name)) == name
    assert all("〓" in table.substituted(name) for name in NAMES.unmapped)


# -- people --------------------------------------------------------------------------------


@some
@given(households())
def test_a_household_belongs_together(household):
    people_of_it = everybody(household)
    head, spouse, *children = people_of_it
    assert {person["name"].partition("　")[0] for person in people_of_it} == {household.surname}
    assert len({person["name"] for person in people_of_it}) == len(people_of_it)
    assert (head["relation"], spouse["relation"]) == (
        RELATIONS["世帯主"],
        RELATIONS["夫" if spouse["sex"] == MALE else "妻"],
    )
    assert {head["sex"], spouse["sex"]} == {MALE, FEMALE}
    for person in people_of_it:
        surname, given_name = person["name"].split("　")
        kana, sex = (GIVEN | ADULTS)[given_name]
        assert person["furigana"] == f"{NAMES.surnames[surname]}　{kana}"
        assert person["sex"] == sex
    for child in children:
        assert child["relation"] == RELATIONS["子"]
        for parent in (head, spouse):
            assert day(child["birth_date"]).year - day(parent["birth_date"]).year >= 20
        assert day(child["birth_date"]) <= TODAY
    numbers = [person[item] for person in people_of_it for item in (CODE, NUMBER)]
    assert len(numbers) == len(set(numbers))


@some
@given(people())
def test_a_person_fits_the_register(person):
    city = {"juki": "見本県見本市", "juki_b": "見本県別見本市"}[person.home]
    assert person.address.startswith(city)
    for text in (person.name, person.furigana, person.address, person.facts.get("alias", "あ")):
        assert {unicodedata.east_asian_width(c) for c in text} <= {"W", "F", "A"}
        assert text == text.strip("　")
    assert verify(CODE, person.facts[CODE])
    assert verify(NUMBER, person.facts[NUMBER])
    assert person.identifiers == {person.name, person.facts[CODE], person.facts[NUMBER]}
    assert person.household.head["name"] == person.name


@some
@given(people(st.just("foreigner")))
def test_a_foreigner_has_letters_a_reading_and_an_alias(person):
    parts = unicodedata.normalize("NFKC", person.name).split()
    found = next(one for one in NAMES.foreigners if list(one.name) == parts)
    assert (person.nationality, person.sex) == (found.nationality, found.sex)
    assert person.furigana == "　".join(found.kana)
    assert person.facts["alias"].split("　")[0] in NAMES.surnames
    assert person.report()["nationality"] == found.nationality


@pytest.mark.parametrize("size", [20, 40, 41, 50, 100])
@pytest.mark.parametrize("seed", range(5))
def test_a_longest_name_has_exactly_its_size(seed, size):
    person = Residents(seed).with_longest_name("甲", size)
    assert len(person.name) == size
    assert not person.name.endswith("　")


@some
@given(newborns())
def test_a_newborn_has_no_number_yet(child):
    kana, sex = GIVEN[child.key]
    assert (child.furigana.partition("　")[2], child.sex) == (kana, sex)
    assert child.identifiers == {child.name}
    assert TODAY - dt.timedelta(days=10) <= day(child.birth_date) < TODAY


def test_a_child_on_the_register_is_younger_than_its_head():
    for seed in range(30):
        residents = Residents(seed)
        head = residents.adult("健")
        child = residents.adult("花子", head=head)
        assert day(child.birth_date).year - day(head.birth_date).year >= 20
        assert head.household.members == [child.household.members[0]]


def test_a_former_surname_is_another_one():
    for seed in range(30):
        residents = Residents(seed)
        person = residents.adult("恵")
        assert residents.former_surname(person) not in {"", person.household.surname}


def test_people_live_in_the_municipality_that_is_tested():
    residents = Residents(1, {"juki": "131041", "juki_b": "000019"})
    assert residents.place()["address"].startswith("東京都新宿区")
    assert residents.place("juki_b")["address"].startswith("見本県別見本市")
    assert residents.municipality().code == "131041"


@pytest.mark.parametrize("own", ["999016", "999024", "131041"])
def test_family_registers_are_kept_elsewhere(own):
    household = Residents(1, {"juki": own}).household("山田")
    assert household.register_municipality_code not in {"", own}


@some
@given(SEEDS)
def test_another_municipality_has_its_own_code(seed):
    place = Residents(seed, {"juki": "131041"}).elsewhere()
    found = PLACES.by_code()[place["municipality_code"]]
    assert place["address"].startswith(found.full_name)
    assert found.code not in {"131041", "999016", "999024"}


# -- again and once ------------------------------------------------------------------------


def some_people(seed):
    residents = Residents(seed)
    family = residents.family()
    others = [
        residents.foreigner("甲"),
        residents.with_variant("乙", mapped=False),
        residents.with_longest_name("丙", 60),
    ]
    return family, others, residents.elsewhere(), residents.codes(20)


@some
@given(SEEDS)
def test_a_seed_gives_the_same_again(seed):
    assert some_people(seed) == some_people(seed)
    assert some_people(seed) != some_people(seed + 1)


def test_no_number_is_drawn_twice():
    residents = Residents(3)
    households = [residents.family(children=3) for _ in range(40)]
    drawn = [one for household in households for one in everybody(household)]
    numbers = [one[item] for one in drawn for item in (CODE, NUMBER)]
    assert len(numbers) == len(set(numbers)) == 40 * 5 * 2


# -- telegrams and events ------------------------------------------------------------------


@some
@given(told(NOTICE, st.sampled_from(["adult", "foreigner", "variant", "longest"])))
def test_a_notice_about_a_person_comes_back_as_it_was(case):
    values, person = case
    decoded = NOTICE.decode(NOTICE.encode(values))
    assert decoded.faults == ()
    assert (decoded.values["name"], decoded.values[CODE]) == (person.name, person.facts[CODE])


@some
@given(told(NOTICE, st.just("unmapped")))
def test_a_name_without_codes_is_no_notice(case):
    values, _ = case
    with pytest.raises(EncodeError) as caught:
        NOTICE.encode(values)
    assert [(fault.field, fault.rule) for fault in caught.value.faults] == [("name", "charset")]


@some
@given(events())
def test_more_events_allow_more_telegrams(case):
    names, role, _ = case
    table = load_events()
    allowed = set(table.allowed(role, names))
    assert set(table.allowed(role, [])) <= allowed
    assert set(table.once(role, names)) <= allowed
