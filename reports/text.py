"""The report as plain text for a terminal, at most 80 columns where the texts allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import messages, summary
from reports.alike import tells_letters
from reports.verdict import Verdict, count
from reports.wording import Labels, Wording, pad, printable, product, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.model import Case, Run

HEADS: Mapping[Verdict, str] = {
    Verdict.PASS: "PASS",
    Verdict.FAIL: "FAIL",
    Verdict.WARN: "WARN",
    Verdict.INCONCLUSIVE: "INC",
    Verdict.NOT_APPLICABLE: "N/A",
    Verdict.NOT_COVERED: "N/C",
    Verdict.NOT_RUN: "N/R",
    Verdict.ERROR: "ERR",
}
COLUMN = 5
GAPS = 10


def render(shown: Shown, lang: Lang) -> str:
    """Return verdict table, findings, what was not decided, and the claim as the last line."""
    run, words = (
        shown.run,
        Wording(shown.run, Labels.of(shown), lang),
    )
    blocks = (
        _table(run, words),
        *_findings(run, words),
        *_known(run, words),
        words.say("alike") if tells_letters(run.cases) else "",
        "\n".join(_deviations(words)),
        "\n".join(_undecided(run, words)),
        "\n".join(_claim(run, words)),
    )
    return printable("\n\n".join(block for block in blocks if block)) + "\n"


def _table(run: Run, words: Wording) -> str:
    """Return the verdicts by area, all eight apart, and what the short heads mean."""
    rows = [(words.area(row.area), [*row.counts.values(), row.total]) for row in summary.areas(run)]
    totals = count(run.accounted())
    rows.append((words.say("total"), [*totals.values(), sum(totals.values())]))
    first = max(width(label) for label, _ in rows)
    heads = (*HEADS.values(), words.say("total"))
    columns = [first, *(max(COLUMN, width(head) + 1) for head in heads)]
    lines = [_row(("", *heads), columns)]
    lines += [_row((label, *(str(cell or "-") for cell in row)), columns) for label, row in rows]
    lines.insert(-1, "-" * sum(columns))
    return "\n".join([*lines, *_legend(totals, words)])


def _row(cells: Sequence[str], columns: Sequence[int]) -> str:
    first, *rest = (
        pad(cell, column, right=bool(index))
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True))
    )
    return first + "".join(rest)


def _legend(totals: Mapping[str, int], words: Wording) -> Iterator[str]:
    for verdict, head in HEADS.items():
        if totals[verdict] and head != verdict:
            yield f"{head} = {verdict} ({words.name(messages.VERDICTS, verdict)})"


def _findings(run: Run, words: Wording) -> Iterator[str]:
    for verdict in summary.ATTENTION:
        for case in run.cases:
            if case.verdict is verdict and not words.known(case.case_id):
                yield "\n".join(_case(case, words))


def _known(run: Run, words: Wording) -> Iterator[str]:
    """Yield the cases that came as expected, with all that was found."""
    cases = summary.expected(run)
    if cases:
        yield words.say("known", file=words.file())
    for case in cases:
        yield "\n".join(_case(case, words))


def _deviations(words: Wording) -> Iterator[str]:
    found = words.deviations()
    if found:
        yield words.say("expectations_wrong", file=words.file())
    yield from (f"  - {text}" for text in found)


def _case(case: Case, words: Wording) -> Iterator[str]:
    yield f"{case.verdict} {case.case_id} {case.title}"
    column = max(width(words.say(key)) for key in ("requirement", "place", "expected", "actual"))
    facts = [("reason", words.phrase(case.reason))] if case.reason else []
    if known := words.known(case.case_id):
        facts.insert(0, ("as_expected", known))
    for finding in case.findings:
        facts += words.finding(finding).items()
    said: dict[str, str] = {}
    for key, value in facts:
        if not (key == "requirement" and said.get(key) == value):
            yield f"  {pad(words.say(key), column)}  {value}"
        said[key] = value


def _undecided(run: Run, words: Wording) -> Iterator[str]:
    groups = summary.undecided(run)
    if groups:
        yield words.say("not_decided")
    for group in groups:
        reason = f": {words.phrase(group.reason)}" if group.reason else ""
        yield f"  {group.verdict} {words.some(group.case_ids)}{reason}"


def _claim(run: Run, words: Wording) -> Iterator[str]:
    basis = words.basis()
    for error in run.footer.harness_errors if run.footer else ():
        yield f"{words.say('harness_errors')}: {error}"
    yield f"{words.say('sut')}: {product(run.header.sut)} ({basis['role']})"
    if run.header.counterpart:
        yield f"{words.say('counterpart')}: {basis['counterpart']}"
    yield words.selection()
    yield from (f"{words.say('drift')}: {text}" for text in words.drift())
    if run.header.fault:
        yield words.say("fault_active", fault=run.header.fault)
    gaps = words.gaps()
    if gaps:
        yield f"{words.say('missing')}:"
        yield from (f"  - {gap}" for gap in gaps[:GAPS])
    if len(gaps) > GAPS:
        yield f"  - {words.say('more', number=len(gaps) - GAPS)}"
    yield f"{words.say('claim')}: {words.claim()} ({words.say('exit_code')} {basis['exit_code']})"
