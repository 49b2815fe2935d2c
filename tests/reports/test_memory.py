"""The page opens in the reader's language and theme, and remembers what he chose."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from reports import html
from reports.masking import mask_run
from tests.browser import browsing
from tests.reports import sample

FIRST = sample.FAIL_CASE.case_id


@pytest.fixture
def read(chromium, tmp_path):
    """Return a function that reads a report printed in Japanese, and reads it again."""
    path = tmp_path / "report.html"
    path.write_text(html.render(mask_run(sample.full_run(), sample.records()), "ja"), "utf-8")

    @contextmanager
    def reading(locale):
        with browsing(chromium, path.as_uri(), locale=locale) as browse:
            yield lambda link="": browse(path.as_uri() + link)

    return reading


def lang_of(page):
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize(
    ("locale", "lang"), [("ja-JP", "ja"), ("en-GB", "en"), ("fr-FR", "ja")], ids=str
)
def test_the_reader_s_own_language_comes_first(read, locale, lang):
    with read(locale) as page:
        assert lang_of(page()) == lang


@pytest.mark.parametrize("link", ["?lang=en", "#lang=en", f"?lang=en#{FIRST}"])
def test_a_link_chooses_the_language_and_is_not_remembered(read, link):
    with read("ja-JP") as page:
        assert lang_of(page(link)) == "en"
        assert lang_of(page()) == "ja"
        assert lang_of(page("?lang=xx")) == "ja"


def test_the_language_after_the_hash_overrules_that_of_the_query(read):
    with read("ja-JP") as page:
        assert lang_of(page("?lang=ja#lang=en")) == "en"


def test_a_later_link_leaves_the_language_that_the_reader_chose(read):
    with read("ja-JP") as page:
        opened = page("?lang=en")
        opened.locator("[data-set-lang=ja]").click()

        opened.evaluate(f"location.hash = '#{FIRST}'")
        opened.locator(f".target[id='{FIRST}']").wait_for()
        assert lang_of(opened) == "ja"

        opened.evaluate("location.hash = '#lang=en'")
        opened.wait_for_function("document.documentElement.lang === 'en'")


def test_language_and_theme_are_remembered(read):
    with read("ja-JP") as page:
        first = page()
        first.locator("[data-set-lang=en]").click()
        first.locator("#theme").click()

        again = page()

        assert lang_of(again) == "en"
        assert again.locator("html").get_attribute("data-theme") == "dark"
        assert lang_of(page("?lang=ja")) == "ja"


def test_a_page_that_may_not_remember_works(read):
    refused = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    with read("ja-JP") as page:
        first = page()
        first.context.add_init_script(refused)

        other = page()
        other.locator("[data-set-lang=en]").click()
        other.locator("#theme").click()

        assert lang_of(other) == "en"
