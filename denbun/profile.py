"""``denbun profile``: what a private profile replaces, and whether it can be run with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console
from denbun.failures import HARNESS

if TYPE_CHECKING:
    from telegram_specs.engine.overlay import Overlay

__all__ = ["check"]

PROBLEMS = 1


def check(
    *, folder: Annotated[Path, typer.Argument(metavar="DIR", help="The private profile.")]
) -> int:
    """Check a private profile: style, vectors, code values, labels; tell what it replaces."""
    from telegram_specs import lint_profile, load_profile, self_check
    from telegram_specs.engine.overlay import compare

    private = load_profile(folder)
    overlay = compare(load_profile(), private)
    console.say(f"profile {private.id}, edition {private.edition}: {private.label}")
    for line in _told(overlay):
        console.say(line)
    disagreements = self_check(private)
    problems = (*lint_profile(private), *overlay.problems)
    for line in (*problems, *disagreements):
        console.say(line)
    if disagreements:
        return HARNESS
    return PROBLEMS if problems else 0


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
