"""Seeded faults are data about rules; those of the nodes change what a busy day looks like."""

from __future__ import annotations

import functools
from dataclasses import fields

import pytest

from reference_impl.faults import SEEDED, birth, form, link, network, variants
from reference_impl.node import Telegram
from reference_impl.oauth import SYNTHETIC_CLIENT, Client, basic_header
from reference_impl.rules import Rules
from tests.reference_impl.conftest import CODES_IN_STOCK, World

OF_THE_RUNNER = {"exit_after", "on_broken", "token_place", "client_auth", "renew_token"}
"""Rules that no node reads."""
OF_REPETITIONS = {"remember_answers"}
"""Rules that matter when a telegram comes again, which it does not on the busy day."""
OF_RESTARTS = {"outbox_survives", "answers_survive"}
"""Rules that matter when a system is started again, which it is not on the busy day."""
OF_THE_PROFILE = {"name_size", "furigana_size"}
"""Members that follow the layouts in use."""

BUSY_DAY = (birth, form, link, network, variants)
"""Subjects whose rules the busy day below exercises; `denbun faults` proves all of them."""

OF_NODES = [
    fault
    for subject in BUSY_DAY
    for fault in (*getattr(subject, "FAULTS", ()), *getattr(subject, "VARIANTS", ()))
    if fault.rules and not set(fault.rules) & (OF_THE_RUNNER | OF_REPETITIONS | OF_RESTARTS)
]
PARTS = {"cs": ("cs", "nws")}


def named(fault):
    return fault.id


def test_ids_are_unique_and_speakable():
    ids = [fault.id for fault in SEEDED]
    assert len(ids) == len(set(ids))
    assert all(part.isalnum() and part.islower() for id_ in ids for part in id_.split("-"))


@pytest.mark.parametrize("fault", SEEDED, ids=named)
def test_a_fault_overrides_rules_or_bends_the_wire(fault):
    default = Rules()
    assert all(getattr(default, name) != value for name, value in fault.rules.items())
    assert bool(fault.rules) is not bool(getattr(fault, "wire", ()))
    Rules(**fault.rules)


def test_every_rule_is_broken_by_some_fault_or_varied():
    used = {name for fault in SEEDED for name in fault.rules}
    assert {field.name for field in fields(Rules)} - OF_THE_PROFILE == used


def busy_day(world, codes):
    """Do everything once, and tell all that could be seen of it."""
    seen = []

    def act(role, action, **args):
        outcome = world.nodes[role].act(action, args)
        seen.append((action, outcome))
        world.pump()
        return outcome.handle

    def birth(household, until="final", dates=None, **child):
        outcome = world.birth(household, until=until, dates=dates, **child)
        seen.append(("birth", outcome))
        return outcome.handle

    household = world.household()
    _stock_day(world, codes, act, birth, household)
    _input_day(world, birth, household)
    child = birth(household, name="")
    world.pump()
    act("juki", "correct", handle=child, items={"name": "髙﨑　𠮷", "furigana": ""})
    _number_day(world, act, birth, household)
    _addressee_day(world, act, child)
    _linkage_day(world, act)
    seen += _access_day(world)
    seen += [world.errors(role) for role in world.nodes]
    seen += [world.resident(handle) for handle, _ in world.juki.residents.rows()]
    seen += [world.juki.observe("stock", {}), *linkages(world)]
    return seen, [(t.id, t.values) for t in (*world.log, *world.answers)]


def linkages(world):
    told = [world.chukan.observe("person", {"integrated_number": n}) for n in integrated(world)]
    rows = [handle for handle, _ in world.juki.residents.rows()]
    return [*told, *(world.juki.observe("linkage_request", {"handle": row}) for row in rows)]


def integrated(world):
    return [values["integrated_number"] for values in world.sent("integrated_number_notice")]


def _stock_day(world, codes, act, birth, household):
    act("juki", "fetch_codes", count=3)
    act("juki", "fetch_codes", count=3)
    world.stock(*codes, threshold=3)
    held = {birth(household), birth(household)}
    world.pump()
    for listed in (codes, codes, ["12345678901", "24727059608"], [codes[0], codes[0]]):
        act("cs", "send_code_list", codes=listed)
    held |= {birth(household, nationality="フィリピン"), birth(household)}
    world.pump()
    world.juki.provision("stock", {"codes": [], "threshold": 0})
    waiting = birth(household)
    world.pump()
    act("juki", "finalise", handle=waiting)


def _input_day(world, birth, household):
    for dates, child in (
        ({"event_date": "2026-05-11"}, {}),
        ({"report_date": "2026-05-11"}, {}),
        ({"report_date": "2026-02-29"}, {}),
        ({}, {"birth_date": "2025-02-29"}),
        ({}, {"birth_date": "2026-04-00"}),
        ({}, {"birth_date": "M45-07-30"}),
        ({}, {"name": "山" * 41}),
        ({}, {"name": "髙﨑　𠮷"}),
    ):
        birth(household, dates=dates, **child)
        world.pump()
    birth(household, until="provisional")
    world.pump()


def _number_day(world, act, birth, household):
    world.lost = {"number_issue_result"}
    child = birth(household, name="")
    act("juki", "correct", handle=child, items={"name": "山田　二"})
    world.lost = set()
    act("juki", "request_number", handle=child)
    resident = world.resident(child)
    code, number = resident["juminhyo_code"] or "24846016224", resident["individual_number"]
    for given in ("507957100722", number, "983205673214"):
        act("cs", "send_number", juminhyo_code=code, individual_number=given)
        act("cs", "send_number", juminhyo_code="11111111113", individual_number=given)
    world.lost = {"number_issue_request"}
    late = world.resident(birth(household))["juminhyo_code"] or "24846016224"
    act("cs", "send_number", juminhyo_code=late, individual_number="123456789018")
    world.lost = set()


def _addressee_day(world, act, child):
    world.down = {"atena", "cs"}
    act("juki", "request_addressee", handle=child)
    act("juki", "request_addressee", handle=child, addressee_number="200000005")
    world.down = set()
    world.pump()


def _linkage_day(world, act):
    numbers = list(dict.fromkeys(integrated(world)))
    for number in (*numbers[-2:], *numbers[-2:]):
        act("chukan", "begin_linkage", integrated_number=number)
    used = [values["acquisition_number"] for values in world.sent("linkage_code_notice")]
    for given in (*used[:1], "Z" * 20):
        act("nws", "send_linkage_code", acquisition_number=given, linkage_code="0" * 64)


def _access_day(world):
    """Ask for tokens and use them, rightly and wrongly; tell every answer's status."""
    client = Client(SYNTHETIC_CLIENT.id, "x" * 32)
    forms = [
        ({"grant_type": "client_credentials"}, basic_header(SYNTHETIC_CLIENT)),
        ({"grant_type": "client_credentials"}, basic_header(client)),
        ({"grant_type": "password"}, basic_header(SYNTHETIC_CLIENT)),
    ]
    asked = [Telegram("token_request", form, "juki", "atena", auth=auth) for form, auth in forms]
    told = [world.atena.receive(telegram) for telegram in asked]
    good = f"Bearer {told[0].values['access_token']}"
    body = {"individual_number": "111111111118", "addressee_number": "300000002"}
    for serial, auth, later in (("1", "Bearer x", 0), ("2", good, 599), ("3", good, 1)):
        world.clock.advance(later)
        told.append(
            world.atena.receive(
                world.telegram("juki", "atena", "addressee_request", serial, auth, **body)
            )
        )
    return [(answer.status, answer.values.get("expires_in")) for answer in told]


BENCH = {"integrated-number-imported": {"atena": {"message_text": "integrated_number"}}}
"""What others do when a fault shows only with such neighbours."""


@functools.cache
def usual_day(fault_id):
    world = World(**BENCH.get(fault_id, {}))
    try:
        return busy_day(world, CODES_IN_STOCK)
    finally:
        world.close()


@pytest.mark.parametrize("fault", OF_NODES, ids=named)
def test_a_fault_changes_what_can_be_seen(build, codes, fault):
    bench = BENCH.get(fault.id, {})
    rules = dict.fromkeys(PARTS.get(fault.role, (fault.role,)), fault.rules)
    assert busy_day(build(**bench, **rules), codes) != usual_day(fault.id if bench else "")


def test_the_usual_day_is_the_same_twice(build, codes):
    assert busy_day(build(), codes) == busy_day(build(), codes)
