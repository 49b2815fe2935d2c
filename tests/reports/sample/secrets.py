"""The values of the sample that no rendering may show; all numbers are invented."""

from __future__ import annotations

NUMBER = "123456789018"
OTHER_NUMBER = "210987654321"
CODE = "12345678903"
ACQUISITION = "ACQ20260501000000042"
INTEGRATED = "900000000000017"
LINKAGE_CODE = "c0ffee" * 10 + "abcd"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.canary-token.c2lnbmF0dXJl"
CLIENT_SECRET = "canary-client-secret-0123456789"
NAME = "架空　花子"
ADDRESS = "架空市中央一丁目二番三号"
SECRETS = (
    NUMBER,
    OTHER_NUMBER,
    CODE,
    ACQUISITION,
    INTEGRATED,
    LINKAGE_CODE,
    TOKEN,
    CLIENT_SECRET,
    NAME,
    ADDRESS,
)
"""Values that no rendering may show in any spelling."""
