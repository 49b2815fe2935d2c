"""The words of the features: how sentences are parsed, which role, telegram or item is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parse import with_pattern  # type: ignore[import-untyped]
from pytest_bdd import parsers

from steps.bench.breakage import BREAKAGES
from steps.catalogue import load_catalogue
from telegram_specs.engine.fields import leaves
from telegram_specs.network import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from telegram_specs import Profile, TelegramSpec

__all__ = [
    "ERA_ENDS",
    "FATES",
    "KNOWN",
    "OPERATIONS",
    "REPLIES",
    "alert_named",
    "code_named",
    "item_named",
    "leaf_named",
    "role_named",
    "says",
    "telegram_named",
]


def _one_of(texts: Iterable[str]) -> Any:
    """Return a parse type that takes exactly these texts."""
    return with_pattern("|".join(map(re.escape, texts)))(lambda string: string)


def _meant_by(table: Mapping[str, Any]) -> Any:
    """Return a parse type that takes the texts of a table and gives what they stand for."""
    return with_pattern("|".join(map(re.escape, table)))(lambda string: table[string])


ERA_ENDS = {
    "明治45年7月30日": "1912-07-30",
    "大正15年12月25日": "1926-12-25",
    "昭和64年1月7日": "1989-01-07",
    "平成元年1月8日": "1989-01-08",
    "平成31年4月30日": "2019-04-30",
    "令和元年5月1日": "2019-05-01",
}
"""Days on which an era ends or begins; on the first two one ends and the next begins (1.1.8)."""

EXCESS = {"いっぱいの": 0, "を1文字超える": 1}
"""How many characters more than an item holds."""

FATES = {
    "は届かない": ("lost", ""),
    "への受付は届かない": ("answer_lost", ""),
    "への受付は、参照通番が異なる": ("misdirected_answer", ""),
    "は二度届く": ("twice", ""),
    "は、別の通番でもう一度届く": ("again", ""),
    "は、CSに拒まれる": ("refused", "9999"),
    "は、一時的に処理されない": ("unavailable", ""),
    "のアクセストークンは拒まれる": ("unauthorised", ""),
    "のアクセストークンは、発行されたものでない": ("token", "Bearer not-issued-here"),
    "には、アクセストークンがない": ("token", ""),
    **{f"は、{breakage.ja}": ("broken", name) for name, breakage in BREAKAGES.items()},
}
"""What becomes of the next telegram of a kind: the planned fault, and its detail."""

KNOWN = {
    "指定された住民票コードの一つである": ("designated", True),
    "未使用の住民票コードの一つである": ("stock", True),
    "検査数字の誤ったものでない": ("bad_codes", False),
    "記載済みのものでない": ("in_use", False),
    "変更前の住民票コードでない": ("former_codes", False),
    "新たに付番されたものでない": ("stock", False),
    "除票の宛名番号である": ("removed_addressee", True),
    "その除票の宛名番号でない": ("removed_addressee", False),
    "その除票の者のものでない": ("namesake", False),
}
"""What is said of an item: the fact that lists known texts, and whether it is one of them."""

OPERATIONS = {
    "その異動": ("event", "juki"),
    "その修正": ("event", "juki"),
    "その操作": ("operation", "juki"),
    "その削除": ("delete_addressee", "atena"),
    "出生の本登録": ("birth", "juki"),
}
"""What was asked for: the key under which the answer is kept, and the role that answered."""

REPLIES = {
    "は受け付けられる": ["ok"],
    "は受け付けられない": ["rejected"],
    "は受け付けられるか、既に済んでいる": ["ok", "rejected"],
    "は、受け付けられても受け付けられなくてもよい": ["ok", "rejected"],
}
"""How an operation comes out: the statuses that are right."""

UNKNOWN_DATES = {"日": "1950-03-00", "すべて": "0000-00-00"}
"""Birth dates of which a part is not known."""

TYPES: dict[str, Any] = {
    "Name": with_pattern("[^「」]+")(lambda string: string),
    "Count": with_pattern("[0-9]+")(lambda string: int(string)),  # noqa: PLW0108 - int takes no attribute
    "System": _one_of(role.ja for role in ROLES.values()),
    "EraEnd": _one_of(ERA_ENDS),
    "State": _one_of(("住登者", "住登外者", "転出者")),
    "Shown": _one_of(("提供されていない", "提供された", "提供できない")),
    "Kind": _one_of(("新規付番", "既存の宛名番号による登録")),
    "Way": _one_of(("できる", "できない")),
    "Entry": _one_of(("記載", "消除", "修正")),
    "Event": with_pattern("(?!出生を?)[^「」、]+?")(lambda string: string),
    "DatedAs": with_pattern("[^「」、]+を[^「」、]+")(lambda string: tuple(string.split("を"))),
    "Excess": _meant_by(EXCESS),
    "CardState": _one_of(("申請中", "交付済", "廃止")),
    "Listed": with_pattern("[^「」を、]+(?:・[^「」を、]+)*")(lambda string: string.split("・")),
    "City": with_pattern("[BC](?:又は市町村[BC])?")(lambda string: string),
    "Fate": _meant_by(FATES),
    "Operation": _one_of(OPERATIONS),
    "Reply": _one_of(REPLIES),
    "Flag": _one_of(("設定されている", "設定されていない")),
    "Unknown": _meant_by(UNKNOWN_DATES),
    "Known": _one_of(KNOWN),
    "Kept": _one_of(("保持されている", "消去されている")),
    "Character": with_pattern("[^「」、]+?")(lambda string: string),
    "Special": with_pattern("[^「」、]+?")(lambda string: string.split("・")),
}


def says(sentence: str) -> parsers.parse:
    """Return a parser: ``{x:Name}`` is a word inside 「」, ``{n:Count}`` half-width digits."""
    return parsers.parse(sentence, extra_types=TYPES)


def role_named(ja: str) -> str:
    """Return a role by its Japanese name. Raises KeyError."""
    found = [role.name for role in ROLES.values() if role.ja == ja]
    if not found:
        raise KeyError(f"「{ja}」 names no role")
    return found[0]


def alert_named(ja: str) -> str:
    """Return the code of an alert by its text in the catalogue. Raises LookupError."""
    found = [code for code, alert in load_catalogue().alerts.items() if alert.ja == ja]
    if not found:
        raise LookupError(f"「{ja}」 is no alert of the catalogue")
    return found[0]


def telegram_named(profile: Profile, label: str) -> TelegramSpec:
    """Return a telegram by its Japanese label. Raises LookupError."""
    found = [spec for spec in profile.specs.values() if spec.label == label]
    if len(found) != 1:
        raise LookupError(f"「{label}」 names {len(found)} telegrams of the profile")
    return found[0]


def item_named(spec: TelegramSpec, label: str) -> str:
    """Return the path of an item by its Japanese label. Raises LookupError."""
    found = [path for path, name in spec.labels.items() if name.rpartition("/")[2] == label]
    if len(found) != 1:
        raise LookupError(f"「{label}」 names {len(found)} items of 「{spec.label}」")
    return found[0]


def code_named(spec: TelegramSpec, path: str, meaning: str) -> str:
    """Return the code that has a meaning in an item's code list. Raises LookupError."""
    codes = next(field.codes for known, _, field in leaves(spec.fields) if known == path)
    found = [code for code, text in (codes or {}).items() if text == meaning]
    if not found:
        raise LookupError(f"「{meaning}」 is no value of 「{spec.labels[path]}」")
    return found[0]


def leaf_named(spec: TelegramSpec, label: str) -> str:
    """Return the last part of an item's path, which is what repeats in a repetition."""
    return item_named(spec, label).rpartition(".")[2]
