from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from reports import Judgement, Origin, Verdict, badge, ctrf, html, junit, markdown, text
from reports.masking import mask_run
from reports.messages import RANKS
from reports.reasons import CLAUSES, DERIVED
from tests.reports import sample
from tests.reports.paged import packed

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Collects ids, links and nesting errors."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.ids, self.links, self.errors, self.open = [], [], [], []
        self.tags = Counter()
        self.cases = {}
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags[tag] += 1
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known[name] for name in ("href", "src") if name in known]
        if tag == "details" and "data-verdict" in known:
            self.cases[known["id"]] = (known["data-verdict"], "open" in known)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(tag)


@pytest.fixture(scope="module")
def document():
    return html.render(mask_run(sample.full_run(), sample.records()), "ja")


@pytest.fixture(scope="module")
def page(document):
    return Page(document)


def test_elements_are_nested(page):
    assert page.errors == []
    assert page.open == []


def test_ids_are_unique(page):
    assert [name for name, number in Counter(page.ids).items() if number > 1] == []


def test_every_link_stays_in_the_page(page, document):
    _, cases = packed(document)
    drawn = {f"{name}.{line['seq']}" for name, case in cases.items() for line in case["telegrams"]}
    known = {*page.ids, *drawn}

    external = [link for link in page.links if not link.startswith(("#", "data:,"))]
    dangling = [link for link in page.links if link[0] == "#" and unquote(link[1:]) not in known]

    assert external == []
    assert dangling == []


def test_finding_of_an_unknown_requirement_has_no_link():
    run = sample.run_of(sample.FAIL_CASE, requirements=())

    page = Page(html.render(mask_run(run, ()), "ja"))

    assert "#req-BIRTH-004" not in page.links


def test_no_request_leaves_the_page(document):
    without_name_of_svg = document.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"\bhttps?:|@import|url\(", without_name_of_svg)
    assert "default-src 'none'" in document


def test_every_case_has_its_id_as_anchor(page):
    assert set(page.cases) == set(sample.full_run().header.selected)


def test_failures_come_first(page):
    verdicts = [verdict for verdict, _ in page.cases.values()]

    assert verdicts[:4] == ["ERROR", "FAIL", "FAIL", "FAIL"]
    assert [verdict for verdict, is_open in page.cases.values() if is_open] == ["ERROR"]


def test_a_few_failures_are_all_open():
    failed = [case for case in sample.CASES if case.verdict is Verdict.FAIL]
    page = Page(html.render(mask_run(sample.run_of(*failed), sample.records()), "ja"))

    assert [is_open for _, is_open in page.cases.values()] == [True] * 3


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_both_languages_are_in_the_page(lang):
    document = html.render(mask_run(sample.full_run(), sample.records()), lang)

    assert f'<html lang="{lang}" data-lang="{lang}">' in document
    assert "プロファイル「open」2026版に不適合" in document
    assert "not conformant to profile open, edition 2026" in document
    assert sample.REQUIREMENTS[0].ja in document
    assert sample.REQUIREMENTS[0].en in document


def test_text_of_the_system_is_escaped():
    run = sample.run_of(sample.case_with_text("<img src=x onerror=alert(1)>"))

    document = html.render(mask_run(run, ()), "ja")

    assert "<img" not in document
    assert "&lt;img src=x onerror=alert(1)&gt;" in document


def test_case_can_be_run_again(document):
    assert (
        "denbun run --sut &#39;my sut.yaml&#39; --role juki --seed 20260501 "
        "--tags FORMAT-003.1 --fault juki.number_before_receipt</code>"
    ) in document


def test_where_it_broke_is_told_without_the_script(document):
    article = document.split('<details class="case v-FAIL" id="FORMAT-003.1[short]"')[1]
    article = article.split("</article>")[0]

    assert 'href="#FORMAT-003.1%5Bshort%5D.5"' in article
    assert "本人確認情報/電文長 @ bytes 0–5" in article
    assert "identity notice/length @ bytes 0–5" in article
    assert '<code class="bytes">30 30 30 31 39 35</code>' in article


def test_a_code_is_expected_by_its_number_and_its_meaning():
    finding = dataclasses.replace(
        sample.FAIL_CASE.findings[0], rule="notice_item", expected="出生", actual="13 職権記載等"
    )
    params = {"words": "出生", "expected": ["12"]}
    asked = Judgement("BIRTH-004", "notice_item", params, (3,), held=False)
    run = sample.run_of(
        dataclasses.replace(sample.FAIL_CASE, findings=(finding,), judgements=(asked,))
    )

    shown = mask_run(run, sample.records())
    assert ">12 出生</span>" in html.render(shown, "ja")
    for form in (text, markdown, junit, ctrf):
        assert "12 出生" in form.render(shown, "ja")


def test_the_sentence_that_failed_shows_what_it_found():
    finding = dataclasses.replace(sample.FAIL_CASE.findings[0], step=3)
    run = sample.run_of(dataclasses.replace(sample.FAIL_CASE, findings=(finding,)))

    document = html.render(mask_run(run, sample.records()), "en")

    (failed,) = re.findall(r'<li class="failed">.*?</li>', document, re.DOTALL)
    assert "「個人番号生成結果」の15 ms前に送信された" in failed


def test_one_thing_broken_in_two_cases_is_listed_once():
    again = dataclasses.replace(sample.FAIL_CASE, case_id="BIRTH-004.2")
    run = sample.run_of(sample.FAIL_CASE, again)

    document = html.render(mask_run(run, sample.records()), "en")

    table = document.split('<table class="breaches">')[1].split("</table>")[0]
    assert table.count("<tr class=") == len(sample.FAIL_CASE.findings)
    assert table.count('<a href="#BIRTH-004.2">') == len(sample.FAIL_CASE.findings)


def test_cases_that_keep_what_is_not_their_own_are_counted():
    standing = "FORMAT-003"
    cases = [
        dataclasses.replace(
            sample.CASES[3],
            case_id=f"BIRTH-001.{number}",
            requirement_ids=("BIRTH-001", standing),
            judgements=tuple(
                Judgement(each, "well_formed", {}, (1,), held=True)
                for each in ("BIRTH-001", standing)
            ),
        )
        for number in range(1, 31)
    ]

    document = html.render(mask_run(sample.run_of(*cases), ()), "en")

    row = document.split(f'<tr id="req-{standing}"')[1].split("</tr>")[0]
    assert "kept in 30 other cases" in row
    assert "<a href" not in row
    own = document.split('<tr id="req-BIRTH-001"')[1].split("</tr>")[0]
    assert own.count("<a href") == len(cases)


def test_what_is_not_tested_is_told_with_its_reason(document):
    section = document.split('<section class="untested">')[1].split("</section>")[0]

    for case in sample.CASES:
        if case.verdict in {Verdict.NOT_COVERED, Verdict.NOT_APPLICABLE, Verdict.INCONCLUSIVE}:
            assert case.reason in section
            assert f'<a href="#{case.case_id}">' in section
    for requirement in sample.REQUIREMENTS:
        if requirement.untested and "juki" in requirement.roles:
            assert requirement.untested in section


def why(document):
    """Return reason and ids of each group of requirements that were not judged."""
    section = document.split('<section class="untested">')[1].split("</section>")[0]
    groups = re.split(r'<details class="unjudged" data-why="', section)[1:]
    return {
        group.partition('"')[0]: re.findall(r'class="req"[^>]*>([A-Z]+-[0-9]+)<', group)
        for group in groups
    }


def test_each_requirement_that_was_not_judged_tells_why(document):
    assert why(document) == {
        "INCONCLUSIVE": ["STOCK-009"],
        "NOT_COVERED": ["NUM-012"],
        "NOT_APPLICABLE": ["ATENA-003"],
        "suite": ["PRIVACY-005"],
        "role": ["FUGO-001"],
    }


def test_a_requirement_without_a_case_is_not_selected_or_not_claimed():
    run = sample.run_of(sample.FAIL_CASE, ics=())

    groups = why(html.render(mask_run(run, ()), "ja"))

    assert groups["option"] == ["ATENA-003"]
    assert "NUM-012" in groups["selection"]
    assert "BIRTH-004" not in {each for ids in groups.values() for each in ids}


def test_what_was_not_judged_tells_its_sentence_clause_and_what_to_do(document):
    group = document.split('data-why="NOT_COVERED"')[1].split("</details>")[0]
    requirement = next(each for each in sample.REQUIREMENTS if each.id == "NUM-012")

    for told in (
        requirement.ja,
        requirement.en,
        requirement.source,
        "docs/sut-protocol.md",
        "アダプタは照会「警告の一覧」に対応していない",
        '<a href="#NUM-012.1">',
        '<span class="num">1</span>',
    ):
        assert told in group


def test_what_is_no_clause_is_marked_where_it_stands(document):
    mark = '<span class="derived rank-{}"'

    inferred = document.split('<tr id="req-NUM-012"')[1].split("</tr>")[0]
    law = document.split('<tr id="req-BIRTH-004"')[1].split("</tr>")[0]
    legend = document.split('id="ranks"')[1].split("</ul>")[0]
    warned = document.split('id="STOCK-006.1"')[1].split("</article>")[0]

    assert mark.format("inference") in inferred
    assert "推定" in inferred
    assert "derived" not in law
    assert mark.format("seed") in warned
    assert [rank for rank in DERIVED if mark.format(rank) in legend] == [
        "profile",
        "seed",
        "inference",
    ]


def test_every_rank_has_its_explanation(document):
    legend = document.split('id="ranks"')[1].split("</ul>")[0]

    assert [*CLAUSES, *DERIVED] == list(RANKS)
    for rank in {each.rank for each in sample.REQUIREMENTS if "juki" in each.roles}:
        assert ({**CLAUSES, **DERIVED})[rank][1] in legend


def number(document, heading):
    """Return the English words behind a heading."""
    found = re.search(rf'id="{heading}">.*?<span class="num soft">(.*?)</h2>', document, re.DOTALL)
    return re.findall(r'class="en" lang="en">([^<]*)<', found[1])


def test_the_head_tells_how_much_was_judged(document):
    own = [each for each in sample.REQUIREMENTS if "juki" in each.roles]
    others = len(sample.REQUIREMENTS) - len(own)
    rest = sum(map(len, why(document).values())) - others
    selected = len(sample.full_run().header.selected)
    judged = len(own) - rest

    head = document.split("<main>")[0]
    assert (
        f"{selected} cases selected; {judged} of {len(own)} requirements judged"
        f" ({rest} not judged)" in head
    )
    assert number(document, "requirements") == [f"{judged} of {len(own)} judged"]
    assert number(document, "untested") == [
        f"{rest} of {len(own)} of this role",
        f"{others} of other roles",
    ]


def test_a_run_of_one_case_tells_it_in_every_form():
    shown = mask_run(sample.run_of(sample.FAIL_CASE, complete_selection=False), ())
    own = [each for each in sample.REQUIREMENTS if "juki" in each.roles]

    told = f"2 of {len(own)} requirements judged"
    for form in (text, html, markdown):
        assert told in form.render(shown, "en")


def test_the_time_of_a_run_is_that_of_its_telegrams():
    run = sample.run_of(sample.FAIL_CASE, created="2026-05-01T01:15:00+00:00")

    assert "2026-05-01 10:15:00 JST" in html.render(mask_run(run, ()), "ja").split("<main>")[0]


@pytest.mark.parametrize(
    ("created", "day"),
    [("2026-05-01T14:59:59+00:00", "2026-05-01"), ("2026-05-01T15:00:00+00:00", "2026-05-02")],
)
def test_a_badge_has_the_day_in_japan(created, day):
    run = sample.run_of(sample.FAIL_CASE, created=created)

    assert f">{day}</text>" in badge.render(mask_run(run, ()), "ja")


def test_an_expected_value_leads_to_its_field():
    finding = dataclasses.replace(
        sample.FAIL_CASE.findings[1],
        expected_at=Origin(4, "individual_number"),
        actual_at=Origin(1, "no_such_field"),
    )
    run = sample.run_of(dataclasses.replace(sample.FAIL_CASE, findings=(finding,)))

    document = html.render(mask_run(run, sample.records()), "en")

    link = '<a class="origin" href="#BIRTH-004.1.4@76">'
    assert document.count(link) == document.count('class="origin"') == 2
    assert "= #4 bytes 76–87" in document.split(link)[1][:160]


def test_findings_of_several_cases_lead_to_the_field_of_each():
    finding = dataclasses.replace(
        sample.FAIL_CASE.findings[1], expected_at=Origin(4, "individual_number")
    )
    first = dataclasses.replace(sample.FAIL_CASE, findings=(finding,))
    again = dataclasses.replace(first, case_id="BIRTH-004.2")

    document = html.render(mask_run(sample.run_of(first, again), sample.records()), "en")

    (cell,) = re.findall(r'<td><span class="ref">.*?</td>', document.split("<main>")[1])[:1]
    assert 'href="#BIRTH-004.1.4@76"' in cell
    assert 'href="#BIRTH-004.2.4@76"' in cell


@pytest.mark.parametrize("cases", [1, 2])
def test_letters_stand_with_the_breaches_of_one_case_only(cases):
    finding = dataclasses.replace(
        sample.FAIL_CASE.findings[1], expected="番号 *** (=A)", actual="*** (=B)"
    )
    first = dataclasses.replace(sample.FAIL_CASE, findings=(finding,))
    again = dataclasses.replace(
        first,
        case_id="BIRTH-004.2",
        findings=(dataclasses.replace(finding, expected="番号 *** (=C)", actual="*** (=D)"),),
    )

    document = html.render(mask_run(sample.run_of(*(first, again)[:cases]), ()), "ja")

    (row,) = re.findall(r'<tr class="v-FAIL">.*?</tr>', document, re.DOTALL)[:1]
    assert "番号 ***" in row
    letters = re.findall(r"\(=[A-Z]\)", row)
    assert (set(letters) == {"(=A)", "(=B)"}) if cases == 1 else (letters == [])


def test_a_run_without_failure_leads_to_none():
    passed = html.render(mask_run(sample.conformant_run(), ()), "ja")
    failed = html.render(mask_run(sample.full_run(), ()), "ja")

    assert 'class="first-failed" href="#BIRTH-004.1"' in failed
    assert 'class="first-failed"' not in passed


def test_an_expected_failure_comes_behind_the_others():
    failed = html.render(mask_run(sample.known_run(), ()), "ja")

    assert 'class="first-failed" href="#FORMAT-003.1%5Bshort%5D"' in failed
