"""``denbun decode`` and ``denbun encode``: one telegram, and back."""

from __future__ import annotations

import json

import pytest

from telegram_specs import load_profile
from telegram_specs.engine.files import OPEN
from telegram_specs.engine.vectors import load_vectors

NUMBER, CODE = "123456789018", "24727059608"
"""Published samples with valid check digits."""
WRONG_NUMBER = "123456789019"
RESULT = (
    "000090DB020201000001999016"
    "0000000001" + "0000000000" + "20260501093000" + "30000" + CODE + NUMBER + "$$"
).encode()
WRONG = RESULT.replace(NUMBER.encode(), WRONG_NUMBER.encode()).replace(b"30000", b"90000")
WRONG_KIND = "個人番号生成結果/区分 @ byte 60: wrong constant. expected 3, got 9"
WRONG_DIGIT = (
    "個人番号生成結果/個人番号 @ bytes 76–87: wrong check digit. "
    "expected a right check digit (individual_number), got ************"
)


PRIVATE = 'id: city\nedition: "1"\nlabel: 架空市\nstatus: private\nnote: 試験用\n'
LINKAGE_FILE = OPEN / "telegrams" / "linkage_request.yaml"
SPECS = load_profile().specs
JSON_BODIES = sum(spec.form == "json" for spec in SPECS.values())
WIRE_IDS = ", ".join(sorted(spec.wire_id for spec in SPECS.values() if spec.wire_id))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "telegram.bin"
    path.write_bytes(RESULT)
    return path


def test_it_shows_every_field_and_masks_the_secret_ones(denbun, file):
    said = denbun("decode", file)
    lines = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert lines[0] == "number_issue_result 個人番号生成結果 (90 bytes)"
    assert lines[1].split() == ["field", "label", "offset", "bytes", "value"]
    assert lines[-2].split() == ["individual_number", "個人番号", "76", "12", "************"]
    assert not {NUMBER, CODE} & set(said.out.split())


def test_it_unmasks_when_asked(denbun, file):
    said = denbun("decode", "--unmask", file)
    assert {NUMBER, CODE} <= set(said.out.split())


def test_it_masks_json_too(denbun, file):
    said = denbun("decode", "--json", file)
    shown = json.loads(said.out)
    assert (shown["valid"], shown["values"]["individual_number"]) == (True, "*" * 12)
    assert NUMBER.encode().hex(" ") not in said.out


@pytest.mark.parametrize("options", [(), ("--unmask",)])
def test_an_invalid_telegram_shows_all_its_faults_and_exits_1(denbun, options):
    said = denbun("decode", *options, "--hex", WRONG.hex())
    assert said.code == 1
    assert said.out.splitlines()[-2:] == [f"! {WRONG_KIND}", f"! {WRONG_DIGIT}"]


def test_faults_are_told_to_programs(denbun):
    said = denbun("decode", "--json", "--hex", WRONG.hex())
    shown = json.loads(said.out)
    assert (said.code, shown["valid"]) == (1, False)
    assert [(fault["field"], fault["offset"], fault["text"]) for fault in shown["faults"]] == [
        ("kind", 60, WRONG_KIND),
        ("individual_number", 76, WRONG_DIGIT),
    ]


def test_bytes_come_from_stdin_too(program):
    assert program("decode", "-", given=RESULT).out.startswith("number_issue_result ")


def test_a_json_body_needs_a_name(denbun):
    said = denbun("decode", "--spec", "accepted", "--hex", b'{"serial": "1"}'.hex())
    assert said.code == 1
    assert said.out.splitlines()[-1] == (
        "! 処理結果/処理結果 @ byte 14: value missing. expected a value, got nothing"
    )


TOKEN_REQUEST = b"grant_type=client_credentials&client_id=juki&client_secret=ab&scope=031%3Av1"
BODIES = {
    "json": (
        b'{"serial": "1", "addressee_number": "61", "acquisition_number": "AQ-0001"}',
        "linkage_request",
    ),
    "form": (TOKEN_REQUEST, "token_request"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_one_telegram_fits_needs_no_name(denbun, name):
    body, telegram = BODIES[name]
    said = denbun("decode", "--hex", body.hex())
    assert (said.code, said.out.split()[0]) == (0, telegram)


def test_a_body_that_several_telegrams_fit_names_them_and_what_to_run(denbun, tmp_path):
    (tmp_path / "city" / "telegrams").mkdir(parents=True)
    (tmp_path / "city" / "profile.yaml").write_text(PRIVATE, "utf-8")
    twin = LINKAGE_FILE.read_text("utf-8").replace("id: linkage_request", "id: twin", 1)
    twin = twin.replace("/v1/linkage-requests", "/v1/twins", 1)
    (tmp_path / "city" / "telegrams" / "twin.yaml").write_text(twin, "utf-8")
    (tmp_path / "my body.json").write_bytes(BODIES["json"][0])
    said = denbun("decode", "--profile", "city", "my body.json")
    assert (said.code, said.out) == (3, "")
    assert said.err == (
        "denbun: decode: cannot tell the telegram. expected --spec ID, "
        f"got a JSON body that fits 2 of {JSON_BODIES + 1} telegrams; run:\n"
        "  denbun decode --spec linkage_request 'my body.json' --profile city\n"
        "  denbun decode --spec twin 'my body.json' --profile city\n"
    )


INTEGRATED = "111111111111117"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_personal_number_is_masked_whatever_its_field_is_called(denbun, options):
    body = {"serial": "7d3e-1", "result": "0000", "addressee_number": INTEGRATED}
    raw = json.dumps(body | {"message": f"{INTEGRATED} OK"}).encode()
    arguments = ("decode", *options, "--spec", "addressee_response", "--hex", raw.hex())
    masked, shown = denbun(*arguments), denbun(*arguments, "--unmask")
    assert (masked.code, shown.code) == (0, 0)
    for form in (INTEGRATED, INTEGRATED.encode().hex(" ")):
        assert form not in masked.out
    assert shown.out.count(INTEGRATED) >= 2
    assert "*" * 15 + " OK" in masked.out


def test_a_wrong_personal_number_is_shown_in_its_row_only_and_on_demand(denbun):
    raw = b'{"serial": "1", "addressee_number": "12345", "acquisition_number": "AQ-0001"}'
    arguments = ("decode", "--spec", "linkage_request", "--hex", raw.hex())
    masked, shown = denbun(*arguments), denbun(*arguments, "--unmask")
    assert (masked.code, shown.code) == (1, 1)
    assert "12345" in shown.out
    assert "12345" not in masked.out
    for told in (masked, shown):
        assert told.out.splitlines()[-1].endswith("got *****")


@pytest.mark.parametrize(("day", "shown"), [("2026-05-01", "*" * 10), ("2026-05-02", "2026-05-02")])
def test_a_day_is_masked_when_it_is_the_birth_date(denbun, day, shown):
    profile = load_profile()
    good = next(
        vector
        for vector in load_vectors(profile.files).good.values()
        if vector.telegram == "identity_notice"
    )
    raw = profile.spec("identity_notice").encode(
        {**good.values, "birth_date": "R8-05-01", "event_date": day}
    )
    said = json.loads(denbun("decode", "--json", "--hex", raw.hex()).out)
    rows = {row["field"]: row["text"] for row in said["fields"]}
    assert (rows["event_date"], said["values"]["event_date"]) == (shown, shown)


STRANGERS = {
    "short": (
        RESULT[:10],
        "frame @ byte 0: the stream ends in the header. expected 65 bytes, got 10",
    ),
    "letters": (
        b"letters" * 20,
        "frame @ byte 0: the declared length is no number. expected 6 digits, got others",
    ),
    "unknown": (
        RESULT.replace(b"DB0202", b"DB0999"),
        (f"header @ bytes 6–11: unknown telegram. expected one of {WIRE_IDS}, got another"),
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_bytes_that_are_no_telegram_are_told_apart(denbun, name):
    data, text = STRANGERS[name]
    plain, formatted = (
        denbun("decode", "--hex", data.hex()),
        denbun("decode", "--json", "--hex", data.hex()),
    )
    assert (plain.code, plain.out) == (1, f"! {text}\n")
    assert (formatted.code, json.loads(formatted.out)["faults"]) == (1, [{"text": text}])


UNUSABLE = {
    "no-hex": (
        ["--hex", "3z"],
        "denbun: --hex: not hexadecimal. expected pairs of 0-9 and a-f, got others",
    ),
    "nothing": ([], "denbun: decode: no telegram. expected FILE or --hex HEX, got neither"),
    "both": (
        ["telegram.bin", "--hex", "00"],
        "denbun: decode: no telegram. expected FILE or --hex HEX, got both",
    ),
    "no-bytes": (
        ["--hex", ""],
        "denbun: decode: cannot tell the telegram. expected --spec ID or a header, got no bytes",
    ),
    "nameless-json": (
        ["--hex", b" {}".hex()],
        (
            "denbun: decode: cannot tell the telegram. expected --spec ID, "
            f"got a JSON body that fits none of {JSON_BODIES} telegrams; nearest:"
            "\n  denbun decode --spec file_received --hex HEX"
            "\n  denbun decode --spec token_refusal --hex HEX"
            "\n  denbun decode --spec accepted --hex HEX"
        ),
    ),
    "no-file": (["none.bin"], "denbun: none.bin: No such file or directory"),
    "no-spec": (
        ["--spec", "recipt", "--hex", "00"],
        (
            f"profile open: unknown telegram. expected one of {len(SPECS)} ids, "
            "got recipt; near: receipt"
        ),
    ),
}


def test_what_is_wrong_is_told_in_japanese_on_request(denbun, tmp_path):
    (tmp_path / "wrong.bin").write_bytes(WRONG)
    told = denbun("decode", tmp_path / "wrong.bin", "--lang", "ja")
    head, columns, *_ = told.out.splitlines()
    faults = [line for line in told.out.splitlines() if line.startswith("! ")]
    assert told.code == 1
    assert head == "number_issue_result 個人番号生成結果 (90 バイト)"
    assert columns.split() == ["項目id", "項目", "位置", "バイト", "値"]
    assert faults == [
        "! 個人番号生成結果/区分 @ byte 60: 固定値の誤り。期待: 3、実際: 9",
        (
            "! 個人番号生成結果/個人番号 @ bytes 76–87: 検査数字の誤り。"
            "期待: 正しい検査数字（個人番号）、実際: ************"
        ),
    ]
    assert WRONG_NUMBER not in told.out


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_decoded_exits_3(denbun, file, name):
    arguments, text = UNUSABLE[name]
    said = denbun("decode", *arguments)
    assert file.exists()
    assert (said.code, said.out, said.err) == (3, "", f"{text}\n")


def test_encode_is_the_way_back(denbun, file, tmp_path):
    shown = json.loads(denbun("decode", "--json", "--unmask", file).out)
    values, out = tmp_path / "values.json", tmp_path / "again.bin"
    values.write_text(json.dumps(shown["values"]), "utf-8")
    assert denbun("encode", "number_issue_result", values, "--out", out).code == 0
    assert out.read_bytes() == RESULT
    assert denbun("encode", "number_issue_result", values).out == f"{RESULT.hex()}\n"


VALUES = {
    "faults": (
        '{"count": "x", "municipality": "1"}',
        (
            "住民票コード取得要求/municipality: unknown item. expected an item of the telegram, "
            "got municipality\n"
        ),
    ),
    "no-json": (
        '{"count":\n "1",}',
        "denbun: values.json:2: not JSON. expected valid JSON, got ",
    ),
    "a-list": ("[]", "denbun: values.json:1: wrong document. expected an object, got list\n"),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_that_make_no_telegram_exit_3(denbun, tmp_path, name):
    text, told = VALUES[name]
    (tmp_path / "values.json").write_text(text, "utf-8")
    said = denbun("encode", "juminhyo_code_request", "values.json")
    assert (said.code, said.out) == (3, "")
    assert told in said.err


def values_of(telegram, **more):
    """Return the values of a published telegram, some of them otherwise."""
    known = load_vectors(load_profile().files).good.values()
    first = next(vector for vector in known if vector.telegram == telegram)
    return json.dumps({**first.values, **more})


def test_encode_tells_which_characters_it_replaces(denbun, tmp_path):
    values = tmp_path / "values.json"
    values.write_text(values_of("delivery_address", name="山𠮷　葛󠄀"), "utf-8")
    said = denbun("encode", "delivery_address", values)
    assert said.code == 0
    assert "5c7130133000845b3013" in said.out
    assert said.err == (
        "denbun: 送付先情報/宛名 @ bytes 77–156: character outside the charset. "
        "expected characters of juki (not character 2, 5), got U+20BB7, U+E0100, written as 〓. "
        "The field allows it (unmapped: substitute); give another character to send another\n"
    )


@pytest.mark.parametrize("name", ["山田", "〓田"])
def test_encode_says_nothing_of_characters_that_have_a_code(denbun, tmp_path, name):
    values = tmp_path / "values.json"
    values.write_text(values_of("delivery_address", name=name), "utf-8")
    said = denbun("encode", "delivery_address", values)
    assert (said.code, said.err) == (0, "")


def test_encode_refuses_such_a_character_where_the_field_allows_no_substitute(denbun, tmp_path):
    values = tmp_path / "values.json"
    values.write_text(values_of("identity_notice", name="山𠮷"), "utf-8")
    said = denbun("encode", "identity_notice", values)
    assert (said.code, said.out) == (3, "")
    assert "本人確認情報/氏名" in said.err
    assert "expected characters of juki (not character 2)" in said.err
