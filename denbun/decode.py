"""``denbun decode``: show one telegram field by field, and everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports import RecordFault
    from telegram_specs import Profile, Row, TelegramSpec

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun decode captured.bin",
    "denbun decode --lang ja captured.bin",
    "denbun decode --json --unmask captured.bin",
    "denbun decode --spec addressee_request body.json",
    "denbun decode --hex 3030303038…",
    "cat captured.bin | denbun decode -",
    "denbun decode tap.jsonl",
)
INVALID = 1
HEADS: Mapping[options.Language, tuple[str, ...]] = {
    "ja": ("バイト", "項目id", "項目", "位置", "バイト", "値"),
    "en": ("bytes", "field", "label", "offset", "bytes", "value"),
}
"""The unit of a size, and the heads of the table."""
NEAREST = 3
"""How many telegrams are named for a body that none fits."""


def command(
    *,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="The bytes of one telegram, or a transcript; - for stdin."
        ),
    ] = None,
    hexadecimal: Annotated[
        str | None, typer.Option("--hex", metavar="HEX", help="The bytes, instead of a file.")
    ] = None,
    spec: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="The telegram; found from its header, or its body, if not given."
        ),
    ] = None,
    json: options.Json = False,
    unmask: Annotated[
        bool, typer.Option("--unmask", help="Show personal data and secrets.")
    ] = False,
    profile: options.Profile = None,
    lang: options.Lang = "en",
) -> int:
    """Show one telegram; exit 1 with all its faults when it is not valid."""
    from steps.capture.lines import is_transcript
    from telegram_specs import load_profile

    data = _bytes(file, hexadecimal)
    known = load_profile(profile)
    if file not in {None, "-"} and spec is None and is_transcript(data.partition(b"\n")[0]):
        return _transcript(known, Path(str(file)), lang, json=json, unmask=unmask)
    given = "--hex HEX" if file is None else shlex.quote(file)
    again = f"{given} --profile {shlex.quote(str(profile))}" if profile else given
    found = known.spec(spec) if spec is not None else _identified(known, data, again)
    if found is None:
        _stranger(_unframed(known, data), data, lang, json=json)
        return INVALID
    if json:
        console.say_json(_as_json(found, data, unmask=unmask))
    else:
        _text(found, data, lang, unmask=unmask)
    return INVALID if found.validate(data) else 0


def _bytes(file: str | None, hexadecimal: str | None) -> bytes:
    if (file is None) == (hexadecimal is None):
        given = "neither" if file is None else "both"
        raise Usage(f"decode: no telegram. expected FILE or --hex HEX, got {given}")
    if hexadecimal is not None:
        try:
            return bytes.fromhex(hexadecimal)
        except ValueError:
            raise Usage(
                "--hex: not hexadecimal. expected pairs of 0-9 and a-f, got others"
            ) from None
    assert file is not None
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _identified(profile: Profile, data: bytes, again: str) -> TelegramSpec | None:
    """Return the telegram that the header names or that alone fits a body, None for a stranger.

    ``again`` is what follows ``denbun decode --spec ID`` in the command to run next.
    """
    if not data:
        raise Usage(
            "decode: cannot tell the telegram. expected --spec ID or a header, got no bytes"
        )
    if named := profile.identify(data):
        return named
    is_json = data.lstrip()[:1] in {b"{", b"["}
    kind, forms = ("a JSON body", {"json"}) if is_json else ("a form body", {"form"})
    bodies = [spec for spec in profile.specs.values() if spec.form in forms]
    fitting = [spec for spec in bodies if not spec.validate(data)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and not is_json:
        return None
    near = sorted(bodies, key=lambda spec: len(spec.validate(data)))[:NEAREST]
    commands = [f"\n  denbun decode --spec {spec.id} {again}" for spec in fitting or near]
    fits = f"fits {len(fitting) or 'none'} of {len(bodies)} telegrams"
    raise Usage(
        f"decode: cannot tell the telegram. expected --spec ID, got {kind} that {fits}; "
        f"{'run' if fitting else 'nearest'}:{''.join(commands)}"
    )


def _unframed(profile: Profile, data: bytes) -> list[str]:
    """Say what is wrong with bytes whose header names no telegram."""
    from telegram_specs import FramingFault

    framer = profile.framer()
    events = [*framer.feed(data), framer.end()]
    texts = [event.text for event in events if isinstance(event, FramingFault)]
    frames = profile.frames
    offset, length = frames.telegram_id
    known = ", ".join(sorted(name.decode("ascii", "replace") for name in frames.telegrams))
    where = f"header @ bytes {offset}–{offset + length - 1}"
    return texts or [f"{where}: unknown telegram. expected one of {known}, got another"]


def _stranger(texts: list[str], data: bytes, lang: options.Language, *, json: bool) -> None:
    if json:
        faults = [{"text": text} for text in texts]
        console.say_json({"telegram": None, "bytes": len(data), "valid": False, "faults": faults})
    for text in () if json else texts:
        console.say(f"! {_said(text, lang)}")


def _transcript(
    profile: Profile, path: Path, lang: options.Language, *, json: bool, unmask: bool
) -> int:
    """Show every telegram of a transcript in its order."""
    from reports import stream_transcript

    told: list[dict[str, Any]] = []
    invalid = False
    for record in stream_transcript(path):
        known = profile.identify(record.raw) if record.http is None else None
        spec = profile.specs.get(record.telegram or "") or known
        head = f"{record.seq} {record.link} {record.sender} -> {record.receiver}"
        if spec is not None:
            invalid = invalid or bool(spec.validate(record.raw))
        if json:
            shown = _as_json(spec, record.raw, unmask=unmask) if spec else {"telegram": None}
            told.append({"record": record.seq, **shown})
        elif spec is None:
            console.say(f"# {head} {len(record.raw)} bytes {record.note or ''}".rstrip())
        else:
            console.say(f"# {head}")
            _text(spec, record.raw, lang, unmask=unmask)
    if json:
        console.say_json(told)
    return INVALID if invalid else 0


def _said(text: str, lang: options.Language) -> str:
    """Return what is wrong in one language."""
    from reports.bilingual import phrase, pick

    return pick(phrase(text), lang)


def _text(spec: TelegramSpec, data: bytes, lang: options.Language, *, unmask: bool) -> None:
    size, *heads = HEADS[lang]
    console.say(f"{spec.id} {spec.label} ({len(data)} {size})")
    shown = _shown(spec, data, unmask=unmask)
    lines = [
        (r.field, r.label, str(r.offset), str(r.length), r.text, "!" * bool(r.fault))
        for r in shown.rows
    ]
    console.say(console.table((*heads, ""), lines))
    for fault in shown.faults:
        console.say(f"! {_said(fault.text, lang)}")


def _as_json(spec: TelegramSpec, data: bytes, *, unmask: bool) -> dict[str, Any]:
    shown = _shown(spec, data, unmask=unmask)
    return {
        "telegram": spec.id,
        "label": spec.label,
        "bytes": len(data),
        "valid": not shown.faults,
        "values": shown.values,
        "fields": [dataclasses.asdict(row) for row in shown.rows],
        "faults": [dataclasses.asdict(fault) for fault in shown.faults],
    }


@dataclasses.dataclass(frozen=True, slots=True)
class _Shown:
    """A telegram as it may be shown."""

    values: Mapping[str, Any]
    rows: Sequence[Row]
    faults: Sequence[RecordFault]


def _shown(spec: TelegramSpec, data: bytes, *, unmask: bool) -> _Shown:
    """Return a telegram as it is, or masked as a report would show it."""
    from reports import Http, Record
    from reports.masking import mask_record, mask_values
    from steps.evidence import faults_of, fields_of

    decoded, rows = spec.decode(data), spec.describe(data, unmask=unmask)
    faults = faults_of(decoded, data)
    if unmask:
        return _Shown(decoded.values, rows, faults)
    head = Http("", "", None, {"Content-Type": spec.content_type}) if spec.content_type else None
    record = Record(
        seq=0, t_ms=0, link="", sender="", receiver="", way="received", raw=data, http=head,
        values=decoded.values, faults=faults, fields=fields_of(spec, data),
    )  # fmt: skip
    masked = mask_record(record)
    told = {
        fault.text: shown.text for fault, shown in zip(faults, masked.record.faults, strict=True)
    }
    seen = [
        dataclasses.replace(
            row,
            text=field.text,
            secret=field.secret,
            hex=_hex(row, masked.hidden, secret=field.secret),
            fault=told.get(row.fault or "", row.fault),
        )
        for row, field in zip(rows, masked.record.fields, strict=True)
    ]
    return _Shown(mask_values(record), seen, masked.record.faults)


def _hex(row: Row, hidden: bytes, *, secret: bool) -> str:
    flags = hidden[row.offset : row.offset + row.length]
    pairs = zip(row.hex.split(), flags, strict=False)  # a row that has no bytes may have a length
    return " ".join("**" if secret or hide else pair for pair, hide in pairs)
