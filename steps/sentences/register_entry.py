"""Steps: what the resident record system holds and shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene


def observe_number(scene: Scene, name: str, key: str) -> None:
    """Ask for a person's number and keep it for the judge; who cannot tell leaves a gap."""
    scene.quiet()
    data = scene.learn(name)
    if data is not None and "individual_number" in data:
        scene.keep(key, str(data["individual_number"] or ""))


@then(says("「{name:Name}」の住民票の個人番号は、受領した個人番号である"))
@then(says("「{name:Name}」の住民票の個人番号は、先に受領した個人番号である"))
def number_written(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_issue_result", name)
    observe_number(scene, name, f"number:{name}")
    received = scene.seen_of(name, "number_issue_result", "individual_number")
    scene.judge(
        "observed_is",
        key=f"number:{name}",
        role="juki",
        expected=received[:1],
        words=f"「{name}」の受領した個人番号",
        secret=True,
    )


@then(says("「{name:Name}」の住民票に個人番号は記載されていない"))
def no_number_written(scene: Scene, name: str) -> None:
    observe_number(scene, name, f"number:{name}")
    scene.judge(
        "observed_is",
        key=f"number:{name}",
        role="juki",
        expected=[""],
        words=f"「{name}」に個人番号は記載されない",
        secret=True,
    )


@then(says("「{name:Name}」の「個人番号生成結果」の個人番号は、ただ一つである"))
def one_number(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.judge(
        "values_seen",
        telegram="number_issue_result",
        item="individual_number",
        count=1,
        words="同じ住民票コードには同じ個人番号",
        person=name,
    )


@then(says("住民記録システムは、「{label:Name}」のエラーを示す"))
def error_shown(scene: Scene, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    scene.quiet()
    scene.look_at_errors()
    scene.judge("error_listed", telegram=spec.id, words=f"「{label}」のエラーが示される")
