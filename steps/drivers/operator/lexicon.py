"""The words of the profile: labels, code lists and check digits of items, by their id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram_specs.engine.fields import leaves

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.catalogue import Argument, Catalogue
    from steps.drivers.operator.words import Pair
    from telegram_specs import Profile

__all__ = ["Lexicon", "lexicon_of"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of items that an argument only names.

    Attributes:
        labels: id of an item to its label.
        codes: id of an item to its code list.
        checks: id of an item to the name of its check digit.
        values: words for the code values of the catalogue.
        alerts: words for the alerts of the catalogue.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Pair] = field(default_factory=dict)
    alerts: Mapping[str, Pair] = field(default_factory=dict)

    def value(self, argument: Argument, value: str) -> Pair:
        """Return the words for a code value; the profile's where it lists all of the values."""
        listed = self.codes.get(argument.id, {})
        if set(argument.values) <= set(listed) and value in listed:
            return (f"{listed[value]} ({value})", f"{listed[value]} ({value})")
        return self.values.get(value, (value, value))


def lexicon_of(profile: Profile, catalogue: Catalogue) -> Lexicon:
    """Return the words of a profile and a catalogue; the first telegram that has an item wins."""
    labels: dict[str, str] = {}
    codes: dict[str, Mapping[str, str]] = {}
    checks: dict[str, str] = {}
    for spec in profile.specs.values():
        for path, _, item in leaves(spec.fields):
            name = path.rpartition(".")[2]
            labels.setdefault(name, spec.labels[path])
            if item.codes:
                codes.setdefault(name, item.codes)
            if item.check:
                checks.setdefault(name, item.check)
    return Lexicon(
        labels,
        codes,
        checks,
        {value.id: (value.ja, value.en) for value in catalogue.values.values()},
        {alert.id: (alert.ja, alert.en) for alert in catalogue.alerts.values()},
    )
