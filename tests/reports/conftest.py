"""Golden files: compared as they are, written only with --update-golden."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from reports.masking import mask_run
from tests.browser import browsing, started
from tests.reports import sample

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the renderers of reports/ return into their golden files",
    )


@pytest.fixture
def golden(request):
    """Return a function that compares a text with the golden file of that name."""
    update = request.config.getoption("--update-golden", default=False)

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{name}: no golden file, run pytest with --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="module")
def chromium():
    """Start a browser; its event loop must have ended before a test of another module runs."""
    with started() as browser:
        yield browser


@pytest.fixture
def opened(chromium, tmp_path):
    """Return a function that renders a run and opens its report."""
    path = tmp_path / "report.html"
    size = {"width": 1300, "height": 900}
    with browsing(chromium, path.as_uri(), viewport=size, locale="fr-FR") as browse:

        def open_page(run=None, records=None, *, lang="ja", anchor=""):
            shown = mask_run(run or sample.full_run(), records or sample.records())
            path.write_text(html.render(shown, lang), "utf-8")
            return browse(path.as_uri() + anchor)

        yield open_page
