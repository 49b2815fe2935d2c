"""住民記録システム: one desk for each kind of work, one node that joins them."""

from reference_impl.juki.node import Juki

__all__ = ["Juki"]
