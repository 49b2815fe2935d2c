"""What all tests share."""

import os

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Start one worker more than there are processors, as many tests wait for a process."""
    return (os.cpu_count() or 1) + 1
