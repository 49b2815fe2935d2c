"""Seeded faults and correct variants of the reference: data that the tests of the harness use."""

from __future__ import annotations

from reference_impl.faults import birth, form, link, network
from reference_impl.faults.model import Fault, Variant, WireChange
from reference_impl.faults.variants import VARIANTS

__all__ = ["FAULTS", "SEEDED", "VARIANTS", "Fault", "Variant", "WireChange"]

FAULTS: tuple[Fault, ...] = (
    *birth.FAULTS,
    *link.FAULTS,
    *network.FAULTS,
    *form.FAULTS,
)
"""Every seeded fault; ids are unique."""

SEEDED: tuple[Fault | Variant, ...] = (*FAULTS, *VARIANTS)
"""Everything that the reference can be started as beside itself; ids are unique."""
