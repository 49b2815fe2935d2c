"""``denbun serve``: the bundled systems on their documented ports."""

from __future__ import annotations

import os
import signal
import socket
import sys

import pytest

from telegram_specs import load_profile

ADDRESS = f"127.9.{os.getpid() // 256 % 256}.{os.getpid() % 256}"
"""A loopback address of this process alone, so that the documented ports are free."""
REQUEST = {
    "sender": "999016",
    "receiver": "000001",
    "serial": "0000000001",
    "ref_serial": "0000000000",
    "created_date": "2026-05-01",
    "created_time": "093000",
    "result": "0000",
    "count": "3",
}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="one loopback address only")


def lines_until(stream, start):
    """Return lines up to the first that begins with a text."""
    found = []
    while line := stream.readline().decode():
        found.append(line.rstrip("\n"))
        if line.startswith(start):
            return found
    raise AssertionError(f"{start!r} never came: {found}")


@pytest.fixture
def exchange():
    """Return a function that sends bytes to cs and returns what comes back."""

    def send(data):
        with socket.create_connection((ADDRESS, 9111), timeout=60) as connection:
            connection.sendall(data)
            return connection.recv(4096)

    return send


def test_it_answers_and_prints_each_telegram_until_ctrl_c(started, exchange):
    receipt = load_profile().spec("receipt")
    process = started("serve", "cs", "--bind", ADDRESS, "--peer", "juki/tcp=127.0.0.1:9")
    head = lines_until(process.stdout, "token client")
    assert head[0] == (
        "profile open 2025 (synthetic), plain HTTP, not for conformance runs; Ctrl-C ends"
    )
    assert [line.split()[:4] for line in head[2:-1]] == [
        ["serving", "cs", "tcp", f"{ADDRESS}:9111"],
        ["serving", "nws", "http", f"{ADDRESS}:9122"],
        ["expecting", "chukan", "http", "127.0.0.1:9142"],
        ["expecting", "juki", "tcp", "127.0.0.1:9"],
        ["expecting", "juki_b", "tcp", "127.0.0.1:9201"],
    ]
    answer = receipt.decode(exchange(load_profile().spec("juminhyo_code_request").encode(REQUEST)))
    assert (answer.faults, answer.values["result"]) == ((), "0000")
    request, reply = (process.stdout.readline().decode().rstrip("\n")[13:] for _ in range(2))
    assert request == (
        "cs_link juki -> cs 住民票コード取得要求 通番=0000000001 参照通番=0000000000 "
        "処理結果=0000 正常 要求件数=3"
    )
    serial = answer.values["serial"]
    assert reply == f"cs_link cs -> juki 受付 通番={serial} 参照通番=0000000001 処理結果=0000 正常"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_it_shows_every_field_masked_when_asked(started, exchange):
    code = "24727059608"
    process = started("serve", "cs", "--bind", ADDRESS, "--verbose")
    lines_until(process.stdout, "token client")
    values = {name: value for name, value in REQUEST.items() if name != "count"}
    spec = load_profile().spec("number_issue_request")
    exchange(spec.encode({**values, "juminhyo_code": code}))
    shown = lines_until(process.stdout, "end_mark")
    assert [line.split() for line in shown[-2:]] == [
        ["juminhyo_code", "住民票コード", "*" * 11],
        ["end_mark", "終端", "$$"],
    ]
    assert code not in "".join(shown)


def test_broken_bytes_are_told_and_the_next_telegram_is_served(started, exchange):
    process = started("serve", "cs", "--bind", ADDRESS)
    lines_until(process.stdout, "token client")
    exchange(b"garbage" * 20)
    assert (
        process.stdout.readline().decode()[13:].startswith("cs_link juki -> cs 140 bytes ! frame")
    )
    assert exchange(load_profile().spec("juminhyo_code_request").encode(REQUEST))


def test_a_port_that_is_taken_is_told(program):
    with socket.create_server((ADDRESS, 9132)):
        said = program("serve", "atena", "--bind", ADDRESS)
    where = f"error while attempting to bind on address ('{ADDRESS}', 9132)"
    told = f"denbun: {where}: address already in use\n"
    assert (said.code, said.out, said.err) == (3, "", told)


def test_https_comes_with_a_test_ca(started, tmp_path):
    process = started("serve", "chukan", "--bind", ADDRESS, "--tls", "certificates")
    head = lines_until(process.stdout, "token client")
    ca = tmp_path / "certificates" / "ca.pem"
    assert head[0] == (
        "profile open 2025 (synthetic), HTTPS (test CA: certificates/ca.pem); Ctrl-C ends"
    )
    assert ca.read_text().startswith("-----BEGIN CERTIFICATE-----")
