"""Happenings: 振り仮名, 旧氏, 通称, 在留資格; people who have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pytest_bdd import given, then

from steps.happening import happening
from steps.sentences.content import judge_item
from steps.sentences.correct import correction
from steps.sentences.event import settle_in
from steps.sentences.notice import ENTRIES
from steps.vocabulary import item_named, says, telegram_named
from steps.waiting import await_notice

if TYPE_CHECKING:
    from steps.happening import Arguments
    from steps.residents import Person
    from steps.scene import Scene

ABROAD = "ブラジル"
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
HALF_WIDTH = {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFF9E)}
VOICED = {"\u3099": "\uff9e", "\u309a": "\uff9f", "　": " "}


def readings(katakana: str) -> list[str]:
    """Return the full-width forms that a profile may give a reading.

    >>> readings("ヤマダ　ハナ")
    ['ヤマダ　ハナ', 'やまだ　はな']
    """
    return [katakana, katakana.translate(TO_HIRAGANA)]


def half_width(katakana: str) -> str:
    """Write katakana in half width, voiced marks apart.

    >>> half_width("ヤマダ　ハナ")
    'ﾔﾏﾀﾞ ﾊﾅ'
    """
    parts = normalize("NFD", katakana)
    return "".join((HALF_WIDTH | VOICED).get(char, char) for char in parts)


# -- 振り仮名 ------------------------------------------------------------------------------------


GIVEN_READINGS = ("ハナゴ", "カコ")
"""Other readings of 花子, one after the other; the first has a voiced sound."""


def reading(person: Person) -> str:
    """Return the next other reading of a name."""
    given = GIVEN_READINGS[len(person.told.get("furigana", ())) % len(GIVEN_READINGS)]
    return f"{person.furigana.partition('　')[0]}　{given}"


@happening("振り仮名の職権修正", action="correct", event="correction")
def reading_corrected(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "ex_officio", {"furigana": reading(person)})


@happening("振り仮名の記載", action="correct", event="correction")
def reading_entered(_scene: Scene, person: Person) -> dict[str, Any]:
    return correction(person, "ex_officio", {"furigana": person.furigana})


@happening("半角の片仮名による振り仮名の職権修正", action="correct", event="correction")
def reading_in_half_width(_scene: Scene, person: Person) -> dict[str, Any]:
    other = reading(person)
    arguments = correction(person, "ex_officio", {"furigana": other})
    return {**arguments, "items": {"furigana": half_width(other)}}


@happening("平仮名による振り仮名の職権修正", action="correct", event="correction")
def reading_in_hiragana(_scene: Scene, person: Person) -> dict[str, Any]:
    other = reading(person)
    arguments = correction(person, "ex_officio", {"furigana": other})
    return {**arguments, "items": {"furigana": readings(other)[1]}}


@given(says("振り仮名のない「{name:Name}」が住民票に記載されている"))
def without_reading(scene: Scene, name: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    person.household.head["furigana"] = ""
    settle_in(scene, person)


@then(
    says(
        "{entry:Entry}の「本人確認情報」の振り仮名は、「{name:Name}」の新しい振り仮名を住基ネットの字種で表す"
    )
)
def new_reading(scene: Scene, entry: str, name: str) -> None:
    known = scene.people[name].facts["furigana"]
    await_notice(scene, ENTRIES[entry])
    scene.judge(
        "notice_item",
        entry=ENTRIES[entry],
        item="furigana",
        expected=readings(known),
        words="全角に変換された振り仮名",
    )


# -- 旧氏, 通称, 在留資格 --------------------------------------------------------------------------


CORRECTIONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "旧氏の記載": ("correction", "former_surname", {"former_surname": "伊藤"}),
    "旧氏の変更": ("correction", "former_surname", {"former_surname": "渡邊"}),
    "旧氏の削除": ("correction", "former_surname", {"former_surname": ""}),
    "通称の記載": ("correction", "alias", {"alias": "小林　まりあ"}),
    "通称の削除": ("correction", "alias", {"alias": ""}),
    "在留資格の修正": ("residence_status", "residence_status", {"residence_status": "永住者"}),
    "在留期間の修正": ("residence_status", "residence_status", {"residence_until": "2030-03-31"}),
}
"""Happening to its event, the kind of correction and the items as corrected."""


def corrected_to(kind: str, items: dict[str, str]) -> Arguments:
    """Return what gives the arguments of a correction to these items."""
    return lambda _scene, person: correction(person, kind, dict(items))


for word, (event, kind, items) in CORRECTIONS.items():
    happening(word, action="correct", event=event)(corrected_to(kind, items))


def foreigner(scene: Scene, name: str, **items: str) -> None:
    """Put a foreign resident on the register."""
    person = scene.people[name] = scene.world.residents.adult(name)
    person.named(f"ＳＡＮＴＯＳ　{name}", f"サントス　{name}")
    person.nationality = ABROAD
    person.household.head |= {"nationality": ABROAD, **items}
    person.facts |= items
    settle_in(scene, person)


@given(says("外国人の「{name:Name}」が住民票に記載されている"))
def foreigner_on_register(scene: Scene, name: str) -> None:
    foreigner(scene, name)


@given(says("通称のある外国人の「{name:Name}」が住民票に記載されている"))
def foreigner_with_alias(scene: Scene, name: str) -> None:
    foreigner(scene, name, alias="小林　まりあ")


@given(says("旧氏のある「{name:Name}」が住民票に記載されている"))
def with_former_surname(scene: Scene, name: str) -> None:
    person = scene.people[name] = scene.world.residents.adult(name)
    person.facts["former_surname"] = person.household.head["former_surname"] = "伊藤"
    settle_in(scene, person)


@then(says("「{name:Name}」の「{label:Name}」の「{item:Name}」は、新しい{what}である"))
@then(
    says("「{name:Name}」の「{label:Name}」の「{item:Name}」は、住民票に記載されている{what}である")
)
def item_of(scene: Scene, name: str, label: str, item: str, what: str) -> None:
    path = item_named(telegram_named(scene.world.profile, label), item)
    expected = [scene.people[name].facts[path]]
    words = f"「{name}」の{what}"
    judge_item(scene, "item_is", label, item, words=words, person=name, expected=expected)
