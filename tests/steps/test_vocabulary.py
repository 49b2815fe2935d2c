"""The words of the features and the people in them; what every scenario is judged by."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from steps.clock import today
from steps.events import load_events
from steps.judge.court import RULES
from steps.judge.standing import CHECK_DIGITS, STANDING, STANDING_IDS, own_items
from steps.judge.values import date_texts
from steps.register import load_register
from steps.residents import ADULTS, GIVEN, Residents
from steps.vocabulary import (
    alert_named,
    code_named,
    item_named,
    leaf_named,
    role_named,
    says,
    telegram_named,
)
from telegram_specs import SpecError, verify
from telegram_specs.network import SUT_ROLES
from tests.steps.passages import PROFILE

# -- sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "text", "found"),
    [
        ("「{a:Name}」が送信される", "「受付」が送信される", {"a": "受付"}),
        ("「{a:Name}」が送信される", "「受付」の「受付」が送信される", None),
        ("{n:Count}件", "0012件", {"n": 12}),
        ("{n:Count}件", "１２件", None),
        ("{n:Count}件", "-1件", None),
        ("{s:System}は停止している", "住基ネットCSは停止している", {"s": "住基ネットCS"}),
        ("{s:System}は停止している", "電話は停止している", None),
        ("{e:Entry}の", "修正の", {"e": "修正"}),
        ("{e:Entry}の", "訂正の", None),
        ("次{f:Fate}", "次は、途中で切れている", {"f": ("broken", "cut")}),
        ("次{f:Fate}", "次への受付は届かない", {"f": ("answer_lost", "")}),
        ("次{f:Fate}", "次は、破れている", None),
        ("番号は、{k:Known}", "番号は、記載済みのものでない", {"k": "記載済みのものでない"}),
        ("番号は、{k:Known}", "番号は、記載済みのものである", None),
    ],
)
def test_a_sentence_is_understood_or_not(sentence, text, found):
    parser = says(sentence)
    assert parser.is_matching(text) is (found is not None)
    assert parser.parse_arguments(text) == found if found else True


def test_things_are_called_by_their_japanese_names():
    assert [role_named(ja) for ja in ("住民記録システム", "中間サーバー")] == ["juki", "chukan"]
    codes = telegram_named(PROFILE, "住民票コード一覧")
    assert codes.id == "juminhyo_code_list"
    assert item_named(codes, "住民票コード") == "codes[].juminhyo_code"
    assert leaf_named(codes, "住民票コード") == "juminhyo_code"
    assert item_named(codes, "送信元") == "sender"
    assert code_named(telegram_named(PROFILE, "本人確認情報"), "entry", "消除") == "2"
    assert alert_named("氏名・性別・生年月日の同じ者がいる") == "same_three_items"


def test_a_name_that_nothing_has():
    with pytest.raises(LookupError) as telegram:
        telegram_named(PROFILE, "葉書")
    assert str(telegram.value) == "「葉書」 names 0 telegrams of the profile"
    with pytest.raises(LookupError) as item:
        item_named(telegram_named(PROFILE, "受付"), "切手")
    assert str(item.value) == "「切手」 names 0 items of 「受付」"
    with pytest.raises(LookupError) as code:
        code_named(telegram_named(PROFILE, "本人確認情報"), "entry", "保留")
    assert str(code.value) == "「保留」 is no value of 「変更の旨」"
    with pytest.raises(LookupError) as alert:
        alert_named("雨が降る")
    assert str(alert.value) == "「雨が降る」 is no alert of the catalogue"


@pytest.mark.parametrize(
    ("form", "western", "texts"),
    [
        ("western", "2026-05-01", ["2026-05-01"]),
        ("era", "2026-05-00", ["R8-05-00"]),
        ("era", "2019-04-30", ["H31-04-30"]),
        ("era", "1926-12-25", ["T15-12-25", "S1-12-25"]),
    ],
)
def test_a_date_may_be_written_in_these_ways(form, western, texts):
    assert date_texts(form, western) == texts


# -- people --------------------------------------------------------------------------------


def drawn(seed):
    residents = Residents(seed)
    household = residents.household("山田")
    people = [residents.child(household, name) for name in GIVEN]
    return household, people, residents.codes(50)


def test_a_seed_gives_the_same_people_again():
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_numbers_are_valid_and_drawn_once():
    residents = Residents(1)
    codes, numbers = (
        residents.codes(200),
        [residents.unique("individual_number") for _ in range(200)],
    )
    assert len({*codes, *numbers}) == 400
    assert all(verify("juminhyo_code", code) for code in codes)
    assert all(verify("individual_number", number) for number in numbers)


@pytest.mark.parametrize("seed", range(20))
def test_people_fit_the_telegrams(seed):
    household, children, _ = drawn(seed)
    head = household.head
    assert verify("municipality_code", household.register_municipality_code)
    assert {unicodedata.east_asian_width(char) for char in household.address} <= {"W", "F"}
    assert (len(household.postal_code), household.postal_code[:3]) == (7, "999")
    assert dt.date.fromisoformat(head["birth_date"]).year < 2000
    for child in children:
        assert dt.timedelta(1) <= today() - dt.date.fromisoformat(child.birth_date)
        assert (child.furigana.partition("　")[2], child.sex) == GIVEN[child.key]
        assert child.identifiers == {child.name}
        assert set(child.report()) == {"name", "furigana", "sex", "birth_date"}


def test_no_head_is_called_like_a_child():
    assert not set(ADULTS) & set(GIVEN)


# -- events --------------------------------------------------------------------------------


def test_events_allow_their_telegrams():
    events = load_events()
    always = events.allowed("juki", [])
    assert "number_issue_request" not in always
    assert "receipt" in always
    birth = events.allowed("juki", ["birth", "birth", "provisional_birth"])
    assert {"number_issue_request", "identity_notice", "family_register_notice"} <= set(birth)
    assert len(birth) == len(set(birth))
    assert set(events.once("juki", ["birth"])) <= set(birth)
    assert events.once("juki", ["correction"]) == ()


def test_another_event_may_send_the_same_once_more():
    events = load_events()
    assert "delivery_address" in events.once("juki", ["birth"])
    assert "delivery_address" not in events.once("juki", ["birth", "number_change"])
    assert "identity_notice" in events.once("juki", ["birth", "number_change"])


def test_events_name_telegrams_that_their_role_sends():
    events = load_events()
    parts = {"cs": {"cs", "nws"}}
    for role in SUT_ROLES:
        for name in events.allowed(role, events.by_id):
            assert parts.get(role, {role}) & set(PROFILE.spec(name).sender), (role, name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "always: {}\nevents:\n  - {id: a, ja: あ, ref: x, jukki: {}}\n",
            (
                "events.yaml:3 /events/0/jukki: unknown key. expected a key that may stand here, "
                "got `jukki`; did you mean `juki`?"
            ),
        ),
        (
            "always: {}\nevents:\n  - {id: a, ja: あ}\n",
            "events.yaml:3 /events/0: key missing. expected `ref`, got no such key",
        ),
    ],
    ids=["unknown-role", "no-source"],
)
def test_a_broken_table_of_events(tmp_path, text, told):
    path = tmp_path / "events.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_events(tmp_path)
    assert str(caught.value) == told


# -- standing orders -----------------------------------------------------------------------


def test_standing_orders_call_rules_for_requirements():
    register = load_register()
    for requirement, rule, _ in STANDING:
        assert requirement in register
        assert rule in RULES
    assert set(register.requirements) >= {*CHECK_DIGITS.values(), *STANDING_IDS}
    for (role, _), requirement in CHECK_DIGITS.items():
        assert register.binds(requirement, role)


def test_items_with_a_requirement_of_their_own():
    assert own_items("chukan") == []
    assert own_items("cs", "NUM-002") == ["individual_number"]
    assert set(own_items("juki", "FORMAT-009")) < set(own_items("juki"))
