"""Planned faults: which telegrams they meet, at which end, how often, and what they do."""

from __future__ import annotations

import asyncio

import pytest

from reference_impl.wire import PASS, Passage, Ruling
from steps.bench.faultplan import KINDS, FaultPlan, Planned
from steps.bench.journal import Journal
from steps.bench.tap import BenchTap
from telegram_specs.mutate import set_item
from tests.steps.passages import NUMBER, answering, asking

RESULT = "number_issue_result"
OTHER = "234567890124"

ENDS = {
    # kind: (what it bends, at which end of a telegram of ours, of one of theirs)
    "lost": ("telegram", "leaving", "arrived"),
    "answer_lost": ("answer", "arrived", "leaving"),
    "refused": ("answer", None, "leaving"),
    "misdirected_answer": ("answer", None, "leaving"),
    "answer_changed": ("answer", None, "leaving"),
    "twice": ("telegram", "leaving", None),
    "again": ("telegram", "leaving", None),
    "held": ("telegram", "leaving", "arrived"),
    "changed": ("telegram", "leaving", None),
    "without": ("telegram", "leaving", None),
    "broken": ("telegram", "leaving", None),
    "token": ("telegram", "leaving", None),
    "unauthorised": ("telegram", None, "arrived"),
    "unavailable": ("telegram", None, "arrived"),
}
"""As the words of the features mean them."""


def plan_of(*planned):
    plan = FaultPlan()
    for one in planned:
        plan.add(one)
    return plan


def test_every_kind_is_in_the_table():
    assert set(KINDS) == set(ENDS)


@pytest.mark.parametrize("kind", ENDS)
def test_a_fault_meets_its_telegram_at_one_end(kind):
    bends, ours, theirs = ENDS[kind]
    asked = asking(RESULT)
    passage = asked if bends == "telegram" else answering(asked)
    other = answering(asked) if bends == "telegram" else asked
    for end in ("leaving", "arrived"):
        # A request that leaves is ours, and so is the answer to it that arrives.
        is_ours = (end == "leaving") == (bends == "telegram")
        met = end == (ours if is_ours else theirs)
        planned = Planned(RESULT, kind)
        assert plan_of(planned).take(other, end) is None
        assert plan_of(planned).take(asking("juminhyo_code_list"), end) is None
        assert plan_of(planned).take(passage, end) is (planned if met else None)


def test_a_fault_is_used_as_often_as_it_says():
    planned = Planned(RESULT, "lost", count=2)
    plan = plan_of(planned)
    taken = [plan.take(asking(RESULT), "leaving") for _ in range(4)]
    assert taken == [planned, planned, None, None]
    assert (planned.used, planned.count) == (2, 0)


def test_several_faults_are_used_one_after_the_other():
    first, second = Planned(RESULT, "lost"), Planned(RESULT, "twice")
    plan = plan_of(first, second)
    taken = [plan.take(asking(RESULT), "leaving") for _ in range(3)]
    assert taken == [first, second, None]


@pytest.mark.parametrize("kind", ["changed", "broken"])
def test_a_bent_telegram_is_bent_again_when_it_is_sent_again(kind):
    planned = Planned(RESULT, kind)
    plan = plan_of(planned)
    taken = [plan.take(asking(RESULT), "leaving") for _ in range(3)]
    assert taken == [planned, planned, planned]
    assert (planned.used, planned.count) == (1, 0)


def test_bytes_that_are_no_telegram_meet_no_fault():
    passage = Passage("cs_link", "juki", "cs", b"?", problem="no frame")
    assert plan_of(Planned(RESULT, "lost")).take(passage, "arrived") is None


def test_what_met_nothing_is_unused():
    met, missed = Planned(RESULT, "lost"), Planned(RESULT, "changed")
    plan = plan_of(met, missed)
    plan.take(asking(RESULT), "leaving")
    assert plan.unused() == [missed]


def test_a_cleared_plan_is_empty():
    planned = Planned(RESULT, "lost")
    plan = plan_of(planned)
    plan.clear()
    assert plan.take(asking(RESULT), "leaving") is None
    assert plan.unused() == []


def test_a_fault_names_itself():
    assert Planned(RESULT, "lost").name == "lost"
    assert Planned(RESULT, "changed", item="individual_number").name == "changed:individual_number"


# -- what a fault does ---------------------------------------------------------------------


def ruling(kind, passage, end, item="", value=""):
    planned = Planned(RESULT, kind, 1, item, value)
    return asyncio.run(plan_of(planned).rule(planned, passage, end))


def with_item(passage, item, text):
    return set_item(passage.spec, passage.raw, item, text)


ASKED = asking(RESULT)
ANSWER = answering(ASKED)
SECOND_SERIAL = "9999999992"

RULINGS = {
    "lost-ours": (("lost", ASKED, "leaving"), Ruling(pass_on=False)),
    "lost-theirs": (("lost", ASKED, "arrived"), Ruling(pass_on=False, close=True)),
    "answer-to-us-lost": (("answer_lost", ANSWER, "arrived"), Ruling(pass_on=False)),
    "answer-to-them-lost": (
        ("answer_lost", ANSWER, "leaving"),
        Ruling(pass_on=False, close=True),
    ),
    "refused": (
        ("refused", ANSWER, "leaving", "9999"),
        Ruling(raws=(with_item(ANSWER, "result", "9999"),)),
    ),
    "misdirected": (
        ("misdirected_answer", ANSWER, "leaving"),
        Ruling(raws=(with_item(ANSWER, "ref_serial", "9999999999"),)),
    ),
    "answer-changed": (
        ("answer_changed", ANSWER, "leaving", "error_item", "name"),
        Ruling(raws=(with_item(ANSWER, "error_item", "name"),)),
    ),
    "twice": (("twice", ASKED, "leaving"), Ruling(raws=(ASKED.raw, ASKED.raw))),
    "again": (
        ("again", ASKED, "leaving"),
        Ruling(raws=(ASKED.raw, with_item(ASKED, "serial", SECOND_SERIAL))),
    ),
    "changed": (
        ("changed", ASKED, "leaving", "individual_number", OTHER),
        Ruling(raws=(with_item(ASKED, "individual_number", OTHER),)),
    ),
    "changed-by-what-it-was": (
        (
            "changed",
            ASKED,
            "leaving",
            "individual_number",
            lambda passage: passage.values["individual_number"][::-1],
        ),
        Ruling(raws=(with_item(ASKED, "individual_number", NUMBER[::-1]),)),
    ),
    "broken": (
        ("broken", ASKED, "leaving", "end_mark"),
        Ruling(raws=(ASKED.raw[:-2] + b"%%",)),
    ),
    "broken-and-cut": (
        ("broken", ASKED, "leaving", "cut"),
        Ruling(raws=(ASKED.raw[: len(ASKED.raw) // 2],), close=True),
    ),
    "in-pieces": (
        ("broken", ASKED, "leaving", "bytewise"),
        Ruling(raws=(ASKED.raw,), pieces=1),
    ),
    "another-token": (("token", ASKED, "leaving", "Bearer x"), Ruling(authorization="Bearer x")),
    "no-token": (("token", ASKED, "leaving"), Ruling(authorization="")),
    "unauthorised": (("unauthorised", ASKED, "arrived"), Ruling(pass_on=False, status=401)),
    "unavailable": (("unavailable", ASKED, "arrived"), Ruling(pass_on=False, status=503)),
}


@pytest.mark.parametrize("name", RULINGS)
def test_what_a_fault_does(name):
    asked, expected = RULINGS[name]
    assert ruling(*asked) == expected


def held_until(let_go):
    """Hold two telegrams, then let go by a function of the plan; return what happened when."""

    async def scene():
        planned = Planned(RESULT, "held", count=9)
        plan = plan_of(planned)
        seen = [plan.holds(), plan.holding()]

        async def pass_one():
            taken = plan.take(asking(RESULT), "leaving")
            return await plan.rule(taken, asking(RESULT), "leaving")

        tasks = [asyncio.create_task(pass_one()) for _ in range(2)]
        await asyncio.sleep(0)
        seen += [plan.holding(), *(task.done() for task in tasks)]
        let_go(plan)
        rulings = await asyncio.gather(*tasks)
        seen.append(plan.holds())
        return seen, rulings, plan.holding(), plan.take(asking(RESULT), "leaving")

    return asyncio.run(scene())


@pytest.mark.parametrize(
    "let_go",
    [lambda plan: plan.release(RESULT), lambda plan: plan.clear()],
    ids=["released", "cleared"],
)
def test_what_is_held_waits_until_it_is_let_go(let_go):
    seen, rulings, still, after = held_until(let_go)
    assert seen == [True, False, True, False, False, False]
    assert rulings == [PASS, PASS]
    assert (still, after) == (False, None)


def test_another_telegram_s_release_changes_nothing():
    planned = Planned(RESULT, "held")
    plan = plan_of(planned)
    plan.take(asking(RESULT), "leaving")
    plan.release("juminhyo_code_list")
    assert plan.holding()


def test_what_is_held_and_sent_again_is_held_again_until_it_is_let_go():
    plan = plan_of(Planned(RESULT, "held"))
    first = plan.take(asking(RESULT), "leaving")
    assert plan.take(asking(RESULT), "leaving") is first
    plan.release(RESULT)
    assert plan.take(asking(RESULT), "leaving") is None


# -- the tap -------------------------------------------------------------------------------

OUTSIDE = frozenset({"juki"})


def tapped(end, passage, *planned, outside=OUTSIDE):
    journal = Journal()
    tap = BenchTap(journal, plan_of(*planned), outside)
    ruled = asyncio.run(getattr(tap, end)(passage))
    told = [(r.way, r.on_wire, r.fault, r.raw) for r in journal.records]
    return ruled, told


REQUEST = asking("number_issue_request")
NUMBER_CHANGED = with_item(ASKED, "individual_number", OTHER)
NUMBER_ITEM = "changed:individual_number"

TAPPED = {
    "leaves-for-the-system-under-test": (
        ("leaving", ASKED),
        (PASS, [("sent", True, None, ASKED.raw)]),
    ),
    "leaves-for-a-bench-role": (("leaving", REQUEST), (PASS, [])),
    "arrives": (("arrived", REQUEST), (PASS, [("received", True, None, REQUEST.raw)])),
    "changed": (
        ("leaving", ASKED, Planned(RESULT, "changed", 1, "individual_number", OTHER)),
        (Ruling(raws=(NUMBER_CHANGED,)), [("sent", True, NUMBER_ITEM, NUMBER_CHANGED)]),
    ),
    "twice": (
        ("leaving", ASKED, Planned(RESULT, "twice")),
        (Ruling(raws=(ASKED.raw,) * 2), [("sent", True, "twice", ASKED.raw)] * 2),
    ),
    "ours-lost": (
        ("leaving", ASKED, Planned(RESULT, "lost")),
        (Ruling(pass_on=False), [("sent", False, "lost", ASKED.raw)]),
    ),
    "theirs-lost-was-sent-all-the-same": (
        ("arrived", REQUEST, Planned("number_issue_request", "lost")),
        (Ruling(pass_on=False, close=True), [("received", True, "lost", REQUEST.raw)]),
    ),
    "our-answer-lost": (
        ("leaving", answering(REQUEST), Planned("number_issue_request", "answer_lost")),
        (
            Ruling(pass_on=False, close=True),
            [("sent", False, "answer_lost", answering(REQUEST).raw)],
        ),
    ),
    "their-answer-lost-was-sent-all-the-same": (
        ("arrived", ANSWER, Planned(RESULT, "answer_lost")),
        (Ruling(pass_on=False), [("received", True, "answer_lost", ANSWER.raw)]),
    ),
}


IN_VAIN = {
    "another-serial": with_item(ANSWER, "ref_serial", "9999999999"),
    "a-fault": with_item(ANSWER, "result", "XXXX"),
    "no-telegram": b"?",
}


@pytest.mark.parametrize("name", IN_VAIN)
def test_an_answer_that_is_none_ends_the_waiting(name):
    answer = ANSWER.with_raw(IN_VAIN[name])
    ruled, told = tapped("arrived", answer)
    assert not ruled.pass_on
    assert told == [("received", True, None, answer.raw)]


def test_the_answer_to_what_was_asked_is_passed_on():
    assert tapped("arrived", ANSWER)[0] == PASS


def test_every_answer_over_http_is_passed_on():
    answer = answering(asking("addressee_request"), "addressee_response")
    assert tapped("arrived", answer.with_raw(b"{}"))[0] == PASS


@pytest.mark.parametrize("name", TAPPED)
def test_what_the_tap_records(name):
    asked, expected = TAPPED[name]
    assert tapped(*asked) == expected


def test_the_token_that_was_shown_is_recorded():
    journal = Journal()
    planned = Planned("addressee_request", "token", 1, "Bearer strange")
    tap = BenchTap(journal, plan_of(planned), frozenset({"atena"}))
    asyncio.run(tap.leaving(asking("addressee_request")))
    assert journal.records[0].http.headers == {"Authorization": "Bearer strange"}


@pytest.mark.parametrize("kind", ["twice", "again"])
def test_each_copy_has_an_answer_of_its_own(kind):
    """The runner exchanges the copies one after the other, see FixedLink.transmit."""
    journal = Journal()
    tap = BenchTap(journal, plan_of(Planned(RESULT, kind)), OUTSIDE)

    async def transmit():
        passage = asking(RESULT)
        ruled = await tap.leaving(passage)
        for raw in ruled.raws:
            sent = passage if raw == passage.raw else passage.with_raw(raw)
            await tap.arrived(answering(sent))

    asyncio.run(transmit())
    assert [record.answers for record in journal.records] == [None, None, 1, 2]
