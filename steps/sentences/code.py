"""Happenings and steps: 住民票コード changed on request, corrected ex officio, never used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, when

from steps.happening import happen, happening
from steps.scene import Unprepared
from steps.sentences.event import settle_in
from steps.sentences.stock import designated, send_list
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

CODE = "juminhyo_code"


def held_now(scene: Scene, person: Person, item: str) -> str:
    """Return a person's code or number as it was last told, or else as it was given."""
    scene.quiet()
    told = scene.seen_of(person.key, "identity_notice", item)
    if not told and item not in person.facts:
        raise Unprepared(f"「{person.key}」の本人確認情報がまだない")
    return told[-1] if told else person.facts[item]


def note_former(scene: Scene, person: Person) -> None:
    """Note the code that is about to be replaced."""
    former = held_now(scene, person, CODE)
    person.facts[f"former_{CODE}"] = former
    scene.fact("former_codes", [*scene.facts("former_codes"), former])


@happening("請求による住民票コードの変更", action="change_code", event="code_change")
def change(scene: Scene, person: Person) -> dict[str, str]:
    note_former(scene, person)
    return {}


@happening("職権による住民票コードの修正", action="correct_code", event="code_correction")
def correct(scene: Scene, person: Person) -> dict[str, str]:
    note_former(scene, person)
    return person.becomes({CODE: designated(scene, 1)[0]})


@given(says("住民票コードの記載が漏れた「{name:Name}」が住民票に記載されている"))
def without_code(scene: Scene, name: str) -> None:
    settle_without(scene, name, CODE)


def settle_without(scene: Scene, name: str, item: str) -> None:
    """Put somebody on the register whose record lacks an item."""
    person = scene.world.residents.adult(name)
    scene.people[name] = person
    person.identifiers.discard(person.facts[item])
    person.facts[item] = ""
    person.household.head[item] = ""
    settle_in(scene, person)


@when(
    says(
        "住民記録システムが「{name:Name}」と「{other:Name}」の住民票コードの変更を続けて本登録する"
    )
)
def changes_of_both(scene: Scene, name: str, other: str) -> None:
    for one in (name, other):
        happen(scene, "juki", "請求による住民票コードの変更", one)


@when(
    says(
        "住民記録システムが「{name:Name}」の住民票コードを「{other:Name}」の住民票コードに修正する"
    )
)
def code_of_another(scene: Scene, name: str, other: str) -> None:
    correct_to(scene, name, held_now(scene, scene.people[other], CODE))


@when(
    says(
        "住民記録システムが「{name:Name}」の住民票コードを「{other:Name}」の変更前の住民票コードに修正する"
    )
)
def former_code_of_another(scene: Scene, name: str, other: str) -> None:
    correct_to(scene, name, scene.people[other].facts[f"former_{CODE}"])


def correct_to(scene: Scene, name: str, code: str) -> None:
    """Try to correct a person's code to a given one."""
    scene.stimulate()
    scene.happens("code_correction")
    handle = scene.people[name].handle
    scene.act("juki", "correct_code", "event", handle=handle, juminhyo_code=code)


@when("住基ネットCSが、変更前の住民票コードを含む「住民票コード一覧」を送る")
def list_with_former_code(scene: Scene) -> None:
    scene.quiet()
    codes = designated(scene, 2)
    send_list(scene, [codes[0], *scene.facts("former_codes"), codes[1]])
