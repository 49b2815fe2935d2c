import pytest

from reference_impl.node import Alert, Outcome


def rejected(stage, code):
    return (("rejected", stage), [code])


def summary(outcome):
    return ((outcome.status, outcome.stage), [alert.code for alert in outcome.alerts])


# -- stock ----------------------------------------------------------------------------------


def test_fetched_codes_are_stocked(world):
    world.juki.act("fetch_codes", {"count": 5})
    world.pump()
    (request,) = world.sent("juminhyo_code_request")
    (received,) = world.sent("juminhyo_code_list")
    assert request["count"] == received["count"] == "5"
    assert received["ref_serial"] == request["serial"]
    assert world.juki.observe("stock", {}) == {"count": 5, "threshold": 0}


def test_a_list_nobody_asked_for_is_stocked(world, codes):
    world.cs.act("send_code_list", {"codes": codes})
    world.pump()
    assert world.sent("juminhyo_code_list", "ref_serial") == [("0000000000",)]
    assert world.juki.stock.codes() == list(codes)


def test_faulty_rows_are_left_out_and_listed(world, codes):
    good, used, twice = codes[:3]
    household = world.household()
    world.stock(used)
    world.birth(household)
    rows = [good, "12345678901", used, twice, twice]
    world.cs.act("send_code_list", {"codes": rows})
    world.pump()
    assert world.juki.stock.codes() == [good, twice]
    listed = {"telegram": "juminhyo_code_list", "code": "2003"}
    assert world.errors() == [
        {**listed, "text": "2行目: 検査数字の誤り"},
        {**listed, "text": "3行目: 使用済み又は蓄積済みの住民票コード"},
        {**listed, "text": "5行目: 一覧の中の重複"},
    ]


def test_a_list_received_twice_is_stocked_once(world, codes):
    for _ in range(2):
        world.cs.act("send_code_list", {"codes": codes})
    world.pump()
    assert world.juki.stock.codes() == list(codes)


def test_the_alert_comes_when_the_stock_has_fallen_below_the_threshold(world, codes):
    world.stock(*codes, threshold=3)
    household = world.household()
    assert world.birth(household).alerts == ()
    below = world.birth(household)
    text = "住民票コードの残りが2件となり、設定した3件を下回りました。CSから取得してください。"
    assert below.alerts == (Alert("stock_low", text),)


def test_more_codes_are_asked_for_once_while_low(world, codes):
    world.stock(*codes, threshold=4)
    household = world.household()
    for _ in range(2):
        world.birth(household)
    asked = [
        e for e in world.juki.registers.pending("cs") if e.telegram_id.endswith("code_request")
    ]
    assert [entry.values for entry in asked] == [{"count": "20"}]
    world.pump()
    assert world.juki.observe("stock", {}) == {"count": 22, "threshold": 4}


def test_an_empty_stock_keeps_the_birth_provisional_until_codes_arrive(world):
    household = world.household()
    outcome = world.birth(household)
    assert summary(outcome) == rejected("final", "stock_empty")
    assert world.resident(outcome.handle)["state"] == "provisional"
    world.pump()
    assert world.ids("juki") == ["juminhyo_code_request"]
    assert world.juki.act("finalise", {"handle": outcome.handle}) == Outcome(
        "ok", handle=outcome.handle
    )
    world.pump()
    assert world.ids("juki").count("number_issue_request") == 1
    assert world.resident(outcome.handle)["individual_number"] != ""


def test_codes_are_picked_at_random(world):
    world.juki.act("fetch_codes", {"count": 20})
    world.pump()
    arrived = world.juki.stock.codes()
    household = world.household()
    handles = [world.birth(household).handle for _ in range(6)]
    picked = [world.resident(handle)["juminhyo_code"] for handle in handles]
    assert set(picked) <= set(arrived)
    assert len(set(picked)) == 6
    assert picked not in (arrived[:6], sorted(arrived)[:6])


# -- birth ----------------------------------------------------------------------------------


def test_a_provisional_record_sends_nothing(world, codes):
    world.stock(*codes)
    outcome = world.birth(world.household(), until="provisional")
    assert outcome.status == "ok"
    world.pump()
    assert world.log == []
    resident = world.resident(outcome.handle)
    assert resident["state"] == "provisional"
    assert resident["juminhyo_code"] == ""
    assert resident["history"] == 0


def test_a_final_record_cannot_be_made_final_again(world, born):
    again = world.juki.act("finalise", {"handle": born})
    assert (again.status, again.stage, again.reason) == ("rejected", "final", "not_provisional")


@pytest.mark.parametrize(
    ("dates", "child", "code"),
    [
        ({"event_date": "2026-05-11"}, {}, "event_date_future"),
        ({}, {"birth_date": "2026-06-00"}, "event_date_future"),
        ({"report_date": "2026-05-11"}, {}, "report_date_future"),
        ({"report_date": "2026-02-29"}, {}, "report_date_wrong"),
        ({"report_date": "2026-05-00"}, {}, "report_date_wrong"),
        ({}, {"birth_date": "2025-13-01"}, "birth_date_wrong"),
        ({}, {"name": "山" * 41}, "name_too_long"),
    ],
)
def test_wrong_input_is_rejected_and_leaves_nothing(world, codes, dates, child, code):
    world.stock(*codes)
    outcome = world.birth(world.household(), dates=dates, **child)
    codes_of_alerts = [alert.code for alert in outcome.alerts]
    assert (outcome.status, outcome.stage, outcome.handle) == ("rejected", "input", None)
    assert code in codes_of_alerts
    assert world.juki.registers.pending("cs") == ()


def test_today_is_no_future_and_moves_with_the_clock(world, codes):
    world.stock(*codes)
    household = world.household()
    day = {"event_date": "2026-05-11", "report_date": "2026-05-11"}
    assert world.birth(household, dates=day).status == "rejected"
    world.juki.provision("date", {"date": "2026-05-11"})
    assert world.birth(household, dates=day).status == "ok"


@pytest.mark.parametrize(
    ("birth_date", "notified", "requested"),
    [
        ("2026-05-00", "R8-05-00", ("2026-05-00", "1", "２０２６年５月　日不詳")),
        ("2026-00-00", "R8-00-00", ("2026-00-00", "1", "２０２６年　月日不詳")),
        ("0000-00-00", "0000-00-00", ("0000-00-00", "1", "年月日不詳")),
        ("2025-02-29", "R7-02-29", ("2025-02-29", "0", "")),
        ("M45-07-30", "M45-07-30", ("1912-07-30", "0", "")),
        ("1926-12-25", "S1-12-25", ("1926-12-25", "0", "")),
        ("2019-04-30", "H31-04-30", ("2019-04-30", "0", "")),
    ],
)
def test_birth_dates_keep_what_is_unknown_or_off_the_calendar(
    world, codes, birth_date, notified, requested
):
    world.stock(*codes)
    world.birth(world.household(), birth_date=birth_date)
    world.pump()
    western = requested[0]
    assert world.sent("identity_notice", "event_date", "birth_date") == [(western, notified)]
    items = ("birth_date", "birth_date_unknown", "birth_date_text")
    assert world.sent("addressee_request", *items) == [requested]


def test_an_unnamed_foreign_child_is_numbered_and_named_later(world, codes):
    world.stock(*codes)
    child = {"name": "", "furigana": "", "nationality": "フィリピン"}
    handle = world.birth(world.household(), **child).handle
    world.pump()
    items = {"name": "サントス　マリア", "furigana": "さんとす　まりあ"}
    args = {"handle": handle, "items": items, "reason": "ex_officio"}
    assert world.juki.act("correct", args).status == "ok"
    world.pump()
    number = world.resident(handle)["individual_number"]
    told = world.sent("identity_notice", "entry", "reason", "event_date", "name")
    assert told == [
        ("1", "12", "2026-05-01", ""),
        ("3", "33", "2026-05-10", "サントス　マリア"),
    ]
    assert world.sent("identity_notice", "individual_number") == [(number,)] * 2
    assert world.resident(handle)["history"] == 2


def test_a_correction_waits_for_the_notice_of_the_birth(world, codes):
    world.stock(*codes)
    handle = world.birth(world.household(), name="").handle
    world.juki.act("correct", {"handle": handle, "items": {"name": "山田　花"}})
    world.pump()
    assert world.sent("identity_notice", "reason", "name") == [("12", ""), ("33", "山田　花")]


def test_a_character_without_a_code_is_substituted_and_shown(world, codes):
    world.stock(*codes)
    outcome = world.birth(world.household(), name="𠮷田　花子")
    text = "住基ネット統一文字にない文字があります。代替文字で送信します。"
    assert outcome.alerts == (Alert("unmapped_character", text),)
    world.pump()
    assert world.sent("identity_notice", "name") == [("〓田　花子",)]
    assert world.sent("addressee_request", "name") == [("𠮷田　花子",)]


def test_variant_characters_of_a_name_are_kept(world, codes):
    world.stock(*codes)
    world.birth(world.household(), name="髙﨑　濵子")
    world.pump()
    assert world.sent("identity_notice", "name") == [("髙﨑　濵子",)]


def test_the_delivery_address_is_the_address_or_the_place_of_stay(world, codes):
    world.stock(*codes)
    household = world.household()
    world.birth(household)
    stay = {"address": "別市二丁目３番", "postal_code": "9990002"}
    world.birth(household, dates={"delivery": stay})
    world.pump()
    items = ("print_kind", "name", "postal_code", "address")
    assert world.sent("delivery_address", *items) == [
        ("1", "山田　花子", "9990001", "架空県架空市一丁目２番３号"),
        ("1", "山田　花子", "9990002", "別市二丁目３番"),
    ]
