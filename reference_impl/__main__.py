"""Start the reference system as a process of its own: ``python -m reference_impl --role juki``."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reference_impl.adapter import Adapter, System
from reference_impl.faults import FAULTS, SEEDED, VARIANTS, Fault
from reference_impl.rules import Rules
from telegram_specs import load_profile
from telegram_specs.network import SUT_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "profile_of"]

profile_of = cache(load_profile)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and serve the control protocol on stdin and stdout."""
    parser = argparse.ArgumentParser(prog="reference_impl", description=__doc__)
    parser.add_argument("--role", choices=SUT_ROLES, default="juki")
    parser.add_argument("--data", type=Path, help="folder of the registers, kept over a restart")
    parser.add_argument("--fault", choices=[fault.id for fault in FAULTS], metavar="ID")
    parser.add_argument("--variant", choices=[v.id for v in VARIANTS], metavar="ID")
    parser.add_argument("--profile", type=Path, help="folder of a private profile")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(arguments)
    seeded = next((f for f in SEEDED if f.id in {args.fault, args.variant}), None)
    rules = replace(Rules(), **dict(seeded.rules)) if seeded else Rules()
    with contextlib.ExitStack() as stack:
        data = args.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        system = System(
            role=args.role,
            profile=profile_of(args.profile),
            rules=rules,
            data=data,
            changes=seeded.wire if isinstance(seeded, Fault) else (),
            seed=args.seed,
        )
        asyncio.run(Adapter(system).serve())


if __name__ == "__main__":
    main()
