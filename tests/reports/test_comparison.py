from __future__ import annotations

from dataclasses import replace

import pytest

from reports import Verdict
from reports.comparison import FORMS, IncomparableError, Kind, compare_runs, render
from reports.masking import mask_run
from tests.reports import sample

NAMES = ("last-good", "conformance-report")
LANGS = ("ja", "en")

# What becomes of a case whose verdict changes: rows before, columns after, in the order of Verdict.
# R regression, M mended, C another change, . none.
TABLE = """
                PASS  FAIL  WARN  INC  N/A  N/C  N/R  ERR
PASS            .     R     R     R    C    R    R    R
FAIL            M     .     M     C    C    C    C    C
WARN            M     R     .     R    C    R    R    R
INCONCLUSIVE    M     R     M     .    C    C    C    C
NOT_APPLICABLE  C     C     C     C    .    C    C    C
NOT_COVERED     M     R     M     C    C    .    C    C
NOT_RUN         M     R     M     C    C    C    .    C
ERROR           M     R     M     C    C    C    C    .
"""
LETTERS = {"R": [Kind.REGRESSION], "M": [Kind.MENDED], "C": [Kind.CHANGED], ".": []}
EXPECTED = {
    (Verdict(first), after): LETTERS[letter]
    for first, *letters in map(str.split, TABLE.strip().splitlines()[1:])
    for after, letter in zip(Verdict, letters, strict=True)
}


def run_with(*cases, **members):
    return sample.run_of(*cases, **{"complete_selection": True, "fault": None, **members})


def kinds(before, after) -> list[Kind]:
    return [difference.kind for difference in compare_runs(before, after).differences]


def judged(verdict):
    """Return one case with this verdict, and the finding that goes with it."""
    donor = next((case for case in sample.CASES if case.verdict is verdict), sample.CASES[3])
    return replace(sample.FAIL_CASE, verdict=verdict, findings=donor.findings)


@pytest.mark.parametrize(("before", "after"), EXPECTED)
def test_a_change_of_verdict_is_of_one_kind(before, after):
    found = kinds(run_with(judged(before)), run_with(judged(after)))

    assert found == EXPECTED[before, after]


def test_a_run_is_no_different_from_itself():
    comparison = compare_runs(sample.full_run(), sample.full_run())

    assert (comparison.differences, comparison.changes) == ((), ())
    assert comparison.unchanged == len(sample.full_run().accounted())
    assert not comparison.has_regressed


def finding(requirement_id):
    return replace(sample.FAIL_CASE.findings[0], requirement_id=requirement_id)


@pytest.mark.parametrize(
    ("before", "after", "kind", "broken"),
    [
        (["BIRTH-004"], ["BIRTH-001"], Kind.REGRESSION, ("BIRTH-001",)),
        (["BIRTH-004"], ["BIRTH-004", "BIRTH-001"], Kind.REGRESSION, ("BIRTH-001",)),
        (["BIRTH-004", "BIRTH-001"], ["BIRTH-004"], Kind.CHANGED, ()),
    ],
)
def test_another_breach_behind_a_known_failure_is_seen(before, after, kind, broken):
    first, second = (
        run_with(replace(sample.FAIL_CASE, findings=tuple(map(finding, ids))))
        for ids in (before, after)
    )
    [difference] = compare_runs(first, second).differences

    assert (difference.kind, difference.broken) == (kind, broken)


def test_the_same_breach_with_other_values_is_no_difference():
    other = replace(
        sample.FAIL_CASE.findings[0], actual="「個人番号生成結果」の99 ms前に送信された"
    )
    second = replace(sample.FAIL_CASE, findings=(other,))

    assert kinds(run_with(sample.FAIL_CASE), run_with(second)) == []


KEPT = judged(Verdict.PASS)


@pytest.mark.parametrize(
    ("case", "members", "kind"),
    [
        (KEPT, {}, Kind.REGRESSION),
        (judged(Verdict.WARN), {}, Kind.REGRESSION),
        (judged(Verdict.FAIL), {}, Kind.GONE),
        (judged(Verdict.INCONCLUSIVE), {}, Kind.GONE),
        (KEPT, {"complete_selection": False}, Kind.GONE),
        (KEPT, {"suite": "denbun 0.2.0"}, Kind.GONE),
        (KEPT, {"profile": {**sample.HEADER.profile, "digest": "1f" * 32}}, Kind.GONE),
    ],
)
def test_what_passed_and_should_still_be_there_is_missed(case, members, kind):
    assert kinds(run_with(case), run_with(**members)) == [kind]


def test_a_case_that_is_new_is_no_regression_even_where_it_fails():
    comparison = compare_runs(run_with(), run_with(sample.FAIL_CASE))

    assert [difference.kind for difference in comparison.differences] == [Kind.NEW]
    assert not comparison.has_regressed


def test_runs_of_two_roles_are_refused():
    with pytest.raises(IncomparableError) as refused:
        compare_runs(run_with(), run_with(role="cs"))

    assert str(refused.value) == "role differs. expected juki as before, got cs"


CONDITIONS = {
    "suite": ({"suite": "denbun 0.2.0"}, ("", "denbun 0.1.0", "denbun 0.2.0")),
    "profile": ({"profile": {**sample.HEADER.profile, "id": "own"}}, ("", "open", "own")),
    "edition": ({"profile": {**sample.HEADER.profile, "edition": "2027"}}, ("", "2026", "2027")),
    "digest": (
        {"profile": {**sample.HEADER.profile, "digest": "1f" * 32}},
        ("", "0f" * 6, "1f" * 6),
    ),
    "sut": (
        {"sut": {"name": "架空住民記録", "version": "3.3"}},
        ("", "架空住民記録 3.2.1", "架空住民記録 3.3"),
    ),
    "adapter": ({"driver": "http"}, ("", "kakuu-adapter 1.0 (stdio)", "kakuu-adapter 1.0 (http)")),
    "ics": ({"ics": ("特例転入",)}, ("", "指定都市, 特例転入", "特例転入")),
    "fault": ({"fault": "x"}, ("", "", "x")),
    "seed": ({"seed": 7}, ("", "20260501", "7")),
    "selection": (
        {"complete_selection": False},
        ("", "complete selection", "partial selection"),
    ),
    "expectations": ({"expectations": sample.KNOWN}, ("", "", "known.yaml 5a5a5a5a5a5a")),
    "marks": ({"marks": ()}, ("", "plain_http:atena_link", "")),
    "pixit": ({"pixit": {**sample.HEADER.pixit, "settle_ms": 200}}, ("settle_ms", "100", "200")),
    "environment": (
        {"environment": {"python": "3.12.1", "platform": "Linux-6.1"}},
        ("python", "3.11.7", "3.12.1"),
    ),
    "counterpart": (
        {"counterpart": {"role": "cs", "driver": "stdio"}},
        ("role", "", "cs"),
    ),
}


@pytest.mark.parametrize("key", CONDITIONS)
def test_each_condition_is_told_apart(key):
    members, expected = CONDITIONS[key]
    changes = compare_runs(run_with(), run_with(**members)).changes

    told = [(change.detail, change.before, change.after) for change in changes if change.key == key]
    assert {change.key for change in changes} == {key}
    assert told[0] == expected


def rich():
    """Return a comparison with a difference of every kind and some changed conditions."""
    before = run_with(
        judged(Verdict.PASS),
        *(case for case in sample.CASES if case.case_id != "BIRTH-004.1"),
    )
    broken = next(case for case in sample.CASES if case.case_id == "FORMAT-003.1[short]")
    others = {
        "STOCK-006.1": replace(sample.CASES[0], verdict=Verdict.PASS, findings=()),
        "NUM-012.1": replace(
            sample.CASES[4], verdict=Verdict.INCONCLUSIVE, reason="試験対象が応答しない"
        ),
        broken.case_id: replace(broken, findings=(*broken.findings, finding("BIRTH-001"))),
    }
    kept = [case for case in sample.CASES if case.case_id not in {"ATENA-003.1", "COMMON-001.1"}]
    after = run_with(
        *(others.get(case.case_id, case) for case in kept),
        replace(KEPT, case_id="BIRTH-009.1", title="新しい項目 | <b>"),
        suite="denbun 0.2.0",
        seed=7,
        sut={"name": "架空住民記録", "version": "3.3"},
    )
    return compare_runs(*(mask_run(run, sample.records()).run for run in (before, after)))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMS)
def test_comparison_equals_its_golden_file(golden, form, lang):
    golden(f"comparison/{form}.{lang}", render(form, rich(), NAMES, lang))


@pytest.mark.parametrize("form", FORMS)
def test_comparison_without_a_difference_says_so(golden, form):
    same = compare_runs(sample.conformant_run(), sample.conformant_run())

    golden(f"comparison/same.{form}.en", render(form, same, NAMES, "en"))


def test_regressions_come_first():
    found = [difference.kind for difference in rich().differences]

    assert found == sorted(found, key=list(Kind).index)
    assert set(found) == set(Kind)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("mark", "number"), [("", 0), (" (=A)", 1)])
def test_letters_are_explained_where_there_are_some(form, mark, number):
    found = replace(finding("BIRTH-004"), expected=f"受領した個人番号{mark}")
    after = run_with(replace(sample.FAIL_CASE, findings=(found,)))
    comparison = compare_runs(run_with(judged(Verdict.PASS)), after)

    assert render(form, comparison, NAMES, "en").count("with the same mark") == number


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", sample.SECRETS)
def test_no_comparison_shows_a_secret(form, secret):
    told = sample.run_of(sample.case_with_text(secret if secret.isascii() else "…"))
    runs = (mask_run(run, sample.records()).run for run in (run_with(judged(Verdict.PASS)), told))

    rendered = render(form, compare_runs(*runs), NAMES, "ja")

    assert "BIRTH-004.1" in rendered
    assert secret not in rendered


@pytest.mark.parametrize("form", FORMS)
def test_what_a_system_sent_harms_no_form(form):
    nasty = sample.case_with_text("\ud800 \x00 \x1b[31m <script>alert(1)</script> | `x`")
    comparison = compare_runs(run_with(judged(Verdict.PASS)), run_with(nasty))

    rendered = render(form, comparison, NAMES, "ja")

    rendered.encode()
    assert not set(rendered) & set("\ud800\x00\x1b")
    assert form == "text" or "<script>alert" not in rendered
