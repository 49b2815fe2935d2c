"""What a capture is judged by: rules that need no scene, only what passed.

Each row names the requirement, the rule of the judge and its parameters. Codes are named by their
meaning, so that a private profile may have others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps.judge.standing import standing_of
from telegram_specs.network import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram_specs import Profile

__all__ = ["ORDERS", "UNIQUES", "Order", "Row", "Unique", "judged_at_all", "rows_of"]

NOTICE, NUMBER, CODE = "identity_notice", "individual_number", "juminhyo_code"
PERSON = "その者"
"""The name under which rules that ask for a person get the one of an episode."""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule over the telegrams of a stretch of the capture.

    ``where`` narrows it to telegrams in which items have one of these meanings.
    """

    requirement: str
    rule: str
    params: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """Rules over one person's telegrams, from the request that begins an episode.

    Attributes:
        opener: the telegram that begins it, where none of the others was seen before.
        early: whether the others may come before it, as nobody has what they tell before it.
        telegrams: the telegrams that belong to it, each with the item that must be filled.
        rules: requirement, rule and parameters.
    """

    opener: str
    telegrams: Mapping[str, str]
    rules: tuple[tuple[str, str, Mapping[str, Any]], ...]
    early: bool = False


@dataclass(frozen=True, slots=True)
class Unique:
    """A value that two different things may not have, in the whole capture.

    Attributes:
        telegram: spec id, None for every telegram of the CS link.
        item: what must differ.
        by: items of which one at least is the same where it is the same thing told again; the
            word ``request`` stands for what was asked, ``content`` for the whole telegram.
        within: item that parts the values, as each sender counts for itself.
        where: as of a row.
    """

    requirement: str
    telegram: str | None
    item: str
    by: tuple[str, ...]
    words: str
    within: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


REASONS = {
    "転入等": ("MOVEIN-005", "記載"),
    "出生": ("BIRTH-006", "記載"),
    "転出": ("MOVEOUT-003", "消除"),
    "死亡": ("DEATH-001", "消除"),
    "転居": ("MOVE-001", "修正"),
    "軽微な修正": ("CORRECT-002", "修正"),
    "職権修正等": ("CORRECT-001", "修正"),
}
"""規則11条: reason to the requirement and the one kind of change that has it."""

FIXED_ROWS = (
    *(
        Row(
            "ATENA-001",
            "matches",
            {
                "telegram": "addressee_request",
                "item": item,
                "pattern": ".+",
                "words": "個人番号・宛名番号・生年月日・性別・住所を含む付番依頼",
            },
        )
        for item in (NUMBER, "addressee_number", "birth_date", "sex", "address")
    ),
    Row(
        "STOCK-002",
        "matches",
        {
            "telegram": "juminhyo_code_list",
            "item": CODE,
            "pattern": "[0-9]{11}",
            "words": "11桁の数字",
        },
    ),
    Row(
        "NUM-003",
        "one_way",
        {
            "telegram": "number_issue_result",
            "source": CODE,
            "result": NUMBER,
            "words": "住民票コードを復元できる規則性を備えない値",
        },
    ),
    Row(
        "JUTOGAI-007",
        "at_most",
        {
            "telegram": "token_response",
            "item": "expires_in",
            "limit": 600,
            "words": "600秒以内の有効期限",
        },
    ),
)

ORDERS = (
    Order(
        "number_issue_request",
        {"number_issue_result": NUMBER, NOTICE: NUMBER},
        (
            (
                "BIRTH-004",
                "follows",
                {
                    "telegram": NOTICE,
                    "after": "number_issue_result",
                    "label": "個人番号を含む本人確認情報",
                    "after_label": "個人番号生成結果",
                    "person": PERSON,
                    "carrying": NUMBER,
                },
            ),
            (
                "BIRTH-004",
                "item_same",
                {
                    "telegram": NOTICE,
                    "item": NUMBER,
                    "other": "number_issue_result",
                    "other_item": NUMBER,
                    "words": "通知を受けた個人番号",
                    "person": PERSON,
                    "may_be_empty": True,
                },
            ),
        ),
        early=True,
    ),
    Order(
        "number_change_request",
        {"number_change_result": NUMBER, NOTICE: f"former_{NUMBER}"},
        (
            (
                "NUM-007",
                "follows",
                {
                    "telegram": NOTICE,
                    "after": "number_change_result",
                    "label": "個人番号の修正の本人確認情報",
                    "after_label": "個人番号変更結果",
                    "person": PERSON,
                    "carrying": f"former_{NUMBER}",
                },
            ),
        ),
    ),
    Order(
        "number_issue_request",
        {NOTICE: "entry"},
        (("COMMON-001", "notice_order", {"person": PERSON}),),
    ),
)

UNIQUES = (
    Unique("FORMAT-002", None, "serial", ("content",), "送信元ごとに異なる通番", within="sender"),
    Unique("NUM-001", "number_issue_result", NUMBER, (CODE,), "他のいずれとも異なる個人番号"),
    Unique("NUM-001", "number_change_result", NUMBER, (CODE,), "他のいずれとも異なる個人番号"),
    Unique("NUM-014", "number_issue_result", CODE, (NUMBER,), "一つの住民票コードに一つの個人番号"),
    Unique("STOCK-001", "juminhyo_code_list", CODE, (), "それまでに指定していない住民票コード"),
    Unique(
        "BIRTH-007",
        NOTICE,
        CODE,
        ("name", "furigana"),
        "他の者と異なる住民票コード",
        where={"reason": ("出生",), "entry": ("記載",)},
    ),
    Unique(
        "FORMAT-008",
        "addressee_request",
        "addressee_number",
        (NUMBER, "name", "birth_date"),
        "他の者と異なる宛名番号",
    ),
    Unique(
        "ATENA-005",
        "integrated_number_notice",
        "integrated_number",
        (),
        "通知していない団体内統合宛名番号",
    ),
    Unique(
        "FUGO-007",
        "linkage_start",
        "acquisition_number",
        ("integrated_number",),
        "者ごとに異なる取得番号",
    ),
    Unique(
        "FUGO-007",
        "linkage_request",
        "acquisition_number",
        ("addressee_number",),
        "者ごとに異なる取得番号",
    ),
    Unique(
        "JUTOGAI-001",
        "jutogai_response",
        "atenabango",
        ("request",),
        "それまでのどれとも異なる宛名番号",
    ),
)


def rows_of(role: str, profile: Profile) -> Iterator[Row]:
    """Yield what a role's telegrams are judged by, stretch by stretch."""
    for requirement, rule, params in standing_of(role):
        yield Row(requirement, rule, params)
    yield from FIXED_ROWS
    for reason, (requirement, entry) in REASONS.items():
        codes = _codes(profile, NOTICE, "entry", (entry,))
        params = {"telegram": NOTICE, "item": "entry", "expected": sorted(codes), "words": entry}
        yield Row(requirement, "item_is", params, {"reason": (reason,)})
    words = "アクセストークンはAuthorizationヘッダだけで送る"
    for spec in profile.specs.values():
        asked = any(LINKS[link].token_at in spec.receiver for link in spec.links)
        if spec.http and asked and spec.answer != "token_response":
            params = {"telegram": spec.id, "words": words}
            yield Row("JUTOGAI-006", "token_in_header", params)


def _codes(profile: Profile, telegram: str, item: str, meanings: tuple[str, ...]) -> frozenset[str]:
    spec = profile.specs.get(telegram)
    field_ = next((f for f in spec.fields if f.id == item), None) if spec else None
    codes = getattr(field_, "codes", None) or {}
    return frozenset(code for code, meaning in codes.items() if meaning in meanings)


def wanted(
    profile: Profile, telegram: str, where: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """Return the codes that items must have for a row or a unique value to be about them."""
    return {item: _codes(profile, telegram, item, meanings) for item, meanings in where.items()}


def judged_at_all(profile: Profile, roles: tuple[str, ...]) -> frozenset[str]:
    """Return the requirements that a capture can show; all others need a scenario."""
    rows = (row.requirement for role in roles for row in rows_of(role, profile))
    orders = (requirement for order in ORDERS for requirement, _, _ in order.rules)
    return frozenset((*rows, *orders, *(unique.requirement for unique in UNIQUES)))
