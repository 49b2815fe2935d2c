import pytest

from reference_impl.node import Outcome


@pytest.mark.parametrize(
    ("whose", "number", "answer"),
    [
        (None, "507957100722", "2003"),
        ("12345678903", "507957100721", "2004"),
        (None, "123456789018", "2002"),
    ],
)
def test_a_wrong_number_is_refused_and_listed(world, codes, whose, number, answer):
    handle, code = world.waiting(codes[:1])
    before = world.resident(handle)
    assert world.number_result(whose or code, number) == answer
    assert world.resident(handle) == before
    text = {
        "2003": "個人番号の検査用数字が誤っています。CSに確認してください。",
        "2004": "生成を求めていない個人番号です。CSに確認してください。",
        "2002": "他の者に記載されている個人番号です。CSに確認してください。",
    }[answer]
    assert world.errors() == [{"telegram": "number_issue_result", "code": answer, "text": text}]


def test_the_same_number_again_has_no_effect(world, codes):
    _, code = world.waiting(codes)
    assert world.number_result(code, "507957100721") == "0000"
    sent = world.juki.registers.pending("cs")
    assert world.number_result(code, "507957100721", "0000000002") == "0000"
    assert world.juki.registers.pending("cs") == sent
    assert world.errors() == []


def test_another_number_does_not_replace_a_written_one(world, codes):
    handle, code = world.waiting(codes)
    assert world.number_result(code, "507957100721") == "0000"
    assert world.number_result(code, "983205673214", "0000000002") == "2004"
    assert world.resident(handle)["individual_number"] == "507957100721"


def test_a_failed_generation_is_listed_and_can_be_asked_for_again(world, codes):
    handle, code = world.waiting(codes)
    assert world.number_result(code, "", result="2005") == "0000"
    text = "個人番号が生成されませんでした。再び要求してください。"
    assert world.errors() == [{"telegram": "number_issue_result", "code": "2005", "text": text}]
    assert world.juki.act("request_number", {"handle": handle}).status == "ok"


def test_a_lost_number_is_requested_again_with_the_same_code(world, codes):
    handle, code = world.waiting(codes)
    world.lost = {"number_issue_result"}
    world.pump()
    world.lost = set()
    assert world.juki.act("request_number", {"handle": handle}) == Outcome("ok", handle=handle)
    world.pump()
    assert world.sent("number_issue_request", "juminhyo_code") == [(code,)] * 2
    assert world.ids("juki").count("identity_notice") == 1
    again = world.juki.act("request_number", {"handle": handle})
    assert (again.status, again.reason) == ("rejected", "number_not_missing")


def test_a_resident_who_had_a_code_only_gets_a_number_as_a_correction(world):
    code = "24727059608"
    world.cs.provision("designated", {"codes": [code]})
    head = {"name": "山田　太郎", "furigana": "", "sex": "1", "birth_date": "1990-04-01"}
    args = {"head": {**head, "juminhyo_code": code}, "address": "架空市一丁目"}
    handle = world.juki.provision("household", args)["head"]
    world.juki.act("request_number", {"handle": handle})
    world.pump()
    assert world.sent("number_issue_request", "juminhyo_code") == [(code,)]
    assert world.sent("identity_notice", "entry", "reason") == [("3", "53")]
