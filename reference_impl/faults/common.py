"""Seeded faults of juki: manual linkage, re-sending, checks, restraints, wide-area issue."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault, Variant

__all__ = ["FAULTS", "VARIANTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    # -- manual linkage -----------------------------------------------------------------------
    Fault(
        "manual-linkage-ignored", "COMMON-004", _R, "state",
        "手動連携に切り替えても、電文を自動で送る。",
        "Telegrams leave by themselves in spite of manual linkage.",
        {"manual_linkage": "ignore"},
    ),
    Fault(
        "manual-linkage-loses", "COMMON-004", _R, "state",
        "手動連携の間の電文を、自動に戻しても送らない。",
        "What waited during manual linkage is lost.",
        {"manual_linkage": "lose"},
    ),
    Fault(
        "manual-linkage-reverses", "COMMON-004", _R, "order",
        "手動連携の間の電文を、新しいものから送る。",
        "What waited during manual linkage leaves newest first.",
        {"manual_linkage": "newest_first"},
    ),
    Fault(
        "manual-linkage-repeats", "COMMON-004", _R, "state",
        "手動で送った電文を、自動に戻したときに再び送る。",
        "What was sent by hand is sent again at the return.",
        {"manual_linkage": "send_again"},
    ),
    # -- sending again ------------------------------------------------------------------------
    Fault(
        "resend-without-effect", "COMMON-005", _R, "rule",
        "再送信を受け付けても、電文を送らない。",
        "A telegram is not sent again although the operation is taken.",
        {"resend": "none"},
    ),
    Fault(
        "resend-with-old-reason", "COMMON-005", _R, "field",
        "再送信で、選んだ事由に変更しない。",
        "The chosen reason is ignored when a telegram is sent again.",
        {"resend": "unchanged"},
    ),
    Fault(
        "resend-of-first", "COMMON-005", _R, "rule",
        "最後の電文でなく最初の電文を再送信する。",
        "The first such telegram is sent again instead of the last.",
        {"resend": "first"},
    ),
    Fault(
        "resend-of-unsent", "COMMON-005", _R, "rule",
        "送信したことのない電文を、作って送る。",
        "A telegram that was never sent is made up and sent.",
        {"resend_unsent": True},
    ),
    # -- the state of the network ---------------------------------------------------------------
    Fault(
        "service-status-not-shown", "COMMON-006", _R, "state",
        "届いた稼働状況を示さない。",
        "The state of the network is not shown.",
        {"show_service_status": "none"},
    ),
    Fault(
        "service-status-stale", "COMMON-006", _R, "state",
        "最初に届いた稼働状況を示し続ける。",
        "The first state of the network stays on show.",
        {"show_service_status": "first"},
    ),
    # -- consistency ----------------------------------------------------------------------------
    Fault(
        "consistency-data-withheld", "COMMON-007", _R, "rule",
        "整合性確認情報を送らない。",
        "The data of a consistency check are not sent.",
        {"withheld": ("consistency_data",)},
    ),
    Fault(
        "consistency-with-old-address", "COMMON-007", _R, "field",
        "整合性確認情報に、転居前の住所を載せる。",
        "A consistency check tells the address before the move.",
        {"consistency_source": "household"},
    ),
    Fault(
        "consistency-of-another", "COMMON-007", _R, "field",
        "整合性確認情報に、確認を求めた者でなく他の者を載せる。",
        "A consistency check tells somebody else than was asked for.",
        wire=(
            *value("consistency_data", "rows[0].juminhyo_code", "12345678903"),
            *value("consistency_data", "rows[0].individual_number", "123456789018"),
            *value("consistency_data", "rows[0].name", "見本　別人"),
        ),
    ),
    Fault(
        "differences-not-shown", "COMMON-007", _R, "state",
        "相違のある者を職員に示さない。",
        "Staff do not see who differs.",
        {"show_differences": False},
    ),
    # -- a shared CS ------------------------------------------------------------------------------
    Fault(
        "members-not-told-apart", "COMMON-008", _R, "rule",
        "構成自治体あての電文を、宛先によらず処理する。",
        "Telegrams for the members of a shared CS are not told apart.",
        {"member_dispatch": "none"},
    ),
    # -- wide-area issue --------------------------------------------------------------------------
    Fault(
        "wide-area-not-answered", "COMMON-009", _R, "rule",
        "広域交付の要求に応じない。",
        "A request for a wide-area copy is not answered.",
        {"wide_area_answers": False},
    ),
    Fault(
        "wide-area-with-old-address", "COMMON-009", _R, "field",
        "広域交付住民票情報に、転居前の住所を載せる。",
        "A wide-area record tells the address before the move.",
        {"wide_area_source": "household"},
    ),
    Fault(
        "wide-area-with-provisional-address", "COMMON-009", _R, "state",
        "広域交付住民票情報に、仮登録の住所を載せる。",
        "A wide-area record tells an address that is only provisional.",
        {"wide_area_source": "filing"},
    ),
    Fault(
        "wide-area-of-stranger", "COMMON-009", _R, "privacy",
        "該当のない要求に、他の者の記録を返す。",
        "A request about nobody is answered with somebody else's record.",
        {"wide_area_stranger": True},
    ),
    Fault(
        "wide-area-other-request", "COMMON-009", _R, "field",
        "広域交付住民票情報に、別の請求番号を載せる。",
        "A wide-area record names another request.",
        wire=value("wide_area_record", "request_number", "9999999999"),
    ),
    Fault(
        "wide-area-household-unasked", "COMMON-010", _R, "privacy",
        "特別の請求がなくても、世帯に関する事項を載せる。",
        "A wide-area record tells of the household unasked.",
        {"wide_area_unasked": "household"},
    ),
    Fault(
        "wide-area-number-unasked", "COMMON-010", _R, "privacy",
        "特別の請求がなくても、個人番号を載せる。",
        "A wide-area record tells the individual number unasked.",
        {"wide_area_unasked": "number"},
    ),
    Fault(
        "wide-area-code-unasked", "COMMON-010", _R, "privacy",
        "特別の請求がなくても、住民票コードを載せる。",
        "A wide-area record tells the juminhyo code unasked.",
        {"wide_area_unasked": "code"},
    ),
    Fault(
        "wide-area-relation-wrong", "COMMON-010", _R, "field",
        "広域交付住民票情報に、誤った世帯主との続柄を載せる。",
        "A wide-area record carries a wrong relation to the head.",
        wire=value("wide_area_record", "relation", "11"),
    ),
    Fault(
        "wide-area-household-omitted", "COMMON-010", _R, "field",
        "特別の請求があっても、世帯に関する事項を載せない。",
        "A wide-area record omits the household in spite of the special request.",
        {"wide_area_omits": "household"},
    ),
    Fault(
        "wide-area-number-omitted", "COMMON-010", _R, "field",
        "特別の請求があっても、個人番号を載せない。",
        "A wide-area record omits the number in spite of the special request.",
        {"wide_area_omits": "number"},
    ),
    Fault(
        "wide-area-code-omitted", "COMMON-010", _R, "field",
        "特別の請求があっても、住民票コードを載せない。",
        "A wide-area record omits the code in spite of the special request.",
        {"wide_area_omits": "code"},
    ),
    Fault(
        "wide-area-with-register", "COMMON-010", _R, "privacy",
        "広域交付住民票情報の備考に、本籍と筆頭者を書く。",
        "A wide-area record tells the family register in its remarks.",
        {"wide_area_remarks": "register"},
    ),
    Fault(
        "wide-area-with-pension", "COMMON-010", _R, "privacy",
        "広域交付住民票情報の備考に、基礎年金番号を書く。",
        "A wide-area record tells the pension number in its remarks.",
        {"wide_area_remarks": "pension"},
    ),
    Fault(
        "wide-area-in-spite-of-restraint", "PRIVACY-005", _R, "privacy",
        "発行を抑止されている者の記録を、広域交付で送る。",
        "The record of a restrained person is returned.",
        {"wide_area_heeds_restraint": False},
    ),
    Fault(
        "restraint-begins-a-day-early", "PRIVACY-005", _R, "state",
        "開始年月日の前日から、広域交付で記録を返さない。",
        "A record is kept back a day before its restraint begins.",
        {"restraint_begins": -1},
    ),
    Fault(
        "restraint-begins-a-day-late", "PRIVACY-005", _R, "state",
        "開始年月日の当日に、広域交付で記録を返す。",
        "A record is returned on the first day of its restraint.",
        {"restraint_begins": 1},
    ),
    Fault(
        "restraint-ends-a-day-early", "PRIVACY-005", _R, "state",
        "終了年月日の当日に、広域交付で記録を返す。",
        "A record is returned on the last day of its restraint.",
        {"restraint_ends": -1},
    ),
    Fault(
        "restraint-ends-by-itself", "PRIVACY-005", _R, "state",
        "終了年月日の翌日に、解除されていない者の記録を広域交付で返す。",
        "A record is returned a day after the end date, though nobody lifted its restraint.",
        {"restraint_ends": 0},
    ),
    # -- restraints -------------------------------------------------------------------------------
    Fault(
        "restraint-not-told", "COMMON-013", _R, "rule",
        "発行の抑止をCSに連携しない。",
        "A restraint does not go to the CS.",
        {"tell_restraint": False},
    ),
    Fault(
        "restraint-end-not-told", "COMMON-013", _R, "rule",
        "発行の抑止の解除をCSに連携しない。",
        "The end of a restraint does not go to the CS.",
        {"tell_restraint_end": False},
    ),
    Fault(
        "restraint-silences-notices", "COMMON-013", _R, "state",
        "抑止されている者の異動を、本人確認情報で通知しない。",
        "The events of a restrained person are not notified.",
        {"restraint_silences": True},
    ),
    Fault(
        "temporary-end-told", "COMMON-018", _R, "rule",
        "発行の抑止の一時解除をCSに連携する。",
        "A temporary end of a restraint goes to the CS.",
        {"tell_temporary_end": True},
    ),
    # -- characters -------------------------------------------------------------------------------
    Fault(
        "names-normalised", "FORMAT-003", _R, "format",
        "氏名の互換漢字や合成用の濁点を、正規化した字に改めて送る。",
        "Names are normalised on their way to the CS.",
        {"normalise_texts": True},
    ),
)  # fmt: skip

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "wide-area-refused-by-receipt", _R,
        "返す記録がない広域交付の要求には、受付の処理結果で断る。",
        "A request without a record to return is refused by the receipt.",
        {"wide_area_refusal": "receipt"},
    ),
    Variant(
        "consistency-one-by-one", _R,
        "整合性確認情報を、一人につき一電文で送る。",
        "The data of a consistency check are sent one person at a time.",
        {"consistency_rows": 1},
    ),
)  # fmt: skip
