"""A real browser for tests of pages; whatever a page says on its console fails its test."""

from __future__ import annotations

import importlib.util
import os
import shutil
from contextlib import contextmanager
from importlib import import_module

import pytest


def lacking(what):
    """Skip for want of something, but never where everything was set up."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; .ci/run sets it up")
    pytest.skip(what)


@contextmanager
def started():
    """Start the browser; it is skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        lacking("no chromium on the path")
    if importlib.util.find_spec("playwright") is None:
        lacking("playwright is not installed")
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def browsing(browser, home, **options):
    """Give a function that opens a page; no request may go elsewhere than `home`."""
    said, foreseen = [], []
    context = browser.new_context(**options)

    def opened(url):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: outside(request.url))
        page.goto(url)
        return page

    def outside(url):
        if not url.startswith((home, "data:")):
            said.append(f"request to {url}")

    opened.foreseen = foreseen
    yield opened
    context.close()
    assert [text for text in said if not any(part in text for part in foreseen)] == []
