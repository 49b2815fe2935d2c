"""Adapters that misbehave over a spool: two folders and files in them."""

from __future__ import annotations

import json
import threading
import time

import pytest

from steps.drivers.framing import FRAMINGS, LONGEST
from steps.drivers.protocol import DriverError, SutLost
from steps.drivers.spool import Spool
from tests.steps.attached import NETWORK, conversation
from tests.steps.misbehaviour import LATE, LONG, NOT_JSON, SHORT

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
        self.served = threading.Semaphore(0)
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
                self.served.release()

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


def spool(folder, kind=Spool):
    return kind(folder / "in", folder / "out", FRAMINGS["json"], poll=0.005)


class Served(Spool):
    """A spool that waits for an answer once the clerk is done with the command."""

    def send(self, message):
        super().send(message)
        assert self.clerk.served.acquire(timeout=LONG)


@pytest.mark.parametrize("name", BAD_SPOOL)
def test_spool(tmp_path, name):
    ending, prepared, error, text = BAD_SPOOL[name]
    transport = spool(tmp_path, Served)
    transport.clerk = clerk = Clerk(tmp_path, ending, prepared)
    driver = conversation(transport)
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
    finish = threading.Thread(target=clerk.answer_later, daemon=True)
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
