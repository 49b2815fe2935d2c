"""The telegrams of an HTML report, unpacked by other code than the page's own."""

from __future__ import annotations

import json
import re

SCRIPT = re.compile(r'<script type="application/json"(?: id="(\w+)")?>(.*?)</script>', re.DOTALL)


def packed(document):
    """Return what telegrams share, and what each case with telegrams has, by its id."""
    found = [(name, json.loads(text)) for name, text in SCRIPT.findall(document)]
    (shared,) = [data for name, data in found if name == "shared"]
    return shared, {data["id"]: data for name, data in found if not name}


def telegram(document, case_id, seq):
    """Return one packed telegram."""
    _, cases = packed(document)
    (found,) = [each for each in cases[case_id]["telegrams"] if each["seq"] == seq]
    return found


def bytes_of(line):
    """Return the bytes of a packed telegram, `*` where they are hidden."""
    data = bytearray(line["bytes"].encode("latin-1"))
    hidden = line.get("hidden", [])
    for start, length in zip(hidden[::2], hidden[1::2], strict=True):
        data[start:start] = b"*" * length
    return bytes(data)


def fields_of(shared, line):
    """Return (path, offset, length, text) of each field; a hidden text is its asterisks."""
    layout = shared["layouts"][line["layout"]] if "texts" in line else []
    rows = zip(*(layout[start::3] for start in range(3)), line.get("texts", []), strict=True)
    return [
        (shared["names"][name][0], offset, length, "*" * text if isinstance(text, int) else text)
        for name, offset, length, text in rows
    ]


def case(page, case_id):
    """Return a case of an opened page."""
    return page.locator(f'[id="{case_id}"]')


def drawn(page, case_id, seq):
    """Return a telegram as an opened page draws it."""
    return page.locator(f'[id="{case_id}.{seq}"]')
