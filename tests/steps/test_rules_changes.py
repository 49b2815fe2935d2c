"""Rules on what becomes of a record: history, cancelled entries, nationality."""

from __future__ import annotations

import pytest

from reports.model import Place
from steps.judge.model import Breach, Result
from tests.steps.conftest import Trial, evidence, record, rows

CODE = "24846016224"
PEOPLE = {"people": {"葵": {"identifiers": [CODE]}}}
ENTERED, REMOVED, CORRECTED = "1", "2", "3"


def notice(entry, name="山田　葵"):
    values = {"entry": entry, "name": name, "juminhyo_code": CODE}
    return record("identity_notice", values)


def seen(*records):
    return evidence(*records, **PEOPLE)


def at(item, offset, length):
    return Place("identity_notice", item, offset, length)


MOMENTS = {"before": "b", "after": "a", "role": "juki"}
GROWS = "異動履歴は、前の異動を残したまま増える"


def past(before, after):
    return evidence(b=before, a=after)


def overwritten(actual):
    return Result((Breach(GROWS, actual, "juki"),), closed=True)


HISTORY = [
    Trial("one-more", "history_grows", MOMENTS, past(["x"], ["x", "y"]), Result(closed=True)),
    Trial("the-first", "history_grows", MOMENTS, past([], ["y"]), Result(closed=True)),
    Trial(
        "another-in-its-place",
        "history_grows",
        MOMENTS,
        past(["x"], ["y"]),
        overwritten("前の異動が書き換えられた"),
    ),
    Trial(
        "shorter",
        "history_grows",
        MOMENTS,
        past(["x", "y"], ["x"]),
        overwritten("前の異動が書き換えられた"),
    ),
    Trial(
        "as-long-as-before",
        "history_grows",
        MOMENTS,
        past(["x"], ["x"]),
        overwritten("1件のまま増えない"),
    ),
    Trial(
        "nobody-tells",
        "history_grows",
        MOMENTS,
        evidence(a=["x"]),
        Result(unclear="異動履歴を照会できない"),
    ),
]

AOI = {"person": "葵"}
RETURN = [
    Trial("nothing-told", "not_brought_back", AOI, seen(), Result(closed=True)),
    Trial(
        "entered-and-removed",
        "not_brought_back",
        AOI,
        seen(notice(ENTERED), notice(REMOVED)),
        Result(looked_at=(1, 2), closed=True),
    ),
    Trial(
        "entered-after-all",
        "not_brought_back",
        AOI,
        seen(notice(REMOVED), notice(ENTERED)),
        Result(
            (
                Breach(
                    "「葵」は住民に戻らない",
                    "1",
                    "juki",
                    2,
                    at("entry", 0, 1),
                    "変更の旨",
                ),
            ),
            looked_at=(1, 2),
        ),
    ),
]

WHAT = {"what": "改製"}
TOLD = [
    Trial(
        "told",
        "told_or_silent",
        WHAT,
        evidence(notice(CORRECTED)),
        Result(looked_at=(1,), closed=True, observed="改製の本人確認情報: 送信する"),
    ),
    Trial(
        "silent",
        "told_or_silent",
        WHAT,
        evidence(),
        Result(closed=True, observed="改製の本人確認情報: 送信しない"),
    ),
]

CHANGE = {"person": "葵", "former": {"name": ["ＡＯＩ"]}, "now": {"name": ["山田　葵"]}}
TWO = "国籍の異動の本人確認情報: 消除と記載の二つの電文"
ONE = "国籍の異動の本人確認情報: 一つの電文"
WANTED = "「葵」の国籍の異動の「本人確認情報」が送信される"

NATIONALITY = [
    Trial(
        "removal-and-entry",
        "nationality_told",
        CHANGE,
        seen(notice(REMOVED, "ＡＯＩ"), notice(ENTERED)),
        Result(looked_at=(1, 2), observed=TWO),
    ),
    Trial(
        "in-one",
        "nationality_told",
        CHANGE,
        seen(notice(CORRECTED)),
        Result(looked_at=(1,), observed=ONE),
    ),
    Trial(
        "removal-only",
        "nationality_told",
        CHANGE,
        seen(notice(REMOVED, "ＡＯＩ")),
        Result(
            (Breach(WANTED, "消除だけが送信された", "juki", 1, at("entry", 0, 1)),), looked_at=(1,)
        ),
    ),
    Trial(
        "nothing",
        "nationality_told",
        CHANGE,
        seen(),
        Result((Breach(WANTED, "送信されない", "juki", place=Place("identity_notice")),)),
    ),
    Trial(
        "under-the-old-name",
        "nationality_told",
        CHANGE,
        seen(notice(ENTERED, "ＡＯＩ")),
        Result(
            (Breach("届け出られた値", "***", "juki", 1, at("name", 1, 9), "氏名"),),
            looked_at=(1,),
            observed=ONE,
        ),
    ),
    Trial(
        "removal-last",
        "nationality_told",
        CHANGE,
        seen(notice(ENTERED), notice(REMOVED, "ＡＯＩ")),
        Result(
            (
                Breach(
                    "消除は記載より前に送信される", "後", "juki", 2, at("entry", 0, 1), "変更の旨"
                ),
            ),
            looked_at=(1, 2),
            observed=TWO,
        ),
    ),
]

TRIALS = (*HISTORY, *RETURN, *TOLD, *NATIONALITY)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
