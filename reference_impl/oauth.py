"""Client credentials with `client_secret_jwt` (HS256) or `client_secret_basic`, sans-IO.

Source: 共通機能標準仕様書 2.1 2.2.5; RFC 6749 4.4, RFC 7523. Time is seconds since the epoch.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFETIME = 60
GRANT_TYPE = "client_credentials"
VISIBLE = re.compile(r"[\x21-\x7e]+")
"""A token that a header can carry (RFC 6749 A.12)."""


@dataclass(frozen=True, slots=True)
class Client:
    """A confidential client: id of 32 characters [0-9A-Za-z], secret of at least 32."""

    id: str
    secret: str = field(repr=False)


SYNTHETIC_CLIENT = Client(
    "denbun0juki0client00000000000001", "synthetic-secret-of-the-open-profile-0001"
)
"""The client of juki in a run that names no other; synthetic, as the open profile is."""
CLIENTS = {
    "juki": SYNTHETIC_CLIENT,
    "gyomu": Client(
        "denbun0gyomu0client0000000000001", "synthetic-secret-of-the-open-profile-0002"
    ),
}
"""Role to the client that it shows; atena knows them all."""


@dataclass(frozen=True, slots=True)
class TokenCall:
    """A token request: form values and the Authorization header, None without one."""

    values: Mapping[str, str] = field(repr=False)
    auth: str | None = field(default=None, repr=False)


class TokenClient:
    """The client's side: asks for a token, keeps it for its lifetime, gives the header for it.

    `now` tells the time; `method` is client_secret_jwt or client_secret_basic.
    """

    def __init__(
        self,
        client: Client,
        now: Callable[[], float],
        *,
        audience: str = "denbun-atena",
        method: str = "client_secret_jwt",
    ) -> None:
        self._client, self._now, self._audience, self._method = client, now, audience, method
        self._token = ""
        self._expires = 0.0
        self._asked = 0

    def call(self) -> TokenCall:
        """Build the next token request."""
        values = {"grant_type": GRANT_TYPE, "client_id": self._client.id}
        if self._method == "client_secret_basic":
            return TokenCall(values, basic_header(self._client))
        self._asked += 1
        now = self._now()
        claims = {
            "iss": self._client.id,
            "sub": self._client.id,
            "aud": self._audience,
            "jti": f"{now:.6f}-{self._asked}",
            "iat": int(now),
            "exp": int(now) + ASSERTION_LIFETIME,
        }
        assertion = sign(claims, self._client.secret)
        proof = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
        return TokenCall(values | proof)

    def accept(self, values: Mapping[str, Any]) -> None:
        """Keep the token of a token response; without a lifetime it is good until it is refused.

        A text that no header can carry is no token.
        """
        token = str(values.get("access_token", ""))
        self._token = token if VISIBLE.fullmatch(token) else ""
        try:
            self._expires = self._now() + float(values.get("expires_in", ""))
        except ValueError:  # a peer's answer may be wrong, and is judged elsewhere
            self._expires = math.inf

    def forget(self) -> None:
        """Drop the token, after it was refused."""
        self._token = ""

    @property
    def authorization(self) -> str | None:
        """The Authorization header with a token that should still be good, None without one."""
        good = self._token and self._now() < self._expires
        return f"Bearer {self._token}" if good else None


def basic_header(client: Client) -> str:
    """Give the Authorization header of `client_secret_basic` (RFC 6749 2.3.1)."""
    pair = f"{quote(client.id, safe='')}:{quote(client.secret, safe='')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def sign(claims: Mapping[str, Any], secret: str) -> str:
    """Sign claims as a compact JWT with HS256."""
    parts = ({"alg": "HS256", "typ": "JWT"}, dict(claims))
    head = ".".join(_encode(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    return f"{head}.{_encode(_mac(head, secret))}"


def is_client(client: Client, values: Mapping[str, Any], auth: str | None, now: float) -> bool:
    """Tell whether a token request proves to come from `client`, by JWT or by basic."""
    if auth is not None:
        return _is_basic(client, auth)
    if values.get("client_assertion_type") != ASSERTION_TYPE:
        return False
    return _is_assertion(client, str(values.get("client_assertion", "")), now)


def _is_basic(client: Client, auth: str) -> bool:
    scheme, _, coded = auth.partition(" ")
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return False
    known = hmac.compare_digest(unquote(secret).encode(), client.secret.encode())
    return scheme.lower() == "basic" and unquote(name) == client.id and known


def _is_assertion(client: Client, assertion: str, now: float) -> bool:
    head, _, signature = assertion.rpartition(".")
    try:
        header, claims = (json.loads(_decode(part)) for part in head.split("."))
        genuine = hmac.compare_digest(_decode(signature), _mac(head, client.secret))
        return (
            genuine
            and header["alg"] == "HS256"
            and claims["iss"] == claims["sub"] == client.id
            and bool(claims["aud"])
            and float(claims["exp"]) > now
        )
    except (ValueError, KeyError, TypeError):
        return False


def _mac(text: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
