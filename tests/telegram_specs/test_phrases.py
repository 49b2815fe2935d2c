"""Every text of a fault has its Japanese: those that vectors cause, and those in the code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from telegram_specs import Framer, load_profile
from telegram_specs.engine import phrases
from telegram_specs.engine.checkdigit import FORMULAS
from telegram_specs.engine.faults import RULES, WHAT
from telegram_specs.engine.framing import FramingFault
from telegram_specs.engine.phrases import in_japanese
from telegram_specs.engine.vectors import load_vectors

EXAMPLE = Path(__file__).parents[2] / "examples" / "profile"
ENGINE = sorted(Path(phrases.__file__).parent.glob("*.py"))
ENGLISH = re.compile(
    r"[a-z]{2,}(?: [a-z]+)+|[0-9] [a-z]+|\b(?:nothing|others|digits|got|expected)\b"
)
"""What shows that a text is English; ids, charsets and forms such as hhmmss are in both."""
TEXTS = {"Refused": (1, 2), "TextError": (0,), "ValueError": (0,), "_Plain": (1,)}
"""Calls in the engine that make the text of a fault, and which arguments it is."""
NAMES = frozenset({"expected", "actual", "shape", "what", "more"})
"""Names that hold such a text."""
READERS = frozenset(
    {"charset", "dates", "fields", "fixedreader", "framing", "given", "jsontree", "csvtree",
     "urltree", "kinds", "objectreader", "padding"}
)  # fmt: skip
"""Modules whose texts are about telegrams; the others tell of mistakes in YAML."""


def caused():
    """Return the faults that the bad vectors of both profiles cause, by rule."""
    found = defaultdict(list)
    for folder in (None, EXAMPLE):
        profile = load_profile(folder)
        for vector in load_vectors(profile.files).bad:
            if vector.raw is not None:
                for fault in profile.spec(vector.telegram).validate(vector.raw):
                    found[fault.rule].append(fault)
    return found


CAUSED = caused()


@pytest.mark.parametrize("rule", RULES)
def test_no_text_of_a_fault_is_left_in_english(rule):
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", phrases.PARTS[WHAT[rule]])
    if rule == "frame":  # of a stream, not of a telegram: below
        return
    assert CAUSED[rule], "no bad vector breaks this rule"
    for fault in CAUSED[rule]:
        for text in (fault.expected, fault.actual):
            told = in_japanese(text) or text
            assert not ENGLISH.search(told), text
        whole = in_japanese(str(fault))
        assert whole is not None
        assert phrases.PARTS[WHAT[rule]] in whole
        assert not ENGLISH.search(whole), str(fault)


STREAMS = {
    "no-number": b"x" * 80,
    "too-short": b"000003" + b"x" * 80,
    "too-long": b"999999" + b"x" * 80,
    "ends-in-the-header": b"000078DB",
    "ends-in-the-telegram": b"000078DB0201" + b"0" * 58,
    "no-end-mark": b"000078DB0201" + b"0" * 68,
    "fewer": b"000078DB0201" + b"0" * 58 + b"$$",
}


@pytest.mark.parametrize("name", STREAMS)
def test_no_text_of_a_broken_stream_is_left_in_english(profile, name):
    framer = Framer(profile.frames)
    events = [*framer.feed(STREAMS[name]), framer.end()]
    faults = [event for event in events if isinstance(event, FramingFault)]
    assert faults
    for fault in faults:
        told = in_japanese(fault.text)
        assert told is not None
        assert not ENGLISH.search(told), (fault.text, told)


def literal(node):
    """Return the text of a literal with 7 for each hole, None for what is no literal text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "7" for v in node.values)
    return None


def written():
    """Yield every literal text of a fault that the engine has in its code."""
    for path in ENGINE:
        if path.stem not in READERS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                places = TEXTS.get(node.func.id, ())
                found = [node.args[place] for place in places if place < len(node.args)]
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                    pairs = (
                        zip(target.elts, node.value.elts, strict=True)
                        if several
                        else [(target, node.value)]
                    )
                    found += [v for t, v in pairs if isinstance(t, ast.Name) and t.id in NAMES]
            for value in found:
                branches = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
                yield from ((path.stem, text) for v in branches if (text := literal(v)))


WRITTEN = sorted(set(written()))


def test_the_code_has_texts_to_look_at():
    assert len(WRITTEN) > 40
    assert {module for module, _ in WRITTEN} == READERS


@pytest.mark.parametrize(("module", "text"), WRITTEN, ids=[f"{m}: {t}" for m, t in WRITTEN])
def test_every_text_in_the_code_has_its_japanese(module, text):  # noqa: ARG001 - names the place
    for part in text.split(", got "):  # of a stream, both stand in one text
        told = phrases._translated(part, within=True) or part
        assert not ENGLISH.search(told), text


def test_the_reader_s_words_stay_where_they_are():
    assert in_japanese("架空　花子") is None
    assert in_japanese("one of 0, 1, 9") == "0, 1, 9のいずれか"
    assert in_japanese("a value, as 変更の旨 is 2 or 3") == "値（「変更の旨」が2又は3であるため）"
    assert in_japanese("a right check digit (juminhyo_code)") == "正しい検査数字（住民票コード）"


def test_every_check_digit_has_its_name():
    for kind in FORMULAS:
        told = in_japanese(f"a right check digit ({kind})")
        assert told is not None
        assert kind not in told
