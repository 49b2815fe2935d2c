"""``denbun tap``: stand between two systems, pass every byte on, and record the telegrams."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from denbun import console, options
from denbun.failures import Usage, one_of

if TYPE_CHECKING:
    from reports.transcript import Record
    from steps.capture.recorder import Recorder
    from telegram_specs.network import Endpoint

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun tap --listen 127.0.0.1:9111 --to 192.0.2.7:9111 --link cs_link",
    "denbun tap --listen 0.0.0.0:9132 --to atena.example:9132 --out atena.jsonl",
    "denbun check tap.jsonl",
    "denbun decode tap.jsonl",
)


def command(
    *,
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="Where callers come in.")],
    to: Annotated[str, typer.Option(metavar="HOST:PORT", help="Where they are passed on to.")],
    link: Annotated[
        str | None,
        typer.Option(metavar="LINK", help="What passes; found out by itself if not given."),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="A new transcript: raw, for its owner only.")
    ] = Path("tap.jsonl"),
    profile: options.Profile = None,
) -> int:
    """Record the telegrams between two systems until Ctrl-C; every byte passes as it is."""
    from reports.transcript import TranscriptWriter
    from steps.capture.recorder import Recorder
    from telegram_specs import load_profile
    from telegram_specs.network import LINKS

    here, there = _endpoint("--listen", listen), _endpoint("--to", to)
    name = one_of("--link", "link", link, LINKS) if link else ""
    if out.exists():
        raise Usage(
            f"--out: {out} is there already. expected a new file; remove it or name another"
        )
    specs = load_profile(profile)
    try:
        with TranscriptWriter(out) as writer:
            recorder = Recorder(specs, writer, link=name, target=str(there), told=_tell)
            try:
                asyncio.run(_serve(recorder, here, there))
            finally:
                tail = recorder.close()
    except _Deaf:
        out.unlink()  # it holds nothing, and would be in the way of the next try
        raise Usage(
            f"--listen: cannot listen there. expected a free address of this machine, got {here}"
        ) from None
    console.complain(
        f"{recorder.connections} connections, {recorder.telegrams} telegrams in {out} (raw: keep "
        f"it private), hash {tail}"
    )
    return 0


class _Deaf(Exception):  # noqa: N818 - it says what happened
    """There is nothing to listen at."""


def _endpoint(option: str, text: str) -> Endpoint:
    from telegram_specs.network import Endpoint

    try:
        return Endpoint.parse(text)
    except ValueError:
        raise Usage(f"{option}: no address. expected HOST:PORT, got {text}") from None


def _tell(record: Record) -> None:
    name = record.label or "?"
    faults = f" ! {len(record.faults)}" if record.faults else ""
    console.say(f"{record.link} {record.sender} -> {record.receiver} {name}{faults}")


async def _serve(recorder: Recorder, here: Endpoint, there: Endpoint) -> None:
    from steps.capture.proxy import Proxy

    proxy = Proxy(there, recorder)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop itself
            loop.add_signal_handler(number, stopped.set)
    try:
        try:
            bound = await proxy.listen(here)
        except OSError as error:
            raise _Deaf from error
        console.complain(f"listening on {bound}, passing on to {there}; Ctrl-C ends")
        await stopped.wait()
    finally:
        await proxy.close()
