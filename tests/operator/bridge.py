"""An operator for tests: reads what the page asks, asks the reference, and types its answers.

It knows the page and the control protocol, and nothing of the driver between them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEER = re.compile(r".* \((\w+)\) (TCP|HTTP)")
MEMBER = {"trigger": "action", "observe": "what", "provision": "kind"}
NO_WAIT = 10_000


class Reference:
    """The reference as a process, its registers in a folder, spoken to over stdio."""

    def __init__(self, folder, role="juki", fault=None):
        command = [sys.executable, "-m", "reference_impl", "--role", role, "--seed", "5"]
        command += ["--data", str(folder), *(["--fault", fault] if fault else [])]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
        )
        self._seq = 0

    def ask(self, verb, **body):
        self._seq += 1
        message = {"v": 1, "seq": self._seq, "cmd": verb, "deadline_ms": 20000, **body}
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


class Bridge:
    """Answers one request after the other.

    ``lie`` maps (name of an observation, path of an entry) to what is typed instead.
    """

    def __init__(self, page, reference, role="juki", lie=None):
        self.page = page
        self.reference = reference
        self.role = role
        self.lie = lie or {}
        self.handles = {}
        self.asked = []
        self.greeted = False

    # -- reading the page ------------------------------------------------------------------------

    def request(self):
        """Wait for a request or the end; return its verb, name and values, None at the end."""
        body = self.page.locator("body[data-state=asking], body[data-state=finished]")
        body.wait_for(state="attached", timeout=NO_WAIT * 6)
        if self.page.locator("body").get_attribute("data-state") == "finished":
            return None
        form = self.page.locator("form[data-verb]")
        rows = form.locator("tr[data-value]").evaluate_all(
            "rows => rows.map(r => [r.dataset.path, r.dataset.value, r.cells[1].innerText])"
        )
        verb, name = form.get_attribute("data-verb"), form.get_attribute("data-name")
        return verb, name, [(path, json.loads(value), text) for path, value, text in rows]

    def arguments(self, rows):
        tree = {}
        for path, value, text in rows:
            *above, last = path.split(".")
            place = tree
            for step in above:
                place = place.setdefault(step, {})
            place[last] = self.known(value, text)
        return lists(tree)

    def known(self, value, text):
        """Return the reference's own name for a record that the page names."""
        if isinstance(value, list):
            return [
                self.known(item, part) for item, part in zip(value, text.split("、"), strict=True)
            ]
        if isinstance(value, str) and value.startswith("記録"):
            return self.handles[text.partition(": ")[2]]
        return value

    # -- answering -------------------------------------------------------------------------------

    def work(self, until=None, limit=200):
        """Answer until the run ends, or in front of the request with this (verb, name)."""
        for _ in range(limit):
            asked = self.request()
            if asked is None:
                return None
            verb, name, rows = asked
            if until == (verb, name):
                return asked
            self.asked.append((verb, name))
            self.answer(verb, name, rows)
        raise AssertionError(f"no end: {self.asked[-10:]}")

    def answer(self, verb, name, rows):
        if verb == "hello":
            self.fill(self.hello(rows))
        else:
            args = self.arguments(rows)
            body = {MEMBER[verb]: name} if verb in MEMBER else {}
            told = self.reference.ask(verb, **body, args=args)
            self.keep(args, told)
            self.choose(told)
            if told["status"] == "ok":
                self.fill({k: self.lie.get((name, k), v) for k, v in flat(told.get("data", {}))})
        self.press()

    def hello(self, rows):
        values = {path: value for path, value, _ in rows}
        peers = {}
        for label, address in values.items():
            if found := PEER.fullmatch(label):
                peers.setdefault(found[1], {})[found[2].lower()] = address
        codes = {k.split()[0]: v for k, v in values.items() if k.endswith("のコード")}
        tls = {k: values[k] for k in ("ca", "certificate", "key") if k in values}
        client = {"id": values["client_id"], "secret": values["client_secret"]}
        network = {"peers": peers, "codes": codes, "tls": tls, "client": client}
        told = self.reference.ask("hello", nonce="1", role=self.role, network=network)
        listens = {
            f"data.{part}_{wire}": address
            for part, wires in told["listens"].items()
            for wire, address in wires.items()
        }
        return {"data.environment": "test", "data.version": "1.2", **listens}

    def choose(self, told):
        page, status = self.page, told["status"]
        if status == "unsupported":
            page.locator(f"[name=scope][value={told['scope']}]").evaluate("e => e.checked = true")
        if status == "rejected":
            page.locator(f"[name=stage][value={told['stage']}]").evaluate("e => e.checked = true")
        page.locator(f"[name=outcome][value={status}]").check()
        if status != "ok":
            page.locator("#reason").fill(told.get("reason") or status)
        for alert in told.get("alerts", ()):
            box = page.locator(f"[name=alerts][value={alert['code']}]")
            box.evaluate("e => e.checked = true")

    def fill(self, entries):
        """Type texts into the entries that the page has; what is empty is said to be absent."""
        for path, value in entries.items():
            entry = self.page.locator(f'[id="{path}"]')
            if entry.count() == 0:
                continue
            if value == "":
                for box in self.page.locator(f'[name="absent.{path}"]').all():
                    box.check()
            elif entry.evaluate("e => e.tagName") == "SELECT":
                entry.select_option({True: "yes", False: "no"}.get(value, value))
            else:
                entry.fill(str(value))

    def press(self, name="answer"):
        task = self.page.locator("body").get_attribute("data-task")
        self.page.locator(f"button.main[value={name}]").click()
        gone = f"body:not([data-task='{task}']), .problem"
        self.page.locator(gone).first.wait_for(state="attached", timeout=NO_WAIT)

    def keep(self, args, told):
        """Remember the reference's names by the words with which the page will name the records."""
        instruction = self.page.locator(".instruction").inner_text().partition("。")[0]
        data = told.get("data", {})
        if told.get("handle"):
            known = args.get("handle")
            words = next((w for w, h in self.handles.items() if h == known), None) or who(args)
            self.handles[f"{words} — {instruction}"] = told["handle"]
        if isinstance(data.get("head"), str):
            self.handles[f"{who(args['head'])} — 世帯主"] = data["head"]
        for person, handle in zip(args.get("members", ()), data.get("members", ()), strict=True):
            self.handles[f"{who(person)} — 世帯員"] = handle


def who(value):
    if isinstance(value, dict) and "name" in value:
        return f"{value['name']} ({value['birth_date']})"
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for found in map(who, inner) if found), "")


def flat(data, above="data"):
    for key, value in data.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}.{key}")
        else:
            yield f"{above}.{key}", value


def lists(tree):
    """Turn objects whose keys count from 0 into lists."""
    if not isinstance(tree, dict):
        return tree
    inner = {key: lists(value) for key, value in tree.items()}
    if inner and all(key.isdecimal() for key in inner):
        return [inner[str(number)] for number in range(len(inner))]
    return inner
