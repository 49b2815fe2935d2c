"""Happenings: 職権記載 of people new to the register, with and without an earlier code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given

from steps.happening import day_of, happening
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

NUMBERS = ("juminhyo_code", "individual_number")


def entry(person: Person, *, known: bool = False, **dates: str) -> dict[str, Any]:
    """Return the arguments of an entry; who was on a register before brings code and number."""
    carried = {item: person.facts[item] for item in NUMBERS} if known else {}
    household = person.household
    return {
        "person": {**person.report(), **carried},
        "address": household.address,
        "postal_code": household.postal_code,
        "register_municipality_code": household.register_municipality_code,
        **dates,
    }


@happening("職権記載", action="enter", event="entry", enters=True)
def entered(_scene: Scene, person: Person) -> dict[str, Any]:
    return entry(person)


@happening("以前の住民票コードと個人番号による職権記載", action="enter", event="entry", enters=True)
def entered_again(scene: Scene, person: Person) -> dict[str, Any]:
    scene.world.designate([person.facts["juminhyo_code"]])
    scene.world.known_at_cs(person.household.head)
    return entry(person, known=True)


@happening("住民となった日が不詳の職権記載", action="enter", event="entry", enters=True)
def since_unknown(scene: Scene, person: Person) -> dict[str, Any]:
    return entry(person, resident_since=day_of(scene, "日が不詳の日"))


@happening("住所を定めた日が暦にない職権記載", action="enter", event="entry", enters=True)
def since_off_calendar(scene: Scene, person: Person) -> dict[str, Any]:
    return entry(person, address_since=day_of(scene, "暦にない日"))


@happening("生年月日の年月日が不詳の職権記載", action="enter", event="entry", enters=True)
def born_nobody_knows_when(_scene: Scene, person: Person) -> dict[str, Any]:
    person.birth_date, person.birth_date_text = "0000-00-00", "年月日不詳"
    return entry(person)


@given(says("「{name:Name}」は、どの住民票にも記載されていない"))
def not_on_register(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
