"""The report as one HTML file: no request leaves it, both languages are in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from reports import bilingual, messages
from reports.bilingual import LANGS, Lang, Pair
from reports.english import JAPANESE
from reports.messages import MESSAGES
from reports.packed import script
from reports.reasons import CLAUSES, DERIVED
from reports.template import environment_of
from reports.verdict import Verdict
from reports.view import claim_pair, view
from reports.wording import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from jinja2 import Environment

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

KEYS: Mapping[str, str] = {
    "j k": "key_move",
    "Enter": "key_open",
    "/": "key_search",
    "l": "key_lang",
    "t": "key_theme",
    "?": "key_help",
}
"""Keys of the page and what they do; `report.js` acts on them."""


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
    environment = environment_of(Path(__file__).parent / "templates")
    environment.globals.update(
        area=lambda key: _both(bilingual.name(messages.AREAS, key)),
        both=_both,
        claim_pair=claim_pair,
        messages=MESSAGES,
        derived=DERIVED,
        ranks={**CLAUSES, **DERIVED},
        area_pair=lambda key: bilingual.name(messages.AREAS, key),
        keys=KEYS,
        name=lambda table, key: _both(bilingual.name(getattr(messages, table), key)),
        say=_say,
        script=_script,
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
        own = JAPANESE.search(ja)
        return Markup('<span lang="ja">{}</span>').format(ja) if own else ja
    return Markup(
        '<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>'
    ).format(ja, en)


def _script(data: Mapping[str, Any]) -> Markup:
    return Markup(script(data))  # noqa: S704  nothing in it can end its element
