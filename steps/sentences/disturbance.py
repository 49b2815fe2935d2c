"""Steps: what goes wrong on the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, when

from steps.bench.faultplan import Planned
from steps.scene import NotCovered, Unprepared
from steps.vocabulary import item_named, role_named, says, telegram_named
from steps.waiting import await_telegram
from telegram_specs import check_digit

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.bench.faultplan import Passage
    from steps.scene import Scene

REMAINDER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def plan(
    scene: Scene,
    telegram: str,
    kind: str,
    item: str = "",
    value: str | Callable[[Passage], str] = "",
    *,
    count: int = 1,
) -> None:
    """Plan a fault of the network, for the next telegrams of a kind."""
    scene.disturb()
    scene.bench.plan.add(Planned(telegram, kind, count, item, value))


@given(says("{system:System}からの「{label:Name}」は保留されている"))
def held(scene: Scene, system: str, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    if role_named(system) not in spec.sender:
        raise LookupError(f"「{label}」 is not sent by {system}")
    plan(scene, spec.id, "held", count=9)


@when(says("保留されていた「{label:Name}」が届く"))
def released(scene: Scene, label: str) -> None:
    scene.quiet()
    with scene.doing("released", ""):
        scene.bench.release(telegram_named(scene.world.profile, label).id)


@given(says("次の「{label:Name}」{fate:Fate}"))
def disturbed(scene: Scene, label: str, fate: tuple[str, str]) -> None:
    plan(scene, telegram_named(scene.world.profile, label).id, *fate)


@given("次の「符号生成の求め」は、別の団体からのものである")
def from_other_body(scene: Scene) -> None:
    plan(scene, "linkage_code_generation", "changed", "organization_code", "999024")


@given(says("次の「{label:Name}」には、「{item:Name}」がない"))
def item_missing(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    plan(scene, spec.id, "without", item_named(spec, item))


@given(says("次の「{label:Name}」の「{item:Name}」は、「{text:Name}」である"))
def item_wrong(scene: Scene, label: str, item: str, text: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    plan(scene, spec.id, "changed", item_named(spec, item), text)


@given(says("次の「{label:Name}」の「{item:Name}」は、{count:Count}文字である"))
def item_long(scene: Scene, label: str, item: str, count: int) -> None:
    spec = telegram_named(scene.world.profile, label)
    plan(scene, spec.id, "changed", item_named(spec, item), "長" * count)


@given(says("次の「{label:Name}」は、通番に英字を含む"))
def lettered_serial(scene: Scene, label: str) -> None:
    def lettered(passage: Passage) -> str:
        return str(passage.values["serial"])[:-1] + "A"

    plan(scene, telegram_named(scene.world.profile, label).id, "changed", "serial", lettered)


@given(says("次の「{label:Name}」の個人番号は、検査用数字が誤っている"))
def wrong_digit(scene: Scene, label: str) -> None:
    def spoiled(passage: Passage) -> str:
        number = str(passage.values["individual_number"])
        return number[:-1] + str((int(number[-1]) + 1) % 10)

    telegram = telegram_named(scene.world.profile, label).id
    plan(scene, telegram, "changed", "individual_number", spoiled)


@given(says("次の「個人番号生成結果」の個人番号は、世帯「{surname:Name}」の世帯主の個人番号である"))
def number_of_head(scene: Scene, surname: str) -> None:
    number = scene.households[surname].head["individual_number"]
    plan(scene, "number_issue_result", "changed", "individual_number", number)


@given(says("次の「個人番号生成結果」の個人番号は、余りが{remainder:Count}となる番号である"))
def number_with_remainder(scene: Scene, remainder: int) -> None:
    while True:
        base = scene.world.residents.unique("individual_number")[:-1]
        total = sum(int(d) * w for d, w in zip(base, REMAINDER_WEIGHTS, strict=True))
        if total % 11 == remainder:
            break
    number = base + check_digit("individual_number", base)
    plan(scene, "number_issue_result", "changed", "individual_number", number)


@given(says("次の「{label:Name}」の住民票コードは、求めていない住民票コードである"))
def number_for_another(scene: Scene, label: str) -> None:
    code = scene.world.residents.unique("juminhyo_code")
    scene.world.designate([code])
    plan(scene, telegram_named(scene.world.profile, label).id, "changed", "juminhyo_code", code)


@given(says("次の「{label:Name}」の個人番号は、「{name:Name}」の個人番号である"))
def number_of_somebody(scene: Scene, label: str, name: str) -> None:
    number = scene.people[name].facts["individual_number"]
    plan(
        scene, telegram_named(scene.world.profile, label).id, "changed", "individual_number", number
    )


@given(says("次の「{label:Name}」の{item:Name}は、該当者のない番号である"))
def number_of_nobody(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    base = "9000000" if path == "addressee_number" else "12345678901"
    plan(scene, spec.id, "changed", path, base + check_digit(path, base))


@given("次の「団体内統合宛名番号付番依頼」への応答は、団体内統合宛名番号を含む")
def leaking_answer(scene: Scene) -> None:
    base = "9000000"
    leaked = base + check_digit("addressee_number", base)
    scene.fact("integrated_number", [leaked])
    plan(scene, "addressee_request", "answer_changed", "addressee_number", leaked)


@when(says("住基ネットCSが「{name:Name}」について異なる個人番号の「個人番号生成結果」を送る"))
def second_number(scene: Scene, name: str) -> None:
    await_telegram(scene, "identity_notice", name)
    scene.quiet()
    codes = scene.seen_of(name, "number_issue_request", "juminhyo_code")
    if not codes:
        raise Unprepared("「個人番号生成要求」がまだない")
    number = scene.world.residents.unique("individual_number")
    args = {"juminhyo_code": codes[0], "individual_number": number}
    scene.disturb()
    with scene.doing("of_its_own", "cs"):
        scene.bench.act("cs", "send_number", args)
    scene.quiet()


@when(says("住基ネットCSが「{name:Name}」の「個人番号生成結果」を別の通番で再び送る"))
def number_repeated(scene: Scene, name: str) -> None:
    await_telegram(scene, "identity_notice", name)
    scene.quiet()
    numbers = scene.seen_of(name, "number_issue_result", "individual_number")
    codes = scene.seen_of(name, "number_issue_result", "juminhyo_code")
    if not numbers or not codes:
        raise Unprepared("「個人番号生成結果」がまだない")
    args = {"juminhyo_code": codes[0], "individual_number": numbers[0]}
    scene.disturb()
    with scene.doing("of_its_own", "cs"):
        scene.bench.act("cs", "send_number", args)
    scene.quiet()


@when(says("「{label:Name}」が、同じ通番で再び届く"))
def same_again(scene: Scene, label: str) -> None:
    scene.quiet()
    sent = scene.telegrams(telegram_named(scene.world.profile, label).id)
    if not sent:
        raise Unprepared(f"「{label}」がまだない")
    scene.disturb()
    with scene.doing("sent_again", sent[-1].sender):
        scene.bench.send_again(sent[-1])
    scene.quiet()


@given(says("{system:System}は停止している"))
def down(scene: Scene, system: str) -> None:
    role = role_named(system)
    if scene.bench.under_test(role):
        raise NotCovered(f"{system} is under test and cannot be taken down")
    scene.disturb()
    with scene.doing("down", role):
        scene.bench.take_down(role)


@when(says("{system:System}が復旧する"))
def up(scene: Scene, system: str) -> None:
    role = role_named(system)
    with scene.doing("up", role):
        scene.bench.bring_up(role)


@when("住民記録システムが突然停止し、再び起動する")
def power_failure(scene: Scene) -> None:
    scene.disturb()
    if not (scene.bench.under_test("juki") and scene.bench.sut.driver.managed):
        raise NotCovered("only a managed driver can end and start the system")
    scene.quiet()
    with scene.doing("killed", "juki"):
        scene.bench.sut.kill()
    scene.bench.restart()
