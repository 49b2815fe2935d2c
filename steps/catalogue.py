"""The catalogue of the control plane: everything that the harness may ask of a system.

`steps/drivers/catalogue/*.yaml` lists actions, observations, kinds of provision and alerts with
their arguments, and the words for code values. It is closed: a scene refuses to ask for anything
else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from telegram_specs.engine.document import read_map
from telegram_specs.engine.model import Model, check
from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CATALOGUE", "VERBS", "Argument", "Catalogue", "Entry", "Kind", "load_catalogue"]

CATALOGUE = Path(__file__).resolve().parent / "drivers" / "catalogue"
Kind = Literal["actions", "observations", "provisions"]
VERBS: Mapping[str, tuple[Kind, str]] = {
    "provision": ("provisions", "kind"),
    "trigger": ("actions", "action"),
    "observe": ("observations", "what"),
}
"""Verbs that name an entry: the kind of the entry, and the member of the command with its name."""
TYPES = {
    "handle": ("記録の名", "the system's own name of a record"),
    "handles": ("記録の名の列", "list of handles"),
    "text": ("文字列", "text"),
    "texts": ("文字列の列", "list of texts"),
    "digits": ("数字の文字列", "digits as text"),
    "date": ("日付", "YYYY-MM-DD, unknown parts 00"),
    "count": ("数", "JSON number"),
    "flag": ("真偽", "JSON true or false"),
    "code": ("コード値", "one of the values"),
    "until": ("provisional 又は final", "provisional or final, by default final"),
    "items": ("項目", "object"),
    "list": ("項目の列", "list of objects"),
}
"""What an argument or an answer may be, in Japanese and English."""


class _Row(Model):
    id: str
    ja: str
    en: str


class Argument(_Row):
    """One argument or one member of an answer; `values` are those of a `code`."""

    type: str
    size: int | None = None
    optional: bool = False
    values: tuple[str, ...] = ()
    items: tuple[Argument, ...] = ()


class Entry(_Row):
    """One action, observation or kind of provision.

    Attributes:
        role: the role that owns it.
        args: what the harness gives.
        gives: `handle` when the answer names a record, else empty.
        data: what the answer's `data` holds.
    """

    role: Literal["juki", "cs", "atena", "chukan", "shinsei", "portal", "gyomu", "nws"]
    args: tuple[Argument, ...] = ()
    gives: str = ""
    data: tuple[Argument, ...] = ()


class _File(Model):
    actions: tuple[Entry, ...] = ()
    observations: tuple[Entry, ...] = ()
    provisions: tuple[Entry, ...] = ()
    alerts: tuple[_Row, ...] = ()
    values: tuple[_Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries, by kind and then by role and id.

    ``values`` are the words for the code values that no profile names.
    """

    entries: Mapping[Kind, Mapping[tuple[str, str], Entry]]
    alerts: Mapping[str, _Row] = field(default_factory=dict)
    values: Mapping[str, _Row] = field(default_factory=dict)

    def of(self, kind: Kind, roles: Iterable[str] = SUT_ROLES) -> list[Entry]:
        """Return the entries of some roles, in their order."""
        wanted = set(roles)
        return [entry for (role, _), entry in self.entries[kind].items() if role in wanted]

    def check(self, kind: Kind, role: str, name: str, args: Mapping[str, Any]) -> None:
        """Raise LookupError unless the catalogue knows an entry and all its arguments."""
        entry = self.entries[kind].get((role, name))
        if entry is None:
            known = ", ".join(id_ for owner, id_ in self.entries[kind] if owner == role)
            raise LookupError(f"{role} {kind} {name!r} is not in the catalogue. expected {known}")
        strange = set(args) - {argument.id for argument in entry.args}
        missing = {a.id for a in entry.args if not a.optional} - set(args)
        if strange or missing:
            raise LookupError(
                f"{role} {kind} {name!r}: unknown {sorted(strange)}, missing {sorted(missing)}"
            )


@cache
def load_catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """Read the catalogue. SpecError names file:line for whatever is wrong."""
    entries: dict[Kind, dict[tuple[str, str], Entry]] = {
        "actions": {},
        "observations": {},
        "provisions": {},
    }
    alerts: dict[str, _Row] = {}
    values: dict[str, _Row] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = check(_File, read_map(path, f"{folder.name}/{path.name}"))
        for kind, found in entries.items():
            found |= {(entry.role, entry.id): entry for entry in getattr(file, kind)}
        alerts |= {alert.id: alert for alert in file.alerts}
        values |= {value.id: value for value in file.values}
    return Catalogue(entries, alerts, values)
