"""``denbun export``: one case with the raw bytes of its telegrams, in a folder of its own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage, one_of
from denbun.finished import records_of, run_in
from denbun.replay import FROM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports import Case, Record, Run

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun export BIRTH-006.1 --out birth-006",
    "denbun export BIRTH-006.1 --from results/today --out birth-006 --masked",
)
TELEGRAMS = "telegrams"
WORDS = {
    "ja": {
        "done": "{out}: 電文 {count}件",
        "raw": "電文はマスクされていない。フォルダーは本人だけが読める（0700、0600）",
        "verdict": "判定",
        "steps": "手順",
        "findings": "違反",
        "expected": "期待",
        "actual": "実際",
        "again": "再実行",
        "telegrams": "電文",
        "read": "1件を項目ごとに見る",
        "raw_note": "**電文の生のバイト列である。番号・氏名・認証情報はマスクされていない。**",
        "masked_note": "隠したバイトは `*` である。長さと位置は変わらない。",
    },
    "en": {
        "done": "{out}: {count} telegrams",
        "raw": "telegrams are not masked; only the owner can read the folder (0700, 0600)",
        "verdict": "verdict",
        "steps": "steps",
        "findings": "findings",
        "expected": "expected",
        "actual": "actual",
        "again": "run it again",
        "telegrams": "telegrams",
        "read": "to read one, field by field",
        "raw_note": "**Raw bytes of telegrams: numbers, names and credentials are not masked.**",
        "masked_note": "A byte that is hidden is `*`; lengths and places are as they were.",
    },
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """One telegram and the name of its file."""

    name: str
    record: Record


def command(
    *,
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="Id of the case.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="A new folder.")],
    folder: FROM = Path("conformance-report"),
    masked: Annotated[
        bool, typer.Option("--masked", help="Put * for each byte that nobody may see.")
    ] = False,
    lang: options.Lang = "ja",
) -> int:
    """Write the steps, findings and telegrams of a case: case.md, case.json, index.json, *.bin.

    Raw bytes are the point of it, so the folder is for its owner only, unless --masked.
    """
    from reports.masking import mask_run
    from reports.ownerfile import write_private

    if out.exists() and any(out.iterdir()):
        raise Usage(f"--out: {out} is not empty. expected a new folder")
    run = run_in(folder)
    records = records_of(folder, run)
    cases = {case.case_id: case for case in run.accounted()}
    case = cases[one_of("export", "case", case_id.removeprefix("@"), cases)]
    shown = mask_run(run, records)
    case = next((one for one in shown.run.cases if one.case_id == case.case_id), case)
    wanted = [record for record in records if record.seq in set(case.evidence)]
    pieces = [_Piece(_name(r), shown.records[r.seq].record if masked else r) for r in wanted]
    _make(out / TELEGRAMS, private=not masked)
    files = {f"{TELEGRAMS}/{piece.name}": piece.record.raw for piece in pieces}
    index = [_entry(piece, masked=masked) for piece in pieces]
    files |= {
        "case.md": "\n".join(_page(shown.run, case, index, masked=masked, lang=lang)).encode(),
        "case.json": _json(_about(shown.run, case)),
        "index.json": _json(index),
    }
    for name, data in files.items():
        (Path.write_bytes if masked else write_private)(out / name, data)
    console.say(WORDS[lang]["done"].format(out=out, count=len(pieces)))
    if not masked:
        console.complain(WORDS[lang]["raw"])
    return 0


def _make(folder: Path, *, private: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if private:
        for path in (folder.parent, folder):
            path.chmod(0o700)


def _name(record: Record) -> str:
    kind = record.telegram or "unknown"
    return f"{record.seq:05}_{record.sender}-{record.receiver}_{kind}.bin"


def _entry(piece: _Piece, *, masked: bool) -> dict[str, Any]:
    """Return what the index says of a telegram; headers of HTTP only where bytes are shown."""
    record = piece.record
    told = record.to_json()
    members = ("seq", "t_ms", "link", "sender", "receiver", "way", "on_wire", "fault", "answers")
    return {
        "file": f"{TELEGRAMS}/{piece.name}",
        "telegram": record.telegram,
        "label": record.label,
        "bytes": len(record.raw),
        "sha256": hashlib.sha256(record.raw).hexdigest(),
        "masked": masked,
        **{name: told[name] for name in members},
        "http": told["http"],
        "faults": [fault.text for fault in record.faults],
    }


def _about(run: Run, case: Case) -> dict[str, Any]:
    """Return a case with what a reader must know of its run."""
    header = run.header.to_json()
    members = ("schema", "suite", "created", "profile", "sut", "adapter", "role", "driver", "seed")
    ids = set(case.requirement_ids)
    return {
        "run": {name: header[name] for name in (*members, "fault", "ics", "environment")},
        "case": case.to_json(),
        "requirements": [r.to_json() for r in run.header.requirements if r.id in ids],
    }


def _page(
    run: Run, case: Case, index: Sequence[dict[str, Any]], *, masked: bool, lang: options.Language
) -> Iterator[str]:
    from reports.wording import command as to_run

    words, known = WORDS[lang], {one.id: one for one in run.header.requirements}
    yield from (f"# {case.case_id} {case.title}", "")
    yield from (f"{words['verdict']}: **{case.verdict}** {case.reason}".rstrip(), "")
    own = known.get(next(iter(case.requirement_ids), ""))
    if own:
        yield from (f"{own.id}: {own.ja if lang == 'ja' else own.en} ({own.source})", "")
    yield from (f"## {words['steps']}", "")
    yield from (f"* {step.keyword} {step.text} – {step.outcome}" for step in case.steps)
    if case.findings:
        yield from ("", f"## {words['findings']}", "")
    for found in case.findings:
        place = found.place
        where = f"{place.telegram}/{place.field or ''} @ {place.offset}" if place else ""
        yield f"* {found.requirement_id} ({found.source}) {where}".rstrip()
        yield f"  * {words['expected']}: {found.expected}"
        yield f"  * {words['actual']}: {found.actual}"
    yield from ("", f"## {words['telegrams']}", "")
    yield from (words["masked_note" if masked else "raw_note"], "")
    for entry in index:
        told = f"{entry['sender']} → {entry['receiver']} {entry['label'] or ''}".rstrip()
        yield f"* `{entry['file']}` {told} ({entry['bytes']} bytes)"
    spec = next((entry for entry in index if entry["telegram"]), None)
    if spec and not masked:
        named = f"denbun decode --spec {spec['telegram']} {spec['file']}"
        yield from ("", f"{words['read']}: `{named}`")
    yield from ("", f"{words['again']}: `{to_run(run.header, case.case_id)}`", "")


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"
