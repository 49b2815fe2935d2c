"""What shows that an ICS option is at work."""

from __future__ import annotations

import pytest

from reports import Record
from steps.bench.party import Asked
from steps.catalogue import load_catalogue
from steps.drift import options_shown
from steps.ics import CLOCK, OPTIONS
from telegram_specs import load_profile

START = 1


def record(telegram, seq, *, sender="juki", on_wire=True):
    return Record(
        seq=seq,
        t_ms=seq,
        link="cs_link",
        sender=sender,
        receiver="cs",
        way="received",
        raw=b"",
        on_wire=on_wire,
        telegram=telegram,
    )


def shown(*happened, **of_record):
    """Return the options shown by actions (tuples) and telegrams (texts) in their order."""
    records, asked = [record("receipt", 1)], []
    for each in happened:
        if isinstance(each, str):
            records.append(record(each, len(records) + 1, **of_record))
        else:
            action, args, status = each
            asked.append(Asked(len(records), action, args, status))
    return options_shown({"juki"}, asked, records, START)


FETCH = ("fetch_codes", {"count": 5}, "ok")
BIRTH = ("birth", {"until": "final"}, "ok")
MINUTES = (CLOCK, {"minutes": 10}, "ok")
IMPORT = ("import_notices", {}, "ok")


@pytest.mark.parametrize(
    ("happened", "options"),
    [
        ([], ()),
        ([BIRTH, "juminhyo_code_request"], ("automatic_replenishment",)),
        ([FETCH, "juminhyo_code_request"], ()),
        (["notice_report"], ("automatic_notice_import",)),
        ([IMPORT, "notice_report"], ()),
        ([BIRTH, MINUTES, "resident_differences"], ("gathered_differences",)),
        ([BIRTH, "resident_differences", MINUTES, "resident_differences"], ()),
        ([MINUTES, BIRTH, "resident_differences"], ()),
        ([("birth", {"until": "provisional"}, "ok")], ("provisional",)),
        ([("birth", {"until": "provisional"}, "unsupported")], ()),
        ([("birth", {"until": "provisional"}, "rejected")], ()),
    ],
)
def test_an_option_shows_by_what_nobody_asked_for(happened, options):
    assert shown(*happened) == options


@pytest.mark.parametrize("other", [{"sender": "juki_b"}, {"on_wire": False}])
def test_what_others_send_and_what_never_left_shows_nothing(other):
    assert shown(BIRTH, "juminhyo_code_request", **other) == ()


def test_what_was_asked_and_sent_before_the_case_shows_nothing():
    records = [record("juminhyo_code_request", 1)]
    asked = [Asked(0, "birth", {"until": "provisional"}, "ok")]
    assert options_shown({"juki"}, asked, records, START) == ()


def test_the_table_names_telegrams_and_actions_that_there_are():
    telegrams = load_profile(None).specs
    actions = {name for _, name in load_catalogue().entries["actions"]} | {CLOCK, ""}
    for option in OPTIONS.values():
        if option.sight:
            assert option.sight.telegram in {*telegrams, ""}
            assert {option.sight.unless, option.sight.after} <= actions
