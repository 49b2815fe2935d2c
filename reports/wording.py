"""Phrases that all renderers share: where, which clause, which command, how many more."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from typing import TYPE_CHECKING, Any, Self

from reports import bilingual, messages, summary
from reports.bilingual import Lang, pick
from reports.expectations import State, compare
from reports.messages import say
from reports.moments import japan_time
from reports.names import field_name, telegram_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reports.expectations import Outcome
    from reports.masking import MaskedRecord, Shown
    from reports.model import Case, Finding, Header, Place, Run
    from reports.verdict import Claim

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Labels:
    """Names of telegrams and fields, taken from the run: `english` has them by the Japanese."""

    def __init__(self, records: Iterable[MaskedRecord], cases: Iterable[Case] = ()) -> None:
        self._telegrams: dict[str, str] = {}
        self._fields: dict[tuple[str, str], str] = {}
        for masked in records:
            record = masked.record
            if record.telegram is None:
                continue
            self._telegrams.setdefault(record.telegram, record.label or record.telegram)
            for field in record.fields:
                self._fields.setdefault((record.telegram, field.field), field.label)
        for params in (judged.params for case in cases for judged in case.judgements):
            if "telegram" in params and "label" in params:
                self._telegrams.setdefault(params["telegram"], params["label"])
        for finding in (finding for case in cases for finding in case.findings):
            place, label = finding.place, finding.field_label
            if place and place.field and label:
                self._fields.setdefault((place.telegram, place.field), label)
        self.english: Mapping[str, str] = {
            **{label: field_name(path) for (_, path), label in self._fields.items()},
            **{label: telegram_name(each) for each, label in self._telegrams.items()},
        }

    @classmethod
    def of(cls, shown: Shown) -> Self:
        """Take names from records, and from judgements those of telegrams that never came."""
        return cls(shown.records.values(), shown.run.cases)

    def place(self, finding: Finding, lang: Lang = "ja") -> str | None:
        """Return `電文/項目 @ bytes 42–44`, None for a finding about no telegram."""
        place = finding.place
        if place is None:
            return None
        telegram: str = self._telegrams.get(place.telegram, place.telegram)
        field = finding.field_label or self._field(place)
        if lang == "en":
            telegram, field = telegram_name(place.telegram), field_name(place.field or "")
        return "/".join(filter(None, (telegram, field))) + span(place.offset, place.length)

    def _field(self, place: Place) -> str | None:
        if place.field is None:
            return None
        return self._fields.get((place.telegram, place.field), place.field)


class Wording:
    """What is said about one run in one language."""

    def __init__(self, run: Run, labels: Labels, lang: Lang) -> None:
        self._lang: Lang = lang
        self.labels = labels
        self._header = run.header
        self._footer = run.footer
        self._claim, self._code = summary.conclusion(run)
        self._judged = summary.judged(run)
        self._codes = {each: _codes(case, each) for case in run.cases for each in case.findings}
        self._outcomes = {each.expectation.id: each for each in compare(run)}
        self._requirements = {
            requirement.id: requirement for requirement in run.header.requirements
        }

    def say(self, key: str, **values: object) -> str:
        """Return a message of the table."""
        return say(key, self._lang, **values)

    def phrase(self, text: str) -> str:
        """Return a text of a finding or a reason in this language, as far as it is known."""
        return pick(bilingual.phrase(text, self.labels.english), self._lang)

    def place(self, finding: Finding) -> str | None:
        """Return where a finding points, None for one about no telegram."""
        return self.labels.place(finding, self._lang)

    def name(self, table: Mapping[str, bilingual.Pair], key: str) -> str:
        """Return the name of a thing, its id where the table does not know it."""
        return pick(bilingual.name(table, key), self._lang)

    def area(self, area: str) -> str:
        """Return id and name of an area."""
        label = self.name(messages.AREAS, area)
        return area if label == area else f"{area} {label}"

    def claim(self) -> str:
        """Return the sentence of the claim."""
        return claim_text(self._claim, self._lang)

    def selection(self) -> str:
        """Return how much was selected, and how many requirements were judged of how many."""
        found, cases = self._judged, len(self._header.selected)
        return self.say(
            "selection", cases=cases, judged=found.judged, total=found.total, rest=found.rest
        )

    def gaps(self) -> list[str]:
        """Return what the claim lacks."""
        return [pick(messages.gap(gap), self._lang) for gap in self._claim.missing]

    def basis(self) -> dict[str, str]:
        """Return what the claim rests on, by message key; what is empty is left out."""
        header = self._header
        role = self.name(messages.ROLES, header.role)
        facts = {
            "sut": product(header.sut),
            "role": f"{header.role} {role}",
            "counterpart": _counterpart(header),
            "profile": _profile(header),
            "suite": header.suite,
            "adapter": " ".join(filter(None, (product(header.adapter), f"({header.driver})"))),
            "ics": ", ".join(header.ics) or self.say("none"),
            "expectations": _expectations(header),
            "seed": str(header.seed),
            "fault": header.fault or "",
            "marks": ", ".join(self.name(messages.MARKS, mark) for mark in header.marks),
            "created": japan_time(header.created),
            "ended": japan_time(self._footer.ended) if self._footer else "",
            "exit_code": str(self._code),
        }
        return {key: value for key, value in facts.items() if value}

    def clause(self, finding: Finding) -> str:
        """Return source, edition and rank of what was broken."""
        requirement = self._requirements.get(finding.requirement_id)
        rank = self.name(messages.RANKS, finding.rank)
        if finding.rank == "profile":
            rank = self.say("against_profile", profile=self._header.profile["id"])
        edition = requirement.edition if requirement else ""
        return ", ".join(filter(None, (finding.source, edition, rank)))

    def finding(self, finding: Finding) -> dict[str, str]:
        """Return a finding by message key, in the order to read it; what is empty is left out."""
        facts = {
            "requirement": f"{finding.requirement_id} {finding.level} ({self.clause(finding)})",
            "place": self.place(finding),
            "expected": self.expected(finding),
            "actual": self.phrase(finding.actual),
            "note": self.phrase(finding.note or ""),
        }
        return {key: value for key, value in facts.items() if value}

    def expected(self, finding: Finding) -> str:
        """Return what was expected, behind its code where the judgement asked for one."""
        told = self.phrase(finding.expected)
        return f"{codes} {told}" if (codes := self._codes.get(finding)) else told

    def breach(self, finding: Finding) -> str:
        """Return a finding in one line: requirement, what was expected, what came."""
        return (
            f"{finding.requirement_id}: {self.say('expected')} {self.expected(finding)}, "
            f"{self.say('actual')} {self.phrase(finding.actual)}"
        )

    def details(self, case: Case) -> Iterator[str]:
        """Yield what there is to say of a case, each finding as a block of lines."""
        for finding in case.findings:
            facts = self.finding(finding).items()
            yield "\n".join(f"{self.say(key)}: {value}" for key, value in facts)
        if case.reason:
            yield f"{self.say('reason')}: {self.phrase(case.reason)}"

    def file(self) -> str:
        """Return the name of the expectations file, empty where there is none."""
        return self._header.expectations.file if self._header.expectations else ""

    def known(self, case_id: str) -> str:
        """Return why a case came as expected, empty where nobody expected what came."""
        outcome = self._outcomes.get(case_id)
        return self._why(outcome) if outcome and outcome.state is State.MET else ""

    def deviations(self) -> list[str]:
        """Return what came otherwise than expected, and what to do about it."""
        return [
            f"{case_id}: {self._deviation(outcome)} [{self._why(outcome)}]"
            for case_id, outcome in self._outcomes.items()
            if outcome.state is not State.MET
        ]

    def drift(self) -> list[str]:
        """Return what contradicts the ICS."""
        found = self._footer.drift if self._footer else ()
        return [
            pick(messages.DRIFTS[each.claimed], self._lang).format(
                option=each.option, cases=self.some(each.cases)
            )
            for each in found
        ]

    def _deviation(self, outcome: Outcome) -> str:
        known = outcome.expectation
        actual = _with(outcome.case.verdict, outcome.broken)
        text = pick(messages.EXPECTATIONS[outcome.state], self._lang)
        expected = _with(known.verdict, known.requirements)
        return text.format(expected=expected, actual=actual, expires=known.expires)

    def _why(self, outcome: Outcome) -> str:
        """Return the reason of an entry, its issue and its last day."""
        known = outcome.expectation
        until = self.say("expires", day=known.expires) if known.expires else ""
        return ", ".join(filter(None, (known.reason, known.issue, until)))

    def some(self, texts: Sequence[str], limit: int = 10) -> str:
        """Return the first texts, and how many more there are."""
        rest = len(texts) - limit
        more = [self.say("more", number=rest)] if rest > 0 else []
        return ", ".join([*texts[:limit], *more])


def _codes(case: Case, finding: Finding) -> str:
    """Return the codes that a judgement asked for under the words of a finding."""
    params: Mapping[str, Any] = next(
        (
            each.params
            for each in case.judgements
            if (each.rule, each.requirement_id, each.params.get("words"))
            == (finding.rule, finding.requirement_id, finding.expected)
        ),
        {},
    )
    expected = params.get("expected", ())
    codes = [expected] if isinstance(expected, str) else [str(code) for code in expected]
    return " / ".join(codes) if all(code.isdigit() for code in codes) else ""


def claim_text(claim: Claim, lang: Lang) -> str:
    """Return the sentence of a claim in one language."""
    return pick((claim.text_ja, claim.text_en), lang)


def span(offset: int | None, length: int | None) -> str:
    """Return ` @ bytes 42–44` for offset 42 and length 3; nothing for what is absent."""
    if offset is None:
        return ""
    last = offset + (length or 0) - 1
    return f" @ bytes {offset}–{last}" if last > offset else f" @ byte {offset}"


def command(header: Header, case_id: str) -> str:
    """Return the command that runs the case again, a row of an outline with its whole outline."""
    words = ["denbun", "run"]
    if header.sut.get("file"):
        words += ["--sut", header.sut["file"]]
    words += ["--role", header.role, "--seed", str(header.seed)]
    words += ["--tags", case_id.partition("[")[0]]
    if header.profile.get("folder"):
        words += ["--profile", header.profile["folder"]]
    if header.fault:
        words += ["--fault", header.fault]
    return shlex.join(words)


def _with(verdict: str, requirements: Sequence[str]) -> str:
    """Return a verdict and the requirements that it is about."""
    return f"{verdict} ({', '.join(requirements)})" if requirements else verdict


def _expectations(header: Header) -> str:
    """Return the expectations file with the beginning of its digest, empty without one."""
    known = header.expectations
    return f"{known.file} {known.digest[:12]}" if known else ""


def _counterpart(header: Header) -> str:
    """Return the second system outside in one line, empty where there is none."""
    other = header.counterpart
    if other is None:
        return ""
    adapter = " ".join(filter(None, (product(other["adapter"]), other["driver"])))
    return f"{product(other['product'])} ({other['role']}, {adapter})"


def product(fields: Mapping[str, str]) -> str:
    """Return name and version of a system or an adapter."""
    return " ".join(filter(None, (fields.get("name"), fields.get("version"))))


def printable(text: str) -> str:
    """Return the text with U+FFFD for what neither XML nor UTF-8 can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def document(data: Any) -> str:
    """Return data as a JSON document to read, every text in it printable."""
    return json.dumps(_printable(data), ensure_ascii=False, indent=2) + "\n"


def _printable(data: Any) -> Any:
    match data:
        case str():
            return printable(data)
        case dict():
            return {printable(key): _printable(value) for key, value in data.items()}
        case list():
            return [_printable(value) for value in data]
        case _:
            return data


def width(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return sum(_columns(char) for char in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled with spaces to a number of columns."""
    space = " " * max(columns - width(text), 0)
    return space + text if right else text + space


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _profile(header: Header) -> str:
    profile = header.profile
    return f"{profile['id']} {profile['edition']}, {profile.get('status', '')}".rstrip(", ")
