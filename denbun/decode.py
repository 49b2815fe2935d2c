"""``denbun decode``: show one telegram field by field, and everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import Usage

if TYPE_CHECKING:
    from telegram_specs import Profile, TelegramSpec

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun decode captured.bin",
    "denbun decode --json --unmask captured.bin",
    "denbun decode --spec addressee_request body.json",
    "denbun decode --hex 3030303038…",
    "cat captured.bin | denbun decode -",
)
INVALID = 1


def command(
    *,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="The bytes of one telegram; - for stdin.")
    ] = None,
    hexadecimal: Annotated[
        str | None, typer.Option("--hex", metavar="HEX", help="The bytes, instead of a file.")
    ] = None,
    spec: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The telegram; found from its header if not given."),
    ] = None,
    json: options.Json = False,
    unmask: Annotated[
        bool, typer.Option("--unmask", help="Show personal data and secrets.")
    ] = False,
    profile: options.Profile = None,
) -> int:
    """Show one telegram; exit 1 with all its faults when it is not valid."""
    from telegram_specs import load_profile

    data = _bytes(file, hexadecimal)
    known = load_profile(profile)
    found = _spec(known, spec, data)
    if found is None:
        _stranger(_unframed(known, data), data, json=json)
        return INVALID
    (_json if json else _text)(found, data, unmask=unmask)
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


def _spec(profile: Profile, name: str | None, data: bytes) -> TelegramSpec | None:
    """Return the telegram that was named or that the header names, None for an unknown header."""
    if name is not None:
        return profile.spec(name)
    if not data or data.lstrip()[:1] in {b"{", b"["}:
        got = "a JSON body" if data else "no bytes"
        raise Usage(f"decode: cannot tell the telegram. expected --spec ID or a header, got {got}")
    return profile.identify(data)


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


def _stranger(texts: list[str], data: bytes, *, json: bool) -> None:
    if json:
        faults = [{"text": text} for text in texts]
        console.say_json({"telegram": None, "bytes": len(data), "valid": False, "faults": faults})
    for text in () if json else texts:
        console.say(f"! {text}")


def _text(spec: TelegramSpec, data: bytes, *, unmask: bool) -> None:
    console.say(f"{spec.id} {spec.label} ({len(data)} bytes)")
    rows = spec.describe(data, unmask=unmask)
    lines = [
        (r.field, r.label, str(r.offset), str(r.length), r.text, "!" * bool(r.fault)) for r in rows
    ]
    console.say(console.table(("field", "label", "offset", "bytes", "value", ""), lines))
    for fault in spec.validate(data):
        console.say(f"! {fault}")


def _json(spec: TelegramSpec, data: bytes, *, unmask: bool) -> None:
    from telegram_specs import mask_values

    decoded = spec.decode(data)
    console.say_json(
        {
            "telegram": spec.id,
            "label": spec.label,
            "bytes": len(data),
            "valid": not decoded.faults,
            "values": decoded.values if unmask else mask_values(spec, decoded.values),
            "fields": [dataclasses.asdict(row) for row in spec.describe(data, unmask=unmask)],
            "faults": [
                {**dataclasses.asdict(fault), "text": str(fault)} for fault in decoded.faults
            ],
        }
    )
