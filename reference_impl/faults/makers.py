"""Makers of what faults have in common: one change on the wire, one misbehaviour of many roles."""

from __future__ import annotations

from reference_impl.faults.model import Fault, WireChange

__all__ = [
    "after_broken",
    "byte",
    "cut",
    "drop",
    "ends_after",
    "longer",
    "reuses_acquisition",
    "twice",
    "value",
]

Wire = tuple[WireChange, ...]


def value(telegram: str, item: str, to: str) -> Wire:
    """Give an item another value, which its definition allows."""
    return (WireChange(telegram, "value", item, to),)


def byte(telegram: str, item: str, to: str) -> Wire:
    """Write bytes (latin-1) over the end of an item; in JSON and forms they are its value."""
    return (WireChange(telegram, "byte", item, to),)


def cut(telegram: str, count: int) -> Wire:
    """Leave the last bytes of a telegram out."""
    return (WireChange(telegram, "cut", to=str(count)),)


def drop(telegram: str, item: str = "") -> Wire:
    """Do not send a telegram, or leave the JSON key of an item out."""
    return (WireChange(telegram, "drop", item),)


def twice(telegram: str) -> Wire:
    """Send a telegram a second time with a new serial."""
    return (WireChange(telegram, "twice"),)


def longer(telegram: str, count: int) -> Wire:
    """Declare more bytes than a telegram has."""
    return (WireChange(telegram, "extra_length", to=str(count)),)


def ends_after(role: str, telegram: str, word: str, ja: str, en: str) -> Fault:
    """Make the fault of a process that ends by itself after a telegram."""
    return Fault(
        f"{role}-ends-after-{word}", "ROBUST-001", role, "state",
        f"{ja}を受信すると異常終了する。",
        f"The process ends by itself after {en}.",
        {"exit_after": telegram},
    )  # fmt: skip


def after_broken(role: str) -> tuple[Fault, ...]:
    """Make the faults of what follows a broken or unknown telegram: an end, or silence."""
    return (
        Fault(
            f"{role}-ends-after-broken-telegram", "FORMAT-002", role, "state",
            "途中で切れた電文や未知の電文を受信すると終了する。",
            "A broken or unknown telegram ends the process.",
            {"on_broken": "exit"},
        ),
        Fault(
            f"{role}-deaf-after-broken-telegram", "FORMAT-002", role, "state",
            "途中で切れた電文や未知の電文の後、応答しなくなる。",
            "After a broken or unknown telegram nothing is answered any more.",
            {"on_broken": "deaf"},
        ),
    )  # fmt: skip


def reuses_acquisition(role: str, ja: str = "要求", en: str = "request") -> Fault:
    """Make the fault of keeping a 取得番号 for the next time that the same person needs one."""
    return Fault(
        f"acquisition-number-reused-by-{role}", "FUGO-008", role, "privacy",
        f"取得番号を保存し、同じ者の次の{ja}に再び用いる。",
        f"An acquisition number is kept and used for the person's next {en}.",
        {"reuse_acquisition_number": True},
    )  # fmt: skip
