"""The ways to break a telegram: what its receiver gets to see."""

from __future__ import annotations

import pytest

from steps.bench.breakage import BREAKAGES
from steps.sentences.telegram import OF_CONTENT
from telegram_specs import Frame
from tests.steps.passages import PROFILE, asking

RESULT = asking("number_issue_result")

SEEN = {
    # name: (telegram, the first fault of its content: field and rule)
    "end_mark": ("number_issue_result", ("end_mark", "end_mark")),
    "unknown_id": ("number_issue_result", ("telegram_id", "const")),
    "letters": ("number_issue_result", ("juminhyo_code", "kind")),
    "code_value": ("number_issue_result", ("kind", "const")),
    "bad_date": ("number_issue_result", ("created_date", "date")),
    "bytewise": ("number_issue_result", None),
    "bad_client": ("token_request", None),
    "bad_grant": ("token_request", ("grant_type", "const")),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_content_has_this_fault_first(name):
    telegram, expected = SEEN[name]
    passage = asking(telegram)
    faults = passage.spec.validate(BREAKAGES[name].apply(passage))
    first = (faults[0].field, faults[0].rule) if faults else None
    assert first == expected


def framed(name):
    framer = PROFILE.framer()
    events = [*framer.feed(BREAKAGES[name].apply(RESULT)), framer.end()]
    return [getattr(event, "text", "whole") for event in events if event]


FRAMED = {
    "end_mark": [
        (
            "frame @ byte 0: no end mark where the declared length ends. "
            "expected it at byte 88, got other bytes"
        )
    ],
    "unknown_id": ["whole"],
    "length_short": [
        "frame @ byte 0: 2 bytes more than declared. expected 88 bytes, got 90",
    ],
    "cut": ["frame @ byte 0: the stream ends in the header. expected 65 bytes, got 45"],
    "bytewise": ["whole"],
}


@pytest.mark.parametrize("name", FRAMED)
def test_the_frame_is_diagnosed(name):
    assert framed(name) == FRAMED[name]


def test_an_unknown_telegram_is_framed_and_not_identified():
    (frame,) = PROFILE.framer().feed(BREAKAGES["unknown_id"].apply(RESULT))
    assert isinstance(frame, Frame)
    assert PROFILE.identify(frame.raw) is None


def test_a_code_of_no_character_is_a_fault_of_the_charset():
    spec = PROFILE.spec("identity_notice")
    header = {k: RESULT.values[k] for k in ("serial", "ref_serial", "created_date", "created_time")}
    raw = spec.encode(
        {
            **header,
            "sender": "999016",
            "receiver": "000001",
            "result": "0000",
            "entry": "1",
            "reason": "12",
            "event_date": "2026-05-01",
            "name": "山田　花子",
            "birth_date": "R8-05-01",
            "sex": "2",
            "municipality_code": "999016",
            "address": "見本県見本市",
            "juminhyo_code": "24846016224",
        }
    )
    assert spec.validate(raw) == ()
    (fault,) = spec.validate(BREAKAGES["unmapped"].bend(spec, raw))
    assert (fault.field, fault.rule) == ("name", "charset")


def test_a_breakage_says_what_a_refusal_may_carry():
    known = set(PROFILE.codes["result"])
    assert all(set(breakage.results) <= known for breakage in BREAKAGES.values())
    assert known >= OF_CONTENT >= {"2001", "2002", "2003", "2004"}
    assert len({breakage.ja for breakage in BREAKAGES.values()}) == len(BREAKAGES)
