"""How much slower is the codec than reading without rules? Ratios only; seconds depend on the host.

Run as ``python -m benchmarks.codec``.
"""

from __future__ import annotations

import json
import struct
from timeit import repeat
from typing import TYPE_CHECKING

from telegram_specs import load_profile
from telegram_specs.engine.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable

TELEGRAM, VECTOR = "identity_notice", "identity_notice/birth"
ROUNDS, LOOPS = 7, 300


def best(function: Callable[[], object]) -> float:
    return min(repeat(function, repeat=ROUNDS, number=LOOPS))


def main() -> None:
    profile = load_profile()
    spec = profile.spec(TELEGRAM)
    vector = load_vectors(profile.files).good[VECTOR]
    layout = struct.Struct("".join(f"{length}s" for _, length in vector.spans.values()))
    body = json.dumps(vector.values)
    decode = best(lambda: spec.decode(vector.raw))
    encode = best(lambda: spec.encode(vector.values))
    unpack = best(lambda: layout.unpack(vector.raw))
    loads = best(lambda: json.loads(body))
    print(f"{TELEGRAM}: {len(vector.raw)} bytes, {len(vector.values)} fields")
    print(f"decode and validate / struct.unpack  {decode / unpack:8.1f}")
    print(f"decode and validate / json.loads     {decode / loads:8.1f}")
    print(f"encode              / struct.unpack  {encode / unpack:8.1f}")
    print(f"encode              / json.loads     {encode / loads:8.1f}")


if __name__ == "__main__":
    main()
