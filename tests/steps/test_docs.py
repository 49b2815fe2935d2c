"""Documents that are made from data or name data."""

from __future__ import annotations

import re

import pytest

from steps.catalogue import Catalogue, load_catalogue
from steps.docs import DOCS, main, table
from steps.register import load_register
from telegram_specs import load_profile

CATALOGUE = load_catalogue()


def test_a_table():
    rows = [("a|b", ""), ("c", "d")]
    assert list(table(("x", "y"), rows)) == [
        "| x | y |",
        "|---|---|",
        "| a\\|b | – |",
        "| c | d |",
        "",
    ]


def test_the_check_names_what_is_not_current(tmp_path, monkeypatch, capsys):
    page = tmp_path / "sut-protocol.md"
    marks = [
        f"<!-- {name}: begin -->old<!-- {name}: end -->\n" for name in ("catalogue", "results")
    ]
    page.write_text("".join(marks), encoding="utf-8")
    monkeypatch.setattr("steps.docs.DOCS", tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"docs/{name}: not current. run `python -m steps.docs`"
        for name in (
            "events.md",
            "telegrams.md",
            "sut-protocol.md",
            "control-protocol.schema.json",
            "control-protocol.openapi.json",
        )
    ]
    assert main([]) == 0
    assert main(["--check"]) == 0
    made = page.read_text("utf-8")
    assert "old" not in made.partition("<!-- results: begin -->")[2]


def test_the_page_says_of_every_result_code_when_it_is_answered():
    page = (DOCS / "sut-protocol.md").read_text("utf-8")
    codes = load_profile().codes["result"]
    assert codes.doc.keys() == codes.keys()
    for code, label in codes.items():
        assert f"| `{code}` | {label} | {codes.doc[code]} |" in page


def test_seed_coverage_names_requirements_of_the_register():
    text = (DOCS / "seed-coverage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z]+-[0-9]{3}\b", text))
    assert named - {requirement.id for requirement in load_register()} == set()


def test_what_the_catalogue_knows():
    CATALOGUE.check("actions", "juki", "move", {"handle": "r1", "address": "x"})


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("moove", {}, "juki actions 'moove' is not in the catalogue. expected move"),
        (
            "move",
            {"address": "x", "to": "y"},
            "juki actions 'move': unknown ['to'], missing ['handle']",
        ),
    ],
)
def test_what_the_catalogue_refuses(name, args, told):
    catalogue = Catalogue(
        {
            "actions": {("juki", "move"): CATALOGUE.entries["actions"]["juki", "move"]},
            "observations": {},
            "provisions": {},
        }
    )
    with pytest.raises(LookupError) as caught:
        catalogue.check("actions", "juki", name, args)
    assert caught.value.args == (told,)


def of_all(arguments):
    """Yield lists of arguments, those inside of others too."""
    yield [argument.id for argument in arguments]
    for argument in arguments:
        yield from of_all(argument.items)


@pytest.mark.parametrize("kind", CATALOGUE.entries)
def test_no_entry_of_the_catalogue_names_an_argument_twice(kind):
    for entry in CATALOGUE.entries[kind].values():
        for ids in (*of_all(entry.args), *of_all(entry.data)):
            assert sorted(set(ids)) == sorted(ids), entry.id


def test_the_glossary_has_one_row_for_each_term():
    text = (DOCS / "glossary.md").read_text("utf-8")
    terms = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    terms = [term for term in terms if term != "Japanese"]
    assert len(terms) > 100
    assert sorted(set(terms)) == sorted(terms)
