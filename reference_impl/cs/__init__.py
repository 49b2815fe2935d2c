"""市町村CS, prefecture and 機構: one desk for each kind of work, one node that joins them."""

from reference_impl.cs.node import Cs

__all__ = ["Cs"]
