"""Steps: serial numbers of user certificates, fetched, renewed, revoked, unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.sentences.event import settle_in
from steps.sentences.proof import proof, require_accepted
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene

VALID, REVOKED = "1", "2"
SERIAL, FORMER = "certificate_serial", "former_certificate_serial"
SPARE_ADULT = "恵"
"""Whose certificate proves that fetching works; the scenarios use other names."""
NOBODY = "誰も特定されない"
UNKNOWN = "F" * 16
"""A serial number under which nothing was issued."""


def issue(scene: Scene, name: str, *, former: str = "") -> None:
    """Let the certification authority issue a certificate to a person."""
    facts = scene.people[name].facts
    facts |= {FORMER: former, SERIAL: scene.world.residents.hexadecimal(32)}
    at_authority(scene, name, facts[SERIAL], VALID, former)


def at_authority(scene: Scene, name: str, serial: str, status: str, former: str = "") -> None:
    """Make the bench's CS know the state of a certificate."""
    args = {
        "juminhyo_code": scene.people[name].facts["juminhyo_code"],
        SERIAL: serial,
        "certificate_status": status,
        FORMER: former,
    }
    scene.prepare("cs", "certificate", args)


@proof("certificate_result")
def prove(scene: Scene) -> None:
    """Fetch somebody else's serial number, and see that the result was accepted."""
    scene.people[SPARE_ADULT] = scene.world.residents.adult(SPARE_ADULT)
    settle_in(scene, scene.people[SPARE_ADULT])
    issue(scene, SPARE_ADULT)
    fetch(scene, SPARE_ADULT)
    scene.quiet()
    require_accepted(scene, "certificate_result")


@given(says("「{name:Name}」に利用者証明用電子証明書が発行されている"))
def issued(scene: Scene, name: str) -> None:
    issue(scene, name)


@given(says("住民記録システムが「{name:Name}」のシリアル番号を取得し終えている"))
def fetched(scene: Scene, name: str) -> None:
    fetch(scene, name)
    scene.quiet()
    scene.window = None


@when(says("「{name:Name}」の電子証明書が更新される"))
def renewed(scene: Scene, name: str) -> None:
    scene.quiet()
    former = scene.people[name].facts[SERIAL]
    at_authority(scene, name, former, REVOKED)
    issue(scene, name, former=former)


@when(says("「{name:Name}」の電子証明書が失効する"))
def revoked(scene: Scene, name: str) -> None:
    scene.quiet()
    at_authority(scene, name, scene.people[name].facts[SERIAL], REVOKED)


@when(says("住民記録システムが「{name:Name}」のシリアル番号を取得する"))
def fetching(scene: Scene, name: str) -> None:
    fetch(scene, name)


def fetch(scene: Scene, name: str) -> None:
    """Let the resident record system ask for a person's serial number."""
    ask(scene, handle=scene.people[name].handle)


def ask(scene: Scene, **args: str) -> None:
    """Let the resident record system ask, by a person or by a serial number."""
    scene.stimulate()
    scene.happens("certificate")
    scene.act("juki", "fetch_certificate", "fetch_certificate", **args)
    await_telegram(scene, "certificate_result")


@when(says("住民記録システムが「{name:Name}」の更新前のシリアル番号を照会する"))
def former_asked(scene: Scene, name: str) -> None:
    ask(scene, certificate_serial=scene.people[name].facts[FORMER])


@when(says("住民記録システムが「{name:Name}」のシリアル番号を照会する"))
def serial_asked(scene: Scene, name: str) -> None:
    ask(scene, certificate_serial=scene.people[name].facts[SERIAL])


@when("住民記録システムが該当のないシリアル番号を照会する")
def unknown_asked(scene: Scene) -> None:
    ask(scene, certificate_serial=UNKNOWN)


@then(says("「{name:Name}」のシリアル番号により、「{name2:Name}」の宛名番号が特定される"))
def identified(scene: Scene, name: str, name2: str) -> None:
    scene.quiet()
    data = scene.learn(name2)
    number = str((data or {}).get("addressee_number") or "")
    expected = [number] if number else []
    judge_identified(
        scene, name, scene.people[name].facts[SERIAL], expected, f"「{name2}」の宛名番号"
    )


@then(says("「{name:Name}」の「番号紐付情報」が送信されるときは、シリアル番号と宛名番号が対応する"))
def linked(scene: Scene, name: str) -> None:
    scene.quiet()
    number = str((scene.learn(name) or {}).get("addressee_number") or "")
    if not number:
        return
    known = {SERIAL: scene.people[name].facts[SERIAL], "addressee_number": number}
    for item, text in known.items():
        scene.fact(f"linked:{item}", [text])
    words = f"「{name}」のシリアル番号と宛名番号"
    pair = {item: f"linked:{item}" for item in known}
    scene.judge("paired", telegram="number_link", pair=pair, words=words)


@then(says("「{name:Name}」の更新前のシリアル番号では、誰も特定されない"))
def former_leads_nowhere(scene: Scene, name: str) -> None:
    scene.quiet()
    judge_identified(scene, name, scene.people[name].facts[FORMER], [""], NOBODY)


@then(says("「{name:Name}」のシリアル番号では、誰も特定されない"))
def leads_nowhere(scene: Scene, name: str) -> None:
    scene.quiet()
    judge_identified(scene, name, scene.people[name].facts[SERIAL], [""], NOBODY)


@then("該当のないシリアル番号では、誰も特定されない")
def unknown_leads_nowhere(scene: Scene) -> None:
    scene.quiet()
    judge_identified(scene, "", UNKNOWN, [""], NOBODY)


def judge_identified(
    scene: Scene, whose: str, serial: str, expected: list[str], words: str
) -> None:
    """Ask whom a serial number identifies, and have it judged."""
    key = f"certificate:{whose}:{words}"
    data = scene.observe("juki", "certificate", {SERIAL: serial})
    if data is not None:
        scene.keep(key, str(data.get("addressee_number") or ""))
    scene.judge("observed_is", key=key, role="juki", expected=expected, words=words, secret=True)
