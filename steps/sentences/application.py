"""Steps: online applications, from the portal to the desks of the two municipalities."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import day_of
from steps.scene import Unprepared
from steps.sentences.disturbance import plan
from steps.sentences.move_in import ELSEWHERE
from steps.sentences.move_out import ABROAD, leaving, other_home
from steps.vocabulary import role_named, says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

REPORT, VISIT, BOOKING = "1", "2", "3"
"""Kinds of applications, as the portal numbers them."""
SERIAL, FORMER, SHOWN = "certificate_serial", "former_certificate_serial", "shown_serial"
VALID, REVOKED = "1", "2"
IN_HOURS, AFTER_HOURS = "100000", "220000"
DAYS_OF_WEEK, DAYS_OF_WEEKEND = 7, 2
DEFAULT_DAY = "10日後"
LABEL = "申請データ"
EVENTS = {
    (REPORT, "juki"): "online_report",
    (VISIT, "juki_b"): "online_visit",
    (BOOKING, "juki"): "online_booking",
}
"""Kind of application and the applicant's home to what happens in the municipality under test."""


# -- 番号紐付情報 --------------------------------------------------------------------------------


def tell_serial(scene: Scene, name: str, **state: str) -> None:
    """Make 申請管理 of a person's municipality know whose a serial number is."""
    person = scene.people[name]
    link = {SERIAL: person.facts[SERIAL], **state}
    if not scene.bench.under_test(person.home):
        scene.happens("number_link")
        scene.bench.act(person.home, "tell_serial", {"handle": person.handle, **link})
    else:
        known = scene.learn(name) or {}
        number = str(known.get("addressee_number") or "")
        scene.bench.provision("shinsei", "number_link", {**link, "addressee_number": number})
    scene.quiet()


def new_serial(scene: Scene) -> str:
    """Draw a serial number; its form is no public text's."""
    return scene.world.residents.hexadecimal(32)


@given(says("「{name:Name}」のシリアル番号が申請管理システムに知らされている"))
@when(says("「{name:Name}」のシリアル番号が申請管理システムに知らされる"))
def serial_known(scene: Scene, name: str) -> None:
    scene.quiet()
    facts = scene.people[name].facts
    facts[SERIAL] = facts.setdefault(SHOWN, new_serial(scene))
    tell_serial(scene, name)


@given(says("「{name:Name}」の電子証明書が更新され、新しいシリアル番号が知らされている"))
def serial_renewed(scene: Scene, name: str) -> None:
    serial, facts = new_serial(scene), scene.people[name].facts
    facts |= {FORMER: facts[SERIAL], SERIAL: serial, SHOWN: serial}
    tell_serial(scene, name, former_certificate_serial=facts[FORMER])


@given(says("「{name:Name}」の電子証明書が失効し、そのことが申請管理システムに知らされている"))
def serial_revoked(scene: Scene, name: str) -> None:
    tell_serial(scene, name, link_state=REVOKED)


@given(says("「{name:Name}」は更新前の電子証明書を用いている"))
def former_used(scene: Scene, name: str) -> None:
    facts = scene.people[name].facts
    facts[SHOWN] = facts[FORMER]


@given(says("「{name:Name}」は、知らされていない電子証明書を用いている"))
def unknown_used(scene: Scene, name: str) -> None:
    scene.people[name].facts[SHOWN] = new_serial(scene)


# -- what residents apply for --------------------------------------------------------------------


def submit(
    scene: Scene, name: str, procedure: str, day: str, *, time: str = IN_HOURS, **items: str
) -> None:
    """Let a person apply for a procedure, whose move is planned for a day."""
    person = scene.people[name]
    go_to_working_day(scene)
    scene.stimulate()
    filled = form(scene, person, day_of(scene, day), time) | items
    reply = scene.bench.act("portal", "submit", {"procedure": procedure, "items": filled})
    numbers: dict[str, str] = reply.data["numbers"]
    for kind, number in numbers.items():
        person.facts[f"application:{kind}"] = number
        person.identifiers.add(number)
        if (kind, person.home) in EVENTS:
            scene.happens(EVENTS[kind, person.home])
    scene.quiet()


def go_to_working_day(scene: Scene) -> None:
    """Leave a weekend behind: what comes then may wait for the next working day (FAQ)."""
    ahead = DAYS_OF_WEEK - scene.today().weekday()
    if ahead <= DAYS_OF_WEEKEND:
        scene.set_date(scene.today() + dt.timedelta(days=ahead))


def form(scene: Scene, person: Person, planned: str, time: str) -> dict[str, Any]:
    """Fill in the items of an application for a move to the other municipality."""
    codes = scene.bench.pixit.codes()
    leaving(scene, person)
    person.facts |= {"planned_date": planned, "event_date": planned}
    return {
        "applied_date": scene.today().isoformat(),
        "applied_time": time,
        SERIAL: person.facts.setdefault(SHOWN, new_serial(scene)),
        "name": person.name,
        "birth_date": person.birth_date,
        "origin_code": codes[person.home],
        "origin_address": person.address,
        "destination_code": codes[other_home(person)],
        "destination_address": person.facts["new_address"],
        "planned_date": planned,
        "visit_date": planned,
    }


@given(says("「{name:Name}」の転出届がオンラインで受け付けられている"))
def report_taken(scene: Scene, name: str) -> None:
    submit(scene, name, "move_out", DEFAULT_DAY)
    own = scene.people[name].home == "juki"
    passed_on(scene, name, "moving_report" if own else "visit_notice")


@given(says("「{name:Name}」の転居の予約がオンラインで受け付けられている"))
def booking_taken(scene: Scene, name: str) -> None:
    books(scene, name)
    passed_on(scene, name, "move_booking")


def passed_on(scene: Scene, name: str, telegram: str) -> None:
    """See that an application reached the resident record system; else INCONCLUSIVE."""
    evidence = scene.evidence()
    if not any(evidence.answer_to(record) for record in evidence.telegrams(telegram)):
        raise Unprepared(f"「{name}」の申請が住民記録システムに届いていない")
    scene.window = None


@when(says("「{name:Name}」が転出届をオンラインで提出する"))
def reports(scene: Scene, name: str) -> None:
    submit(scene, name, "move_out", DEFAULT_DAY)


@when(says("「{name:Name}」が、{day}を転出予定日とする転出届をオンラインで提出する"))
def reports_for(scene: Scene, name: str, day: str) -> None:
    submit(scene, name, "move_out", day)


@when(says("「{name:Name}」が、閉庁時間に転出届をオンラインで提出する"))
def reports_after_hours(scene: Scene, name: str) -> None:
    submit(scene, name, "move_out", "20日後", time=AFTER_HOURS)


@when(says("「{name:Name}」が国外への転出届をオンラインで提出する"))
def reports_abroad(scene: Scene, name: str) -> None:
    abroad = {"destination_code": "", "destination_address": ABROAD}
    submit(scene, name, "move_out_abroad", DEFAULT_DAY, **abroad)


@when(says("「{name:Name}」が転居の予約をオンラインで行う"))
def books(scene: Scene, name: str) -> None:
    person = scene.people[name]
    place = scene.world.residents.place(person.home)
    person.facts["new_address"] = place["address"]
    own = {"destination_code": scene.bench.pixit.codes()[person.home]}
    submit(scene, name, "move", DEFAULT_DAY, **own)


@when(says("「{name:Name}」がオンラインの届出を取り消す"))
def withdraws(scene: Scene, name: str) -> None:
    withdraw(scene, name)


@when(says("「{name:Name}」が、閉庁時間にオンラインの届出を取り消す"))
def withdraws_after_hours(scene: Scene, name: str) -> None:
    withdraw(scene, name, applied_date=scene.today().isoformat(), applied_time=AFTER_HOURS)


def withdraw(scene: Scene, name: str, **items: str) -> None:
    """Let a person take back all that was applied for, with other items where some are given."""
    scene.stimulate()
    scene.happens("online_withdrawal")
    facts = scene.people[name].facts
    numbers = [facts[item] for item in sorted(facts) if item.startswith("application:")]
    reply = scene.bench.act("portal", "withdraw", {"reception_numbers": numbers, "items": items})
    withdrawals: dict[str, str] = reply.data["numbers"]
    facts |= {f"withdrawal:{number}": own for number, own in withdrawals.items()}
    scene.quiet()


@when(says("「{name:Name}」が該当のない申請を取り消す"))
def withdraws_what_never_came(scene: Scene, name: str) -> None:
    scene.quiet()
    plan(scene, "application", "changed", "withdrawn_number", "K999999999")
    withdraw(scene, name)


@when(says("「{name:Name}」の転出届が、同じ受付番号でもう一度届く"))
def repeated(scene: Scene, name: str) -> None:
    repeat(scene, name, {})


@when(says("「{name:Name}」の転出届が、同じ受付番号で転出予定日を変えてもう一度届く"))
def repeated_changed(scene: Scene, name: str) -> None:
    repeat(scene, name, {"planned_date": day_of(scene, "5日後")})


def repeat(scene: Scene, name: str, items: dict[str, str]) -> None:
    """Let the portal send a report again under its number."""
    scene.quiet()
    number = scene.people[name].facts[f"application:{REPORT}"]
    scene.bench.act("portal", "repeat", {"reception_number": number, "items": items})


# -- what goes wrong -----------------------------------------------------------------------------


@given("次の「申請データ」は、他の市町村からの転出届である")
@given("次の「申請データ」は、他の市町村からの異動である")
def from_elsewhere(scene: Scene) -> None:
    plan(scene, "application", "changed", "origin_code", ELSEWHERE)


@given("次の「申請データ」は、他の市町村への来庁予定である")
def to_elsewhere(scene: Scene) -> None:
    plan(scene, "application", "changed", "destination_code", ELSEWHERE)


# -- what staff do -------------------------------------------------------------------------------


@when(says("{system:System}が「{name:Name}」のオンラインの転出届を受理する"))
def accepts(scene: Scene, system: str, name: str) -> None:
    accept(scene, role_named(system), name)


@given(says("「{name:Name}」のオンラインの転出届が{system:System}で受理されている"))
def accepted(scene: Scene, name: str, system: str) -> None:
    accept(scene, role_named(system), name)
    if scene.reply_status("event") != "ok":
        raise Unprepared(f"「{name}」のオンラインの転出届が受理されなかった")


def accept(scene: Scene, role: str, name: str) -> None:
    """Let staff accept an online report."""
    scene.quiet()
    scene.stimulate()
    person = scene.people[name]
    if role == "juki":
        scene.happens("special_move_out")
    number = person.facts[f"application:{REPORT}"]
    scene.act(role, "accept_application", "event", application=number, handle=person.handle)
    scene.quiet()


@when(says("{system:System}が「{name:Name}」の取消しを受理する"))
def accepts_withdrawal(scene: Scene, system: str, name: str) -> None:
    scene.quiet()
    person = scene.people[name]
    scene.happens("cancel_move_out")
    number = person.facts[f"withdrawal:{person.facts[f'application:{REPORT}']}"]
    role = role_named(system)
    scene.act(role, "accept_application", "withdrawal", application=number, handle=person.handle)


# -- how it comes out ----------------------------------------------------------------------------


@then(says("「{name:Name}」の申請は受け付けられる"))
def taken(scene: Scene, name: str) -> None:
    judge_taken(scene, name, accepted=True)


@then(says("「{name:Name}」の申請は受け付けられない"))
def not_taken(scene: Scene, name: str) -> None:
    judge_taken(scene, name, accepted=False)


def judge_taken(scene: Scene, name: str, *, accepted: bool) -> None:
    """Judge whether the latest application of a person is taken."""
    await_telegram(scene, "application", name)
    scene.quiet()
    scene.judge(
        "answered",
        telegram="application",
        label=LABEL,
        accepted=accepted,
        person=name,
        last=True,
    )


@then("宛名番号を含む「転出届データ」は送信されない")
def nobody_identified(scene: Scene) -> None:
    scene.quiet()
    carrying, telegrams = "addressee_number", ["moving_report"]
    scene.judge("not_sent", sender="shinsei", telegrams=telegrams, carrying=carrying)


@then("申請管理システムは、シリアル番号に該当する者がいないことを示す")
def nobody_shown(scene: Scene) -> None:
    scene.quiet()
    scene.look_at_errors("shinsei")
    words = "シリアル番号に該当する者がいないことが示される"
    scene.judge("error_listed", telegram="application", words=words, role="shinsei")


@then(says("「{name:Name}」の来庁予定に、転出証明書情報が結び付いている"))
def matched(scene: Scene, name: str) -> None:
    judge_matched(scene, name, "yes", "結び付いている")


@then(says("「{name:Name}」の来庁予定に、転出証明書情報は結び付いていない"))
def not_matched(scene: Scene, name: str) -> None:
    judge_matched(scene, name, "no", "結び付いていない")


def judge_matched(scene: Scene, name: str, expected: str, words: str) -> None:
    """Judge whether certificate information is matched with a person's visit."""
    scene.quiet()
    number = scene.people[name].facts[f"application:{VISIT}"]
    data = scene.observe("juki", "application", {"reception_number": number})
    if data is not None:
        scene.keep(f"visit:{name}", str(data.get("certificate_info") or ""))
    words = f"来庁予定に転出証明書情報が{words}"
    key = f"visit:{name}"
    scene.judge("observed_is", key=key, role="juki", expected=[expected], words=words)
