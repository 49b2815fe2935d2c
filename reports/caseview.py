"""One case of the HTML report: findings, causes, and the telegrams that its page draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reports.alike import NONE_ALIKE
from reports.bilingual import fill, name, phrase
from reports.causes import cause
from reports.messages import MESSAGES, ROLES
from reports.names import telegram_name
from reports.packed import Mark, Packer, excerpt, references
from reports.planned import act
from reports.verdict import Verdict
from reports.wording import command
from telegram_specs.network import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.bilingual import Pair
    from reports.masking import MaskedRecord, Shown
    from reports.model import Case, Finding, Origin, Requirement, Step
    from reports.wording import Wording

WHOLE = 100
WHOLE_OF_PASS = 8
"""Telegrams of one case that are shown with fields and bytes; the rest is in the transcript."""

WORDS = (
    "actual",
    "alike",
    "answers",
    "bytes",
    "cut",
    "expected",
    "field",
    "item_absent",
    "line_only",
    "masked_rows",
    "never_sent",
    "no_answer",
    "not_on_wire",
    "note",
    "planned_act",
    "planned_fault",
    "sequence",
    "serial",
    "under_test",
    "unknown_telegram",
    "value",
)
"""Messages that the script of the page shows."""

LINES = 200
"""Telegrams of one case that its diagram shows at most."""

ANSWER_RULES = frozenset({"answered", "faulty_refused", "first_refused", "api_answer"})
"""Rules whose findings without a telegram are about an answer that never came."""


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where a hidden value stands: `text` says which bytes of which telegram, `anchor` links."""

    text: Pair
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, with its clause and usual cause in both languages.

    `expected` has the code in front of its meaning, as what was found has; `anchor` links to the
    telegram, `expected_at` and `actual_at` to the field that holds the same value; `bytes` shows
    what stands at its place, `**` what is hidden.
    """

    finding: Finding
    requirement: Requirement | None
    cause: Pair | None
    expected: Pair
    actual: Pair
    note: Pair
    place: Pair | None
    anchor: str | None
    bytes: str
    expected_at: OriginView | None
    actual_at: OriginView | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One sentence of a scenario; `findings` are the numbers of those that it led to."""

    step: Step
    findings: tuple[int, ...]

    @property
    def outcome(self) -> str:
        """What became of it: one that led to findings and did not fail was a warning."""
        return "warned" if self.findings and self.step.outcome == "passed" else self.step.outcome


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case; `known` says why it came as expected, empty where nobody expected it.

    `telegrams` is what its page draws; `left_out` how many telegrams are shown as a line only,
    or not at all; `heading` is the sentence of its requirement, for who does not read the title.
    """

    case: Case
    heading: str
    reason: Pair
    observed: tuple[Pair, ...]
    findings: tuple[FindingView, ...]
    steps: tuple[StepView, ...]
    telegrams: Mapping[str, Any] | None
    number: int
    left_out: int
    command: str
    known: Pair

    @property
    def folded(self) -> bool:
        """Tell whether its body is text until it is opened; most cases pass, and few are read."""
        return self.case.verdict is Verdict.PASS


class Cases:
    """Makes the views of a run's cases."""

    def __init__(self, shown: Shown, words: tuple[Wording, Wording]) -> None:
        self._run = shown.run
        self._records = shown.records
        self._alike = shown.alike
        self._words = words
        self._packer = Packer()
        self._english = words[0].labels.english
        self._requirements = {each.id: each for each in shown.run.header.requirements}
        self._own: dict[str | None, list[int]] = {}
        self._ways: dict[str, tuple[str, str]] = {}
        for seq, masked in shown.records.items():
            record = masked.record
            self._own.setdefault(record.case_id, []).append(seq)
            if record.telegram:
                self._ways.setdefault(record.telegram, (record.sender, record.receiver))

    def case(self, case: Case) -> CaseView:
        """Return the view of one case."""
        pointed = {
            seq
            for each in case.findings
            if (seq := each.evidence) is not None and seq in self._records
        }
        wanted = {seq for seq in case.evidence if seq in self._records}
        seqs = sorted({*self._own.get(case.case_id, ()), *wanted, *pointed})
        lines, whole = self._chosen(case, seqs, pointed, pointed | _sources(case))
        ja, en = self._words
        return CaseView(
            case=case,
            heading=self._heading(case),
            reason=self._phrase(case.reason),
            observed=tuple(map(self._phrase, case.observed)),
            findings=tuple(self._finding(case, each, whole) for each in case.findings),
            steps=tuple(
                StepView(step, tuple(_asked_by(case.findings, number)))
                for number, step in enumerate(case.steps)
            ),
            telegrams=self._telegrams(case, lines, whole),
            number=len(seqs),
            left_out=len(seqs) - len(whole),
            command=command(self._run.header, case.case_id),
            known=(ja.known(case.case_id), en.known(case.case_id)),
        )

    def shared(self) -> dict[str, Any]:
        """Return what the telegrams of all cases refer to."""
        return {
            **self._packer.shared(),
            "english": self._english,
            "role": self._run.header.role,
            "roles": ROLES,
            "words": {key: MESSAGES[key] for key in WORDS},
            "links": {name: (link.ja, name) for name, link in LINKS.items()},
        }

    def _chosen(
        self, case: Case, seqs: list[int], pointed: set[int], linked: set[int]
    ) -> tuple[list[int], frozenset[int]]:
        """Return the telegrams to list, and those to show with fields and bytes.

        Those that are linked go before others, then those near the first that is pointed at.
        """
        limit = WHOLE_OF_PASS if case.verdict is Verdict.PASS else WHOLE
        first = min(pointed, default=0)
        near = sorted(seqs, key=lambda seq: (seq not in linked, abs(seq - first)))
        whole = frozenset(near[:limit])
        listed = whole | linked | {*seqs[:LINES]}
        return [seq for seq in seqs if seq in listed], whole

    def _telegrams(
        self, case: Case, lines: Iterable[int], whole: frozenset[int]
    ) -> dict[str, Any] | None:
        marks, alike = self._marks(case), self._alike.get(case.case_id, NONE_ALIKE)
        referred = references([self._records[seq].record for seq in lines])
        packed = [
            {
                **(self._packer.whole if seq in whole else self._packer.line)(
                    self._records[seq], marks.get(seq, ()), alike
                ),
                **({"refers": referred[seq]} if seq in referred else {}),
            }
            for seq in lines
        ]
        missing = [
            self._missing(number, each)
            for number, each in enumerate(case.findings)
            if each.evidence is None and each.place and each.place.field is None
        ]
        data = {
            "id": case.case_id,
            "findings": [
                {
                    "requirement": each.requirement_id,
                    "verdict": each.verdict,
                    "expected": tuple(words.expected(each) for words in self._words),
                    "actual": self._phrase(each.actual),
                }
                for each in case.findings
            ],
            "telegrams": packed,
            "missing": missing,
            "acts": [
                {"after": each.after, "words": act(each.kind, name(ROLES, each.role))}
                for each in case.acts
            ],
            "also": self._searched(lines),
            "unanswered": self._unanswered(case),
        }
        return data if packed or missing else None

    def _searched(self, lines: Iterable[int]) -> list[str]:
        """Return what else telegrams are searched by: their ids and English names."""
        ids = {self._records[seq].record.telegram or "" for seq in lines}
        return sorted({*ids, *map(telegram_name, ids)} - {""})

    def _marks(self, case: Case) -> dict[int, tuple[Mark, ...]]:
        marks: dict[int, tuple[Mark, ...]] = {}
        for number, finding in enumerate(case.findings):
            seq = finding.evidence
            if seq is None or seq not in self._records:
                continue
            field = finding.place.field if finding.place else None
            mark = Mark(number, _span(finding, self._records[seq]), field)
            marks[seq] = (*marks.get(seq, ()), mark)
        return marks

    def _missing(self, number: int, finding: Finding) -> dict[str, Any]:
        """Return an expected telegram that was never sent, drawn as others of its kind were."""
        assert finding.place is not None
        telegram = finding.place.telegram
        sender, receiver = self._ways.get(telegram, (self._run.header.role, None))
        label = self._words[0].labels.place(finding) or telegram
        return {"finding": number, "from": sender, "to": receiver, "name": label}

    def _unanswered(self, case: Case) -> list[list[int]]:
        """Return the requests without an answer that a finding is about: (finding, seq)."""
        number = next(
            (
                number
                for number, each in enumerate(case.findings)
                if each.evidence is None and each.rule in ANSWER_RULES
            ),
            None,
        )
        if number is None:
            return []
        own = [self._records[seq].record for seq in self._own.get(case.case_id, ())]
        answered = {record.answers for record in own if record.on_wire}
        return [
            [number, record.seq]
            for record in own
            if record.answers is None
            and record.on_wire
            and record.receiver == self._run.header.role
            and record.seq not in answered
        ]

    def _phrase(self, text: str) -> Pair:
        return phrase(text, self._english)

    def _heading(self, case: Case) -> str:
        """Return the English sentence of the requirement that a case is named after."""
        ids = (case.case_id.partition("[")[0].rpartition(".")[0], *case.requirement_ids)
        return next((known.en for each in ids if (known := self._requirements.get(each))), "")

    def _finding(self, case: Case, finding: Finding, whole: frozenset[int]) -> FindingView:
        ja, en = self._words
        seq = finding.evidence
        masked = None if seq is None else self._records.get(seq)
        span = _span(finding, masked) if masked else None
        return FindingView(
            finding=finding,
            requirement=self._requirements.get(finding.requirement_id),
            cause=cause(finding, masked.record if masked else None),
            expected=(ja.expected(finding), en.expected(finding)),
            actual=self._phrase(finding.actual),
            note=self._phrase(finding.note or ""),
            place=(place, en.place(finding) or "") if (place := ja.place(finding)) else None,
            anchor=f"#{quote(case.case_id)}.{seq}" if seq in whole else None,
            bytes=excerpt(masked, span) if masked and span else "",
            expected_at=self._origin(case, finding.expected_at, whole),
            actual_at=self._origin(case, finding.actual_at, whole),
        )

    def _origin(
        self, case: Case, origin: Origin | None, whole: frozenset[int]
    ) -> OriginView | None:
        """Return where a hidden value stands, None where that telegram is not shown."""
        if origin is None or origin.seq not in whole:
            return None
        fields = self._records[origin.seq].record.fields
        found = next((each for each in fields if each.field == origin.field), None)
        if found is None:
            return None
        last = found.offset + found.length - 1
        span = f"{found.offset}–{last}" if found.length > 1 else str(found.offset)
        text = fill(MESSAGES["origin"], seq=origin.seq, span=span)
        return OriginView(text, f"#{quote(case.case_id)}.{origin.seq}@{found.offset}")


def _span(finding: Finding, masked: MaskedRecord) -> tuple[int, int] | None:
    """Return the bytes of a record that a finding points at, None where there are none.

    A place that is the whole telegram points at no byte of it.
    """
    place = finding.place
    if place is None:
        return None
    if place.offset is not None:
        whole = place.field is None and place.length == len(masked.record.raw)
        return None if whole else (place.offset, place.length or 0)
    return next(
        (
            (field.offset, field.length)
            for field in masked.record.fields
            if field.field == place.field
        ),
        None,
    )


def _sources(case: Case) -> set[int]:
    """Return the telegrams that hold what was expected or found."""
    at = (origin for each in case.findings for origin in (each.expected_at, each.actual_at))
    return {origin.seq for origin in at if origin}


def _asked_by(findings: Iterable[Finding], step: int) -> Iterable[int]:
    return (number for number, finding in enumerate(findings) if finding.step == step)
