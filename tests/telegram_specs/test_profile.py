"""Profiles: finding telegrams, and a private folder laid over the open one."""

from __future__ import annotations

import pytest

from telegram_specs import SpecError, UnknownTelegram, lint_profile, load_profile, self_check
from telegram_specs.engine.vectors import load_vectors

PRIVATE = """\
id: city
edition: "1"
label: 架空市
status: private
note: 試験用
"""

TELEGRAM = """\
meta:
  id: greeting
  label: 挨拶
  status: private
  form: fixed
  wire_id: ZZ0001
  link: cs_link
  from: juki
  to: cs
  kind: "3"
fields:
  - {use: header}
  - id: words
    label: 言葉
    type: N
    size: 4
    charset: cp932
  - {use: trailer}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city").mkdir()
    write(tmp_path / "city", "profile.yaml", PRIVATE)
    return (tmp_path / "city").relative_to(tmp_path)


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_telegram_is_found_by_its_header(profile):
    raw = b"000078DB0201"
    assert profile.identify(raw).id == "number_issue_request"
    assert profile.identify(b"000078DB7777") is None
    assert profile.identify(b"") is None


def test_a_telegram_is_found_by_its_request_line(profile):
    assert profile.identify_http("post", "/v1/addressees?x=1").id == "addressee_request"
    assert profile.identify_http("GET", "/v1/addressees") is None
    assert profile.identify_http("POST", "/v1/addressees/1") is None


def test_an_unknown_telegram_is_told_with_near_ones(profile):
    with pytest.raises(UnknownTelegram) as caught:
        profile.spec("number_issue_requst")
    assert str(caught.value) == (
        f"profile open: unknown telegram. expected one of {len(profile.specs)} ids, "
        "got number_issue_requst; "
        "near: number_issue_request, number_issue_result, number_change_request"
    )


def test_profiles_do_not_show_their_contents(profile):
    assert repr(profile) == f"Profile(open, {len(profile.specs)} telegrams)"
    assert len(profile.digest) == 64


def test_a_folder_without_profile(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city").mkdir()
    with pytest.raises(SpecError) as caught:
        load_profile((tmp_path / "city").relative_to(tmp_path))
    assert str(caught.value) == (
        "city/profile.yaml:1: no profile. expected a file of this name, got none"
    )


def test_a_private_profile_takes_over_what_it_does_not_replace(profile, folder):
    private = load_profile(folder)
    assert (private.id, private.status, private.folder) == ("city", "private", folder)
    assert private.specs.keys() == profile.specs.keys()
    assert private.digest != profile.digest
    assert self_check(private) == []


def test_a_private_telegram_is_added(folder):
    write(folder, "telegrams/greeting.yaml", TELEGRAM)
    private = load_profile(folder)
    spec = private.identify(b"000000ZZ0001")
    header = {
        "sender": "999016", "receiver": "000001", "serial": "0000000001",
        "ref_serial": "0000000000", "created_date": "2026-04-01", "created_time": "093000",
        "result": "0000",
    }  # fmt: skip
    raw = spec.encode({**header, "words": "今日は"})
    assert raw[65:] == bytes.fromhex("8DA1 93FA 82CD 8140") + b"$$"
    assert spec.decode(raw).values["words"] == "今日は"
    assert self_check(private) == []
    assert lint_profile(private) == [
        (
            "city/telegrams/greeting.yaml:1: no good vector. "
            "expected at least one in vectors/good/greeting.yaml, got none"
        ),
        (
            "city/telegrams/greeting.yaml:1: no bad vector. "
            "expected at least one in vectors/bad/greeting.yaml, got none"
        ),
    ]


@pytest.fixture
def greeting(folder):
    write(folder, "telegrams/greeting.yaml", TELEGRAM)
    return load_profile(folder).spec("greeting")


OUTSIDE = "charset: expected characters of cp932 (not character 2)"
WIDE = "kind: expected full-width characters"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("春〜", OUTSIDE),  # U+301C, the wave dash, would come back as U+FF5E
        ("春\u2212", OUTSIDE),  # U+FF0D
        ("春\u2016", OUTSIDE),  # U+2225
        ("春¢", OUTSIDE),  # U+FFE0
        ("春£", OUTSIDE),  # U+FFE1
        ("春¬", OUTSIDE),  # U+FFE2
        ("春𠮷", OUTSIDE),
        ("春ｱ", WIDE),
        ("春A", WIDE),
    ],
)
def test_cp932_refuses_what_would_come_back_as_something_else(greeting, text, fault):
    _, faults = greeting.codec.encode({"words": text})
    assert [f"{f.rule}: expected {f.expected}" for f in faults if f.field == "words"] == [fault]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("8540 8140", "charset: expected cp932 (not byte 1)"),
        ("8140 FFFF", OUTSIDE),
        ("B1B1 8140", WIDE),
        ("4141 8140", WIDE),
    ],
)
def test_cp932_refuses_bytes_that_are_no_wide_characters(greeting, code, fault):
    raw = b"0" * 65 + bytes.fromhex(code + "8140 8140") + b"$$"
    told = [f for f in greeting.validate(raw) if f.field == "words"]
    assert [f"{f.rule}: expected {f.expected}" for f in told] == [fault]


def test_cp932_reads_both_codes_of_a_character_and_writes_that_of_windows(greeting):
    for codes in ("FA5C 81BE", "ED40 879B"):  # of IBM or NEC, of JIS or NEC
        raw = b"0" * 65 + bytes.fromhex(codes + "8140 8140") + b"$$"
        text = greeting.decode(raw).values["words"]
        written, _ = greeting.codec.encode({"words": text})
        assert written[65:69].hex(" ", 2).upper() in {"FA5C 81BE", "FA5C 81BF"}


def test_cp932_has_a_substitute_too(folder):
    unmapped = TELEGRAM.replace("charset: cp932", "charset: cp932\n    unmapped: substitute")
    write(folder, "telegrams/greeting.yaml", unmapped)
    spec = load_profile(folder).spec("greeting")
    raw, _ = spec.codec.encode({"words": "𠮷野"})
    assert raw[65:73].decode("cp932") == "〓野　　"


def test_a_private_header_takes_the_open_vectors_of_the_fixed_form_out(profile, folder):
    header = profile.files.sources["profile.yaml"].path.read_text("utf-8")
    own = header[header.index("header:") :].replace('const: "01"', 'const: "02"')
    write(folder, "profile.yaml", PRIVATE + own)
    private = load_profile(folder)
    assert private.spec("receipt").fields[2].const == "02"
    assert self_check(private) == []
    assert self_check(profile) == []


def test_a_private_code_list_takes_only_its_telegrams_out(folder):
    write(folder, "codes/sex.yaml", 'id: sex\nlabel: 性別\nvalues:\n  "3": 新\n')
    private = load_profile(folder)
    assert private.codes["sex"] == {"3": "新"}
    assert self_check(private) == []


def test_a_private_charset_maps_codes_of_its_own(folder):
    table = """\
id: juki
label: 試験用
status: private
note: 試験用
width: 2
same_as_ucs: ["3000-30FF", "4E00-9FFF"]
pairs: {AD00: "20B9F"}
substitute: "3013"
"""
    write(folder, "charsets/juki.yaml", table)
    charset = load_profile(folder).charsets["juki"]
    assert charset.encode("丈𠮟") == bytes.fromhex("4E08 AD00")
    assert charset.decode(bytes.fromhex("4E08 AD00")) == "丈𠮟"
    assert charset.substituted("𠮟𠮷") == "𠮟〓"


def test_a_private_vector_is_checked(folder):
    bad = """\
telegram: receipt
vectors:
  - id: wrong
    title: 誤った期待
    of: accepted
    replace: [{field: result, text: "1000"}]
    faults: [{field: result, offset: 0, length: 4, rule: kind}]
"""
    write(folder, "vectors/bad/receipt.yaml", bad)
    assert self_check(load_profile(folder)) == [
        (
            "city/vectors/bad/receipt.yaml:3 receipt/wrong: wrong faults. "
            "expected kind result @ 0+4, got code result @ 61+4"
        )
    ]


def test_private_good_vectors_take_the_open_ones_of_the_telegram_out(profile, folder):
    open_file = profile.files.sources["vectors/good/number_issue_request.yaml"].path
    write(
        folder,
        "vectors/good/number_issue_request.yaml",
        open_file.read_text("utf-8").replace("id: plain", "id: own"),
    )
    private = load_profile(folder)
    vectors = load_vectors(private.files)
    assert "number_issue_request/own" in vectors.good
    assert "number_issue_request" not in {vector.telegram for vector in vectors.bad}
    assert not any("number_issue_request" in stream.telegrams for stream in vectors.streams)
    assert self_check(private) == []


def test_a_profile_may_do_without_an_end_mark(folder):
    write(folder, "profile.yaml", PRIVATE + "trailer: []\n")
    write(folder, "telegrams/greeting.yaml", TELEGRAM)
    private = load_profile(folder)
    raw = b"000073ZZ0001" + b"0" * 61
    assert [event.raw for event in private.framer().feed(raw)] == [raw]
    assert {fault.rule for fault in private.spec("greeting").validate(raw[:70])} >= {"length"}


def test_the_body_of_an_answer_follows_from_request_and_status(profile):
    token, addressee = profile.spec("token_request"), profile.spec("addressee_request")
    bodies = [
        getattr(profile.answer_to(request, status, b"{}"), "id", None)
        for request in (token, addressee, None)
        for status in (200, 401)
    ]
    assert bodies == [
        "token_response",
        "token_refusal",
        "addressee_response",
        "error_response",
        None,
        "error_response",
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"error":"invalid_client"}', "token_refusal"),
        ('{"title":"Unauthorized","detail":"x"}', "error_response"),
        ('{"title":"Unauthorized"}', "token_refusal"),
    ],
    ids=["own", "common", "neither"],
)
def test_a_refusal_has_its_own_form_or_the_common_one(profile, body, told):
    raw, request, other = body.encode(), *map(profile.spec, ("token_request", "addressee_request"))
    assert profile.answer_to(request, 401, raw).id == told
    assert profile.answer_to(other, 401, raw).id == "error_response"


def test_a_refusal_that_does_not_exist_is_refused(folder):
    telegram = TELEGRAM.replace("fields:", "  refusal: nowhere\nfields:")
    write(folder, "telegrams/greeting.yaml", telegram)
    with pytest.raises(SpecError, match=r"unknown refusal\. expected a telegram of the profile"):
        load_profile(folder)
