"""Happenings: 世帯分離, 世帯主変更, 続柄; sentences that join households."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import when

from steps.happening import constant
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.scene import Scene

EVENT = "household_change"
DEEP = "の".join(["子"] * 4)


CHANGES = {
    "世帯分離": {"kind": "separate"},
    "世帯主への変更": {"kind": "change_head", "relation": "母"},
    "4世代の続柄への変更": {"kind": "change", "relation": DEEP},
    "5世代の続柄への変更": {"kind": "change", "relation": f"{DEEP}の子"},
    "定められた語でない続柄への変更": {"kind": "change", "relation": "孫"},
}

for word, arguments in CHANGES.items():
    constant(word, action="change_household", event=EVENT, **arguments)


def join(scene: Scene, kind: str, name: str, other: str) -> None:
    """Let a person, or with `merge` the whole household, join the household of another."""
    target = scene.people[other].household.handle
    args = {"handle": scene.people[name].handle, "household": target, "relation": "同居人"}
    scene.stimulate()
    scene.happens(EVENT)
    scene.act("juki", "change_household", "event", kind=kind, **args)


@when(says("住民記録システムが「{name:Name}」の世帯を「{other:Name}」の世帯に合併する"))
def merged(scene: Scene, name: str, other: str) -> None:
    join(scene, "merge", name, other)


@when(says("住民記録システムが「{name:Name}」を「{other:Name}」の世帯に移す"))
def changed(scene: Scene, name: str, other: str) -> None:
    join(scene, "change", name, other)
