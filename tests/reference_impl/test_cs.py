import pytest

from reference_impl import numbers


def ask(world, telegram_id, serial="0000000001", **values):
    return world.cs.receive(world.telegram("juki", "cs", telegram_id, serial, **values)).values


def notice(world, **values):
    body = {"juminhyo_code": "24846016224", "individual_number": "", **values}
    return ask(world, "identity_notice", **body)


def test_designated_codes_are_valid_random_and_never_repeated(world):
    for serial in ("0000000001", "0000000002"):
        ask(world, "juminhyo_code_request", serial, count="100")
    lists = [entry.values for entry in world.cs.registers.pending("juki")]
    codes = [row["juminhyo_code"] for values in lists for row in values["codes"]]
    assert [values["ref_serial"] for values in lists] == ["0000000001", "0000000002"]
    assert len(set(codes)) == 200
    assert all(numbers.OWN.is_juminhyo_code(code) for code in codes)
    assert codes != sorted(codes)


def test_a_list_holds_200_codes_at_most(world):
    ask(world, "juminhyo_code_request", count="999")
    (entry,) = world.cs.registers.pending("juki")
    assert entry.values["count"] == "200"


def test_a_number_is_valid_unique_and_remembered(world, codes):
    world.cs.provision("designated", {"codes": codes})
    for serial, code in enumerate((*codes, codes[0]), start=1):
        answer = ask(world, "number_issue_request", f"{serial:010}", juminhyo_code=code)
        assert answer == {"result": "0000", "error_item": ""}
    results = [entry.values for entry in world.cs.registers.pending("juki")]
    issued = [values["individual_number"] for values in results]
    assert issued[-1] == issued[0]
    assert len(set(issued)) == len(codes)
    assert all(numbers.OWN.is_individual_number(number) for number in issued)
    assert [values["juminhyo_code"] for values in results] == [*codes, codes[0]]
    assert results[-1]["ref_serial"] == "0000000005"


def test_no_number_shows_its_code(world, codes):
    world.cs.provision("designated", {"codes": codes})
    for serial, code in enumerate(codes, start=1):
        ask(world, "number_issue_request", f"{serial:010}", juminhyo_code=code)
    issued = world.cs.registers.pending("juki")
    assert [entry.values["juminhyo_code"] for entry in issued] == list(codes)
    for entry in issued:
        code, number = entry.values["juminhyo_code"], entry.values["individual_number"]
        assert not any(code[at : at + 5] in number for at in range(7))


@pytest.mark.parametrize("municipality", ["999024", None])
def test_a_code_not_designated_to_the_sender_gets_no_number(world, municipality):
    if municipality:
        args = {"codes": ["24846016224"], "municipality_code": municipality}
        world.cs.provision("designated", args)
    answer = ask(world, "number_issue_request", juminhyo_code="24846016224")
    assert answer == {"result": "2005", "error_item": "juminhyo_code"}
    assert world.cs.registers.pending("juki") == ()


@pytest.mark.parametrize(
    ("values", "result", "item"),
    [
        ({}, "0000", ""),
        ({"individual_number": "123456789018"}, "0000", ""),
        ({"juminhyo_code": "24846016225"}, "2003", "juminhyo_code"),
        ({"individual_number": "123456789019"}, "2003", "individual_number"),
        ({"juminhyo_code": "25208017643"}, "2005", "juminhyo_code"),
    ],
)
def test_a_notice_is_checked_and_stored(world, values, result, item):
    world.cs.provision("designated", {"codes": ["24846016224"]})
    assert notice(world, **values) == {"result": result, "error_item": item}
    assert len(world.cs.registers.rows("identity_notice")) == (result == "0000")


@pytest.mark.parametrize("telegram_id", ["delivery_address", "family_register_notice"])
def test_other_notices_are_stored(world, telegram_id):
    assert ask(world, telegram_id, name="山田　花子")["result"] == "0000"
    ((_, stored),) = world.cs.registers.rows(telegram_id)
    assert stored["name"] == "山田　花子"


def test_a_linkage_request_is_passed_on_with_the_code(world):
    person = {"juminhyo_code": "24846016224", "individual_number": "123456789018"}
    world.cs.provision("person", person)
    body = {"acquisition_number": "B" * 20, "individual_number": "123456789018"}
    assert ask(world, "linkage_code_request", **body)["result"] == "0000"
    (entry,) = world.cs.registers.pending("nws")
    assert entry.values == {
        "organization_code": "999016",
        "acquisition_number": "B" * 20,
        "juminhyo_code": "24846016224",
    }


def test_a_linkage_request_for_nobody_is_refused(world):
    body = {"acquisition_number": "B" * 20, "individual_number": "123456789018"}
    answer = ask(world, "linkage_code_request", **body)
    assert answer == {"result": "2001", "error_item": "individual_number"}


def test_the_bench_sends_numbers_as_given(world):
    args = {"juminhyo_code": "24846016224", "individual_number": "123456789019"}
    world.cs.act("send_number", {**args, "ref_serial": "0000000007"})
    world.cs.act("send_number", args)
    sent = [entry.values for entry in world.cs.registers.pending("juki")]
    assert sent == [
        {"receiver": "999016", "ref_serial": serial, **args}
        for serial in ("0000000007", "0000000000")
    ]


def test_codes_of_a_list_sent_by_the_bench_are_designated_when_they_are_good(world, codes):
    args = {"codes": [codes[0]], "municipality_code": "999024"}
    world.cs.provision("designated", args)
    world.cs.act("send_code_list", {"codes": [codes[0], codes[1], "12345678901"]})
    asked = {
        code: ask(world, "number_issue_request", serial, juminhyo_code=code)["result"]
        for serial, code in (("1", codes[0]), ("2", codes[1]), ("3", "12345678901"))
    }
    assert asked == {codes[0]: "2005", codes[1]: "0000", "12345678901": "2005"}
