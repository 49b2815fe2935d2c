"""The report as a badge: profile and edition, whether it conforms, the day, as one small SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from reports import bilingual, messages, summary
from reports.moments import japan_day
from reports.wording import Labels, Wording, printable, product, width

if TYPE_CHECKING:
    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.verdict import ClaimStatus

GREY = "#444"
COLOURS: dict[ClaimStatus, str] = {
    "conformant": "#17692f",
    "not_determined": "#7a4d00",
    "non_conformant": "#a5161d",
}
"""Dark enough for white letters; the words say the same as the colour."""
HEIGHT, PADDING, COLUMN, SIZE, BASELINE = 20, 7, 6.6, 11, 14
"""Pixels; COLUMN is what half-width letter of SIZE takes."""
FONT = "Verdana,'Hiragino Sans','Yu Gothic UI','Noto Sans CJK JP',sans-serif"
LONGEST = 60
"""Characters of a segment; what is longer is cut, the title has all of it."""


def render(shown: Shown, lang: Lang) -> str:
    """Return the image; its title says the claim, the system and the day in a sentence."""
    run, words = shown.run, Wording(shown.run, Labels(()), lang)
    made, _ = summary.conclusion(run)
    day = japan_day(run.header.created)
    status = bilingual.pick(messages.CLAIMS[made.status], lang)
    profile = f"{run.header.profile['id']} {run.header.profile['edition']}"
    segments = (("denbun", GREY), (profile, GREY), (status, COLOURS[made.status]), (day, GREY))
    return _image(segments, f"{words.claim()} · {product(run.header.sut)} · {day}")


def _image(segments: tuple[tuple[str, str], ...], title: str) -> str:
    parts = [(_cut(text), colour) for text, colour in segments]
    widths = [round(width(text) * COLUMN + 2 * PADDING) for text, _ in parts]
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(sum(widths)),
            "height": str(HEIGHT),
            "role": "img",
            "aria-labelledby": "denbun-title",
        },
    )
    ET.SubElement(root, "title", {"id": "denbun-title"}).text = printable(title)
    left = 0
    for (text, colour), wide in zip(parts, widths, strict=True):
        box = {"x": str(left), "width": str(wide), "height": str(HEIGHT), "fill": colour}
        ET.SubElement(root, "rect", box)
        letters = {
            "x": str(left + PADDING),
            "y": str(BASELINE),
            "textLength": str(wide - 2 * PADDING),
            "lengthAdjust": "spacingAndGlyphs",
            "font-family": FONT,
            "font-size": str(SIZE),
            "fill": "#fff",
        }
        ET.SubElement(root, "text", letters).text = text
        left += wide
    ET.indent(root)
    return ET.tostring(root, "unicode") + "\n"


def _cut(text: str) -> str:
    clean = printable(text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"
