"""What a person enters: types, check digits, lists; what is wrong is told at its entry."""

from __future__ import annotations

import pytest

from steps.catalogue import Argument, Entry, load_catalogue
from steps.drivers.operator.form import task_of
from steps.drivers.operator.lexicon import lexicon_of
from steps.drivers.operator.reading import read
from telegram_specs import load_profile

LEXICON = lexicon_of(load_profile(), load_catalogue())
CODE, NUMBER = "11111111113", "123456789018"
RECORDS = {"記録1": ("記録1: 山田　太郎", "record 1"), "記録2": ("記録2: 山田　花子", "record 2")}


def observing(name, role="juki"):
    entry = load_catalogue().entries["observations"][role, name]
    return task_of(1, "observe", entry, {}, lexicon=LEXICON, records=RECORDS)


def one(kind, **more):
    """Return a task that asks for one entry."""
    asked = Argument(id="x", type=kind, ja="項目", en="item", **more)
    entry = Entry(id="look", role="juki", ja="見る", en="look", data=(asked,))
    return task_of(1, "observe", entry, {}, lexicon=LEXICON, records=RECORDS)


def entered(task, **texts):
    raw = {"outcome": ["ok"]}
    raw |= {key.replace("__", "."): [text] for key, text in texts.items()}
    return read(task, raw)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "2026-05-01", "2026-05-01"),
        ("date", "2026-05-00", "2026-05-00"),
        ("date", "２０２６年５月１日", "2026-05-01"),
        ("date", "20260501", "2026-05-01"),
        ("date", "令和8年5月1日", "2026-05-01"),
        ("date", "S64.1.7", "1989-01-07"),
        ("date", "平成元年1月8日", "1989-01-08"),
        ("count", "０", 0),
        ("count", "1,234", 1234),
        ("digits", "１２３ ４-5", "12345"),
        ("text", "山田　花子", "山田　花子"),
        ("flag", "yes", True),
        ("flag", "no", False),
        ("handle", "記録2", "記録2"),
        ("texts", "a\n\n b ", ["a", "b"]),
        ("address", "192.0.2.1:9101", "192.0.2.1:9101"),
    ],
)
def test_a_right_entry(kind, typed, value):
    answer, problems = entered(one(kind), data__x=typed)
    assert problems == ()
    assert answer.data == {"x": value}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "昨日"),
        ("date", "2026-13-01"),
        ("date", "大正20年1月1日"),
        ("count", "-1"),
        ("count", "三"),
        ("digits", "12a"),
        ("flag", "maybe"),
        ("handle", "記録9"),
        ("address", "juki"),
        ("text", ""),
    ],
)
def test_a_wrong_entry_is_told_at_its_place(kind, typed):
    answer, problems = entered(one(kind), data__x=typed)
    assert answer is None
    assert [problem.path for problem in problems] == ["data.x"]


def test_an_optional_entry_may_be_empty():
    answer, problems = entered(one("date", optional=True), data__x="")
    assert (answer.data, problems) == ({}, ())


def test_what_the_screen_does_not_show_is_said_so():
    answer, _ = read(one("digits"), {"outcome": ["ok"], "absent.data.x": ["on"]})
    assert answer.data == {"x": ""}


def test_a_wrong_check_digit_is_asked_about_once():
    texts = {"data__juminhyo_code": CODE, "data__addressee_number": "100000024"}
    task = observing("resident")
    answer, _ = entered(task, data__individual_number=NUMBER, **texts)
    assert answer.data["individual_number"] == NUMBER
    wrong = NUMBER[:-1] + "9"
    answer, problems = entered(task, data__individual_number=wrong, **texts)
    assert answer is None
    assert [(p.path, p.confirm) for p in problems] == [("data.individual_number", True)]
    insisting = {"as_shown__data__individual_number": "on", **texts}
    answer, problems = entered(task, data__individual_number=wrong, **insisting)
    assert problems == ()
    assert answer.data["individual_number"] == wrong


def test_rows_of_a_list():
    task = observing("errors")
    raw = {
        "outcome": ["ok"],
        "rows.data.errors": ["2"],
        "data.errors.0.telegram": ["identity_notice"],
        "data.errors.0.code": ["1003"],
        "data.errors.0.text": ["項目の誤り"],
        "data.errors.1.telegram": ["number_issue_request"],
        "data.errors.1.code": [""],
        "data.errors.1.text": ["応答なし"],
    }
    answer, problems = read(task, raw)
    assert answer is None
    assert [problem.path for problem in problems] == ["data.errors.1.code"]
    answer, _ = read(task, raw | {"data.errors.1.code": ["E9"]})
    assert [row["telegram"] for row in answer.data["errors"]] == [
        "identity_notice",
        "number_issue_request",
    ]


def test_no_rows_are_an_empty_list():
    answer, _ = read(observing("errors"), {"outcome": ["ok"], "rows.data.errors": ["0"]})
    assert answer.data == {"errors": []}


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [
        ("rejected", {"stage"}),
        ("unsupported", {"scope", "reason"}),
        ("error", {"reason"}),
        ("skip", {"reason"}),
        ("pass", {"outcome"}),
    ],
)
def test_an_outcome_needs_what_belongs_to_it(outcome, missing):
    entry = load_catalogue().entries["actions"]["juki", "finalise"]
    task = task_of(1, "trigger", entry, {"handle": "記録1"}, lexicon=LEXICON, records=RECORDS)
    answer, problems = read(task, {"outcome": [outcome]})
    assert answer is None
    assert {problem.path for problem in problems} == missing


def test_nobody_is_asked_for_a_verdict():
    kinds = {"trigger": "actions", "observe": "observations", "provision": "provisions"}
    asked = {
        outcome
        for verb, kind in kinds.items()
        for entry in load_catalogue().of(kind)
        for outcome in task_of(1, verb, entry, {}, lexicon=LEXICON, records={}).outcomes
    }
    assert asked == {"ok", "rejected", "unsupported", "error", "skip"}


def codes(arguments):
    for argument in arguments:
        if argument.type == "code":
            yield argument
        yield from codes(argument.items)


def test_every_code_value_has_a_word():
    catalogue = load_catalogue()
    wordless = {
        (entry.id, argument.id, value)
        for entries in catalogue.entries.values()
        for entry in entries.values()
        for argument in codes([*entry.args, *entry.data])
        for value in argument.values
        if LEXICON.value(argument, value)[0] == value
    }
    assert wordless == set()


def test_values_are_shown_in_words():
    entry = load_catalogue().entries["actions"]["juki", "birth"]
    child = {
        "name": "山田　花子",
        "furigana": "ヤマダ　ハナコ",
        "sex": "2",
        "birth_date": "2026-05-01",
    }
    args = {"household": "記録1", "child": child, "until": "provisional"}
    task = task_of(1, "trigger", entry, args, lexicon=LEXICON, records=RECORDS)
    shown = {given.path: given.text[0] for given in task.given}
    assert shown == {
        "household": "記録1: 山田　太郎",
        "child": "",
        "child.name": "山田　花子",
        "child.furigana": "ヤマダ　ハナコ",
        "child.sex": "女 (2)",
        "child.birth_date": "2026-05-01",
        "until": "仮登録まで",
    }
