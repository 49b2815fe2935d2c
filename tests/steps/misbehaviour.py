"""What every transport makes of an adapter that misbehaves: a clear error, never a hang."""

from __future__ import annotations

import pytest

from tests.steps.attached import NETWORK

SHORT, LONG = 0.3, 30.0
"""Deadlines: for an answer that does not come, for one that does."""
LATE = "observe: no answer within its deadline"
NOT_JSON = (
    "not a JSON object. expected one JSON object an answer, in UTF-8; "
    "write messages for people to stderr"
)


def misbehaves(driver, error, text, within):
    """Greet, ask once and see the error; then see that a further answer is understood."""
    driver.start(NETWORK)
    with pytest.raises(error) as caught:
        driver.command("observe", {"what": "stock"}, within=within)
    assert str(caught.value) == text
    assert driver.command("observe", {"what": "errors"}, within=LONG).status == "unsupported"
