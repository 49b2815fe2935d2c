"""Steps and happenings: 特例転入 and 転出証明書情報, card holders and where they live."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import happen, happening
from steps.sentences.content import reported
from steps.sentences.event import settle_in
from steps.sentences.move_in import ELSEWHERE
from steps.sentences.move_out import new_place
from steps.sentences.notice import ENTRIES
from steps.vocabulary import leaf_named, says, telegram_named
from steps.waiting import await_notice, await_telegram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.residents import Person
    from steps.scene import Scene

INFO = "certificate_info"
JAPANESE = ("JPN", "392")
"""国籍 of a Japanese, where a system tells one (ISO 3166-1)."""
CARD = {"card_issued_date": "2024-06-03", "card_expiry_date": "2034-06-02"}
RIGHTS = {
    "health_insurance": "1",
    "late_elderly": "0",
    "care_insurance": "1",
    "pension_kind": "1",
    "pension_number": "0012345678",
    "child_allowance": "1",
}
FOREIGNER = {
    "nationality": "USA",
    "alias": "見本　アリス",
    "register_place": "",
    "register_head": "",
}
PAPER = (
    "name",
    "furigana",
    "sex",
    "birth_date",
    "relation",
    "alias",
    "nationality",
    "juminhyo_code",
    "individual_number",
)
"""Items of the paper certificate that is shown when the special rule does not apply."""
ELDER = "アイウエオカキクケコサシスセソタチツ"
"""What the names of elder children add to that of the youngest."""


# -- who holds a card ------------------------------------------------------------------------


def settle_holder(scene: Scene, name: str, home: str, **items: str) -> None:
    """Put a card holder on a register, with all that certificate information tells."""
    person = scene.world.residents.adult(name, home=home)
    place = scene.world.residents.place(home)["address"]
    family = {"register_place": place, "register_head": person.name}
    person.household.head |= family | RIGHTS | CARD | items
    person.facts |= {item: person.household.head[item] for item in (*family, *RIGHTS, *CARD)}
    person.facts |= items | {"relation": person.household.head["relation"]}
    scene.people[name] = person
    settle_in(scene, person)


@given(says("個人番号カードの交付を受けている「{name:Name}」が住民票に記載されている"))
def holder(scene: Scene, name: str) -> None:
    settle_holder(scene, name, "juki")


@given(says("市町村Bで個人番号カードの交付を受けている「{name:Name}」が住民票に記載されている"))
def holder_in_b(scene: Scene, name: str) -> None:
    settle_holder(scene, name, "juki_b")


@given(
    says(
        "個人番号カードの交付を受けている外国人「{name:Name}」が通称とともに住民票に記載されている"
    )
)
def foreign_holder(scene: Scene, name: str) -> None:
    settle_holder(scene, name, "juki", **FOREIGNER)


@given(
    says(
        "市町村Bで個人番号カードの交付を受けている外国人「{name:Name}」が通称とともに住民票に記載されている"
    )
)
def foreign_holder_in_b(scene: Scene, name: str) -> None:
    settle_holder(scene, name, "juki_b", **FOREIGNER)


def settle_family(scene: Scene, name: str, others: Sequence[str], home: str) -> None:
    """Put a card-holding head and cardless children on a register."""
    head = scene.world.residents.adult(name, home=home)
    head.household.head |= CARD
    children = {other: scene.world.residents.adult(other, head=head, home=home) for other in others}
    scene.people |= {name: head, **children}
    head.facts["relation"] = "02"
    for child, handle in zip(children.values(), settle_in(scene, head), strict=True):
        child.facts["relation"], child.handle = "20", handle


@given(
    says(
        "カードを持つ世帯主「{name:Name}」とカードのない子「{other:Name}」の世帯が住民票に記載されている"
    )
)
def family(scene: Scene, name: str, other: str) -> None:
    settle_family(scene, name, [other], "juki")


@given(
    says(
        "カードを持つ世帯主「{name:Name}」と、「{other:Name}」を末子とするカードのない子{count:Count}人の世帯が住民票に記載されている"
    )
)
def large_family(scene: Scene, name: str, other: str, count: int) -> None:
    elder = [f"{other}{kana}" for kana in ELDER[: count - 1]]
    settle_family(scene, name, [*elder, other], "juki")


@given(
    says(
        "市町村Bでカードを持つ世帯主「{name:Name}」とカードのない子「{other:Name}」の世帯が住民票に記載されている"
    )
)
def family_in_b(scene: Scene, name: str, other: str) -> None:
    settle_family(scene, name, [other], "juki_b")


@given(
    says(
        "市町村Aの除票がある「{name:Name}」が、異なる氏名と振り仮名で市町村Bの住民票に記載されている"
    )
)
def returning(scene: Scene, name: str) -> None:
    person = scene.people[name]
    head = person.household.head | CARD
    head |= {"name": person.name + "子", "furigana": person.furigana + "コ"}
    person.facts |= {"name": person.name, "furigana": head["furigana"]}
    place = scene.world.residents.place("juki_b")
    person.household = replace(person.household, head=head, members=[], **place)
    person.home = "juki_b"
    settle_in(scene, person)


@given(says("「{name:Name}」の提出した転出証明書の振り仮名は、転出証明書情報と異なっている"))
def other_paper(scene: Scene, name: str) -> None:
    person = scene.people[name]
    person.facts["paper_furigana"] = person.furigana + "コ"


@given(says("「{name:Name}」の転出証明書情報が、異なる振り仮名で再び届いている"))
def told_again(scene: Scene, name: str) -> None:
    person = scene.people[name]
    person.facts["furigana"] = person.furigana + "コ"
    handle, items = person.handle, {"furigana": person.facts["furigana"]}
    scene.act("juki_b", "cancel_move_out", "again", handle=handle)
    scene.act("juki_b", "correct", "again", handle=handle, items=items)
    happen(scene, "juki_b", "特例による転出", name)
    scene.quiet()


# -- 特例転入 --------------------------------------------------------------------------------


@happening("特例による転入", action="special_move_in", event="special_move_in", enters=True)
def special_move_in(scene: Scene, person: Person) -> dict[str, Any]:
    items = (
        person.household.head | {"name": person.name, "furigana": person.furigana} | person.facts
    )
    paper = {item: items[item] for item in PAPER if items.get(item)}
    paper["furigana"] = person.facts.get("paper_furigana", person.furigana)
    planned = {"address": person.facts.get("new_address", "")}
    place = new_place(scene, person) | ({} if not planned["address"] else planned)
    return {
        "juminhyo_code": items["juminhyo_code"],
        "former_municipality_code": scene.bench.pixit.codes()[person.home],
        "certificate": paper,
        "card_presented": True,
        **person.becomes(place),
    }


@happening(
    "カードを提出しない特例による転入",
    action="special_move_in",
    event="special_move_in",
    enters=True,
)
def without_card(scene: Scene, person: Person) -> dict[str, Any]:
    return special_move_in(scene, person) | {"card_presented": False}


@happening(
    "他の市町村に記録された後の特例による転入",
    action="special_move_in",
    event="special_move_in",
    enters=True,
)
def after_another_city(scene: Scene, person: Person) -> dict[str, Any]:
    return special_move_in(scene, person) | {"recorded_elsewhere": True}


@happening(
    "受信した振り仮名を修正した特例による転入",
    action="special_move_in",
    event="special_move_in",
    enters=True,
)
def corrected(scene: Scene, person: Person) -> dict[str, Any]:
    args = special_move_in(scene, person)
    person.facts["furigana"] = person.furigana + "コ"
    return args | {"corrections": {"furigana": person.facts["furigana"]}}


@then("その転入に特例は適用されない")
def not_special(scene: Scene) -> None:
    words = "特例を適用しない"
    ended = "special_not_applied"
    scene.judge(
        "reply_is",
        key="event",
        role="juki",
        statuses=["rejected"],
        words=words,
        alert_will_do=ended,
    )


@then("その転入に特例が適用される")
def special(scene: Scene) -> None:
    words, ended = "特例を適用する", "special_not_applied"
    scene.judge("alert_shown", key="event", role="juki", alert=ended, words=words, shown=False)


@when(says("職員が「{name:Name}」の転出証明書情報を再び送信する"))
def sent_again_by_hand(scene: Scene, name: str) -> None:
    scene.stimulate()
    scene.act("juki", "resend_certificate_info", "event", handle=scene.people[name].handle)


@then("転出証明書情報の再送信の可否が観測される")
def again_or_not(scene: Scene) -> None:
    scene.quiet()
    scene.judge("sent_again", telegram=INFO, label="転出証明書情報")


# -- what telegrams tell ---------------------------------------------------------------------


@then(says("「{label:Name}」に、「{name:Name}」が持たない{items:Listed}は現れない"))
def nothing_unowned(scene: Scene, label: str, name: str, items: list[str]) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    for item in items:
        leaf = leaf_named(spec, item)
        expected = ["", *(JAPANESE if leaf == "nationality" else ())]
        judged = {"telegram": spec.id, "person": name, "item": leaf}
        scene.judge("row_is", expected=expected, words=f"空 ({item}に該当なし)", **judged)


@then(says("「{label:Name}」は、「{name:Name}」の{items:Listed}を含む"))
def holds(scene: Scene, label: str, name: str, items: list[str]) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    person = scene.people[name]
    for item in items:
        leaf = leaf_named(spec, item)
        expected = reported(scene, person, spec.id, f"persons[].{leaf}")
        words = f"「{name}」の{item}"
        scene.judge(
            "row_is", telegram=spec.id, person=name, item=leaf, expected=expected, words=words
        )


@then(says("「{label:Name}」の宛先は市町村{city:City}である"))
def destination(scene: Scene, label: str, city: str) -> None:
    judge_destination(scene, label, city, last=False)


@then(says("最後の「{label:Name}」の宛先は市町村{city:City}である"))
def last_destination(scene: Scene, label: str, city: str) -> None:
    judge_destination(scene, label, city, last=True)


def judge_destination(scene: Scene, label: str, city: str, *, last: bool) -> None:
    """Judge to which municipality telegrams go, or the last of them."""
    spec = telegram_named(scene.world.profile, label)
    cities = {"B": scene.bench.pixit.codes()["juki_b"], "C": ELSEWHERE}
    expected = [cities[letter] for letter in city.split("又は市町村")]
    await_telegram(scene, spec.id)
    words = f"市町村{city}の市町村コード"
    item = {"telegram": spec.id, "item": "destination_code"}
    scene.judge("item_is", **item, expected=expected, words=words, last=last)


@then(says("記載の「本人確認情報」の振り仮名は、「{name:Name}」の提出した転出証明書による"))
def by_paper(scene: Scene, name: str) -> None:
    by(scene, [scene.people[name].facts["paper_furigana"]], "提出された転出証明書の振り仮名")


@then(says("記載の「本人確認情報」の振り仮名は、「{name:Name}」の転出証明書情報による"))
def by_information(scene: Scene, name: str) -> None:
    by(scene, [scene.people[name].furigana], "受信した転出証明書情報の振り仮名")


def by(scene: Scene, expected: list[str], words: str) -> None:
    """Judge whose 振り仮名 the notice of the entry tells."""
    await_notice(scene, ENTRIES["記載"])
    scene.judge(
        "notice_item", entry=ENTRIES["記載"], item="furigana", expected=expected, words=words
    )


@then(says("「{name:Name}」の転出証明書情報は{kept:Kept}"))
def kept_or_erased(scene: Scene, name: str, kept: str) -> None:
    scene.quiet()
    code = scene.people[name].facts["juminhyo_code"]
    data = scene.observe("juki", INFO, {"juminhyo_code": code})
    if data is not None:
        scene.keep(f"held:{name}", str(data["held"]))
    expected = {"保持されている": "yes", "消去されている": "no"}[kept]
    scene.judge(
        "observed_is",
        key=f"held:{name}",
        role="juki",
        expected=[expected],
        words=f"転出証明書情報は{kept}",
    )
