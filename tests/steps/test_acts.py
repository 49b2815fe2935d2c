"""What the bench does to the network besides bending telegrams is noted with its place."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

from reports import Act
from reports.planned import ACTS
from steps.scene import Scene

SENTENCES = Path(__file__).parents[2] / "steps" / "sentences"
NOTED = re.compile(r'scene\.(?:disturb|note_act)\("(\w+)"')


def scene_after(records):
    scene = Scene.__new__(Scene)
    scene.bench = SimpleNamespace(journal=SimpleNamespace(records=(None,) * records))
    scene.acts, scene.disturbed = [], False
    return scene


def test_an_act_stands_behind_the_records_before_it():
    scene = scene_after(3)

    scene.disturb("down", "cs")

    assert scene.acts == [Act("down", "cs", 3)]
    assert scene.disturbed


def test_what_ends_a_disturbance_is_noted_and_disturbs_nothing():
    scene = scene_after(0)

    scene.note_act("up", "cs")

    assert scene.acts == [Act("up", "cs", 0)]
    assert not scene.disturbed


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
