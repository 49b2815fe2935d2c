"""Steps: the proof that a telegram is accepted when nothing goes wrong, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pytest_bdd import given, then

from steps.judge.answers import ACCEPTED, result_of
from steps.judge.values import value_of
from steps.scene import Unprepared
from steps.sentences.birth import child_of, register
from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.residents import Person
    from steps.scene import Scene

Proof: TypeAlias = "Callable[[Scene], None]"

SPARE_NAMES = ("陽菜", "湊", "結衣")
"""Children of the proofs; the scenarios use other names."""
FINAL_TELEGRAM = "addressee_request"
"""What a birth ends with: when it was seen, the telegrams before it went through."""
PROOFS: dict[str, Proof] = {}
"""How to prove that a telegram is accepted; all others are proven by a birth."""


def proof(*telegrams: str) -> Callable[[Proof], Proof]:
    """Enter a function that proves that these telegrams are accepted, else raises Unprepared."""

    def enter(function: Proof) -> Proof:
        PROOFS.update(dict.fromkeys(telegrams, function))
        return function

    return enter


def require_accepted(scene: Scene, telegram: str) -> None:
    """See that the last telegram of a kind was accepted; what proved it is not judged."""
    evidence = scene.evidence()
    sent = list(evidence.telegrams(telegram))
    answer = evidence.answer_to(sent[-1]) if sent else None
    if answer is None or value_of(answer, "result") != ACCEPTED:
        raise not_accepted(scene, telegram)
    scene.window = None


def not_accepted(scene: Scene, telegram: str) -> Unprepared:
    """Return what to raise when a good telegram is not accepted."""
    return Unprepared(f"正しい「{scene.world.profile.spec(telegram).label}」が受理されない")


def prove_birth(scene: Scene, telegram: str) -> Person:
    """Let a birth run through and see that a telegram of it was accepted; else INCONCLUSIVE."""
    name = next(name for name in SPARE_NAMES if name not in scene.people)
    since = len(scene.bench.journal.records)
    surname = next(iter(scene.households))
    window = scene.window
    register(scene, child_of(scene, surname, name))
    await_telegram(scene, FINAL_TELEGRAM, name)
    scene.quiet()
    evidence = scene.evidence()
    sent = [r for r in evidence.records[since:] if r.telegram == telegram and r.on_wire]
    answers = [evidence.answer_to(record) for record in sent]
    if not any(answer and result_of(answer) == ACCEPTED for answer in answers):
        raise not_accepted(scene, telegram)
    scene.window = window
    return scene.people[name]


@given(says("正しい「{label:Name}」は受理される"))
def proven(scene: Scene, label: str) -> None:
    telegram = telegram_named(scene.world.profile, label).id
    if telegram in PROOFS:
        PROOFS[telegram](scene)
    else:
        prove_birth(scene, telegram)


@then(says("その後も、正しい「{label:Name}」は受理される"))
def still_works(scene: Scene, label: str) -> None:
    scene.quiet()
    scene.close_window()
    scene.window = len(scene.bench.journal.records)
    spec = telegram_named(scene.world.profile, label)
    name = next(name for name in SPARE_NAMES if name not in scene.people)
    register(scene, child_of(scene, next(iter(scene.households)), name))
    await_telegram(scene, FINAL_TELEGRAM, name)
    scene.judge("answered", telegram=spec.id, label=label, accepted=True, person=name)
