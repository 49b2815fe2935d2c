"""``denbun profile``: begin a private profile, see what it replaces and whether it can be run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import Usage
from denbun.specs import found

if TYPE_CHECKING:
    from telegram_specs.engine.overlay import Overlay

__all__ = ["check", "diff", "new"]

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The private profile.")]


def new(*, folder: Folder) -> int:
    """Begin a private profile: a commented start that can be run with at once.

    It replaces one telegram by itself; put the layouts of your specification in its place.
    """
    from shutil import copytree

    from telegram_specs.engine.files import START

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Usage(f"{folder}: exists already. expected a new or empty folder")
    copytree(START, folder, dirs_exist_ok=True)
    for path in sorted(folder.rglob("*.yaml")):
        console.say(path.as_posix())
    console.say(f"next: denbun profile check {folder.as_posix()}")
    return 0


def diff(*, folder: Folder, json: options.Json = False) -> int:
    """Show what differs from the open profile: telegrams, items, bytes, codes, charset, framing."""
    from telegram_specs import load_profile
    from telegram_specs.engine.difference import Difference, differences

    rows = differences(load_profile(), load_profile(folder))
    if json:
        console.say_json([row._asdict() for row in rows])
    elif rows:
        console.say(console.table(Difference._fields, rows))
    else:
        console.say("no difference")
    return 0


def check(*, folder: Folder) -> int:
    """Check a private profile: style, vectors, code values, labels; tell what it replaces."""
    from telegram_specs import lint_profile, load_profile, self_check
    from telegram_specs.engine.overlay import compare

    private = load_profile(folder)
    overlay = compare(load_profile(), private)
    console.say(f"profile {private.id}, edition {private.edition}: {private.label}")
    for line in _told(overlay):
        console.say(line)
    return found((*lint_profile(private), *overlay.problems), self_check(private))


def _told(overlay: Overlay) -> list[str]:
    """Return what a profile changes, a line for each kind of thing; all other things are open."""
    facts = {
        "telegrams replaced": overlay.replaced,
        "telegrams added": overlay.added,
        "header, end mark, framing": ("private",) if overlay.frame else (),
        "code lists": overlay.codes,
        "charsets": overlay.charsets,
        "checked by no vector": overlay.unchecked,
    }
    facts |= {f"nothing stands for, in {name}": got for name, got in overlay.unspoken.items()}
    return [f"{what}: {', '.join(names) or 'none'}" for what, names in facts.items()]
