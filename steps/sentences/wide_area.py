"""Steps: restraints on issue, wide-area issue of copies, municipalities that share a CS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from steps.happening import day_of
from steps.people import RELATIONS
from steps.scene import Unprepared
from steps.sentences.content import judge_item
from steps.sentences.event import settle_in
from steps.sentences.proof import proof, require_accepted
from steps.vocabulary import says, telegram_named
from steps.waiting import await_telegram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.scene import Scene

RECORD = "wide_area_record"
SPECIAL = {"世帯": "household", "個人番号": "number", "住民票コード": "code"}
MEMBER = "999041"  # 9*6+9*5+9*4+0*3+4*2 = 143, remainder 0, 11, so 1
"""A municipality that shares the CS with the one under test."""
OMITTED = {
    "register_place": "見本県見本市みどり町一丁目一番",
    "register_head": "見本　八十吉",
    "pension_number": "0098765432",
}
"""What is on a record and never goes into a wide-area copy (住基法12条の4第1項)."""


# -- restraints ------------------------------------------------------------------------------


@given(
    says("「{name:Name}」の証明書の発行が、{first:Count}日後から{last:Count}日後まで抑止されている")
)
def restrained_for_days(scene: Scene, name: str, first: int, last: int) -> None:
    start_date, end_date = (day_of(scene, f"{days}日後") for days in (first, last))
    restrained(scene, name, start_date=start_date, end_date=end_date)


@given(says("「{name:Name}」の証明書の発行が抑止されている"))
def restrained(scene: Scene, name: str, **period: str) -> None:
    restrain(scene, name, **period)
    scene.quiet()
    if scene.reply_status("operation") != "ok":
        raise Unprepared(f"「{name}」の証明書の発行が抑止されなかった")
    scene.window = None


@when(says("住民記録システムが「{name:Name}」の証明書の発行を抑止する"))
def restrain(scene: Scene, name: str, **period: str) -> None:
    act(scene, name, "restraint", "restrain", **period)


@when(says("住民記録システムが「{name:Name}」の発行の抑止を解除する"))
def lift(scene: Scene, name: str) -> None:
    act(scene, name, "restraint_end", "lift_restraint")


@when(says("住民記録システムが「{name:Name}」の発行の抑止を一時解除する"))
def lift_for_once(scene: Scene, name: str) -> None:
    act(scene, name, "temporary_end", "lift_restraint", temporary=True)


def act(scene: Scene, name: str, event: str, action: str, **args: Any) -> None:
    """Set or end a restraint; what it tells the CS is noted in the order of the operations."""
    scene.stimulate()
    scene.happens(event)
    person = scene.people[name]
    told = {"restraint": "1", "restraint_end": "2"}.get(event)
    if told:
        person.becomes({"restraint": told})
    scene.act("juki", action, "operation", handle=person.handle, **args)


@then(says("「{name:Name}」の「発行抑止・解除情報」は、抑止と解除の順に送信される"))
def restraints_in_order(scene: Scene, name: str) -> None:
    telegram, item = "issue_restraint", "restraint"
    expected = scene.people[name].told[item]
    await_telegram(scene, telegram, name, len(expected))
    words = "操作の順の区分"
    params = {"telegram": telegram, "item": item, "person": name, "words": words}
    scene.judge("items_in_order", expected=expected, **params)


# -- wide-area issue ---------------------------------------------------------------------------


@given(says("「{name:Name}」が、本籍・筆頭者・基礎年金番号とともに住民票に記載されている"))
def on_register_with_more(scene: Scene, name: str) -> None:
    person = scene.world.residents.adult(name)
    person.household.head |= OMITTED
    scene.people[name] = person
    settle_in(scene, person)


def ask(scene: Scene, code: str, special: Sequence[str] = (), destination: str = "") -> None:
    """Let municipality B ask for a copy."""
    scene.stimulate()
    scene.happens("wide_area")
    own = scene.bench.pixit.municipality_code
    asked = [SPECIAL[what] for what in special]
    args = {"destination_code": destination or own, "juminhyo_code": code, "special": asked}
    reply = scene.bench.act("juki_b", "request_wide_area", args)
    if not reply.data.get("request_number"):
        raise Unprepared(f"request_wide_area: {reply.reason or reply.status}")
    scene.fact("request_number", [str(reply.data["request_number"])])
    scene.quiet()


@proof("wide_area_request_delivery")
def prove_request(scene: Scene) -> None:
    """Let municipality B ask about the first person and see that the request was accepted."""
    ask(scene, next(iter(scene.people.values())).facts["juminhyo_code"])
    require_accepted(scene, "wide_area_request_delivery")


@when(says("市町村Bが「{name:Name}」の広域交付を求める"))
def asked(scene: Scene, name: str) -> None:
    ask(scene, scene.people[name].facts["juminhyo_code"])


@when(says("市町村Bが「{name:Name}」の広域交付を、{special:Special}の特別の請求を付けて求める"))
def asked_specially(scene: Scene, name: str, special: list[str]) -> None:
    ask(scene, scene.people[name].facts["juminhyo_code"], special)


@when("市町村Bが、住民票に記載のない者の広域交付を求める")
def asked_for_nobody(scene: Scene) -> None:
    ask(scene, scene.world.residents.unique("juminhyo_code"))


@then(says("「広域交付住民票情報」の「{item:Name}」は記載されない"))
def item_empty(scene: Scene, item: str) -> None:
    record_is(scene, item, [""], "空 (記載されない)")


def record_is(scene: Scene, item: str, expected: list[str], words: str) -> None:
    """Have an item of the wide-area copy judged."""
    judge_item(scene, "item_is", "広域交付住民票情報", item, words=words, expected=expected)


@then(says("「広域交付住民票情報」の「世帯主の氏名」は、世帯主「{name:Name}」の氏名である"))
def head_named(scene: Scene, name: str) -> None:
    record_is(scene, "世帯主の氏名", [scene.people[name].name], f"世帯主「{name}」の氏名")


@then(says("「広域交付住民票情報」の世帯主との続柄は「{relation:Name}」である"))
def relation_told(scene: Scene, relation: str) -> None:
    record_is(scene, "世帯主との続柄", [RELATIONS[relation]], f"続柄「{relation}」")


@then("「広域交付住民票情報」の「請求番号」は、その請求の番号である")
def request_named(scene: Scene) -> None:
    record_is(scene, "請求番号", scene.facts("request_number"), "その請求の番号")


@then("「広域交付住民票情報」の「宛先市町村コード」は、市町村Bの市区町村コードである")
def sent_to_b(scene: Scene) -> None:
    expected = [scene.bench.pixit.codes()["juki_b"]]
    record_is(scene, "宛先市町村コード", expected, "市町村Bの市区町村コード")


@then("「広域交付住民票情報」に、誰の記録も記載されない")
@then(says("「{name:Name}」の記録は、「広域交付住民票情報」に記載されない"))
def nothing_told(scene: Scene) -> None:
    scene.quiet()
    for item in ("name", "address", "birth_date", "individual_number", "juminhyo_code"):
        scene.judge("not_sent", sender="juki", telegrams=[RECORD], carrying=item)


@then(says("「広域交付住民票情報」の「住所」は、転居前の「{name:Name}」の住所である"))
def old_address(scene: Scene, name: str) -> None:
    expected = [scene.people[name].household.address]
    record_is(scene, "住所", expected, f"転居前の「{name}」の住所")


@then(says("「{name:Name}」の「広域交付住民票情報」に、個人番号は記載されない"))
def no_number(scene: Scene, name: str) -> None:
    scene.quiet()
    params = {"telegrams": [RECORD], "person": name, "carrying": "individual_number"}
    scene.judge("not_sent", sender="juki", **params)


@then(says("「{label:Name}」に、「{name:Name}」の本籍・筆頭者・基礎年金番号は現れない"))
def omitted(scene: Scene, label: str, name: str) -> None:
    telegram = telegram_named(scene.world.profile, label).id
    head = scene.people[name].household.head
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    known = [head[item] for item in OMITTED]
    scene.fact("omitted", [*known, *(text.translate(wide) for text in known)])
    await_telegram(scene, telegram)
    words = "戸籍の表示と年金の事項は記載されない"
    scene.judge("kept_away", kinds=["omitted"], telegrams=[telegram], words=words)


@then(says("「{label:Name}」に、世帯主「{head:Name}」の事項と「{name:Name}」の宛名番号は現れない"))
def nothing_of_head(scene: Scene, label: str, head: str, name: str) -> None:
    telegram = telegram_named(scene.world.profile, label).id
    numbers = [str((scene.learn(who) or {}).get("addressee_number", "")) for who in (head, name)]
    person = scene.people[head]
    items = [person.name, person.facts["juminhyo_code"], person.facts["individual_number"]]
    scene.fact("beyond_law", [text for text in (*items, *numbers) if text])
    words = "法令に定める事項だけを含む"
    scene.judge("kept_away", kinds=["beyond_law"], telegrams=[telegram], words=words)


# -- a shared CS -------------------------------------------------------------------------------


@given(says("構成自治体Dの「{name:Name}」が、同じ住民記録システムの住民票に記載されている"))
def on_register_of_member(scene: Scene, name: str) -> None:
    person = scene.world.residents.adult(name)
    scene.people[name] = person
    scene.fact("municipalities", [scene.bench.pixit.municipality_code, MEMBER])
    scene.prepare("juki", "member", {"municipality_code": MEMBER})
    scene.bench.provision("cs", "member", {"municipality_code": MEMBER})
    household = person.household.provision() | {"municipality_code": MEMBER}
    reply = scene.prepare("juki", "household", household)
    person.handle = str(reply.data.get("head") or "")


@when(says("市町村Bが、構成自治体Dに「{name:Name}」の広域交付を求める"))
def asked_of_member(scene: Scene, name: str) -> None:
    ask(scene, scene.people[name].facts["juminhyo_code"], destination=MEMBER)


@then(says("「{label:Name}」の「{item:Name}」は、構成自治体Dの市区町村コードである"))
def from_member(scene: Scene, label: str, item: str) -> None:
    words = "構成自治体Dの市区町村コード"
    judge_item(scene, "item_is", label, item, words=words, expected=[MEMBER])


@when("住基ネットCSが、構成自治体Dあての「住民票コード一覧」を送る")
def list_for_member(scene: Scene) -> None:
    scene.stimulate()
    scene.happens("fetch_codes")
    codes = scene.world.residents.codes(3)
    scene.world.designate(codes)
    args = {"codes": codes, "municipality_code": MEMBER}
    scene.bench.act("cs", "send_code_list", args)
    scene.quiet()


@then(says("住民記録システムの自団体の蓄積は{count:Count}件である"))
def own_stock(scene: Scene, count: int) -> None:
    data = scene.observe("juki", "stock", {})
    if data is not None:
        scene.keep("own_stock", str(data["count"]))
    words = f"自団体の蓄積は{count}件"
    scene.judge("observed_is", key="own_stock", role="juki", expected=[str(count)], words=words)
