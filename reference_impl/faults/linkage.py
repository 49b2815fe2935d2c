"""Seeded faults about linkage codes beside those of the link itself."""

from __future__ import annotations

from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "linkage-for-unknown-number", "FUGO-003", "cs", "rule",
        "該当者のない個人番号でも、ある者の符号の生成を求める。",
        "A request with a number of nobody leads to somebody's linkage code.",
        {"refuse_unknown_number": False},
    ),
    Fault(
        "linkage-for-unknown-addressee", "FUGO-002", "juki", "rule",
        "該当者のない宛名番号でも、ある者の符号の取得を求める。",
        "A request with an addressee number of nobody asks for somebody's linkage code.",
        {"refuse_unknown_addressee": False},
    ),
)  # fmt: skip
