"""Every renderer x every verdict x both languages against files that people have read."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from reports import Verdict, badge, ctrf, cucumber, html, junit, markdown, text
from reports.masking import mask_run
from tests.reports import sample, workbook

GOLDEN = Path(__file__).parent / "golden"
LANGS = ("ja", "en")
TEXTS = ("txt", "xml", "md", "svg", "ctrf.json", "cucumber.json", "xlsx.txt")
RENDERERS = {
    "txt": text,
    "xml": junit,
    "md": markdown,
    "html": html,
    "svg": badge,
    "ctrf.json": ctrf,
    "cucumber.json": cucumber,
    "xlsx.txt": SimpleNamespace(render=workbook.told),
}
RUNS = {
    "all": sample.full_run,
    "conformant": sample.conformant_run,
    "known": sample.known_run,
    **{verdict.value: lambda verdict=verdict: sample.single(verdict) for verdict in Verdict},
}


def without_assets(document: str) -> str:
    """Return an HTML document without style and script: their looks are judged by eye."""
    return re.sub(r"(<(style|script)>\n).*?(</\2>)", r"\1\3", document, flags=re.DOTALL)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("form", TEXTS)
def test_rendering_equals_its_golden_file(golden, form, run, lang):
    rendered = RENDERERS[form].render(mask_run(RUNS[run](), sample.records()), lang)

    golden(f"{run}.{lang}.{form}", rendered)


@pytest.mark.parametrize("run", RUNS)
def test_html_equals_its_golden_file(golden, run):
    rendered = html.render(mask_run(RUNS[run](), sample.records()), "ja")

    golden(f"{run}.html", without_assets(rendered))


def test_there_is_no_golden_file_too_many():
    names = {f"{run}.{lang}.{form}" for run in RUNS for lang in LANGS for form in TEXTS}

    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == names | {
        f"{run}.html" for run in RUNS
    }


@pytest.mark.parametrize("form", RENDERERS)
def test_rendering_is_a_pure_function(form):
    render, shown = RENDERERS[form].render, mask_run(sample.full_run(), sample.records())

    assert render(shown, "ja") == render(shown, "ja")


@pytest.mark.parametrize("form", [form for form in RENDERERS if form != "svg"])
def test_rendering_needs_no_records(form):
    rendered = RENDERERS[form].render(mask_run(sample.full_run(), ()), "en")

    assert "BIRTH-004.1" in rendered


@pytest.mark.parametrize("form", RENDERERS)
def test_rendering_can_be_encoded_whatever_the_system_sent(form):
    nasty = sample.case_with_text("\ud800 \x00 \x1b[31m \ufffe <script>alert(1)</script> ]]>")

    rendered = RENDERERS[form].render(mask_run(sample.run_of(nasty), ()), "ja")

    rendered.encode()
    assert not set(rendered) & set("\ud800\x00\x1b\ufffe")
