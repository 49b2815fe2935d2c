"""Going on with an operator's run: what was ordered when it began."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from denbun.failures import Usage
from denbun.suite import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from denbun.options import Language

__all__ = ["order_left"]


def order_left(folder: Path, given: Mapping[str, Any], *, strict: bool, lang: Language) -> Order:
    """Return the order of the run that a folder holds. Raises Usage, SessionError or ResultError.

    ``given`` are the options of the command line that a run has from its beginning.
    """
    from steps.drivers.operator.session import SESSION
    from steps.resume import left_in

    if too_much := [name for name, value in given.items() if value is not None]:
        raise Usage(f"--resume: the run has its choices. expected no {', '.join(too_much)}")
    if not (folder / SESSION).exists():
        raise Usage(f"--resume: no operator's run in {folder}. expected {folder / SESSION}")
    order = left_in(folder).past.order
    return Order(
        out=folder,
        role=order["role"],
        sut=_path(order["sut"]),
        profile=_path(order["profile"]),
        seed=order["seed"],
        strict=strict,
        resume=True,
        lang=lang,
    )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
