"""Steps: access tokens and repeated addressee requests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.scene import NotCovered, Unprepared
from steps.sentences.proof import proof
from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram, wait
from telegram_specs import check_digit

if TYPE_CHECKING:
    from steps.scene import Scene

ASKING = ("addressee_request", "replica_upload")
"""What the resident record system sends to the addressee system because of a birth."""


@when("住民記録システムが新たなアクセストークンを求める")
def new_token(scene: Scene) -> None:
    scene.stimulate()
    scene.bench.new_token("juki", "atena")
    scene.quiet()


@proof("token_request")
def prove_token(scene: Scene) -> None:
    """Fetch an access token and see that it was given."""
    since = len(scene.bench.journal.records)
    scene.bench.new_token("juki", "atena")
    if not any(r.telegram == "token_response" for r in scene.bench.journal.records[since:]):
        raise Unprepared("正しい「トークン要求」が受理されない")


@given("発行されたアクセストークンの期限が切れている")
def token_expired(scene: Scene) -> None:
    if scene.bench.inside("juki"):  # a short-lived one must not end by itself, or none is shown
        scene.bench.new_token("juki", "atena")
    expire_tokens(scene, "juki")


def expire_tokens(scene: Scene, holder: str) -> None:
    """Let a day pass at atena alone, which ends the token of ``holder``.

    Raises NotCovered or Unprepared.
    """
    tomorrow = scene.today() + dt.timedelta(days=1)
    scene.disturb()
    with scene.doing("token_expired", holder):
        reply = scene.bench.set_date("atena", tomorrow.isoformat())
        if reply.status == "unsupported":
            raise NotCovered("the date of the system under test cannot be moved")
        if not reply.ok:
            raise Unprepared(f"clock: {reply.reason or reply.status}")
    scene.moved_clocks.append("atena")


@then(says("「{label:Name}」のアクセストークンは、Authorizationヘッダだけにある"))
def only_in_header(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    words = "アクセストークンはAuthorizationヘッダだけで送る"
    scene.judge("token_in_header", telegram=spec.id, words=words)


@then(says("「{label:Name}」は、クライアントクレデンシャルによる"))
def by_client_credentials(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    expected = ["client_credentials"]
    scene.judge(
        "item_is", telegram=spec.id, item="grant_type", expected=expected, words=expected[0]
    )


@then("団体内統合宛名システムへの最初の依頼は401で拒まれる")
def first_of_any_refused(scene: Scene) -> None:
    asked = wait(scene, lambda r: r.telegram in ASKING and r.on_wire)
    telegram = (asked and asked.telegram) or ASKING[0]
    scene.quiet()
    scene.judge("first_refused", telegram=telegram, status=401)


@then("最初の付番依頼は401で拒まれる")
def first_refused(scene: Scene) -> None:
    await_telegram(scene, "addressee_request")
    scene.quiet()
    scene.judge("first_refused", telegram="addressee_request", status=401)


@when(says("住民記録システムが「{name:Name}」の付番を再び依頼する"))
def request_again(scene: Scene, name: str) -> None:
    repeat(scene, name)


@when(says("住民記録システムが「{name:Name}」の付番を別の宛名番号で依頼する"))
def request_with_other_number(scene: Scene, name: str) -> None:
    base = "77000001"
    other = base + check_digit("addressee_number", base)
    await_telegram(scene, "addressee_request", name)
    scene.people[name].identifiers.add(other)
    repeat(scene, name, addressee_number=other)


def repeat(scene: Scene, name: str, **args: str) -> None:
    """Let staff request the numbering of a person again."""
    await_telegram(scene, "number_issue_result", name)
    scene.quiet()
    scene.happens("addressee_again")
    handle = scene.people[name].handle
    scene.act("juki", "request_addressee", "request_addressee", handle=handle, **args)
    scene.quiet()


@then(says("「{name:Name}」の付番依頼は{count:Count}件とも正常に受け付けられる"))
def all_accepted(scene: Scene, name: str, count: int) -> None:
    await_telegram(scene, "addressee_request", name, count)
    scene.judge(
        "answered",
        telegram="addressee_request",
        label="団体内統合宛名番号付番依頼",
        accepted=True,
        person=name,
    )


@then(says("「{name:Name}」の最後の付番依頼の氏名は、命名された氏名である"))
def last_names(scene: Scene, name: str) -> None:
    await_telegram(scene, "addressee_request", name)
    scene.quiet()
    scene.judge(
        "item_is",
        telegram="addressee_request",
        item="name",
        expected=[scene.people[name].name],
        words="命名された氏名",
        person=name,
        last=True,
    )


@when(says("住民記録システムが「{name:Name}」の個人番号の生成を再び求める"))
def number_again(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_issue_request", name)
    scene.quiet()
    scene.happens("number_again")
    handle = scene.people[name].handle
    scene.act("juki", "request_number", "request_number", handle=handle)
