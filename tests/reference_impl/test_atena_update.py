"""Atena beside numbering: updates, deletions, display, replicas, inquiries, the API."""

from __future__ import annotations

import json

import pytest

from reference_impl.node import Telegram
from telegram_specs import load_profile

NUMBER, OTHER = "123456789018", "507957100721"
HERS, HIS = "100000016", "100000024"
PROFILE = load_profile()
BASIC = {
    "name": "山田　花子",
    "furigana": "",
    "birth_date": "1990-04-01",
    "birth_date_unknown": "0",
    "birth_date_text": "",
    "sex": "2",
    "address": "架空市",
}


@pytest.fixture
def atena(world):
    ask(world, "addressee_request", individual_number=NUMBER, addressee_number=HERS, **BASIC)
    sent(world)
    return world


def ask(world, telegram_id, sender="juki", /, **values):
    ask.serial += 1
    auth = world.authorization() if sender in {"juki", "gyomu"} else None
    return world.atena.receive(
        world.telegram(sender, "atena", telegram_id, str(ask.serial), auth, **values)
    )


ask.serial = 0


def sent(world, peer="chukan"):
    """Give what waits for a peer, and strike it off."""
    entries = world.atena.registers.pending(peer)
    for entry in entries:
        world.atena.registers.done(entry)
    return [(entry.telegram_id, entry.values) for entry in entries]


def update(world, business="001", state="1", **values):
    hers = {"individual_number": NUMBER, "addressee_number": HERS, **BASIC}
    told = {"business_id": business, "residence_state": state, **hers, **values}
    return ask(world, "addressee_update", "gyomu" if business != "001" else "juki", **told)


def flag(world, business):
    args = {"addressee_number": HERS, "business_id": business}
    return world.atena.observe("addressee", args)["flag"]


def display(world, integrated="987654317"):
    return ask(world, "display_request", "chukan", integrated_number=integrated).values


def test_an_update_changes_what_is_displayed_and_tells_nobody(atena):
    assert update(atena, address="新市").values["result"] == "0000"
    assert sent(atena) == []
    assert display(atena) == {
        "result": "0000",
        "message": "",
        "integrated_number": "987654317",
        "individual_number": NUMBER,
        **BASIC,
        "address": "新市",
    }


def test_an_update_of_nobody_is_refused(atena):
    assert update(atena, individual_number=OTHER).values["result"] == "2001"


def test_a_changed_number_keeps_the_integrated_one(atena):
    update(atena, individual_number=OTHER, former_individual_number=NUMBER)
    assert display(atena)["individual_number"] == OTHER
    assert sent(atena) == []
    again = ask(atena, "addressee_request", individual_number=OTHER, addressee_number=HERS)
    assert (again.values["result"], sent(atena)) == ("0000", [])


@pytest.mark.parametrize(("state", "set_"), [("1", False), ("2", True), ("3", True), ("4", True)])
def test_another_system_sets_the_flag_unless_the_person_is_a_resident(atena, state, set_):
    update(atena, "011", state)
    assert (flag(atena, "011"), flag(atena, "001")) == (set_, True)


def test_a_deletion_is_told_and_leaves_nobody(atena):
    assert atena.atena.act("delete_addressee", {"addressee_number": HERS}).status == "ok"
    told = {"municipality_code": "999016", "integrated_number": "987654317"}
    assert sent(atena) == [("integrated_number_deletion", told)]
    assert display(atena) == {"result": "2001", "message": "該当する者がいません。"}
    assert atena.atena.act("delete_addressee", {"addressee_number": HERS}).status == "rejected"


def test_a_replica_goes_on_for_those_who_are_known_and_lists_the_others(atena):
    rest = {"information_code": "JK01", "household_number": "27", "updated_on": "2026-05-10"}
    records = [{"addressee_number": number, **rest} for number in (HIS, HERS)]
    answer = ask(atena, "replica_upload", records=records)
    assert (answer.values["accepted_count"], answer.values["rejected"]) == (
        "1",
        [
            {
                "addressee_number": HIS,
                "code": "2001",
                "text": "宛名番号に該当する団体内統合宛名番号がありません。",
            }
        ],
    )
    converted = [{"integrated_number": "987654317", **rest}]
    told = {"municipality_code": "999016", "records": converted}
    assert sent(atena) == [("replica_registration", told)]
    ask(atena, "replica_upload", records=records[:1])
    assert sent(atena) == []


def inquire(world, addressee=HERS):
    named = {"inquiry_number": "q1", "addressee_number": addressee}
    return ask(world, "inquiry_request", information_kind="ZEI01", **named)


def fetch(world):
    return ask(world, "inquiry_result_request", inquiry_number="q1", addressee_number=HERS).values


def test_an_inquiry_is_submitted_polled_for_and_passed_on(atena):
    assert inquire(atena).values["result"] == "0000"
    atena.pump()
    waiting = {"result": "0000", "message": "", "inquiry_state": "0"}
    named = {"inquiry_number": "q1", "addressee_number": HERS}
    assert fetch(atena) == {**waiting, **named}
    atena.pump()
    assert fetch(atena) == {
        "result": "0000",
        "message": "情報提供者から提供されました。",
        "inquiry_state": "1",
        "contents": [
            {"item": "課税の有無", "content": "課税"},
            {"item": "所得の区分", "content": "区分３"},
        ],
        **named,
    }


def test_a_result_that_is_late_is_asked_for_again(atena):
    atena.chukan.act("next_result", {"state": "waiting"})
    inquire(atena)
    states = []
    for _ in range(3):
        atena.pump()
        states.append(fetch(atena)["inquiry_state"])
    atena.chukan.act("release_results", {})
    fetch(atena)
    atena.pump()
    assert (states, fetch(atena)["inquiry_state"]) == (["0", "0", "0"], "1")


def test_inquiries_about_nobody_and_unknown_results_are_refused(atena):
    assert inquire(atena, HIS).values["result"] == "2001"
    assert fetch(atena)["result"] == "2004"


JUTOGAI = {
    "shorikubun": "0",
    "shikuchosonkodo": "999016",
    "nayosemotofuragu": "0",
    "tagyomusanshofukafuragu": "1",
    "sosashaid": "op1",
    "sosanengappi": "2026-05-10",
    "sosajikoku": "09:00:00",
}


def jutogai(world, auth=None, /, **changes):
    """Call the API with JSON as it would arrive, items of None left out."""
    values = {k: v for k, v in {**JUTOGAI, **changes}.items() if v is not None}
    decoded = PROFILE.spec("jutogai_request").decode(json.dumps(values).encode())
    auth = auth or world.authorization()
    telegram = Telegram(
        "jutogai_request", decoded.values, "gyomu", "atena", auth=auth, faults=decoded.faults
    )
    return world.atena.receive(telegram)


def test_the_api_gives_a_number_and_keeps_the_bar(world):
    answer = jutogai(world)
    (row,) = answer.values["result"]
    assert (answer.status, answer.values["detail"]) == (200, "登録が完了しました。")
    assert row == {
        "shikuchosonkodo": "999016",
        "sosashaid": "op1",
        "sosanengappi": "2026-05-10",
        "sosajikoku": "09:00:00",
        # 1*2+9*3+8*4+7*5+6*6+5*7+4*2+3*3 = 184, remainder 8, so 3
        "atenabango": "345678913",
        "rirekibango": "1",
    }
    assert world.atena.observe("jutogai", {"atenabango": "345678913"})["barred"] is True


def test_a_known_number_is_registered_again_with_the_next_history_number(world):
    for history in ("1", "2"):
        answer = jutogai(world, shorikubun="1", atenabango="19", sosashaid=f"op{history}")
        (row,) = answer.values["result"]
        assert (row["atenabango"], row["rirekibango"]) == ("19", history)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"sosashaid": None}, ["E0001"]),
        ({"sosashaid": "", "sosajikoku": None}, ["E0001", "E0001"]),
        ({"shorikubun": "1"}, ["E0001"]),
        ({"shimei": "KAKU"}, ["E0002"]),
        ({"shikuchosonkodo": "99901A"}, ["E0002"]),
        ({"shikuchosonkodo": "99901"}, ["E0003"]),
        ({"nayosemotofuragu": "1"}, ["E0004"]),
    ],
)
def test_errors_of_the_api(world, changes, codes):
    answer = jutogai(world, **changes)
    assert (answer.id, answer.status, answer.values["detail"]) == (
        "error_response",
        400,
        "エラーが発生しました。",
    )
    assert [error["code"] for error in answer.values["errors"]] == codes


def test_the_api_wants_a_token(world):
    answer = jutogai(world, "Bearer wrong")
    text = "アクセストークンが無効です。"
    assert (answer.status, answer.values) == (401, {"title": text, "detail": text})
