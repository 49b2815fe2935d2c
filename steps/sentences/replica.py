"""Steps: replicas of households, on their way to the intermediate server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.judge.content import leaves
from steps.people import RELATIONS
from steps.sentences.telegram import expect
from steps.sentences.update import addressee, integrated, numbered
from steps.vocabulary import leaf_named, says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene


@given(says("「{name:Name}」と「{other:Name}」に団体内統合宛名番号が付番されている"))
def both_have_numbers(scene: Scene, name: str, other: str) -> None:
    for person in (name, other):
        numbered(scene, person)
    scene.window = None


@when(says("住民記録システムが「{name:Name}」の世帯の副本を送る"))
def replica_sent(scene: Scene, name: str) -> None:
    scene.stimulate()
    scene.happens("replica")
    scene.act("juki", "send_replica", "send_replica", handle=scene.people[name].handle)


def judge_rows(
    scene: Scene, telegram: str, item: str, expected: list[str] | None, words: str
) -> None:
    """Judge the entries of a telegram, once it is there."""
    await_telegram(scene, telegram)
    scene.quiet()
    scene.judge("rows_are", telegram=telegram, item=item, expected=expected, words=words)


@then(says("「副本情報」は、「{name:Name}」だけの宛名番号を含む"))
def replica_of_one(scene: Scene, name: str) -> None:
    words = f"「{name}」の宛名番号だけのレコード"
    judge_rows(scene, "replica_upload", "addressee_number", [addressee(scene, name)], words)


@then(says("「副本情報」は、「{name:Name}」と「{other:Name}」の宛名番号を含む"))
def replica_of_two(scene: Scene, name: str, other: str) -> None:
    words = f"「{name}」と「{other}」の宛名番号のレコード"
    expected = [addressee(scene, person) for person in (name, other)]
    judge_rows(scene, "replica_upload", "addressee_number", expected, words)


@then(says("「副本登録要求」は、「{name:Name}」だけの団体内統合宛名番号を含む"))
def registration_of_one(scene: Scene, name: str) -> None:
    words = f"「{name}」の団体内統合宛名番号だけのレコード"
    expected = [integrated(scene, name)]
    expect(scene, "副本登録要求")
    judge_rows(scene, "replica_registration", "integrated_number", expected, words)


@then(says("「副本登録要求」は、「{name:Name}」と「{other:Name}」の団体内統合宛名番号を含む"))
def registration_of_two(scene: Scene, name: str, other: str) -> None:
    words = f"「{name}」と「{other}」の団体内統合宛名番号のレコード"
    expected = [integrated(scene, person) for person in (name, other)]
    expect(scene, "副本登録要求")
    judge_rows(scene, "replica_registration", "integrated_number", expected, words)


@then(says("「副本情報」の「{name:Name}」の続柄は「{relation:Name}」である"))
def relation_told(scene: Scene, name: str, relation: str) -> None:
    scene.learn(name)
    await_telegram(scene, "replica_upload")
    scene.quiet()
    judged = {"telegram": "replica_upload", "item": "relation", "person": name}
    words = f"「{name}」の続柄「{relation}」"
    scene.judge("row_item_is", expected=[RELATIONS[relation]], words=words, **judged)


@then(says("「副本登録要求」の{items:Listed}は、「副本情報」のとおりである"))
def registered_as_uploaded(scene: Scene, items: list[str]) -> None:
    spec = scene.world.profile.spec("replica_registration")
    expect(scene, "副本登録要求")
    uploads = scene.telegrams("replica_upload")
    for label in items:
        item = leaf_named(spec, label)
        told = [text for upload in uploads for _, text in leaves(upload, item)]
        judge_rows(scene, spec.id, item, told if uploads else None, f"「副本情報」の{label}")


@then("エラーリストは空である")
def none_listed(scene: Scene) -> None:
    judge_rows(scene, "replica_receipt", "addressee_number", [], "空のエラーリスト")


@then(says("エラーリストは、「{name:Name}」だけの宛名番号を含む"))
def one_listed(scene: Scene, name: str) -> None:
    words = f"「{name}」の宛名番号だけのエラーリスト"
    judge_rows(scene, "replica_receipt", "addressee_number", [addressee(scene, name)], words)


@then(says("エラーリストは、「{name:Name}」と「{other:Name}」の宛名番号を含む"))
def two_listed(scene: Scene, name: str, other: str) -> None:
    words = f"「{name}」と「{other}」の宛名番号のエラーリスト"
    expected = [addressee(scene, person) for person in (name, other)]
    judge_rows(scene, "replica_receipt", "addressee_number", expected, words)


@then("「副本登録要求」に、宛名番号は現れない")
def no_addressee_number(scene: Scene) -> None:
    await_telegram(scene, "replica_registration")
    words = "団体内統合宛名番号に変換された副本"
    judged = {"telegrams": ["replica_registration"], "other_kinds": ["household_number"]}
    scene.judge("kept_away", kinds=["addressee_number"], words=words, **judged)


@then("「副本情報」に、住民票コードは現れない")
def no_code(scene: Scene) -> None:
    await_telegram(scene, "replica_upload")
    codes = [p.facts["juminhyo_code"] for p in scene.people.values()]
    scene.fact("codes_on_record", codes)
    judged = {"kinds": ["codes_on_record"], "telegrams": ["replica_upload"]}
    scene.judge("kept_away", words="宛名番号による副本", **judged)
