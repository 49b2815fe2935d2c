"""Steps: what stands in the items of telegrams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import then

from steps.judge.values import date_texts
from steps.vocabulary import KNOWN, code_named, item_named, leaf_named, says, telegram_named
from steps.waiting import await_telegram
from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from steps.residents import Person
    from steps.scene import Scene

BASIC_ITEMS = ("name", "birth_date", "sex", "address")
CHECKED_LIKE = {
    "sender": "municipality_code",
    "receiver": "municipality_code",
    "integrated_number": "addressee_number",
    "household_number": "addressee_number",
}
"""Items whose check digit is that of another."""
NAMELESS = frozenset({"notice_report", "first_report_notice"})
"""These tell that something came (令13条3項, 法24条の2第5項); the name in them may be empty."""


def judge_item(
    scene: Scene,
    rule: str,
    label: str,
    item: str,
    *,
    words: str,
    person: str | None = None,
    **params: Any,
) -> None:
    """Wait for a telegram, of a person if one is named, and have a rule judge one of its items."""
    spec = telegram_named(scene.world.profile, label)
    path = item_named(spec, item)
    where = path.rpartition(".")[2] if "[]" in path else path
    about = {"person": person} if person else {}
    await_telegram(scene, spec.id, person)
    scene.judge(rule, telegram=spec.id, item=where, words=words, **about, **params)


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
        "register_municipality_code": child.household.register_municipality_code,
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
    source = telegram_named(scene.world.profile, other)
    given = {"other": source.id, "other_item": item_named(source, other_item)}
    words = f"「{other}」の「{other_item}」と同じ値"
    judge_item(scene, "item_same", label, item, words=words, **given)


@then(says("「{label:Name}」の「{item:Name}」は、「{name:Name}」の{what}である"))
def about_person(scene: Scene, label: str, item: str, name: str, what: str) -> None:
    judge_about(scene, label, item, name, what)


@then(says("最後の「{label:Name}」の「{item:Name}」は、「{name:Name}」の{what}である"))
def last_about_person(scene: Scene, label: str, item: str, name: str, what: str) -> None:
    scene.quiet()
    judge_about(scene, label, item, name, what, last=True)


def judge_about(
    scene: Scene, label: str, item: str, name: str, what: str, *, last: bool = False
) -> None:
    """Have an item judged by what is known of a person, once the telegram is there."""
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    expected = known_of(scene, name, spec.id, item_named(spec, item), what)
    words = f"「{name}」の{what}"
    judge_item(scene, "item_is", label, item, words=words, expected=expected, last=last)


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
        "異動日": "event_date",
    }
    texts = reported(scene, child, telegram, facts.get(what, item))
    return [*texts, ""] if item == "name" and telegram in NAMELESS else texts


@then(says("「{label:Name}」は、届け出られた「{name:Name}」の氏名・生年月日・性別・住所を含む"))
def basic_items(scene: Scene, label: str, name: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
    for item in BASIC_ITEMS:
        scene.judge(
            "item_is",
            telegram=spec.id,
            item=item,
            expected=reported(scene, scene.people[name], spec.id, item),
            words=f"届け出られた{spec.labels[item]}",
        )


@then(says("「{label:Name}」の「{item:Name}」は、それまでに送信されたどれとも異なる"))
def distinct(scene: Scene, label: str, item: str) -> None:
    judge_item(scene, "items_distinct", label, item, words="それまでのどれとも異なる値")


@then(says("「{label:Name}」の「{item:Name}」は{count:Count}通りあり、以前のどれとも異なる"))
def new_values(scene: Scene, label: str, item: str, count: int) -> None:
    scene.quiet()
    words = f"{count}通りの、以前のどれとも異なる値"
    judge_item(scene, "values_new", label, item, words=words, count=count)


@then(says("「{first:Name}」と「{second:Name}」の「{label:Name}」の「{item:Name}」は互いに異なる"))
def distinct_people(scene: Scene, first: str, second: str, label: str, item: str) -> None:
    people, telegram = [first, second], telegram_named(scene.world.profile, label).id
    for name in people:
        await_telegram(scene, telegram, name)
    rule = "items_distinct_between_people"
    judge_item(scene, rule, label, item, words="互いに異なる値", people=people)


@then(says("「{label:Name}」の「{item:Name}」の検査数字は正しい"))
def check_digits(scene: Scene, label: str, item: str) -> None:
    leaf = leaf_named(telegram_named(scene.world.profile, label), item)
    kind = CHECKED_LIKE.get(leaf, leaf)
    judge_item(scene, "check_digit", label, item, words="正しい検査数字", kind=kind)


@then(says("「{label:Name}」の「{item:Name}」は、検査数字を除いて連番である"))
def serial_numbers(scene: Scene, label: str, item: str) -> None:
    judge_item(scene, "serial_series", label, item, words="検査数字を除いて連番の値")


@then(
    says(
        "「{first:Name}」と「{second:Name}」の「{label:Name}」の「{item:Name}」は、検査数字を除いて連番である"
    )
)
def serial_numbers_of_people(scene: Scene, first: str, second: str, label: str, item: str) -> None:
    people, telegram = [first, second], telegram_named(scene.world.profile, label).id
    for name in people:
        await_telegram(scene, telegram, name)
    words = "検査数字を除いて連番の値"
    judge_item(scene, "serial_series", label, item, words=words, people=people)


@then(says("「{label:Name}」の「{item:Name}」は11桁の数字である"))
def eleven_digits(scene: Scene, label: str, item: str) -> None:
    judge_item(scene, "matches", label, item, words="11桁の数字", pattern="[0-9]{11}")


@then(says("「{label:Name}」の「{item:Name}」は規則的に並ばない"))
def no_sequence(scene: Scene, label: str, item: str) -> None:
    judge_item(scene, "not_sequential", label, item, words="規則的でない並び")


@then(says("「{label:Name}」の「{item:Name}」は、{known:Known}"))
def among(scene: Scene, label: str, item: str, known: str) -> None:
    judge_among(scene, label, item, known)


@then(says("「{name:Name}」の「{label:Name}」の「{item:Name}」は、{known:Known}"))
def among_for_person(scene: Scene, name: str, label: str, item: str, known: str) -> None:
    judge_among(scene, label, item, known, name)


def judge_among(scene: Scene, label: str, item: str, known: str, person: str | None = None) -> None:
    """Have an item judged by a set of texts that the harness knows."""
    fact, inside = KNOWN[known]
    words, params = known.removesuffix("である"), {"among": fact, "inside": inside}
    judge_item(scene, "item_among", label, item, words=words, person=person, **params)


@then(says("「{label:Name}」の「{item:Name}」は、蓄積から無作為に選ばれている"))
def at_random(scene: Scene, label: str, item: str) -> None:
    words = "蓄積から無作為に選ばれた値"
    judge_item(scene, "picked_at_random", label, item, words=words, stock="stock")


@then(says("「{label:Name}」の「{item:Name}」から「{source:Name}」に戻る既知の規則がない"))
def no_way_back(scene: Scene, label: str, item: str, source: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    await_telegram(scene, spec.id)
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
    expected = [code_named(spec, item_named(spec, item), value)]
    judge_item(scene, "item_is", label, item, words=value, expected=expected)


@then(says("「{label:Name}」の「{item:Name}」は、その市町村の市区町村コードである"))
def own_municipality(scene: Scene, label: str, item: str) -> None:
    expected = [scene.bench.pixit.municipality_code]
    words = "その市町村の市区町村コード"
    judge_item(scene, "item_is", label, item, words=words, expected=expected)


@then(says("「{label:Name}」の「{item:Name}」は、今日の日付である"))
def dated_today(scene: Scene, label: str, item: str) -> None:
    expected = [scene.today().isoformat()]
    judge_item(scene, "item_is", label, item, words="今日の日付", expected=expected)


@then(says("「{label:Name}」の「{item:Name}」は{limit:Count}秒以内である"))
def at_most(scene: Scene, label: str, item: str, limit: int) -> None:
    judge_item(scene, "at_most", label, item, words=f"{limit}秒以内", limit=limit)


@then(says("「{label:Name}」の{what}は{count:Count}種類である"))
def kinds_of_value(scene: Scene, label: str, what: str, count: int) -> None:
    scene.quiet()
    judge_item(scene, "values_seen", label, what, words=f"{count}種類の値", count=count)


@then(says("「{name:Name}」の氏名から、変換できない文字が黙って欠落することはない"))
@then(says("「{name:Name}」の氏名は、黙って切り詰められない"))
def nothing_dropped(scene: Scene, name: str) -> None:
    scene.quiet()
    scene.look_at_errors()
    scene.judge("text_kept", item="name", expected=scene.people[name].name, key="birth")


@then(says("「{name:Name}」の「{label:Name}」の「{item:Name}」は、本登録の順である"))
def in_order(scene: Scene, name: str, label: str, item: str) -> None:
    spec = telegram_named(scene.world.profile, label)
    told = scene.people[name].told[item_named(spec, item)]
    await_telegram(scene, spec.id, name, len(told))
    words = "本登録の順の値"
    judge_item(scene, "items_in_order", label, item, words=words, person=name, expected=told)
