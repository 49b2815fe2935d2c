"""``denbun adapter-check``: is the adapter fit for a run, and is a system behind it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import attaching, console, options
from denbun.failures import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.attach.check import Checked

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun adapter-check --sut sut.yaml",
    "denbun adapter-check --sut sut.yaml --role cs --lang en",
    "denbun adapter-check --sut sut.yaml --json",
)
RESULT: Mapping[str, str] = {
    "ja": "会話: {conversation}、システム: {system}",
    "en": "conversation {conversation}, system: {system}",
}
WORDS: Mapping[str, str] = {"ok": "良", "broken": "不良", "none": "なし", "partial": "一部"}


def command(
    *,
    sut: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The sut.yaml to check.", dir_okay=False, exists=True),
    ],
    role: Annotated[
        str | None, typer.Option(help="Role of the system under test; by default that of the file.")
    ] = None,
    profile: options.Profile = None,
    lang: options.Lang = "ja",
    json: options.Json = False,
) -> int:
    """Check an adapter, and the system behind it, before it is judged.

    Exit codes: 0 the system can be judged, 1 something is broken, 2 the conversation is in order
    and no whole system is behind it, 3 wrong usage. A pass is kept beside the file (FILE.checked).
    """
    from steps.attach.check import check_adapter
    from steps.attach.finding import CHECKS
    from steps.attach.stamp import stamp
    from steps.sut import load_sut
    from telegram_specs import load_profile
    from telegram_specs.network import SUT_ROLES

    known = load_sut(sut)
    taken = one_of("--role", "role", role or known.role, SUT_ROLES)
    checked = check_adapter(
        known, role=taken, profile=load_profile(profile), profile_folder=profile, seed=1
    )
    try:
        stamp(sut, role=taken, passed=checked.exit_code == 0)
    except OSError as error:
        console.complain(f"denbun: {error.filename}: {error.strerror}; the pass is not kept")
    if json:
        told = attaching.facts(checked.findings, CHECKS, lang)
        seen = {"conversation": checked.conversation, "system": checked.system}
        console.say_json({**seen, "exit_code": checked.exit_code, "checks": told})
    else:
        attaching.show(checked.findings, CHECKS, lang)
        console.say(_result(checked, lang))
    return checked.exit_code


def _result(checked: Checked, lang: options.Language) -> str:
    told: dict[str, str] = {"conversation": checked.conversation, "system": checked.system}
    if lang == "ja":
        told = {name: WORDS[word] for name, word in told.items()}
    return RESULT[lang].format(**told)
