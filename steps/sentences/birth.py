"""Steps: households, births, naming, and how these operations come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import day_of
from steps.vocabulary import ERA_ENDS, says
from steps.waiting import await_telegram
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

TWIN_NAMES = ("一郎", "二郎", "花子", "蓮", "陽菜", "結衣", "湊", "凛", "葵", "太郎")


def child_of(scene: Scene, surname: str, given_name: str) -> Person:
    """Draw a child, or return the one that the scenario already knows."""
    if given_name not in scene.people:
        household = scene.households[surname]
        scene.people[given_name] = scene.world.residents.child(household, given_name)
    return scene.people[given_name]


def rename(child: Person, name: str) -> None:
    """Give a child another reported name, by which telegrams will know it."""
    child.identifiers.discard(child.name)
    child.name = name
    child.identifiers.add(name) if name else None


def register(scene: Scene, child: Person, *, until: str = "final", **further: Any) -> None:
    """Report a birth and take it to 仮登録 or 本登録."""
    scene.stimulate()
    scene.happens("birth" if until == "final" else "provisional_birth")
    args: dict[str, Any] = {
        "household": child.household.handle,
        "child": child.report(),
        "until": until,
        **further,
    }
    option = "provisional" if until == "provisional" else None
    reply = scene.act("juki", "birth", "birth", option=option, **args)
    if reply.handle:
        child.handle = reply.handle
        scene.learn(child.key)


def complete(scene: Scene, person: str) -> None:
    """Wait until a birth has led to everything that it leads to."""
    await_telegram(scene, "addressee_request", person)
    await_telegram(scene, "delivery_address", person)


@given(says("世帯「{surname:Name}」が住民票に記載されている"))
def household_exists(scene: Scene, surname: str) -> None:
    household = scene.world.residents.household(surname)
    scene.households[surname] = household
    scene.world.designate([household.head["juminhyo_code"]])
    reply = scene.prepare("juki", "household", household.provision())
    household.handle = reply.handle or ""


@when(says("住民記録システムが世帯「{surname:Name}」の子「{name:Name}」の出生を本登録する"))
def birth_final(scene: Scene, surname: str, name: str) -> None:
    register(scene, child_of(scene, surname, name))


@when(says("住民記録システムが世帯「{surname:Name}」の子「{name:Name}」の出生を仮登録する"))
def birth_provisional(scene: Scene, surname: str, name: str) -> None:
    register(scene, child_of(scene, surname, name), until="provisional")


@when(says("住民記録システムが「{name:Name}」の出生を本登録する"))
def birth_finalised(scene: Scene, name: str) -> None:
    scene.stimulate()
    scene.happens("birth")
    scene.act("juki", "finalise", "birth", handle=scene.people[name].handle)
    scene.learn(name)


@when(says("住民記録システムが世帯「{surname:Name}」の子{count:Count}人の出生を続けて本登録する"))
def births(scene: Scene, surname: str, count: int) -> None:
    for name in TWIN_NAMES[:count]:
        register(scene, child_of(scene, surname, name))
        await_telegram(scene, "addressee_request", name)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の双子「{first:Name}」「{second:Name}」の出生を同時に本登録する"
    )
)
def twins(scene: Scene, surname: str, first: str, second: str) -> None:
    for name in (first, second):
        register(scene, child_of(scene, surname, name))


@when(
    says("住民記録システムが世帯「{surname:Name}」の氏名未定の子「{name:Name}」の出生を本登録する")
)
def unnamed_birth(scene: Scene, surname: str, name: str) -> None:
    child = child_of(scene, surname, name)
    named, reading = child.name, child.furigana
    child.name, child.furigana = "", ""
    register(scene, child)
    child.name, child.furigana = named, reading


@when(says("住民記録システムが「{name:Name}」の命名を職権で修正する"))
def naming(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.stimulate()
    scene.happens("correction")
    child = scene.people[name]
    items = {"name": child.name, "furigana": child.furigana}
    scene.act("juki", "correct", "correct", handle=child.handle, items=items, kind="ex_officio")


@when(says("住民記録システムが世帯「{surname:Name}」の外国人の子「{name:Name}」の出生を本登録する"))
def foreign_birth(scene: Scene, surname: str, name: str) -> None:
    child = child_of(scene, surname, name)
    child.nationality = "ブラジル"
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の氏名が桁数{over:Excess}子「{name:Name}」の出生を本登録する"
    )
)
def long_name(scene: Scene, surname: str, over: int, name: str) -> None:
    child = child_of(scene, surname, name)
    fields = leaves(scene.world.profile.spec("identity_notice").fields)
    count = next(field.size for path, _, field in fields if path == "name") + over
    rename(child, (child.name + "太" * count)[:count])
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の変換できない文字を名に含む子「{name:Name}」の出生を本登録する"
    )
)
def unmappable_name(scene: Scene, surname: str, name: str) -> None:
    register(scene, child_of(scene, surname, name))


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の生年月日の日が不詳の子「{name:Name}」の出生を本登録する"
    )
)
def unknown_day(scene: Scene, surname: str, name: str) -> None:
    child = child_of(scene, surname, name)
    year, month, _ = child.birth_date.split("-")
    child.birth_date = f"{year}-{month}-00"
    wide = "".join(chr(ord(c) + 0xFEE0) for c in f"{year}{int(month)}")
    child.birth_date_text = f"{wide[:4]}年{wide[4:]}月　日不詳"
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の暦にない生年月日の子「{name:Name}」の出生を本登録する"
    )
)
def noncalendar_birth(scene: Scene, surname: str, name: str) -> None:
    child = child_of(scene, surname, name)
    child.birth_date = "2025-02-29"
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の生年月日が{day:EraEnd}の子「{name:Name}」の出生を本登録する"
    )
)
def born_on_an_era_end(scene: Scene, surname: str, day: str, name: str) -> None:
    child = child_of(scene, surname, name)
    child.birth_date = ERA_ENDS[day]
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の子「{name:Name}」の出生を、{day}を{item}として本登録する"
    )
)
def dated_birth(scene: Scene, surname: str, name: str, day: str, item: str) -> None:
    keys = {"届出日": "report_date", "異動日": "event_date"}
    register(scene, child_of(scene, surname, name), **{keys[item]: day_of(scene, day)})


@then(says("「{name:Name}」の出生の記録は失われていない"))
def birth_kept(scene: Scene, name: str) -> None:
    state = (scene.learn(name) or {}).get("state")
    if state is None:  # it need not be told; whether the birth goes on is seen on the wire
        return
    key, words = f"state:{name}", f"「{name}」の出生の記録が残っている"
    scene.keep(key, str(state))
    kept = ["provisional", "final"]
    scene.judge("observed_is", key=key, role="juki", expected=kept, words=words)


@then("出生の本登録は受け付けられないか、その旨のアラートが表示される")
def birth_not_final(scene: Scene) -> None:
    words = "出生の本登録が受け付けられないか、アラートが表示される"
    scene.judge(
        "reply_is",
        key="birth",
        role="juki",
        statuses=["rejected"],
        words=words,
        alert_will_do="stock_empty",
    )
