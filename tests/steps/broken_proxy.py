"""A plugin of pytest: the proxy between two systems makes a mistake of its own at each answer."""

from __future__ import annotations

from steps.bench import proxy


def lost_road(_conversation, _message):
    raise LookupError("no such road")


proxy._Conversation._asked_by = lost_road
