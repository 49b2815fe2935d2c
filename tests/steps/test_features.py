"""The features as a whole: how many scenarios count, and how they are written."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from steps.index import definitions, scenarios
from steps.register import FEATURES
from steps.residents import GIVEN, SURNAMES
from steps.vocabulary import FATES

SCENARIOS = [one for path in sorted(FEATURES.rglob("*.feature")) for one in scenarios(path)]
DEFINITIONS = definitions()
WANTED = 300

NAMES = {**dict.fromkeys(SURNAMES, "姓"), **dict.fromkeys([*GIVEN, "𠮷"], "名")}
PROOF = "proven"
"""The step that shows that the network works: it plans no fault."""
WRONG = {
    "item_long",
    "item_missing",
    "item_wrong",
    "lettered_serial",
    "number_for_another",
    "number_of_head",
    "number_of_nobody",
    "number_of_somebody",
    "wrong_digit",
}
"""Steps that make a telegram wrong, so that it must be refused."""
WRONG_FATES = [text for text, (kind, _) in FATES.items() if kind in {"broken", "token"}]
"""What becomes of a telegram that does so, too."""
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
    return [s for s, function in given if function.__module__ == "steps.sentences.disturbance"]


def makes_wrong(sentence):
    """Tell whether a planned fault makes a telegram wrong."""
    if HARMLESS in sentence.text:
        return False
    return step_of(sentence) in WRONG or sentence.text.endswith(tuple(WRONG_FATES))


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
        and any(makes_wrong(s) for s in faults(scenario))
    ]
    assert lacking == []


def test_the_steps_that_are_named_here_exist():
    assert {*WRONG, PROOF} <= {d.function.__name__ for d in DEFINITIONS}
