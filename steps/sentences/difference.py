"""Steps: differences of the register that other systems are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.vocabulary import code_named, item_named, says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene

FILE = "resident_differences"


@given(says("それから{count:Count}分が過ぎている"))
def minutes_passed(scene: Scene, count: int) -> None:
    minutes_pass(scene, count)
    scene.window = None


@when(says("それから{count:Count}分が過ぎる"))
def minutes_pass(scene: Scene, count: int) -> None:
    scene.quiet()
    scene.stimulate()
    scene.pass_minutes(count)
    scene.quiet()


@then(says("「{name:Name}」の異動差分が提供される"))
def provided(scene: Scene, name: str) -> None:
    scene.learn(name)
    await_telegram(scene, FILE, name)
    scene.judge("sent", telegram=FILE, label="宛名連携異動差分", person=name)


@then(says("「{name:Name}」の異動差分は提供されない"))
def not_provided(scene: Scene, name: str) -> None:
    scene.learn(name)
    scene.quiet()
    scene.judge("not_sent", sender="juki", telegrams=[FILE], person=name)


@then(says("「{name:Name}」の異動差分の「{item:Name}」は、その者の{what}である"))
def row_about(scene: Scene, name: str, item: str, what: str) -> None:
    leaf = item_named(scene.world.profile.spec(FILE), item).rpartition(".")[2]
    person = scene.people[name]
    told = scene.learn(name) or {}  # a row with a wrong name is found by the addressee number
    items = {"name": person.name, "birth_date": person.birth_date, "address": person.address}
    number = {"addressee_number": str(told.get("addressee_number") or "")}
    known = {**items, "sex": person.sex, **person.facts, **number}
    expected = [text for text in (known[leaf],) if text]
    judged = {"telegram": FILE, "item": leaf, "person": name, "expected": expected}
    scene.judge("row_item_is", words=f"「{name}」の{what}", **judged)


@then(says("「{name:Name}」の異動差分の「{item:Name}」は「{value:Name}」である"))
def row_value(scene: Scene, name: str, item: str, value: str) -> None:
    spec = scene.world.profile.spec(FILE)
    path = item_named(spec, item)
    code = code_named(spec, path, value)
    scene.learn(name)
    judged = {"telegram": FILE, "item": path.rpartition(".")[2], "person": name}
    scene.judge("row_item_is", expected=[code], words=value, **judged)


@then(says("「{name:Name}」の異動差分は、本登録の順に新しい住所を含む"))
def rows_in_order(scene: Scene, name: str) -> None:
    scene.learn(name)
    expected = scene.people[name].told["address"]
    judged = {"telegram": FILE, "item": "address", "person": name, "expected": expected}
    scene.judge("rows_in_order", words="本登録の順の住所", **judged)
