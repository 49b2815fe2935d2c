"""Consoles of all kinds: other encodings, no colours, no terminal, a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess

import pytest

ESCAPE = "\x1b"
TITLE = "出生で記載する"


def test_a_cp932_console_shows_what_it_can(program):
    number = "000090DB02020100000199901600000000010000000000202605010930003000024727059608"
    telegram = f"{number}123456789019$$".encode()
    said = program("decode", "--hex", telegram.hex(), PYTHONIOENCODING="cp932")
    assert said.code == 1
    assert said.out.splitlines()[-1] == (
        "! 個人番号生成結果/個人番号 @ bytes 76-87: wrong check digit. "
        "expected a right check digit (individual_number), got ************"
    )


def test_a_cp932_console_does_not_change_a_run(program):
    said = program("run", "--tags", "STOCK-007", "--seed", "1", PYTHONIOENCODING="cp932")
    assert (said.code, said.err) == (0, "試験項目 2/2 PASS 2\n")
    assert said.out.splitlines()[-1] == "報告書: conformance-report/report.html"


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1"])
def test_no_encoding_stops_a_list(program, encoding):
    said = program("requirements", PYTHONIOENCODING=encoding)
    assert (said.code, said.err) == (0, "")


def test_json_is_whole_in_every_encoding(program):
    plain, narrow = (
        program("specs", "list", "--json", PYTHONIOENCODING=encoding).out
        for encoding in ("utf-8", "ascii")
    )
    assert json.loads(plain) == json.loads(narrow)


def test_without_a_terminal_there_are_no_control_codes(finished):
    _, said = finished
    assert ESCAPE not in said.out + said.err


@pytest.mark.parametrize(
    ("more", "fancy"),
    [({}, True), ({"NO_COLOR": "1"}, False)],
    ids=["terminal", "no-color"],
)
def test_a_terminal_gets_a_bar_unless_it_wants_none(started, more, fancy):
    ours, theirs = pty.openpty()
    process = started(
        "run", "--tags", "STOCK-007", "--seed", "1", more={"TERM": "xterm", **more}, stderr=theirs
    )
    os.close(theirs)
    shown = _everything(ours)
    out, _ = process.communicate()
    assert (process.returncode, ESCAPE in shown, ESCAPE in out.decode()) == (0, fancy, False)
    assert ("試験項目 2/2 PASS 2" in shown) is not fancy
    assert ("2/2" in shown, "PASS 2" in shown) == (True, True)
    assert (TITLE in shown) is fancy


def _everything(terminal):
    shown = b""
    try:
        while data := os.read(terminal, 4096):
            shown += data
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return shown.decode()


def test_a_closed_pipe_is_no_error(started):
    process = started("requirements", stdout=subprocess.PIPE)
    process.stdout.close()
    _, err = process.communicate()
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err
