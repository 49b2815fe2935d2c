"""Steps: the consistency check with what the CS holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.judge.values import date_texts
from steps.vocabulary import item_named, says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

DATA = "consistency_data"


def told_of(person: Person) -> dict[str, list[str]]:
    """Return the texts by which a telegram may give the items of a person on the register."""
    return {
        "氏名": [person.name],
        "振り仮名": [person.furigana],
        "生年月日": date_texts("era", person.birth_date),
        "性別": [person.sex],
        "住所": [person.address],
        "住民票コード": [person.facts["juminhyo_code"]],
        "個人番号": [person.facts["individual_number"]],
    }


def known_at_cs(scene: Scene, name: str, address: str) -> None:
    """Let the CS hold what was notified of a person long ago."""
    person = scene.people[name]
    items = {"name": person.name, "furigana": person.furigana, "sex": person.sex}
    code = {"juminhyo_code": person.facts["juminhyo_code"]}
    scene.bench.provision("cs", "identity", {**code, **items, "address": address})


@given(says("CSは「{name:Name}」の本人確認情報を、住民票のとおり保有している"))
def held_alike(scene: Scene, name: str) -> None:
    known_at_cs(scene, name, scene.people[name].address)


@given(says("CSは「{name:Name}」の本人確認情報を、異なる住所で保有している"))
def held_otherwise(scene: Scene, name: str) -> None:
    known_at_cs(scene, name, scene.world.residents.place()["address"])


@when(says("住民記録システムが「{name:Name}」の整合性を確認する"))
def checked(scene: Scene, name: str) -> None:
    check(scene, name)


@when(says("住民記録システムが「{first:Name}」と「{second:Name}」の整合性を確認する"))
def both_checked(scene: Scene, first: str, second: str) -> None:
    check(scene, first, second)


def check(scene: Scene, *names: str) -> None:
    """Let the resident record system check these people."""
    scene.quiet()
    scene.stimulate()
    scene.happens("consistency_check")
    handles = [scene.people[name].handle for name in names]
    scene.act("juki", "check_consistency", "operation", handles=handles)


@then(says("「整合性確認情報」の「{item:Name}」は、住民票の「{name:Name}」の{what}である"))
def row_item(scene: Scene, item: str, name: str, what: str) -> None:
    texts = told_of(scene.people[name])[what]
    path = item_named(telegram_named(scene.world.profile, "整合性確認情報"), item)
    leaf = path.rpartition(".")[2]
    scene.fact(f"{DATA}:{leaf}", texts)
    await_telegram(scene, DATA)
    words = f"住民票の「{name}」の{what}"
    scene.judge("item_among", telegram=DATA, item=leaf, among=f"{DATA}:{leaf}", words=words)


@then(says("住民記録システムは、「{name:Name}」に相違があることを示す"))
def difference_shown(scene: Scene, name: str) -> None:
    judge_difference(scene, name, "yes")


@then(says("住民記録システムは、「{name:Name}」に相違がないことを示す"))
def no_difference_shown(scene: Scene, name: str) -> None:
    judge_difference(scene, name, "no")


def judge_difference(scene: Scene, name: str, expected: str) -> None:
    """Ask whether staff see a person among those who differ, once a result came."""
    await_telegram(scene, "consistency_result")
    scene.quiet()
    data = scene.observe("juki", "consistency", {})
    if data is not None and data.get("results"):
        code = scene.people[name].facts["juminhyo_code"]
        scene.keep(f"differing:{name}", "yes" if code in data["differing"] else "no")
    words = f"「{name}」に相違が{'ある' if expected == 'yes' else 'ない'}と示される"
    key = f"differing:{name}"
    scene.judge("observed_is", key=key, role="juki", expected=[expected], words=words)
