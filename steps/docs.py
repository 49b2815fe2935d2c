"""Documents that are made from data: event matrix, telegrams by role, catalogue, its schemas.

``python -m steps.docs`` writes them, with ``--check`` it says whether they are current.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from steps.catalogue import TYPES, load_catalogue
from steps.events import load_events
from steps.protocol_schema import as_text, openapi, schema
from steps.register import FEATURES
from telegram_specs import load_profile
from telegram_specs.network import LINKS, ROLES, SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from steps.catalogue import Argument, Entry, Kind

__all__ = ["documents", "main"]

DOCS = FEATURES.parent / "docs"
KINDS: tuple[tuple[Kind, str], ...] = (
    ("provisions", "Kinds of provision (事前データ)"),
    ("actions", "Actions (操作)"),
    ("observations", "Observations (照会)"),
)
CLOSED_WORLD = """**Bold**: required. Plain: permitted. The closed world of a scenario (COMMON-017)
allows these and what each role may always send, and nothing else; their order is judged where a
requirement names one.
"""
SYNTHETIC = """The layouts are this project's own, synthetic ones; the names of the telegrams are
public.
"""
MADE = "This page is made from data by `python -m steps.docs`; mend the data instead.\n"


def documents() -> dict[Path, str]:
    """Return every made document with its text."""
    page = DOCS / "sut-protocol.md"
    text = page.read_text(encoding="utf-8")
    for name, lines in (("catalogue", _catalogue()), ("results", _results())):
        text = _filled(text, name, lines)
    return {
        DOCS / "events.md": "\n".join(_events()) + "\n",
        DOCS / "telegrams.md": "\n".join(_telegrams()) + "\n",
        page: text,
        DOCS / "control-protocol.schema.json": as_text(schema()),
        DOCS / "control-protocol.openapi.json": as_text(openapi()),
    }


def _filled(text: str, name: str, lines: Iterable[str]) -> str:
    """Return a page with these lines between the two marks of a name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    made = "\n".join(lines)
    return f"{before}{begin}\n\n{made}\n{end}{after}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in row) + " |"
    yield ""


def _events() -> Iterator[str]:
    """Yield the event matrix: what each role sends because of an event."""
    specs = load_profile().specs
    events = load_events()
    yield "# Events and their telegrams (異動と電文)\n"
    yield MADE
    yield CLOSED_WORLD
    rows = []
    for event in events.by_id.values():
        cells = []
        for role in SUT_ROLES:
            sends = event.of(role)
            bold = [f"**{specs[name].label}**" for name in sends.required]
            cells.append("、".join([*bold, *(specs[name].label for name in sends.permitted)]))
        rows.append((f"{event.ja} `{event.id}`", *cells, event.ref))
    yield from table(("異動 / event", *SUT_ROLES, "根拠 / source"), rows)
    yield "## At any time\n"
    always = (
        (f"{ROLES[role].ja} `{role}`", "、".join(specs[name].label for name in names))
        for role, names in events.always.items()
    )
    yield from table(("role", "telegrams"), always)


def _telegrams() -> Iterator[str]:
    """Yield the telegrams of the profile by link, with who sends and who answers."""
    profile = load_profile()
    yield "# Telegrams by link and role (電文一覧)\n"
    yield MADE
    yield SYNTHETIC
    for link in LINKS.values():
        found = [spec for spec in profile.specs.values() if link.name in spec.links]
        if not found:
            continue
        yield f"## {link.ja} `{link.name}`\n"
        rows = (
            (
                f"{spec.label} `{spec.id}`",
                spec.wire_id or " ".join(spec.http or ()),
                ", ".join(spec.sender),
                ", ".join(spec.receiver),
                spec.answer or "",
                spec.ref or "",
            )
            for spec in found
        )
        yield from table(("telegram", "id / path", "from", "to", "answer", "source"), rows)


def _catalogue() -> Iterator[str]:
    catalogue = load_catalogue()
    for kind, title in KINDS:
        yield f"### {title}\n"
        rows = (
            (f"`{e.id}`", e.role, _arguments(e.args), _told(e), _answer(e))
            for e in catalogue.of(kind)
        )
        yield from table(("id", "role", "arguments", "meaning", "answer"), rows)
    yield "Types: " + "; ".join(f"`{name}` {ja} ({en})" for name, (ja, en) in TYPES.items()) + ".\n"
    yield "### Alerts (アラート)\n"
    alerts = ((f"`{a.id}`", f"{a.ja}<br>{a.en}") for a in catalogue.alerts.values())
    yield from table(("code", "meaning"), alerts)


def _results() -> Iterator[str]:
    """Yield the result codes of the profile, with when a receiver answers with each."""
    codes = load_profile().codes["result"]
    rows = ((f"`{code}`", label, codes.doc.get(code, "")) for code, label in codes.items())
    yield from table(("result", "meaning", "the receiver answers with it when"), rows)


def _told(entry: Entry) -> str:
    return f"{entry.ja}<br>{entry.en}"


def _answer(entry: Entry) -> str:
    found = ["`handle`"] if entry.gives else []
    found += [f"`data`: {_arguments(entry.data)}"] if entry.data else []
    return "; ".join(found) or "`ok`"


def _arguments(arguments: Sequence[Argument]) -> str:
    return "; ".join(map(_argument, arguments))


def _argument(argument: Argument) -> str:
    mark = "?" if argument.optional else ""
    size = f" ({argument.size})" if argument.size else ""
    values = f" = {' / '.join(argument.values)}" if argument.values else ""
    inner = f" {{{_arguments(argument.items)}}}" if argument.items else ""
    return f"`{argument.id}`{mark}: {argument.type}{size}{values} {argument.ja}{inner}"


def main(arguments: Sequence[str]) -> int:
    """Write the documents, or with ``--check`` name those that are not current."""
    stale = [path for path, text in documents().items() if not _holds(path, text)]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"docs/{path.name}: not current. run `python -m steps.docs`\n")
        return 1 if stale else 0
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
