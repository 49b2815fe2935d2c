"""Seeded faults of juki about corrections, cancellations and changes of many addresses."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_R = "juki"
_NOTICE = "identity_notice"
_CHANGING = ("clerical", "restored", "withdrawn", "undone")

_CORRECTIONS: tuple[Fault, ...] = (
    Fault(
        "correction-not-notified", "CORRECT-001", _R, "rule",
        "職権修正を本人確認情報で通知しない。",
        "A correction ex officio is not notified.",
        {"silent_events": ("ex_officio",)},
    ),
    Fault(
        "undone-move-not-notified", "CORRECT-001", _R, "rule",
        "転居の取消しを本人確認情報で通知しない。",
        "The cancellation of a move is not notified.",
        {"silent_events": ("undone",)},
    ),
    Fault(
        "correction-reason-wrong", "CORRECT-001", _R, "field",
        "職権修正の本人確認情報の事由を軽微な修正とする。",
        "The notice of a correction ex officio gives the reason of a minor one.",
        wire=value(_NOTICE, "reason", "32"),
    ),
    Fault(
        "minor-told-as-ex-officio", "CORRECT-002", _R, "field",
        "職員が選んだ軽微な修正を、職権修正等として通知する。",
        "What staff chose as a minor correction is notified as one ex officio.",
        {"minor_event": "ex_officio"},
    ),
    Fault(
        "no-warning-of-real-change", "CORRECT-003", _R, "rule",
        "氏名の実質の変更を軽微な修正としても、注意を促さない。",
        "A real change of name entered as a minor correction passes without a warning.",
        {"warn_of_real_change": False},
    ),
    Fault(
        "history-overwritten", "CORRECT-004", _R, "state",
        "誤記修正と異動の取消しで、直前の履歴を上書きする。",
        "Clerical corrections and cancellations overwrite the last event of the history.",
        {"overwriting_events": _CHANGING},
    ),
    Fault(
        "entry-reason-wrong", "CORRECT-010", _R, "field",
        "職権記載の本人確認情報の事由を転入等とする。",
        "The notice of an entry ex officio gives the reason of a move-in.",
        wire=value(_NOTICE, "reason", "11"),
    ),
    Fault(
        "entry-with-new-code", "CORRECT-010", _R, "numbering",
        "以前の住民票コードを持つ者に、新たな住民票コードを記載する。",
        "Who had a code before is entered under another one.",
        {"keep_known_code": False},
    ),
    Fault(
        "removal-not-notified", "CORRECT-011", _R, "rule",
        "職権消除を本人確認情報で通知しない。",
        "A removal ex officio is not notified.",
        {"silent_events": ("removal",)},
    ),
)  # fmt: skip

_CANCELLATIONS: tuple[Fault, ...] = (
    Fault(
        "restoration-not-notified", "CORRECT-005", _R, "rule",
        "回復した住民票の記載を通知しない。",
        "The entry of a restored record is not notified.",
        {"silent_events": ("restored",)},
    ),
    Fault(
        "restoration-told-as-correction", "CORRECT-005", _R, "field",
        "回復の本人確認情報の旨を修正とする。",
        "The notice of a restored record calls it a correction.",
        wire=value(_NOTICE, "entry", "3"),
    ),
    Fault(
        "withdrawal-not-notified", "CORRECT-006", _R, "rule",
        "取り消した記載の消除を通知しない。",
        "The removal of a cancelled entry is not notified.",
        {"silent_events": ("withdrawn",)},
    ),
    Fault(
        "late-number-revives", "NUM-013", _R, "state",
        "取り消した出生の個人番号が届くと、その者を記載として通知する。",
        "A number that arrives after a cancelled birth lets the person be notified as entered.",
        {"number_revives": True},
    ),
    Fault(
        "restored-with-new-code", "CORRECT-007", _R, "numbering",
        "回復した者に新たな住民票コードを記載する。",
        "A restored person gets another code.",
        {"restored_code": "new"},
    ),
    Fault(
        "restored-without-number", "CORRECT-007", _R, "numbering",
        "回復した者の個人番号を消し、その生成を再び求める。",
        "The number of a restored person is dropped and asked for again.",
        {"restored_number": "none"},
    ),
)  # fmt: skip

_BULK: tuple[Fault, ...] = (
    Fault(
        "bulk-told-as-move", "CORRECT-008", _R, "field",
        "住所一括変更の本人確認情報の事由を転居とする。",
        "A change of many addresses is notified as moves.",
        {"bulk_event": "move"},
    ),
    Fault(
        "bulk-without-delivery-address", "CORRECT-008", _R, "rule",
        "住所一括変更で送付先情報を送らない。",
        "A change of many addresses sends no delivery addresses.",
        {"withheld": ("delivery_address",)},
    ),
    Fault(
        "bulk-without-register-notice", "CORRECT-008", _R, "rule",
        "住所一括変更で戸籍附票記載事項通知を送らない。",
        "A change of many addresses sends no family register notices.",
        {"withheld": ("family_register_notice",)},
    ),
    Fault(
        "bulk-tells-of-the-dead", "CORRECT-008", _R, "state",
        "抽出の後に消除された者についても、住所の修正を通知する。",
        "A change of many addresses is notified for who was removed after the extraction.",
        {"bulk_changes_removed": True},
    ),
    Fault(
        "bulk-tells-of-the-unchanged", "CORRECT-008", _R, "rule",
        "住所の変わらない者についても、住所の修正を通知する。",
        "A change of many addresses is notified for whose address it does not touch.",
        {"bulk_changes_all": True},
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*_CORRECTIONS, *_CANCELLATIONS, *_BULK)

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "recreation-notified", "juki",
        "改製でも本人確認情報を送る。",
        "A record that is written anew is notified too.",
        {"told_needlessly": ("recreated",)},
    ),
    Variant(
        "bulk-covers-leaving", "juki",
        "転出予定者も住所一括変更の対象とする。",
        "A change of many addresses covers who is about to leave.",
        {"bulk_changes_leaving": True},
    ),
)  # fmt: skip
