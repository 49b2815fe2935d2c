"""What a finished run was ordered with, so that it, or a part of it, can be run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from denbun import console
from denbun.failures import Usage
from denbun.finished import run_in
from denbun.progress import GOOD
from denbun.suite import Order

if TYPE_CHECKING:
    from denbun.options import Language
    from reports import Run

__all__ = ["failed_ones", "order_again"]

NOTHING = {
    "ja": "{folder}: 再実行する試験項目はない（{count}件すべて PASS または NOT_APPLICABLE）",
    "en": "{folder}: nothing to run again ({count} cases, all PASS or NOT_APPLICABLE)",
}


def order_again(run: Run, out: Path) -> Order:
    """Return the order of a finished run, to be carried out into another folder.

    Raises Usage where what it was about is not there any more.
    """
    header = run.header
    files = [header.sut.get("file"), (header.counterpart or {}).get("file")]
    if header.driver != "reference" and not files[0]:
        raise Usage("the results name no sut.yaml. expected --sut, and a run with it")
    sut = tuple(Path(file) for file in files if file)
    folder = header.profile.get("folder")
    for path in (*sut, *([Path(folder)] if folder else [])):
        if not path.exists():
            raise Usage(f"{path}: no such file, but the results name it. expected it from here")
    return Order(
        out=out,
        role=header.role,
        sut=sut,
        profile=Path(folder) if folder else None,
        seed=header.seed,
        **_seeded(header.fault),
    )


def _seeded(name: str | None) -> dict[str, Any]:
    """Return fault or variant of the reference, whichever the name is one of."""
    if name is None:
        return {}
    from reference_impl.faults import VARIANTS

    is_variant = name in {variant.id for variant in VARIANTS}
    return {"variant" if is_variant else "fault": name}


def failed_ones(order: Order, lang: Language) -> Order | None:
    """Return an order for the cases of its folder that failed, None where there is none.

    What the order does not say is as in the earlier run, but for the seed.
    """
    run = run_in(order.out)
    if order.role not in {None, run.header.role}:
        raise Usage(
            f"--role: the earlier run is of {run.header.role}. expected no other, got {order.role}"
        )
    cases = run.accounted()
    ids = [case.case_id for case in cases if case.verdict not in GOOD]
    if not ids:
        console.say(NOTHING[lang].format(folder=order.out, count=len(cases)))
        return None
    wanted = " or ".join(f"@{case_id}" for case_id in ids)
    tags = f"({order.tags}) and ({wanted})" if order.tags is not None else wanted
    earlier = order_again(run, order.out)
    kept = {
        name: getattr(order, name) or getattr(earlier, name) for name in ("sut", "profile", "role")
    }
    if not order.sut and not order.fault and not order.variant:
        kept |= {"fault": earlier.fault, "variant": earlier.variant}
    return replace(order, tags=tags, **kept)
