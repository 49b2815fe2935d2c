"""What the bench does to the network besides bending telegrams is noted with its place."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from reports import Act
from reports.planned import ACTS
from steps.scene import Scene, Unprepared

SENTENCES = Path(__file__).parents[2] / "steps" / "sentences"
NOTED = re.compile(r'scene\.doing\("(\w+)"')


def scene_after(records):
    scene = Scene.__new__(Scene)
    scene.bench = SimpleNamespace(journal=SimpleNamespace(records=(None,) * records))
    scene.acts, scene.disturbed = [], False
    return scene


def test_an_act_stands_behind_the_records_before_it():
    scene = scene_after(3)

    with scene.doing("down", "cs"):
        scene.bench.journal.records += (None,)

    assert scene.acts == [Act("down", "cs", 3)]
    assert not scene.disturbed


def test_what_could_not_be_done_is_no_act():
    scene = scene_after(3)

    with pytest.raises(Unprepared), scene.doing("down", "cs"):
        raise Unprepared("it does not go down")

    assert scene.acts == []


def test_a_fault_that_records_tell_of_is_no_act():
    scene = scene_after(1)

    scene.disturb()

    assert scene.acts == []
    assert scene.disturbed


def test_every_act_of_a_sentence_has_words_and_every_words_an_act():
    noted = {
        kind for path in SENTENCES.glob("*.py") for kind in NOTED.findall(path.read_text("utf-8"))
    }

    assert noted == set(ACTS)
