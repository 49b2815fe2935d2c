"""Ports that stay ours while nobody listens at them."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram_specs.network import Endpoint

__all__ = ["kept"]


@contextmanager
def kept(place: Endpoint) -> Iterator[None]:
    """Keep a port from other programs; who connects is refused, and we may listen there again.

    Only Linux lets a listener join a socket that is merely bound; elsewhere nothing is kept.
    """
    with ExitStack() as stack:
        if sys.platform == "linux":
            with suppress(OSError):  # somebody was faster: to listen again will tell
                stack.enter_context(_bound(place))
        yield


def _bound(place: Endpoint) -> socket.socket:
    family, kind, number, _, address = socket.getaddrinfo(
        place.host, place.port, type=socket.SOCK_STREAM
    )[0]
    bound = socket.socket(family, kind, number)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound
