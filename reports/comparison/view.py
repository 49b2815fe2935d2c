"""A comparison in the words of one language: what its three forms show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import bilingual, messages, summary
from reports.alike import tells_letters
from reports.bilingual import pick
from reports.comparison.core import Kind
from reports.comparison.texts import CONDITIONS, KINDS, TEXTS, VALUES
from reports.moments import japan_time
from reports.wording import Labels, Wording, claim_text, product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.bilingual import Lang
    from reports.comparison.core import Change, Comparison, Difference
    from reports.model import Case, Run


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs: where it is, what it is of, what it claims."""

    label: str
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A case with its verdicts before and after, and what there is to say of it."""

    case_id: str
    title: str
    before: str
    after: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The cases of one kind."""

    kind: Kind
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """All that a form shows; `changes` are condition, before, after; `notes` explain details."""

    lang: Lang
    sides: tuple[Side, Side]
    conclusion: str
    has_regressed: bool
    changes: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    unchanged: str
    notes: tuple[str, ...]

    def say(self, key: str) -> str:
        """Return a text of the table."""
        return pick(TEXTS[key], self.lang)


def view(comparison: Comparison, names: tuple[str, str], lang: Lang) -> ComparisonView:
    """Return the comparison in one language; `names` tell where the two runs are."""
    words = {
        False: Wording(comparison.before, Labels((), comparison.before.cases), lang),
        True: Wording(comparison.after, Labels((), comparison.after.cases), lang),
    }
    worse = len(comparison.of(Kind.REGRESSION))
    before, after = names
    return ComparisonView(
        lang=lang,
        sides=(
            _side("before", before, comparison.before, lang),
            _side("after", after, comparison.after, lang),
        ),
        conclusion=_text("regressed" if worse else "not_regressed", lang, number=worse),
        has_regressed=comparison.has_regressed,
        changes=tuple(told_change(change, lang) for change in comparison.changes),
        sections=tuple(
            Section(
                kind,
                f"{pick(KINDS[kind], lang)} ({len(found)})",
                tuple(_entry(each, words[each.after is not None], lang) for each in found),
            )
            for kind in Kind
            if (found := comparison.of(kind))
        ),
        unchanged=_text("unchanged", lang, number=comparison.unchanged),
        notes=tuple(_notes(comparison, lang)),
    )


def _notes(comparison: Comparison, lang: Lang) -> Iterator[str]:
    """Yield what explains the details."""
    if tells_letters(found.after for found in comparison.differences if found.after):
        yield messages.say("alike", lang)


def _text(key: str, lang: Lang, **values: object) -> str:
    return pick(bilingual.fill(TEXTS[key], **values), lang)


def _side(key: str, name: str, run: Run, lang: Lang) -> Side:
    made, code = summary.conclusion(run)
    exit_code = messages.say("exit_code", lang)
    facts = (
        f"{product(run.header.sut)} ({run.header.role})",
        japan_time(run.header.created),
        f"{claim_text(made, lang)} ({exit_code} {code})",
    )
    return Side(pick(TEXTS[key], lang), name, ", ".join(facts))


def told_change(change: Change, lang: Lang) -> tuple[str, str, str]:
    """Return a condition, and what it was before and after, in one language."""
    label = pick(CONDITIONS[change.key], lang)
    if change.detail:
        label = f"{label}: {change.detail}"
    return label, _condition(change.before, lang), _condition(change.after, lang)


def _condition(text: str, lang: Lang) -> str:
    return pick(VALUES.get(text, (text, text)), lang)


def _entry(found: Difference, words: Wording, lang: Lang) -> Entry:
    return Entry(
        found.case.case_id,
        found.case.title or (found.before.title if found.before else ""),
        _verdict(found.before, lang),
        _verdict(found.after, lang),
        tuple(_details(found, words, lang)),
    )


def _verdict(case: Case | None, lang: Lang) -> str:
    return case.verdict.value if case else pick(TEXTS["not_selected"], lang)


def _details(found: Difference, words: Wording, lang: Lang) -> Iterator[str]:
    if found.broken and found.before and found.before.findings:
        yield _text("now_broken", lang, requirements=", ".join(found.broken))
    if found.after:
        for finding in found.after.findings:
            place = words.place(finding)
            yield words.breach(finding) + (f" ({place})" if place else "")
        if found.after.reason:
            yield words.phrase(found.after.reason)
