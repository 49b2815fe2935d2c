"""``denbun check``: judge captured telegrams without touching any system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import Usage, one_of
from denbun.progress import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model import Requirement
    from steps.capture.outcome import Outcome, Proof

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun check capture.pcapng",
    "denbun check --map map.yaml --role juki capture/",
    "denbun check --json --lang en spool/ telegrams.jsonl",
    "denbun tap --listen 127.0.0.1:9111 --to 192.0.2.7:9111; denbun check tap.jsonl",
    "",
    "A map (map.yaml) says who is who; without one the headers of the telegrams do:",
    "  listeners:",
    '    - {address: "192.0.2.7:9111", role: cs, link: cs_link}',
    '    - {address: ":8443", role: atena, link: atena_link, peer: juki}',
    '  codes: {"999016": juki, "000001": cs}',
    "",
    "Exit codes: 0 nothing violated, 1 violated, 5 nothing that could be judged, 3 bad input.",
)
STEP = 1024 * 1024
"""Bytes between two steps of the progress."""

WORDS = {
    "ja": {
        "telegrams": "電文 {count}件（役割: {roles}）",
        "VIOLATED": "違反",
        "WARNED": "違反（警告にとどまる要件）",
        "OBSERVED": "観測（違反なし）",
        "NOT_EXERCISED": "観測されず",
        "times": "{count}件",
        "evidence": "{place} 「{label}」 {field}",
        "bytes": "バイト {first}–{last}",
        "expected": "期待: {expected} / 実際: {actual}",
        "unknown": "種類の分からない電文",
        "not": "観測されなかった要件: {seen}件（該当する電文がない） + "
        "{never}件（捕捉だけでは判定できない）",
        "never": "捕捉の検査は、要件が守られることを示すものではありません。",
        "troubles": "判定できなかったもの",
        "nothing": "判定できる電文がありません。",
        "exit": "終了コード {code}",
    },
    "en": {
        "telegrams": "{count} telegrams (roles: {roles})",
        "VIOLATED": "VIOLATED",
        "WARNED": "VIOLATED (requirements that only warn)",
        "OBSERVED": "OBSERVED (nothing violated)",
        "NOT_EXERCISED": "NOT EXERCISED",
        "times": "{count} times",
        "evidence": "{place} {label} {field}",
        "bytes": "bytes {first}–{last}",
        "expected": "expected: {expected} / actual: {actual}",
        "unknown": "a telegram of no known kind",
        "not": "not exercised: {seen} (no such telegram) + {never} (no capture can show them)",
        "never": "A capture never shows that a requirement is kept.",
        "troubles": "what could not be judged",
        "nothing": "There is no telegram that could be judged.",
        "exit": "exit code {code}",
    },
}


def command(
    *,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Captures: pcap, pcapng, JSON lines, hex dumps, telegrams, folders of them.",
            show_default=False,
        ),
    ],
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="Which address is which role and link."),
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Judge this role only.", show_default=False)
    ] = None,
    profile: options.Profile = None,
    json: options.Json = False,
    lang: options.Lang = "ja",
) -> int:
    """Judge telegrams in captures: VIOLATED, OBSERVED or NOT EXERCISED, never PASS."""
    from steps.capture.checking import as_json, check_files
    from steps.capture.mapping import load_map
    from steps.capture.model import BadInput
    from steps.capture.sources import find_files
    from steps.register import load_register
    from telegram_specs import load_profile
    from telegram_specs.network import SUT_ROLES

    roles = (one_of("--role", "role", role, SUT_ROLES),) if role else SUT_ROLES
    specs = load_profile(profile)
    known = load_map(map_) if map_ else None
    try:
        files = find_files(paths)
        with Bar("check") as bar:
            bar.expect(sum(file.stat().st_size for file in files) // STEP)
            done = 0

            def progress(size: int) -> None:
                nonlocal done
                steps = (done % STEP + size) // STEP
                done += size
                for _ in range(steps):
                    bar.advance("MiB")

            outcome = check_files(
                files, specs, load_register(), known=known, roles=roles, progress=progress
            )
    except BadInput as error:
        raise Usage(f"check: {error}") from None
    if json:
        console.say_json(as_json(outcome))
    else:
        for line in _text(outcome, lang):
            console.say(line)
    return outcome.exit_code


def _text(outcome: Outcome, lang: options.Language) -> Iterator[str]:
    from reports.verdict import Verdict, grade

    words = WORDS[lang]
    count, roles = sum(outcome.telegrams.values()), ", ".join(outcome.roles)
    yield words["telegrams"].format(count=count, roles=roles)
    states = {one.id: outcome.state(one.id) for one in outcome.requirements}
    broken = [one for one in outcome.requirements if states[one.id] == "VIOLATED"]
    binding = [one for one in broken if grade(one.level, one.rank) is Verdict.FAIL]
    yield from _violated(outcome, words["VIOLATED"], binding, lang)
    warned = [one for one in broken if one not in binding]
    yield from _violated(outcome, words["WARNED"], warned, lang)
    seen = [one for one in outcome.requirements if states[one.id] == "OBSERVED"]
    if seen:
        yield ""
        yield f"{words['OBSERVED']}: {len(seen)}"
        rows = [
            (one.id, words["times"].format(count=outcome.tallies[one.id].observed), _of(one, lang))
            for one in seen
        ]
        yield from (f"  {line}" for line in console.table(("", "", ""), rows).splitlines()[1:])
    yield ""
    missing = [one for one in outcome.requirements if states[one.id] == "NOT_EXERCISED"]
    never = sum(one.id not in outcome.judgeable for one in missing)
    yield words["not"].format(seen=len(missing) - never, never=never)
    yield from _troubles(outcome, lang)
    yield ""
    if outcome.exit_code == options.NOTHING:
        yield words["nothing"]
    yield words["never"]
    yield words["exit"].format(code=outcome.exit_code)


def _violated(
    outcome: Outcome, title: str, broken: list[Requirement], lang: options.Language
) -> Iterator[str]:
    words = WORDS[lang]
    if broken:
        yield ""
        yield f"{title}: {len(broken)}"
    for one in broken:
        tally = outcome.tallies[one.id]
        times = words["times"].format(count=tally.violated)
        yield f"  {one.id} ({one.level}, {one.source}): {times}"
        yield f"    {_of(one, lang)}"
        for proof in tally.proofs:
            yield f"    - {_where(proof, words)}"
            text = words["expected"].format(expected=proof.expected, actual=proof.actual)
            yield f"      {text}{f' ({proof.note})' if proof.note else ''}"


def _of(one: Requirement, lang: options.Language) -> str:
    return one.ja if lang == "ja" else one.en


def _where(proof: Proof, words: dict[str, str]) -> str:
    from steps.capture.checking import shown_place

    name = proof.field_label or proof.field or ""
    field = f"{name} ({proof.field})" if proof.field and name != proof.field else name
    if proof.offset is not None and proof.length:
        last = proof.offset + proof.length - 1
        field = f"{field} {words['bytes'].format(first=proof.offset, last=last)}".strip()
    label = proof.label or words["unknown"]
    place = f"{shown_place(proof.origin)} {proof.sender}"
    return words["evidence"].format(place=place, label=label, field=field).rstrip()


def _troubles(outcome: Outcome, lang: options.Language) -> Iterator[str]:
    from steps.capture.checking import shown_place
    from steps.capture.model import TROUBLES

    if outcome.troubles:
        yield ""
        yield f"{WORDS[lang]['troubles']}:"
    for kind, names in TROUBLES.items():
        if not outcome.troubles[kind]:
            continue
        times = WORDS[lang]["times"].format(count=outcome.troubles[kind])
        yield f"  {names[0 if lang == 'ja' else 1]}: {times}"
        for trouble in outcome.places[kind]:
            yield f"    - {shown_place(trouble.origin)}: {trouble.text}"
