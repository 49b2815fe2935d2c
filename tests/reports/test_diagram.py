"""The sequence of telegrams as a browser draws it, and what goes on paper."""

from __future__ import annotations

import dataclasses
import re

from reports import Act, Finding, Judgement, Place
from reports.english import JAPANESE
from tests.reports import sample
from tests.reports.paged import case, drawn

FIRST, OTHER = "BIRTH-004.1", "PRIVACY-002.1"


def never_sent():
    """Return a case whose telegram never came, and whose request nobody answered."""
    params = {"telegram": "juminhyo_code_request", "label": "住民票コード取得要求"}
    finding = Finding(
        "BIRTH-001", "MUST", "law", "「住民票コード取得要求」が1件以上送信される", "送信されない",
        Place("juminhyo_code_request"), "住基法30条の3", rule="sent",
    )  # fmt: skip
    unanswered = dataclasses.replace(
        finding, expected="「トークン要求」を受け付ける", actual="応答がない", place=None,
        rule="answered",
    )  # fmt: skip
    return dataclasses.replace(
        sample.FAIL_CASE,
        findings=(finding, unanswered),
        judgements=(Judgement("BIRTH-001", "sent", params, (), held=False),),
    )


def test_diagram_shows_roles_telegrams_faults_and_the_breach(opened):
    page = opened(anchor=f"#{FIRST}")
    diagram = case(page, FIRST).locator(".sequence")

    assert diagram.locator(".life .code").all_text_contents() == ["juki", "cs"]
    assert diagram.locator(".life.own .code").text_content() == "juki"
    kinds = diagram.locator("a.row").evaluate_all("all => all.map(each => each.classList[1])")
    assert kinds == ["plain", "fault", "hit", "plain"]
    assert "結果を2秒遅らせる" in diagram.locator(".row.fault .label").text_content()
    hit = diagram.locator(".row.hit")
    assert hit.get_attribute("href") == f"#{FIRST}.3"
    drawn(page, FIRST, 3).locator("summary").click()
    hit.click()
    page.wait_for_function("id => document.getElementById(id).open", arg=f"{FIRST}.3")


def test_diagram_shows_what_never_came(opened):
    request = dataclasses.replace(
        sample.records()[6], seq=20, case_id=FIRST, sender="atena", receiver="juki"
    )
    page = opened(sample.run_of(never_sent()), (*sample.records()[:3], request), anchor=f"#{FIRST}")

    missing = page.locator(".row.missing")

    texts = [re.sub(r"\s", "", text) for text in missing.locator(".label").all_text_contents()]
    assert [text.startswith("応答なし") for text in texts] == [True, False]
    assert texts[1].startswith("住民票コード取得要求coderequest:送信されない")
    assert missing.locator(".cross").count() == 2


def test_diagram_shows_what_the_bench_did_besides(opened):
    acts = (Act("down", "cs", 0), Act("up", "cs", 0), Act("of_its_own", "cs", 3))
    acts = (*acts, Act("killed", "juki", 4))
    page = opened(
        sample.run_of(dataclasses.replace(sample.FAIL_CASE, acts=acts)), anchor=f"#{FIRST}"
    )

    rows = page.locator(".sequence .row")

    kinds = rows.evaluate_all("all => all.map(each => each.classList[1])")
    assert kinds == ["act", "act", "plain", "fault", "hit", "act", "plain", "act"]
    texts = [re.sub(r"\s", "", text) for text in page.locator(".row.act .ja").all_text_contents()]
    assert texts[::2] == ["計画した障害・操作"] * 4
    said = (
        "を停止させる",
        "を復旧させる",
        "求められていない電文を送る",
        "突然停止させ、再び起動する",
    )
    assert [text.endswith(end) for text, end in zip(texts[1::2], said, strict=True)] == [True] * 4


def test_what_is_spoken_of_it_follows_the_language(opened):
    act = dataclasses.replace(sample.FAIL_CASE, acts=(Act("down", "cs", 0),))
    page = opened(sample.run_of(act), anchor=f"#{FIRST}", lang="ja")
    spoken = page.locator(".sequence, .sequence .row.act, .sequence a.row")
    said = "all => all.slice(0, 3).map(each => each.getAttribute('aria-label'))"

    japanese = spoken.evaluate_all(said)
    page.keyboard.press("l")
    english = spoken.evaluate_all(said)

    assert japanese[0] == "電文の流れ"
    assert JAPANESE.search(japanese[1])
    assert JAPANESE.search(japanese[2])
    assert english[:2] == ["sequence of telegrams", "CS with prefecture and agency is taken down"]
    assert not JAPANESE.search(english[2])


def test_what_did_not_arrive_ends_in_a_cross(opened):
    page = opened(anchor=f"#{OTHER}")

    unsent = page.locator(f'.row[href="#{OTHER}.9"]')

    assert unsent.locator(".cross").count() == 1
    assert unsent.locator(".head").count() == 0


def test_paper_holds_what_failed_in_full(opened):
    page = opened()
    assert page.locator(".case[open]").count() == 1

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = page.locator(".case[open]").evaluate_all(
        "all => all.map(each => each.dataset.verdict)"
    )
    assert sorted(on_paper) == ["ERROR", "FAIL", "FAIL", "FAIL", "WARN"]
    assert drawn(page, FIRST, 3).locator("pre.hex").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".case[open]").count() == 1


def test_paper_leaves_out_what_is_only_looked_up(opened):
    page = opened()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    for shown in ("h1", ".matrix", ".tiles", f"[id='{FIRST}'] .sequence", ".unjudged summary"):
        assert page.locator(shown).first.is_visible()
    for hidden in ("#requirements", ".requirements", ".bar", ".unjudged li", ".breaches"):
        assert not page.locator(hidden).first.is_visible()
    assert drawn(page, FIRST, 3).is_visible()
    assert not drawn(page, FIRST, 1).is_visible()


def test_a_long_diagram_is_whole_and_its_labels_stand_out(opened):
    records = [dataclasses.replace(sample.records()[0], seq=seq) for seq in range(1, 41)]
    page = opened(sample.run_of(sample.FAIL_CASE), records, anchor=f"#{FIRST}")
    diagram = case(page, FIRST).locator(".sequence")

    shown, whole = diagram.evaluate("each => [each.clientHeight, each.scrollHeight]")

    assert diagram.locator("a.row").count() == len(records)
    assert shown == whole > 40 * 30
    label = diagram.locator(".row .label").first
    style = label.evaluate("each => [getComputedStyle(each).paintOrder, each.nextSibling.tagName]")
    assert style == ["stroke", "line"]


def test_a_text_that_scripts_have_a_meaning_for_is_only_a_text(opened):
    first, *others = sample.records()
    named = dataclasses.replace(
        first,
        telegram=None,
        label="constructor",
        sender="toString",
        link="valueOf",
        fields=tuple(
            dataclasses.replace(each, text=each.text if each.secret else "hasOwnProperty")
            for each in first.fields
        ),
    )
    page = opened(records=(named, *others), anchor=f"#{FIRST}.1", lang="en")

    assert drawn(page, FIRST, 1).locator("summary b").inner_text() == "constructor"
    way = drawn(page, FIRST, 1).locator("summary .way").inner_text()
    assert "toString → CS with prefecture and agency" in way
    assert "valueOf" in drawn(page, FIRST, 1).locator("summary").inner_text()
    values = drawn(page, FIRST, 1).locator(".fields tbody td:nth-child(4)").all_inner_texts()
    assert "hasOwnProperty" in {text.strip() for text in values}
    assert "native code" not in case(page, FIRST).inner_text()
