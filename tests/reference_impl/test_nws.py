def ask(world, serial, organization="999016", code="24846016224", acquisition="C" * 20):
    body = {
        "organization_code": organization,
        "acquisition_number": acquisition,
        "juminhyo_code": code,
    }
    answer = world.nws.receive(
        world.telegram("cs", "nws", "linkage_code_generation", serial, **body)
    )
    assert (answer.id, answer.values) == ("accepted", {"result": "0000", "message": ""})
    return world.nws.registers.pending("chukan")[-1].values


def test_a_linkage_code_returns_with_its_acquisition_number(world):
    told = ask(world, "1")
    assert told["acquisition_number"] == "C" * 20
    assert len(told["linkage_code"]) == 64
    assert set(told["linkage_code"]) <= set("0123456789abcdef")


def test_codes_differ_within_and_between_organisations(world):
    people = [("999016", "24846016224"), ("999016", "25208017643"), ("999024", "24846016224")]
    told = {
        ask(world, organization + code, organization, code)["linkage_code"]
        for organization, code in people
    }
    assert len(told) == 3


def test_a_person_keeps_the_code_of_an_organisation(world):
    first, second = ask(world, "1"), ask(world, "2", acquisition="D" * 20)
    assert first["linkage_code"] == second["linkage_code"]
    assert second["acquisition_number"] == "D" * 20


def test_the_bench_sends_linkage_codes_as_given(world):
    args = {"acquisition_number": "E" * 20, "linkage_code": "f" * 64}
    assert world.nws.act("send_linkage_code", args).status == "ok"
    (entry,) = world.nws.registers.pending("chukan")
    assert (entry.telegram_id, entry.values) == ("linkage_code_notice", args)
