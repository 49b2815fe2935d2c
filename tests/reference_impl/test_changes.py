"""Changes that seeded faults make to a telegram on its way out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reference_impl.changes import variants
from reference_impl.faults import WireChange
from telegram_specs.mutate import declare_length, set_item
from tests.steps.passages import PROFILE, encode

SPEC = PROFILE.spec("juminhyo_code_request")
RAW = encode(SPEC.id)
NEW_SERIAL = "0000000099"
CHANGES = {
    "value": (WireChange("x", "value", "count", "9"), [set_item(SPEC, RAW, "count", "9")]),
    "byte": (WireChange("x", "byte", "end_mark", "%"), [RAW[:-1] + b"%"]),
    "cut": (WireChange("x", "cut", to="3"), [RAW[:-3]]),
    "extra_length": (WireChange("x", "extra_length", to="2"), [declare_length(SPEC, RAW, 2)]),
    "twice": (WireChange("x", "twice"), [RAW, set_item(SPEC, RAW, "serial", NEW_SERIAL)]),
    "drop": (WireChange("x", "drop"), []),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_seeded_fault_changes_its_telegram_only(kind):
    change, sent = CHANGES[kind]
    own = replace(change, telegram=SPEC.id)
    assert variants((change,), SPEC, RAW, lambda: NEW_SERIAL) == [RAW]
    assert variants((change, own), SPEC, RAW, lambda: NEW_SERIAL) == sent


def test_seeded_changes_add_up():
    both = (
        WireChange(SPEC.id, "twice"),
        WireChange(SPEC.id, "value", "count", "9"),
    )
    again = set_item(SPEC, RAW, "serial", NEW_SERIAL)
    expected = [set_item(SPEC, raw, "count", "9") for raw in (RAW, again)]
    assert variants(both, SPEC, RAW, lambda: NEW_SERIAL) == expected


def test_a_key_of_json_is_left_out():
    spec = PROFILE.spec("accepted")
    raw = spec.encode({"serial": "7", "result": "0000"})
    dropped = variants((WireChange("accepted", "drop", "serial"),), spec, raw, str)
    assert dropped == [b'{"result":"0000"}']
