"""Steps: what stands in the items of telegrams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

from steps.judge.values import date_texts
from steps.sentences.telegram import expect
from steps.vocabulary import code_named, item_named, leaf_named, says, telegram_named
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

NOTICE = "identity_notice"
ENTRIES = {"記載": "1", "消除": "2", "修正": "3"}
BASIC_ITEMS = ("name", "birth_date", "sex", "address")


def reported(scene: Scene, child: Person, telegram: str, item: str) -> list[str]:
    """Return the texts by which a telegram may give what was reported of a child."""
    leaf = item.rpartition(".")[2]
    facts = {
        "name": child.name,
        "furigana": child.furigana,
        "sex": child.sex,
        "address": child.household.address,
        "birth_date": child.birth_date,
        "event_date": child.birth_date,
        **child.facts,
    }
    text = facts[leaf]
    if not item.endswith("_date"):
        return [text]
    fields = leaves(scene.world.profile.spec(telegram).fields)
    kind = next((field.kind for path, _, field in fields if path == item), None)
    return date_texts(getattr(kind, "form", "western"), text)


@then(
    says("「{label:Name}」の「{item:Name}」は「{other:Name}」の「{other_item:Name}」と同じである")
)
def same(scene: Scene, label: str, item: str, other: str, other_item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    source = telegram_named(scene.world.profile, other)
    scene.await_telegram(spec.id)
    scene.judge(
        "item_same",
        telegram=spec.id,
        item=item_named(spec, item),
        other=source.id,
        other_item=item_named(source, other_item),
        words=f"「{other}」の「{other_item}」と同じ値",
    )


@then(says("「{label:Name}」の「{item:Name}」は、「{name:Name}」の{what}である"))
def about_person(scene: Scene, label: str, item: str, name: str, what: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    scene.await_telegram(spec.id)
    scene.judge(
        "item_is",
        telegram=spec.id,
        item=path,
        expected=known_of(scene, name, spec.id, path, what),
        words=f"「{name}」の{what}",
    )


def known_of(scene: Scene, name: str, telegram: str, item: str, what: str) -> list[str]:
    """Return what the harness knows of a person: reported by it, or told by the system itself."""
    told = {"住民票に記載した住民票コード": "juminhyo_code", "宛名番号": "addressee_number"}
    child = scene.people[name]
    if what in told:
        data = scene.learn(name)
        return [str(data[told[what]])] if data and data.get(told[what]) else []
    if what == "住民票コード":
        return scene.seen_of(name, "number_issue_request", "juminhyo_code")
    facts = {
        "送付先住所": "address",
        "住所": "address",
        "居所": "stay",
        "居所の郵便番号": "stay_code",
        "新しい住所": "address",
        "転入日": "event_date",
    }
    return reported(scene, child, telegram, facts.get(what, item))


@then(says("「{label:Name}」は、届け出られた「{name:Name}」の氏名・生年月日・性別・住所を含む"))
def basic_items(scene: Scene, label: str, name: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.await_telegram(spec.id)
    for item in BASIC_ITEMS:
        scene.judge(
            "item_is",
            telegram=spec.id,
            item=item,
            expected=reported(scene, scene.people[name], spec.id, item),
            words=f"届け出られた{spec.labels[item]}",
        )


@then(says("{entry:Entry}の「本人確認情報」が送信される"))
def notice_of(scene: Scene, entry: str) -> None:
    scene.await_notice(ENTRIES[entry])
    scene.judge("notice_sent", entry=ENTRIES[entry], words=f"{entry}の「本人確認情報」")


@then(says("{entry:Entry}の「本人確認情報」は送信されない"))
def no_notice_of(scene: Scene, entry: str) -> None:
    scene.quiet()
    kind = {"entry": ENTRIES[entry]}
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], where=kind)


@then(says("「{name:Name}」の{entry:Entry}の「本人確認情報」は送信されない"))
def no_notice_about(scene: Scene, name: str, entry: str) -> None:
    scene.quiet()
    kind = {"entry": ENTRIES[entry]}
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], person=name, where=kind)


@then(says("{entry:Entry}の「本人確認情報」の「{item:Name}」は「{value:Name}」である"))
def notice_code(scene: Scene, entry: str, item: str, value: str) -> None:
    spec = scene.world.profile.spec(NOTICE)
    path = item_named(spec, item)
    code = code_named(spec, path, value)
    scene.await_notice(ENTRIES[entry])
    scene.judge("notice_item", entry=ENTRIES[entry], item=path, expected=[code], words=value)


@then(says("{entry:Entry}の「本人確認情報」の「{item:Name}」は、「{name:Name}」の{what}である"))
def notice_about(scene: Scene, entry: str, item: str, name: str, what: str) -> None:
    spec = scene.world.profile.spec(NOTICE)
    path = item_named(spec, item)
    scene.await_notice(ENTRIES[entry])
    scene.judge(
        "notice_item",
        entry=ENTRIES[entry],
        item=path,
        expected=reported(scene, scene.people[name], NOTICE, path),
        words=f"「{name}」の{what}",
    )


@then("個人番号を含む「本人確認情報」が送信される")
def numbered_notice(scene: Scene) -> None:
    scene.await_numbered(1)
    scene.judge("numbered_notices", count=None)


@then(says("個人番号を含む「本人確認情報」が{count:Count}件送信される"))
def numbered_notices(scene: Scene, count: int) -> None:
    scene.await_numbered(count)
    scene.quiet()
    scene.judge("numbered_notices", count=count)


@then("個人番号を含む「本人確認情報」は送信されない")
def no_numbered_notice(scene: Scene) -> None:
    scene.quiet()
    scene.judge("not_sent", sender="juki", telegrams=[NOTICE], carrying="individual_number")


@then("個人番号を含む「本人確認情報」は「個人番号生成結果」より後に送信される")
def notice_after_number(scene: Scene) -> None:
    scene.await_numbered(1)
    scene.judge(
        "follows",
        telegram=NOTICE,
        after="number_issue_result",
        label="本人確認情報",
        after_label="個人番号生成結果",
        carrying="individual_number",
    )


@then("その「本人確認情報」の個人番号は、受領した個人番号である")
def notice_with_received_number(scene: Scene) -> None:
    scene.judge(
        "item_same",
        telegram=NOTICE,
        item="individual_number",
        other="number_issue_result",
        other_item="individual_number",
        words="受領した個人番号",
        may_be_empty=True,
    )


@then(says("「{name:Name}」の修正の「本人確認情報」は、出生の「本人確認情報」より後に送信される"))
def correction_after_birth(scene: Scene, name: str) -> None:
    scene.await_notice(ENTRIES["修正"])
    scene.judge("notice_order", person=name)


@then("本人確認情報の送り方が観測される")
def notice_shape(scene: Scene) -> None:
    scene.await_numbered(1)
    scene.judge("notice_shape")


@then("本人確認情報と付番依頼の順序が観測される")
def notice_and_request(scene: Scene) -> None:
    expect(scene, "団体内統合宛名番号付番依頼")
    scene.await_numbered(1)
    scene.judge("which_first", one=NOTICE, other="addressee_request")


@then(says("「{label:Name}」の「{item:Name}」は、それまでに送信されたどれとも異なる"))
def distinct(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "items_distinct",
        telegram=spec.id,
        item=leaf_named(spec, item),
        words="それまでのどれとも異なる値",
    )


@then(says("「{label:Name}」の「{item:Name}」は{count:Count}通りあり、以前のどれとも異なる"))
def new_values(scene: Scene, label: str, item: str, count: int) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.quiet()
    words = f"{count}通りの、以前のどれとも異なる値"
    path = item_named(spec, item)
    scene.judge("values_new", telegram=spec.id, item=path, count=count, words=words)


@then(says("「{first:Name}」と「{second:Name}」の「{label:Name}」の「{item:Name}」は互いに異なる"))
def distinct_people(scene: Scene, first: str, second: str, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    for name in (first, second):
        scene.await_telegram(spec.id, name)
    scene.judge(
        "items_distinct_between_people",
        telegram=spec.id,
        item=item_named(spec, item),
        people=[first, second],
        words="互いに異なる値",
    )


@then(says("「{label:Name}」の「{item:Name}」の検査数字は正しい"))
def check_digits(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.await_telegram(spec.id)
    leaf = leaf_named(spec, item)
    kinds = {
        "sender": "municipality_code",
        "receiver": "municipality_code",
        "integrated_number": "addressee_number",
    }
    scene.judge(
        "check_digit",
        telegram=spec.id,
        item=leaf,
        kind=kinds.get(leaf, leaf),
        words="正しい検査数字",
    )


@then(says("「{label:Name}」の「{item:Name}」は、検査数字を除いて連番である"))
def serial_numbers(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    scene.judge("serial_series", telegram=spec.id, item=path, words="検査数字を除いて連番の値")


@then(says("「{label:Name}」の「{item:Name}」は11桁の数字である"))
def eleven_digits(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "matches",
        telegram=spec.id,
        item=leaf_named(spec, item),
        pattern="[0-9]{11}",
        words="11桁の数字",
    )


@then(says("「{label:Name}」の「{item:Name}」は規則的に並ばない"))
def no_sequence(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "not_sequential",
        telegram=spec.id,
        item=leaf_named(spec, item),
        words="規則的でない並び",
    )


AMONG = {
    "指定された住民票コードの一つである": ("designated", True),
    "未使用の住民票コードの一つである": ("stock", True),
    "検査数字の誤ったものでない": ("bad_codes", False),
    "記載済みのものでない": ("in_use", False),
}


@then(says("「{label:Name}」の「{item:Name}」は、指定された住民票コードの一つである"))
def designated_code(scene: Scene, label: str, item: str) -> None:
    among(scene, label, item, "指定された住民票コードの一つである")


@then(says("「{label:Name}」の「{item:Name}」は、未使用の住民票コードの一つである"))
def unused_code(scene: Scene, label: str, item: str) -> None:
    among(scene, label, item, "未使用の住民票コードの一つである")


@then(says("「{label:Name}」の「{item:Name}」は、検査数字の誤ったものでない"))
def no_bad_code(scene: Scene, label: str, item: str) -> None:
    among(scene, label, item, "検査数字の誤ったものでない")


@then(says("「{label:Name}」の「{item:Name}」は、記載済みのものでない"))
def no_used_code(scene: Scene, label: str, item: str) -> None:
    among(scene, label, item, "記載済みのものでない")


def among(scene: Scene, label: str, item: str, words: str) -> None:
    """Judge membership in one of the sets that the harness knows."""
    fact, inside = AMONG[words]
    spec = telegram_named(scene.world.profile, label)
    scene.await_telegram(spec.id)
    scene.judge(
        "item_among",
        telegram=spec.id,
        item=item_named(spec, item),
        among=fact,
        words=words.removesuffix("である"),
        inside=inside,
    )


@then(says("「{label:Name}」の「{item:Name}」は、蓄積から無作為に選ばれている"))
def at_random(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "picked_at_random",
        telegram=spec.id,
        item=item_named(spec, item),
        stock="stock",
        words="蓄積から無作為に選ばれた値",
    )


@then(says("「{label:Name}」の「{item:Name}」から「{source:Name}」に戻る既知の規則がない"))
def no_way_back(scene: Scene, label: str, item: str, source: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "one_way",
        telegram=spec.id,
        source=item_named(spec, source),
        result=item_named(spec, item),
        words="住民票コードを復元できる規則性を備えない値",
    )


@then(says("「{label:Name}」の「{item:Name}」は「{value:Name}」である"))
def code_value(scene: Scene, label: str, item: str, value: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    code = code_named(spec, path, value)
    scene.await_telegram(spec.id)
    scene.judge("item_is", telegram=spec.id, item=path, expected=[code], words=value)


@then(says("「{label:Name}」の「{item:Name}」は、その市町村の市区町村コードである"))
def own_municipality(scene: Scene, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.await_telegram(spec.id)
    scene.judge(
        "item_is",
        telegram=spec.id,
        item=item_named(spec, item),
        expected=[scene.bench.pixit.municipality_code],
        words="その市町村の市区町村コード",
    )


@then(says("「{label:Name}」の「{item:Name}」は{limit:Count}秒以内である"))
def at_most(scene: Scene, label: str, item: str, limit: int) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.judge(
        "at_most",
        telegram=spec.id,
        item=item_named(spec, item),
        limit=limit,
        words=f"{limit}秒以内",
    )


@then(says("「{label:Name}」の{what}は{count:Count}種類である"))
def kinds_of_value(scene: Scene, label: str, what: str, count: int) -> None:
    spec = telegram_named(scene.world.profile, label)
    scene.quiet()
    path = item_named(spec, what)
    scene.judge("values_seen", telegram=spec.id, item=path, count=count, words=f"{count}種類の値")


@then(says("「{name:Name}」の氏名から、変換できない文字が黙って欠落することはない"))
@then(says("「{name:Name}」の氏名は、黙って切り詰められない"))
def nothing_dropped(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.look_at_errors()
    scene.judge("text_kept", item="name", expected=scene.people[name].name, key="birth")


@then(says("「{name:Name}」の「{label:Name}」の「{item:Name}」は、本登録の順である"))
def in_order(scene: Scene, name: str, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    expected = scene.people[name].told[path]
    scene.await_telegram(spec.id, name, len(expected))
    scene.judge(
        "items_in_order",
        telegram=spec.id,
        item=path,
        person=name,
        expected=expected,
        words="本登録の順の値",
    )
