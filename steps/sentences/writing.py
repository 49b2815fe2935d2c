"""Steps: characters and lengths of names on their way to the CS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from reports.verdict import ObstacleKind
from steps.scene import NotCovered
from steps.sentences.birth import child_of, register, rename
from steps.vocabulary import says
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from steps.scene import Scene

CHARACTERS = {
    "互換漢字": "\ufa19",
    "分解のない互換漢字": "\ufa11",
    "拡張漢字A": "\u3402",
    "統合漢字の最後の字": "\u9fff",
    "合成用の濁点": "か\u3099",
    "波ダッシュ": "\u301c",
    "全角チルダ": "\uff5e",
    "半角片仮名": "\uff71",
    "半角英字": "A",
    "異体字セレクタ": "葛\U000e0100",
    "サロゲートペアの漢字": "\U00020bb7",
    "変体仮名": "\U0001b002",
    "追加漢字の領域の字": "\uae40",
    "固有の符号の領域の最初の字": "\uaaa0",
    "固有の符号の領域の最後の字": "\uabff",
    "外字": "\ue000",
    "空白二つと紛れる字": "\u2020",
}
"""Characters by what is special about them; those from 半角片仮名 on cannot go as they are."""


CODED = frozenset(
    {"互換漢字", "拡張漢字A", "統合漢字の最後の字", "合成用の濁点", "波ダッシュ", "全角チルダ"}
)
"""Characters that have a code on the CS link of the open profile."""


def require_characters(scene: Scene, text: str) -> None:
    """End a scenario on characters that have a code where the profile has none for them."""
    charset = scene.world.profile.charset
    if charset.substituted(text) != text:
        told = f"プロファイルの文字表 {charset.name} に、この字の符号はない"
        raise NotCovered(told, ObstacleKind.OUTSIDE_PROFILE)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の、名に{word:Character}を含む子「{name:Name}」の出生を本登録する"
    )
)
def name_with_character(scene: Scene, surname: str, word: str, name: str) -> None:
    if word in CODED:
        require_characters(scene, CHARACTERS[word])
    child = child_of(scene, surname, name)
    rename(child, f"{child.name}{CHARACTERS[word]}")
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の、{count:Count}文字の氏名にサロゲートペアの漢字を含む子「{name:Name}」の出生を本登録する"
    )
)
def long_name_with_pair(scene: Scene, surname: str, count: int, name: str) -> None:
    child = child_of(scene, surname, name)
    start = f"{child.name}{CHARACTERS['サロゲートペアの漢字']}"
    rename(child, (start + "太" * count)[:count])
    register(scene, child)


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の振り仮名が桁数{over:Excess}子「{name:Name}」の出生を本登録する"
    )
)
def long_reading(scene: Scene, surname: str, over: int, name: str) -> None:
    child = child_of(scene, surname, name)
    fields = leaves(scene.world.profile.spec("identity_notice").fields)
    count = next(field.size for path, _, field in fields if path == "furigana") + over
    child.furigana = (child.furigana + "タ" * count)[:count]
    register(scene, child)


@then(says("「{name:Name}」の振り仮名は、黙って切り詰められない"))
def reading_kept(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.look_at_errors()
    furigana = scene.people[name].furigana
    scene.judge("text_kept", item="furigana", expected=furigana, key="birth")
