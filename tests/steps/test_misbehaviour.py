"""Adapters that misbehave over kv, http and spool: each ends in a clear error, none in a hang."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from contextlib import suppress

import pytest

from steps.drivers.framing import FRAMINGS, LONGEST
from steps.drivers.http_endpoint import HttpEndpoint
from steps.drivers.managed import Managed
from steps.drivers.process import Log, OwnProcess
from steps.drivers.protocol import DriverError, SutLost
from steps.drivers.spool import Spool
from tests.steps.attached import NETWORK, TOKEN, conversation, over_stdio

SHORT, LONG = 0.3, 30.0
"""Deadlines: for an answer that does not come, for one that does."""
LATE = "observe: no answer within its deadline"


def misbehaves(driver, error, text, within):
    """Greet, ask once and see the error; then see that a further answer is understood."""
    driver.start(NETWORK)
    with pytest.raises(error) as caught:
        driver.command("observe", {"what": "stock"}, within=within)
    assert str(caught.value) == text
    assert driver.command("observe", {"what": "errors"}, within=LONG).status == "unsupported"


# -- kv ------------------------------------------------------------------------------------

KV = r"""
import os, sys, time

def read():
    told = {}
    for line in sys.stdin:
        line = line.rstrip("\n")
        if not line and told:
            return told
        key, _, value = line.partition("=")
        told[key] = value
    sys.exit()

def say(asked, *lines):
    print("seq=" + asked["seq"], *lines, "", sep="\n", flush=True)

asked = read()
assert asked["cmd"] == "hello" and asked["token"] == os.environ["DENBUN_TOKEN"]
say(asked, "status=ok", "nonce=" + asked["nonce"])
"""
GOES_ON = "\nwhile True: say(read(), 'status=unsupported')\n"
BAD_KV = {
    "garbage": (
        "read(); print('ready.\\n', flush=True)",
        DriverError,
        (
            "observe: line 1 is not key=value. expected key=value lines and a blank line on "
            "stdout; write messages for people to stderr"
        ),
    ),
    "not-utf-8": (
        "read(); sys.stdout.buffer.write(b'reason=\\x8e\\x52\\n\\n'); sys.stdout.flush()",
        DriverError,
        "observe: not UTF-8 (byte 8 of the answer)",
    ),
    "wrong-seq": (
        "read(); say({'seq': '9'}, 'status=ok')",
        DriverError,
        "observe: wrong seq. expected 2, got 9",
    ),
    "no-seq": (
        "read(); print('status=ok\\n', flush=True)",
        DriverError,
        "observe: wrong seq. expected 2, got None",
    ),
    "several-statuses": (
        "say(read(), 'status.1=ok', 'status.2=error')",
        DriverError,
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got ['ok', 'error']"
        ),
    ),
    "unknown-status": (
        "say(read(), 'status=fine')",
        DriverError,
        (
            "observe: unknown status. "
            "expected one of error, ok, pending, rejected, unsupported, got 'fine'"
        ),
    ),
    "a-megabyte": (
        "say(read(), 'status=ok', 'reason=' + 'x' * 1000000)",
        DriverError,
        "observe: an answer of more than 1000000 bytes",
    ),
    "no-number": (
        "say(read(), 'status=ok', 'data.count=many')",
        DriverError,
        "observe: wrong value of 'count'. expected a number",
    ),
    "nothing": ("read()", SutLost, LATE),
    "half-a-message": (
        (
            "a = read(); print('seq=' + a['seq'], flush=True)\n"
            "b = read(); print(); say(b, 'status=unsupported')"
        ),
        SutLost,
        f"{LATE}; 6 bytes came without their end",
    ),
    "late-answers-without-end": (
        (
            "read()\nend = time.monotonic() + 1\n"
            "while time.monotonic() < end: say({'seq': '1'}, 'status=ok')"
        ),
        SutLost,
        LATE,
    ),
}


@pytest.fixture
def kv_adapter(monkeypatch):
    """Return a function that makes a driver of an adapter that greets well in kv."""
    monkeypatch.setenv("DENBUN_TOKEN", TOKEN)
    drivers = []

    def make(script):
        command = [sys.executable, "-S", "-X", "utf8", "-c", KV + script]
        drivers.append(over_stdio(command, framing="kv")[0])
        return drivers[-1]

    yield make
    for driver in drivers:
        driver.kill()
        driver.stop()


@pytest.mark.parametrize("name", BAD_KV)
def test_kv(kv_adapter, name):
    script, error, text = BAD_KV[name]
    within = SHORT if error is SutLost else LONG
    misbehaves(kv_adapter(script + GOES_ON), error, text, within)


def test_kv_twice(kv_adapter):
    driver = kv_adapter("a = read()\nsay(a, 'status=ok')\nsay(a, 'status=error')" + GOES_ON)
    driver.start(NETWORK)
    assert driver.command("observe", {"what": "stock"}, within=LONG).ok
    assert driver.command("observe", {"what": "stock"}, within=LONG).status == "unsupported"


def test_kv_types_are_those_of_the_catalogue(kv_adapter):
    driver = kv_adapter("say(read(), 'status=ok', 'data.count=7', 'data.threshold=02', 'data.x=1')")
    driver.start(NETWORK)
    reply = driver.command("observe", {"what": "stock"}, within=LONG)
    assert reply.data == {"count": 7, "threshold": 2, "x": "1"}


ENDS = {
    "dies": ("read(); sys.exit(3)", "observe: the process ended (exit code 3)"),
    "dies-in-a-message": (
        "read(); print('seq=2', flush=True); sys.exit(3)",
        "observe: the process ended (exit code 3) in the middle of an answer",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_kv_ends(kv_adapter, name):
    script, text = ENDS[name]
    driver = kv_adapter(script)
    driver.start(NETWORK)
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value) == text


# -- http ----------------------------------------------------------------------------------


def http(status, body, *headers, kind="application/json"):
    head = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close", *headers]
    return ("\r\n".join([*head, "", ""])).encode() + body


def good(answer):
    body = json.dumps(answer).encode()
    return http(200, body, f"Content-Length: {len(body)}")


NOT_JSON = (
    "not a JSON object. expected one JSON object an answer, in UTF-8; "
    "write messages for people to stderr"
)
CHUNKED = "Transfer-Encoding: chunked"
BAD_HTTP = {
    "error": (
        http(500, b"oops"),
        DriverError,
        "HTTP 500: expected 200 with the answer as its body",
    ),
    "not-found": (
        http(404, b""),
        DriverError,
        "HTTP 404: expected 200 with the answer as its body",
    ),
    "redirect": (
        http(302, b"", "Location: http://192.0.2.1/"),
        DriverError,
        "HTTP 302: a redirect. expected the answer itself",
    ),
    "token-refused": (
        http(401, b""),
        DriverError,
        "HTTP 401: the token was refused. expected the run's token to be accepted",
    ),
    "content-type": (
        http(200, b"{}", kind="text/html"),
        DriverError,
        "a body of text/html. expected application/json",
    ),
    "garbage": (http(200, b"<p>"), DriverError, NOT_JSON),
    "not-utf-8": (http(200, b'{"reason": "\x8e\x52"}'), DriverError, NOT_JSON),
    "empty": (http(200, b"", "Content-Length: 0"), DriverError, NOT_JSON),
    "half-a-body": (
        http(200, b'{"seq":', "Content-Length: 100"),
        DriverError,
        "the body of the answer is not whole",
    ),
    "chunked-garbage": (
        http(200, b"zz\r\n{}\r\n", CHUNKED),
        DriverError,
        "not HTTP (ClientResponseError)",
    ),
    "half-a-chunk": (
        http(200, b"5\r\n{", CHUNKED),
        DriverError,
        "the body of the answer is not whole",
    ),
    "a-megabyte": (
        http(200, b" " * (LONGEST + 1)),
        DriverError,
        "an answer of more than 1000000 bytes",
    ),
    "not-http": (b"220 mail ready\r\n\r\n", DriverError, "not HTTP (ClientResponseError)"),
    "wrong-seq": (good({"seq": 9}), DriverError, "wrong seq. expected 2, got 9"),
    "earlier-seq": (
        good({"seq": 1, "status": "ok"}),
        DriverError,
        "the answer to another command. expected the seq of this one",
    ),
    "closes": (b"", SutLost, "the connection was closed without an answer"),
}


class Endpoint:
    """A listener that greets well and then gives prepared bytes, one answer after the other."""

    def __init__(self, *prepared, before=0.0, more=None):
        self._more = more or {}
        self.prepared = list(prepared)
        self.seen = []
        self._before = before
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as lines:
                self._answer(peer, lines)

    def _answer(self, peer, lines):
        head = {}
        first = lines.readline()
        while (line := lines.readline().strip()) and b":" in line:
            name, _, value = line.partition(b":")
            head[name.lower()] = value.strip()
        if not first:  # somebody only looks whether anybody listens
            return
        asked = json.loads(lines.read(int(head[b"content-length"])))
        self.seen.append((first.split()[1], head.get(b"authorization"), asked))
        answer = {"seq": asked["seq"], "status": "unsupported"}
        if asked["cmd"] == "hello":
            greeting = {"status": "ok", "nonce": asked["nonce"]}
            peer.sendall(good({**answer, **greeting, **self._more}))
        elif self.prepared:
            time.sleep(self._before)
            peer.sendall(self.prepared.pop(0))
        else:
            peer.sendall(good(answer))

    def close(self):
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # else the thread would go on listening
        self._server.close()


@pytest.fixture
def endpoint():
    opened = []

    def make(*prepared, **options):
        opened.append(Endpoint(*prepared, **options))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.mark.parametrize("name", BAD_HTTP)
def test_http(endpoint, name):
    prepared, error, text = BAD_HTTP[name]
    driver = conversation(HttpEndpoint(endpoint(prepared).url, token=TOKEN))
    misbehaves(driver, error, f"observe: {text}", LONG)
    driver.stop()


def test_production_is_left_alone(endpoint):
    one = endpoint(more={"environment": "production"})
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    with pytest.raises(DriverError, match="says that it is production"):
        driver.start(NETWORK)
    driver.stop()
    assert [asked["cmd"] for _, _, asked in one.seen] == ["hello", "stop"]


def test_http_says_nothing_in_time(endpoint):
    one = endpoint(b"", before=1.0)
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    misbehaves(driver, SutLost, LATE, SHORT)


def test_http_shows_the_token_and_asks_again_while_it_is_pending(endpoint):
    one = endpoint(good({"seq": 2, "status": "pending"}), good({"seq": 2, "status": "ok"}))
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    driver.start(NETWORK)
    assert driver.command("trigger", {"action": "birth"}, within=LONG).ok
    (path, shown, hello), asked, again = one.seen
    assert (path, shown, hello["token"]) == (
        b"/denbun/v1/command", f"Bearer {TOKEN}".encode(), TOKEN,
    )  # fmt: skip
    assert asked == again


def test_http_nobody_listens(endpoint):
    one = endpoint()
    driver = conversation(HttpEndpoint(one.url, token=TOKEN))
    driver.start(NETWORK)
    assert (driver.alive(), driver.exit_note()) == (True, "")
    one.close()
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value).startswith(f"observe: nobody listens at {one.url}/denbun/v1/command (")
    assert (driver.alive(), driver.exit_note()) == (False, "no longer reachable")
    driver.stop()


# -- spool ---------------------------------------------------------------------------------

BAD_SPOOL = {
    "garbage": ("res", b"ready.\n", DriverError, f"observe: {NOT_JSON}"),
    "not-utf-8": ("res", b'{"reason": "\x8e\x52"}\n', DriverError, f"observe: {NOT_JSON}"),
    "wrong-seq": ("res", b'{"seq": 9}\n', DriverError, "observe: wrong seq. expected 2, got 9"),
    "a-megabyte": (
        "res",
        b" " * (LONGEST + 1),
        DriverError,
        "observe: an answer of more than 1000000 bytes",
    ),
    "half-a-message": (
        "res",
        b'{"seq": 2, "stat',
        DriverError,
        (
            "observe: half an answer in NAME.res. expected it to be written as .tmp and renamed, "
            "with its end"
        ),
    ),
    "never-renamed": (
        "res.tmp",
        b'{"seq": 2, "status": "ok"}\n',
        SutLost,
        f"{LATE}; NAME.res.tmp was never renamed",
    ),
    "nothing": ("", b"", SutLost, f"{LATE}; the command was taken"),
    "earlier-seq": (
        "res",
        b'{"seq": 1, "status": "ok"}\n',
        SutLost,
        f"{LATE}; the command was taken",
    ),
}


class Clerk:
    """Serves a spool: greets well, answers one command as prepared, and all others."""

    def __init__(self, folder, ending, prepared):
        self.inbox, self.outbox = folder / "in", folder / "out"
        self.ending, self.prepared, self.name = ending, prepared, ""
        self.names = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while not self._stopped.wait(0.002):
            for path in sorted(self.inbox.glob("*.req")):
                asked = json.loads(path.read_bytes())
                path.unlink()
                self.names.append(path.stem)
                self._answer(path.stem, asked)

    def _answer(self, stem, asked):
        answer = {"seq": asked["seq"], "status": "unsupported", "nonce": asked.get("nonce")}
        if asked["cmd"] == "hello":
            answer["status"] = "ok"
        elif not self.name:
            if self.ending:
                (self.outbox / f"{stem}.{self.ending}").write_bytes(self.prepared)
            self.name = stem
            return
        unfinished = self.outbox / f"{stem}.res.tmp"
        unfinished.write_text(json.dumps(answer) + "\n")
        unfinished.rename(self.outbox / f"{stem}.res")

    def answer_later(self):
        """Give the real answer once the prepared one was taken."""
        while not self.name or (self.outbox / f"{self.name}.res").exists():
            time.sleep(0.002)
        unfinished = self.outbox / f"{self.name}.res.tmp"
        unfinished.write_text('{"seq": 2, "status": "ok"}\n')
        unfinished.rename(self.outbox / f"{self.name}.res")

    def stop(self):
        self._stopped.set()
        self._thread.join()


def spool(folder):
    return Spool(folder / "in", folder / "out", FRAMINGS["json"], poll=0.005)


@pytest.mark.parametrize("name", BAD_SPOOL)
def test_spool(tmp_path, name):
    ending, prepared, error, text = BAD_SPOOL[name]
    clerk = Clerk(tmp_path, ending, prepared)
    driver = conversation(spool(tmp_path))
    driver.start(NETWORK)
    with pytest.raises(error) as caught:
        driver.command("observe", {}, within=SHORT)
    assert str(caught.value).replace(clerk.name, "NAME") == text
    assert driver.command("observe", {}, within=LONG).status == "unsupported"
    assert clerk.names == sorted(clerk.names)
    driver.stop()
    clerk.stop()
    assert [*clerk.inbox.iterdir(), *clerk.outbox.iterdir()] == []


def test_spool_pending_is_no_answer_yet(tmp_path):
    clerk = Clerk(tmp_path, "res", b'{"seq": 2, "status": "pending"}\n')
    driver = conversation(spool(tmp_path))
    driver.start(NETWORK)
    finish = threading.Thread(target=clerk.answer_later)
    finish.start()
    assert driver.command("trigger", {"action": "birth"}, within=LONG).ok
    finish.join()
    driver.stop()
    clerk.stop()


def test_spool_forgets_what_lay_there(tmp_path):
    for place in ("in/1.req", "in/1.req.tmp", "out/1.res", "out/1.res.tmp", "out/notes.txt"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("stale\n")
    spool(tmp_path).open()
    assert [path.name for path in tmp_path.rglob("*.*")] == ["notes.txt"]


def test_spool_nobody_comes(tmp_path):
    driver = conversation(spool(tmp_path), deadlines={"hello": SHORT})
    with pytest.raises(SutLost) as caught:
        driver.start(NETWORK)
    assert str(caught.value) == "hello: no answer within its deadline"
    assert list((tmp_path / "in").iterdir()) == []


def test_spool_is_no_folder(tmp_path):
    (tmp_path / "in").write_text("")
    with pytest.raises(DriverError) as caught:
        spool(tmp_path).open()
    assert str(caught.value) == f"{tmp_path / 'in'}: not a spool folder: File exists"


# -- managed -------------------------------------------------------------------------------


def python(script):
    return [sys.executable, "-S", "-c", script]


SLEEPS, EXITS = "import time; time.sleep(1000)", "import sys; print('no licence'); sys.exit(4)"


@pytest.fixture
def managed(endpoint):
    """Return a function that makes a managed driver of an endpoint and commands."""
    drivers = []

    def make(start, *, url="", **options):
        log = Log()
        system = Managed(
            HttpEndpoint(url or endpoint().url, token=TOKEN),
            lambda command: OwnProcess(command, log=log),
            start=python(start),
            **options,
        )
        drivers.append(conversation(system, log, managed=True))
        return drivers[-1]

    yield make
    for driver in drivers:
        with suppress(DriverError):
            driver.kill()
        driver.stop()


NOBODY = "http://127.0.0.1:9"
BAD_STARTS = {
    "ends": (
        EXITS,
        {"url": NOBODY},
        SutLost,
        "driver/start: the process ended (exit code 4)",
    ),
    "never-listens": (
        SLEEPS,
        {"url": NOBODY, "start_within": SHORT},
        SutLost,
        "driver/start: the adapter was started and does not listen",
    ),
    "background-fails": (
        EXITS,
        {"background": True},
        DriverError,
        "driver/start: exit code 4. expected exit code 0",
    ),
}


@pytest.mark.parametrize("name", BAD_STARTS)
def test_managed_does_not_start(managed, name):
    start, options, error, text = BAD_STARTS[name]
    driver = managed(start, **options)
    with pytest.raises(error) as caught:
        driver.start(NETWORK)
    assert str(caught.value) == text
    assert driver.stderr_tail() == ("no licence" if start == EXITS else "")


def test_managed_is_killed_and_starts_again(managed):
    driver = managed(SLEEPS)
    driver.start(NETWORK)
    driver.kill()
    assert (driver.alive(), driver.exit_note(), driver.ended_by_itself()) == (
        False, "signal 9", False,
    )  # fmt: skip
    driver.start(NETWORK)
    assert driver.alive()


def test_managed_ends_in_the_middle(managed, endpoint):
    one = endpoint(b"", before=0.2)
    driver = managed("import sys; sys.stdin.read(); " + EXITS, url=one.url)
    driver.start(NETWORK)  # its stdin is empty: it ends at once
    while driver.alive():
        time.sleep(0.01)
    with pytest.raises(SutLost) as caught:
        driver.command("observe", {}, within=LONG)
    assert str(caught.value) == (
        "observe: the connection was closed without an answer; the system ended (exit code 4)"
    )
    assert (driver.exit_note(), driver.ended_by_itself()) == ("exit code 4", True)


def test_managed_kill_and_stop_are_commands(managed, tmp_path):
    note = f"import pathlib; pathlib.Path({str(tmp_path)!r}, {{!r}}).touch(); {{}}"
    driver = managed(
        SLEEPS,
        stop=python(note.format("stopped", "")),
        kill=python(note.format("killed", "import sys; sys.exit(3)")),
    )
    driver.start(NETWORK)
    with pytest.raises(DriverError) as caught:
        driver.kill()
    assert str(caught.value) == "driver/kill: exit code 3. expected exit code 0"
    driver.start(NETWORK)
    driver.stop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed", "stopped"]


def test_managed_ends_with_a_stop_command_that_fails(managed):
    driver = managed(SLEEPS, stop=python("import sys; sys.exit(3)"))
    driver.start(NETWORK)
    with pytest.raises(DriverError) as caught:
        driver.stop()
    assert str(caught.value) == "driver/stop: exit code 3. expected exit code 0"
    assert driver.exit_note() == "signal 9"
    assert driver.stderr_size() == 0
