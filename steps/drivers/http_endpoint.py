"""http: one endpoint of the system, to which every command is posted."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from steps.drivers.framing import FRAMINGS, LONGEST, too_long
from steps.drivers.protocol import DriverError, SutLost

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PATH", "HttpEndpoint"]

PATH = "/denbun/v1/command"
JSON = "application/json"
OK = 200
STATUSES = {
    **dict.fromkeys((401, 403), "the token was refused. expected the run's token to be accepted"),
    **dict.fromkeys((301, 302, 303, 307, 308), "a redirect. expected the answer itself"),
}
"""What a status other than 200 says, where it says something of its own."""
POLL = 0.2
"""Seconds between two looks at a command that is pending."""
REACH_WITHIN = 1.0


class HttpEndpoint:
    """Posts each command to a URL, with the run's token; the answer is the body.

    Args:
        url: of the endpoint, without the path.
        token: shown as ``Authorization: Bearer``.
    """

    def __init__(self, url: str, *, token: str) -> None:
        self.framing = FRAMINGS["json"]
        self._url = url.rstrip("/") + PATH
        self._token = token
        self._body = b""
        self._pending: bool | None = None
        self._broken = False

    def open(self) -> None:
        """Begin a conversation; nothing is kept from an earlier one."""
        self._broken = False

    def send(self, message: Mapping[str, Any]) -> None:
        """Keep one command; it is posted when its answer is asked for."""
        self._body = self.framing.write(message)
        self._pending = None

    def receive(self, deadline: float) -> Mapping[str, Any]:
        """Post the command and return the answer; while it is pending, post it once more."""
        if self._pending is False:
            raise DriverError("the answer to another command. expected the seq of this one")
        if self._pending:
            time.sleep(max(0.0, min(POLL, deadline - time.monotonic())))
        left = deadline - time.monotonic()
        try:
            answer = self.framing.read(asyncio.run(self._post(max(left, 0.001))))
        except TimeoutError:
            raise SutLost("no answer within its deadline") from None
        except aiohttp.ClientConnectorError as error:
            self._broken = True
            raise SutLost(f"nobody listens at {self._url} ({error.strerror})") from None
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            self._broken = True
            raise SutLost("the connection was closed without an answer") from None
        except aiohttp.ClientPayloadError:
            raise DriverError("the body of the answer is not whole") from None
        except aiohttp.ClientError as error:
            raise DriverError(f"not HTTP ({type(error).__name__})") from None
        self._pending = answer.get("status") == "pending"
        return answer

    async def _post(self, left: float) -> bytes:
        limit = aiohttp.ClientTimeout(total=left)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": JSON}
        async with (
            aiohttp.ClientSession(timeout=limit, auto_decompress=False) as session,
            session.post(
                self._url, data=self._body, headers=headers, allow_redirects=False
            ) as response,
        ):
            if response.status != OK:
                said = STATUSES.get(response.status, "expected 200 with the answer as its body")
                raise DriverError(f"HTTP {response.status}: {said}")
            if response.content_type != JSON:
                raise DriverError(f"a body of {response.content_type}. expected {JSON}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > LONGEST:
                    raise too_long()
            return bytes(body)

    def alive(self) -> bool:
        """Tell whether somebody listens, as far as the last command did not show otherwise."""
        if self._broken:
            return False
        parts = urlsplit(self._url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        try:
            socket.create_connection((parts.hostname or "", port), REACH_WITHIN).close()
        except OSError:
            return False
        return True

    def exit_note(self) -> str:
        """Say that nobody answers; how it ended cannot be seen from here."""
        return "" if self.alive() else "no longer reachable"

    def ended_by_itself(self) -> bool:
        """Tell that this cannot be known."""
        return False

    def kill(self) -> None:
        """Leave it alone: the process is not ours."""

    def close(self) -> None:
        """Release nothing: each command has a connection of its own."""
