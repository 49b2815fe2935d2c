"""Steps: updates, deletions, display and flags at the integrated addressee system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.scene import Unprepared
from steps.sentences.content import reported
from steps.sentences.event import settle_in
from steps.vocabulary import leaf_named, says, telegram_named
from steps.waiting import await_telegram
from telegram_specs import check_digit

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

RESIDENTS, OTHERS = "001", "011"
"""業務ID of 住民基本台帳, and of the business system that the bench plays."""
STATES = {"住登者": "1", "住登外者": "2", "転出者": "3"}
NOBODY = "98000001" + check_digit("addressee_number", "98000001")
"""A number that was given to nobody."""


def numbered(scene: Scene, name: str) -> None:
    """Let the 付番 of a person be requested, and learn the numbers."""
    scene.happens("addressee_again")
    person = scene.people[name]
    scene.act("juki", "request_addressee", "request_addressee", handle=person.handle)
    await_telegram(scene, "addressee_request", name)
    scene.quiet()
    scene.learn(name)
    if scene.reply_status("request_addressee") != "ok":
        raise Unprepared(f"「{name}」の付番が依頼されなかった")


def integrated(scene: Scene, name: str) -> str:
    """Return the number that a person got, as the intermediate server was told it."""
    number = scene.integrated_number_of(name)
    if number is None:
        raise Unprepared(f"「{name}」の団体内統合宛名番号が通知されていない")
    return number


def addressee(scene: Scene, name: str) -> str:
    """Return a person's 宛名番号, as the resident record system tells it."""
    data = scene.learn(name) or {}
    if not data.get("addressee_number"):
        raise Unprepared(f"「{name}」の宛名番号を照会できない")
    return str(data["addressee_number"])


@given(says("「{name:Name}」に団体内統合宛名番号が付番されている"))
def has_number(scene: Scene, name: str) -> None:
    numbered(scene, name)
    scene.window = None


@when(says("住民記録システムが「{name:Name}」の付番をもう一度依頼する"))
def numbered_again(scene: Scene, name: str) -> None:
    numbered(scene, name)


@given(says("「{name:Name}」が生年月日の{part:Unknown}が不詳のまま住民票に記載されている"))
def unknown_date(scene: Scene, name: str, part: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    person.birth_date = part
    person.household.head |= {"birth_date": part}
    settle_in(scene, person)


@when(says("住民記録システムが「{name:Name}」の基本情報の更新を依頼する"))
def update_asked(scene: Scene, name: str) -> None:
    scene.stimulate()
    scene.happens("addressee_update")
    handle = scene.people[name].handle
    scene.act("juki", "update_addressee", "update_addressee", handle=handle)
    scene.quiet()


def basic_items(person: Person) -> dict[str, str]:
    """Return what a business system tells of a person."""
    return {
        "name": person.name,
        "furigana": person.furigana,
        "birth_date": person.birth_date,
        "birth_date_unknown": "0",
        "sex": person.sex,
        "address": person.address,
    }


def update_by_another(scene: Scene, name: str, state: str, number: str) -> None:
    """Let another business system ask for an update of a person."""
    person = scene.people[name]
    values = {
        "municipality_code": scene.bench.pixit.municipality_code,
        "business_id": OTHERS,
        "addressee_number": number,
        "individual_number": person.facts["individual_number"],
        **basic_items(person),
        "residence_state": STATES[state],
    }
    scene.stimulate()
    scene.bench.act("gyomu", "update_addressee", {"values": values})
    scene.quiet()


@when(says("業務システムが「{name:Name}」の基本情報の更新を{state:State}として依頼する"))
def updated_by_another(scene: Scene, name: str, state: str) -> None:
    update_by_another(scene, name, state, addressee(scene, name))


@when(says("業務システムが付番されていない「{name:Name}」の基本情報の更新を依頼する"))
def updated_without_number(scene: Scene, name: str) -> None:
    update_by_another(scene, name, "住登者", NOBODY)


@then("団体内統合宛名システムは、中間サーバーに電文を送信しない")
def nothing_to_chukan(scene: Scene) -> None:
    scene.quiet()
    specs = scene.world.profile.specs.values()
    telegrams = [s.id for s in specs if s.http and "atena" in s.sender and "chukan" in s.receiver]
    scene.judge("not_sent", sender="atena", telegrams=telegrams)


def delete(scene: Scene, number: str) -> None:
    """Let the staff of the integrated addressee system delete somebody."""
    scene.stimulate()
    scene.happens("addressee_deletion")
    scene.act("atena", "delete_addressee", "delete_addressee", addressee_number=number)
    scene.quiet()


@when(says("団体内統合宛名システムが「{name:Name}」の団体内統合宛名を削除する"))
def deleted(scene: Scene, name: str) -> None:
    delete(scene, addressee(scene, name))


@when("団体内統合宛名システムが、付番されていない宛名番号の団体内統合宛名を削除しようとする")
def deletion_tried(scene: Scene) -> None:
    delete(scene, NOBODY)


@then(says("「団体内統合宛名情報提供」は、「{name:Name}」に付番されたもの以外の番号を示さない"))
def no_other_number(scene: Scene, name: str) -> None:
    words = f"「{name}」に付番された番号か空"
    judged = {"telegram": "display_response", "item": "integrated_number"}
    scene.judge("item_is", expected=[integrated(scene, name), ""], words=words, **judged)


@then(says("「{label:Name}」の「{item:Name}」は、「{name:Name}」に付番された番号である"))
def number_of(scene: Scene, label: str, item: str, name: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    expected = [integrated(scene, name)]
    words = f"「{name}」に付番された団体内統合宛名番号"
    leaf = leaf_named(spec, item)
    scene.judge("rows_are", telegram=spec.id, item=leaf, expected=expected, words=words)


@then(says("「{name:Name}」の{whose:System}による統合宛名フラグは、{state:Flag}"))
def flag_is(scene: Scene, name: str, whose: str, state: str) -> None:
    business = OTHERS if whose == "業務システム" else RESIDENTS
    args = {"addressee_number": addressee(scene, name), "business_id": business}
    data = scene.observe("atena", "addressee", args)
    if data is not None:
        scene.keep("flag", "設定されている" if data.get("flag") else "設定されていない")
    words = f"統合宛名フラグが{state}"
    scene.judge("observed_is", key="flag", role="atena", expected=[state], words=words)


def display(scene: Scene, number: str) -> None:
    """Let the intermediate server ask who somebody is, once updates before it are answered."""
    scene.quiet()
    scene.stimulate()
    scene.happens("display")
    scene.act("chukan", "request_display", "request_display", integrated_number=number)
    scene.quiet()


@when(says("中間サーバーが「{name:Name}」の表示を求める"))
def displayed(scene: Scene, name: str) -> None:
    display(scene, integrated(scene, name))


@when("中間サーバーが、付番されていない団体内統合宛名番号の表示を求める")
def nobody_displayed(scene: Scene) -> None:
    display(scene, NOBODY)


@then(says("中間サーバーに、「{name:Name}」の個人番号と基本4情報が提供される"))
def display_tells(scene: Scene, name: str) -> None:
    person, telegram = scene.people[name], "display_response"
    for item in ("individual_number", "name", "birth_date", "sex", "address"):
        label = scene.world.profile.spec(telegram).labels[item]
        given = person.facts.get(item)
        expected = [given] if given else reported(scene, person, telegram, item)
        judged = {"telegram": telegram, "item": item, "expected": expected}
        scene.judge("item_is", last=True, words=f"「{name}」の{label}", **judged)


@then("個人番号と基本4情報は、提供されない")
def display_tells_nobody(scene: Scene) -> None:
    scene.quiet()
    scene.fact("nothing", [""])
    for item in ("individual_number", "name", "birth_date", "address"):
        judged = {"telegram": "display_response", "item": item, "among": "nothing"}
        scene.judge("none_outside", words="空 (該当者なし)", **judged)


@then(
    says(
        "「{name:Name}」の団体内統合宛名番号は変わらないか、新たな番号が付番され、いずれかが観測される"
    )
)
def kept_or_renewed(scene: Scene, name: str) -> None:
    scene.quiet()
    number, kept = str((scene.learn(name) or {})["individual_number"]), integrated(scene, name)
    display(scene, kept)
    words = "変更後の個人番号が、従前又は新たな団体内統合宛名番号で知られる"
    scene.judge("number_kept_or_renewed", number=number, integrated=kept, words=words)


@then(says("「{name:Name}」の個人番号の変更が、団体内統合宛名システムに伝えられる"))
def change_told(scene: Scene, name: str) -> None:
    await_telegram(scene, "number_change_result", name)
    scene.quiet()
    former = scene.people[name].facts["former_individual_number"]
    received = scene.seen_of(name, "number_change_result", "individual_number")
    words = "変更前後の個人番号の更新依頼、又は変更後の個人番号の付番依頼"
    scene.judge("number_change_told", former=former, received=received[-1:], words=words)
