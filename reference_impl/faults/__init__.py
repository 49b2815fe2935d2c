"""Seeded faults and correct variants of the reference: data that the tests of the harness use."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from reference_impl.faults.model import Fault, Variant, WireChange

__all__ = ["FAULTS", "SEEDED", "VARIANTS", "Fault", "Variant", "WireChange"]

_SUBJECTS = [
    import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
]

FAULTS: tuple[Fault, ...] = tuple(
    fault for subject in _SUBJECTS for fault in getattr(subject, "FAULTS", ())
)
"""Every seeded fault of every subject; ids are unique."""

VARIANTS: tuple[Variant, ...] = tuple(
    variant for subject in _SUBJECTS for variant in getattr(subject, "VARIANTS", ())
)
"""Every correct variant; ids are unique."""

SEEDED: tuple[Fault | Variant, ...] = (*FAULTS, *VARIANTS)
"""Everything that the reference can be started as beside itself; ids are unique."""
