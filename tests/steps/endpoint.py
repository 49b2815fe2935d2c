"""An adapter behind HTTP that says what a test has prepared, byte by byte."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress


def http(status, body, *headers, kind="application/json"):
    head = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close", *headers]
    return ("\r\n".join([*head, "", ""])).encode() + body


def good(answer):
    body = json.dumps(answer).encode()
    return http(200, body, f"Content-Length: {len(body)}")


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
