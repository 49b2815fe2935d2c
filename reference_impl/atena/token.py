"""Access tokens: who gets one, and whose are good (共通機能標準仕様書 2.1 2.2.5)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reference_impl import numbers, oauth
from reference_impl.desk import Desk
from reference_impl.node import Outcome, Telegram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.atena.node import Atena

_TOKEN_SIZE = 64
_BAD_REQUEST, _UNAUTHORIZED = 400, 401


class TokenDesk(Desk["Atena"]):
    """Gives tokens out and knows them again; only their hashes are kept."""

    def __init__(self, atena: Atena) -> None:
        super().__init__(atena)
        self.receivers = {"token_request": self._on_token_request}
        self.actions = {"expire_tokens": self._expire_tokens}

    def admits(self, auth: str) -> bool:
        """Tell whether an Authorization header shows a good token."""
        scheme, _, token = auth.partition(" ")
        if not self.rules.check_token:
            return True
        kept = self.registers.get("token", _hash(token))
        if kept is None or scheme.lower() != "bearer":
            return False
        return self._now() < kept["expires"] or not self.rules.check_token_expiry

    def _on_token_request(self, telegram: Telegram) -> Telegram:
        values = telegram.values
        if self.rules.check_grant_type and values.get("grant_type") != oauth.GRANT_TYPE:
            detail = "client_credentials以外の認可方式は使えません。"
            return self.node.error(telegram, _BAD_REQUEST, "unsupported_grant_type", detail)
        known = any(
            oauth.is_client(client, values, telegram.auth, self._now())
            for client in self.node.clients
        )
        if self.rules.check_client and not known:
            detail = "クライアントを認証できません。"
            return self.node.error(telegram, _UNAUTHORIZED, "invalid_client", detail)
        token = numbers.random_hex(self.node.random, _TOKEN_SIZE)
        lifetime = self.rules.token_lifetime
        self.registers.put("token", _hash(token), {"expires": self._now() + lifetime})
        granted = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": str(lifetime),
            "scope": "",
        }
        return Telegram("token_response", granted, self.node.role, telegram.sender)

    def _expire_tokens(self, _args: Mapping[str, Any]) -> Outcome:
        for key, _ in self.registers.rows("token"):
            self.registers.put("token", key, {"expires": 0})
        return Outcome("ok")

    def _now(self) -> float:
        return self.node.clock.now().timestamp()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
