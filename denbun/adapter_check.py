"""``denbun adapter-check``: is the adapter fit for a run, and is a system behind it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.attach.check import Checked
    from steps.attach.finding import Finding

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun adapter-check --sut sut.yaml",
    "denbun adapter-check --sut sut.yaml --role cs --lang en",
    "denbun adapter-check --sut sut.yaml --json",
)
STATUS: Mapping[str, Mapping[str, str]] = {
    "ja": {"ok": "良", "failed": "不良", "none": "なし"},
    "en": {"ok": "ok", "failed": "FAILED", "none": "none"},
}
HEADS: Mapping[str, tuple[str, ...]] = {
    "ja": ("検査", "結果", "内容", "見たもの"),
    "en": ("check", "result", "what", "seen"),
}
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
        console.say_json(_facts(checked, lang))
    else:
        _show(checked, lang)
    return checked.exit_code


def _facts(checked: Checked, lang: options.Language) -> dict[str, object]:
    return {
        "conversation": checked.conversation,
        "system": checked.system,
        "exit_code": checked.exit_code,
        "checks": [
            {
                "check": found.check,
                "status": found.status,
                "what": _texts(found, lang)[0],
                "seen": found.detail,
                **({} if found.status == "ok" else {"remedy": _texts(found, lang)[1]}),
            }
            for found in checked.findings
        ],
    }


def _texts(found: Finding, lang: options.Language) -> tuple[str, str]:
    """Return what a check is and its remedy."""
    from steps.attach.finding import CHECKS

    check = CHECKS[found.check]
    return (check.ja, check.remedy_ja) if lang == "ja" else (check.en, check.remedy_en)


def _show(checked: Checked, lang: options.Language) -> None:
    rows = [
        (found.check, STATUS[lang][found.status], _texts(found, lang)[0], found.detail)
        for found in checked.findings
    ]
    console.say(console.table(HEADS[lang], rows))
    console.say()
    for found in checked.findings:
        if found.status != "ok":
            console.say(f"{found.check}: {_texts(found, lang)[1]}")
    told = {"conversation": checked.conversation, "system": checked.system}
    if lang == "ja":
        told = {name: WORDS[word] for name, word in told.items()}
    console.say(RESULT[lang].format(**told))
