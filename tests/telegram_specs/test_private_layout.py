"""The example of a private profile: other layouts, the same telegrams."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telegram_specs import EncodeError, lint_profile, load_profile, self_check
from telegram_specs.engine.overlay import Overlay, compare
from telegram_specs.engine.vectors import load_vectors
from telegram_specs.mutate import declare_length, set_item, set_unmapped
from telegram_specs.network import CS_CODE
from tests.telegram_specs.strategies import telegrams

EXAMPLE = Path(__file__).parents[2] / "examples" / "profile"
REPLACED = ("delivery_address", "identity_notice", "number_issue_request")


@pytest.fixture(scope="module")
def example():
    return load_profile(EXAMPLE)


@pytest.fixture(scope="module")
def birth(example):
    good = load_vectors(example.files).good["identity_notice/birth"]
    return example.spec("identity_notice"), good.raw, good.values


def copy(tmp_path, monkeypatch, name, old, new):
    """Return a copy of the example with one text of one file changed."""
    monkeypatch.chdir(tmp_path)
    folder = Path("p")
    shutil.copytree(EXAMPLE, folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return load_profile(folder)


def test_the_open_profile_has_the_code_of_the_network(profile):
    assert (profile.cs_code, profile.charset.name) == (CS_CODE, "juki")


def test_it_loads_and_agrees_with_its_vectors(example):
    assert (example.id, example.cs_code, example.charset.name) == ("example", "000019", "cp932")
    assert self_check(example) == []
    assert lint_profile(example) == []


def test_what_it_replaces(profile, example):
    unchecked = (
        "family_register_notice", "juminhyo_code_list", "juminhyo_code_request",
        "linkage_code_request", "number_issue_result", "receipt",
    )  # fmt: skip
    found = compare(profile, example)
    assert set(unchecked) <= set(found.unchecked)
    assert not set(REPLACED) & set(found.unchecked)
    assert found == Overlay(
        replaced=REPLACED, added=(), frame=True, codes=("entry", "reason"), charsets=(),
        unspoken={}, unchecked=found.unchecked, problems=(),
    )  # fmt: skip


def test_values_are_those_of_the_open_profile(birth):
    spec, raw, values = birth
    decoded = spec.decode(raw)
    assert (decoded.values["reason"], decoded.values["entry"]) == ("12", "1")
    assert spec.encode({**values, "reason": "31", "entry": "3"})[120:124] == b"C101"
    assert spec.encode(decoded.values) == raw


def test_a_description_shows_the_wire(birth):
    spec, raw, _ = birth
    rows = {row.field: (row.hex, row.text) for row in spec.describe(raw)}
    assert (rows["reason"], rows["entry"]) == (("41 32 30", "A20 出生"), ("32", "2 記載"))
    assert rows["name"][1] == "*****"


def test_an_open_value_on_the_wire_has_no_meaning(birth):
    spec, raw, _ = birth
    bent = raw[:120] + b"12 1" + raw[124:]
    rows = {row.field: row.text for row in spec.describe(bent)}
    assert (rows["reason"], rows["entry"]) == ("12", "1 修正")
    (fault,) = spec.validate(bent)
    assert str(fault) == (
        "本人確認情報/変更の事由 @ bytes 120–122: unknown code. expected one of A10, A20, A90, "
        "D10, D20, D90, C10, C20, C90, K10, K90, M10, M90, M95, got 12 "
    )


def test_a_private_value_cannot_be_given(birth):
    spec, _, values = birth
    with pytest.raises(EncodeError) as caught:
        spec.encode({**values, "entry": "A"})
    assert str(caught.value).endswith("unknown code. expected one of 3, 1, 2, got A")


def test_bending_follows_the_layout(birth):
    spec, raw, _ = birth
    assert set_item(spec, raw, "reason", "22")[120:123] == b"D20"
    assert set_item(spec, raw, "reason", "zz")[120:123] == b"zz "
    assert set_item(spec, raw, "name", "髙田")[347:353] == bytes.fromhex("FBFC 9363 8140")
    stray = set_unmapped(spec, raw, "name")
    assert [(f.field, f.rule) for f in spec.validate(stray)] == [("name", "charset")]
    assert declare_length(spec, raw, -2)[8:16] == b"00000732"


def test_every_telegram_is_found_by_its_padded_id(example, profile):
    names = {spec.wire_id: spec.id for spec in profile.specs.values() if spec.wire_id}
    assert example.identify(b"DB9001  ").id == names["DB9001"] == "receipt"
    assert example.identify(b"DBX00301").id == "identity_notice"
    assert example.identify(b"DB0301  ") is None


@pytest.mark.parametrize("name", [*REPLACED, "receipt", "juminhyo_code_list"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_decoding_gives_back_what_was_encoded(example, name, data):
    spec = example.spec(name)
    values = data.draw(telegrams(spec))
    raw = spec.encode(values)
    decoded = spec.decode(raw)
    assert decoded.faults == ()
    assert {key: decoded.values[key] for key in values} == values
    assert [event.raw for event in example.framer().feed(raw + raw)] == [raw, raw]


def test_what_the_scenarios_would_miss(profile, tmp_path, monkeypatch):
    place = ("telegrams/identity_notice.yaml", "    label: 性別", "    label: 男女の別")
    assert compare(profile, copy(tmp_path, monkeypatch, *place)).problems == (
        (
            "p/telegrams/identity_notice.yaml:71 /fields/9/label: other label. "
            "expected `性別`, as the scenarios call it, got `男女の別`"
        ),
    )


def test_an_item_that_is_missing(profile, tmp_path, monkeypatch):
    place = ("telegrams/identity_notice.yaml", "  - id: sex\n", "  - id: gender\n")
    assert compare(profile, copy(tmp_path, monkeypatch, *place)).problems == (
        (
            "p/telegrams/identity_notice.yaml:13 /fields: item missing. "
            "expected `sex`, as in the open layout, got none"
        ),
    )


def test_values_that_nothing_stands_for(profile, tmp_path, monkeypatch):
    text = (EXAMPLE / "codes/reason.yaml").read_text("utf-8")
    text = text.replace("  M95: 個人番号の職権記載\n", "").replace('  M95: "53"\n', "")
    private = copy(tmp_path, monkeypatch, "codes/reason.yaml", "id: reason", "id: reason")
    (private.folder / "codes/reason.yaml").write_text(text, "utf-8")
    assert compare(profile, load_profile(private.folder)).unspoken == {"reason": ("53",)}
