"""A plugin of pytest: a node of the bench makes a mistake of its own at each answer over HTTP."""

from __future__ import annotations

from reference_impl.http_link import HttpLink


def lost_shelf(_link, _request, _answer):
    raise LookupError("no such shelf")


HttpLink._response = lost_shelf
