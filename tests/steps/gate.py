"""A pytest plugin for a suite that a test watches: it waits at a point until it may go on.

``DENBUN_GATE`` names the point (``event``: after each もし, ``case``: after each case) and the
folder in which ``reached`` appears; the suite goes on when that file is taken away.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

POINT, _, FOLDER = os.environ["DENBUN_GATE"].partition(":")


def wait_at(point: str) -> None:
    reached = Path(FOLDER, "reached")
    if point == POINT:
        reached.touch()
        while reached.exists():
            time.sleep(0.005)


def pytest_bdd_after_step(step):
    if step.type == "when":
        wait_at("event")


def pytest_runtest_logfinish():
    wait_at("case")
