"""The register of requirements: read as a whole, or refused with the line of every mistake."""

from __future__ import annotations

import pytest

from steps.ics import OPTIONS
from steps.register import load_register
from telegram_specs import SpecError

HEAD = "area: BIRTH\nja: 出生\nen: Birth\nrequirements:\n"
ENTRY = """\
  - id: BIRTH-001
    ja: 一つを記載する。
    en: One is written.
    level: MUST
    roles: [juki]
    rank: law
    source: 法1条
    edition: "2025"
"""
SECOND = ENTRY.replace("BIRTH-001", "BIRTH-002")


@pytest.fixture
def load(tmp_path):
    """Return a function that loads texts as the files of a register."""

    def read(**files: str):
        folder = tmp_path / "requirements"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_register(folder)

    return read


def test_a_register(load):
    optional = "    option: provisional\n    untested: 画面で行う。\n    variants: [一度に送る]\n"
    register = load(birth=HEAD + ENTRY + SECOND + optional)
    first, second = register
    assert (first.id, first.area, first.level, first.roles) == (
        "BIRTH-001", "BIRTH", "MUST", ("juki",),
    )  # fmt: skip
    assert (first.option, first.variants, first.untested) == (None, (), None)
    assert (second.option, second.variants, second.untested) == (
        "provisional", ("一度に送る",), "画面で行う。",
    )  # fmt: skip
    assert (register.areas["BIRTH"].ja, register.areas["BIRTH"].en) == ("出生", "Birth")
    assert "BIRTH-001" in register
    assert "BIRTH-003" not in register
    assert register["BIRTH-001"] is first
    assert register.binds("BIRTH-001", "juki")
    assert not register.binds("BIRTH-001", "cs")


def test_digits_stay_text(load):
    (entry,) = load(birth=HEAD + ENTRY.replace('"2025"', "0010"))
    assert entry.edition == "0010"


FIRST = "requirements/birth.yaml:5 /requirements/0/id"

BROKEN = {
    "id-given-twice": (
        {"birth": HEAD + ENTRY + ENTRY},
        (
            "requirements/birth.yaml:13 /requirements/1/id: id given twice. "
            "expected a new id, got BIRTH-001"
        ),
    ),
    "id-given-in-two-files": (
        {"birth": HEAD + ENTRY, "a": HEAD + ENTRY},
        f"{FIRST}: id given twice. expected a new id, got BIRTH-001",
    ),
    "unknown-option": (
        {"birth": HEAD + ENTRY + "    option: provisonal\n"},
        (
            "requirements/birth.yaml:13 /requirements/0/option: unknown option. "
            f"expected one of {', '.join(OPTIONS)}, got provisonal"
        ),
    ),
    "wrong-area": (
        {"birth": HEAD + ENTRY.replace("BIRTH-001", "NUM-001")},
        f"{FIRST}: wrong area. expected an id of area BIRTH, got NUM-001",
    ),
    "no-role": (
        {"birth": HEAD + ENTRY.replace("[juki]", "[]")},
        (
            "requirements/birth.yaml:9 /requirements/0/roles: no role. "
            "expected some of juki, cs, atena, chukan, shinsei, got none"
        ),
    ),
    "unknown-role": (
        {"birth": HEAD + ENTRY.replace("[juki]", "[juki, nws]")},
        (
            "requirements/birth.yaml:9 /requirements/0/roles/1: wrong value. "
            "expected 'juki', 'cs', 'atena', 'chukan' or 'shinsei', got `nws`"
        ),
    ),
    "unknown-level": (
        {"birth": HEAD + ENTRY.replace("MUST", "SHALL")},
        (
            "requirements/birth.yaml:8 /requirements/0/level: wrong value. "
            "expected 'MUST', 'SHOULD' or 'MAY', got `SHALL`"
        ),
    ),
    "unknown-rank": (
        {"birth": HEAD + ENTRY.replace("rank: law", "rank: rumour")},
        (
            "requirements/birth.yaml:10 /requirements/0/rank: wrong value. expected 'law', "
            "'specification', 'formula', 'profile', 'seed' or 'inference', got `rumour`"
        ),
    ),
    "malformed-id": (
        {"birth": HEAD + ENTRY.replace("BIRTH-001", "BIRTH-1")},
        f"{FIRST}: wrong value. expected ^[A-Z]+-[0-9]{{3}}$, got `BIRTH-1`",
    ),
    "unknown-key": (
        {"birth": HEAD + ENTRY + "    optoin: provisional\n"},
        (
            "requirements/birth.yaml:13 /requirements/0/optoin: unknown key. "
            "expected a key that may stand here, got `optoin`; did you mean `option`?"
        ),
    ),
    "no-source": (
        {"birth": HEAD + ENTRY.replace("    source: 法1条\n", "")},
        (
            "requirements/birth.yaml:5 /requirements/0: key missing. "
            "expected `source`, got no such key"
        ),
    ),
    "mistakes-of-all-files": (
        {
            "birth": HEAD + ENTRY.replace("MUST", "SHALL"),
            "num": HEAD + SECOND.replace("BIRTH", "NUM"),
        },
        (
            "requirements/birth.yaml:8 /requirements/0/level: wrong value. "
            "expected 'MUST', 'SHOULD' or 'MAY', got `SHALL`\n"
            "requirements/num.yaml:5 /requirements/0/id: wrong area. "
            "expected an id of area BIRTH, got NUM-002"
        ),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_register(load, name):
    files, told = BROKEN[name]
    with pytest.raises(SpecError) as caught:
        load(**files)
    assert str(caught.value) == told


def test_the_register_of_the_suite():
    register = load_register()
    assert len(list(register)) >= 45
    assert {r.area for r in register} == set(register.areas)
    must = [r for r in register if r.level == "MUST"]
    assert {r.rank for r in must} <= {"law", "specification", "formula", "profile"}
