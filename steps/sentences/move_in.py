"""Steps: who moves in from where, and whose removed record is there already."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from pytest_bdd import given

from steps.happening import happening
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

ABROAD = "abroad"
"""Stands for the home of who lives in no municipality."""
ELSEWHERE = "999032"
"""A third fictional municipality: 9*6+9*5+9*4+0*3+3*2 = 141, remainder 9, 11-9 = 2."""
YEARS_AGO = 3 * 365
NUMBERS = ("juminhyo_code", "individual_number")


# -- 転入 --------------------------------------------------------------------------------------


def entering(
    scene: Scene, person: Person, kind: str = "domestic", *, coded: bool = True, **more: Any
) -> dict[str, Any]:
    """Give the arguments of a move-in to where the person is not yet, and note them."""
    here = "juki_b" if person.home == "juki" else "juki"
    codes = scene.bench.pixit.codes()
    before = {
        "former_municipality_code": codes.get(person.home, ""),
        "former_address": person.address,
    }
    if here == "juki_b":
        scene.happens("move_in_notice")
    else:
        person.handle = ""
    person.home = here
    return {
        "kind": kind,
        "person": items_of(person),
        **person.becomes(scene.world.residents.place(here)),
        "register_municipality_code": person.household.register_municipality_code,
        **({item: person.facts[item] for item in NUMBERS if item in person.facts} if coded else {}),
        **({} if kind == ABROAD else before),
        **more,
    }


def items_of(person: Person) -> dict[str, str]:
    """Give what a report of a move-in says of the person itself."""
    own = {
        item: getattr(person, item)
        for item in ("name", "furigana", "sex", "birth_date", "nationality")
    }
    kept = ("alias", "residence_card_number")
    own |= {item: person.facts[item] for item in kept if item in person.facts}
    return {item: text for item, text in own.items() if text}


@happening("転入", action="move_in", event="move_in", enters=True)
def move_in(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person)


@happening("再転入", action="move_in", event="move_in", enters=True)
def return_to(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, former=person.facts["former"])


@happening("転出後の再転入", action="move_in", event="move_in", enters=True)
def return_after_leaving(scene: Scene, person: Person) -> dict[str, Any]:
    former = person.handle
    told = scene.observe("juki", "resident", {"handle": former}) or {}
    person.facts["addressee_number"] = str(told.get("addressee_number") or "")
    return entering(scene, person, former=former)


@happening("国外転入", action="move_in", event="move_in_abroad", enters=True)
def move_in_abroad(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, ABROAD)


@happening("再転入者としての国外転入", action="move_in", event="move_in_abroad", enters=True)
def return_from_abroad(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, ABROAD, former=person.facts["former"])


@happening(
    "個人番号のない国外転入", action="move_in", event="move_in_abroad_new_number", enters=True
)
def return_without_number(scene: Scene, person: Person) -> dict[str, Any]:
    more: dict[str, Any] = {"former": person.facts["former"]} if "former" in person.facts else {}
    return entering(scene, person, ABROAD, **more)


@happening("初めての国外転入", action="move_in", event="move_in_abroad_new_number", enters=True)
def first_entry(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, ABROAD, coded=False)


@happening("住民票コードの判明しない転入", action="move_in", event="move_in_new_code", enters=True)
def move_in_without_code(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, coded=False, code_unknown=True)


@happening(
    "住民票コードの判明しない国外転入",
    action="move_in",
    event="move_in_abroad_new_number",
    enters=True,
)
def move_in_abroad_without_code(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, ABROAD, coded=False, code_unknown=True)


@happening("未届地を経た転入", action="move_in", event="move_in", enters=True)
def unreported_move_in(scene: Scene, person: Person) -> dict[str, Any]:
    last = scene.bench.pixit.codes()[person.home]
    more: dict[str, Any] = {"former_municipality_code": ELSEWHERE, "last_registered_code": last}
    return entering(scene, person, "unreported", **more)


@happening("最終住民登録地が未届地である転入", action="move_in", event="move_in", enters=True)
def unreported_at_last_home(scene: Scene, person: Person) -> dict[str, Any]:
    last = scene.bench.pixit.codes()[person.home]
    return entering(scene, person, "unreported", last_registered_code=last)


@happening("未届地を経た再転入", action="move_in", event="move_in", enters=True)
def unreported_return(scene: Scene, person: Person) -> dict[str, Any]:
    own = scene.bench.pixit.municipality_code
    more: dict[str, Any] = {"former_municipality_code": ELSEWHERE, "last_registered_code": own}
    return entering(scene, person, "unreported", former=person.facts["former"], **more)


@happening("転入届に出生届を併せた転入", action="move_in", event="move_in_new_code", enters=True)
def birth_on_the_way(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, coded=False, birth_filed=True)


@happening(
    "転入届に出生届を併せた国外転入",
    action="move_in",
    event="move_in_abroad_new_number",
    enters=True,
)
def birth_on_the_way_from_abroad(scene: Scene, person: Person) -> dict[str, Any]:
    return entering(scene, person, ABROAD, coded=False, birth_filed=True)


@happening("他の住民の住民票コードによる転入", action="move_in", event="move_in", enters=True)
def move_in_with_code_of_another(scene: Scene, person: Person) -> dict[str, Any]:
    another = next(p for p in scene.people.values() if p is not person)
    return entering(scene, person, juminhyo_code=another.facts["juminhyo_code"])


# -- who it is ---------------------------------------------------------------------------------


def stranger(scene: Scene, name: str, home: str, *without: str) -> Person:
    """Draw somebody whom the resident record systems do not know, less some of the numbers."""
    person = scene.world.residents.adult(name)
    scene.people[name], person.home = person, home
    for item in without:
        person.identifiers.discard(person.facts.pop(item))
    if "juminhyo_code" in person.facts:
        scene.world.designate([person.facts["juminhyo_code"]])
        scene.world.known_at_cs({"individual_number": "", **person.facts})
    return person


@given(says("「{name:Name}」は、以前の住民票コードと個人番号を持つ帰国者である"))
def returnee(scene: Scene, name: str) -> None:
    stranger(scene, name, ABROAD)


@given(says("「{name:Name}」は、住民票コードを持ち個人番号を持たない帰国者である"))
def returnee_without_number(scene: Scene, name: str) -> None:
    stranger(scene, name, ABROAD, "individual_number")


@given(says("「{name:Name}」は、どの市町村にも記録されたことがない"))
def never_recorded(scene: Scene, name: str) -> None:
    stranger(scene, name, ABROAD, *NUMBERS)


@given(says("「{name:Name}」は、市町村Bで出生し、まだどこにも記録されていない"))
def born_elsewhere(scene: Scene, name: str) -> None:
    person = stranger(scene, name, "juki_b", *NUMBERS)
    person.birth_date = (scene.today() - dt.timedelta(days=5)).isoformat()


@given(says("「{name:Name}」は、通称「{alias:Name}」を持つ外国人である"))
def with_alias(scene: Scene, name: str, alias: str) -> None:
    person = scene.people[name]
    person.nationality = "ブラジル"
    person.becomes({"alias": alias, "residence_card_number": card_of(person)})


def card_of(person: Person) -> str:
    """Make up a residence card number that nobody else has: two letters, eight digits, two."""
    return f"AB{person.facts['juminhyo_code'][:8]}CD"


# -- 除票 --------------------------------------------------------------------------------------


def remove_before(
    scene: Scene, person: Person, event: str = "move_out", **items: str
) -> dict[str, Any]:
    """Put a person's removed record on the register, and tell what the system says of it."""
    day = (scene.today() - dt.timedelta(days=YEARS_AGO)).isoformat()
    args = person.household.provision()
    args["head"] |= {"status": "removed", "removal": removal_of(event, day), **items}
    scene.world.designate([args["head"]["juminhyo_code"]])
    scene.world.known_at_cs(args["head"])
    reply = scene.prepare("juki", "household", args)
    person.facts["former"] = str(reply.data.get("head") or "")
    told = scene.observe("juki", "resident", {"handle": person.facts["former"]}) or {}
    number = str(told.get("addressee_number") or "")
    scene.fact("removed_addressee", [number] if number else [])
    return dict(told)


def removal_of(event: str, day: str) -> dict[str, str]:
    """Describe a removal of long ago."""
    kind = ABROAD if event.endswith(ABROAD) else "domestic"
    return {"kind": kind, "event": event, "planned_date": day, "report_date": day, "date": day}


@given(says("市町村Bへ転出した「{name:Name}」の除票がある"))
def removed_to_b(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
    remove_before(scene, scene.people[name])
    scene.people[name].home = "juki_b"


@given(says("国外へ転出した「{name:Name}」の除票がある"))
def removed_abroad(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
    remove_before(scene, scene.people[name], "move_out_abroad")
    scene.people[name].home = ABROAD


@given(says("個人番号のないまま国外へ転出した「{name:Name}」の除票がある"))
def removed_without_number(scene: Scene, name: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    person.identifiers.discard(person.facts.pop("individual_number"))
    person.household.head["individual_number"] = ""
    remove_before(scene, person, "move_out_abroad")
    person.home = ABROAD


@given(says("在留カードを持ち国外へ転出した「{name:Name}」の除票がある"))
def removed_with_card(scene: Scene, name: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    card = {"residence_card_number": card_of(person), "nationality": "ブラジル"}
    remove_before(scene, person, "move_out_abroad", **card)
    person.home, person.nationality = ABROAD, card["nationality"]
    person.facts |= {"residence_card_number": card["residence_card_number"]}


@given(says("居所が分からず職権で消除した「{name:Name}」の除票がある"))
def disappeared(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
    remove_before(scene, scene.people[name], "disappeared")
    scene.people[name].handle = scene.people[name].facts["former"]


@given(says("死亡により消除した「{name:Name}」の除票がある"))
def dead(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
    remove_before(scene, scene.people[name], "death")
    scene.people[name].handle = scene.people[name].facts["former"]


@given(says("「{name:Name}」と氏名・性別・生年月日の同じ者の除票がある"))
def removed_namesake(scene: Scene, name: str) -> None:
    person = scene.people[name]
    other = scene.world.residents.adult(name)
    same = {"name": person.name, "furigana": person.furigana, "birth_date": person.birth_date}
    other.household.head |= {**same, "sex": person.sex}
    remove_before(scene, other)
    scene.fact("namesake", [other.facts[item] for item in NUMBERS])


@given(says("「{name:Name}」の転入届には、「{item:Name}」だけが記されている"))
def only_item(scene: Scene, name: str, item: str) -> None:
    known = {"住民票コード": "juminhyo_code", "個人番号": "individual_number"}
    kept = known.get(item, "residence_card_number")
    facts = scene.people[name].facts
    for other in {*NUMBERS, "residence_card_number"} & facts.keys() - {kept}:
        del facts[other]
