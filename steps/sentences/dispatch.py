"""Steps: manual linkage, sending by hand and sending again, the state of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.scene import Unprepared
from steps.sentences.content import judge_item
from steps.sentences.proof import proof, require_accepted
from steps.vocabulary import code_named, item_named, says, telegram_named

if TYPE_CHECKING:
    from steps.scene import Scene

STATES = {"稼働中": "running", "一部停止": "partial", "停止中": "stopped"}
"""State of the network in a telegram to what the observation calls it."""


def switch(scene: Scene, mode: str) -> None:
    """Switch linkage to the CS; a mode that stays on would spoil the cases that follow."""
    scene.stimulate()
    scene.act("juki", "set_linkage", "operation", mode=mode)
    if mode == "manual":
        scene.afterwards("juki", "set_linkage", mode="automatic")


@given("住民記録システムはCSとの連携を手動に切り替えている")
@when("住民記録システムがCSとの連携を手動に切り替える")
def manual(scene: Scene) -> None:
    scene.quiet()
    switch(scene, "manual")


@when("住民記録システムがCSとの連携を自動に戻す")
def automatic(scene: Scene) -> None:
    scene.quiet()
    switch(scene, "automatic")


@when(says("住民記録システムが「{name:Name}」について待っている電文を手動で送る"))
def sent_by_hand(scene: Scene, name: str) -> None:
    handle = scene.people[name].handle
    scene.act("juki", "send_waiting", "operation", handle=handle)
    scene.quiet()


def resend(scene: Scene, name: str, label: str, **reason: str) -> None:
    """Send the last telegram of a kind about a person again."""
    scene.quiet()
    scene.stimulate()
    scene.happens("resend")
    telegram = telegram_named(scene.world.profile, label).id
    handle = scene.people[name].handle
    scene.act("juki", "resend", "operation", handle=handle, telegram=telegram, **reason)


@when(says("住民記録システムが「{name:Name}」の「{label:Name}」を再送信する"))
def sent_again(scene: Scene, name: str, label: str) -> None:
    resend(scene, name, label)


@when(
    says("住民記録システムが「{name:Name}」の「{label:Name}」を、事由「{reason:Name}」で再送信する")
)
def sent_again_with_reason(scene: Scene, name: str, label: str, reason: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    resend(scene, name, label, reason=code_named(spec, "reason", reason))


@when(says("住民記録システムが「{name:Name}」の「{label:Name}」を、定めのない事由で再送信する"))
def sent_again_with_no_reason(scene: Scene, name: str, label: str) -> None:
    resend(scene, name, label, reason="00")


@then(says("「{name:Name}」の最後の「{label:Name}」の「{item:Name}」は「{value:Name}」である"))
def last_code(scene: Scene, name: str, label: str, item: str, value: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    params = {"expected": [code_named(spec, item_named(spec, item), value)], "last": True}
    scene.quiet()
    judge_item(scene, "item_is", label, item, words=value, person=name, **params)


@then(
    says(
        "「{name:Name}」の最後の「{label:Name}」の「{item:Name}」は、「{other:Name}」の新しい住所である"
    )
)
def last_address(scene: Scene, name: str, label: str, item: str, other: str) -> None:
    params = {"expected": [scene.people[other].address], "last": True}
    scene.quiet()
    words = f"「{other}」の新しい住所"
    judge_item(scene, "item_is", label, item, words=words, person=name, **params)


@then(says("「{label:Name}」の「通番」は、互いに異なる"))
def serials_differ(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.quiet()
    scene.judge("items_distinct", telegram=spec.id, item="serial", words="送信のたびに異なる通番")


@given(says("住基ネットCSから「{state:Name}」の稼働状況が届いている"))
def status_known(scene: Scene, state: str) -> None:
    tell_status(scene, state)
    require_accepted(scene, "service_status")


@proof("service_status")
def prove_status(scene: Scene) -> None:
    """Let the CS tell that it is running, and see that it was accepted."""
    status_known(scene, "稼働中")


@when(says("住基ネットCSが「{state:Name}」の稼働状況を送る"))
def tell_status(scene: Scene, state: str) -> None:
    scene.stimulate()
    scene.happens("service_status")
    code = code_named(scene.world.profile.spec("service_status"), "state", state)
    reply = scene.bench.act("cs", "send_service_status", {"state": code})
    if not reply.ok:
        raise Unprepared(f"send_service_status: {reply.reason or reply.status}")
    scene.quiet()


@then(says("住民記録システムは、住基ネットの稼働の状態が「{state:Name}」であることを示す"))
def status_shown(scene: Scene, state: str) -> None:
    scene.quiet()
    data = scene.observe("juki", "service_status", {})
    if data is not None:
        scene.keep("service_status", str(data.get("state", "")))
    words = f"稼働の状態が「{state}」と示される"
    expected = [STATES[state]]
    scene.judge("observed_is", key="service_status", role="juki", expected=expected, words=words)
