"""Happenings: 転居, to another address or to another house of the same lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.happening import happening

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene


@happening("転居", action="move", event="move")
def move(scene: Scene, person: Person) -> dict[str, str]:
    return person.becomes(scene.world.residents.place(person.home))


@happening("同じ地番の別の家屋への転居", action="move", event="move")
def move_of_house(_scene: Scene, person: Person) -> dict[str, str]:
    return person.becomes({"address": person.address})


@happening("方書だけの転居", action="move", event="move")
def move_of_room(_scene: Scene, person: Person) -> dict[str, str]:
    return person.becomes({"address": f"{person.address}　見本荘１０１"})
