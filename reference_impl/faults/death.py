"""Seeded faults of juki about deaths and other removals."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"
_NOTICE = "identity_notice"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "death-not-notified", "DEATH-001", _R, "rule",
        "死亡による消除を本人確認情報で通知しない。",
        "A death is not notified.",
        {"silent_events": ("death",)},
    ),
    Fault(
        "death-reason-wrong", "DEATH-001", _R, "field",
        "死亡の本人確認情報の事由を職権消除等とする。",
        "The notice of a death gives the reason of a removal ex officio.",
        wire=value(_NOTICE, "reason", "23"),
    ),
    Fault(
        "death-without-number", "DEATH-001", _R, "field",
        "死亡の本人確認情報に個人番号を載せない。",
        "The notice of a death leaves the number out.",
        wire=value(_NOTICE, "individual_number", ""),
    ),
    Fault(
        "death-without-alias", "DEATH-001", _R, "field",
        "死亡の本人確認情報に通称を載せない。",
        "The notice of a death leaves the alias out.",
        wire=value(_NOTICE, "alias", ""),
    ),
    Fault(
        "dead-person-dies-again", "DEATH-001", _R, "state",
        "既に消除された者の死亡を受け付け、消除を重ねて通知する。",
        "Who is removed already is removed and notified again.",
        {"removed_die_again": True},
    ),
    Fault(
        "unknown-death-date-refused", "DEATH-002", _R, "rule",
        "不詳日や暦上日以外の日の死亡を受け付けない。",
        "A death on a day unknown or off the calendar is refused.",
        {"loose_death_date": "refused"},
    ),
    Fault(
        "unknown-death-date-made-today", "DEATH-002", _R, "field",
        "不詳日の死亡を、処理日の死亡として通知する。",
        "A death on an unknown day is notified as one of today.",
        {"loose_death_date": "today"},
    ),
    Fault(
        "unknown-move-date-accepted", "FORMAT-005", _R, "rule",
        "転居の異動日に、不詳日や暦上日以外の日を受け付ける。",
        "A move on a day unknown or off the calendar is accepted.",
        {"loose_dates_everywhere": True},
    ),
)  # fmt: skip
