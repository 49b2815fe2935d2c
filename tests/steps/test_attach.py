"""The adapter check and the links, on starters with one thing broken each."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from denbun.attaching import facts
from reference_impl.adapter import tls_contexts
from steps.attach import links, stamp
from steps.attach.check import Checked, attached, check_adapter
from steps.attach.finding import CHECKS, CONVERSATION, SYSTEM, Finding
from steps.attach.links import LINK_CHECKS, openings, try_links
from steps.attach.probe import Probe
from steps.attach.system import System
from steps.bench.ca import make_ca
from steps.drivers.protocol import Reply
from steps.pixit import REFERENCE_PIXIT
from steps.sut import Product, StdioChoice, SutFile, load_sut, reference_sut
from telegram_specs import SpecError, load_profile
from telegram_specs.network import Endpoint
from tests.steps.conftest import record

STARTER = (Path(__file__).parents[2] / "examples" / "adapters" / "adapter.py").read_text("utf-8")
PROFILE = load_profile()
PATIENT = REFERENCE_PIXIT.model_copy(update={"send_within": 2.0, "answer_within": 5.0})


def checked(sut, role="juki") -> Checked:
    return check_adapter(sut, role=role, profile=PROFILE, profile_folder=None, seed=1)


@pytest.fixture
def starter(tmp_path):
    """Return a function that attaches the starter with some of its text replaced."""

    def attach(*changes, **pixit) -> SutFile:
        text = STARTER
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "adapter.py").write_text(text, "utf-8")
        return SutFile(
            product=Product(name="starter"),
            driver=StdioChoice(kind="stdio", command=(sys.executable, "adapter.py"), cwd=tmp_path),
            pixit=PATIENT.model_copy(update=pixit),
        )

    return attach


def statuses(result):
    return {finding.check: finding.status for finding in result.findings}


def test_a_starter_converses_and_has_no_system(starter):
    result = checked(starter())
    assert statuses(result) == {
        **dict.fromkeys(CONVERSATION, "ok"),
        **dict.fromkeys(SYSTEM, "none"),
    }
    assert (result.conversation, result.system, result.exit_code) == ("ok", "none", 2)


BROKEN = {
    "hello": [('command["nonce"]', "'another'")],
    "random_action": [
        ('return UNSUPPORTED  # command["what"]', 'return {"status": "ok"}  # command["what"]')
    ],
    "unknown_verb": [("lambda _: UNSUPPORTED", "lambda _: {'status': 'ok'}")],
    "used_seq": [('command["seq"] > last', 'command["seq"]')],
    "broken_message": [("except (ValueError, KeyError, TypeError)", "except FileNotFoundError")],
    "long_message": [
        ("    try:\n        command", "    assert len(line) <= LONGEST\n    try:\n        command")
    ],
    "flush": [
        (
            "    # FIRST EVENT",
            "    if command['action'] == 'flush': return {'status': 'error'}\n    # FIRST EVENT",
        )
    ],
    "restart": [("def main():\n", "def main():\n    open('once', 'x').close()\n")],
    "stop": [("            break\n", "            input()\n")],
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_conversation_is_found(starter, name):
    result = checked(starter(*BROKEN[name]))
    found = statuses(result)
    assert found[name] == "failed"
    assert (result.conversation, result.exit_code) == ("broken", 1)
    if name not in {"hello", "restart"}:  # after these nothing else can be tried
        assert [check for check, status in found.items() if status == "failed"] == [name]


def test_an_adapter_that_is_too_slow_is_found(starter):
    slow = ('return UNSUPPORTED  # command["what"]', '__import__("time").sleep(1.5)  #')
    found = statuses(checked(starter(slow, command_within=1.0)))
    assert found["deadline"] == "failed"


@pytest.mark.parametrize("role", ["juki", "cs", "atena"])
def test_a_whole_system_passes(role):
    sut = reference_sut(role).model_copy(update={"pixit": PATIENT})
    result = checked(sut, role)
    assert {f.check: f.detail for f in result.findings if f.status == "failed"} == {}
    assert (result.conversation, result.system, result.exit_code) == ("ok", "ok", 0)
    assert statuses(result)["round_trip"] == ("ok" if role == "juki" else "uncovered")


class Heard:
    """Stands in for a bench that plays its part in a birth and hears these telegrams."""

    role, parts, pixit = (
        "atena",
        frozenset({"atena"}),
        PATIENT.model_copy(update={"send_within": 0.1}),
    )

    def __init__(self, *records):
        self.journal = self
        self.records, self._came = (), records

    def wait(self, found, *, since=0, within):  # noqa: ARG002 - as the journal
        return next((record for record in self._came if found(record)), None)

    def settle(self, *_args, within): ...

    def inside(self, _role):
        return True

    def today(self):
        return dt.date(2026, 4, 1)

    def provision(self, *_args):
        return Reply("ok", handle="h1")

    act = provision


@pytest.mark.parametrize(
    ("came", "status", "told"),
    [
        ([("token_response", 1)], "none", "no telegram came"),
        (
            [("token_response", 1), ("integrated_number_notice", None)],
            "ok",
            "atena → chukan 団体内統合宛名番号通知",
        ),
    ],
)
def test_an_answer_is_no_telegram_of_the_systems_own(monkeypatch, came, status, told):
    monkeypatch.setattr("steps.attach.system.CAUSES", 0.0)
    records = [record(telegram, {}, answers=answers) for telegram, answers in came]
    found = System(Heard(*records), seed=1).event()
    assert (found.status, found.detail) == (status, told)


class Held:
    """Stands in for a bench whose system keeps a household or its stock badly."""

    role = "juki"

    def __init__(self, *, lacked=(), **seen):
        self.lacked = lacked
        self.pixit, self._seen, self._head = REFERENCE_PIXIT, seen, {}
        self._stock = {}
        self.journal = type("Journal", (), {"records": ()})

    def provision(self, _role, kind, args):
        if kind in self.lacked:
            return Reply("unsupported")
        if kind == "household":
            self._head = args["head"]
            return Reply("ok", handle="h1")
        self._stock = {"count": len(args["codes"]), "threshold": args["threshold"]}
        return Reply("ok")

    def observe(self, _role, what, _args):
        data = self._head if what == "resident" else self._stock
        return Reply("ok", data=data | self._seen)


@pytest.mark.parametrize(
    ("seen", "status", "told"),
    [
        ({}, "ok", "household, resident; stock, stock"),
        ({"individual_number": ""}, "failed", "resident: individual_number is another one"),
        ({"juminhyo_code": "1"}, "failed", "resident: juminhyo_code is another one"),
        ({"count": 0}, "failed", "stock: count is another one"),
    ],
)
def test_the_round_trip_compares_what_comes_back(seen, status, told):
    found = System(Held(**seen), seed=1).round_trip()
    assert (found.status, found.detail) == (status, told)


@pytest.mark.parametrize(
    ("lacked", "status", "told"),
    [
        ({"stock"}, "ok", "household, resident; provision stock: unsupported"),
        ({"household"}, "ok", "provision household: unsupported; stock, stock"),
        (
            {"household", "stock"},
            "none",
            "provision household: unsupported; provision stock: unsupported",
        ),
    ],
)
def test_a_round_trip_of_one_register_is_one(lacked, status, told):
    found = System(Held(lacked=lacked), seed=1).round_trip()
    assert (found.status, found.detail) == (status, told)


@pytest.mark.parametrize("role", ["cs", "atena", "chukan", "shinsei"])
def test_a_role_without_a_round_trip_is_told_so_without_a_remedy(role):
    bench = Held()
    bench.role = role
    found = System(bench, seed=1).round_trip()
    assert (found.status, role in found.detail) == ("uncovered", True)
    (told,) = facts([found], CHECKS, "en")
    assert "remedy" not in told


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("ok", "ok", 0)),
        ({"listens": "none"}, ("ok", "partial", 2)),
        ({"event": "none"}, ("ok", "partial", 2)),
        ({"listens": "none", "event": "none"}, ("ok", "none", 2)),
        ({"round_trip": "none"}, ("ok", "ok", 0)),
        ({"telegrams": "failed"}, ("ok", "broken", 1)),
        ({"stop": "failed"}, ("broken", "ok", 1)),
    ],
)
def test_the_verdict_of_all_checks(changed, expected):
    found = {**dict.fromkeys(CHECKS, "ok"), **changed}
    result = Checked(tuple(Finding(name, status) for name, status in found.items()))
    assert (result.conversation, result.system, result.exit_code) == expected


# -- the stamp ---------------------------------------------------------------------------------


def test_the_stamp_is_of_this_very_file_in_this_role(tmp_path):
    sut = tmp_path / "sut.yaml"
    sut.write_text("product: {name: x}\n")
    assert not stamp.is_stamped(sut, role="juki")
    stamp.stamp(sut, role="juki", passed=True)
    assert stamp.is_stamped(sut, role="juki")
    assert not stamp.is_stamped(sut, role="cs")
    sut.write_text("product: {name: y}\n")
    assert not stamp.is_stamped(sut, role="juki")


def test_a_failed_check_takes_the_stamp_away(tmp_path):
    sut = tmp_path / "sut.yaml"
    sut.write_text("product: {name: x}\n")
    stamp.stamp(sut, role="juki", passed=True)
    stamp.stamp(sut, role="juki", passed=False)
    assert not stamp.stamp_path(sut).exists()


def test_a_stamp_that_cannot_be_read_is_none(tmp_path):
    sut = tmp_path / "sut.yaml"
    sut.write_text("product: {name: x}\n")
    stamp.stamp_path(sut).write_bytes(b"\xff{")
    assert not stamp.is_stamped(sut, role="juki")


def test_a_person_has_no_adapter(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "sut.yaml"
    path.write_text("product: {name: x}\ndriver:\n  kind: operator\n  port: 1\n", "utf-8")
    known = load_sut(path)
    with pytest.raises(SpecError) as caught:
        checked(known)
    assert str(caught.value) == (
        "sut.yaml:3 /driver/kind: no adapter to check. expected an adapter, got operator"
    )
    assert [*tmp_path.iterdir()] == [path]


# -- the links ---------------------------------------------------------------------------------


def tried(sut, role="juki"):
    """Return the findings by check, and the openings."""
    with attached(sut, role=role, profile=PROFILE, profile_folder=None, seed=1) as (bench, _):
        found: dict[str, list[Finding]] = {}
        for finding in try_links(bench):
            found.setdefault(finding.check, []).append(finding)
        return found, openings(bench)


def test_every_link_of_a_whole_system_is_in_order():
    found, ports = tried(reference_sut("juki").model_copy(update={"pixit": PATIENT}))
    assert {f.status for findings in found.values() for f in findings} == {"ok"}
    assert found.keys() == LINK_CHECKS.keys()
    assert {(port.way, port.role, port.link, port.protocol) for port in ports} == {
        ("in", "cs", "cs_link", "TCP"),
        ("out", "juki", "cs_link", "TCP"),
        ("in", "atena", "atena_link", "HTTP + TLS"),
        ("out", "juki", "atena_link", "HTTP + TLS"),
        ("in", "shinsei", "shinsei_link", "HTTP + TLS"),
        ("out", "juki", "shinsei_link", "HTTP + TLS"),
        ("in", "gyomu", "file_link", "HTTP + TLS"),
    }


def test_what_is_not_reached_is_found(starter):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        found, _ = tried(starter(("127.0.0.1:9101", address), ("127.0.0.1:9102", address)))
    assert [f.status for f in found["theirs"]] == ["failed", "failed"]
    assert [f.status for f in found["framing"]] == ["none"]


def test_a_port_that_is_taken_is_found(starter):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found, _ = tried(starter(ports={"cs": {"tcp": taken.getsockname()[1]}}))
    assert "failed" in {f.status for f in found["ports"]}


def test_an_adapter_that_does_not_greet_is_found(starter):
    found, ports = tried(starter(('command["nonce"]', "'another'")))
    assert found["adapter"][0].status == "failed"
    assert {port.role for port in ports if port.way == "in"} == {"cs", "atena", "shinsei", "gyomu"}


def test_codes_of_a_real_municipality_are_found(starter):
    found, _ = tried(starter(municipality_code="131016"))
    assert found["codes"][0].status == "failed"


DATES = {
    "none": ("", None),
    "no-date": ("Date: yesterday\r\n", None),
    "no-zone": ("Date: Sun, 22 Nov 2026 08:00:00 -0000\r\n", "2026-11-22T08:00:00+00:00"),
    "as-it-should-be": ("Date: Sun, 22 Nov 2026 08:00:00 GMT\r\n", "2026-11-22T08:00:00+00:00"),
}


@pytest.mark.parametrize("name", DATES)
def test_the_clock_of_an_http_answer(name):
    header, told = DATES[name]
    probe = Probe(PROFILE, "atena", codes={}, client=None, within=5.0)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            with server.accept()[0] as stream:
                stream.recv(65536)
                body = b"[" * 20_000  # nested more deeply than anybody reads
                head = f"HTTP/1.1 200 OK\r\n{header}Content-Length: {len(body)}\r\n\r\n"
                stream.sendall(head.encode() + body)

        thread = threading.Thread(target=answer)
        thread.start()
        seen = probe.send(Endpoint("127.0.0.1", server.getsockname()[1]), probe.good())
        thread.join()
    assert (seen.accepted, seen.text) == (False, "HTTP 200")
    assert (seen.clock and seen.clock.isoformat()) == told


@pytest.fixture
def secured(tmp_path):
    """Return a function that serves TLS with the certificate of another folder."""
    servers = []

    def serve(folder):
        files = make_ca(tmp_path / folder).by_name()
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        context = tls_contexts(files)[0]

        def answer():
            try:
                accepted, _ = server.accept()
                with accepted, context.wrap_socket(accepted, server_side=True) as stream:
                    stream.recv(1)
            except OSError:
                return

        threading.Thread(target=answer, daemon=True).start()
        return files, Endpoint("127.0.0.1", server.getsockname()[1])

    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    yield serve
    for server in servers:
        server.close()


def test_a_handshake_in_order_tells_names_and_expiry(secured):
    files, at = secured("one")
    found = links._handshake("tls_theirs", "juki", at, tls_contexts(files)[1])
    assert found.status == "ok"
    assert "localhost" in found.detail


def test_a_certificate_of_another_authority_is_found(secured, tmp_path):
    _, at = secured("one")
    other = make_ca(tmp_path / "other").by_name()
    found = links._handshake("tls_theirs", "juki", at, tls_contexts(other)[1])
    assert (found.status, "certificate" in found.detail) == ("failed", True)


def test_a_certificate_of_another_name_is_found(secured):
    files, at = secured("one")
    context = tls_contexts(files)[1]
    assert isinstance(context, ssl.SSLContext)
    found = links._handshake("tls_theirs", "juki", replace(at, host="127.1"), context)
    assert found.status == "failed"


def test_the_texts_of_all_checks_are_in_both_languages():
    for check in (*CHECKS.values(), *LINK_CHECKS.values()):
        assert all(check)
        assert check.ja != check.en
