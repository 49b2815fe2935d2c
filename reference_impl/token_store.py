"""Access tokens of a host as a client: fetched when needed, shown in one place, dropped at 401."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.oauth import TokenClient
from telegram_specs.network import ROLES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reference_impl.node import Context, Telegram
    from telegram_specs import Profile, TelegramSpec

    Bend = Callable[[TelegramSpec, bytes], list[bytes]]
    Ask = Callable[
        [TelegramSpec, bytes, str, dict[str, str], str],
        Awaitable[tuple[int, Telegram | None, bool]],
    ]

__all__ = ["TokenStore"]


class TokenStore:
    """One token for each provider (共通機能標準仕様書 2.1 2.2.5).

    Args:
        role: of the node, whose client is shown.
        context: clock, clients and rules of the node.
        profile: where the token request's layout stands.
        bend: applies the wire changes of a seeded fault.
        ask: exchanges (spec, body, peer, headers, target) for (status, answer, planned end).
    """

    def __init__(self, role: str, context: Context, profile: Profile, bend: Bend, ask: Ask) -> None:
        self._role = ROLES[role].twin_of or role
        self._context = context
        self._profile = profile
        self._bend = bend
        self._ask = ask
        self._clients: dict[str, TokenClient] = {}

    async def authorization(self, provider: str) -> str | None:
        """Return the Authorization header with a good token; None when there is none to get."""
        client = self._client(provider)
        if client.authorization is None:
            call = client.call()
            spec = self._profile.spec("token_request")
            assert spec.http is not None
            headers = {"Authorization": call.auth} if call.auth else {}
            raw = self._bend(spec, spec.encode(call.values))[0]
            status, answer, _ = await self._ask(spec, raw, provider, headers, spec.http[1])
            if status == 200 and answer is not None:  # noqa: PLR2004 - HTTP's own number
                client.accept(answer.values)
        return client.authorization

    def refused(self, provider: str) -> bool:
        """Drop a refused token; False when the rules would not have it renewed."""
        if not self._context.rules.renew_token:
            return False
        self._client(provider).forget()
        return True

    def shown(self, authorization: str, path: str) -> tuple[dict[str, str], str]:
        """Return the headers and the target that show a token, as the rules place it."""
        place = self._context.rules.token_place
        token = authorization.removeprefix("Bearer ")
        target = path if place == "header" else f"{path}?access_token={token}"
        return ({} if place == "query" else {"Authorization": authorization}), target

    def _client(self, provider: str) -> TokenClient:
        if provider not in self._clients:
            clock = self._context.clock
            self._clients[provider] = TokenClient(
                self._context.clients[self._role],
                lambda: clock.now().timestamp(),
                method=self._context.rules.client_auth,
            )
        return self._clients[provider]
