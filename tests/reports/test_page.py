"""The HTML report in a real browser: what a reader sees, and what he can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import Origin, Place, RecordField, html
from reports.masking import mask_run
from tests.browser import browsing
from tests.reports import sample
from tests.reports.paged import case, drawn
from tests.reports.test_masking import spellings

FIRST, OTHER, ROW = "BIRTH-004.1", "PRIVACY-002.1", "FORMAT-003.1[short]"
SERIOUS = {"serious", "critical"}


def shown_cases(page):
    return page.locator(".case:visible").evaluate_all("all => all.map(each => each.id)")


def test_claim_and_its_basis_come_first(opened):
    page = opened()

    assert page.locator("h1").inner_text() == "プロファイル「open」2026版に不適合"
    basis = page.locator(".basis").inner_text()
    for fact in ("架空住民記録 3.2.1", "open 2026", "20260501", "kakuu-adapter 1.0", "特例転入"):
        assert fact in basis
    assert "秘密の項目は伏せてある" in page.locator(".notice").first.inner_text()


def test_language_is_switched_everywhere(opened):
    page = opened()
    case(page, FIRST).locator("summary").first.click()

    page.locator("[data-set-lang=en]").click()

    assert page.locator("h1").inner_text() == "Not conformant to profile open, edition 2026"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#search").get_attribute("placeholder").startswith("search")
    assert page.locator(".ja:visible").count() == 0
    page.locator("[data-set-lang=ja]").click()
    assert page.locator(".en:visible").count() == 0


def test_the_first_failure_is_one_click_away(opened):
    page = opened()

    page.locator(".first-failed").click()

    page.wait_for_function("id => document.getElementById(id).open", arg=FIRST)
    assert page.locator(".case.target").get_attribute("id") == FIRST


def test_theme_is_switched(opened):
    page = opened()
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)

    page.locator("#theme").click()
    dark = page.evaluate(colour)
    page.locator("#theme").click()

    assert light != dark
    assert page.evaluate(colour) == light


def test_verdict_filters(opened):
    page = opened()

    page.locator(".chip[data-verdict=FAIL]").click()
    assert shown_cases(page) == [FIRST, ROW, OTHER]
    assert page.locator("#number").inner_text() == "3"
    page.locator(".chip[data-verdict=WARN]").click()
    assert shown_cases(page) == [FIRST, ROW, OTHER, "STOCK-006.1"]
    page.locator(".chip.all").click()
    assert len(shown_cases(page)) == len(sample.full_run().header.selected)


def test_area_filters_cases_and_requirements(opened):
    page = opened()

    page.locator("#area").select_option("BIRTH")

    assert shown_cases(page) == [FIRST, "BIRTH-001.1"]
    areas = page.locator(".requirements tr[data-area]:visible").evaluate_all(
        "all => [...new Set(all.map(each => each.dataset.area))]"
    )
    assert areas == ["BIRTH"]


def test_search_finds_what_was_never_opened(opened):
    page = opened()

    page.locator("#search").fill("Ｐｒｉｖａｃｙ 付番結果")
    assert shown_cases(page) == [OTHER]
    page.locator("#search").fill("addressee_response")
    assert shown_cases(page) == [OTHER]
    page.locator("#search").fill("no such thing")
    assert shown_cases(page) == []
    assert page.locator(".empty").is_visible()
    page.locator("#search").press("Escape")
    assert len(shown_cases(page)) == len(sample.full_run().header.selected)


@pytest.mark.parametrize("case_id", [FIRST, ROW])
def test_a_link_opens_its_case(opened, case_id):
    page = opened(anchor="#" + case_id.replace("[", "%5B").replace("]", "%5D"))

    assert case(page, case_id).get_attribute("open") is not None
    assert case(page, case_id).locator(".sequence svg").count() == 1
    page.wait_for_function(
        "id => document.getElementById(id).getBoundingClientRect().top < 300", arg=case_id
    )


def test_a_link_opens_its_telegram(opened):
    page = opened(anchor=f"#{FIRST}.1")

    assert drawn(page, FIRST, 1).get_attribute("open") is not None
    assert drawn(page, FIRST, 1).locator(".fields tbody tr").count() == 13
    assert drawn(page, FIRST, 2).locator(".fields").count() == 0


def test_a_link_shows_what_a_filter_hides(opened):
    page = opened()
    page.locator(".chip[data-verdict=PASS]").click()

    page.evaluate(f"location.hash = '#{FIRST}'")

    page.wait_for_function("id => !document.getElementById(id).hidden", arg=FIRST)


def test_an_english_reader_needs_no_japanese_word_to_follow(opened):
    page = opened(lang="en", anchor=f"#{FIRST}.3")
    shown = case(page, FIRST)

    assert shown.locator("summary .en").first.inner_text() == sample.REQUIREMENTS[3].en
    assert shown.locator("summary .title").get_attribute("lang") == "ja"
    assert "number request" in shown.locator(".sequence").inner_text()
    assert "identity notice/individual number @ bytes 181–192" in shown.inner_text()
    fields = drawn(page, FIRST, 3).locator(".fields")
    assert fields.locator("tr.hit td").nth(1).inner_text() == "individual number"
    assert fields.locator("tr", has_text="reason").inner_text().endswith("12 birth")
    page.locator("#search").fill("addressee response")
    assert shown_cases(page) == [OTHER]


def test_failing_field_is_marked_in_table_and_bytes(opened):
    page = opened(anchor=f"#{FIRST}.3")
    shown = drawn(page, FIRST, 3)

    row = shown.locator(".fields tr.hit")

    assert row.locator("td").nth(0).inner_text() == "181–192"
    assert row.locator("td").nth(1).inner_text() == "個人番号"
    assert "受領した個人番号" in row.inner_text()
    assert "別の番号（先頭5桁が異なる）" in row.inner_text()
    assert shown.locator("pre.hex b.hit").all_text_contents() == [
        " ".join(["**"] * 3) + "  " + " ".join(["**"] * 8),
        "*" * 11,
        "**",
        "*",
    ]


def test_equal_masked_values_are_told_by_letters(opened):
    page = opened(anchor=f"#{FIRST}.3")
    drawn(page, FIRST, 4).locator("summary").click()

    sent, received = (
        drawn(page, FIRST, seq).locator(".fields tr", has_text="individual_number")
        for seq in (3, 4)
    )

    letter = sent.locator(".alike").inner_text()
    assert letter.strip() == "(=B)"
    assert received.locator(".alike").inner_text() == letter
    labels = case(page, FIRST).locator(".sequence .row .alike").all_text_contents()
    assert [letter.strip() in text for text in labels] == [False, True, True]
    assert "同じ記号の伏せた値どうしが等しい" in page.locator(".notice").first.inner_text()


def test_bytes_are_dumped_in_rows_of_sixteen(opened):
    page = opened(anchor=f"#{FIRST}.3")

    lines = drawn(page, FIRST, 3).locator("pre.hex").inner_text().splitlines()

    assert lines[0].split() == [f"{number:02}" for number in range(16)]
    assert lines[1] == "0000  30 30 30 31 39 35 44 42  30 33 30 31 30 31 39 39   000195DB03010199"
    assert lines[13] == "0192  ** 24 24" + " " * 43 + "*$$"


def test_an_http_body_is_shown_as_text(opened):
    page = opened(anchor=f"#{OTHER}.8")

    shown = drawn(page, OTHER, 8)

    assert (
        shown.locator("pre.head").inner_text().startswith("POST /v1/addressees/************ → 200")
    )
    assert '"message": "' in shown.locator("pre.body").inner_text()


def test_a_field_and_its_bytes_light_up_together(opened):
    page = opened(anchor=f"#{FIRST}.3")
    shown = drawn(page, FIRST, 3)
    row = shown.locator(".fields tr", has_text="reason")

    row.hover()
    assert shown.locator("pre b.on").all_text_contents() == ["31 32", "12"]
    shown.locator("pre.hex b", has_text="44 42").first.hover()
    assert "電文ID" in shown.locator("tr.on").inner_text()

    page.mouse.move(0, 0)
    row.focus()
    assert shown.locator("pre b.on").all_text_contents() == ["31 32", "12"]
    page.keyboard.press("ArrowDown")
    assert "event_date" in shown.locator("tr.on").inner_text()


def test_an_expected_value_is_one_click_away(opened):
    finding = replace(sample.FAIL_CASE.findings[1], expected_at=Origin(4, "individual_number"))
    page = opened(sample.run_of(replace(sample.FAIL_CASE, findings=(finding,))), anchor=f"#{FIRST}")
    shown = drawn(page, FIRST, 4)
    assert shown.get_attribute("open") is None

    case(page, FIRST).locator(".versus a.origin").click()

    row = shown.locator(".fields tr.target")
    row.wait_for()
    assert row.locator("td").first.inner_text() == "76–87"
    assert page.evaluate("document.activeElement.dataset.at") == "76"
    assert "#1 への応答" in shown.locator("summary").inner_text()


@pytest.mark.parametrize(("short", "whole"), [("NUM-012", "req-NUM-012"), ("NUM", "area-NUM")])
def test_a_requirement_and_an_area_are_linked_as_they_are_shown(opened, short, whole):
    page = opened(anchor=f"#{short}")

    assert page.locator("tr.target").get_attribute("id") == whole


def test_the_command_is_copied_where_that_is_allowed(opened):
    page = opened(anchor=f"#{FIRST}")
    button = case(page, FIRST).locator("button.copy")
    page.evaluate("""
        Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
            writeText: async (text) => { window.copied = text; }}})
    """)

    button.focus()
    page.keyboard.press("Enter")

    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied").startswith("denbun run ")
    assert button.inner_text() == "コピーした"
    page.locator("[data-set-lang=en]").click()
    assert button.inner_text() == "copied"


def test_a_refused_clipboard_is_no_fault(opened):
    page = opened(anchor=f"#{FIRST}")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")

    case(page, FIRST).locator("button.copy").click()

    assert case(page, FIRST).locator("button.copy").inner_text() == "コピー"


def test_rows_that_are_masked_are_folded_and_printed(opened):
    secret = RecordField("name", "氏名", 16, 80, secret=True, text="*" * 40)
    record = replace(sample.records()[2], raw=b"0" * 16 + b"x" * 80, fields=(secret,), values=None)
    failing = replace(sample.FAIL_CASE.findings[1], evidence=3, place=None)
    run = sample.run_of(replace(sample.FAIL_CASE, findings=(failing,), evidence=(3,)))
    page = opened(run, (record,), lang="ja", anchor=f"#{FIRST}.3")
    dump = drawn(page, FIRST, 3).locator("pre.hex")

    assert "… 伏せた 6行" in dump.inner_text()
    assert "0032" not in dump.inner_text()
    page.emulate_media(media="print")
    assert "0032" in dump.inner_text()
    assert "伏せた" not in dump.inner_text()


def test_masked_bytes_of_the_failing_field_are_not_folded(opened):
    secret = RecordField("name", "氏名", 0, 96, secret=True, text="*" * 48)
    record = replace(sample.records()[2], raw=b"x" * 96, fields=(secret,), values=None)
    place = Place("identity_notice", "name", 0, 96)
    failing = replace(sample.FAIL_CASE.findings[1], evidence=3, place=place)
    run = sample.run_of(replace(sample.FAIL_CASE, findings=(failing,), evidence=(3,)))
    page = opened(run, (record,), anchor=f"#{FIRST}.3")

    assert "0032" in drawn(page, FIRST, 3).locator("pre.hex").inner_text()


def test_navigation_stays_in_sight(opened):
    page = opened()

    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    page.locator(".jump a[href='#breaches']").click()
    page.wait_for_function("document.getElementById('breaches').getBoundingClientRect().top < 300")
    assert page.locator(".jump").bounding_box()["y"] >= 0
    top, bar = (page.locator(each).bounding_box() for each in (".top", ".bar"))
    assert bar["y"] >= top["y"] + top["height"] - 1


def test_the_keyboard_is_enough(opened):
    page = opened()
    ids = list(shown_cases(page))
    focus = "document.activeElement.parentElement.id"

    page.keyboard.press("j")
    assert page.evaluate(focus) == ids[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(focus) == ids[1]
    page.keyboard.press("Enter")
    case(page, ids[1]).locator(".sequence svg").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("l?")
    assert page.locator("#search").input_value() == "l?"
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    assert page.locator("html").get_attribute("lang") == "en"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("?")
    assert not page.locator("#help").is_visible()


def test_without_scripts_what_broke_can_be_read(chromium, tmp_path):
    path = tmp_path / "report.html"
    failed = sample.run_of(sample.FAIL_CASE)
    path.write_text(html.render(mask_run(failed, sample.records()), "ja"), "utf-8")
    with browsing(chromium, path.as_uri(), java_script_enabled=False) as browse:
        page = browse(path.as_uri())

        text = case(page, FIRST).inner_text()

        for said in (
            "受領した個人番号",
            "bytes 181–192",
            "住民基本台帳法施行令30条の5",
            "denbun run",
        ):
            assert said in text
        assert page.locator("noscript").inner_text()


def test_an_opened_page_shows_no_secret(opened):
    page = opened()
    page.evaluate("""
        for (const each of document.querySelectorAll('.case')) { each.open = true; }
    """)
    page.locator(".case .telegrams").last.wait_for()
    page.evaluate("""
        for (const each of document.querySelectorAll('.case')) telegrams.draw(each);
        for (const each of document.querySelectorAll('.telegram')) { each.open = true; }
    """)
    page.locator(".telegram pre").last.wait_for()
    page.wait_for_function(
        "document.querySelectorAll('.telegram').length"
        " === document.querySelectorAll('.telegram[data-drawn]').length"
    )

    text = page.content().replace("\n", " ") + page.locator("main").inner_text()

    assert page.locator(".telegram").count() > len(sample.records())
    for secret in sample.SECRETS:
        assert [form for form in spellings(secret) if form in text] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault(opened, lang, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(lang=lang, anchor=f"#{FIRST}.3")
    page.emulate_media(color_scheme=theme)
    page.locator(".chip[data-verdict=WARN]").click()
    page.locator(".chip.all").click()
    page.evaluate(f"telegrams.draw(document.getElementById('{OTHER}'))")
    case(page, OTHER).locator("summary").first.click()

    found = axe.run(page).response["violations"]

    assert [
        (each["id"], each["impact"], [node["html"][:120] for node in each["nodes"]][:4])
        for each in found
        if each["impact"] in SERIOUS
    ] == []


def test_findings_are_read_without_scrolling_sideways_on_a_telephone(opened):
    page = opened()
    page.set_viewport_size({"width": 400, "height": 800})

    widths = page.locator(".breaches tbody td").evaluate_all("all => all.map(c => c.clientWidth)")
    scrolled = page.locator(".scroll:has(.breaches)")

    assert min(widths) > 300
    assert scrolled.evaluate("box => box.scrollWidth - box.clientWidth") == 0
