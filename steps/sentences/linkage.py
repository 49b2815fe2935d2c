"""Steps: acquisition numbers and linkage codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.scene import Unprepared
from steps.sentences.birth import child_of, complete, register
from steps.sentences.proof import FINAL_TELEGRAM, proof, prove_birth, require_accepted
from steps.sightings import all_numbers_and_codes
from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from steps.scene import Scene


def integrated_number(scene: Scene, name: str) -> str:
    """Return a person's integrated number as it was notified to the intermediate server."""
    await_telegram(scene, "addressee_request", name)
    scene.quiet()
    number = scene.integrated_number_of(name)
    if number is None:
        raise Unprepared(f"「{name}」の団体内統合宛名番号が通知されていない")
    scene.people[name].identifiers.add(number)
    return number


def begin(scene: Scene, name: str) -> None:
    """Let the intermediate server begin to acquire a person's linkage code."""
    number = integrated_number(scene, name)
    scene.stimulate()
    scene.happens("linkage")
    scene.act("chukan", "begin_linkage", "begin_linkage", integrated_number=number)
    await_telegram(scene, "linkage_code_notice", name)


@proof("linkage_code_notice", "linkage_code_request", "linkage_request")
def prove_linkage(scene: Scene) -> None:
    """Let a linkage code be acquired for somebody else, and see that it was accepted."""
    person = prove_birth(scene, FINAL_TELEGRAM)
    begin(scene, person.key)
    scene.quiet()
    require_accepted(scene, "linkage_code_notice")


@given(
    says(
        "世帯「{surname:Name}」の子「{name:Name}」の出生が本登録され、団体内統合宛名番号が通知されている"
    )
)
def born_and_notified(scene: Scene, surname: str, name: str) -> None:
    register(scene, child_of(scene, surname, name))
    complete(scene, name)
    integrated_number(scene, name)
    scene.window = None


@given(says("中間サーバーが「{name:Name}」の符号を取得し終えている"))
def linked(scene: Scene, name: str) -> None:
    begin(scene, name)
    scene.quiet()
    scene.window = None


@when(says("中間サーバーが「{name:Name}」の符号の取得を始める"))
def linkage_begins(scene: Scene, name: str) -> None:
    begin(scene, name)


@then("中間サーバーは、符号の取得の開始を受け付ける")
def linkage_accepted(scene: Scene) -> None:
    words = "通知された番号による符号の取得の開始が受け付けられる"
    scene.judge("reply_is", key="begin_linkage", role="chukan", statuses=["ok"], words=words)


@when("情報提供ネットワークシステムが、対応する要求のない取得番号の「符号通知」を送る")
def unknown_acquisition(scene: Scene) -> None:
    send_code(scene, "Z" + scene.world.residents.hexadecimal(18) + "0")


@when("情報提供ネットワークシステムが、取得を終えた取得番号で別の「符号通知」を送る")
def spent_acquisition(scene: Scene) -> None:
    spent = [r for r in scene.evidence().records if r.telegram == "linkage_code_notice"]
    if not spent:
        raise Unprepared("取得を終えた取得番号がない")
    send_code(scene, str((spent[-1].values or {})["acquisition_number"]))


def send_code(scene: Scene, acquisition_number: str) -> None:
    """Let the information network send a linkage code that nobody waits for."""
    scene.stimulate()
    scene.happens("linkage")
    code = scene.world.residents.hexadecimal(64).lower()
    args = {"acquisition_number": acquisition_number, "linkage_code": code}
    scene.disturb()
    with scene.doing("of_its_own", "nws"):
        scene.bench.act("nws", "send_linkage_code", args)
    scene.quiet()


@then("その「符号通知」は受け付けられない")
def code_refused(scene: Scene) -> None:
    scene.judge(
        "answered", telegram="linkage_code_notice", label="符号通知", accepted=False, last=True
    )


@then(says("中間サーバーは、「{name:Name}」に符号を結び付けていない"))
def not_linked(scene: Scene, name: str) -> None:
    judge_linked(scene, name, "no", f"「{name}」に符号は結び付かない")


@then(says("中間サーバーは、「{name:Name}」に符号を結び付けている"))
def now_linked(scene: Scene, name: str) -> None:
    judge_linked(scene, name, "yes", f"「{name}」に符号が結び付く")


@then(says("「{name:Name}」の符号は、先に取得した符号と同じである"))
def same_linkage_code(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.judge(
        "item_is",
        telegram="linkage_code_notice",
        item="linkage_code",
        expected=scene.seen_of(name, "linkage_code_notice", "linkage_code")[:1],
        words=f"「{name}」について先に取得した符号",
        last=True,
    )


def judge_linked(scene: Scene, name: str, expected: str, words: str) -> None:
    """Ask whether a person has a linkage code at the intermediate server."""
    number = integrated_number(scene, name)
    data = scene.observe("chukan", "person", {"integrated_number": number})
    if data is not None:
        scene.keep(f"linked:{name}", "yes" if data.get("linked") else "no")
    key = f"linked:{name}"
    scene.judge("observed_is", key=key, role="chukan", expected=[expected], words=words)


@then(says("住民記録システムは、「{name:Name}」の符号取得要求が{state}ことを示す"))
def sending_shown(scene: Scene, name: str, state: str) -> None:
    scene.quiet()
    states = {
        "正常に送信された": ["accepted", "sent"],
        "拒まれた": ["refused", "failed"],
        "まだ送信されていない": ["none", ""],
    }
    args = {"handle": scene.people[name].handle}
    data = scene.observe("juki", "linkage_request", args)
    if data is not None:
        scene.keep("linkage_request", str(data.get("state", "")))
    words = f"符号取得要求が{state}ことが示される"
    scene.judge(
        "observed_is", key="linkage_request", role="juki", expected=states[state], words=words
    )


@then(says("「{label:Name}」の「{item:Name}」は、住民票コードも個人番号も含まない"))
@then(says("「{label:Name}」の「{item:Name}」は、個人番号でも住民票コードでもない"))
def neither_number_nor_code(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = next(path for path, name in spec.labels.items() if name == item)
    scene.fact("numbers_and_codes", all_numbers_and_codes(scene.records))
    scene.judge(
        "not_equal_to",
        telegram=spec.id,
        item=path,
        never=["numbers_and_codes"],
        words="個人番号でも住民票コードでもない値",
    )


@then(
    says("「{name:Name}」の「{label:Name}」は、その者の団体内統合宛名番号の通知より後に送信される")
)
def after_notice(scene: Scene, name: str, label: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id, name)
    scene.judge(
        "follows",
        telegram=spec.id,
        after="integrated_number_notice",
        label=label,
        after_label="団体内統合宛名番号通知",
        person=name,
    )
