"""Samples of identifiers: an oracle for the check digits that is not our own code.

They were published, or worked out by hand on a published formula; ``source`` tells which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from telegram_specs.engine.checkdigit import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PUBLISHED_SAMPLES", "Sample", "wrong_samples"]


class Sample(NamedTuple):
    """An identifier that a public source, or a published formula, calls valid or invalid."""

    kind: str
    digits: str
    valid: bool
    source: str


def _samples(
    kind: str, source: str, *, valid: tuple[str, ...], invalid: tuple[str, ...] = ()
) -> Iterator[Sample]:
    for digits in (*valid, *invalid):
        yield Sample(kind, digits, digits in valid, source)


_EVERY_REMAINDER = (
    "019",  # 1*2 = 2, 11-2 = 9
    "108",  # 1*3 = 3, 11-3 = 8
    "027",  # 2*2 = 4, 11-4 = 7
    "116",  # 1*3 + 1*2 = 5, 11-5 = 6
    "035",  # 3*2 = 6, 11-6 = 5
    "124",  # 1*3 + 2*2 = 7, 11-7 = 4
    "043",  # 4*2 = 8, 11-8 = 3
    "302",  # 3*3 = 9, 11-9 = 2
    "051",  # 5*2 = 10, 11-10 = 1
)
"""The last digits of numbers of zeros, one for each remainder from 2 to 10."""

PUBLISHED_SAMPLES: tuple[Sample, ...] = (
    *_samples(
        "individual_number",
        "平成26年総務省令第85号5条の式による計算",
        valid=(
            "123456789018",  # sum 212, remainder 3
            "111111111118",  # sum 47, remainder 3
            "100000871090",  # sum 111, remainder 1
            *(f"000000000{digits}" for digits in _EVERY_REMAINDER),
            "000000000060",  # 6*2 = 12, remainder 1
            "000000000000",  # remainder 0
        ),
        invalid=("123456789019", "12345678903", "0123456789018", "12345678901８"),
    ),
    *_samples(
        "individual_number",
        "tests of public libraries",
        valid=(
            "507957100721",  # sum 175, remainder 10
            "983205673214",  # sum 238, remainder 7
            "454972364860",  # sum 220, remainder 0
            "895980423139",
            "436673173767",
            "430792811528",
            "107611545184",
            "964041141335",
            "044580705690",
            "465281266333",
            "379474484458",
        ),
        invalid=("507957100722", "983205673210"),
    ),
    *_samples(
        "juminhyo_code",
        "sample 住民票 in the public repository masanork/srn",
        valid=(
            "24727059608",  # sum 179, remainder 3
            "24846016224",  # sum 139, remainder 7
            "25208017643",  # sum 151, remainder 8
        ),
    ),
    *_samples(
        "juminhyo_code",
        "平成14年総務省告示第436号の式による計算",
        valid=(
            "12345678903",  # sum 195, remainder 8
            "10000871090",  # sum 110, remainder 0
            "10000237570",  # sum 89, remainder 1
            *(f"00000000{digits}" for digits in _EVERY_REMAINDER),
        ),
        invalid=("12345678901", "0000000019", "012345678903"),
    ),
    *_samples(
        "municipality_code",
        "総務省 全国地方公共団体コード",
        valid=(
            "130001",  # 東京都: sum 21, remainder 10
            "011002",  # 札幌市: sum 9, remainder 9
            "472158",  # 南城市: sum 80, remainder 3
            "131041",  # 新宿区: sum 33, remainder 0
            "092011",  # 宇都宮市: sum 55, remainder 0
            "011011",  # 札幌市中央区: sum 11, remainder 0
            *(f"000{digits}" for digits in _EVERY_REMAINDER),
            "000060",  # 6*2 = 12, remainder 1, 11-1 = 10, last digit 0
        ),
        invalid=("000000", "000061", "00019", "0130001"),
    ),
    *_samples(
        "addressee_number",
        "住民記録システム標準仕様書1.0 1.1.13の式による計算",
        valid=(
            "123456789012340",  # sum 231, remainder 0
            "111111111111117",  # sum 59, remainder 4
            "987654321098769",  # sum 299, remainder 2
            *_EVERY_REMAINDER,
            "60",  # 6*2 = 12, remainder 1: the rule is not published, 0 and 1 pass
            "61",
            "00",  # remainder 0
        ),
        invalid=("62", "123456789012341", "0", "", "0123456789012340"),
    ),
)


def wrong_samples() -> list[str]:
    """Return one line for each sample that the check digit rules judge wrongly."""
    return [
        f"check digit {kind}: wrong on a published sample ({source}). "
        f"expected {digits} to be {'valid' if valid else 'invalid'}, got the opposite"
        for kind, digits, valid, source in PUBLISHED_SAMPLES
        if verify(kind, digits) is not valid
    ]
