"""The stdio driver: a process that speaks JSON lines, one object a line, UTF-8, flushed."""

from __future__ import annotations

import json
import queue
import secrets
import subprocess
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError, field_validator

from steps.drivers.protocol import (
    VERSION,
    DriverError,
    Greeting,
    Network,
    Reply,
    SutLost,
)
from telegram_specs.network import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from steps.drivers.preloaded import Preloaded

    Process: TypeAlias = subprocess.Popen[bytes] | Preloaded

__all__ = ["StdioDriver"]

MAX_LINE = 1_000_000
HELLO_WITHIN = 20.0
STATUSES = {"ok", "rejected", "unsupported", "error", "pending"}
STDERR_TAIL = 4000


class HelloAnswer(BaseModel):
    """What may stand in the answer to ``hello``."""

    sut: dict[str, str] = {}
    adapter: dict[str, str] = {}
    verbs: tuple[str, ...] = ()
    listens: dict[str, dict[str, str]] = {}
    environment: str = "test"
    offers: tuple[str, ...] | None = None

    @field_validator("listens")
    @classmethod
    def _endpoints(cls, value: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for wires in value.values():
            for address in wires.values():
                Endpoint.parse(address)
        return value


class ShownAlert(BaseModel):
    """An alert with its code; its text is for people."""

    code: str


class CommandAnswer(BaseModel):
    """What may stand in any other answer."""

    stage: str | None = None
    scope: str | None = None
    alerts: tuple[str | ShownAlert, ...] = ()
    handle: str | None = None
    data: dict[str, Any] = {}
    reason: str = ""


M = TypeVar("M", bound=BaseModel)


class StdioDriver:
    """Starts the adapter process and converses with it.

    Args:
        command: program and arguments.
        cwd: the folder to start it in.
        env: the whole environment, None for ours.
        managed: True when this process is the system itself, so that killing it is killing the
            system.
        suite: version of the suite, told at hello.
        profile: id and edition of the profile, told at hello.
        launch: starts the process otherwise, given the file for its stderr.
    """

    name = "stdio"

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        managed: bool = False,
        suite: str = "",
        profile: Mapping[str, str] | None = None,
        launch: Callable[[IO[bytes]], Process] | None = None,
    ) -> None:
        self.managed = managed
        self._command = list(command)
        self._cwd = cwd
        self._env = env
        self._suite = suite
        self._profile = dict(profile or {})
        self._launch = launch or self._spawn
        self._process: Process | None = None
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._stderr: IO[bytes] | None = None
        self._seq = 0
        self._asked_to_end = False

    # -- life ----------------------------------------------------------------------------------

    def start(self, network: Network) -> Greeting:
        """Start the process and greet it."""
        self._stderr = self._stderr or tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop
        self._close_pipes()
        self._lines = queue.Queue()
        self._asked_to_end = False
        try:
            self._process = self._launch(self._stderr)
        except OSError as error:
            raise DriverError(f"{self._command[0]}: cannot be started: {error.strerror}") from None
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()
        return self._greet(network)

    def _spawn(self, stderr: IO[bytes]) -> Process:
        return subprocess.Popen(  # noqa: S603 - the user's own command
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=self._cwd,
            env=dict(self._env) if self._env is not None else None,
            start_new_session=True,
        )

    def _greet(self, network: Network) -> Greeting:
        nonce = secrets.token_hex(8)
        body = {
            "suite": self._suite,
            "profile": self._profile,
            "nonce": nonce,
            "role": network.role,
            "network": {
                "peers": network.peers,
                "codes": network.codes,
                "tls": network.tls,
                "client": network.client,
                **({"gyomu_client": network.gyomu_client} if network.gyomu_client else {}),
            },
        }
        answer = self._exchange("hello", body, within=HELLO_WITHIN)
        if answer.get("nonce") != nonce:
            raise DriverError("hello: the nonce was not echoed. expected the nonce of the request")
        if answer.get("status") != "ok":
            raise DriverError(f"hello: {answer.get('reason') or answer.get('status')}")
        told = _shaped(HelloAnswer, answer, "hello")
        greeting = Greeting(
            sut=told.sut,
            adapter=told.adapter,
            verbs=told.verbs,
            listens=told.listens,
            environment=told.environment,
            offers=told.offers,
        )
        if greeting.environment == "production":
            self.stop()
            raise DriverError(
                "hello: the system says that it is production. expected a test system; "
                "the suite writes synthetic residents into it"
            )
        return greeting

    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def exit_note(self) -> str:
        """Say how the process ended."""
        code = self._process.poll() if self._process else None
        if code is None:
            return ""
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def ended_by_itself(self) -> bool:
        """Tell whether the process ended without a signal and without being asked."""
        code = self._process.poll() if self._process else None
        return code is not None and code >= 0 and not self._asked_to_end

    def kill(self) -> None:
        """Kill the process and wait until it is gone."""
        if self._process:
            self._asked_to_end = True
            self._process.kill()
            self._process.wait()
            self._close_pipes()

    def stop(self) -> None:
        """Ask the process to end, and end it when it does not."""
        process = self._process
        if process is not None and process.poll() is None:
            self._asked_to_end = True
            try:
                self._exchange("stop", {}, within=2.0)
                process.wait(2.0)
            except (SutLost, DriverError, subprocess.TimeoutExpired):
                process.kill()
                process.wait()
        self._close_pipes()
        if self._stderr:
            self._stderr.close()
            self._stderr = None
        self._process = None

    def _close_pipes(self) -> None:
        """Close what a process that has ended left open."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue

    def stderr_tail(self) -> str:
        """Return the last lines of stderr."""
        if self._stderr is None:
            return ""
        size = self._stderr.seek(0, 2)
        self._stderr.seek(max(0, size - STDERR_TAIL))
        return self._stderr.read().decode("utf-8", "replace").strip()

    # -- conversation ----------------------------------------------------------------------------

    def command(self, verb: str, body: Mapping[str, Any], *, within: float) -> Reply:
        """Send one command and wait for its answer."""
        answer = self._exchange(verb, body, within=within)
        status = answer.get("status")
        if status not in STATUSES:
            raise DriverError(
                f"{verb}: unknown status. expected one of {', '.join(sorted(STATUSES))}, "
                f"got {status!r}"
            )
        told = _shaped(CommandAnswer, answer, verb)
        return Reply(
            status=status,
            stage=told.stage,
            scope=told.scope,
            alerts=tuple(a if isinstance(a, str) else a.code for a in told.alerts),
            handle=told.handle,
            data=told.data,
            reason=told.reason,
        )

    def _exchange(self, verb: str, body: Mapping[str, Any], *, within: float) -> dict[str, Any]:
        self._seq += 1
        message = {"v": VERSION, "seq": self._seq, "cmd": verb, "deadline_ms": int(within * 1000)}
        self._write({**message, **body}, verb)
        deadline = time.monotonic() + within
        while True:
            answer = self._next_line(verb, deadline)
            if answer.get("seq") != self._seq:
                # A late answer to an earlier command: its own command was given up already.
                if isinstance(answer.get("seq"), int) and answer["seq"] < self._seq:
                    continue
                raise DriverError(
                    f"{verb}: wrong seq. expected {self._seq}, got {answer.get('seq')!r}"
                )
            if answer.get("status") == "pending":
                continue
            return answer

    def _write(self, message: Mapping[str, Any], verb: str) -> None:
        process = self._process
        if process is None or process.stdin is None or process.poll() is not None:
            raise SutLost(f"{verb}: the process is not running ({self.exit_note() or 'never was'})")
        try:
            process.stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
        except (OSError, ValueError):
            raise SutLost(f"{verb}: the process no longer reads") from None

    def _next_line(self, verb: str, deadline: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise SutLost(f"{verb}: no answer within its deadline") from None
        if line is None:
            if self._process:
                try:
                    self._process.wait(1.0)
                except subprocess.TimeoutExpired:
                    raise SutLost(f"{verb}: the process closed its output") from None
            raise SutLost(f"{verb}: the process ended ({self.exit_note()})")
        if len(line) > MAX_LINE:
            raise DriverError(f"{verb}: a line of more than {MAX_LINE} bytes")
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            raise DriverError(
                f"{verb}: not a JSON object. expected one JSON object a line on stdout; "
                "write messages for people to stderr"
            ) from None
        if not isinstance(answer, dict):
            raise DriverError(f"{verb}: not a JSON object. expected an object a line")
        return answer

    @staticmethod
    def _read(process: Process, lines: queue.Queue[bytes | None]) -> None:
        assert process.stdout is not None
        try:
            while line := process.stdout.readline(MAX_LINE + 1):
                lines.put(line)
        except (OSError, ValueError):
            pass
        lines.put(None)


def _shaped(model: type[M], answer: Mapping[str, Any], verb: str) -> M:
    """Return an answer as its model. Raises DriverError that names the member that is wrong."""
    given = {key: value for key, value in answer.items() if value is not None}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        member = "/".join(str(step) for step in first["loc"][:2])
        raise DriverError(
            f"{verb}: wrong shape of {member!r}. {first['msg'].removeprefix('Input ')}"
        ) from None
