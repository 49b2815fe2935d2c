"""The table of rules as a whole: every rule is tried, and none falls over what it looks at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Place
from steps.bench.journal import Journal
from steps.judge.court import RULES
from steps.judge.model import Evidence
from telegram_specs.mutate import set_item
from tests.steps import (
    test_rules_answers,
    test_rules_chance,
    test_rules_changes,
    test_rules_content,
    test_rules_entry,
    test_rules_errors,
    test_rules_exchange,
    test_rules_form,
    test_rules_leaks,
    test_rules_links,
    test_rules_municipality,
    test_rules_notices,
    test_rules_presence,
    test_rules_rows,
    test_rules_series,
)
from tests.steps.passages import CODE, NUMBER, answering, asking

MODULES = (
    test_rules_answers,
    test_rules_chance,
    test_rules_changes,
    test_rules_content,
    test_rules_entry,
    test_rules_errors,
    test_rules_exchange,
    test_rules_form,
    test_rules_leaks,
    test_rules_links,
    test_rules_municipality,
    test_rules_notices,
    test_rules_presence,
    test_rules_rows,
    test_rules_series,
)
TRIALS = [trial for module in MODULES for trial in module.TRIALS]

ONLY_TELL = {
    "notice_shape",
    "repetition_told",
    "sent_again",
    "told_or_silent",
    "which_first",
}
"""Rules that observe which of two permitted ways was taken, and can break nothing."""
NEVER_UNCLEAR = {
    "closed_world",
    "codes_usable",
    "correlated",
    "delivered",
    "former_number_told",
    "item_values",
    "items_distinct",
    "nationality_told",
    "none_outside",
    "not_brought_back",
    "not_sent",
    "not_taken_over",
    "notice_sent",
    "numbered_notices",
    "own_municipality",
    "paired",
    "sent",
    "telegram_or_paper",
    "text_kept",
    "told_or_silent",
    "well_formed",
}
"""Rules for which nothing seen is either a breach or just nothing that speaks against them."""


def outcomes(rule):
    """Return how the trials of a rule end: held, broken, unclear."""
    found = set()
    for trial in TRIALS:
        if trial.rule == rule:
            result = trial.expected
            found.add("unclear" if result.unclear else "broken" if result.breaches else "held")
    return found


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_tried_in_all_its_outcomes(rule):
    expected = {"held", "broken", "unclear"}
    expected -= {"broken"} if rule in ONLY_TELL else set()
    expected -= {"unclear"} if rule in NEVER_UNCLEAR else set()
    assert outcomes(rule) == expected


def bent(value, text):
    """Return values with another text in every leaf."""
    if isinstance(value, dict):
        return {key: bent(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [bent(inner, text) for inner in value]
    return value if value is None else text


def bent_from(position, seen, text):
    """Return evidence in which the records from a position on hold another text."""
    there = seen.records[position:]
    changed = (replace(found, values=bent(found.values, text)) for found in there)
    return replace(seen, records=(*seen.records[:position], *changed))


ODD = {
    "empty": "",
    "one digit": "5",
    "full-width": "１２３４５６７８９０１",
    "superscript": "²²²",
    "letters": "not a number",
    "very long": "9" * 5000,
    "from outside the plane": "𠮷",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_falls_over_what_a_faulty_system_sends(rule, text):
    for trial in TRIALS:
        if trial.rule == rule:
            for position in range(len(trial.seen.records)):
                RULES[rule](bent_from(position, trial.seen, text), **trial.params)


# -- with the real codec -------------------------------------------------------------------


def recorded(*passages, parts=("juki",)):
    """Return evidence as the bench records it."""
    journal = Journal()
    for passage in passages:
        journal.add(passage, way="received")
    return Evidence(frozenset(parts), journal.records)


def bent_at(passage, item, text):
    return passage.with_raw(set_item(passage.spec, passage.raw, item, text))


RESULT = asking("number_issue_result")
WRONG_NUMBER = bent_at(RESULT, "individual_number", NUMBER[:-1] + "9")
LIST = asking("juminhyo_code_list", count="2", codes=[{"juminhyo_code": CODE}] * 2)
PERSON = asking("addressee_request")
NAME = '"山田　花子"'.encode()
NAME_SPAN = (PERSON.raw.index(NAME), len(NAME))
REAL = {
    "check digit": (
        "check_digit",
        {"telegram": RESULT.spec.id, "item": "individual_number", "kind": "individual_number"},
        recorded(WRONG_NUMBER, parts=["cs"]),
        ("************", Place("number_issue_result", "individual_number", 76, 12), "個人番号"),
    ),
    "repetition": (
        "items_distinct",
        {"telegram": LIST.spec.id, "item": "juminhyo_code"},
        recorded(LIST, parts=["cs"]),
        (
            "*********** (記録1と同じ値)",
            Place("juminhyo_code_list", "codes[1].juminhyo_code", 79, 11),
            "空きコード/住民票コード",
        ),
    ),
    "code with its meaning": (
        "item_is",
        {"telegram": PERSON.spec.id, "item": "sex", "expected": ["1"]},
        recorded(PERSON),
        ("2 女", Place("addressee_request", "sex", PERSON.raw.index(b'"2"'), 3), "性別"),
    ),
    "Japanese text of JSON": (
        "item_is",
        {"telegram": PERSON.spec.id, "item": "name", "expected": ["山田　葵"]},
        recorded(PERSON),
        ("*****", Place("addressee_request", "name", *NAME_SPAN), "氏名"),
    ),
}


@pytest.mark.parametrize("name", REAL)
def test_a_breach_in_a_real_telegram(name):
    rule, params, seen, (actual, where, label) = REAL[name]
    (breach,) = RULES[rule](seen, words="", **params).breaches
    assert (breach.actual, breach.place, breach.label) == (actual, where, label)


INTEGRATED = "900000012"


def test_a_value_in_a_key_of_no_layout_is_seen():
    """The integrated number is given back to juki in a key of its own."""
    answer = answering(PERSON, "addressee_response")
    leaking = bent_at(answer, "integrated_number", INTEGRATED)
    seen = replace(recorded(PERSON, leaking, parts=["atena"]), facts={"i": [INTEGRATED]})
    (breach,) = RULES["kept_away"](seen, kinds=["i"], words="").breaches
    assert (breach.sender, breach.seq) == ("atena", 2)
