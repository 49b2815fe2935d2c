"""The command line: one command a module, read here, and every error turned into an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from denbun import (
    adapter_check,
    bundle,
    check,
    compare,
    console,
    decode,
    doctor,
    encode,
    export,
    failures,
    faults,
    init,
    profile,
    protocol,
    replay,
    report,
    requirements,
    run,
    serve,
    sheet,
    specs,
    tap,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["main"]

Commands: TypeAlias = "Mapping[str, tuple[Callable[..., int], tuple[str, ...]]]"
"""Name of a command to its function and its examples."""

COMMANDS: Commands = {
    "run": (run.command, run.EXAMPLES),
    "init": (init.command, init.EXAMPLES),
    "adapter-check": (adapter_check.command, adapter_check.EXAMPLES),
    "doctor": (doctor.command, doctor.EXAMPLES),
    "sheet": (sheet.command, sheet.EXAMPLES),
    "serve": (serve.command, serve.EXAMPLES),
    "faults": (faults.command, faults.EXAMPLES),
    "check": (check.command, check.EXAMPLES),
    "tap": (tap.command, tap.EXAMPLES),
    "decode": (decode.command, decode.EXAMPLES),
    "encode": (encode.command, encode.EXAMPLES),
    "requirements": (requirements.command, requirements.EXAMPLES),
    "report": (report.command, report.EXAMPLES),
    "compare": (compare.command, compare.EXAMPLES),
    "replay": (replay.command, replay.EXAMPLES),
    "export": (export.command, export.EXAMPLES),
    "verify": (verify.command, verify.EXAMPLES),
    "bundle": (bundle.command, bundle.EXAMPLES),
}
PROFILE: Commands = {
    "new": (profile.new, ("denbun profile new my-profile",)),
    "check": (profile.check, ("denbun profile check examples/profile",)),
    "diff": (
        profile.diff,
        ("denbun profile diff examples/profile", "denbun profile diff my-profile --json"),
    ),
}
SPECS: Commands = {
    "list": (specs.list_, ("denbun specs list", "denbun specs list --json")),
    "show": (specs.show, ("denbun specs show identity_notice",)),
    "lint": (specs.lint, ("denbun specs lint", "denbun specs lint --profile my-profile")),
    "schema": (specs.schema, ("denbun specs schema > telegram.schema.json",)),
}
PROTOCOL: Commands = {
    "schema": (protocol.schema, ("denbun protocol schema > control-protocol.schema.json",)),
    "openapi": (protocol.openapi, ("denbun protocol openapi > control-protocol.openapi.json",)),
}


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the value of the option
    if asked:
        from steps.version import SUITE

        console.say(f"denbun {SUITE}")
        raise typer.Exit


def _denbun(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Conformance tests for the CS link and number linkage of resident record systems."""


def _group(commands: Commands, text: str | None = None) -> typer.Typer:
    group = typer.Typer(
        help=text,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    for name, (function, examples) in commands.items():
        lines = "\n".join(f"  {example}".rstrip() for example in examples)
        epilog = f"\b\nExamples:\n{lines}".replace("\n\n", "\n\n\b\n")  # each is kept as it is
        group.command(name, epilog=epilog)(function)
    return group


def _app() -> typer.Typer:
    app = _group(COMMANDS)
    app.callback()(_denbun)
    app.add_typer(_group(SPECS), name="specs", help="List, show and check telegram specs.")
    app.add_typer(_group(PROFILE), name="profile", help="Begin, check, compare one of your own.")
    app.add_typer(_group(PROTOCOL), name="protocol", help="Print the control protocol as data.")
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; design: 3 usage, 4 harness error."""
    console.survive()
    try:
        args = list(arguments) or ["--help"]
        return int(_app()(args=args, prog_name="denbun", standalone_mode=False) or 0)
    except Exception as error:  # noqa: BLE001 - whatever happens becomes one line and a code
        return failures.explain(error)
