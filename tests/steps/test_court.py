"""The court: breaches become findings of the register, our own mistakes become obstacles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Finding, Judgement, Origin, Place, Requirement
from reports.verdict import Obstacle, ObstacleKind, Verdict, decide
from steps.judge.court import Pending, try_case
from steps.judge.model import RULES, Result
from steps.register import Register
from tests.steps.conftest import answer, evidence, record

MUST = Requirement(
    id="BIRTH-001",
    area="BIRTH",
    ja="",
    en="",
    level="MUST",
    rank="law",
    roles=("juki",),
    source="住基法30条の3",
    edition="2025",
)
SHOULD = replace(MUST, id="BIRTH-002", level="SHOULD", rank="inference")
MAY = replace(MUST, id="BIRTH-003", level="MAY")
OF_CS = replace(MUST, id="NUM-001", area="NUM", roles=("cs",))
REGISTER = Register({r.id: r for r in (MUST, SHOULD, MAY, OF_CS)}, {})

CODE = "24846016224"
REQUEST = record("number_issue_request", {"juminhyo_code": CODE})
SENT = {"telegram": "number_issue_request", "label": "個人番号生成要求"}
NOTICE = {"telegram": "identity_notice", "label": "本人確認情報"}


def judged(*pending, seen=None, role="juki"):
    return try_case(pending, seen or evidence(REQUEST), REGISTER, role)


def asked(requirement, rule, params, start=0, **members):
    return Pending(requirement.id, rule, params, start, **members)


def missing(requirement, label="本人確認情報", telegram="identity_notice"):
    return Finding(
        requirement.id,
        requirement.level,
        requirement.rank,
        f"「{label}」が1件以上送信される",
        "送信されない",
        Place(telegram),
        "住基法30条の3",
        rule="sent",
    )


def test_what_is_kept_is_a_judgement_that_held():
    decision = judged(asked(MUST, "sent", SENT))
    assert decision.findings == []
    assert decision.obstacles == []
    assert decision.judgements == [Judgement(MUST.id, "sent", SENT, (1,), held=True)]


@pytest.mark.parametrize(
    ("requirement", "verdict"),
    [(MUST, Verdict.FAIL), (SHOULD, Verdict.WARN), (MAY, Verdict.PASS)],
    ids=["must", "should", "may"],
)
def test_a_breach_becomes_a_finding_of_its_level(requirement, verdict):
    decision = judged(asked(requirement, "sent", NOTICE))
    assert decision.findings == [missing(requirement)]
    assert [j.held for j in decision.judgements] == [False]
    assert decide(decision.findings, decision.obstacles) == (verdict, "")


def test_a_finding_says_where_it_was_seen():
    params = {"telegram": "number_issue_request", "item": "juminhyo_code", "words": "12桁"}
    decision = judged(asked(MUST, "matches", {**params, "pattern": "[0-9]{12}"}))
    assert decision.findings == [
        Finding(
            "BIRTH-001",
            "MUST",
            "law",
            "12桁",
            "***********",
            Place("number_issue_request", "juminhyo_code", 0, 11),
            "住基法30条の3",
            1,
            "住民票コード",
            rule="matches",
        )
    ]


def test_a_finding_names_the_sentence_that_asked():
    decision = judged(asked(MUST, "sent", NOTICE, step=3), asked(SHOULD, "sent", NOTICE))
    assert [(found.rule, found.step) for found in decision.findings] == [
        ("sent", 3),
        ("sent", None),
    ]


def test_requirements_of_other_roles_are_left_aside():
    decision = judged(asked(OF_CS, "sent", NOTICE), role="juki")
    assert (decision.findings, decision.judgements, decision.obstacles) == ([], [], [])
    assert judged(asked(OF_CS, "sent", NOTICE), role="cs").judgements != []


def test_findings_of_several_judgements_are_collected():
    decision = judged(
        asked(MUST, "sent", NOTICE),
        asked(SHOULD, "sent", NOTICE),
        asked(MUST, "sent", SENT),
        asked(MUST, "not_sent", {"sender": "juki"}),
    )
    assert [(f.requirement_id, f.actual) for f in decision.findings] == [
        ("BIRTH-001", "送信されない"),
        ("BIRTH-002", "送信されない"),
        ("BIRTH-001", "送信された"),
    ]
    assert [j.held for j in decision.judgements] == [False, False, True, False]


def test_repeats_are_removed():
    twice = [asked(MUST, "not_sent", {"sender": "juki"})] * 2
    decision = judged(*twice, asked(SHOULD, "not_sent", {"sender": "juki"}))
    assert [f.requirement_id for f in decision.findings] == ["BIRTH-001", "BIRTH-002"]


NEVER_SENT = {"sender": "juki"}


def noted(*records):
    decision = judged(asked(MUST, "not_sent", NEVER_SENT), seen=evidence(*records))
    return [(finding.evidence, finding.note) for finding in decision.findings]


def test_the_same_again_is_a_note_of_the_first():
    notice = record("identity_notice")
    assert noted(REQUEST, notice, REQUEST, REQUEST) == [(1, "同じ違反がほかに2件"), (2, None)]


def test_a_repeat_is_counted_once_however_many_judgements_find_it():
    twice = [asked(MUST, "not_sent", NEVER_SENT)] * 2
    decision = judged(*twice, seen=evidence(REQUEST, REQUEST))
    assert [finding.note for finding in decision.findings] == ["同じ違反がほかに1件"]


def test_what_was_told_of_people_is_masked_in_a_judgement():
    expected = {"山田　花子": ["*****"], ("1", "12"): ["1", "12"], (CODE,): ["*" * 11]}
    for given, shown in expected.items():
        texts = given if isinstance(given, str) else list(given)
        params = {**ITEM, "telegram": "number_issue_request", "expected": texts}
        (judgement,) = judged(asked(MUST, "item_is", params)).judgements
        assert judgement.params == {**params, "expected": shown}


PRIVATE_PARAMS = {
    "number_change_told": (
        {"former": "123456789018", "received": ["330427941582"], "words": "変更"},
        {"former": "*" * 12, "received": ["*" * 12], "words": "変更"},
    ),
    "number_kept_or_renewed": (
        {"number": "123456789018", "integrated": "9876543210987", "words": "変更"},
        {"number": "*" * 12, "integrated": "*" * 13, "words": "変更"},
    ),
    "nationality_told": (
        {"person": "花子", "former": {"name": ["山田　花子"]}, "now": {"sex": ["2"]}},
        {"person": "花子", "former": {"name": ["*****"]}, "now": {"sex": ["2"]}},
    ),
    "items_distinct": (
        {"telegram": "number_change_result", "item": "x", "known": [CODE], "words": "別"},
        {"telegram": "number_change_result", "item": "x", "known": ["*" * 11], "words": "別"},
    ),
    "sent": (
        {**SENT, "label": f"{CODE}の電文"},
        {**SENT, "label": "***********の電文"},
    ),
}


@pytest.mark.parametrize("rule", PRIVATE_PARAMS)
def test_what_is_of_people_is_masked_in_every_parameter(rule):
    given, shown = PRIVATE_PARAMS[rule]
    (judgement,) = judged(asked(MUST, rule, given)).judgements
    assert judgement.params == shown


def test_what_is_to_be_compared_may_be_unknown():
    params = {"telegram": "replica_registration", "item": "x", "expected": None, "words": "副本"}
    decision = judged(asked(MUST, "rows_are", params))
    (judgement,) = decision.judgements
    assert (judgement.params, judgement.held) == (params, None)
    assert [met.kind for met in decision.obstacles] == [ObstacleKind.NOT_OBSERVED]


def test_a_window_has_a_start_and_an_end():
    params = {**SENT, "count": 1}
    seen = evidence(REQUEST, REQUEST, REQUEST)
    windows = ((0, None, 3), (1, None, 2), (1, 2, 1), (3, None, 0))
    for start, end, count in windows:
        decision = judged(asked(MUST, "sent", params, start, end=end), seen=seen)
        assert len(decision.judgements[0].looked_at) == count


def test_what_cannot_be_told_is_an_obstacle():
    decision = judged(asked(MUST, "item_is", {**ITEM, "telegram": "identity_notice"}))
    reason = "BIRTH-001: 該当する電文がない"
    assert decision.obstacles == [Obstacle(ObstacleKind.NOT_OBSERVED, reason)]
    assert [j.held for j in decision.judgements] == [None]
    assert decide(decision.findings, decision.obstacles) == (Verdict.INCONCLUSIVE, reason)


ITEM = {"item": "name", "expected": [""], "words": ""}


def test_a_standing_judgement_with_nothing_to_look_at_is_no_gap():
    params = {**ITEM, "telegram": "identity_notice"}
    decision = judged(asked(MUST, "item_is", params, standing=True))
    assert decision.obstacles == []
    assert [j.held for j in decision.judgements] == [None]


def test_nothing_looked_at_did_not_hold():
    away = {"kinds": ["private"], "words": "", "receivers": ["chukan"]}
    assert [j.held for j in judged(asked(MUST, "kept_away", away)).judgements] == [None]


def test_nothing_looked_at_is_no_pass():
    decision = judged(asked(MUST, "correlated", {}))
    reason = "BIRTH-001: 判定の根拠となるものが観測されていない"
    assert decide(decision.findings, decision.obstacles) == (Verdict.INCONCLUSIVE, reason)


@pytest.mark.parametrize(
    ("status", "verdict"), [("error", Verdict.INCONCLUSIVE), ("ok", Verdict.FAIL)]
)
def test_what_did_not_follow_an_error_shows_nothing(status, verdict):
    replies = {"birth": {"status": status, "stage": None, "alerts": []}}
    decision = judged(asked(MUST, "sent", NOTICE), seen=evidence(REQUEST, replies=replies))
    assert decide(decision.findings, decision.obstacles)[0] is verdict


def test_what_was_seen_after_an_error_is_judged():
    replies = {"birth": {"status": "error", "stage": None, "alerts": []}}
    twice = asked(MUST, "sent", {**SENT, "count": 1})
    decision = judged(twice, seen=evidence(REQUEST, REQUEST, replies=replies))
    assert [finding.actual for finding in decision.findings] == ["2件送信された"]


def test_a_standing_judgement_that_looked_at_nothing_is_no_gap():
    assert judged(asked(MUST, "correlated", {}, standing=True)).obstacles == []


def test_what_was_observed_is_kept():
    both = evidence(record("identity_notice"), record("addressee_request"))
    params = {"one": "identity_notice", "other": "addressee_request"}
    decision = judged(asked(MAY, "which_first", params), seen=both)
    assert decision.observed == ["先に送信されたのは「本人確認情報」"]
    assert [j.held for j in decision.judgements] == [True]


RESULT = record("number_issue_result", {"individual_number": "12"})
NEVER = {"sender": "cs", "telegrams": ["number_issue_result"]}
FROM_CS = {"telegram": "number_issue_result", "label": "個人番号生成結果"}


def test_what_a_bench_role_did_wrong_is_our_error():
    decision = judged(asked(MUST, "not_sent", NEVER), seen=evidence(RESULT))
    text = "ベンチの役割 cs: 「個人番号生成結果」は送信されない / 送信された"
    assert decision.findings == []
    assert decision.obstacles == [Obstacle(ObstacleKind.HARNESS_ERROR, text)]
    assert decide(decision.findings, decision.obstacles) == (Verdict.ERROR, text)


def test_what_a_bench_role_never_got_to_do_was_not_observed():
    decision = judged(asked(MUST, "sent", FROM_CS))
    text = "ベンチの役割 cs: 「個人番号生成結果」が1件以上送信される / 送信されない"
    assert decision.obstacles == [Obstacle(ObstacleKind.NOT_OBSERVED, text)]


def test_with_a_planned_fault_it_is_nothing():
    decision = judged(
        asked(MUST, "not_sent", NEVER),
        asked(MUST, "sent", FROM_CS, 1),
        seen=evidence(RESULT, disturbed=True),
    )
    assert (decision.findings, decision.obstacles) == ([], [])


def test_a_part_behind_the_role_is_under_test_too():
    notice = record("linkage_code_notice", {"linkage_code": CODE})
    params = {"telegram": "linkage_code_notice", "item": "linkage_code", "words": ""}
    seen = evidence(notice, parts=["cs", "nws"], numbers=[CODE])
    never = asked(OF_CS, "not_equal_to", {**params, "never": ["numbers"]})
    assert len(judged(never, seen=seen, role="cs").findings) == 1


def test_a_breach_of_ours_beside_one_of_theirs():
    seen = evidence(RESULT, answer(1, "9999", sender="juki", receiver="cs"))
    decision = judged(
        asked(MUST, "answered", {**FROM_CS, "accepted": True}),
        asked(MUST, "not_sent", NEVER),
        seen=seen,
    )
    assert [f.actual for f in decision.findings] == ["処理結果 9999"]
    assert [o.kind for o in decision.obstacles] == [ObstacleKind.HARNESS_ERROR]
    assert decide(decision.findings, decision.obstacles)[0] is Verdict.ERROR


# -- what a judgement rests on -------------------------------------------------------------------

REPLIES = {"replies": {"1": {"status": "ok"}}, "in_use": [CODE], "disturbed": False}


def looking_at(*keys):
    """Return a rule that looks at facts and finds nothing wrong."""

    def look(seen):
        for key in keys:
            assert seen.facts[key] == seen.facts.get(key)
        return Result(closed=True)

    return look


@pytest.mark.parametrize(("standing", "read"), [(False, {"in_use"}), (True, set())])
def test_facts_are_noted_that_a_judgement_of_the_scenario_looked_at(monkeypatch, standing, read):
    monkeypatch.setitem(RULES, "looks", looking_at("in_use"))
    decision = judged(
        asked(MUST, "looks", {}, standing=standing), seen=evidence(REQUEST, **REPLIES)
    )
    assert [one.held for one in decision.judgements] == [True]
    assert decision.facts_read == read


def test_facts_that_only_the_court_or_another_role_asks_for_are_not_noted(monkeypatch):
    monkeypatch.setitem(RULES, "looks", looking_at("in_use"))
    pending = (asked(MUST, "sent", SENT), asked(OF_CS, "looks", {}))
    assert judged(*pending, seen=evidence(REQUEST, **REPLIES)).facts_read == frozenset()


# -- where a value comes from ------------------------------------------------------------

RESULT = record("number_issue_result", {"individual_number": "123456789018"})
OTHER = record("identity_notice", {"individual_number": "210987654321"})
SAME = {
    "telegram": "identity_notice",
    "item": "individual_number",
    "other": "number_issue_result",
    "other_item": "individual_number",
    "words": "受領した個人番号",
}
EXPECTED = {
    "telegram": "identity_notice",
    "item": "individual_number",
    "expected": ["123456789018"],
    "words": "受領した個人番号",
}
OBSERVED = {
    "key": "number:花子",
    "role": "juki",
    "expected": ["123456789018"],
    "words": "受領した個人番号",
    "secret": True,
}


@pytest.mark.parametrize(
    ("rule", "params"), [("item_same", SAME), ("item_is", EXPECTED)], ids=["same", "is"]
)
def test_a_finding_says_which_telegram_held_what_was_expected(rule, params):
    (found,) = judged(asked(MUST, rule, params), seen=evidence(RESULT, OTHER)).findings

    assert found.expected_at == Origin(1, "individual_number")
    assert found.actual_at is None


def test_what_no_telegram_of_the_case_held_has_no_origin():
    seen = evidence(RESULT, OTHER, start=1)

    (found,) = judged(asked(MUST, "item_is", EXPECTED, start=1), seen=seen).findings

    assert found.expected_at is None


def test_a_value_of_the_case_has_its_origin_there_though_an_earlier_case_held_it():
    seen = evidence(RESULT, RESULT, OTHER, start=1)

    (found,) = judged(asked(MUST, "item_is", EXPECTED, start=1), seen=seen).findings

    assert found.expected_at == Origin(2, "individual_number")


@pytest.mark.parametrize("rule", ["item_is", "rows_are"])
@pytest.mark.parametrize(
    ("expected", "origin"),
    [
        (["123456789018"], Origin(1, "individual_number")),
        (["123456789018"] * 2, Origin(1, "individual_number")),
        (["123456789018", "000000000000"], None),
    ],
    ids=["one", "one-twice", "several"],
)
def test_one_of_several_expected_values_has_no_origin(rule, expected, origin):
    params = {**EXPECTED, "expected": expected}

    (found,) = judged(asked(MUST, rule, params), seen=evidence(RESULT, OTHER)).findings

    assert found.expected_at == origin


def test_a_finding_says_which_telegram_held_what_a_system_answered():
    told = {"number:花子": "210987654321"}
    seen = evidence(RESULT, OTHER, observed=told)

    (found,) = judged(asked(MUST, "observed_is", OBSERVED), seen=seen).findings

    assert found.actual == "*" * 12
    assert found.expected_at == Origin(1, "individual_number")
    assert found.actual_at == Origin(2, "individual_number")
