"""団体内統合宛名機能: one desk for each kind of work, one node that joins them."""

from reference_impl.atena.node import Atena

__all__ = ["Atena"]
