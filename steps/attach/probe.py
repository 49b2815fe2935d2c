"""One telegram sent to a system, as it should be and corrupt, and what comes back."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import secrets
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from steps.clock import JST, now
from telegram_specs import Frame
from telegram_specs.engine.vectors import load_vectors

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from steps.bench.network import Bench
    from telegram_specs import Profile, TelegramSpec, Value
    from telegram_specs.network import Endpoint

__all__ = ["PROBES", "Answer", "Probe", "values_of"]

PROBES: Mapping[str, str] = {
    "juki": "service_status",
    "cs": "number_issue_request",
    "atena": "linkage_start",
    "chukan": "integrated_number_notice",
    "shinsei": "application",
}
"""Role to a telegram that may come to it at any time."""
MISFORMED = ("1001", "1002", "1003", "1004")
"""Results that find fault with the telegram itself, not with what it is about."""
KNOWN_BUT_UNMET = 404
"""A request that is understood, about somebody whom the system does not know."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        accepted: whether the telegram was found in order.
        text: the result as the wire has it.
        clock: when the system says that it answered.
    """

    accepted: bool
    text: str
    clock: dt.datetime | None = None


def values_of(profile: Profile, telegram: str) -> dict[str, Value]:
    """Return the values of the first good vector of a telegram."""
    known = load_vectors(profile.files).good.values()
    raw = next(vector.raw for vector in known if vector.telegram == telegram)
    return dict(profile.spec(telegram).decode(raw).values)


class Probe:
    """Sends the telegram of a role to where it listens.

    Args:
        profile: the layouts.
        role: who is probed.
        codes: role to its code on the CS link.
        client: the context of a connection, None for a plain one.
        within: seconds for an answer.
    """

    def __init__(
        self,
        profile: Profile,
        role: str,
        *,
        codes: Mapping[str, str],
        client: ssl.SSLContext | None,
        within: float,
    ) -> None:
        self.spec: TelegramSpec = profile.spec(PROBES[role])
        self.wire = "http" if self.spec.http else "tcp"
        self._profile = profile
        self._role = role
        self._codes = codes
        self._client = client
        self._within = within

    @classmethod
    def of(cls, bench: Bench) -> Probe:
        """Return the probe of the system under test of a bench."""
        spec = bench.profile.spec(PROBES[bench.role])
        peer = next(role for role in spec.sender if role not in bench.parts)
        wire = "http" if spec.http else "tcp"
        return cls(
            bench.profile,
            bench.role,
            codes=bench.pixit.codes() | {"cs": bench.profile.cs_code},
            client=bench.security.client(peer, bench.role, wire),
            within=bench.pixit.answer_within,
        )

    def good(self, **changed: str) -> bytes:
        """Return the telegram in order, under a serial of its own."""
        values = values_of(self._profile, self.spec.id) | changed
        values["serial"] = f"9{secrets.randbelow(10**9):09}"
        if self.wire == "tcp":
            told = now()
            sender = next(role for role in self.spec.sender if role in self._codes)
            values |= {
                "sender": self._codes[sender],
                "receiver": self._codes[self._role],
                "created_date": told.date().isoformat(),
                "created_time": f"{told:%H%M%S}",
            }
        return self.spec.encode(values)

    def corrupt(self) -> bytes:
        """Return a telegram of an unknown kind, or half a JSON document."""
        data = self.good()
        if self.wire == "http":
            return data[: len(data) // 2]
        known = str(self.spec.wire_id).encode()
        return data.replace(known, known[:2] + b"9" * (len(known) - 2), 1)

    def send(self, endpoint: Endpoint, data: bytes) -> Answer:
        """Send it and return the answer. Raises OSError."""
        if self.wire == "tcp":
            return self._send_fixed(endpoint, data)
        return self._post(endpoint, data)

    def _send_fixed(self, endpoint: Endpoint, data: bytes) -> Answer:
        framer = self._profile.framer()
        address = (endpoint.host, endpoint.port)
        with ExitStack() as stack:
            connection = stack.enter_context(socket.create_connection(address, self._within))
            if self._client:
                secured = self._client.wrap_socket(connection, server_hostname=endpoint.host)
                connection = stack.enter_context(secured)
            connection.sendall(data)
            while piece := connection.recv(65536):
                for item in framer.feed(piece):
                    return self._receipt(item)
        raise ConnectionError("the connection was closed without an answer")

    def _receipt(self, item: Any) -> Answer:
        spec = self._profile.identify(item.raw) if isinstance(item, Frame) else None
        if spec is None:
            return Answer(accepted=False, text="no telegram that is known")
        decoded = spec.decode(item.raw)
        values = decoded.values
        result = str(values.get("result", ""))
        clock = _clock(str(values.get("created_date", "")), str(values.get("created_time", "")))
        text = f"{spec.label} {result}" + (" with faults" if decoded.faults else "")
        return Answer(result not in {"", *MISFORMED} and not decoded.faults, text, clock)

    def _post(self, endpoint: Endpoint, data: bytes) -> Answer:
        assert self.spec.http is not None
        timeout = self._within
        connection: http.client.HTTPConnection
        if self._client:
            connection = http.client.HTTPSConnection(
                endpoint.host, endpoint.port, timeout=timeout, context=self._client
            )
        else:
            connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=timeout)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(self.spec.http.method, self.spec.http.path, data, headers)
            response = connection.getresponse()
            body = response.read()
        except http.client.HTTPException as error:
            raise ConnectionError(f"not HTTP ({type(error).__name__})") from None
        finally:
            connection.close()
        clock = _http_clock(response.headers.get("Date", ""))
        understood = response.status in {200, KNOWN_BUT_UNMET} and _is_json(body)
        return Answer(understood, f"HTTP {response.status}", clock)


def _is_json(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def _http_clock(date: str) -> dt.datetime | None:
    """Return what a Date header says; one that names no zone is in UTC (RFC 9110, 5.6.7)."""
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=dt.UTC)


def _clock(date: str, time: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(f"{date} {time}", "%Y-%m-%d %H%M%S").replace(tzinfo=JST)
    except ValueError:
        return None
