"""Happenings: 死亡, 失踪, 職権消除; and what a notice tells of the record as it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.happening import constant
from steps.sentences.content import reported
from steps.sentences.notice import ENTRIES, NOTICE
from steps.vocabulary import says
from steps.waiting import await_notice

if TYPE_CHECKING:
    from steps.scene import Scene

STOOD = (
    "name",
    "birth_date",
    "sex",
    "address",
    "juminhyo_code",
    "individual_number",
    "former_surname",
    "alias",
)
"""Items of a record that a notice tells, the reading left aside: its form is the network's."""


constant("死亡", action="death", event="death", kind="death")
constant("失踪", action="death", event="death", kind="disappeared")
constant("職権消除", action="remove", event="removal")


def stands(scene: Scene, name: str, item: str) -> list[str]:
    """Return the texts of an item as the record has it; 旧氏 and 通称 are empty unless entered."""
    person = scene.people[name]
    person.facts = {"former_surname": "", "alias": "", **person.facts}
    return reported(scene, person, NOTICE, item)


@then(says("{entry:Entry}の「本人確認情報」は、「{name:Name}」の住民票に記載されていた事項を含む"))
def items_as_they_stood(scene: Scene, entry: str, name: str) -> None:
    await_notice(scene, ENTRIES[entry])
    for item in STOOD:
        scene.judge(
            "notice_item",
            entry=ENTRIES[entry],
            item=item,
            expected=stands(scene, name, item),
            words="記載されていた値",
        )
