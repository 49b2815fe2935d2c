"""Steps: what becomes of who moved in: code, number, addressee number, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.sentences.move_in import ELSEWHERE
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene
RECORD_ITEMS = {
    "住民票コード": "juminhyo_code",
    "個人番号": "individual_number",
    "宛名番号": "addressee_number",
}
"""Items of a record by which systems know a person."""


@then(says("「{name:Name}」は再転入者として扱われる"))
def handled_as_return(scene: Scene, name: str) -> None:
    scene.quiet()
    observe_item(scene, name, "addressee_number")
    scene.judge(
        "rejected_or_observed",
        key="event",
        role="juki",
        observed=f"addressee_number:{name}",
        expected="removed_addressee",
        words="新規入力が抑止されるか、従前の宛名番号が引き継がれる",
    )


def observe_item(scene: Scene, name: str, item: str) -> None:
    """Ask for an item of a person's record and keep it for the judge; the person stays as known.

    Who was refused has no record to ask for.
    """
    handle = scene.people[name].handle
    data = scene.observe("juki", "resident", {"handle": handle}) if handle else None
    if data is not None and item in data:
        scene.keep(f"{item}:{name}", str(data[item] or ""))


@then(says("「{name:Name}」の住民票の{items:Listed}は、異動の前と同じである"))
def kept(scene: Scene, name: str, items: list[str]) -> None:
    for label in items:
        item_observed(scene, name, RECORD_ITEMS[label], f"異動の前と同じ{label}")


@then(says("「{name:Name}」の住民票の通称は、届け出られた通称である"))
def alias_kept(scene: Scene, name: str) -> None:
    item_observed(scene, name, "alias", "届け出られた通称")


def item_observed(scene: Scene, name: str, item: str, words: str) -> None:
    """Ask that what a record holds be what was reported of its person."""
    scene.quiet()
    observe_item(scene, name, item)
    scene.judge(
        "observed_is",
        key=f"{item}:{name}",
        role="juki",
        expected=[text for text in (scene.people[name].facts[item],) if text],
        words=f"「{name}」の{words}",
        secret=True,
    )


@then(says("「転入通知情報」は、{places}に送られる"))
def notified_places(scene: Scene, places: str) -> None:
    codes = scene.bench.pixit.codes()
    known = {"市町村B": codes["juki_b"], "市町村C": ELSEWHERE}
    expected = sorted(known[place] for place in places.split("と"))
    await_telegram(scene, "move_in_notice", count=len(expected))
    scene.quiet()
    item, words = "destination_code", f"宛先は{places}"
    scene.judge("item_values", telegram="move_in_notice", item=item, expected=expected, words=words)


@then("転入通知は、電文で一度だけ正常に受け付けられるか、紙で行われ、いずれかが観測される")
def way_of_telling(scene: Scene) -> None:
    scene.quiet()
    words = "転入通知は、電文で一度だけ受け付けられるか、紙で行われる"
    scene.judge("telegram_or_paper", telegram="move_in_notice", words=words)


@then(says("「{name:Name}」の「本人確認情報」に、通称は記載されない"))
def no_alias(scene: Scene, name: str) -> None:
    await_telegram(scene, "identity_notice", name)
    item, words = "alias", "空 (該当なし)"
    scene.judge(
        "item_is", telegram="identity_notice", item=item, expected=[""], words=words, person=name
    )
