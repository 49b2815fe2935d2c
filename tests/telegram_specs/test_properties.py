"""Laws that hold for every telegram and every stream of bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telegram_specs import Frame, Group, load_profile, mask_values
from tests.telegram_specs.strategies import telegrams

PROFILE = load_profile()
FIXED = [spec.id for spec in PROFILE.specs.values() if spec.form == "fixed"]
NAMED = [spec.id for spec in PROFILE.specs.values() if spec.form != "fixed"]
CLOSED = [spec.id for spec in PROFILE.specs.values() if spec.form not in {"form", "csv"}]
"""Those with an end; a form is complete at every `&`, a table at the end of every row."""
ENDED = [spec.id for spec in PROFILE.specs.values() if spec.form != "form"]
"""Those behind which nothing may stand."""

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", PROFILE.specs)
@some
@given(data=st.data())
def test_decoding_gives_back_what_was_encoded(name, data):
    spec = PROFILE.spec(name)
    values = data.draw(telegrams(spec))
    raw = spec.encode(values)
    decoded = spec.decode(raw)
    assert decoded.faults == ()
    assert {key: decoded.values[key] for key in values} == values
    assert spec.encode(decoded.values) == raw


@pytest.mark.parametrize("name", CLOSED)
@some
@given(data=st.data())
def test_no_proper_prefix_is_accepted(name, data):
    spec = PROFILE.spec(name)
    raw = spec.encode(data.draw(telegrams(spec)))
    cut = data.draw(st.integers(0, len(raw) - 1))
    assert spec.validate(raw[:cut])


@pytest.mark.parametrize("name", ENDED)
@some
@given(data=st.data())
def test_bytes_behind_a_telegram_are_not_accepted(name, data):
    spec = PROFILE.spec(name)
    raw = spec.encode(data.draw(telegrams(spec)))
    assert spec.validate(raw + data.draw(st.sampled_from([b"$$", b"x", b"\x00", b"{}"])))


def damaged(raw, data):
    at = data.draw(st.integers(0, len(raw)))
    gone = data.draw(st.integers(0, 3))
    new = data.draw(st.binary(max_size=3))
    return raw[:at] + new + raw[at + gone :]


def check(spec, raw):
    """Nothing raises, every place lies inside the data, and the description agrees."""
    decoded = spec.decode(raw)
    for place in (*decoded.faults, *decoded.spans):
        assert 0 <= place.offset <= len(raw)
        assert place.offset + place.length <= len(raw)
    assert [fault.offset for fault in decoded.faults] == sorted(f.offset for f in decoded.faults)
    rows = spec.describe(raw)
    assert all(0 <= row.offset <= row.offset + row.length <= len(raw) for row in rows)
    assert {row.fault for row in rows if row.fault} <= {str(fault) for fault in decoded.faults}
    assert bool(decoded.faults) == any(row.fault for row in rows)
    assert mask_values(spec, decoded.values).keys() == decoded.values.keys()


@pytest.mark.parametrize("name", PROFILE.specs)
@some
@given(data=st.data())
def test_a_damaged_telegram_never_raises(name, data):
    spec = PROFILE.spec(name)
    check(spec, damaged(spec.encode(data.draw(telegrams(spec))), data))


@pytest.mark.parametrize("name", PROFILE.specs)
@some
@given(raw=st.binary(max_size=200))
def test_random_bytes_never_raise(name, raw):
    check(PROFILE.spec(name), raw)


@pytest.mark.parametrize("name", NAMED)
@some
@given(text=st.text(st.sampled_from('{}[]":,\\ntrue0.-eE &=%+あ\ud842'), max_size=60))
def test_random_text_never_raises(name, text):
    check(PROFILE.spec(name), text.encode("utf-8", "surrogatepass"))


@some
@given(data=st.data())
def test_any_split_of_a_stream_gives_the_same_frames(data):
    specs = data.draw(st.lists(st.sampled_from(FIXED), min_size=1, max_size=4))
    parts = [PROFILE.spec(name).encode(data.draw(telegrams(PROFILE.spec(name)))) for name in specs]
    framer = PROFILE.framer()
    events = [event for piece in split(b"".join(parts), data) for event in framer.feed(piece)]
    assert [event.raw for event in events if isinstance(event, Frame)] == parts
    assert len(events) == len(parts)
    assert framer.end() is None


@some
@given(data=st.data())
def test_any_split_of_a_damaged_stream_gives_the_same_frames(data):
    spec = PROFILE.spec("number_issue_request")
    whole = spec.encode(data.draw(telegrams(spec)))
    raw = whole + damaged(whole, data) + whole + whole
    framer, other = PROFILE.framer(), PROFILE.framer()
    frames = [event for event in framer.feed(raw) if isinstance(event, Frame)]
    pieces = [event for piece in split(raw, data) for event in other.feed(piece)]
    assert [event for event in pieces if isinstance(event, Frame)] == frames
    assert frames[-1] == Frame(whole, len(raw) - len(whole))


def split(raw, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)), max_size=6)))
    return [raw[i:j] for i, j in zip([0, *cuts], [*cuts, len(raw)], strict=True)]


@some
@given(st.binary(max_size=400))
def test_a_framer_never_raises_and_keeps_every_byte(raw):
    framer = PROFILE.framer()
    events = framer.feed(raw)
    rest = framer.end()
    told = b"".join(event.raw for event in [*events, *([rest] if rest else [])])
    assert told == raw


def test_the_strategies_reach_every_kind_of_value():
    """A strategy that never fills an optional field, or a list, would prove little."""
    seen = set()

    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(st.data())
    def draw(data):
        for name in ("identity_notice", "juminhyo_code_list", "number_issue_result"):
            for field, value in data.draw(telegrams(PROFILE.spec(name))).items():
                seen.add((field, bool(value)))

    draw()
    blank = {"name", "alias", "individual_number", "former_juminhyo_code", "codes"}
    assert {(name, filled) for name in blank for filled in (True, False)} <= seen
    assert any(isinstance(item, Group) for item in PROFILE.spec("juminhyo_code_list").fields)
