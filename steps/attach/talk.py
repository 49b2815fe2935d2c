"""The checks of the control plane: is this a conversation that a run can rest on?"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from steps.attach.finding import CONVERSATION, Finding
from steps.catalogue import VERBS
from steps.drivers.framing import LONGEST, Raw
from steps.drivers.protocol import VERSION, DriverError, SutLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from steps.bench.network import Bench
    from steps.drivers.conversation import Conversation
    from steps.drivers.protocol import Reply

__all__ = ["Talk"]

QUIET = 0.5
"""Seconds to wait for an answer that need not come."""
SHORT = 5.0
"""Seconds of the deadline that is tried."""
MOST = 20
"""Answers that are listened to after a message that cannot be read."""


class Talk:
    """Tries a conversation; the bench stands behind it so that addresses are real.

    Args:
        bench: not yet started.
        driver: its driver.
        own_process: whether the adapter is a process of ours, whose end can be seen.
    """

    def __init__(self, bench: Bench, driver: Conversation, *, own_process: bool) -> None:
        self._bench = bench
        self._driver = driver
        self._own_process = own_process
        self._within = bench.pixit.command_within
        self._slowest = ("", 0.0)

    def greet(self) -> Finding:
        """Start the system and see whether it greets."""
        try:
            self._bench.start()
        except (SutLost, DriverError, OSError, TimeoutError) as error:
            tail = self._driver.stderr_tail().splitlines()[-1:]
            return Finding("hello", "failed", "; ".join([str(error), *tail]))
        told = self._bench.sut.greeting
        assert told is not None
        said = " ".join(filter(None, (told.adapter.get("name"), told.adapter.get("version"))))
        return Finding("hello", "ok", said)

    def try_all(self) -> list[Finding]:
        """Return a finding for every check between ``hello`` and ``stop``."""
        return [self._tried(name) for name in CONVERSATION if name not in {"hello", "stop"}]

    def _tried(self, name: str) -> Finding:
        check: Callable[[], Finding] = getattr(self, f"_{name}")
        try:
            if not self._driver.alive():
                self._bench.restart()
            return check()
        except (SutLost, DriverError) as error:
            return Finding(name, "failed", str(error))

    def _ask(self, verb: str, body: Mapping[str, Any], within: float | None = None) -> Reply:
        began = time.monotonic()
        reply = self._driver.command(verb, body, within=within or self._within)
        took = time.monotonic() - began
        if took > self._slowest[1]:
            self._slowest = (verb, took)
        return reply

    # -- the checks ----------------------------------------------------------------------------

    def _random_action(self) -> Finding:
        name = _random()
        for verb, (_, member) in VERBS.items():
            reply = self._ask(verb, {member: name, "args": {}})
            if reply.status != "unsupported":
                return Finding("random_action", "failed", f"{verb} {name}: {reply.status}")
        return Finding("random_action", "ok")

    def _unknown_verb(self) -> Finding:
        reply = self._ask(_random(), {})
        return _unsupported("unknown_verb", reply)

    def _used_seq(self) -> Finding:
        """Send another command under the seq of hello; only its old answer may come again."""
        message = {"v": VERSION, "seq": 1, "cmd": "trigger", "deadline_ms": 1000}
        message |= {"action": _random(), "args": {}}
        answers = self._inject(self._driver.transport.framing.write(message))
        wrong = [a for a in answers if a.get("status") not in ("error", "ok")]
        wrong += [a for a in answers if a.get("status") == "ok" and "nonce" not in a]
        if wrong:
            return Finding("used_seq", "failed", f"done again: {wrong[0].get('status')}")
        return self._goes_on("used_seq")

    def _broken_message(self) -> Finding:
        end = b"\n\n" if self._driver.transport.framing.blank_ends else b"\n"
        for data in (b'{"v": 1, "seq":', b"\xff\xfe\x00 no message", b"[]", b"=", b"{}"):
            self._inject(data + end)
        return self._goes_on("broken_message")

    def _long_message(self) -> Finding:
        padding = "x" * (LONGEST + 200_000)
        message = {"v": VERSION, "seq": 1, "cmd": _random(), "args": {"padding": padding}}
        self._inject(self._driver.transport.framing.write(message))
        return self._goes_on("long_message")

    def _inject(self, data: bytes) -> list[Mapping[str, Any]]:
        """Send bytes as they are and return what is answered within a short while."""
        transport, answers = self._driver.transport, []
        transport.send(Raw(data, 1))
        deadline = time.monotonic() + QUIET
        for _ in range(MOST):
            try:
                answers.append(transport.receive(deadline))
            except DriverError:
                continue
            except SutLost:
                break
        return answers

    def _goes_on(self, name: str) -> Finding:
        if not self._driver.alive():
            return Finding(name, "failed", self._driver.exit_note() or "gone")
        reply = self._ask("trigger", {"action": _random(), "args": {}})
        return _unsupported(name, reply)

    def _deadline(self) -> Finding:
        self._ask("observe", {"what": _random(), "args": {}}, within=SHORT)
        verb, seconds = self._slowest
        return Finding("deadline", "ok", f"{verb} {1000 * seconds:.0f} ms")

    def _flush(self) -> Finding:
        within = self._bench.pixit.quiet_within
        reply = self._ask("trigger", {"action": "flush"}, within=within)
        fine = reply.status in {"ok", "unsupported"}
        return Finding("flush", "ok" if fine else "failed", reply.status)

    def _restart(self) -> Finding:
        self._bench.sut.kill()
        self._bench.restart()
        return self._goes_on("restart")

    def part(self) -> Finding:
        """Say goodbye and see whether the process ends."""
        try:
            reply = self._ask("stop", {}, within=2.0)
        except (SutLost, DriverError) as error:
            return Finding("stop", "failed", str(error))
        if reply.status != "ok":
            return Finding("stop", "failed", reply.status)
        deadline = time.monotonic() + 2.0
        while self._own_process and self._driver.alive():
            if time.monotonic() > deadline:
                return Finding("stop", "failed", "the process still runs")
            time.sleep(0.02)
        return Finding("stop", "ok")


def _unsupported(check: str, reply: Reply) -> Finding:
    """Return a finding that is good when the answer is ``unsupported``."""
    if reply.status == "unsupported":
        return Finding(check, "ok")
    return Finding(check, "failed", reply.status)


def _random() -> str:
    """Return a name that nobody can know."""
    return f"x_{secrets.token_hex(6)}"
