"""Happenings: 帰化, 国籍取得, 国籍喪失; what is carried from one record to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then

from steps.happening import happening
from steps.sentences.content import reported
from steps.sentences.name import ABROAD
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

NOTICE, EVENT = "identity_notice", "nationality_change"
HOME = "日本"
NAMES = {HOME: "小林　まりあ", ABROAD: "ＹＡＭＡＤＡ　ＨＡＮＡＫＯ"}
"""The name that a person has under the new nationality."""


def change(person: Person, kind: str, nationality: str) -> dict[str, Any]:
    """Return the arguments of a change of nationality; the name changes with it."""
    name = NAMES[nationality]
    person.facts["former_name"] = person.name
    person.identifiers.add(name)
    return {"kind": kind, "items": {**person.becomes({"name": name}), "nationality": nationality}}


@happening("帰化", action="change_nationality", event=EVENT)
def naturalised(_scene: Scene, person: Person) -> dict[str, Any]:
    return change(person, "naturalised", HOME)


@happening("国籍取得", action="change_nationality", event=EVENT)
def acquired(_scene: Scene, person: Person) -> dict[str, Any]:
    return change(person, "acquired", HOME)


@happening("国籍喪失", action="change_nationality", event=EVENT)
def lost(_scene: Scene, person: Person) -> dict[str, Any]:
    return change(person, "lost", ABROAD)


@then(says("「{name:Name}」の消除と新しい氏名での記載が、「本人確認情報」で通知される"))
def nationality_told(scene: Scene, name: str) -> None:
    person = scene.people[name]
    await_telegram(scene, NOTICE, name, 2)
    scene.quiet()
    basic = {item: reported(scene, person, NOTICE, item) for item in ("birth_date", "address")}
    former = {**basic, "name": [person.facts["former_name"]]}
    now = {**basic, "name": [person.facts["name"]]}
    scene.judge("nationality_told", person=name, former=former, now=now)


@given(says("「{name:Name}」の住民票の宛名番号が分かっている"))
def addressee_number_known(scene: Scene, name: str) -> None:
    data = scene.learn(name) or {}
    scene.people[name].facts["addressee_number"] = str(data.get("addressee_number") or "")
