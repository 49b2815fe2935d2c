"""How does checking a capture grow with it? Ratios only; seconds depend on the host.

Run as ``python -m benchmarks.check [TELEGRAMS]``; 100 000 take minutes.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from steps.capture.checking import check_files
from steps.register import load_register
from telegram_specs import check_digit, load_profile

SMALL = 10


def capture(path: Path, count: int) -> None:
    """Write number requests and their results, each with a serial and a person of its own."""
    profile = load_profile()
    header = {
        "ref_serial": "0000000000",
        "created_date": "2026-05-01",
        "created_time": "090000",
        "result": "0000",
    }
    ways = (("999016", "000001"), ("000001", "999016"))
    with path.open("wb") as file:
        for number in range(count):
            person, way = divmod(number, 2)
            sender, receiver = ways[way]
            code, base = f"{person * 7919 % 10**10:010}", f"{person * 104729 % 10**11:011}"
            values = {
                "sender": sender,
                "receiver": receiver,
                "serial": f"{number + 1:010}",
                "juminhyo_code": code + check_digit("juminhyo_code", code),
            }
            if way:
                values["individual_number"] = base + check_digit("individual_number", base)
            telegram = ("number_issue_request", "number_issue_result")[way]
            file.write(profile.spec(telegram).encode({**header, **values}))


def measured(count: int, *, memory: bool) -> float:
    """Return the seconds, or the most bytes at a time, of a check of so many telegrams."""
    profile, register = load_profile(), load_register()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "capture.bin"
        capture(path, count)
        if memory:
            tracemalloc.start()
        start = time.perf_counter()
        outcome = check_files([path], profile, register)
        spent = time.perf_counter() - start
        assert sum(outcome.telegrams.values()) == count
        if not memory:
            return spent
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return float(peak)


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    small = max(large // SMALL, 1)
    time_ratio = measured(large, memory=False) / measured(small, memory=False)
    memory_ratio = measured(large, memory=True) / measured(small, memory=True)
    print(f"{large} telegrams / {small} telegrams (1 would be constant, {SMALL} linear)")
    print(f"time of denbun check    {time_ratio:8.1f}")
    print(f"memory of denbun check  {memory_ratio:8.1f}")


if __name__ == "__main__":
    main()
