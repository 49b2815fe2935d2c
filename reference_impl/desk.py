"""What a desk is: one kind of work of a node, with its telegrams, actions and daily duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reference_impl.base import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.node import Outcome, Telegram
    from reference_impl.registers import Entry

__all__ = ["Desk", "join"]

N = TypeVar("N", bound=Base)


class Desk(Generic[N]):
    """One kind of work of a node.

    A subclass fills the tables in its constructor:

    * `receivers`: telegram id to the handler that gives its answer;
    * `answers`: id of an own telegram to the handler of its result;
    * `actions`: what staff can do;
    * `observations`, `provisions`: what can be told, and put into the registers.
    """

    def __init__(self, node: N) -> None:
        self.node = node
        self.rules = node.rules
        self.registers = node.registers
        self.receivers: dict[str, Callable[[Telegram], Telegram]] = {}
        self.answers: dict[str, Callable[[Entry, Telegram], None]] = {}
        self.actions: dict[str, Callable[[Mapping[str, Any]], Outcome]] = {}
        self.observations: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {}
        self.provisions: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {}

    def day_began(self) -> None:
        """Do what has become due with the time that passed; by default nothing."""


def join(node: Base, desks: tuple[Desk[Any], ...]) -> None:
    """Put the tables of the desks into those of their node."""
    for desk in desks:
        node.receivers |= desk.receivers
        node.answers |= desk.answers
        node.actions |= desk.actions
        node.observations |= desk.observations
        node.provisions |= desk.provisions
