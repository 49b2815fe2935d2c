"""The features as a whole: how many scenarios count, and how they are written."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from steps.index import definitions, scenarios
from steps.register import FEATURES
from steps.residents import GIVEN, SURNAMES

SCENARIOS = [one for path in sorted(FEATURES.rglob("*.feature")) for one in scenarios(path)]
DEFINITIONS = definitions()
WANTED = 300

NAMES = {**dict.fromkeys(SURNAMES, "姓"), **dict.fromkeys([*GIVEN, "𠮷"], "名")}
PROOF = "proven"
"""The step that shows that the network works: it plans no fault."""
WRONG = {
    "broken",
    "wrong_digit",
    "number_of_head",
    "number_for_another",
    "strange_token",
    "no_token",
    "item_missing",
    "item_wrong",
}
"""Steps that make a telegram wrong, so that it must be refused."""
HARMLESS = "1バイトずつ届く"


def definition_of(sentence):
    return next(d for d in DEFINITIONS if d.kind == sentence.kind and d.matches(sentence.text))


def step_of(sentence):
    """Return the name of the step that a sentence calls."""
    return definition_of(sentence).function.__name__


def anonymous(sentence):
    """Return a sentence without what tells people, households and numbers apart."""
    named = re.sub(
        "「([^」]+)」", lambda found: f"「{NAMES.get(found[1], found[1])}」", sentence.text
    )
    return re.sub("[0-9]+", "N", named)


def said(scenario, kind):
    """Return the sentences of one kind; of an outline, those of its first row."""
    lines = {}
    for sentence in scenario.sentences:
        if sentence.kind == kind:
            lines.setdefault(sentence.line, sentence)
    return list(lines.values())


def faults(scenario):
    """Return the sentences that plan a fault."""
    given = ((s, definition_of(s).function) for s in said(scenario, "given"))
    return [
        sentence
        for sentence, function in given
        if function.__module__ == "steps.sentences.disturbance" and function.__name__ != PROOF
    ]


def triple(scenario, key):
    """Return action, planned fault and judged rule of a scenario."""
    parts = (said(scenario, "when"), faults(scenario), said(scenario, "then"))
    return tuple(frozenset(map(key, part)) for part in parts)


@pytest.mark.parametrize("key", [anonymous, step_of], ids=["by-sentence", "by-step"])
def test_enough_scenarios_count(key):
    """A scenario counts when its triple occurs nowhere else; an outline counts once.

    By step is the stricter count: there telegrams and items make no difference.
    """
    times = Counter(triple(scenario, key) for scenario in SCENARIOS)
    assert sum(number == 1 for number in times.values()) >= WANTED


def test_every_title_is_a_sentence_of_its_own():
    titles = Counter(scenario.title for scenario in SCENARIOS)
    assert [title for title, number in titles.items() if number > 1] == []


def test_every_scenario_does_something_and_judges_something():
    idle = [s.title for s in SCENARIOS if not (said(s, "when") and said(s, "then"))]
    assert idle == []


def test_most_scenarios_are_about_one_kind_of_event():
    """Several kinds are for order, and for what only a second event can show."""
    several = [s for s in SCENARIOS if len(set(map(step_of, said(s, "when")))) > 1]
    assert len(several) < len(SCENARIOS) / 3


def test_a_wrong_telegram_has_its_right_twin_before_it():
    lacking = [
        scenario.title
        for scenario in SCENARIOS
        if PROOF not in map(step_of, said(scenario, "given"))
        and any(step_of(s) in WRONG and HARMLESS not in s.text for s in faults(scenario))
    ]
    assert lacking == []
