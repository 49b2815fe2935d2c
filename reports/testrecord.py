"""The 試験成績書 as plain rows: what a city hall files, one row for each requirement and case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import messages, summary
from reports.alike import tells_letters
from reports.bilingual import pick
from reports.verdict import Verdict, count
from reports.wording import Labels, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reports.bilingual import Lang
    from reports.masking import Shown
    from reports.model import Case, Finding, Requirement, Run

Cell = str | int
GAPS = 20
"""What the claim lacks, as far as a cover has room for it; each has its row besides."""


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement and one case that speaks about it; either may be missing.

    `verdict` is what the case says about the requirement, None where there is no case.
    """

    requirement: Requirement | None
    case: Case | None
    verdict: Verdict | None

    def findings(self) -> tuple[Finding, ...]:
        """Return the breaches of the requirement; of a case without one, all."""
        found = self.case.findings if self.case else ()
        if self.requirement is None:
            return found
        return tuple(each for each in found if each.requirement_id == self.requirement.id)

    def evidence(self) -> list[str]:
        """Return case id and record of what shows it, as the links of the HTML report have it."""
        if self.case is None:
            return []
        pointed = [each.evidence for each in self.findings() if each.evidence is not None]
        seqs = pointed or self.case.evidence
        return [f"{self.case.case_id}.{seq}" for seq in dict.fromkeys(seqs)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the results: its message, its width in half-width letters, its content."""

    key: str
    width: int
    content: Callable[[Row, Wording, Lang], str]


@dataclass(frozen=True, slots=True)
class TestRecord:
    """The whole record. `basis` are labels and values; `verdicts` verdict, meaning and number."""

    __test__ = False

    title: str
    cover: str
    results: str
    claim: str
    gaps: tuple[str, ...]
    basis: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[Verdict, str, int], ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    of_rows: tuple[Verdict | None, ...]


def _requirement(row: Row, _words: Wording, _lang: Lang) -> str:
    if row.requirement:
        return row.requirement.id
    return ", ".join(row.case.requirement_ids) if row.case else ""


def _wording(row: Row, _words: Wording, lang: Lang) -> str:
    return pick((row.requirement.ja, row.requirement.en), lang) if row.requirement else ""


def _clause(row: Row, words: Wording, _lang: Lang) -> str:
    known = row.requirement
    if known is None:
        return ""
    return f"{known.source}, {known.edition}, {words.name(messages.RANKS, known.rank)}"


def _area(row: Row, words: Wording, _lang: Lang) -> str:
    owner = row.requirement or row.case
    return words.area(owner.area) if owner else ""


def _level(row: Row, _words: Wording, _lang: Lang) -> str:
    return row.requirement.level if row.requirement else ""


def _case_id(row: Row, _words: Wording, _lang: Lang) -> str:
    return row.case.case_id if row.case else ""


def _title(row: Row, _words: Wording, _lang: Lang) -> str:
    return row.case.title if row.case else ""


def _verdict(row: Row, words: Wording, _lang: Lang) -> str:
    if row.case:
        return verdict_text(row.case.verdict, words)
    is_untested = row.requirement and row.requirement.untested
    return words.say("untested" if is_untested else "no_case")


def _on_requirement(row: Row, words: Wording, _lang: Lang) -> str:
    told = row.requirement and row.case and row.verdict
    return verdict_text(told, words) if told else ""


def _found(row: Row, words: Wording, _lang: Lang) -> str:
    if row.case is None:
        return (row.requirement.untested or "") if row.requirement else ""
    facts = []
    for finding in row.findings():
        facts.append(words.breach(finding))
        facts += filter(None, (words.place(finding), words.phrase(finding.note or "")))
    return "\n".join([*facts, *([words.phrase(row.case.reason)] if row.case.reason else [])])


def _evidence(row: Row, words: Wording, _lang: Lang) -> str:
    return words.some(row.evidence(), limit=5)


def _tester(_row: Row, _words: Wording, _lang: Lang) -> str:
    return ""


def _remarks(row: Row, words: Wording, _lang: Lang) -> str:
    if row.case is None:
        return ""
    known = words.known(row.case.case_id)
    expected = [f"{words.say('as_expected')}: {known}"] if known else []
    observed = (f"{words.say('observed')}: {words.phrase(text)}" for text in row.case.observed)
    return "\n".join([*expected, *observed, *row.case.comments])


COLUMNS: tuple[Column, ...] = (
    Column("area", 14, _area),
    Column("requirement", 13, _requirement),
    Column("level", 8, _level),
    Column("text", 36, _wording),
    Column("clause", 24, _clause),
    Column("case", 16, _case_id),
    Column("title", 34, _title),
    Column("verdict", 16, _verdict),
    Column("on_requirement", 16, _on_requirement),
    Column("findings", 40, _found),
    Column("evidence", 18, _evidence),
    Column("tester", 12, _tester),
    Column("remarks", 24, _remarks),
)
"""Behind the running number."""


def test_record(shown: Shown, lang: Lang) -> TestRecord:
    """Return the record of a run in one language."""
    run, words = shown.run, Wording(shown.run, Labels.of(shown), lang)
    sheet: Mapping[str, str] = {key: pick(pair, lang) for key, pair in messages.TEST_RECORD.items()}
    known = tuple(rows(run))
    return TestRecord(
        title=sheet["document"],
        cover=sheet["cover"],
        results=sheet["results"],
        claim=words.claim(),
        gaps=tuple(_gaps(words)),
        basis=tuple(_basis(run, words)),
        verdicts=tuple(
            (Verdict(verdict), words.name(messages.VERDICTS, verdict), number)
            for verdict, number in count(run.accounted()).items()
        ),
        notes=tuple(_notes(run, words, sheet)),
        signatures=tuple(sheet[key] for key in ("tested_by", "checked_by", "signed_on")),
        heads=(sheet["number"], *(sheet[column.key] for column in COLUMNS)),
        rows=tuple(
            (number, *(column.content(row, words, lang) for column in COLUMNS))
            for number, row in enumerate(known, start=1)
        ),
        of_rows=tuple(row.case.verdict if row.case else None for row in known),
    )


def rows(run: Run) -> Iterator[Row]:
    """Yield every requirement with each of its cases, then the cases that are about none."""
    cases = {case.case_id: case for case in run.accounted()}
    told: set[str] = set()
    for known in summary.requirements(run):
        for case_id, verdict in known.cases:
            told.add(case_id)
            yield Row(known.requirement, cases[case_id], verdict)
        if not known.cases:
            yield Row(known.requirement, None, None)
    for case_id, case in cases.items():
        if case_id not in told:
            yield Row(None, case, case.verdict)


def verdict_text(verdict: Verdict, words: Wording) -> str:
    """Return a verdict and what it means."""
    return f"{verdict} {words.name(messages.VERDICTS, verdict)}"


def _gaps(words: Wording) -> Iterator[str]:
    gaps = words.gaps()
    yield from gaps[:GAPS]
    if len(gaps) > GAPS:
        yield words.say("more", number=len(gaps) - GAPS)


def _basis(run: Run, words: Wording) -> Iterator[tuple[str, str]]:
    for key, value in words.basis().items():
        yield words.say(key), value
    for error in run.footer.harness_errors if run.footer else ():
        yield words.say("harness_errors"), error
    for text in words.drift():
        yield words.say("drift"), text
    for text in words.deviations():
        yield words.say("expectations_wrong", file=words.file()), text


def _notes(run: Run, words: Wording, sheet: Mapping[str, str]) -> Iterator[str]:
    yield words.say("masked")
    if tells_letters(run.cases):
        yield words.say("alike")
    if run.header.profile.get("status") == "synthetic":
        yield words.say("status_synthetic")
    others = len(run.header.requirements) - len(summary.requirements(run))
    if others:
        yield sheet["other_roles"].format(number=others)
    yield sheet["evidence_note"]
