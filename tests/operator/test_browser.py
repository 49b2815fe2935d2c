"""An operator at the page, in a real browser, for a system that does what the reference does."""

from __future__ import annotations

import json

import pytest

from reports import read_run
from steps.drivers.operator.session import SESSION
from steps.verification import verify
from tests.operator.bridge import Bridge

BIRTH, SECOND, CHANGED = "BIRTH-001.1", "BIRTH-003.1", "NUM-007.1"
WRONG_DIGIT, ANOTHER = "123456789012", "123456789018"


@pytest.fixture
def work(browse, reference):
    """Return a function that opens a page and puts an operator in front of it."""

    def begin(url, **options):
        return Bridge(browse(url), reference(), **options)

    return begin


def lines(folder, kind):
    text = (folder / SESSION).read_text("utf-8")
    return [line for line in map(json.loads, text.splitlines()) if line["kind"] == kind]


@pytest.mark.slow
def test_a_birth_passes(harness, work, sut, tmp_path):
    run = harness("--sut", sut, "--out", tmp_path / "out", "--tags", BIRTH)
    operator = work(run.url())
    operator.work(until=("trigger", "birth"))
    operator.page.locator("#comment").fill("窓口の画面で登録した")
    operator.work()
    code, _ = run.end()
    assert code == 0
    assert "窓口の画面で登録した" in (tmp_path / "out" / "report.html").read_text("utf-8")
    (case,) = read_run(tmp_path / "out" / "results.jsonl").cases
    assert (case.case_id, str(case.verdict)) == (BIRTH, "PASS")
    assert ("trigger", "birth") in operator.asked
    assert case.comments == ("操作 birth: 窓口の画面で登録した",)
    assert (tmp_path / "out" / SESSION).stat().st_mode & 0o077 == 0


def test_a_wrong_observation_fails_at_its_field(harness, work, sut, tmp_path):
    run = harness("--sut", sut, "--out", tmp_path / "out", "--tags", CHANGED)
    operator = work(run.url())
    while (asked := operator.request()) and lied(operator, asked) is None:
        operator.asked.append(asked[:2])
        operator.answer(*asked)
    operator.work()
    code, said = run.end()
    assert code == 1, said
    (case,) = read_run(tmp_path / "out" / "results.jsonl").cases
    (finding,) = case.findings
    assert "受領した個人番号" in finding.expected
    assert ANOTHER not in (tmp_path / "out" / "results.jsonl").read_text("utf-8")


def lied(operator, asked):
    """Type a wrong number at the observation behind the change; None in front of it."""
    done = ("trigger", "change_number") in operator.asked
    if asked[:2] != ("observe", "resident") or not done:
        return None
    page, entry = operator.page, operator.page.locator('[id="data.individual_number"]')
    told = operator.reference.ask("observe", what="resident", args=operator.arguments(asked[2]))[
        "data"
    ]
    operator.fill({f"data.{name}": value for name, value in told.items()})
    entry.fill(WRONG_DIGIT)
    operator.press()
    assert entry.get_attribute("aria-invalid") == "true"
    assert entry.evaluate("e => e === document.activeElement")
    assert "検査用数字" in page.locator('[id="problem-data.individual_number"]').inner_text()
    entry.fill(ANOTHER)
    operator.press()
    return True


def test_a_killed_run_goes_on_where_it_stopped(harness, work, browse, sut, tmp_path):
    # the kill breaks off what the page waits for, then nobody listens
    browse.foreseen += ["ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_REFUSED"]
    out = tmp_path / "out"
    tags = f"{BIRTH} or {SECOND}"
    first = harness("--sut", sut, "--out", out, "--tags", tags, "--seed", "7")
    operator = work(first.url())
    operator.work(until=("trigger", "birth"))
    operator.answer(*operator.request())
    operator.work(until=("trigger", "birth"))
    first.kill()
    operator.page.locator("body[data-state=finished]").wait_for(state="attached")
    assert "--resume" in operator.page.locator("#status").inner_text()
    ended = [line["id"] for line in lines(out, "end")]
    assert ended == [BIRTH]

    second = harness("--resume", out)
    operator = work(second.url())
    operator.work()
    code, said = second.end()
    assert code == 0, said
    asked_after = [name for name in operator.asked if name == ("provision", "household")]
    assert len(asked_after) == 1
    run = read_run(out / "results.jsonl")
    assert {c.case_id: str(c.verdict) for c in run.cases} == {BIRTH: "PASS", SECOND: "PASS"}
    assert (run.header.seed, run.footer.resumed) == (7, 1)
    assert verify(out).refusals == []
    people = [
        a["args"]["head"]["individual_number"] for a in lines(out, "ask") if "head" in a["args"]
    ]
    assert len(people) == len(set(people)) == 3


@pytest.mark.slow
def test_the_page_needs_no_mouse(harness, work, sut, tmp_path):
    run = harness("--sut", sut, "--out", tmp_path / "out", "--tags", f"{BIRTH} or {SECOND}")
    operator = work(run.url())
    page = operator.page
    operator.work(until=("provision", "household"))
    unlabelled = page.locator("input:not([type=hidden]), select, textarea").evaluate_all(
        "all => all.filter(e => !e.labels.length).map(e => e.name)"
    )
    assert unlabelled == []
    assert page.locator("[name=outcome][value=ok]").evaluate("e => e === document.activeElement")

    press_until(page, "pause")
    page.locator("body[data-state=paused]").wait_for(state="attached")
    page.keyboard.press("Enter")
    page.locator("body[data-state=asking]").wait_for(state="attached")
    before = page.locator("#left").get_attribute("data-left")
    press_until(page, "more_time")
    page.locator(f"#left:not([data-left='{before}'])").wait_for(state="attached")
    assert int(page.locator("#left").get_attribute("data-left")) > int(before)

    skip(page)
    operator.work()
    code, said = run.end()
    assert code == 2, said
    cases = {case.case_id: case for case in read_run(tmp_path / "out" / "results.jsonl").cases}
    assert {name: str(case.verdict) for name, case in cases.items()} == {
        BIRTH: "NOT_COVERED",
        SECOND: "PASS",
    }
    assert "窓口がない" in cases[BIRTH].reason


def press_until(page, value):
    """Go on with Tab until a button has the focus, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes to {value}")


def skip(page):
    """Choose the last outcome by its arrow keys and give the reason, all from the keyboard."""
    page.locator("[name=outcome][value=ok]").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.value") == "skip"
    page.keyboard.press("Enter")
    page.locator("#reason[aria-invalid]").wait_for(state="visible")
    assert page.locator("#reason").evaluate("e => e === document.activeElement")
    page.keyboard.type("窓口がない")
    page.keyboard.press("Enter")
    page.locator("body:not([data-task='2'])").wait_for(state="attached")
