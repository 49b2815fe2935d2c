"""What a case needs of the system under test, read from the code of its sentences.

Nothing is run: the source of each step function is followed through what it calls, with the
constants that it is given. What depends on more than that is taken as needed, by its verb alone.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from steps.happening import HAPPENINGS, happen
from steps.judge.court import RESTS_ON_OBSERVATION
from steps.vocabulary import role_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from steps.index import Definition

__all__ = ["Need", "needs_of"]

Values = dict[str, Any]
UNKNOWN = object()
DEPTH = 8
"""Calls that are followed; steps are flat."""


class Need(NamedTuple):
    """One thing that is asked of a role; a role or a name that depends on more is empty.

    ``verb`` is trigger, provision, observe or clock; ``name`` an entry of the catalogue, or with
    ``of_bench`` what a step asks of a bench node, or of the counterpart in its place.
    """

    verb: str
    role: str
    name: str
    of_bench: bool = False


@dataclass(frozen=True, slots=True)
class _Asking:
    """A method that asks: its verb, and where role and name stand among its arguments."""

    verb: str
    role: int | str
    name: int | str


ASKING: Mapping[str, _Asking] = {
    "act": _Asking("trigger", 0, 1),
    "prepare": _Asking("provision", 0, 1),
    "observe": _Asking("observe", 0, 1),
    "learn": _Asking("observe", "juki", "resident"),
    "look_at_errors": _Asking("observe", "juki", "errors"),
    "set_date": _Asking("clock", "", "date"),
    "pass_minutes": _Asking("clock", "", "minutes"),
}
"""Methods of the scene."""
ASKED: Mapping[str, Mapping[str, _Asking]] = {
    "scene": ASKING,
    "scene.bench": {"act": ASKING["act"], "provision": ASKING["prepare"]},
}
"""Who is asked to its methods; of the bench itself only what no system under test is to do."""


def needs_of(texts: Iterable[tuple[str, str]], steps: Iterable[Definition]) -> set[Need]:
    """Return what the sentences of a case, as (kind, text), may ask of any role.

    An observation is needed only where a judgement rests on it: without it the others still hold.
    """
    known = tuple(steps)
    found: set[Need | str] = set()
    for kind, text in texts:
        step = next((s for s in known if s.kind in {kind, ""} and s.matches(text)), None)
        if step:
            found |= _found(step.function, dict(step.parse(text) or {}), DEPTH)
    rests = any(isinstance(each, str) for each in found)
    return {n for n in found if isinstance(n, Need) and (n.verb != "observe" or rests)}


def _found(function: Callable[..., Any], given: Values, depth: int) -> set[Need | str]:
    """Return the needs of a function, and the rules it judges by that rest on an observation."""
    tree = _tree(function)
    if tree is None or not depth:
        return set()
    values = _defaults(function) | given
    found: set[Need | str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found |= _of_call(node, values, function, depth)
    return found


def _of_call(
    node: ast.Call, values: Values, function: Callable[..., Any], depth: int
) -> set[Need | str]:
    if isinstance(node.func, ast.Attribute):
        method = node.func.attr
        if method == "judge" and node.args:
            rule = _value(node.args[0], values)
            return {str(rule)} if rule in RESTS_ON_OBSERVATION else set()
        owner = ast.unparse(node.func.value)
        asking = ASKED.get(owner, {}).get(method)
        of_bench = owner != "scene"
        return {_need(asking, node, values)._replace(of_bench=of_bench)} if asking else set()
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    called = function.__globals__.get(name)
    if called is happen:
        words = [_value(argument, values) for argument in node.args]
        return {_happening(words)}
    if not inspect.isfunction(called) or not called.__module__.startswith("steps."):
        return set()
    return _found(called, _bound(called, node, values), depth - 1)


def _need(asking: _Asking, node: ast.Call, values: Values) -> Need:
    def told(place: int | str) -> str:
        if isinstance(place, str):
            return place
        value = _value(node.args[place], values) if place < len(node.args) else UNKNOWN
        return value if isinstance(value, str) else ""

    return Need(asking.verb, told(asking.role), told(asking.name))


def _happening(words: list[Any]) -> Need:
    """Return the need of a happening from the arguments of ``happen``: scene, role, word, ..."""
    _, role, word, *_ = [*words, UNKNOWN, UNKNOWN, UNKNOWN]
    known = HAPPENINGS.get(word) if isinstance(word, str) else None
    return Need("trigger", role if isinstance(role, str) else "", known.action if known else "")


def _bound(called: Callable[..., Any], node: ast.Call, values: Values) -> Values:
    """Return what a call gives to the parameters of a function, as far as it is constant."""
    names = list(inspect.signature(called).parameters)
    given = dict(zip(names, (_value(argument, values) for argument in node.args), strict=False))
    given |= {
        keyword.arg: _value(keyword.value, values) for keyword in node.keywords if keyword.arg
    }
    return given


def _value(node: ast.expr, values: Values) -> Any:
    """Return the value of an expression that is constant here, else UNKNOWN."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return values.get(node.id, UNKNOWN)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        word = _value(node.args[0], values)
        if node.func.id == role_named.__name__ and isinstance(word, str):
            return role_named(word)
    return UNKNOWN


def _defaults(function: Callable[..., Any]) -> Values:
    parameters = inspect.signature(function).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}


@cache
def _tree(function: Callable[..., Any]) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, SyntaxError):
        return None
