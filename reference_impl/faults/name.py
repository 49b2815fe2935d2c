"""Seeded faults of juki about names, readings, households, and dates off the calendar."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"
_NOTICE = "identity_notice"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "reading-not-told", "NAME-001", _R, "field",
        "本人確認情報に振り仮名を載せない。",
        "A notice leaves the reading of the name out.",
        wire=value(_NOTICE, "furigana", ""),
    ),
    Fault(
        "alias-not-notified", "NAME-002", _R, "rule",
        "通称の記載・削除を通知しない。",
        "Entry and deletion of an alias are not notified.",
        {"silent_events": ("alias",)},
    ),
    Fault(
        "alias-not-told", "NAME-002", _R, "field",
        "本人確認情報に通称を載せない。",
        "A notice leaves the alias out.",
        wire=value(_NOTICE, "alias", ""),
    ),
    Fault(
        "former-surname-not-notified", "NAME-003", _R, "rule",
        "旧氏の記載・変更・削除を通知しない。",
        "Entry, change and deletion of a former surname are not notified.",
        {"silent_events": ("former_surname",)},
    ),
    Fault(
        "household-change-notified", "NAME-004", _R, "rule",
        "世帯の変更と世帯主の氏名の修正で、世帯員の本人確認情報を送る。",
        "Household changes and the new name of a head cause notices of members.",
        {"told_needlessly": ("household",)},
    ),
    Fault(
        "reading-not-converted", "NAME-005", _R, "format",
        "入力されたままの振り仮名を送る。",
        "A reading is sent as it was entered.",
        {"convert_reading": False},
    ),
    Fault(
        "since-date-must-be-known", "FORMAT-005", _R, "rule",
        "住民となった日と住所を定めた日に、不詳日と暦上日以外を受け付けない。",
        "The days of residence must be known days of the calendar.",
        {"loose_since": False},
    ),
    Fault(
        "relation-too-deep", "FORMAT-007", _R, "rule",
        "5世代の続柄を受け付ける。",
        "A relation of five words is accepted.",
        {"deepest_relation": 5},
    ),
    Fault(
        "relation-of-other-words", "FORMAT-007", _R, "rule",
        "定められた語でない続柄を受け付ける。",
        "A relation of other words is accepted.",
        {"known_relations_only": False},
    ),
)  # fmt: skip
