"""How quickly does a large report open and filter? Milliseconds in headless Chromium, and targets.

Run as ``python -m benchmarks.page [CASES]``; without Chromium and Playwright it says so and ends.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import Case, Finding, Header, Judgement, Place, Record, RecordField, Run, Step, Verdict
from reports import conclude as concluded
from reports.html import render
from reports.masking import mask_run
from steps.register import load_register
from telegram_specs import load_profile
from telegram_specs.engine.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports import Requirement

TELEGRAMS = 8
FAILING = 20
"""Every so many cases one fails."""
TARGETS = {"first paint": 2000, "ready": 2000}
FILTER_MS = 200
"""Targets in milliseconds; that of a filter is that of all that a reader does."""
TELEGRAM, VECTOR = "identity_notice", "identity_notice/birth"
ROUNDS = 5

FIRST_PAINT = """
() => new Promise(done => new PerformanceObserver((list, observer) => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) { observer.disconnect(); done(paint.startTime); }
}).observe({type: "paint", buffered: true}))
"""
READY = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
FILTERED = """
text => new Promise(done => {
  const search = document.getElementById("search"), start = performance.now();
  search.value = text;
  search.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})
"""
"""From the key to the frame that shows what is left."""
OPENED = """
id => new Promise(done => {
  const start = performance.now();
  location.hash = `#${id}`;
  addEventListener("hashchange", () =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
})
"""


def records(cases: int) -> Iterator[Record]:
    """Yield telegrams of a birth, each with the fields and bytes of a hand-typed vector."""
    profile = load_profile()
    spec = profile.spec(TELEGRAM)
    vector = load_vectors(profile.files).good[VECTOR]
    fields = tuple(
        RecordField(
            field=path,
            label=spec.labels.get(path, path),
            offset=offset,
            length=length,
            secret=length > len("yyyymmdd"),
            text="*" * length if length > len("yyyymmdd") else str(vector.values.get(path, "")),
        )
        for path, (offset, length) in vector.spans.items()
    )
    record = Record(
        seq=1, t_ms=0, link="cs_link", sender="juki", receiver="cs", way="received",
        raw=vector.raw, telegram=TELEGRAM, label=spec.label, fields=fields,
    )  # fmt: skip
    for number in range(cases * TELEGRAMS):
        case_id = name(number // TELEGRAMS)
        yield replace(record, seq=number + 1, t_ms=number * 7, case_id=case_id)


def name(number: int) -> str:
    return f"BIRTH-{number // 9 + 1:03}.{number % 9 + 1}"


def case(number: int, requirement: Requirement, place: Place) -> Case:
    """Return a case with six sentences, which fails every so often."""
    first = number * TELEGRAMS + 1
    finding = Finding(
        requirement.id, "MUST", requirement.rank, "出生", "13 職権記載等", place,
        requirement.source, first, "変更の事由", rule="notice_item", step=4,
    )  # fmt: skip
    broken = number % FAILING == 0
    return Case(
        case_id=name(number),
        title=f"出生した子の住民票には、指定された住民票コードの一つが記載される（{number}）",
        area="BIRTH",
        feature="features/birth/birth.feature",
        requirement_ids=(requirement.id,),
        verdict=Verdict.FAIL if broken else Verdict.PASS,
        findings=(finding,) * broken,
        judgements=(Judgement(requirement.id, "notice_item", {}, (first,), held=not broken),),
        evidence=tuple(range(first, first + TELEGRAMS)),
        steps=(Step("ならば", "「本人確認情報」の「変更の事由」は「出生」である", "passed"),) * 6,
    )


def run_of(cases: int) -> Run:
    """Return a run of the register's requirements of one role."""
    requirements = tuple(
        each for each in load_register().requirements.values() if "juki" in each.roles
    )
    spans = dict(load_vectors(load_profile().files).good[VECTOR].spans)
    place = Place(TELEGRAM, "reason", *spans["reason"])
    made = tuple(
        case(number, requirements[number % len(requirements)], place) for number in range(cases)
    )
    header = Header(
        suite="0", created="2026-05-01T00:00:00+09:00", role="juki", driver="stdio", seed=1,
        profile={"id": "open", "edition": "0", "status": "synthetic"},
        sut={"name": "sut", "version": "0"}, complete_selection=True,
        selected=tuple(each.case_id for each in made), requirements=requirements,
    )  # fmt: skip
    footer = concluded(header, made, ended=header.created, transcript_tail_hash="0" * 64)
    return Run(header, made, footer)


def measured(path: Path, program: str, last: str) -> dict[str, float]:
    """Return the best of some rounds of each measure, in milliseconds: others use the host."""
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        rounds: list[dict[str, float]] = []
        for _ in range(ROUNDS):
            page: Any = browser.new_page(viewport={"width": 1300, "height": 900})
            page.goto(path.as_uri())
            paint = page.evaluate(FIRST_PAINT)
            first = page.evaluate(FILTERED, "本人確認情報")
            rounds.append(
                {
                    "first paint": paint,
                    "ready": page.evaluate(READY),
                    "first filter": first,
                    "filter to few": page.evaluate(FILTERED, last),
                    "filter to all": page.evaluate(FILTERED, ""),
                    "open a case": page.evaluate(OPENED, last),
                }
            )
            page.close()
        browser.close()
    return {key: min(each[key] for each in rounds) for key in rounds[0]}


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or importlib.util.find_spec("playwright") is None:
        print("report in a browser: not measured, Chromium or Playwright is missing")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(render(mask_run(run_of(cases), records(cases)), "ja"), "utf-8")
        size = path.stat().st_size
        found = measured(path, program, name(cases - 1))
    print(f"report of {cases} cases x {TELEGRAMS} telegrams: {size / 1e6:.1f} MB")
    for key, spent in found.items():
        limit = TARGETS.get(key, FILTER_MS)
        print(f"{key:14} {spent:8.0f} ms   (target {limit} ms, {spent / limit:.2f} of it)")


if __name__ == "__main__":
    main()
