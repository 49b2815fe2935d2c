"""Steps: the stock of juminhyo codes, its replenishment, faulty lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.judge.content import leaves
from steps.scene import Unprepared
from steps.sentences.proof import proof, require_accepted
from steps.vocabulary import says
from steps.waiting import wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.scene import Scene

DEFAULT_THRESHOLD = 0
GOOD_CODES = 2
"""Codes of a list that are as they should be; with a wrong one no more than the births that
follow, so that every one is picked, whatever the choice."""


def stock(scene: Scene, count: int, threshold: int = DEFAULT_THRESHOLD) -> None:
    """Give the resident record system exactly so many unused codes."""
    codes = designated(scene, count)
    scene.prepare("juki", "stock", {"codes": codes, "threshold": threshold})
    scene.fact("stock", codes)


def designated(scene: Scene, count: int) -> list[str]:
    """Return codes that are designated: drawn here, or fetched from a CS outside."""
    if not scene.bench.under_test("cs") or not count:
        codes = scene.world.residents.codes(count)
        if scene.world.designate(codes):
            return codes
    before = len(scene.bench.journal.records)
    scene.happens("fetch_codes")
    scene.bench.act("juki", "fetch_codes", {"count": count})
    found = wait(scene, lambda r: r.telegram == "juminhyo_code_list" and r.seq > before)
    if found is None:
        raise Unprepared("住民票コードを取得できなかった")
    scene.quiet()
    return [text for _, text in leaves(found, "juminhyo_code")]


def send_list(scene: Scene, codes: Sequence[str], times: int = 1) -> None:
    """Let the CS send an unasked list as it is given."""
    scene.stimulate()
    scene.happens("fetch_codes")
    scene.disturb()
    for _ in range(times):
        with scene.doing("of_its_own", "cs"):
            reply = scene.bench.act("cs", "send_code_list", {"codes": list(codes)})
            if not reply.ok:
                raise Unprepared(f"send_code_list: {reply.reason or reply.status}")
        scene.quiet()


@proof("juminhyo_code_list")
def prove_list(scene: Scene) -> None:
    """Let a good code list arrive and see that it was accepted."""
    send_list(scene, designated(scene, 1))
    require_accepted(scene, "juminhyo_code_list")


@given(says("住民記録システムは未使用の住民票コードを{count:Count}件保有している"))
def stock_holds(scene: Scene, count: int) -> None:
    stock(scene, count)


@given("住民記録システムは未使用の住民票コードを保有していない")
def stock_empty(scene: Scene) -> None:
    stock(scene, 0)


@given(
    says(
        "住民記録システムは未使用の住民票コードを{count:Count}件保有し、設定した数は{threshold:Count}件である"
    )
)
def stock_with_threshold(scene: Scene, count: int, threshold: int) -> None:
    stock(scene, count, threshold)


@when(says("住民記録システムが住民票コードを{count:Count}件取得する"))
def fetch(scene: Scene, count: int) -> None:
    scene.stimulate()
    scene.happens("fetch_codes")
    scene.act("juki", "fetch_codes", "fetch_codes", count=count)
    scene.quiet()


@when("住基ネットCSが、同じ住民票コードを二つ含む「住民票コード一覧」を送る")
def list_with_duplicate(scene: Scene) -> None:
    codes = designated(scene, GOOD_CODES)
    scene.fact("good_codes", codes)
    send_list(scene, [codes[0], codes[0], codes[1]])


@when("住基ネットCSが、検査数字の誤った住民票コードを含む「住民票コード一覧」を送る")
def list_with_bad_digit(scene: Scene) -> None:
    codes = designated(scene, GOOD_CODES)
    bad = codes[0][:-1] + str((int(codes[0][-1]) + 1) % 10)
    scene.fact("good_codes", codes)
    scene.fact("bad_codes", [bad])
    send_list(scene, [codes[0], bad, *codes[1:]])


@when("住基ネットCSが、記載済みの住民票コードを含む「住民票コード一覧」を送る")
def list_with_used_code(scene: Scene) -> None:
    codes = designated(scene, GOOD_CODES)
    used = next(iter(scene.households.values())).head["juminhyo_code"]
    scene.fact("good_codes", codes)
    send_list(scene, [codes[0], used, *codes[1:]])


@when("住基ネットCSが、同じ「住民票コード一覧」を二度送る")
def list_twice(scene: Scene) -> None:
    codes = designated(scene, GOOD_CODES)
    scene.fact("good_codes", codes)
    send_list(scene, codes, times=2)


@then(says("住民記録システムは、住民票コードが少ない旨のアラートを表示する"))
def alert_shown(scene: Scene) -> None:
    words = "住民票コードが少ない旨のアラートが表示される"
    scene.judge("alert_shown", key="birth", role="juki", alert="stock_low", words=words, shown=True)


@then(says("住民記録システムは、住民票コードが少ない旨のアラートを表示しない"))
def no_alert(scene: Scene) -> None:
    words = "住民票コードが少ない旨のアラートは表示されない"
    scene.judge(
        "alert_shown", key="birth", role="juki", alert="stock_low", words=words, shown=False
    )


@then("正常な住民票コードは失われない")
def good_codes_kept(scene: Scene) -> None:
    scene.quiet()
    scene.judge("codes_usable", telegram="number_issue_request", good="good_codes")
