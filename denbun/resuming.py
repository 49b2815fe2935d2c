"""Going on with an operator's run: what was ordered when it began."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from denbun.failures import Usage
from denbun.suite import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from denbun.options import Language

__all__ = ["order_left", "spare"]


def spare(folder: Path) -> None:
    """Raise Usage when a new run would overwrite what an operator has entered for an open one."""
    from reports import ResultError
    from steps.drivers.operator.session import SESSION, SessionError
    from steps.resume import left_in

    if not (folder / SESSION).exists():
        return
    try:
        open_cases = len(left_in(folder).open)
    except (SessionError, ResultError, OSError):
        return
    raise Usage(
        f"--out: {folder} holds an operator's run with open cases ({open_cases}). expected "
        f"--resume {folder}, or another folder"
    )


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
        sut=tuple(Path(file) for file in (order["sut"], order["counterpart"]) if file),
        profile=_path(order["profile"]),
        seed=order["seed"],
        strict=strict,
        resume=True,
        lang=lang,
    )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
