"""The report as one HTML file: no request leaves it, both languages are in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from reports import messages
from reports.messages import LANGS, MESSAGES, Lang, Pair
from reports.verdict import Verdict
from reports.view import claim_pair, view
from reports.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.dump import Piece
    from reports.masking import Shown

SYMBOLS: dict[Verdict, str] = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✕",
    Verdict.WARN: "!",
    Verdict.INCONCLUSIVE: "?",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.NOT_COVERED: "○",
    Verdict.NOT_RUN: "…",
    Verdict.ERROR: "⚠",
}
"""So that colour is never the only sign."""


def render(shown: Shown, lang: Lang) -> str:
    """Return the document, opened in `lang`."""
    document = (
        _environment()
        .get_template("report.html.j2")
        .render(report=view(shown), lang=lang, lang_index=LANGS.index(lang))
    )
    return printable(document)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        area=lambda key: _both(messages.name(messages.AREAS, key)),
        both=_both,
        claim_pair=claim_pair,
        messages=MESSAGES,
        phrase=lambda text: _both(messages.phrase(text)),
        phrased=lambda text, lang: messages.pick(messages.phrase(text), lang),
        pieces=_pieces,
        name=lambda table, key: _both(messages.name(getattr(messages, table), key)),
        say=_say,
        symbols=SYMBOLS,
        verdicts=tuple(Verdict),
    )
    environment.filters["fragment"] = quote
    return environment


def _say(key: str, **values: object) -> Markup:
    ja, en = (text.format(**values) for text in MESSAGES[key])
    return _both((ja, en))


def _both(pair: Pair) -> Markup:
    """Return both languages, of which the style sheet shows one."""
    ja, en = (escape(text) for text in pair)
    if ja == en:
        return ja
    return Markup(
        '<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>'
    ).format(ja, en)


def _pieces(pieces: Iterable[Piece]) -> Markup:
    """Return bytes of a telegram; those of one field are one element, tinted in turns."""
    return Markup("").join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> Markup:
    text = escape(piece.text)
    if piece.field is None and not piece.hit and not piece.hidden:
        return text
    field = piece.field or 0
    marks = " hit" * piece.hit + " hid" * piece.hidden
    link = "" if piece.field is None else f' data-f="{field}"'
    return Markup(f'<b class="{"za"[field % 2]}{marks}"{link}>{text}</b>')  # noqa: S704  escaped
