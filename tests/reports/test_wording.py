from __future__ import annotations

import dataclasses

import pytest

from reports import (
    Judgement,
    Origin,
    Place,
    bilingual,
    caseview,
    ctrf,
    cucumber,
    html,
    junit,
    markdown,
    messages,
    text,
)
from reports.english import JAPANESE
from reports.masking import mask_record, mask_run
from reports.planned import ACTS
from reports.reasons import DERIVED, UNJUDGED
from reports.summary import NOT_DECIDED, areas, requirements, undecided
from reports.verdict import Verdict
from reports.wording import Labels, command, pad, span, width
from tests.reports import sample, workbook
from tests.reports.test_diagram import never_sent


@pytest.mark.parametrize(
    ("offset", "length", "expected"),
    [
        (42, 3, " @ bytes 42–44"),
        (42, 1, " @ byte 42"),
        (42, 0, " @ byte 42"),
        (0, None, " @ byte 0"),
        (None, None, ""),
    ],
)
def test_span_counts_from_zero_and_includes_the_last_byte(offset, length, expected):
    assert span(offset, length) == expected


@pytest.mark.parametrize(
    ("place", "label", "expected"),
    [
        (Place("receipt", "error_item", 65, 30), None, "受付/誤りのある項目 @ bytes 65–94"),
        (Place("receipt", "error_item", 65, 30), "項目", "受付/項目 @ bytes 65–94"),
        (Place("receipt", "no_such_field"), None, "受付/no_such_field"),
        (Place("receipt"), None, "受付"),
        (Place("no_such_telegram", "x", 0, 1), None, "no_such_telegram/x @ byte 0"),
        (None, None, None),
    ],
)
def test_place_has_japanese_names_where_a_record_knows_them(place, label, expected):
    labels = Labels([mask_record(record) for record in sample.records()])
    finding = dataclasses.replace(sample.FAIL_CASE.findings[0], place=place, field_label=label)

    assert labels.place(finding) == expected


@pytest.mark.parametrize(
    ("value", "columns"), [("abc", 3), ("個人番号", 8), ("ｱ", 1), ("か\u3099", 2), ("", 0)]
)
def test_width_is_that_of_a_terminal(value, columns):
    assert width(value) == columns


def test_pad_counts_columns():
    assert pad("計", 4) == "計  "
    assert pad("計", 4, right=True) == "  計"
    assert pad("個人番号", 4) == "個人番号"


def test_command_of_a_row_runs_the_outline():
    header = dataclasses.replace(sample.HEADER, sut={"name": "x"}, fault=None)

    assert command(header, "FORMAT-003.1[short]") == (
        "denbun run --role juki --seed 20260501 --tags FORMAT-003.1"
    )


def test_columns_of_the_terminal_table_align():
    table = text.render(mask_run(sample.full_run(), ()), "ja").split("INC =")[0].splitlines()

    assert len({width(line) for line in table}) == 1
    assert width(table[0]) <= 80


def test_areas_come_in_the_order_of_the_register():
    assert [row.area for row in areas(sample.full_run())] == [
        "STOCK", "BIRTH", "NUM", "ATENA", "FORMAT", "PRIVACY", "COMMON",
    ]  # fmt: skip


def test_unknown_area_shows_its_id():
    run = sample.run_of(dataclasses.replace(sample.FAIL_CASE, area="OTHER"))

    assert text.render(mask_run(run, ()), "ja").splitlines()[1].startswith("OTHER    ")


def test_case_that_broke_one_requirement_keeps_the_other():
    rows = {row.requirement.id: row for row in requirements(sample.full_run())}

    assert rows["BIRTH-004"].cases == (("BIRTH-004.1", Verdict.FAIL),)
    assert rows["BIRTH-001"].cases == (
        ("BIRTH-004.1", Verdict.PASS),
        ("BIRTH-001.1", Verdict.PASS),
    )
    assert rows["BIRTH-001"].verdict is Verdict.PASS


def test_case_without_a_judgement_says_nothing():
    case = dataclasses.replace(sample.CASES[3], judgements=())

    rows = {row.requirement.id: row for row in requirements(sample.run_of(case))}

    assert rows["BIRTH-001"].verdict is Verdict.INCONCLUSIVE
    assert rows["BIRTH-004"].verdict is None


def test_requirements_of_other_roles_are_not_listed():
    listed = {row.requirement.id for row in requirements(sample.full_run())}

    assert "FUGO-001" not in listed


def test_undecided_cases_with_one_reason_are_grouped():
    lost = sample.CASES[1]
    second = dataclasses.replace(lost, case_id="STOCK-009.2")

    groups = undecided(sample.run_of(lost, second))

    assert [group.case_ids for group in groups] == [("STOCK-009.1", "STOCK-009.2")]


def test_a_telegram_that_never_came_is_named_by_its_judgement():
    params = {"telegram": "juminhyo_code_request", "label": "住民票コード取得要求"}
    judged = Judgement("STOCK-004", "sent", params, (), held=False)
    case = dataclasses.replace(sample.FAIL_CASE, judgements=(judged,))
    finding = dataclasses.replace(case.findings[0], place=Place("juminhyo_code_request"))

    labels = Labels.of(mask_run(sample.run_of(case), ()))

    assert labels.place(dataclasses.replace(finding, field_label=None)) == "住民票コード取得要求"


@pytest.mark.parametrize(
    "render",
    [text.render, markdown.render, junit.render, ctrf.render, cucumber.render, workbook.told],
    ids=["text", "markdown", "junit", "ctrf", "cucumber", "xlsx"],
)
def test_a_telegram_that_never_came_has_one_name_in_every_form(render):
    shown = mask_run(sample.run_of(never_sent()), ())

    assert "住民票コード取得要求" in render(shown, "ja")
    assert "juminhyo_code_request" not in render(shown, "ja")
    assert "住民票コード取得要求" not in render(shown, "en")


def test_what_the_engine_says_is_told_in_the_language_of_the_report():
    finding = dataclasses.replace(
        sample.FAIL_CASE.findings[0], expected="at most 20 characters", actual="nothing"
    )
    run = sample.run_of(dataclasses.replace(sample.FAIL_CASE, findings=(finding,)))
    for render in (text.render, junit.render, markdown.render):
        ja, en = (render(mask_run(run, ()), lang) for lang in bilingual.LANGS)
        assert "20文字以内" in ja
        assert "characters" not in ja
        assert "at most 20 characters" in en
        assert "20文字以内" not in en
    both = html.render(mask_run(run, ()), "ja")
    assert '<span class="ja" lang="ja">20文字以内</span>' in both
    assert '<span class="en" lang="en">at most 20 characters</span>' in both


class Recorder(dict):
    """A table that knows which of its texts were asked for."""

    def __init__(self, table):
        super().__init__(table)
        self.asked = set()

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_message_is_used(monkeypatch):
    recorder = Recorder(messages.MESSAGES)
    monkeypatch.setattr(messages, "MESSAGES", recorder)
    for module in (html, caseview):
        monkeypatch.setattr(module, "MESSAGES", recorder)
    html._environment.cache_clear()
    caused = dataclasses.replace(
        sample.FAIL_CASE.findings[0],
        rule="sent",
        evidence=None,
        expected_at=Origin(1, "juminhyo_code"),
    )
    many = dataclasses.replace(
        sample.FAIL_CASE,
        findings=(*sample.FAIL_CASE.findings, caused) * 100,
        evidence=tuple(range(1, 140)),
        comments=("見た",),
    )
    records = [dataclasses.replace(sample.records()[0], seq=seq) for seq in range(1, 140)]
    for render in (text.render, junit.render, markdown.render, html.render):
        render(mask_run(sample.full_run(), sample.records()), "ja")
        render(mask_run(sample.run_beside(), ()), "ja")
        render(mask_run(sample.known_run(), ()), "ja")
        render(mask_run(sample.conformant_run(), ()), "ja")
        render(mask_run(sample.run_of(many), records), "ja")
    marked = dataclasses.replace(sample.full_run().header, marks=("unmasked",))
    html.render(mask_run(dataclasses.replace(sample.full_run(), header=marked), ()), "ja")
    html._environment.cache_clear()

    assert set(messages.MESSAGES) - recorder.asked == set()


@pytest.mark.parametrize(
    "table",
    [
        *("AREAS", "DRIFTS", "EXPECTATIONS", "GAPS", "MESSAGES", "OUTCOMES", "RANKS"),
        *("REQUIREMENT_GAPS", "ROLES"),
    ],
)
def test_every_text_is_in_both_languages(table):
    for ja, en in getattr(messages, table).values():
        assert ja
        assert en.isascii()


def test_every_verdict_has_a_name():
    assert list(messages.VERDICTS) == list(Verdict)


@pytest.mark.parametrize(("lang", "word"), [("ja", "相手方"), ("en", "counterpart")])
def test_the_counterpart_is_named_in_one_line(lang, word):
    line = "Other CS 3 (cs, other-adapter 1 stdio)"
    assert f"{word}: {line}" in text.render(mask_run(sample.run_beside(), ()), lang).splitlines()
    assert line in html.render(mask_run(sample.run_beside(), ()), lang)
    assert word not in text.render(mask_run(sample.conformant_run(), ()), lang)


@pytest.mark.parametrize("pair", [*DERIVED.values(), *ACTS.values(), *sum(UNJUDGED.values(), ())])
def test_every_reason_and_act_is_in_both_languages(pair):
    ja, en = pair

    assert JAPANESE.search(ja)
    assert en.isascii()


def test_every_verdict_without_a_decision_tells_what_to_do():
    without_case = {"option", "selection", "suite", "role"}

    assert set(UNJUDGED) == {*NOT_DECIDED, *without_case}
