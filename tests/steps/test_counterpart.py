"""Whose fault it is when two systems are outside: what the counterpart did is not the other's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.transcript import RecordFault
from reports.verdict import ObstacleKind
from steps.counterpart import PROMPTS, Counterpart, try_beside
from steps.judge.court import Pending
from steps.judge.standing import standing_rules
from steps.register import load_register
from telegram_specs import load_profile
from tests.steps.conftest import answer, evidence, record

REGISTER = load_register()


def standing(role):
    return tuple(
        Pending(*row, 0, standing=True) for row in standing_rules(role, allowed=(), once=())
    )


def beside(*, acted=(), given=(), troubles=()):
    parts = frozenset({"cs", "nws"})
    return Counterpart("相手方 cs", "cs", parts, acted, frozenset(given), troubles, standing("cs"))


OWN = Pending("BIRTH-001", "sent", {"telegram": "identity_notice", "label": "本人確認情報"}, 0)
FORM = Pending("FORMAT-001", "well_formed", {}, 0, standing=True)
WRONG = RecordFault("name", 0, 1, "kind", "全角", "半角", "誤り")


def tried(*records, counterpart=None, pending=(OWN, FORM), **facts):
    seen = evidence(*records, **facts)
    return try_beside(counterpart or beside(), pending, seen, REGISTER, "juki")


def found(decision):
    return [finding.requirement_id for finding in decision.findings]


def reasons(decision):
    assert {met.kind for met in decision.obstacles} <= {ObstacleKind.NOT_OBSERVED}
    return [met.text for met in decision.obstacles]


ASKED = record("number_issue_request", {"serial": "1"})
RESULT = record("number_issue_result", {"serial": "5", "ref_serial": "1"}, way="sent")
DONE = (ASKED, answer(1), RESULT, answer(3, sender="juki", receiver="cs"))
"""A request with its result, all of it as it should be."""


def test_what_is_missing_is_missing_when_the_counterpart_did_its_part():
    decision = tried(*DONE)
    assert (found(decision), reasons(decision)) == (["BIRTH-001"], [])


def test_what_is_there_is_there():
    notice = record("identity_notice", {"serial": "2"})
    decision = tried(*DONE, notice, answer(5))
    assert (found(decision), reasons(decision)) == ([], [])


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ((ASKED,), "「個人番号生成要求」に応答がない"),
        ((ASKED, answer(1, "9999")), "「個人番号生成要求」の処理結果 9999"),
        ((ASKED, answer(1)), "「個人番号生成要求」への結果がない"),
        (
            (*DONE[:3], answer(3, "2004", sender="juki", receiver="cs")),
            "「個人番号生成結果」の処理結果 2004",
        ),
    ],
    ids=["silent", "refusing", "without-result", "refused"],
)
def test_what_the_counterpart_may_have_caused_is_undecided(records, why):
    decision = tried(*records)
    assert (found(decision), reasons(decision)) == ([], [f"相手方 cs: {why}"])


def test_what_the_other_refused_to_take_is_undecided_in_every_respect():
    """One of both is wrong, and nobody can tell which."""
    taken = {"telegram": "number_issue_result", "label": "個人番号生成結果", "accepted": True}
    answered = replace(OWN, requirement_id="NUM-004", rule="answered", params=taken)
    for fault in (None, "twice", "held"):
        sent = replace(RESULT, fault=fault)
        refused = answer(3, "2002", sender="juki", receiver="cs")
        decision = tried(ASKED, answer(1), sent, refused, pending=(answered, FORM))
        assert found(decision) == []
        assert reasons(decision) == ["相手方 cs: 「個人番号生成結果」の処理結果 2002"]
    bent = replace(RESULT, fault="changed:individual_number")
    decision = tried(ASKED, answer(1), bent, refused, pending=(answered,), disturbed=True)
    assert found(decision) == ["NUM-004"]


def test_a_refusal_that_was_planned_is_no_doubt():
    refused = answer(1, "9999", fault="refused:9999", way="sent")
    decision = tried(ASKED, refused, *(replace(r, answers=None) for r in (RESULT,)), answer(3))
    assert found(decision) == ["BIRTH-001"]


def test_a_counterpart_that_acted_and_was_silent_leaves_open_what_is_missing():
    assert found(tried(*DONE, counterpart=beside(acted=(4,)))) == []
    sent = record("number_issue_result", {"serial": "6"}, way="sent")
    told = answer(5, sender="juki", receiver="cs")
    assert found(tried(*DONE, sent, told, counterpart=beside(acted=(4,)))) == ["BIRTH-001"]


def test_what_nobody_prompted_need_not_be_sent():
    code = replace(OWN, params={"telegram": "linkage_code_request", "label": "符号取得要求"})

    def tried_for(*records):
        seen = replace(evidence(*records), senders={"linkage_code_request": ("juki",)})
        return try_beside(beside(), (code,), seen, REGISTER, "juki")

    decision = tried_for(*DONE)
    assert (found(decision), reasons(decision)) == (
        [],
        ["相手方 cs: 「符号取得要求」を促す電文がない"],
    )
    prompt = record(
        "linkage_request", {"serial": "9"}, sender="atena", receiver="juki", link="atena_link"
    )
    assert found(tried_for(*DONE, prompt)) == ["BIRTH-001"]


def test_what_a_telegram_shows_is_judged_whatever_the_counterpart_did():
    own = record("identity_notice", {"serial": "2"}, faults=(WRONG,))
    theirs = replace(RESULT, faults=(WRONG,))
    for counterpart, records in (
        (beside(troubles=("終了した",)), (ASKED, own)),
        (beside(), (ASKED, answer(1), theirs, own)),
    ):
        decision = tried(*records, counterpart=counterpart)
        assert found(decision) == ["FORMAT-001"]
        assert len(reasons(decision)) == 1


def test_a_counterpart_that_broke_a_rule_leaves_nothing_decided():
    decision = tried(ASKED, answer(1), replace(RESULT, faults=(WRONG,)), answer(3, sender="juki"))
    assert (found(decision), reasons(decision)) == ([], ["相手方 cs: FORMAT-001: 全角 / 半角"])


def test_what_the_harness_gave_to_be_sent_is_not_held_against_the_counterpart():
    check = RecordFault("count", 0, 1, "check", "2", "3", "誤り")
    sent = replace(RESULT, values=RESULT.values | {"count": "wrong"}, faults=(check,))
    records = (ASKED, answer(1), sent, answer(3, sender="juki", receiver="cs"))
    assert found(tried(*records)) == []
    assert found(tried(*records, counterpart=beside(given=("wrong",)))) == ["BIRTH-001"]


def test_what_the_plan_bent_is_not_held_against_the_counterpart():
    bent = replace(RESULT, faults=(WRONG,), fault="changed:name")
    decision = tried(ASKED, answer(1), bent, answer(3, sender="juki"), disturbed=True)
    assert found(decision) == ["BIRTH-001"]


@pytest.mark.parametrize(
    ("fault", "serial"), [("lost", "5"), ("broken:cut", "5"), ("changed:serial", "X")]
)
def test_a_fault_that_the_counterpart_made_good_shows_nothing(fault, serial):
    met = record(
        "number_issue_result", {"serial": serial, "ref_serial": "1"}, way="sent", fault=fault
    )
    met = replace(met, on_wire=fault != "lost")
    decision = tried(ASKED, answer(1), met, RESULT, answer(4, sender="juki"), disturbed=True)
    again = "相手方 cs: 障害を受けた「個人番号生成結果」が再び送信された"
    assert (found(decision), reasons(decision)) == ([], [again])
    decision = tried(ASKED, answer(1), met, answer(3, sender="juki"), disturbed=True)
    assert again not in reasons(decision)


def test_every_prompt_is_a_telegram():
    known = load_profile().specs
    assert set(PROMPTS) | set(PROMPTS.values()) <= set(known)
