"""自治体中間サーバー: joins the desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.base import Base
from reference_impl.chukan.inquiry import InquiryDesk
from reference_impl.chukan.linkage import LinkageDesk
from reference_impl.chukan.person import PersonDesk
from reference_impl.chukan.replica import ReplicaDesk
from reference_impl.desk import join

if TYPE_CHECKING:
    from reference_impl.node import Context

DESKS = (PersonDesk, LinkageDesk, ReplicaDesk, InquiryDesk)
"""Every desk; a new kind of work is a new row."""


class Chukan(Base):
    """The node; `registers` hold persons by integrated number and open acquisitions."""

    role = "chukan"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.municipality = context.municipality_code
        self.desks = tuple(desk(self) for desk in DESKS)
        join(self, self.desks)
