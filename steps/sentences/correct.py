"""Happenings: 職権修正, 軽微な修正, 誤記修正, 異動の取消し; history and restoration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import constant, happen, happening
from steps.residents import SURNAMES
from steps.sentences.event import settle_in
from steps.vocabulary import says
from steps.waiting import await_numbered, await_telegram

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene


def correction(person: Person, kind: str, items: dict[str, str]) -> dict[str, Any]:
    """Return the arguments of a correction, and note what it reports."""
    if "name" in items:
        person.identifiers.add(items["name"])
    return {"kind": kind, "items": person.becomes(items)}


def other_name(person: Person) -> dict[str, str]:
    """Return the name after a marriage: another surname."""
    surname = next(other for other in SURNAMES if other != person.household.surname)
    return {"name": f"{surname}　{person.key}"}


def other_birth_date(person: Person) -> dict[str, str]:
    """Return a birth date that differs in its day."""
    day = "15" if not person.birth_date.endswith("15") else "16"
    return {"birth_date": f"{person.birth_date[:-2]}{day}"}


@happening("氏名の職権修正", action="correct", event="correction")
def name_corrected(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "ex_officio", other_name(person))


@happening("生年月日の職権修正", action="correct", event="correction")
def birth_date_corrected(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "ex_officio", other_birth_date(person))


@happening("性別の職権修正", action="correct", event="correction")
def sex_corrected(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "ex_officio", {"sex": "1" if person.sex == "2" else "2"})


@happening("住所の職権修正", action="correct", event="correction")
def address_corrected(scene: Scene, person: Person) -> dict[str, Any]:
    place = scene.world.residents.place(person.home)
    return correction(person, "ex_officio", {"address": place["address"]})


@happening("氏名と住所の職権修正", action="correct", event="correction")
def name_and_address_corrected(scene: Scene, person: Person) -> dict[str, Any]:
    address = scene.world.residents.place(person.home)["address"]
    return correction(person, "ex_officio", other_name(person) | {"address": address})


@happening("住所の誤記修正", action="correct", event="correction")
def clerical(scene: Scene, person: Person) -> dict[str, Any]:
    place = scene.world.residents.place(person.home)
    return correction(person, "clerical", {"address": place["address"]})


@happening("文字の同定による軽微な修正", action="correct", event="correction")
def character_identified(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "minor", {"name": person.name.replace("髙", "高")})


@happening("市の名称の変更による軽微な修正", action="correct", event="correction")
def city_renamed(_scene: Scene, person: Person) -> dict[str, Any]:
    address = person.address.replace("見本市", "新見本市")
    return correction(person, "minor", {"address": address})


@happening("氏を改める軽微な修正", action="correct", event="correction")
def real_change_as_minor(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "minor", other_name(person))


@happening("転居の取消し", action="cancel", event="cancellation")
def move_cancelled(_scene: Scene, person: Person) -> dict[str, Any]:
    original = {"address": person.household.address}
    reports = person.told["address"]
    person.becomes({"address": reports[-2]} if len(reports) > 1 else original)
    return {}


constant("異動の取消し", action="cancel", event="cancellation")
constant("改製", action="recreate", event="recreation")


@given(says("氏に異体字を含む「{name:Name}」が住民票に記載されている"))
def variant_character(scene: Scene, name: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    person.named(f"髙橋　{name}", f"タカハシ　{person.furigana.partition('　')[2]}")
    settle_in(scene, person)


@then("氏名の実質の変更について、注意が示されるか、受け付けられない")
def warned(scene: Scene) -> None:
    scene.judge(
        "reply_is",
        key="event",
        role="juki",
        statuses=["rejected"],
        words="注意が示されるか、受け付けられない",
        alert_will_do="real_name_change",
    )


# -- history -------------------------------------------------------------------------------------


def read_history(scene: Scene, name: str, moment: str) -> None:
    """Ask for the history of a record, and make it known to the judge."""
    scene.quiet()
    data = scene.observe("juki", "history", {"handle": scene.people[name].handle})
    if data is not None and "events" in data:
        events = [json.dumps(event, sort_keys=True) for event in data["events"]]
        scene.fact(f"history:{name}:{moment}", events)


@given(says("「{name:Name}」の異動履歴が分かっている"))
def history_known(scene: Scene, name: str) -> None:
    read_history(scene, name, "before")


@then(says("「{name:Name}」の異動履歴は、前の異動を残したまま増えている"))
def history_longer(scene: Scene, name: str) -> None:
    read_history(scene, name, "after")
    before, after = f"history:{name}:before", f"history:{name}:after"
    scene.judge("history_grows", before=before, after=after, role="juki")


# -- cancellation --------------------------------------------------------------------------------


@when(says("「{name:Name}」の出生が通知された後に、住民記録システムがその異動を取り消す"))
def cancelled_after_notice(scene: Scene, name: str) -> None:
    await_numbered(scene, 1)
    scene.quiet()
    happen(scene, "juki", "異動の取消し", name)


@then(says("取り消された「{name:Name}」は、住民に戻らない"))
def not_back(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_issue_result", name)
    scene.quiet()
    scene.judge("not_brought_back", person=name)


@then("改製の本人確認情報の有無が観測される")
def recreation_observed(scene: Scene) -> None:
    scene.quiet()
    scene.judge("told_or_silent", what="改製")


# -- 住所一括変更 --------------------------------------------------------------------------------


def change_in_bulk(scene: Scene, names: tuple[str, ...], old: str, new: str) -> None:
    """Change a part of the addresses of extracted people, and note whose address changes."""
    people = [scene.people[name] for name in names]
    for person in people:
        if old in person.address:
            person.becomes({"address": person.address.replace(old, new)})
    scene.stimulate()
    scene.happens("bulk_address")
    handles = [person.handle for person in people]
    scene.act("juki", "bulk_address", "event", handles=handles, old=old, new=new)


@when(
    says("住民記録システムが「{name:Name}」と「{other:Name}」の市の名称を改める住所一括変更を行う")
)
def city_in_bulk(scene: Scene, name: str, other: str) -> None:
    change_in_bulk(scene, (name, other), "見本市", "新見本市")


@when(
    says(
        "住民記録システムが「{name:Name}」の地番だけを改める住所一括変更を、抽出した「{other:Name}」を含めて行う"
    )
)
def lot_in_bulk(scene: Scene, name: str, other: str) -> None:
    old = scene.people[name].address
    change_in_bulk(scene, (name, other), old, f"{old}の１")
