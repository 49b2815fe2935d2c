"""What juki tells others about a record: the values of its telegrams, built from registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import dates, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.rules import Rules

OFFICE_ADDRESS = "架空県架空市役所前１番地"
_FOLDED = str.maketrans("髙﨑邊邉齋齊嶋濵濱栁德", "高崎辺辺斎斉島浜浜柳徳")
"""Variant characters and the common ones that a careless conversion makes of them."""


SUBSTITUTE = "〓"
"""Stands on the CS link for a character that has no code there."""


class Writing:
    """How texts go to the CS: character by character, never normalised (標準仕様書 7.1.1.1)."""

    def __init__(self, rules: Rules, mappable: Callable[[str], bool]) -> None:
        self._rules, self._mappable = rules, mappable

    def written(self, text: str) -> str:
        """Give a text as it goes to the CS."""
        if self._rules.fold_names:
            text = text.translate(_FOLDED)
        if self._rules.drop_unmapped:
            return "".join(filter(self._mappable, text)).strip("　")
        return "".join(char if self._mappable(char) else SUBSTITUTE for char in text)

    def unmapped(self, text: str) -> str:
        """Give the characters of a text that have no code on the CS link."""
        return "".join(char for char in text if not self._mappable(char))


def identity_notice(
    record: Mapping[str, Any],
    household: Mapping[str, Any],
    change: Mapping[str, str],
    *,
    municipality_code: str,
    number: str,
    rules: Rules,
    writing: Writing,
) -> dict[str, str]:
    """Build a 本人確認情報; `change` holds entry, reason, event_date, name and furigana."""
    head = household["head"]
    extra = rules.notice_extra
    return {
        "entry": change["entry"],
        "reason": change["reason"],
        "event_date": change["event_date"],
        "name": writing.written(change["name"]),
        "furigana": writing.written(change["furigana"]),
        "former_surname": "",
        "alias": head["name"] if extra == "head_name" else "",
        "birth_date": dates.era_form(record["birth_date"]),
        "sex": record["sex"],
        "municipality_code": municipality_code,
        "address": writing.written(household["address"]),
        "juminhyo_code": record["juminhyo_code"],
        "individual_number": number,
        "former_juminhyo_code": "",
        "former_individual_number": head["individual_number"] if extra == "head_number" else "",
    }


def delivery_address(
    record: Mapping[str, Any], household: Mapping[str, Any], rules: Rules, writing: Writing
) -> dict[str, str]:
    """Build the 送付先情報 of a 個人番号通知書: the place of stay, or else the address."""
    place = record["delivery"] or household
    address = OFFICE_ADDRESS if rules.delivery_address == "office" else place["address"]
    if rules.number_in_delivery_address:
        address += dates.full_width(record["individual_number"])
    return {
        "juminhyo_code": record["juminhyo_code"],
        "print_kind": "1",
        "name": writing.written(record["name"]),
        "postal_code": str(place.get("postal_code") or ""),
        "address": writing.written(address),
    }


def register_notice(
    record: Mapping[str, Any], household: Mapping[str, Any], writing: Writing
) -> dict[str, str]:
    """Build the 戸籍附票記載事項通知 to the municipality of the family register."""
    return {
        "register_municipality_code": household["register_municipality_code"],
        "name": writing.written(record["name"]),
        "birth_date": dates.era_form(record["birth_date"]),
        "address": writing.written(household["address"]),
        "address_date": dates.western(record["birth_date"]),
    }


def addressee_request(
    record: Mapping[str, Any],
    household: Mapping[str, Any],
    *,
    municipality_code: str,
    rules: Rules,
) -> dict[str, str]:
    """Build the 付番依頼: the four basic items, the number and the addressee number."""
    birth = dates.western(record["birth_date"])
    text = "" if dates.is_known(birth) else record["birth_date_text"] or dates.unknown_text(birth)
    if rules.assume_birth_date:
        birth = birth.replace("0000", "1900").replace("-00", "-01")
    if rules.assume_birth_date or not rules.tell_birth_date_unknown:
        text = ""
    in_text = rules.code_to_atena == "text"
    as_number = rules.code_to_atena == "addressee_number"
    code = record["juminhyo_code"]
    return {
        "municipality_code": municipality_code,
        "addressee_number": code if as_number else record["addressee_number"],
        "individual_number": record["individual_number"],
        "name": record["name"],
        "furigana": record["furigana"],
        "birth_date": birth,
        "birth_date_unknown": "1" if text else "0",
        "birth_date_text": text,
        "sex": record["sex"],
        "address": household["address"] + (dates.full_width(code) if in_text else ""),
    }


def altered_number(number: str) -> str:
    """Make another valid individual number of one."""
    first = str((int(number[0]) + 1) % 10)
    return numbers.OWN.with_check_digit(first + number[1:-1])
