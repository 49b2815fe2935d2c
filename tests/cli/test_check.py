"""``denbun check``: words, exit codes, and nothing that leads to a person."""

import base64
import json

import pytest

from reports import Record, TranscriptWriter
from telegram_specs import load_profile
from tests.capture import wires
from tests.capture.conftest import Telegrams, code_of, number_of

CODE, NUMBER = code_of(4444444444), number_of(55555555555)
NAME, OTHER = "秘密　花子", "内緒　太郎"


@pytest.fixture
def telegrams():
    return Telegrams(load_profile())


def capture(path, *said):
    talk = wires.Talk().open()
    for side, data in said:
        talk.say(side, data)
    path.write_bytes(wires.pcap([wires.ethernet(packet) for packet in talk.packets]))
    return path


def twice(telegrams, tmp_path):
    """Two people with one code, one number twice, and a wrong check digit."""
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    said = [
        telegrams.notice(CODE, "", NAME),
        telegrams.notice(CODE, "", OTHER, furigana="ナイショ　タロウ"),
        telegrams.result(CODE, NUMBER),
        telegrams.result(code_of(7777777777), NUMBER),
    ]
    bad = telegrams.notice(CODE, NUMBER, NAME, entry="2")
    bad = bad.replace(NUMBER.encode(), wrong.encode())
    return capture(tmp_path / f"{CODE}.pcap", *((0, one) for one in [*said, bad]))


def test_nothing_violated_is_0(denbun, telegrams, tmp_path):
    asked = telegrams.request(CODE)
    path = capture(tmp_path / "a.pcap", (0, asked), (1, telegrams.answer(asked)))
    said = denbun("check", path, "--lang", "en")
    assert said.code == 0
    assert "OBSERVED (nothing violated)" in said.out
    assert "A capture never shows that a requirement is kept." in said.out
    assert "PASS" not in said.out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_violated_is_1_with_its_place(denbun, telegrams, tmp_path, lang):
    said = denbun("check", twice(telegrams, tmp_path), "--lang", lang)
    assert said.code == 1
    for requirement in ("BIRTH-007", "NUM-001", "BIRTH-006", "FORMAT-001"):
        assert f"{requirement} (MUST" in said.out
    assert "本人確認情報" in said.out
    assert "juminhyo_code" in said.out


@pytest.mark.parametrize("options", [(), ("--lang", "en"), ("--json",)], ids=range(3))
def test_no_number_code_or_name_is_shown(denbun, telegrams, tmp_path, options):
    said = denbun("check", twice(telegrams, tmp_path), *options)
    shown = (said.out + said.err).lower()
    for secret in (CODE, NUMBER, CODE[:-1], NUMBER[:-1], NAME, OTHER, NAME[-2:], OTHER[-2:]):
        raw = secret.encode()
        wide = "".join(chr(ord(c) + 0xFEE0) if c.isdecimal() else c for c in secret)
        for form in (secret, wide, raw.hex(), secret.encode("utf-16-be").hex()):
            assert form.lower() not in shown
        assert base64.b64encode(raw).decode().rstrip("=").lower() not in shown


def test_json_holds_place_field_byte_expected_and_actual(denbun, telegrams, tmp_path):
    data = json.loads(denbun("check", twice(telegrams, tmp_path), "--json").out)
    assert data["exit_code"] == 1
    found = {one["id"]: one for one in data["requirements"]}
    assert {one["state"] for one in found.values()} == {"VIOLATED", "OBSERVED", "NOT_EXERCISED"}
    (proof,) = found["BIRTH-006"]["evidence"]
    assert (proof["number"], proof["field"], proof["expected"]) == (7, "entry", "記載")
    spec = load_profile().spec("identity_notice")
    entry = next(r for r in spec.describe(telegrams.notice(CODE)) if r.field == "entry")
    assert (proof["byte"], proof["length"]) == (entry.offset, entry.length)


def test_a_role_narrows_what_is_judged(denbun, telegrams, tmp_path):
    said = denbun("check", twice(telegrams, tmp_path), "--role", "cs", "--json")
    states = {one["id"]: one["state"] for one in json.loads(said.out)["requirements"]}
    assert states["NUM-001"] == "VIOLATED"
    assert "BIRTH-007" not in states


def test_nothing_to_judge_is_5(denbun, tmp_path):
    capture(tmp_path / "a.pcap", (0, b"SSH-2.0\r\n"))
    said = denbun("check", "a.pcap")
    assert said.code == 5
    assert "判定できる電文がありません。" in said.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "check: nowhere: not there. expected a file or a folder, got none"),
        ([".", "--role", "jukki"], "--role: unknown role. expected one of juki, cs,"),
        ([".", "--map", "m.yaml"], "m.yaml:1 /codes: unknown role. expected one of juki,"),
        (["cut.jsonl"], "cut.jsonl:1: line changed."),
    ],
    ids=range(4),
)
def test_bad_input_is_3(denbun, tmp_path, arguments, told):
    (tmp_path / "m.yaml").write_text("codes: {'999016': nobody}\n")
    line = {"prev": "0" * 64, "hash": "0" * 64, "raw": "", "case_id": None}
    (tmp_path / "cut.jsonl").write_text(json.dumps(line) + "\n")
    said = denbun("check", *arguments)
    assert said.code == 3
    assert told in said.err
    assert "Traceback" not in said.err


def test_decode_shows_every_telegram_of_a_transcript(denbun, telegrams, tmp_path):
    with TranscriptWriter(tmp_path / "t.jsonl") as writer:
        for number, raw in enumerate((telegrams.request(CODE), telegrams.notice(CODE)), 1):
            writer.write(
                Record(
                    seq=number, t_ms=0, link="cs_link", sender="juki", receiver="cs",
                    way="received", raw=raw,
                )
            )  # fmt: skip
    said = denbun("decode", "t.jsonl")
    assert said.code == 0
    assert "個人番号生成要求" in said.out
    assert "本人確認情報" in said.out
    assert CODE not in said.out
    assert said.out.index("個人番号生成要求") < said.out.index("本人確認情報")
