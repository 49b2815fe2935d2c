"""Steps: people on the register, what happens to them, how it comes out, the date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.happening import day_of, happen
from steps.scene import Unprepared
from steps.vocabulary import OPERATIONS, REPLIES, alert_named, role_named, says

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

DATES = {"異動日": "event_date", "届出日": "report_date", "転出予定日": "planned_date"}


def settle_in(scene: Scene, person: Person) -> list[str]:
    """Put a person's household on the register and make the CS know it; the members' handles."""
    household = person.household
    codes = [p["juminhyo_code"] for p in (household.head, *household.members)]
    scene.world.designate([code for code in codes if code], home=person.home)
    for items in (household.head, *household.members):
        scene.world.known_at_cs(items, home=person.home)
    reply = scene.prepare(person.home, "household", household.provision())
    household.handle = reply.handle or ""
    person.handle = str(reply.data.get("head") or "")
    return [str(handle) for handle in reply.data.get("members", ())]


@given(says("「{name:Name}」が住民票に記載されている"))
def on_register(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name)
    settle_in(scene, scene.people[name])


@given(says("市町村Bで「{name:Name}」が住民票に記載されている"))
def on_register_of_b(scene: Scene, name: str) -> None:
    scene.people[name] = scene.world.residents.adult(name, home="juki_b")
    settle_in(scene, scene.people[name])


@given(says("「{name:Name}」を世帯主とし「{other:Name}」を子とする世帯が住民票に記載されている"))
def household_of_two(scene: Scene, name: str, other: str) -> None:
    head = scene.world.residents.adult(name)
    child = scene.world.residents.adult(other, head=head)
    scene.people |= {name: head, other: child}
    child.handle = settle_in(scene, head)[0]


def require_done(scene: Scene, name: str, word: str) -> None:
    """See that what just happened was finalised; else INCONCLUSIVE."""
    scene.quiet()
    if scene.reply_status("event") not in {"ok", "pending"}:
        raise Unprepared(f"「{name}」の{word}が本登録されなかった")


@given(says("「{name:Name}」の{word:Event}が{system:System}で本登録されている"))
def happened(scene: Scene, name: str, word: str, system: str) -> None:
    happen(scene, role_named(system), word, name)
    require_done(scene, name, word)


@given(
    says("「{name:Name}」の{word:Event}が、{day:DatedAs}として{system:System}で本登録されている")
)
def happened_on_a_day(
    scene: Scene, name: str, word: str, day: tuple[str, str], system: str
) -> None:
    words, item = day
    happen(scene, role_named(system), word, name, **{DATES[item]: day_of(scene, words)})
    require_done(scene, name, word)


@when(says("{system:System}が「{name:Name}」の{word:Event}を本登録する"))
def finalised_at_once(scene: Scene, system: str, name: str, word: str) -> None:
    happen(scene, role_named(system), word, name)


@when(says("{system:System}が「{name:Name}」の{word:Event}を仮登録する"))
def entered_provisionally(scene: Scene, system: str, name: str, word: str) -> None:
    happen(scene, role_named(system), word, name, until="provisional")


@when(says("{system:System}が「{name:Name}」の{word:Event}を、{day:DatedAs}として本登録する"))
def finalised_on_a_day(
    scene: Scene, system: str, name: str, word: str, day: tuple[str, str]
) -> None:
    words, item = day
    happen(scene, role_named(system), word, name, **{DATES[item]: day_of(scene, words)})


@when(says("{system:System}が仮登録した「{name:Name}」の異動を本登録する"))
def filing_finalised(scene: Scene, system: str, name: str) -> None:
    handle, event = scene.filed[name]
    scene.stimulate()
    scene.happens(event)
    reply = scene.act(role_named(system), "finalise", "event", handle=handle)
    if reply.handle:
        scene.people[name].handle = reply.handle


@when(
    says(
        "{system:System}が「{name:Name}」の{word:Event}を、{day:DatedAs}とし、必要な転出証明書情報を取り寄せて本登録する"
    )
)
def finalised_with_what_came(
    scene: Scene, system: str, name: str, word: str, day: tuple[str, str]
) -> None:
    finalised_on_a_day(scene, system, name, word, day)
    if name in scene.filed:
        scene.quiet()
        filing_finalised(scene, system, name)


@when(says("{system:System}が仮登録した「{name:Name}」の異動を取り下げる"))
def filing_withdrawn(scene: Scene, system: str, name: str) -> None:
    scene.stimulate()
    scene.act(role_named(system), "withdraw", "event", handle=scene.filed[name][0])


@given(says("それから{count:Count}日が過ぎている"))
@when(says("それから{count:Count}日が過ぎる"))
def days_pass(scene: Scene, count: int) -> None:
    scene.quiet()
    scene.set_date(scene.today() + dt.timedelta(days=count))
    scene.quiet()  # what fell due is done before anybody acts


@then(says("{operation:Operation}{reply:Reply}"))
def answered(scene: Scene, operation: str, reply: str) -> None:
    (key, role), words = OPERATIONS[operation], f"{operation}{reply}"
    scene.judge("reply_is", key=key, role=role, statuses=REPLIES[reply], words=words)


@then(says("その異動では「{text:Name}」旨のアラートが表示される"))
def alerted(scene: Scene, text: str) -> None:
    alert, words = alert_named(text), f"「{text}」旨のアラートが表示される"
    scene.judge("alert_shown", key="event", role="juki", alert=alert, words=words, shown=True)
