"""Steps: telegrams that are sent or not, their order, their answers, their form, leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.bench.breakage import BREAKAGES
from steps.judge.standing import STANDING
from steps.scene import Unprepared
from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene


def expect(scene: Scene, label: str, person: str | None = None, count: int | None = None) -> None:
    """Wait for a telegram and ask that its being sent be judged."""
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id, person, count or 1)
    if count is not None:
        scene.quiet()
    scene.judge("sent", telegram=spec.id, label=label, person=person, count=count)


OF_CONTENT = {"2001", "2002", "2003", "2004", "2006"}
"""Result codes that refuse a well-formed telegram for whom or what it names."""


@then(says("「{label:Name}」が送信される"))
def sent(scene: Scene, label: str) -> None:
    expect(scene, label)


@then(says("「{label:Name}」が{count:Count}件送信される"))
def sent_times(scene: Scene, label: str, count: int) -> None:
    expect(scene, label, count=count)


@then(says("「{name:Name}」の「{label:Name}」が{count:Count}件送信される"))
def sent_times_about(scene: Scene, name: str, label: str, count: int) -> None:
    expect(scene, label, name, count)


@then(says("「{name:Name}」の「{label:Name}」が送信される"))
def sent_about(scene: Scene, name: str, label: str) -> None:
    expect(scene, label, name)


def require(scene: Scene, label: str, count: int = 1) -> None:
    """Wait for what the rest of a scenario speaks of; without it nothing can be said."""
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id, count=count)
    if len(scene.telegrams(spec.id)) < count:
        raise Unprepared(f"「{label}」が{count}件届いていない")


@then(says("「{label:Name}」が届いている"))
def arrived(scene: Scene, label: str) -> None:
    require(scene, label)


@then(says("「{label:Name}」が{count:Count}件届いている"))
def arrived_times(scene: Scene, label: str, count: int) -> None:
    require(scene, label, count)


@then(says("「{label:Name}」は送信されない"))
def not_sent(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.quiet()
    scene.judge("not_sent", sender=scene.sender_of(spec.id), telegrams=[spec.id])


@then(says("「{name:Name}」の「{label:Name}」は送信されない"))
def not_sent_about(scene: Scene, name: str, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.quiet()
    sender = scene.sender_of(spec.id)
    scene.judge("not_sent", sender=sender, telegrams=[spec.id], person=name)


@then("住民記録システムは電文を送信しない")
def nothing_sent(scene: Scene) -> None:
    scene.quiet()
    permitted = ["juminhyo_code_request", "token_request", "resident_differences"]
    scene.judge("not_sent", sender="juki", except_for=permitted)


@then("指定を受けていない住民票コードの「個人番号生成要求」は送信されない")
def nothing_undesignated(scene: Scene) -> None:
    scene.quiet()
    scene.judge(
        "none_outside",
        telegram="number_issue_request",
        item="juminhyo_code",
        among="designated",
        words="指定された住民票コードの一つ",
    )


@then(says("「{label:Name}」は「{after:Name}」より後に送信される"))
def follows(scene: Scene, label: str, after: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    first = telegram_named(scene.world.profile, after)
    await_telegram(scene, spec.id)
    scene.judge("follows", telegram=spec.id, after=first.id, label=label, after_label=after)


@then(says("「{label:Name}」は正常に受け付けられる"))
def accepted(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    scene.quiet()
    scene.judge("answered", telegram=spec.id, label=label, accepted=True, last=True)


@then(says("「{name:Name}」の「{label:Name}」は、正常に受け付けられるまで送られる"))
def delivered(scene: Scene, name: str, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.learn(name)
    await_telegram(scene, spec.id, name)
    scene.quiet()
    scene.judge("delivered", telegram=spec.id, person=name)


@then(says("届いた「{label:Name}」は受け付けられない"))
def not_taken(scene: Scene, label: str) -> None:
    judge_refusal(scene, label, silence_allowed=True)


@then(says("届いた「{label:Name}」は受け付けられず、異常が示される"))
def refused(scene: Scene, label: str) -> None:
    judge_refusal(scene, label, silence_allowed=False)


def judge_refusal(scene: Scene, label: str, *, silence_allowed: bool) -> None:
    """Ask whether a faulty telegram was refused, or, where that will do, passed over."""
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    scene.quiet()
    results = sorted({r for b in BREAKAGES.values() for r in b.results} | OF_CONTENT)
    scene.judge(
        "faulty_refused",
        telegram=spec.id,
        label=label,
        results=results,
        errors="shown_errors",
        silence_allowed=silence_allowed,
    )
    scene.look_at_errors()


@then("送信された電文は、すべてプロファイルの定義に従う")
def all_well_formed(scene: Scene) -> None:
    scene.quiet()
    scene.judge("well_formed")


@then("送信された応答は、すべて要求の通番を参照する")
def all_correlated(scene: Scene) -> None:
    scene.quiet()
    scene.judge("correlated")


def judge_standing(scene: Scene, receiver: str | None = None) -> None:
    """Judge the standing rules of the scenario's requirement, those on one receiver if named."""
    scene.quiet()
    for requirement, rule, params in STANDING:
        meant = receiver is None or receiver in params.get("receivers", ())
        if requirement == scene.requirement and meant:
            scene.judge(rule, **params)


@then("「本人確認情報」に、世帯主の事項は現れない")
@then("個人番号は、個人番号の項目のほかに現れない")
@then("住民記録システムへの電文に、符号は現れない")
@then("住民記録システムの電文に、団体内統合宛名番号は現れない")
@then(says("「{name:Name}」の取得を終えた取得番号は、どの電文にも現れない"))
def kept_away(scene: Scene) -> None:
    judge_standing(scene)


@then("団体内統合宛名システムへの電文に、住民票コードは現れない")
def kept_away_from_atena(scene: Scene) -> None:
    judge_standing(scene, "atena")


@then("中間サーバーへの電文に、宛名番号と個人番号は現れない")
def kept_away_from_chukan(scene: Scene) -> None:
    judge_standing(scene, "chukan")


@then("「本人確認情報」に、その者が持たない旧氏・通称・修正前の番号は現れない")
def nothing_unowned(scene: Scene) -> None:
    for item in ("former_surname", "alias", "former_juminhyo_code", "former_individual_number"):
        scene.judge(
            "item_is", telegram="identity_notice", item=item, expected=[""], words="空 (該当なし)"
        )
