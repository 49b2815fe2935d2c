"""Steps: 本人確認情報, by the kind of change and the number that they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.judge.notices import KINDS
from steps.sentences.content import reported
from steps.sentences.telegram import expect
from steps.vocabulary import code_named, item_named, says
from steps.waiting import await_notice, await_numbered

if TYPE_CHECKING:
    from steps.scene import Scene

NOTICE = "identity_notice"
ENTRIES = {word: code for code, word in KINDS.items()}


@then(says("{entry:Entry}の「本人確認情報」が送信される"))
def notice_of(scene: Scene, entry: str) -> None:
    await_notice(scene, ENTRIES[entry])
    scene.judge("notice_sent", entry=ENTRIES[entry], words=f"{entry}の「本人確認情報」")


@then(says("{entry:Entry}の「本人確認情報」は送信されない"))
def no_notice_of(scene: Scene, entry: str) -> None:
    scene.quiet()
    kind = {"entry": ENTRIES[entry]}
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], where=kind)


@then(says("「{name:Name}」の{entry:Entry}の「本人確認情報」は送信されない"))
def no_notice_about(scene: Scene, name: str, entry: str) -> None:
    scene.quiet()
    kind = {"entry": ENTRIES[entry]}
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], person=name, where=kind)


@then(says("{entry:Entry}の「本人確認情報」の「{item:Name}」は「{value:Name}」である"))
def notice_code(scene: Scene, entry: str, item: str, value: str) -> None:
    spec = scene.world.profile.spec(NOTICE)
    path = item_named(spec, item)
    code = code_named(spec, path, value)
    await_notice(scene, ENTRIES[entry])
    scene.judge("notice_item", entry=ENTRIES[entry], item=path, expected=[code], words=value)


@then(says("{entry:Entry}の「本人確認情報」の「{item:Name}」は、「{name:Name}」の{what}である"))
def notice_about(scene: Scene, entry: str, item: str, name: str, what: str) -> None:
    spec = scene.world.profile.spec(NOTICE)
    path = item_named(spec, item)
    await_notice(scene, ENTRIES[entry])
    scene.judge(
        "notice_item",
        entry=ENTRIES[entry],
        item=path,
        expected=reported(scene, scene.people[name], NOTICE, path),
        words=f"「{name}」の{what}",
    )


@then("個人番号を含む「本人確認情報」が送信される")
def numbered_notice(scene: Scene) -> None:
    await_numbered(scene, 1)
    scene.judge("numbered_notices", count=None)


@then(says("個人番号を含む「本人確認情報」が{count:Count}件送信される"))
def numbered_notices(scene: Scene, count: int) -> None:
    await_numbered(scene, count)
    scene.quiet()
    scene.judge("numbered_notices", count=count)


@then("個人番号を含む「本人確認情報」は送信されない")
def no_numbered_notice(scene: Scene) -> None:
    scene.quiet()
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], carrying="individual_number")


@then("個人番号を含む「本人確認情報」は「個人番号生成結果」より後に送信される")
def notice_after_number(scene: Scene) -> None:
    await_numbered(scene, 1)
    scene.judge(
        "follows",
        telegram=NOTICE,
        after="number_issue_result",
        label="本人確認情報",
        after_label="個人番号生成結果",
        carrying="individual_number",
    )


@then("その「本人確認情報」の個人番号は、受領した個人番号である")
def notice_with_received_number(scene: Scene) -> None:
    scene.judge(
        "item_same",
        telegram=NOTICE,
        item="individual_number",
        other="number_issue_result",
        other_item="individual_number",
        words="受領した個人番号",
        may_be_empty=True,
    )


@then(says("「{name:Name}」の修正の「本人確認情報」は、出生の「本人確認情報」より後に送信される"))
def correction_after_birth(scene: Scene, name: str) -> None:
    await_notice(scene, ENTRIES["修正"])
    scene.judge("notice_order", person=name)


@then("本人確認情報の送り方が観測される")
def notice_shape(scene: Scene) -> None:
    await_numbered(scene, 1)
    scene.judge("notice_shape")


@then("本人確認情報と付番依頼の順序が観測される")
def notice_and_request(scene: Scene) -> None:
    expect(scene, "団体内統合宛名番号付番依頼")
    await_numbered(scene, 1)
    scene.judge("which_first", one=NOTICE, other="addressee_request")
