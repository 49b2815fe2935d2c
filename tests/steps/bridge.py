"""Bridges of the bundled system to every transport: ``python bridge.py WAY DATA [WHERE...]``.

Each is written from ``docs/sut-protocol.md`` alone and shares no code with the harness. The system
behind it is a process that speaks JSON lines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

NUMBERS = {"v", "seq", "deadline_ms", "threshold", "count", "minutes"}
TOKEN = os.environ.get("DENBUN_TOKEN")


class System:
    """The system behind the bridge, started when it is first spoken to."""

    def __init__(self, data):
        self._data = data
        self._process = None

    def ask(self, command):
        """Return the answer to a command."""
        if command["cmd"] == "hello" and command["token"] != TOKEN:
            return {"seq": command["seq"], "status": "error", "reason": "wrong token"}
        if self._process is None:
            words = [sys.executable, "-m", "reference_impl", "--data", self._data]
            self._process = subprocess.Popen(
                [*words, "--role", command["role"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if command["cmd"] == "stop":
            self._process.wait()
            self._process = None
        return answer


def lines_of(value, key=""):
    if isinstance(value, dict):
        for name, member in value.items():
            yield from lines_of(member, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        yield f"{key}.0={len(value)}"
        for number, entry in enumerate(value, 1):
            yield from lines_of(entry, f"{key}.{number}")
    elif isinstance(value, bool):
        yield f"{key}={'true' if value else 'false'}"
    elif value is not None:
        yield f"{key}={quote(str(value), safe='/:+()[]{},; ')}"


def write_kv(message):
    return "".join(f"{line}\n" for line in [*lines_of(message), ""])


def read_kv(lines):
    message = {}
    for line in lines:
        key, _, value = line.rstrip("\r\n ").partition("=")
        *above, last = key.split(".")
        here = message
        for part in above:
            here = here.setdefault(part, {})
        here[last] = int(value) if last in NUMBERS else unquote(value)
    return lists_of(message)


def lists_of(value):
    if not isinstance(value, dict):
        return value
    if "0" in value:
        return [lists_of(value[str(n)]) for n in range(1, int(value["0"]) + 1)]
    return {name: lists_of(member) for name, member in value.items()}


def over_kv(system):
    lines = []
    for raw in sys.stdin.buffer:
        line = raw.decode().rstrip("\n")
        if line:
            lines.append(line)
            continue
        command = read_kv(lines)
        command.setdefault("args", {})
        command["network"] = {"tls": {}, **command["network"]} if "network" in command else {}
        lines.clear()
        sys.stdout.write(write_kv(system.ask(command)))
        sys.stdout.flush()
        if command["cmd"] == "stop":
            return


def over_http(system, port):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            answer = system.ask(json.loads(body)) if known else {}
            said = json.dumps(answer).encode()
            self.send_response(200 if known else 401)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words):
            return

    HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()


def over_spool(system, inbox, outbox):
    inbox, outbox = Path(inbox), Path(outbox)
    for folder in (inbox, outbox):
        folder.mkdir(exist_ok=True)
    while True:
        for path in sorted(inbox.glob("*.req")):
            command = json.loads(path.read_bytes())
            path.unlink()
            unfinished = outbox / f"{path.stem}.res.tmp"
            unfinished.write_text(json.dumps(system.ask(command)) + "\n", "utf-8")
            unfinished.rename(outbox / f"{path.stem}.res")
        time.sleep(0.005)


WAYS = {"kv": over_kv, "http": over_http, "spool": over_spool}

if __name__ == "__main__":
    _, way, data, *where = sys.argv
    WAYS[way](System(data), *where)
