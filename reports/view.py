"""What the HTML report shows, worked out: the template only lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reports import messages, summary
from reports.dump import body_text, hex_dump
from reports.expectations import met
from reports.messages import GAPS, Pair
from reports.verdict import SEVERITY, Verdict, count
from reports.wording import Labels, Wording, claim_text, command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reports.dump import DumpRow, Piece, Span
    from reports.masking import MaskedRecord, Shown
    from reports.model import Case, Finding, Requirement, Run
    from reports.transcript import Record, RecordField
    from reports.verdict import Claim

EVIDENCE = 12
EVIDENCE_OF_PASS = 1
"""Telegrams of one case that are shown in full; the rest is in the transcript."""

OPEN = frozenset({Verdict.FAIL, Verdict.ERROR})
"""Cases that are unfolded when the report is opened."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a telegram; `hit` tells that a finding points at it."""

    index: int
    field: RecordField
    hit: bool
    faults: tuple[str, ...]

    @property
    def last(self) -> int:
        """The last byte of the field."""
        return self.field.offset + max(self.field.length, 1) - 1


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One telegram in full: as a field table, and as a dump (frames) or a text (HTTP bodies).

    `hit` tells that a finding rests on it.
    """

    anchor: str
    record: Record
    hit: bool
    fields: tuple[FieldView, ...]
    dump: tuple[DumpRow, ...]
    body: tuple[Piece, ...]
    loose_faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, with its clause in both languages and the anchor of its telegram."""

    finding: Finding
    requirement: Requirement | None
    clause: Pair
    place: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the list of telegrams."""

    record: Record
    serial: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case; `known` says why it came as expected, empty where nobody expected it."""

    case: Case
    findings: tuple[FindingView, ...]
    evidence: tuple[EvidenceView, ...]
    more_evidence: int
    telegrams: tuple[LineView, ...]
    command: str
    known: Pair

    @property
    def is_open(self) -> bool:
        """Tell whether the case is unfolded at first."""
        return self.case.verdict in OPEN and not self.known[0]


@dataclass(frozen=True, slots=True)
class GapView:
    """One thing that the claim lacks; `case_id` where it is a failed case."""

    text: Pair
    requirement_id: str | None
    case_id: str | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report."""

    run: Run
    claim: Claim
    exit_code: int
    basis: tuple[tuple[Pair, Pair], ...]
    gaps: tuple[GapView, ...]
    counts: Mapping[str, int]
    areas: tuple[summary.AreaRow, ...]
    requirements: tuple[summary.RequirementRow, ...]
    other_requirements: int
    drift: tuple[Pair, ...]
    deviations: tuple[Pair, ...]
    cases: tuple[CaseView, ...]


def view(shown: Shown) -> ReportView:
    """Return the view of what may be shown of a run."""
    run, records = shown.run, shown.records
    labels = Labels(records.values())
    words = (Wording(run, labels, "ja"), Wording(run, labels, "en"))
    made, code = summary.conclusion(run)
    rows = summary.requirements(run)
    known = met(run)
    cases = sorted(
        run.accounted(),
        key=lambda case: (SEVERITY.index(case.verdict), case.case_id in known),
    )
    by_case: dict[str | None, list[int]] = {}
    for seq, masked in records.items():
        by_case.setdefault(masked.record.case_id, []).append(seq)
    return ReportView(
        run=run,
        claim=made,
        exit_code=code,
        basis=_basis(words),
        gaps=tuple(_gap(gap, rows) for gap in made.missing),
        counts=count(run.accounted()),
        areas=summary.areas(run),
        requirements=rows,
        other_requirements=len(run.header.requirements) - len(rows),
        drift=_pairs(words, Wording.drift),
        deviations=_pairs(words, Wording.deviations),
        cases=tuple(
            _case(run, case, records, by_case.get(case.case_id, []), words) for case in cases
        ),
    )


def anchor(case_id: str) -> str:
    """Return the link to a case."""
    return "#" + quote(case_id)


def claim_pair(claim: Claim) -> Pair:
    """Return the sentence of the claim in both languages."""
    return claim_text(claim, "ja"), claim_text(claim, "en")


def _basis(words: tuple[Wording, Wording]) -> tuple[tuple[Pair, Pair], ...]:
    ja, en = (wording.basis() for wording in words)
    return tuple((messages.MESSAGES[key], (ja[key], en[key])) for key in ja)


def _pairs(
    words: tuple[Wording, Wording], told: Callable[[Wording], list[str]]
) -> tuple[Pair, ...]:
    """Return what is told in both languages."""
    ja, en = words
    return tuple(zip(told(ja), told(en), strict=True))


def _gap(gap: str, rows: tuple[summary.RequirementRow, ...]) -> GapView:
    word, _, detail = gap.partition(": ")
    known = {row.requirement.id for row in rows}
    return GapView(
        text=messages.gap(gap) if word in GAPS else messages.gap_of_requirement(detail),
        requirement_id=word if word in known else None,
        case_id=detail if word == Verdict.FAIL else None,
    )


def _case(
    run: Run,
    case: Case,
    records: Mapping[int, MaskedRecord],
    own: list[int],
    words: tuple[Wording, Wording],
) -> CaseView:
    pointed = [finding.evidence for finding in case.findings if finding.evidence is not None]
    wanted = [seq for seq in dict.fromkeys([*pointed, *case.evidence]) if seq in records]
    shown = sorted(wanted[: EVIDENCE_OF_PASS if case.verdict is Verdict.PASS else EVIDENCE])
    anchors = {seq: f"{anchor(case.case_id)}.{seq}" for seq in shown}
    lines = [records[seq].record for seq in sorted({*own, *wanted})]
    return CaseView(
        case=case,
        findings=tuple(_finding(run, finding, anchors, words) for finding in case.findings),
        evidence=tuple(_evidence(case, records[seq], f"{case.case_id}.{seq}") for seq in shown),
        more_evidence=len(wanted) - len(shown),
        telegrams=tuple(
            LineView(record, _serial(record), anchors.get(record.seq)) for record in lines
        ),
        command=command(run.header, case.case_id),
        known=(words[0].known(case.case_id), words[1].known(case.case_id)),
    )


def _finding(
    run: Run, finding: Finding, anchors: Mapping[int, str], words: tuple[Wording, Wording]
) -> FindingView:
    known = {requirement.id: requirement for requirement in run.header.requirements}
    ja, en = words
    return FindingView(
        finding=finding,
        requirement=known.get(finding.requirement_id),
        clause=(ja.clause(finding), en.clause(finding)),
        place=ja.labels.place(finding),
        anchor=None if finding.evidence is None else anchors.get(finding.evidence),
    )


def _evidence(case: Case, masked: MaskedRecord, place: str) -> EvidenceView:
    record = masked.record
    hits = _hits(case, record)
    fields = tuple(
        FieldView(
            index=index,
            field=field,
            hit=_is_hit(field, hits),
            faults=tuple(fault.text for fault in record.faults if fault.field == field.field),
        )
        for index, field in enumerate(record.fields)
    )
    named = {field.field for field in record.fields}
    return EvidenceView(
        anchor=place,
        record=record,
        hit=any(finding.evidence == record.seq for finding in case.findings),
        fields=fields,
        dump=() if record.http else hex_dump(masked, hits),
        body=body_text(masked, hits) if record.http else (),
        loose_faults=tuple(fault.text for fault in record.faults if fault.field not in named),
    )


def _hits(case: Case, record: Record) -> tuple[Span, ...]:
    """Return the bytes of a record that findings of the case point at."""
    fields = {field.field: (field.offset, field.length) for field in record.fields}
    hits = []
    for finding in case.findings:
        place = finding.place
        if finding.evidence != record.seq or place is None:
            continue
        if place.offset is not None:
            hits.append((place.offset, place.length or 0))
        elif place.field in fields:
            hits.append(fields[place.field])
    return tuple(hits)


def _is_hit(field: RecordField, hits: tuple[Span, ...]) -> bool:
    """Tell whether a hit lies in the field or holds it."""
    first, end = field.offset, field.offset + max(field.length, 1)
    return any(offset < end and first < offset + max(length, 1) for offset, length in hits)


def _serial(record: Record) -> str:
    """Return the serial that the sender gave to the telegram, empty where it has none."""
    return next(
        (
            field.text
            for field in record.fields
            if field.field.rpartition(".")[2] == "serial" and not field.secret
        ),
        "",
    )
