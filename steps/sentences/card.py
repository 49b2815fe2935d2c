"""Steps: where cards and notices are sent, renewals, the state of cards."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from pytest_bdd import then, when

from steps.sentences.birth import child_of, register
from steps.vocabulary import says
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.scene import Scene

STATES = {"申請中": "1", "交付済": "2", "廃止": "3"}
VALID_YEARS = 10
STAY_CODE = "0009001"
"""郵便番号 of a 居所: nobody's, with zeros at the left, which are part of it."""


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の子「{name:Name}」の出生を、送付先に居所を指定して本登録する"
    )
)
def birth_with_stay(scene: Scene, surname: str, name: str) -> None:
    register_with_stay(scene, surname, name, "final")


@when(
    says(
        "住民記録システムが世帯「{surname:Name}」の子「{name:Name}」の出生を、送付先に居所を指定して仮登録する"
    )
)
def provisional_birth_with_stay(scene: Scene, surname: str, name: str) -> None:
    register_with_stay(scene, surname, name, "provisional")


def register_with_stay(scene: Scene, surname: str, name: str, until: str) -> None:
    """Report a birth whose notice goes to a place of stay."""
    child = child_of(scene, surname, name)
    stay = scene.world.residents.place("juki_b") | {"postal_code": STAY_CODE}
    child.facts |= {"stay": stay["address"], "stay_code": stay["postal_code"]}
    register(scene, child, until=until, delivery=stay)


def due(scene: Scene, codes: Sequence[str], *, times: int = 1) -> None:
    """Let the CS send who is due for renewal."""
    scene.quiet()
    scene.stimulate()
    scene.happens("renewal")
    for _ in range(times):
        scene.bench.act("cs", "send_renewal_list", {"codes": list(codes)})
        await_telegram(scene, "renewal_list")
        scene.quiet()


def code_of(scene: Scene, name: str) -> str:
    return scene.people[name].facts["juminhyo_code"]


@when(says("住基ネットCSが「{name:Name}」を含む「更新対象者データ」を送る"))
def renewal(scene: Scene, name: str) -> None:
    due(scene, [code_of(scene, name)])


@when(says("住基ネットCSが「{name:Name}」と「{other:Name}」を含む「更新対象者データ」を送る"))
def renewals(scene: Scene, name: str, other: str) -> None:
    due(scene, [code_of(scene, name), code_of(scene, other)])


@when(says("住基ネットCSが、住民でない者と「{name:Name}」を含む「更新対象者データ」を送る"))
def renewal_with_stranger(scene: Scene, name: str) -> None:
    stranger = scene.world.residents.unique("juminhyo_code")
    due(scene, [stranger, code_of(scene, name)])


@when("住基ネットCSが、対象者のない「更新対象者データ」を送る")
def no_renewal(scene: Scene) -> None:
    due(scene, [])


@when(
    says(
        "住基ネットCSが、「{name:Name}」のカードが{state:CardState}である旨の「カード発行状況」を送る"
    )
)
def card_told(scene: Scene, name: str, state: str) -> None:
    tell_card(scene, code_of(scene, name), state)


@when("住基ネットCSが、住民でない者の「カード発行状況」を送る")
def card_of_stranger(scene: Scene) -> None:
    tell_card(scene, scene.world.residents.unique("juminhyo_code"), "交付済")


def tell_card(scene: Scene, code: str, state: str) -> None:
    """Let the CS tell the state of a card."""
    scene.stimulate()
    scene.happens("card_status")
    args: dict[str, Any] = {"juminhyo_code": code, "card_status": STATES[state]}
    if state == "交付済":
        day = scene.today()
        expiry = day + dt.timedelta(days=365 * VALID_YEARS)
        args |= {"issued_date": day.isoformat(), "expiry_date": expiry.isoformat()}
    scene.bench.act("cs", "send_card_status", args)
    await_telegram(scene, "card_status")
    scene.quiet()


@then(says("「{name:Name}」のカードの発行の状況は{state:CardState}である"))
def card_kept(scene: Scene, name: str, state: str) -> None:
    data = scene.observe("juki", "card", {"handle": scene.people[name].handle})
    if data is not None:
        scene.keep(f"card:{name}", str(data.get("card_status") or ""))
    words = f"「{name}」のカードは{state}"
    expected = [STATES[state]]
    scene.judge("observed_is", key=f"card:{name}", role="juki", expected=expected, words=words)
