from __future__ import annotations

from dataclasses import replace

import pytest

from reports import markdown
from reports.masking import mask_run
from tests.reports import sample

MEBIBYTE = 1 << 20
"""What GitHub takes of a step summary."""


def rendered(run, lang="en") -> str:
    return markdown.render(mask_run(run, ()), lang)


@pytest.mark.parametrize("text", ["長" * 5_000, "|" * 5_000, "<&>\\" * 2_000])
def test_a_summary_stays_below_what_github_takes(text):
    finding = replace(sample.FAIL_CASE.findings[0], expected=text, actual=text, note=text)
    cases = [
        replace(sample.FAIL_CASE, case_id=f"BIRTH-004.{number}", title=text, findings=(finding,))
        for number in range(250)
    ]
    document = rendered(sample.run_of(*cases))

    shown = document.count("| FAIL |") - 1  # the head of the table of counts has one too
    assert len(document.encode()) < MEBIBYTE
    assert 0 < shown < markdown.ROWS
    assert f"{len(cases) - shown} more" in document


@pytest.mark.parametrize(
    ("file", "cell"),
    [
        ("sut.yaml", "`denbun run --sut sut.yaml --role juki --seed 7 --tags BIRTH-004.1`"),
        (
            "a|b.yaml",
            r"<code>denbun run --sut 'a\|b.yaml' --role juki --seed 7 --tags BIRTH-004.1</code>",
        ),
    ],
)
def test_a_command_can_be_copied_and_keeps_the_table(file, cell):
    sut = {"name": "x", "version": "", "file": file}
    run = sample.run_of(sample.FAIL_CASE, fault=None, seed=7, sut=sut)
    rows = [line for line in rendered(run).splitlines() if line.startswith("| FAIL |")]

    assert {row.rpartition(" | ")[2] for row in rows} == {f"{cell} |"}
