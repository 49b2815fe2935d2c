"""自治体中間サーバー: one desk for each kind of work, one node that joins them."""

from reference_impl.chukan.node import Chukan

__all__ = ["Chukan"]
