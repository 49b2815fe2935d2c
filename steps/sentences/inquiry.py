"""Steps: inquiries and their results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.scene import Unprepared
from steps.sightings import last_text
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene

TAXES = "ZEI01"
WAITING = "0"
POLLS = 3
"""How often a result is asked for before it is taken for missing."""
SHOWN = {
    "提供されていない": ["sent", "accepted", "waiting", "none"],
    "提供された": ["provided"],
    "提供できない": ["denied"],
}


@given(says("次の情報照会の結果は、まだ提供されない"))
def result_late(scene: Scene) -> None:
    scene.bench.act("chukan", "next_result", {"state": "waiting"})


@given(says("次の情報照会には、情報提供者が提供できないと答える"))
def result_denied(scene: Scene) -> None:
    scene.bench.act("chukan", "next_result", {"state": "denied"})


@given(says("「{name:Name}」の情報照会が依頼されている"))
def inquiry_made(scene: Scene, name: str) -> None:
    inquire(scene, name)
    scene.window = None


@when(says("住民記録システムが「{name:Name}」の情報照会を依頼する"))
def inquiry_asked(scene: Scene, name: str) -> None:
    inquire(scene, name)


def inquire(scene: Scene, name: str) -> None:
    """Let the resident record system make an inquiry about a person."""
    scene.stimulate()
    scene.happens("inquiry")
    person = scene.people[name]
    args = {"handle": person.handle, "information_kind": TAXES}
    reply = scene.act("juki", "inquire", "inquire", **args)
    person.facts |= {"inquiry": reply.handle or "", "information_kind": TAXES}
    await_telegram(scene, "inquiry_request")
    scene.quiet()


@when(says("住民記録システムが「{name:Name}」の照会の結果を取得する"))
def result_fetched(scene: Scene, name: str) -> None:
    """Ask for a result until it is there; polling is how it is meant to be fetched."""
    if not scene.people[name].facts.get("inquiry"):
        raise Unprepared(f"「{name}」の情報照会が依頼されていない")
    for _ in range(POLLS):
        begins = len(scene.records)
        fetch(scene, name)
        states = last_text(scene.records[begins:], "inquiry_result", "inquiry_state")
        if states and states != WAITING:
            return


@when(says("住民記録システムが「{name:Name}」の照会の結果を一度だけ求める"))
def result_asked_once(scene: Scene, name: str) -> None:
    fetch(scene, name)


def fetch(scene: Scene, name: str) -> None:
    """Let the resident record system ask for a result once."""
    scene.stimulate()
    scene.happens("inquiry")
    inquiry = scene.people[name].facts["inquiry"]
    scene.act("juki", "fetch_inquiry", "fetch_inquiry", inquiry=inquiry)
    scene.quiet()


@when("情報提供者が情報を提供する")
def provided(scene: Scene) -> None:
    scene.quiet()
    scene.bench.act("chukan", "release_results", {})


@then("「情報照会結果」は、番号を除いて「情報照会結果の提供」のとおりである")
def passed_unchanged(scene: Scene) -> None:
    scene.quiet()
    scene.judge(
        "passed_on",
        telegram="inquiry_result",
        source="inquiry_answer",
        about="inquiry_number",
        converted=["serial", "addressee_number", "integrated_number"],
        own={"inquiry_state": ["", WAITING]},
        words="番号の変換を除いて、中間サーバーの応答のとおり",
    )


@then(says("住民記録システムは、「{name:Name}」の照会の結果が{state:Shown}ことを示す"))
def result_shown(scene: Scene, name: str, state: str) -> None:
    scene.quiet()
    data = scene.observe("juki", "inquiry", {"inquiry": scene.people[name].facts["inquiry"]})
    if data is not None:
        scene.keep("inquiry", str(data.get("state", "")))
    words = f"照会の結果が{state}ことが示される"
    scene.judge("observed_is", key="inquiry", role="juki", expected=SHOWN[state], words=words)
