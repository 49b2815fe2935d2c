"""What a scenario waits for: telegrams of its window, or that no more are to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.judge.selection import belongs_to
from steps.judge.values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reports.transcript import Record
    from steps.scene import Scene

__all__ = ["await_notice", "await_numbered", "await_telegram", "wait"]


def wait(scene: Scene, found: Callable[[Record], bool]) -> Record | None:
    """Wait for a record of the window; the system is asked for signs of life before None.

    Raises SutLost when there are none.
    """
    since = scene.window if scene.window is not None else scene.start
    pixit, ours = scene.bench.pixit, scene.seen()

    def here(record: Record) -> bool:
        return not ours.elsewhere(record) and found(record)

    record = scene.bench.journal.wait(here, since=since, within=pixit.send_within)
    if record is None:
        scene.bench.quiesce()
        record = scene.bench.journal.wait(here, since=since, within=0)
    if record is None:
        scene.bench.check_reachable()
    return record


def await_telegram(
    scene: Scene,
    telegram: str,
    person: str | None = None,
    count: int = 1,
    *,
    where: Mapping[str, str] | None = None,
    carrying: str | None = None,
) -> None:
    """Wait until so many telegrams of a kind were seen, or nothing more is to be expected.

    ``where`` narrows it to telegrams whose items have these values, ``carrying`` to those in
    which that item is filled.
    """
    seen: set[int] = set()

    def wanted(record: Record) -> bool:
        if record.telegram != telegram or not record.on_wire:
            return False
        if any(value_of(record, item) != text for item, text in (where or {}).items()):
            return False
        if carrying and not value_of(record, carrying):
            return False
        return person is None or belongs_to(record, scene.identify(person))

    def enough(record: Record) -> bool:
        if wanted(record):
            seen.add(record.seq)
        return len(seen) >= count

    wait(scene, enough)


def await_notice(scene: Scene, entry: str) -> None:
    """Wait for a 本人確認情報 of one kind of change."""
    await_telegram(scene, "identity_notice", where={"entry": entry})


def await_numbered(scene: Scene, count: int) -> None:
    """Wait for so many 本人確認情報 that carry a number."""
    await_telegram(scene, "identity_notice", count=count, carrying="individual_number")
