from __future__ import annotations

import pytest

from telegram_specs import load_profile


@pytest.fixture(scope="session")
def profile():
    return load_profile()
