"""``denbun init``: a ``sut.yaml`` and the starter of an adapter, to begin with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from denbun import console
from denbun.__main__ import ROOT
from denbun.failures import Usage, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["EXAMPLES", "LANGUAGES", "Starter", "command"]

EXAMPLES = (
    "denbun init",
    "denbun init my-system --language java --role juki --name 'Example Juki' --yes",
)
STARTERS = ROOT / "examples" / "adapters"


class Starter(NamedTuple):
    """The starter of one language: its file, how it runs and how it is built."""

    file: str
    command: tuple[str, ...]
    framing: str = "json"
    build: str = ""


LANGUAGES: Mapping[str, Starter] = {
    "python": Starter("adapter.py", ("python3", "adapter.py")),
    "node": Starter("adapter.js", ("node", "adapter.js")),
    "java": Starter(
        "Adapter.java", ("java", "Adapter"), "kv", "javac -encoding UTF-8 Adapter.java"
    ),
    "csharp": Starter("Adapter.cs", ("mono", "Adapter.exe"), "kv", "mcs Adapter.cs"),
    "cobol": Starter("adapter.cob", ("./adapter",), "kv", "cobc -x -free adapter.cob"),
    "sh": Starter("adapter.sh", ("sh", "adapter.sh"), "kv"),
}
FILE = "sut.yaml"
TEXT = """\
# The system under test. Every key: docs/sut-protocol.md, "sut.yaml".
# 試験対象の設定。全項目は docs/sut-protocol.md の「sut.yaml」にある。
product: {{name: {name}, version: ""}}
role: {role} # {roles}
driver:
  kind: stdio # the harness starts the command and talks to it on stdin and stdout
  command: {command}
  framing: {framing} # json: one object a line; kv: lines key=value
  # managed: true # when this process is the system itself, so that killing it is a power failure

# Options that the product has (ICS); requirements of the others do not apply.
# 製品が持つ任意機能。挙げないものの要件は適用しない。
ics: [] # for example [provisional, shared_cs]
{ics}
# pixit: # the test set-up; what is shown are the defaults, but for the ports
#   bind: 127.0.0.1 # where the harness listens; advertise: what your system is told instead
#   ports: {{cs: {{tcp: 9111}}, atena: {{http: 9132}}}} # fixed ports, for a firewall
#   addresses: {{{role}: {{http: "127.0.0.1:9102"}}}} # unless hello tells them
#   tls: true
#   send_within: 5 # seconds that a telegram may take
#   command_within: 30 # seconds that the adapter may take
#   municipality_code: "999016"
"""


def command(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where to write; made if missing.")
    ] = Path(),
    language: Annotated[
        str | None, typer.Option(help=f"Language of the adapter: {', '.join(LANGUAGES)}.")
    ] = None,
    role: Annotated[str | None, typer.Option(help="Role of the system under test.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the product.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing; take the defaults.")
    ] = False,
) -> int:
    """Write a sut.yaml and the starter of an adapter; nothing is overwritten."""
    from telegram_specs.network import SUT_ROLES

    language = _chosen("--language", language, LANGUAGES, "python", yes=yes)
    role = _chosen("--role", role, SUT_ROLES, "juki", yes=yes)
    name = name or ("my system" if yes else _asked("--name", "Name of the product", "my system"))
    starter = LANGUAGES[language]
    _write(folder, {FILE: sut_text(name, role, starter), starter.file: _starter(starter)})
    sut = folder / FILE
    console.say(f"{sut}, {folder / starter.file}")
    if starter.build:
        console.say(f"build / ビルド:  (cd {folder} && {starter.build})")
    console.say(f"next / 次に:    denbun adapter-check --sut {sut}")
    console.say(f"then / その後:  denbun run --sut {sut}")
    return 0


def _chosen(
    option: str, given: str | None, known: Collection[str], default: str, *, yes: bool
) -> str:
    if given is None:
        what = f"{option.strip('-')} ({', '.join(known)})"
        given = default if yes else _asked(option, what, default)
    return one_of(option, option.strip("-"), given, known)


def _asked(option: str, what: str, default: str) -> str:
    """Ask for a value. Usage where nobody can answer."""
    try:
        return str(typer.prompt(what, default=default, err=True))
    except typer.Abort:
        raise Usage(
            f"{option}: not given and nobody to ask. expected the option, or --yes"
        ) from None


def sut_text(name: str, role: str, starter: Starter) -> str:
    """Return a sut.yaml with comments."""
    from steps.ics import OPTIONS
    from telegram_specs.network import ROLES, SUT_ROLES

    return TEXT.format(
        name=json.dumps(name, ensure_ascii=False),
        role=role,
        roles=", ".join(f"{id_} {ROLES[id_].ja}" for id_ in SUT_ROLES),
        command=json.dumps(starter.command),
        framing=starter.framing,
        ics="".join(f"#   {option}: {known.ja}\n" for option, known in OPTIONS.items()),
    )


def _starter(starter: Starter) -> str:
    return (STARTERS / starter.file).read_text("utf-8")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for file in files:
        if (folder / file).exists():
            raise Usage(f"{folder / file}: is there already. expected a folder without it")
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
