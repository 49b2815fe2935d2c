"""The report as Markdown, made for the step summary of GitHub Actions."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from reports import messages, summary
from reports.alike import tells_letters
from reports.verdict import SEVERITY, Verdict, count
from reports.wording import Labels, Wording, command, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.model import Run
    from reports.verdict import ClaimStatus

ROWS, CELL, TABLE = 200, 1_000, 250_000
"""Rows, characters of a cell and bytes of a table; GitHub refuses a summary over a mebibyte."""

ICONS: dict[ClaimStatus, str] = {
    "conformant": "✅",
    "not_determined": "❔",
    "non_conformant": "❌",
}

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~#@])")


def render(shown: Shown, lang: Lang) -> str:
    """Return claim, counts, findings and what was not tested."""
    run, words = (
        shown.run,
        Wording(shown.run, Labels.of(shown), lang),
    )
    blocks = (
        _head(run, words),
        _counts(run, words),
        _findings(run, words),
        _known(run, words),
        _not_tested(run, words),
    )
    return printable("\n\n".join("\n".join(block) for block in map(list, blocks) if block)) + "\n"


def _head(run: Run, words: Wording) -> Iterator[str]:
    made, _ = summary.conclusion(run)
    basis = words.basis().items()
    yield f"## {ICONS[made.status]} {escape(words.claim())}"
    yield ""
    yield escape(words.selection())
    yield ""
    yield " · ".join(f"{words.say(key)}: {escape(value)}" for key, value in basis)
    for error in run.footer.harness_errors if run.footer else ():
        yield ""
        yield f"> {words.say('harness_errors')}: {escape(error)}"
    for key, texts in (("expectations_wrong", words.deviations()), ("drift", words.drift())):
        if texts:
            yield ""
            yield f"{escape(words.say(key, file=words.file()))}:"
            yield ""
            yield from (f"* {escape(text)}" for text in texts)
    if gaps := words.gaps():
        yield ""
        yield f"{words.say('missing')}: {escape(words.some(gaps))}"


def _counts(run: Run, words: Wording) -> Iterator[str]:
    heads = [words.say("area"), *Verdict, words.say("total")]
    yield _row(heads)
    yield _row(["---", *["---:"] * (len(heads) - 1)])
    for row in summary.areas(run):
        yield _row([words.area(row.area), *_cells(row.counts.values(), row.total)])
    totals = count(run.accounted())
    yield _row([words.say("total"), *_cells(totals.values(), sum(totals.values()))])


def _findings(run: Run, words: Wording) -> Iterator[str]:
    yield f"### {words.say('findings')}"
    yield ""
    rows = list(_finding_rows(run, words))
    if rows:
        heads = ("verdict", "cases", "requirement", "place", "expected", "actual", "reproduce")
        yield from table([words.say(head) for head in heads], rows, partial(words.say, "more"))
    else:
        yield words.say("findings_none")
    if tells_letters(run.cases):
        yield ""
        yield escape(words.say("alike"))


def _finding_rows(run: Run, words: Wording) -> Iterator[list[str]]:
    found = [
        (finding, case)
        for case in run.cases
        for finding in case.findings
        if not words.known(case.case_id)
    ]
    for finding, case in sorted(found, key=lambda pair: SEVERITY.index(pair[0].verdict)):
        facts = words.finding(finding)
        cells = (facts.get(key, "") for key in ("requirement", "place", "expected", "actual"))
        yield [
            finding.verdict,
            escape(f"{case.case_id} {case.title}"),
            *map(escape, cells),
            _code(command(run.header, case.case_id)),
        ]


def _known(run: Run, words: Wording) -> Iterator[str]:
    cases = summary.expected(run)
    if cases:
        yield f"### {escape(words.say('known', file=words.file()))}"
        yield ""
        heads = [words.say(head) for head in ("verdict", "cases", "as_expected", "findings")]
        rows = [
            [
                case.verdict,
                escape(f"{case.case_id} {case.title}"),
                escape(words.known(case.case_id)),
                escape("; ".join(map(words.breach, case.findings)) or words.phrase(case.reason)),
            ]
            for case in cases
        ]
        yield from table(heads, rows, partial(words.say, "more"))


def _not_tested(run: Run, words: Wording) -> Iterator[str]:
    rows = list(_not_tested_rows(run, words))
    if rows:
        yield f"### {words.say('not_tested')}"
        yield ""
        heads = [words.say(head) for head in ("verdict", "cases", "reason")]
        yield from table(heads, rows, partial(words.say, "more"))


def _not_tested_rows(run: Run, words: Wording) -> Iterator[list[str]]:
    for group in summary.undecided(run):
        reason = words.phrase(group.reason) or words.name(messages.VERDICTS, group.verdict)
        yield [group.verdict, escape(words.some(group.case_ids)), escape(reason)]
    for row in summary.requirements(run):
        if row.requirement.untested:
            yield [words.say("untested"), row.requirement.id, escape(row.requirement.untested)]


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], more: Callable[..., str]
) -> Iterator[str]:
    """Yield a table of cells in Markdown, and what `more` says of rows that find no place."""
    yield _row(heads)
    yield _row(["---"] * len(heads))
    fitting = list(_fitting(map(_row, rows[:ROWS])))
    yield from fitting
    if len(rows) > len(fitting):
        yield ""
        yield more(number=len(rows) - len(fitting))


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as long as a table holds them."""
    left = TABLE
    for line in lines:
        left -= len(printable(line).encode()) + 1
        if left < 0:
            return
        yield line


def _cells(numbers: Iterable[int], total: int) -> list[str]:
    return [str(number or "–") for number in (*numbers, total)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def escape(text: str) -> str:
    """Return the text so that Markdown and HTML show it as it is, on one line, cut to a cell."""
    flat = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", flat if len(flat) <= CELL else flat[:CELL] + "…")


def _code(text: str) -> str:
    """Return the text to be copied from a cell, whatever a file in it is called."""
    if "`" in text or "|" in text:
        return f"<code>{escape(text)}</code>"
    return f"`{text}`"
