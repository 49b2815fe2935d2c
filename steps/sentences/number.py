"""Happenings and steps: 個人番号 changed, corrected, missing; results of a change that go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.happening import happen, happening
from steps.sentences.code import held_now, settle_without
from steps.sentences.event import settle_in
from steps.sentences.proof import proof, require_accepted
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

NUMBER = "individual_number"
SPARE_ADULT = "幸子"
"""Who proves that changes of numbers work; the scenarios use other names."""


def note_former(scene: Scene, person: Person) -> None:
    """Note the number that is about to be replaced."""
    person.facts[f"former_{NUMBER}"] = held_now(scene, person, NUMBER)


@happening("請求による個人番号の変更", action="change_number", event="number_change")
def change_on_request(scene: Scene, person: Person) -> dict[str, str]:
    note_former(scene, person)
    return {"kind": "request"}


@happening("職権による個人番号の変更", action="change_number", event="number_change")
def change_ex_officio(scene: Scene, person: Person) -> dict[str, str]:
    note_former(scene, person)
    return {"kind": "ex_officio"}


@happening("個人番号の誤記の修正", action="correct_number", event="number_correction")
def correct(scene: Scene, person: Person) -> dict[str, str]:
    note_former(scene, person)
    return person.becomes({NUMBER: scene.world.residents.unique(NUMBER)})


@happening("個人番号の記載漏れの修正", action="correct_number", event="number_correction")
def write_missing(scene: Scene, person: Person) -> dict[str, str]:
    return person.becomes({NUMBER: scene.world.residents.unique(NUMBER)})


@given(says("住民票コードはあるが個人番号のない「{name:Name}」が住民票に記載されている"))
def without_number(scene: Scene, name: str) -> None:
    settle_without(scene, name, NUMBER)


@when(says("住民記録システムが「{name:Name}」の個人番号の生成を求める"))
def number_requested(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.stimulate()
    scene.happens("number_missing")
    scene.act("juki", "request_number", "event", handle=scene.people[name].handle)


@when(says("住民記録システムが「{name:Name}」の個人番号を「{other:Name}」の個人番号に修正する"))
def number_of_another(scene: Scene, name: str, other: str) -> None:
    scene.stimulate()
    scene.happens("number_correction")
    number = scene.people[other].facts[NUMBER]
    args = {"handle": scene.people[name].handle, NUMBER: number}
    scene.act("juki", "correct_number", "event", **args)


@when(says("住基ネットCSが「{name:Name}」について求めていない「個人番号変更結果」を送る"))
def unasked_change(scene: Scene, name: str) -> None:
    scene.stimulate()
    scene.happens("number_change")
    facts = scene.people[name].facts
    args = {item: facts[item] for item in ("juminhyo_code", NUMBER)}
    fresh = scene.world.residents.unique(NUMBER)
    args = {**args, NUMBER: fresh, f"former_{NUMBER}": args[NUMBER]}
    scene.disturb()
    with scene.doing("of_its_own", "cs"):
        scene.bench.act("cs", "send_number_change", args)
    scene.quiet()


@proof("number_change_result")
def prove_change(scene: Scene) -> None:
    """Change the number of somebody else, and see that the result was accepted."""
    scene.people[SPARE_ADULT] = scene.world.residents.adult(SPARE_ADULT)
    settle_in(scene, scene.people[SPARE_ADULT])
    happen(scene, "juki", "請求による個人番号の変更", SPARE_ADULT)
    await_telegram(scene, "number_change_result", SPARE_ADULT)
    scene.quiet()
    require_accepted(scene, "number_change_result")


@then(says("「{name:Name}」の住民票の個人番号は、変更の結果として受領した個人番号である"))
def changed_number_written(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_change_result", name)
    scene.quiet()
    received = scene.seen_of(name, "number_change_result", NUMBER)
    key = f"number:{name}"
    data = scene.observe("juki", "resident", {"handle": scene.people[name].handle})
    if data is not None:
        scene.keep(key, str(data.get(NUMBER) or ""))
    words = f"「{name}」の変更の結果として受領した個人番号"
    scene.judge(
        "observed_is", key=key, role="juki", expected=received[-1:], words=words, secret=True
    )


@then(
    says("「個人番号変更結果」の「個人番号」は、「{name:Name}」の従前の個人番号のいずれとも異なる")
)
def differs_from_former(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_change_result", name)
    scene.quiet()
    scene.judge(
        "items_distinct",
        telegram="number_change_result",
        item=NUMBER,
        known=scene.seen_of(name, "number_issue_result", NUMBER),
        words="従前のいずれとも異なる個人番号",
    )
