"""Happenings: 転出 to another municipality, specially or not, or abroad, and its cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import then

from steps.happening import constant, happening
from steps.sentences.move_in import ELSEWHERE
from steps.sentences.notice import ENTRIES
from steps.vocabulary import says
from steps.waiting import await_notice

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

ABROAD = "アメリカ合衆国"


@happening("転出", action="move_out", event="move_out")
def move_out(scene: Scene, person: Person) -> dict[str, Any]:
    return leaving(scene, person)


@happening("特例による転出", action="move_out", event="special_move_out")
def special_move_out(scene: Scene, person: Person) -> dict[str, Any]:
    return leaving(scene, person) | {"special": True}


@happening("世帯全員の特例による転出", action="move_out", event="special_move_out")
def special_move_out_of_household(scene: Scene, person: Person) -> dict[str, Any]:
    household = [other for other in scene.people.values() if other.household is person.household]
    for other in household:
        leaving(scene, other)
    special = {"special": True, "handles": [other.handle for other in household]}
    return leaving(scene, person) | special


@happening("市町村Cへの特例による転出", action="move_out", event="special_move_out")
def special_move_out_to_c(scene: Scene, person: Person) -> dict[str, Any]:
    return special_move_out(scene, person) | {"destination_municipality_code": ELSEWHERE}


@happening("国外転出", action="move_out", event="move_out_abroad")
def move_out_abroad(scene: Scene, person: Person) -> dict[str, Any]:
    scene.falls_due = True
    person.facts |= {"destination_address": ABROAD, "planned_date": scene.today().isoformat()}
    return {"kind": "abroad", "destination_address": ABROAD}


@happening("特例による国外転出", action="move_out", event="move_out_abroad")
def special_move_out_abroad(scene: Scene, person: Person) -> dict[str, Any]:
    return move_out_abroad(scene, person) | {"special": True}


constant("転出の取消し", action="cancel_move_out", event="cancel_move_out")


@then(says("消除の「本人確認情報」の年月日は、「{name:Name}」の転出予定年月日である"))
def dated_as_planned(scene: Scene, name: str) -> None:
    entry, planned = ENTRIES["消除"], scene.people[name].facts["planned_date"]
    await_notice(scene, entry)
    item, words = "event_date", f"「{name}」の転出予定年月日"
    scene.judge("notice_item", entry=entry, item=item, expected=[planned], words=words)


@then("市町村Bへの「転出証明書情報」は送信されない")
def nothing_to_b(scene: Scene) -> None:
    scene.quiet()
    to_b = {"destination_code": scene.bench.pixit.codes()["juki_b"]}
    scene.judge("not_sent", sender="juki", telegrams=["certificate_info"], where=to_b)


def leaving(scene: Scene, person: Person) -> dict[str, Any]:
    """Give the arguments of a move-out to the other municipality of the bench, and note them."""
    scene.falls_due = True
    other = other_home(person)
    planned = person.facts.get("new_address") or new_place(scene, person)["address"]
    person.facts |= {
        "planned_date": scene.today().isoformat(),
        "destination_address": planned,
        "new_address": planned,
        "former_address": person.address,
        "head_name": person.household.head["name"],
    }
    return {
        "kind": "domestic",
        "destination_municipality_code": scene.bench.pixit.codes()[other],
        "destination_address": person.facts["new_address"],
    }


def other_home(person: Person) -> str:
    """Return the resident record system of the municipality that a person does not live in."""
    return "juki" if person.home == "juki_b" else "juki_b"


def new_place(scene: Scene, person: Person) -> dict[str, str]:
    """Draw an address in the other municipality."""
    return scene.world.residents.place(other_home(person))
