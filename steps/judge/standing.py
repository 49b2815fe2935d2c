"""Standing judgements: what every scenario is judged by, besides its own requirement.

They look at whatever the system under test sends, so that a breach is found wherever it shows.
A row applies when the requirement binds the role under test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CHECK_DIGITS",
    "STANDING",
    "STANDING_IDS",
    "own_items",
    "standing_of",
    "standing_rules",
]

CHECK_DIGITS = {
    ("cs", "juminhyo_code"): "STOCK-003",
    ("cs", "individual_number"): "NUM-002",
    ("juki", "sender"): "FORMAT-009",
    ("juki", "receiver"): "FORMAT-009",
    ("juki", "municipality_code"): "FORMAT-009",
    ("juki", "register_municipality_code"): "FORMAT-009",
    ("juki", "addressee_number"): "FORMAT-008",
    ("juki", "household_number"): "FORMAT-008",
    ("atena", "integrated_number"): "FORMAT-008",
    ("atena", "atenabango"): "FORMAT-008",
}
"""(role, item) to the requirement that is about its check digit; all others are FORMAT-001."""


def own_items(role: str, requirement: str | None = None) -> list[str]:
    """Return the items whose check digit has a requirement of its own (this one, if named)."""
    return [
        item
        for (owner, item), found in CHECK_DIGITS.items()
        if owner == role and requirement in {None, found}
    ]


STANDING: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "PRIVACY-001",
        "kept_away",
        {
            "kinds": ["private"],
            "telegrams": ["identity_notice"],
            "words": "本人確認情報は、法令に定める事項だけを含む",
        },
    ),
    (
        "PRIVACY-002",
        "kept_away",
        {
            "kinds": ["individual_number"],
            "items_allowed": ["individual_number", "former_individual_number"],
            "words": "個人番号は、番号利用事務の電文の個人番号の項目だけに現れる",
        },
    ),
    (
        "PRIVACY-003",
        "kept_away",
        {
            "kinds": ["addressee_number", "individual_number"],
            "receivers": ["chukan"],
            "but": ["display_response"],
            "other_kinds": ["household_number"],
            "words": "宛名番号と個人番号は、表示の要求への応答を除き、中間サーバーへ送られない",
        },
    ),
    (
        "PRIVACY-003",
        "kept_away",
        {
            "kinds": ["juminhyo_code"],
            "receivers": ["atena"],
            "words": "住民票コードは、団体内統合宛名機能へ送られない",
        },
    ),
    (
        "ATENA-007",
        "kept_away",
        {
            "kinds": ["integrated_number"],
            "other_kinds": ["addressee_number", "household_number"],
            "words": "住民記録システムの電文に、団体内統合宛名番号は現れない",
        },
    ),
    (
        "ATENA-007",
        "not_taken_over",
        {"words": "住民記録システムの電文に、団体内統合宛名番号は現れない"},
    ),
    (
        "ATENA-008",
        "kept_away",
        {
            "kinds": ["integrated_number"],
            "receivers": ["juki", "gyomu"],
            "items_allowed": ["message"],
            "other_kinds": ["addressee_number"],
            "words": "住民記録システムへの電文では、団体内統合宛名番号は宛名番号に変換される",
        },
    ),
    (
        "FUGO-006",
        "kept_away",
        {
            "kinds": ["linkage_code"],
            "receivers": ["juki"],
            "words": "符号は、住民記録システムへの電文に現れない",
        },
    ),
    (
        "FUGO-008",
        "not_used_again",
        {
            "item": "取得番号",
            "done": "spent_acquisition_numbers",
            "fulfilled_by": "linkage_code_notice",
            "words": "符号の取得を終えた取得番号は、以後の電文に現れない",
        },
    ),
    ("NUM-008", "former_number_told", {}),
    ("FORMAT-002", "correlated", {}),
)


OWN_MUNICIPALITY: dict[str, Any] = {
    "own_items": ["municipality_code", "origin_code", "new_municipality_code"],
    "words": "その市町村の市区町村コード",
}
"""The items by which a sender names its municipality; a capture does not tell which that is."""


def standing_of(role: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (requirement, rule, parameters) of what every telegram of a role is judged by."""
    apart = [found for (owner, _), found in CHECK_DIGITS.items() if owner == role]
    return [
        *STANDING,
        ("FORMAT-001", "well_formed", {"but": own_items(role)}),
        *(
            (requirement, "well_formed", {"only": own_items(role, requirement)})
            for requirement in dict.fromkeys(apart)
        ),
    ]


def standing_rules(
    role: str, *, allowed: Sequence[str], once: Sequence[str]
) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (requirement, rule, parameters) of all that a scenario of a role is judged by.

    ``allowed`` and ``once`` are what its events require or permit, as ``closed_world`` takes them.
    """
    return [
        *standing_of(role),
        ("FORMAT-010", "own_municipality", OWN_MUNICIPALITY),
        ("COMMON-017", "closed_world", {"allowed": allowed, "once": once}),
    ]


STANDING_IDS = frozenset({"COMMON-017", "ROBUST-001"})
"""Requirements that every scenario judges and that need no scenario of their own."""
