"""What a case needs of a system, read from the code of its sentences."""

from __future__ import annotations

import pytest

from steps.catalogue import load_catalogue
from steps.index import definitions, scenarios
from steps.needs import Need, needs_of
from steps.register import FEATURES

NO_ACTIONS = {
    "住民記録システムが突然停止し、再び起動する",
    "住民記録システムが復旧する",
    "住民記録システムが新たなアクセストークンを求める",
}
"""What the driver or the bench does, without a word of the control plane."""


@pytest.fixture(scope="module")
def needs():
    """Return a function that gives the needs of some sentences."""
    steps = definitions()
    return lambda *sentences: needs_of(sentences, steps)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            ("given", "世帯「山田」が住民票に記載されている"),
            {Need("provision", "juki", "household")},
        ),
        (
            ("when", "住民記録システムが世帯「山田」の子「花子」の出生を本登録する"),
            {Need("trigger", "juki", "birth")},
        ),
        (
            ("when", "住民記録システムが「花子」の死亡を本登録する"),
            {Need("trigger", "juki", "death")},
        ),
        (("when", "それから10分が過ぎる"), {Need("clock", "", "minutes")}),
        (
            ("when", "住基ネットCSが「花子」の「個人番号生成結果」を別の通番で再び送る"),
            {Need("trigger", "cs", "send_number", of_bench=True)},
        ),
        (("then", "「個人番号生成要求」が送信される"), set()),
        (("then", "no such sentence"), set()),
    ],
)
def test_a_sentence_needs_what_its_code_asks_for(needs, sentence, found):
    assert needs(sentence) == found


def test_an_observation_is_needed_where_a_judgement_rests_on_it(needs):
    birth = ("when", "住民記録システムが世帯「山田」の子「花子」の出生を本登録する")
    kept = ("then", "「花子」の出生の記録は失われていない")
    assert Need("observe", "juki", "resident") not in needs(birth)
    assert Need("observe", "juki", "resident") in needs(birth, kept)


def test_whoever_acts_in_a_sentence_needs_an_action(needs):
    acting = {
        sentence.text
        for path in FEATURES.rglob("*.feature")
        for scenario in scenarios(path)
        for sentence in scenario.sentences
        if sentence.kind == "when" and sentence.text.startswith("住民記録システムが")
    }
    idle = {
        text
        for text in acting
        if not any(
            n.verb == "trigger" and n.role in {"juki", ""} and not n.of_bench
            for n in needs(("when", text))
        )
    }
    assert len(acting) > 100
    assert idle == NO_ACTIONS


def test_an_action_that_is_read_from_the_code_stands_in_the_catalogue(needs):
    actions = load_catalogue().entries["actions"]
    found = {
        (need.role, need.name)
        for path in FEATURES.rglob("*.feature")
        for scenario in scenarios(path)
        for need in needs(*((s.kind, s.text) for s in scenario.sentences))
        if need.verb == "trigger" and need.role == "juki" and need.name and not need.of_bench
    }
    assert len(found) > 20
    assert found <= set(actions)
