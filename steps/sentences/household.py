"""Happenings: 世帯分離, 世帯主変更, 続柄; sentences that join households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import when

from steps.happening import happening
from steps.vocabulary import says

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

EVENT = "household_change"
DEEP = "の".join(["子"] * 4)


@happening("世帯分離", action="change_household", event=EVENT)
def separated(_scene: Scene, _person: Person) -> dict[str, Any]:
    return {"kind": "separate"}


@happening("世帯主への変更", action="change_household", event=EVENT)
def becomes_head(_scene: Scene, _person: Person) -> dict[str, Any]:
    return {"kind": "change_head", "relation": "母"}


@happening("4世代の続柄への変更", action="change_household", event=EVENT)
def four_generations(_scene: Scene, _person: Person) -> dict[str, Any]:
    return {"kind": "change", "relation": DEEP}


@happening("5世代の続柄への変更", action="change_household", event=EVENT)
def five_generations(_scene: Scene, _person: Person) -> dict[str, Any]:
    return {"kind": "change", "relation": f"{DEEP}の子"}


@happening("定められた語でない続柄への変更", action="change_household", event=EVENT)
def grandchild(_scene: Scene, _person: Person) -> dict[str, Any]:
    return {"kind": "change", "relation": "孫"}


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
