"""The scene of a scenario: what an answer means, what is waited for, what is known of whom."""

from __future__ import annotations

import pytest

from reports.model import Place
from reports.verdict import Obstacle, ObstacleKind, Verdict, decide
from steps.bench.faultplan import FaultPlan, Planned
from steps.bench.journal import Journal
from steps.drivers.protocol import Reply, SutLost
from steps.events import load_events
from steps.pixit import Pixit
from steps.register import load_register
from steps.residents import Residents
from steps.scene import NotCovered, Scene, Unprepared
from steps.waiting import await_telegram
from steps.world import World
from telegram_specs.mutate import set_item
from tests.steps.passages import CODE, NUMBER, PROFILE, answering, asking

REGISTER = load_register()
SOON = Pixit(send_within=0.01)
OTHER_CODE, OTHER_NUMBER = "25208017643", "111111111118"


class StubBench:
    """A bench whose system under test answers everything in one way."""

    def __init__(self, reply=None, *, quiet=True, there=True):
        self.role, self.parts, self.counterpart = "juki", frozenset({"juki"}), None
        self.pixit, self.journal, self.plan = SOON, Journal(), FaultPlan()
        self.reply = reply or Reply("ok")
        self.quiet, self.there = quiet, there
        self.asked = []

    def inside(self, role):
        return role not in self.parts

    def under_test(self, role):
        return role in self.parts

    def beside(self, _role):
        return False

    def act(self, role, action, args):
        self.asked.append((role, action, dict(args)))
        return self.reply

    provision = observe = act

    def quiesce(self):
        self.asked.append("quiesce")
        return self.quiet

    def check_reachable(self):
        self.asked.append("reachable")
        if not self.there:
            raise SutLost("juki does not listen")

    def pass_by(self, *passages, **members):
        for passage in passages:
            self.journal.add(passage, way="received", **members)


def scene_of(bench, requirement="BIRTH-003", ics=()):
    world = World(bench, PROFILE, REGISTER, load_events(), Residents(1), frozenset(ics))
    scene = Scene(world, f"{requirement}.1", requirement)
    scene.stimulate()
    bench.asked.clear()
    return scene


@pytest.fixture
def child():
    """Return a function that puts a child into a scene, known by these texts."""

    def draw(scene, name, *identifiers):
        household = scene.world.residents.household("山田")
        scene.people[name] = scene.world.residents.child(household, name)
        scene.people[name].identifiers = set(identifiers)
        return scene.people[name]

    return draw


# -- what an answer means ------------------------------------------------------------------


@pytest.mark.parametrize("reply", [Reply("ok"), Reply("rejected", "final")], ids=["ok", "rejected"])
def test_an_outcome_is_kept_and_no_obstacle(reply):
    scene = scene_of(StubBench(reply))
    assert scene.act("juki", "birth", "birth", household="h1", child={"name": "x"}) is reply
    assert scene.bench.asked == [("juki", "birth", {"household": "h1", "child": {"name": "x"}})]
    assert scene.obstacles == []
    kept = {"status": reply.status, "stage": reply.stage, "alerts": []}
    assert scene.evidence().facts["replies"] == {"birth": kept}


@pytest.mark.parametrize(
    ("role", "kind"),
    [("juki", ObstacleKind.NOT_OBSERVED), ("cs", ObstacleKind.HARNESS_ERROR)],
    ids=["of-the-system", "of-the-bench"],
)
def test_an_error_is_an_obstacle(role, kind):
    scene = scene_of(StubBench(Reply("error", reason="no database")))
    scene.act(role, "birth", "birth", **BIRTH)
    assert scene.obstacles == [Obstacle(kind, "no database")]


BIRTH = {"household": "h1", "child": {}}

UNSUPPORTED = {
    "by the adapter": ("adapter", None, (), ObstacleKind.UNSUPPORTED_ADAPTER),
    "by nobody in particular": (None, None, (), ObstacleKind.UNSUPPORTED_ADAPTER),
    "by the system, where no option is named": ("sut", None, (), ObstacleKind.UNSUPPORTED_SUT),
    "by the system, of what another option names": (
        "sut", None, ("provisional",), ObstacleKind.UNSUPPORTED_SUT,
    ),
    "by the system, as its ICS says": (
        "sut", "provisional", (), ObstacleKind.UNSUPPORTED_SUT_AGREES_ICS,
    ),
    "by the system, against its ICS": (
        "sut", "provisional", ("provisional",), ObstacleKind.DRIFT,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_is_unsupported_ends_the_scenario(name):
    scope, option, ics, kind = UNSUPPORTED[name]
    scene = scene_of(StubBench(Reply("unsupported", scope=scope)), ics=ics)
    with pytest.raises(NotCovered) as caught:
        scene.act("juki", "birth", "birth", option=option, **BIRTH)
    assert (str(caught.value), caught.value.kind) == ("birth: not supported", kind)


def test_what_the_case_of_a_claimed_option_needs_and_the_system_lacks_is_drift():
    optional = next(known for known in REGISTER if known.option)
    reply = Reply("unsupported", scope="sut")
    scene = scene_of(StubBench(reply), optional.id, ics=(optional.option,))
    with pytest.raises(NotCovered) as caught:
        scene.act("juki", "birth", "birth", **BIRTH)
    assert caught.value.kind == ObstacleKind.DRIFT


def test_what_cannot_be_provisioned():
    kinds = {"adapter": ObstacleKind.UNSUPPORTED_ADAPTER, "sut": ObstacleKind.UNSUPPORTED_SUT}
    for scope, kind in kinds.items():
        with pytest.raises(NotCovered) as uncovered:
            scene_of(StubBench(Reply("unsupported", scope=scope))).prepare(
                "juki", "stock", {"codes": []}
            )
        told = (str(uncovered.value), uncovered.value.kind)
        assert told == ("provision stock: not supported", kind)
    with pytest.raises(Unprepared) as unprepared:
        scene_of(StubBench(Reply("error"))).prepare("juki", "stock", {"codes": []})
    assert str(unprepared.value) == "provision stock: error"


def test_a_reason_shows_no_number():
    scene = scene_of(StubBench(Reply("error", reason=f"番号 {NUMBER} は不正")))
    scene.act("juki", "birth", "birth", **BIRTH)
    with pytest.raises(Unprepared) as caught:
        scene.prepare("juki", "stock", {"codes": []})
    assert NUMBER not in f"{scene.obstacles} {caught.value}"


OBSERVED = {"key": "number:花子", "role": "juki", "expected": ["1"], "words": "番号"}
ERRORS = {"telegram": "number_issue_request", "words": "エラー"}
RESTING = {"observed_is": OBSERVED, "error_listed": ERRORS}
"""Rules that rest on an observation, with parameters."""


def test_what_is_observed():
    data = {"count": 1}
    assert scene_of(StubBench(Reply("ok", data=data))).observe("juki", "stock", {}) == data


@pytest.mark.parametrize("rule", RESTING)
def test_what_rests_on_an_unsupported_observation_is_not_covered(rule):
    scene = scene_of(StubBench(Reply("unsupported", scope="adapter", reason="no screen")))
    assert scene.observe("juki", "resident", {"handle": "r1"}) is None
    scene.judge("sent", **SENT)
    with pytest.raises(NotCovered) as caught:
        scene.judge(rule, **RESTING[rule])
    told = (str(caught.value), caught.value.kind)
    assert told == ("observe resident: no screen", ObstacleKind.UNSUPPORTED_ADAPTER)


@pytest.mark.parametrize("rule", RESTING)
def test_what_rests_on_a_later_observation_is_judged(rule):
    scene = scene_of(StubBench(Reply("unsupported")))
    scene.observe("juki", "resident", {"handle": "r1"})
    scene.bench.reply = Reply("error")
    assert scene.observe("juki", "errors", {}) is None
    scene.judge(rule, **RESTING[rule])
    (missing,) = scene.decide().obstacles
    assert missing.kind is ObstacleKind.NOT_OBSERVED


def line(telegram, **members):
    return {"telegram": telegram, "code": "9999", "text": "拒否", **members}


OLD, OTHER = line("identity_notice"), line("number_issue_result")
SHOWN = {
    "nothing": ([], [], []),
    "only what was there before": ([OLD], [OLD], []),
    "another one beside it": ([OLD], [OTHER, OLD], ["number_issue_result"]),
    "the same once more": ([OLD], [OLD, OLD], ["identity_notice"]),
    "the same of another time": (
        [OLD], [line("identity_notice", time="10:00")], ["identity_notice"],
    ),
    "a list that was cleared meanwhile": ([OLD, OLD], [OTHER], ["number_issue_result"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_only_errors_that_came_after_the_act_are_told(name):
    before, after, new = SHOWN[name]
    scene = scene_of(StubBench(Reply("ok", data={"errors": before})))
    scene.bench.reply = Reply("ok", data={"errors": after})
    scene.look_at_errors()
    assert scene.facts("shown_errors") == new


@pytest.mark.parametrize("name", ["before", "after"])
def test_errors_of_which_either_list_is_not_told_are_not_known(name):
    told, silent = Reply("ok", data={"errors": [OLD]}), Reply("error")
    first, second = (silent, told) if name == "before" else (told, silent)
    scene = scene_of(StubBench(first))
    scene.bench.reply = second
    scene.look_at_errors()
    assert "shown_errors" not in scene.evidence().facts


# -- what the court makes of it ------------------------------------------------------------

SENT = {"telegram": "number_issue_request", "label": "個人番号生成要求"}
NOT_SENT = {"sender": "juki", "telegrams": ["number_issue_request"]}


def verdict(reply, rule, params, *passages):
    scene = scene_of(StubBench(reply))
    scene.happens("birth")
    scene.act("juki", "birth", "birth", **BIRTH)
    scene.bench.pass_by(*passages)
    scene.judge(rule, **params)
    decision = scene.decide()
    return decide(decision.findings, [*scene.obstacles, *decision.obstacles])


REQUEST = asking("number_issue_request")

VERDICTS = {
    "done and seen": (Reply("ok"), "sent", SENT, (REQUEST,), Verdict.PASS),
    "done and not seen": (Reply("ok"), "sent", SENT, (), Verdict.FAIL),
    "rejected, so that nothing follows": (
        Reply("rejected"), "sent", SENT, (), Verdict.INCONCLUSIVE,
    ),
    "rejected and sent all the same": (
        Reply("rejected"), "not_sent", NOT_SENT, (REQUEST,), Verdict.FAIL,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VERDICTS)
def test_an_operation_and_what_follows_from_it(name):
    *given, passages, expected = VERDICTS[name]
    assert verdict(*given, *passages)[0] is expected


def test_a_rejection_names_the_operation():
    told = "操作が行われなかった: birth"
    assert verdict(Reply("rejected"), "sent", SENT) == (Verdict.INCONCLUSIVE, told)


def test_a_silence_after_a_rejection_shows_nothing():
    assert verdict(Reply("rejected"), "not_sent", NOT_SENT)[0] is Verdict.INCONCLUSIVE


def test_a_silence_after_an_error_shows_nothing():
    assert verdict(Reply("error"), "sent", SENT)[0] is Verdict.INCONCLUSIVE


def test_a_restless_network_shows_nothing():
    scene = scene_of(StubBench(quiet=False))
    scene.quiet()
    text = "電文の往来が静まらなかった"
    assert scene.obstacles == [Obstacle(ObstacleKind.NOT_OBSERVED, text)]


def test_the_silence_of_a_system_that_is_not_there_means_nothing():
    scene = scene_of(StubBench(there=False))
    with pytest.raises(SutLost):
        scene.at_rest()
    assert scene.bench.asked == ["quiesce", "reachable"]


def test_a_system_that_is_not_there_is_not_judged():
    scene = scene_of(StubBench(there=False))
    scene.act("juki", "birth", "birth", **BIRTH)
    with pytest.raises(SutLost):
        scene.judge("alert_shown", key="birth", role="juki", alert="x", words="", shown=True)
    assert scene.decide().findings == []


PLANNED = {
    "lost": (Planned("number_issue_result", "lost"), "「個人番号生成結果」（届かない）"),
    "broken": (
        Planned("number_issue_result", "broken", item="end_mark"),
        "「個人番号生成結果」（終端が誤っている）",
    ),
    "changed": (
        Planned("number_issue_result", "changed", 1, "individual_number", OTHER_NUMBER),
        "「個人番号生成結果」（項目の値が異なる）",
    ),
}


@pytest.mark.parametrize("name", PLANNED)
def test_a_disturbance_that_met_nothing_is_told(name):
    planned, told = PLANNED[name]
    scene = scene_of(StubBench())
    scene.bench.plan.add(planned)
    scene.note_missed_disturbances()
    text = f"計画した障害が起きなかった: {told}"
    assert scene.obstacles == [Obstacle(ObstacleKind.NOT_OBSERVED, text)]


def test_a_disturbance_that_happened_is_no_obstacle():
    scene = scene_of(StubBench())
    scene.bench.plan.add(Planned("number_issue_request", "lost"))
    scene.bench.plan.take(REQUEST, "arrived")
    scene.note_missed_disturbances()
    assert scene.obstacles == []


def test_what_a_scenario_keeps_to_itself(child):
    scene = scene_of(StubBench())
    person = child(scene, "花子", CODE, "")
    household = scene.world.residents.household("山田")
    scene.households["山田"] = household
    scene.world.ledger.given.add(OTHER_CODE)
    known = {person.name, *(household.head[k] for k in ("name", "juminhyo_code"))}
    person.identifiers.add(person.name)
    number = household.head["individual_number"]
    homes = {household.address, person.household.address}
    readings = {
        person.furigana,
        household.head["furigana"],
        person.household.head["furigana"],
    }
    assert scene.secrets() == {*known, number, CODE, OTHER_CODE, *homes, *readings}


def test_every_scenario_is_judged_by_the_standing_rules():
    scene = scene_of(StubBench())
    bent = set_item(REQUEST.spec, REQUEST.raw, "juminhyo_code", "A" * 11)
    scene.bench.pass_by(REQUEST.with_raw(bent))
    found = {(f.requirement_id, f.place.field): f.place for f in scene.decide().findings}
    assert found == {
        ("FORMAT-001", "juminhyo_code"): Place("number_issue_request", "juminhyo_code", 65, 11),
        ("COMMON-017", None): Place("number_issue_request", None, 0, 78),
    }


def test_what_was_judged_before_the_window_was_closed_ends_there():
    scene = scene_of(StubBench())
    scene.happens("birth")
    scene.judge("not_sent", **NOT_SENT)
    scene.close_window()
    scene.bench.pass_by(REQUEST)
    assert scene.decide().findings == []
    scene.judge("not_sent", **NOT_SENT)
    assert [f.actual for f in scene.decide().findings] == ["送信された"]


# -- waiting -------------------------------------------------------------------------------


def test_what_is_there_is_not_waited_for(child):
    scene = scene_of(StubBench())
    child(scene, "花子", CODE)
    scene.bench.pass_by(REQUEST)
    await_telegram(scene, "number_issue_request", "花子")
    assert scene.bench.asked == []


@pytest.mark.parametrize(
    ("passages", "members", "count"),
    [
        ((), {}, 1),
        ((REQUEST,), {}, 2),
        ((REQUEST,), {"on_wire": False}, 1),
        ((asking("number_issue_request", juminhyo_code=OTHER_CODE),), {}, 1),
    ],
    ids=["nothing", "too few", "lost", "somebody else's"],
)
def test_what_does_not_come_is_given_up_when_all_is_quiet(child, passages, members, count):
    scene = scene_of(StubBench())
    child(scene, "花子", CODE)
    scene.bench.pass_by(*passages, **members)
    await_telegram(scene, "number_issue_request", "花子", count)
    assert scene.bench.asked == ["quiesce", "reachable"]


# -- whose telegram it is ------------------------------------------------------------------


def test_one_telegram_leads_to_the_next(child):
    scene = scene_of(StubBench())
    child(scene, "花子", "山田　花子")
    addressee = asking("addressee_request")
    scene.bench.pass_by(asking("number_issue_result"), addressee)
    assert scene.identify("花子") == {
        "山田　花子",
        CODE,
        NUMBER,
        addressee.values["addressee_number"],
    }


def test_a_list_leads_to_nobody_and_a_bent_telegram_neither(child):
    scene = scene_of(StubBench())
    child(scene, "花子", CODE)
    scene.bench.pass_by(asking("juminhyo_code_list"))
    wrong = asking("number_issue_result", individual_number=OTHER_NUMBER)
    scene.bench.pass_by(wrong, fault="changed:individual_number")
    assert scene.identify("花子") == {CODE}


def test_what_a_system_tells_of_a_person_is_known(child):
    scene = scene_of(StubBench(Reply("ok", data={"juminhyo_code": CODE, "name": "x"})))
    person = child(scene, "花子")
    assert scene.learn("花子") is None
    person.handle = "7"
    assert scene.learn("花子")["name"] == "x"
    assert scene.bench.asked == [("juki", "resident", {"handle": "7"})]
    assert person.identifiers == {CODE}


def test_the_values_of_a_person_in_their_order(child):
    scene = scene_of(StubBench())
    child(scene, "花子", CODE)
    for number in (OTHER_NUMBER, NUMBER, OTHER_NUMBER):
        scene.bench.pass_by(asking("number_issue_result", individual_number=number))
    seen = scene.seen_of("花子", "number_issue_result", "individual_number")
    assert seen == [OTHER_NUMBER, NUMBER]


def test_what_the_harness_knows():
    scene = scene_of(StubBench())
    household = scene.world.residents.household("山田")
    scene.households["山田"] = household
    scene.bench.pass_by(asking("juminhyo_code_list"), answering(asking("juminhyo_code_list")))
    scene.fact("stock", [OTHER_CODE])
    scene.keep("number:花子", NUMBER)
    facts = scene.evidence().facts
    assert facts["designated"] == [CODE]
    assert facts["in_use"] == [household.head["juminhyo_code"]]
    assert facts["held_numbers"] == [household.head["individual_number"]]
    assert facts["private"] == [household.head["name"]]
    assert (facts["stock"], facts["observed"]) == ([OTHER_CODE], {"number:花子": NUMBER})
    assert not facts["disturbed"]


def test_an_acquisition_number_is_spent_when_its_code_was_first_notified():
    scene = scene_of(StubBench())
    notice = asking("linkage_code_notice")
    scene.bench.pass_by(REQUEST, notice, notice)
    assert scene.evidence().facts["spent_acquisition_numbers"] == {"A" * 20: 2}


def test_no_acquisition_number_is_not_spent():
    scene = scene_of(StubBench())
    notice = asking("linkage_code_notice")
    bent = set_item(notice.spec, notice.raw, "acquisition_number", "")
    scene.bench.pass_by(notice.with_raw(bent))
    assert scene.evidence().facts["spent_acquisition_numbers"] == {}


def test_a_lasting_setting_is_ended_after_the_case():
    bench = StubBench()
    scene = scene_of(bench)
    scene.afterwards("juki", "set_linkage", mode="automatic")
    scene.put_back()
    assert bench.asked == [
        ("juki", "set_linkage", {"mode": "automatic"}),
        "quiesce",
    ]


def test_a_setting_of_a_lost_system_is_ended_when_it_is_back(monkeypatch):
    bench = StubBench()
    scene = scene_of(bench)
    scene.afterwards("juki", "set_linkage", mode="automatic")

    def gone(*_args):
        raise SutLost("juki ended")

    with monkeypatch.context() as patched:
        patched.setattr(bench, "act", gone)
        with pytest.raises(SutLost):
            scene.put_back()
    assert scene.world.put_back()
    assert bench.asked == [("juki", "set_linkage", {"mode": "automatic"})]
    assert not scene.world.put_back()


def test_nothing_is_put_back_where_nothing_lasts():
    bench = StubBench()
    scene_of(bench).put_back()
    assert bench.asked == []
