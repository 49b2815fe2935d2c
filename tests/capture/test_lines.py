"""Files of lines, hex dumps, folders and maps: what is read, and what is said of the rest."""

import json

import pytest

from steps.capture.hexdump import is_hexdump, read_dumps
from steps.capture.mapping import load_map
from steps.capture.model import BadInput
from steps.capture.sources import find_files
from telegram_specs import SpecError
from tests.capture.conftest import code_of

DATA = bytes(range(40))
DUMPS = {
    "plain": "00 01 02 03\n0405\n" + DATA[6:].hex(),
    "xxd": "".join(
        f"{at:08x}: {DATA[at : at + 16].hex(' ', 2):39}  gutter 00\n" for at in range(0, 40, 16)
    ),
    "hexdump": "".join(
        f"{at:08x}  {DATA[at : at + 8].hex(' ')}  {DATA[at + 8 : at + 16].hex(' ')}  |00 01|\n"
        for at in range(0, 40, 16)
    )
    + "00000028\n",
    "od": "".join(f"{at:06x} {DATA[at : at + 16].hex(' ')}\n" for at in range(0, 40, 16)),
    "wireshark": "".join(
        f"{at:04x}   {DATA[at : at + 16].hex(' ')}   ab cd\n" for at in range(0, 40, 16)
    ),
}


@pytest.mark.parametrize("form", DUMPS)
def test_every_form_of_dump_is_read(form):
    assert is_hexdump(DUMPS[form])
    (dump,) = read_dumps(DUMPS[form].splitlines())
    assert (dump.line, dump.data, dump.problem) == (1, DATA, None)


def test_repeated_rows_and_several_dumps():
    row = "00 " * 16
    text = f"00000000  {row}\n*\n00000030  01\n\n00000000  02 03\n"
    found = [(dump.line, dump.data) for dump in read_dumps(text.splitlines())]
    assert found == [(1, bytes(48) + b"\1"), (5, b"\2\3")]


def test_a_row_that_is_missing_is_told_of():
    dumps = list(read_dumps(["00000000  00 01", "00000010  02 03"]))
    assert dumps[0].problem == "line 2: offset 10. expected 2"


def test_rows_that_are_left_out_stand_for_no_more_than_a_file_holds():
    row = "00 " * 16
    (dump,) = read_dumps([f"00000000  {row}", "*", f"fffffffffffff0  {row}"])
    assert dump.data == bytes(16)
    assert dump.problem == "line 3: offset fffffffffffff0. expected 10"


def test_a_telegram_is_no_dump(telegrams):
    assert not is_hexdump(telegrams.request(code_of(1)).decode())


def test_a_file_holds_telegrams_one_after_the_other(judge, telegrams):
    data = b"".join(telegrams.request(code_of(n)) for n in range(5))
    outcome = judge(a_bin=data, b_txt=data.hex().encode())
    assert outcome.telegrams == {"number_issue_request": 10}
    assert outcome.exit_code == 0


def test_a_half_telegram_in_a_file_is_told_of(judge, telegrams):
    outcome = judge(a_bin=telegrams.request(code_of(1)) + telegrams.request(code_of(2))[:30])
    assert outcome.telegrams == {"number_issue_request": 1}
    assert outcome.troubles == {"half": 1}


def test_noise_is_foreign(judge):
    outcome = judge(a_bin=b"\x00\xff noise" * 9, b_bin=b"")
    assert (outcome.troubles, outcome.exit_code) == ({"foreign": 1, "unreadable": 1}, 5)


def test_answers_in_other_files_are_paired_by_serial(judge, telegrams):
    asked = telegrams.request(code_of(1))
    outcome = judge(a_bin=asked, b_bin=telegrams.answer(asked))
    assert outcome.tallies["FORMAT-002"].observed == 3  # two serials and one reference


def line(data, **more):
    return json.dumps({"hex": data.hex(), **more}).encode() + b"\n"


def test_plain_lines_are_judged_and_bad_ones_told_of(judge, telegrams):
    asked = telegrams.request(code_of(1))
    said = {"from": "juki", "to": "cs", "link": "cs_link", "time": "2026-05-01T09:00:00+09:00"}
    body = json.dumps({"serial": "x"}).encode()
    outcome = judge(
        a_jsonl=line(asked, **said)
        + line(telegrams.answer(asked))
        + b"{}\nnothing\n"
        + line(b"", **{"from": "nobody"})
        + line(body, method="POST", target="/v1/integrated-numbers")
    )
    assert outcome.telegrams == {
        "number_issue_request": 1,
        "receipt": 1,
        "integrated_number_notice": 1,
    }
    assert [
        (one.origin.number, one.text.partition(".")[0]) for one in outcome.places["unreadable"]
    ] == [
        (3, "hex: Field required"),
        (4, "no JSON object"),
        (5, "from: unknown role"),
    ]


TIMES = ["Infinity", "1e400", '"nan"', '"-inf"', '"0000-00-00"', '"0001-01-01T00:00:00+23:59"']


@pytest.mark.parametrize("time", TIMES)
def test_a_time_that_is_none_keeps_no_telegram_from_being_judged(judge, telegrams, time):
    raw = telegrams.request(code_of(1)).hex()
    outcome = judge(a_jsonl=f'{{"hex": "{raw}", "time": {time}}}\n'.encode())
    assert outcome.telegrams == {"number_issue_request": 1}


def test_a_line_that_is_nested_too_deeply_is_told_of(judge, telegrams):
    good = line(telegrams.request(code_of(1)))
    outcome = judge(a_jsonl=good + b"[" * 20_000 + b"\n", b_bin=b"[" * 20_000)
    assert outcome.telegrams["number_issue_request"] == 1
    assert outcome.troubles["unreadable"] == 1


def test_a_body_in_a_file_is_known_by_its_items(judge):
    values = {"serial": "a" * 36, "integrated_number": "1", "acquisition_number": "2"}
    outcome = judge(a_json=json.dumps(values).encode(), b_json=b'{"other": 1}')
    assert sum(outcome.telegrams.values()) + outcome.troubles["unknown"] == 2
    assert outcome.troubles["unknown"] >= 1


def test_a_folder_is_read_by_name_without_what_is_unfinished(tmp_path):
    for name in ("b.bin", "a.bin", "c.bin.tmp", ".hidden", "sub/d.bin"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a.bin", "b.bin", "sub/d.bin"]


def test_paths_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(BadInput, match=r"not there\. expected a file or a folder, got none"):
        find_files([tmp_path / "x"])
    with pytest.raises(BadInput, match=r"an empty folder\. expected files"):
        find_files([tmp_path])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "listeners:\n  - {address: '1.2.3.4:5', role: jukki, link: cs_link}\n",
            "map.yaml:2 /listeners/0/role: unknown role. expected one of juki, cs,",
        ),
        (
            "listeners:\n  - {address: 'host:5', role: cs, link: cs_link}\n",
            "map.yaml:2 /listeners/0/address: not an address. expected an IPv4 or IPv6 address",
        ),
        (
            "listeners:\n  - {address: ':5', role: atena, link: cs_link}\n",
            "map.yaml:2 /listeners/0: atena has no end of cs_link. expected one of juki, cs",
        ),
        ("listener: []\n", "map.yaml:1 /listener: unknown key. expected a key"),
    ],
    ids=range(4),
)
def test_a_wrong_map_is_told_of_with_its_line(tmp_path, text, told):
    path = tmp_path / "map.yaml"
    path.write_text(text)
    with pytest.raises(SpecError) as error:
        load_map(path)
    assert str(error.value).startswith(told)
