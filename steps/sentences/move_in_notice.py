"""Steps: what the other municipality tells of who moved in there, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import day_of, happen
from steps.scene import Unprepared
from steps.sentences.disturbance import plan
from steps.sentences.event import settle_in
from steps.sentences.move_in import ELSEWHERE
from steps.sentences.proof import proof
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.bench.faultplan import Passage
    from steps.scene import Scene

DELIVERY = "move_in_notice_delivery"
AUTOMATIC = "automatic_notice_import"
GARBLED = "見本県別見本市〓〓町１丁目２番３号"
SPARE = "湊"
"""Who the proof is about; the scenarios use other names."""

REMOVAL = {
    "転出予定年月日": "planned_date",
    "転出先住所（予定）": "destination_address",
    "転出年月日（確定）": "confirmed_date",
    "転出先住所（確定）": "confirmed_address",
    "転入通知日": "notice_date",
    "消除の年月日": "date",
}
"""Items of a removed record (標準仕様書 1.1.5, 4.1.3.1.1)."""
REPORTED = {
    "届け出られた転出予定日": "planned_date",
    "届け出られた転出先の住所": "destination_address",
    "転入日": "event_date",
    "転入した住所": "address",
    "職員の修正した住所": "corrected_address",
    "今日": "today",
}
FAULTY = {"氏名": "name", "転入先の住所": "new_address"}


# -- a notice comes ----------------------------------------------------------------------------


def notified(scene: Scene, name: str, **dates: str) -> None:
    """Let a person of ours move in at municipality B, and its notice come."""
    happen(scene, "juki_b", "転入", name, **dates)
    take_in(scene)


def take_in(scene: Scene) -> None:
    """Wait for what was sent; where staff have to import it they do so."""
    scene.quiet()
    if AUTOMATIC not in scene.world.ics:
        scene.act("juki", "import_notices", "import")
        scene.quiet()


def resend(scene: Scene, name: str, **items: str) -> None:
    """Let municipality B send its notice again with some items corrected."""
    scene.stimulate()
    code = scene.people[name].facts["juminhyo_code"]
    reply = scene.bench.act(
        "juki_b", "resend_move_in_notice", {"juminhyo_code": code, "items": items}
    )
    if not reply.ok:
        raise Unprepared(f"resend_move_in_notice: {reply.reason or reply.status}")
    take_in(scene)


@when(says("市町村Bから「{name:Name}」の転入通知が届く"))
def notice_comes(scene: Scene, name: str) -> None:
    notified(scene, name)


@when(says("市町村Bから、{day:DatedAs}とする「{name:Name}」の転入通知が届く"))
def dated_notice_comes(scene: Scene, day: tuple[str, str], name: str) -> None:
    notified(scene, name, event_date=day_of(scene, day[0]))


@given(says("市町村Bから「{name:Name}」の転入通知が届いている"))
def notice_came(scene: Scene, name: str) -> None:
    notified(scene, name)


@given(says("市町村Bから、{day:DatedAs}とする「{name:Name}」の転入通知が届いている"))
def dated_notice_came(scene: Scene, day: tuple[str, str], name: str) -> None:
    notified(scene, name, event_date=day_of(scene, day[0]))


@when(says("市町村Bから、{day:DatedAs}とする「{name:Name}」の転入通知が再び届く"))
def corrected_notice_comes(scene: Scene, day: tuple[str, str], name: str) -> None:
    moved = day_of(scene, day[0])
    scene.people[name].facts["event_date"] = moved
    resend(scene, name, move_in_date=moved)


@when(says("市町村Bから、転入した住所を改めた「{name:Name}」の転入通知が再び届く"))
def notice_with_other_address_comes(scene: Scene, name: str) -> None:
    address = scene.world.residents.place("juki_b")["address"]
    scene.people[name].facts["address"] = address
    resend(scene, name, new_address=address)


@when(says("市町村Bから、{day}付けの古い「{name:Name}」の転入通知が遅れて届く"))
def older_notice_comes(scene: Scene, day: str, name: str) -> None:
    made_out = day_of(scene, day)
    resend(scene, name, notice_date=made_out, move_in_date=made_out)


# -- a notice that is not as it should be ------------------------------------------------------


@proof(DELIVERY)
def prove_notice(scene: Scene) -> None:
    """Let a good notice about somebody else come, and see that it was taken in."""
    scene.people[SPARE] = scene.world.residents.adult(SPARE)
    settle_in(scene, scene.people[SPARE])
    happen(scene, "juki", "転出", SPARE, planned_date=day_of(scene, "3日後"))
    scene.quiet()
    notified(scene, SPARE)
    if not scene.seen_of(SPARE, "notice_report", "juminhyo_code"):
        raise Unprepared("正しい「転入通知情報の配信」が受理されない")
    scene.window = None


@given("次の転入通知の住民票コードは、誰のものでもない")
def unknown_code(scene: Scene) -> None:
    code = scene.world.residents.unique("juminhyo_code")
    scene.world.designate([code])
    plan(scene, DELIVERY, "changed", "juminhyo_code", code)


@given("次の転入通知には、住民票コードがない")
def no_code(scene: Scene) -> None:
    plan(scene, DELIVERY, "changed", "juminhyo_code", "")


@given(says("次の転入通知の氏名は、「{name:Name}」の氏名である"))
def name_of_another(scene: Scene, name: str) -> None:
    plan(scene, DELIVERY, "changed", "name", scene.people[name].name)


@given("次の転入通知の宛先は、市町村Cである")
def for_another_city(scene: Scene) -> None:
    plan(scene, DELIVERY, "changed", "destination_code", ELSEWHERE)


def a_day_off(passage: Passage) -> str:
    """Return the birth date of a telegram as it stands there, but for the day."""
    assert passage.decoded is not None
    span = next(span for span in passage.decoded.spans if span.field == "birth_date")
    text = passage.raw[span.offset : span.offset + span.length].decode("latin-1")
    return f"{text[:-2]}{(int(text[-2:]) - 1) or 2:02}"


@given("次の転入通知の生年月日は、1日違っている")
def another_birth_date(scene: Scene) -> None:
    plan(scene, DELIVERY, "changed", "birth_date", a_day_off)


@given("次の転入通知の転入先の住所は、文字化けしている")
def garbled_address(scene: Scene) -> None:
    plan(scene, DELIVERY, "changed", "new_address", GARBLED)


@given(says("次の転入通知の転入先の住所は、{count:Count}文字である"))
def long_address(scene: Scene, count: int) -> None:
    plan(scene, DELIVERY, "changed", "new_address", ("見本県別見本市みどり町" * 10)[:count])


# -- what becomes of it ------------------------------------------------------------------------


def observe_removal(scene: Scene, name: str, item: str) -> None:
    """Ask for an item of a removed record and keep it for the judge."""
    data = scene.learn(name)
    removal: dict[str, Any] = (data or {}).get("removal") or {}
    if data is not None and "removal" in data:
        scene.keep(f"removal:{item}:{name}", str(removal.get(item) or ""))


def removal_is(scene: Scene, name: str, item: str, words: str, expected: list[str]) -> None:
    """Ask that an item of a removed record be one of these texts."""
    scene.quiet()
    path = REMOVAL[item]
    observe_removal(scene, name, path)
    scene.judge(
        "observed_is",
        key=f"removal:{path}:{name}",
        role="juki",
        expected=expected,
        words=f"「{name}」の{item}は{words}",
        secret=path.endswith("address"),
    )


@then(says("「{name:Name}」の除票の「{item:Name}」は、{what}である"))
def removal_item(scene: Scene, name: str, item: str, what: str) -> None:
    facts = {"today": scene.today().isoformat(), **scene.people[name].facts}
    removal_is(scene, name, item, what, [facts[REPORTED[what]]])


@then(says("「{name:Name}」の除票の「{item:Name}」は記載されていない"))
def removal_item_empty(scene: Scene, name: str, item: str) -> None:
    removal_is(scene, name, item, "空", [""])


@then(says("「{name:Name}」は消除されている"))
def is_removed(scene: Scene, name: str) -> None:
    status_is(scene, name, ["removed"], "消除されている")


@then(says("「{name:Name}」は消除されていない"))
def is_not_removed(scene: Scene, name: str) -> None:
    status_is(scene, name, ["present", "leaving"], "消除されていない")


def status_is(scene: Scene, name: str, expected: list[str], words: str) -> None:
    """Ask that a record stand on the register, or not."""
    scene.quiet()
    data = scene.learn(name)
    if data is not None and data.get("status"):
        scene.keep(f"status:{name}", str(data["status"]))
    scene.judge(
        "observed_is",
        key=f"status:{name}",
        role="juki",
        expected=expected,
        words=f"「{name}」は{words}",
    )


@then(says("「{name:Name}」は転入通知未着者一覧に載っている"))
def is_listed(scene: Scene, name: str) -> None:
    listed_as(scene, name, "載っている")


@then(says("「{name:Name}」は転入通知未着者一覧に載っていない"))
def is_not_listed(scene: Scene, name: str) -> None:
    listed_as(scene, name, "載っていない")


def listed_as(scene: Scene, name: str, expected: str) -> None:
    """Ask that a person be, or not be, on the list of those not confirmed."""
    scene.quiet()
    data = scene.observe("juki", "missing_notices", {})
    if data is not None:
        seen = scene.people[name].handle in data.get("handles", ())
        scene.keep(f"missing:{name}", "載っている" if seen else "載っていない")
    words = f"「{name}」は転入通知未着者一覧に{expected}"
    scene.judge("observed_is", key=f"missing:{name}", role="juki", expected=[expected], words=words)


@then(says("「{name:Name}」の転入通知の「{item:Name}」が、職員の確認を要する項目として示される"))
def fault_shown(scene: Scene, name: str, item: str) -> None:
    fault_listed(scene, name, item, "示される")


@then(says("「{name:Name}」の転入通知の「{item:Name}」は、職員の確認を要する項目として示されない"))
def fault_not_shown(scene: Scene, name: str, item: str) -> None:
    fault_listed(scene, name, item, "示されない")


def fault_listed(scene: Scene, name: str, item: str, expected: str) -> None:
    """Ask that an item of a notice be, or not be, among those that staff have to look at."""
    scene.quiet()
    data = scene.observe("juki", "notice_faults", {})
    line = (scene.people[name].handle, FAULTY[item])
    if data is not None:
        seen = any((row["handle"], row["item"]) == line for row in data.get("items", ()))
        scene.keep(f"fault:{line}", "示される" if seen else "示されない")
    words = f"「{name}」の転入通知の「{item}」は職員に{expected}"
    scene.judge("observed_is", key=f"fault:{line}", role="juki", expected=[expected], words=words)


@when(says("職員が「{name:Name}」の転入通知の転入先の住所を修正する"))
def corrected_by_staff(scene: Scene, name: str) -> None:
    scene.stimulate()
    person = scene.people[name]
    person.facts["corrected_address"] = person.facts["address"]
    items = {"new_address": person.facts["corrected_address"]}
    scene.act("juki", "correct_notice", "event", handle=person.handle, items=items)
