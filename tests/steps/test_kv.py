"""Messages as key=value lines, and where messages end in a stream."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps.drivers import kv
from steps.drivers.framing import FRAMINGS, LONGEST, Cutter
from steps.drivers.protocol import DriverError

WRITTEN = {
    "order-is-kept": ({"v": 1, "seq": 2, "cmd": "hello"}, "v=1\nseq=2\ncmd=hello\n\n"),
    "members": ({"a": {"b": {"c": "x"}}}, "a.b.c=x\n\n"),
    "list": ({"a": ["x", "y"]}, "a.0=2\na.1=x\na.2=y\n\n"),
    "list-of-objects": ({"a": [{"b": "x"}]}, "a.0=1\na.1.b=x\n\n"),
    "empty-list": ({"a": []}, "a.0=0\n\n"),
    "empty-object": ({"a": {}, "b": "x"}, "b=x\n\n"),
    "nothing": ({"a": None}, "\n"),
    "flag-and-number": ({"a": True, "b": False, "c": 7}, "a=true\nb=false\nc=7\n\n"),
    "empty-text": ({"a": ""}, "a=\n\n"),
    "escapes": ({"a": "1%\n\r\t"}, "a=1%25%0A%0D%09\n\n"),
    "spaces-at-the-edge": ({"a": " x y "}, "a=%20x y%20\n\n"),
    "equals-and-japanese": ({"a": "b=山田　太郎"}, "a=b=山田　太郎\n\n"),
    "a-name-that-is-a-number": ({"a": {"1": "x"}}, "a.%31=x\n\n"),
    "a-name-with-a-dot": ({"a.b": "x"}, "a%2Eb=x\n\n"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written(name):
    message, text = WRITTEN[name]
    assert kv.write(message).decode() == text


READ = {
    "answer": (
        "v=1\nseq=7\nstatus=ok\nhandle=0012\n",
        {"v": 1, "seq": 7, "status": "ok", "handle": "0012"},
    ),
    "spaces-behind-are-padding": ("seq=7   \r\nreason=x\t \n", {"seq": 7, "reason": "x"}),
    "spaces-that-count": ("reason=x%20\n", {"reason": "x "}),
    "any-order-and-no-count": ("a.2=y\na.1=x\n", {"a": ["x", "y"]}),
    "count-alone": ("a.0=0\n", {"a": []}),
    "alerts": ("alerts.1.code=a\nalerts.2=b\n", {"alerts": [{"code": "a"}, "b"]}),
    "escaped-utf-8": ("a=%E5%B1%B1\n", {"a": "山"}),
    "escaped-name": ("a.%31=x\n", {"a": {"1": "x"}}),
    "seq-that-is-none": ("seq=seven\n", {"seq": "seven"}),
    "blank": ("\n", {}),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name):
    text, message = READ[name]
    assert kv.read(text.encode()) == message


BROKEN = {
    "no-equals": (
        b"seq=1\nready.\n",
        (
            "line 2 is not key=value. expected key=value lines and a blank line on stdout; "
            "write messages for people to stderr"
        ),
    ),
    "not-utf-8": (b"a=\x8e\x52\n", "not UTF-8 (byte 3 of the answer)"),
    "lone-percent": (b"a=100%\n", "line 1: a lone %. expected % and two hexadecimal digits"),
    "escapes-no-text": (b"a=%FF\n", "line 1: escapes that are not UTF-8"),
    "twice": (b"a=1\na=2\n", "line 2: a is given twice"),
    "below-a-value": (b"a=1\na.b=2\n", "line 2: a.b lies below a key that has a value"),
    "above-a-value": (b"a.b=2\na=1\n", "line 2: a is given twice"),
    "no-key": (b"=1\n", "line 1: not a key. expected names or numbers joined by dots"),
    "empty-part": (b"a..b=1\n", "line 1: not a key. expected names or numbers joined by dots"),
    "deep": (
        b"a" + b".a" * 1000 + b"=1\n",
        "line 1: not a key. expected names or numbers joined by dots",
    ),
    "gap": (b"a.1=x\na.3=y\n", "a is not numbered from 1 to its count. expected a.1, a.2 …"),
    "wrong-count": (
        b"a.0=2\na.1=x\n",
        "a is not numbered from 1 to its count. expected a.1, a.2 …",
    ),
    "numbers-only": (
        b"1=x\n",
        "not a message. expected key=value lines with a seq and a status",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read(name):
    data, text = BROKEN[name]
    with pytest.raises(DriverError) as caught:
        kv.read(data)
    assert str(caught.value) == text


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, min_size=1),
    max_leaves=6,
)
NAMES = st.sampled_from(["a", "handle", "data", "1", "a.b", "山", "", "%"])


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(NAMES, TREES, min_size=1))
def test_what_is_written_is_read_again(message):
    data = kv.write(message)
    assert FRAMINGS["kv"].whole(data)
    assert kv.read(data) == message


# -- where messages end --------------------------------------------------------------------

STREAMS = {
    "json": (b'{"seq":1}\n{"seq":2}\n{"se', [b'{"seq":1}\n', b'{"seq":2}\n'], 4),
    "kv": (
        b"\n\nseq=1\nx=2\n\nseq=2  \r\n  \r\n\nseq=",
        [b"seq=1\nx=2\n\n", b"seq=2  \r\n  \r\n"],
        4,
    ),
}


@pytest.mark.parametrize("name", STREAMS)
@given(st.integers(1, 40))
def test_a_stream_is_cut_the_same_however_it_comes(name, step):
    data, messages, rest = STREAMS[name]
    cutter = Cutter(FRAMINGS[name])
    found = [m for at in range(0, len(data), step) for m in cutter.feed(data[at : at + step])]
    assert (found, cutter.rest) == (messages, rest)


LONG_ONES = {
    "json": (b"x" * (LONGEST + 1) + b"\n", b'{"seq":2}\n'),
    "kv": (b"reason=" + b"x" * LONGEST + b"\nhandle=1\n\n", b"seq=2\n\n"),
}


@pytest.mark.parametrize("name", LONG_ONES)
@pytest.mark.parametrize("step", [4096, 10_000_000])
def test_of_a_message_that_is_too_long_nothing_is_kept(name, step):
    long, next_one = LONG_ONES[name]
    data = long + next_one
    cutter = Cutter(FRAMINGS[name])
    found = [m for at in range(0, len(data), step) for m in cutter.feed(data[at : at + step])]
    assert found == [None, next_one]
