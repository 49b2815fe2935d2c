"""What juki tells others about a record: the values of its telegrams, built from registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from reference_impl import dates, numbers
from reference_impl.juki.residents import HEAD, REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reference_impl.rules import Rules

OFFICE_ADDRESS = "架空県架空市役所前１番地"
_FOLDED = str.maketrans("髙﨑邊邉齋齊嶋濵濱栁德", "高崎辺辺斎斉島浜浜柳徳")
"""Variant characters and the common ones that a careless conversion makes of them."""
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)} | {ord(" "): "　"}
"""Hiragana to katakana, and the space between surname and given name to a full-width one."""


def folded(text: str) -> str:
    """Give a text with common characters for variant ones: the same name, written otherwise."""
    return text.translate(_FOLDED)


ON_REGISTER = "1"
"""住民状態 of those on the register."""
SUBSTITUTE = "〓"
"""Stands on the CS link for a character that has no code there."""


class Writing:
    """How texts go to the CS: character by character, never normalised (標準仕様書 7.1.1.1)."""

    def __init__(self, rules: Rules, mappable: Callable[[str], bool]) -> None:
        self._rules, self._mappable = rules, mappable

    def written(self, text: str) -> str:
        """Give a text as it goes to the CS."""
        if self._rules.fold_names:
            text = folded(text)
        if self._rules.normalise_texts:
            text = normalize("NFC", text)
        if self._rules.drop_unmapped:
            return "".join(filter(self._mappable, text)).strip("　")
        return "".join(char if self._mappable(char) else SUBSTITUTE for char in text)

    def reading(self, text: str) -> str:
        """Give a reading as it goes to the CS: full-width katakana (open profile)."""
        if self._rules.convert_reading:
            text = normalize("NFKC", text).translate(_KATAKANA)
        return self.written(text)

    def unmapped(self, text: str) -> str:
        """Give the characters of a text that have no code on the CS link."""
        return "".join(char for char in text if not self._mappable(char))


def identity_notice(
    household: Mapping[str, Any],
    what: Mapping[str, str],
    *,
    municipality_code: str,
    number: str,
    rules: Rules,
    writing: Writing,
) -> dict[str, str]:
    """Build a 本人確認情報; `what` is a change with the items as they stood."""
    head = household["head"]
    extra = rules.notice_extra
    written = ("name", "former_surname", "alias", "address")
    former = head["individual_number"] if extra == "head_number" else ""
    values = {
        "entry": what["entry"],
        "reason": what["reason"],
        "event_date": dates.western(what["event_date"]),
        **{item: writing.written(what[item]) for item in written},
        "furigana": writing.reading(what["furigana"]),
        "birth_date": dates.era_form(what["birth_date"]),
        "sex": what["sex"],
        "municipality_code": municipality_code,
        "juminhyo_code": what["juminhyo_code"],
        "individual_number": number,
        "former_juminhyo_code": what.get("former_juminhyo_code", ""),
        "former_individual_number": what.get("former_individual_number", former),
    }
    return values | ({"alias": head["name"]} if extra == "head_name" else {})


def delivery_address(
    record: Mapping[str, Any], rules: Rules, writing: Writing, print_kind: str = "1"
) -> dict[str, str]:
    """Build a 送付先情報: to the place of stay, or else to the address."""
    place = (rules.use_place_of_stay and record["delivery"]) or record
    address = OFFICE_ADDRESS if rules.delivery_address == "office" else place["address"]
    if rules.number_in_delivery_address:
        address += dates.full_width(record["individual_number"])
    postal_code = str(place.get("postal_code") or "")
    return {
        "juminhyo_code": record["juminhyo_code"],
        "print_kind": print_kind,
        "name": writing.written(record["name"]),
        "postal_code": postal_code if rules.keep_postal_zeros else postal_code.lstrip("0"),
        "address": writing.written(address),
    }


def register_notice(
    record: Mapping[str, Any], address_date: str, writing: Writing
) -> dict[str, str]:
    """Build the 戸籍附票記載事項通知: where a person lives, abroad too (住基法17条, 19条1項)."""
    removal = record["removal"]
    abroad = record["status"] == REMOVED and removal.get("kind") == "abroad"
    address = (abroad and removal["destination_address"]) or record["address"]
    return {
        "register_municipality_code": record["register_municipality_code"],
        "name": writing.written(record["name"]),
        "birth_date": dates.era_form(record["birth_date"]),
        "address": writing.written(address),
        "address_date": dates.western(address_date),
    }


def move_in_notice(
    record: Mapping[str, Any], moved: Mapping[str, str], writing: Writing
) -> dict[str, str]:
    """Build the 転入通知情報; `moved` holds who tells whom, the dates and the former address."""
    return {
        **moved,
        "name": writing.written(record["name"]),
        "birth_date": dates.era_form(record["birth_date"]),
        "new_municipality_code": moved["origin_code"],
        "new_address": writing.written(record["address"]),
        "former_address": writing.written(moved["former_address"]),
    }


def certificate_info(
    records: list[Mapping[str, Any]], removal: Mapping[str, Any], rules: Rules, writing: Writing
) -> dict[str, Any]:
    """Build the 転出証明書情報 of people who leave together (住基令24条の3)."""
    head = next((record for record in records if record["relation"] == HEAD), records[0])
    return {
        "planned_date": dates.western(removal["planned_date"]),
        "former_address": writing.written(records[0]["address"]),
        "new_address": writing.written(removal["destination_address"]),
        "head_name": writing.written(head["name"]),
        "count": str(len(records)),
        "persons": [_leaving_person(record, rules, writing) for record in records],
    }


_WRITTEN = ("name", "furigana", "former_surname", "alias", "register_place", "register_head")
_PLAIN = (
    "sex",
    "relation",
    "nationality",
    "individual_number",
    "juminhyo_code",
    "pension_kind",
    "pension_number",
    "card_issued_date",
    "card_expiry_date",
)
_FLAGS = ("health_insurance", "late_elderly", "care_insurance", "child_allowance")


def _leaving_person(record: Mapping[str, Any], rules: Rules, writing: Writing) -> dict[str, str]:
    """Build the part of one person; items of the register that are not kept are empty."""
    person = {
        **{item: writing.written(str(record.get(item) or "")) for item in _WRITTEN},
        **{item: str(record.get(item) or "") for item in _PLAIN},
        **{item: str(record.get(item) or "0") for item in _FLAGS},
        "birth_date": dates.era_form(record["birth_date"]),
    }
    missing = {item: "0" if item in _FLAGS else "" for item in rules.certificate_omits}
    return person | missing


def addressee_request(
    record: Mapping[str, Any], *, municipality_code: str, rules: Rules
) -> dict[str, str]:
    """Build the 付番依頼: the four basic items, the number and the addressee number."""
    in_text = rules.code_to_atena == "text"
    as_number = rules.code_to_atena == "addressee_number"
    code = record["juminhyo_code"]
    return {
        "municipality_code": municipality_code,
        "addressee_number": code if as_number else record["addressee_number"],
        "individual_number": record["individual_number"],
        "name": record["name"],
        "furigana": record["furigana"],
        **birth_items(record, rules, assume=rules.assume_birth_date),
        "sex": record["sex"],
        "address": record["address"] + (dates.full_width(code) if in_text else ""),
    }


def birth_items(record: Mapping[str, Any], rules: Rules, *, assume: bool) -> dict[str, str]:
    """Tell a birth date as it is known; `assume` fills unknown parts with 01, wrongly."""
    birth = dates.western(record["birth_date"])
    text = "" if dates.is_known(birth) else record["birth_date_text"] or dates.unknown_text(birth)
    if assume:
        birth = birth.replace("0000", "1900").replace("-00", "-01")
    if assume or not rules.tell_birth_date_unknown:
        text = ""
    return {
        "birth_date": birth,
        "birth_date_unknown": "1" if text else "0",
        "birth_date_text": text,
    }


def residence_state(history: Sequence[Mapping[str, str]]) -> str:
    """Tell the 住民状態 after the last event: 住登者, 転出者, 死亡者 or removed otherwise."""
    removed = {"21": "3", "22": "4", "23": "9"}
    return next((removed.get(what["reason"], ON_REGISTER) for what in history[-1:]), ON_REGISTER)


def altered_number(number: str) -> str:
    """Make another valid individual number of one."""
    first = str((int(number[0]) + 1) % 10)
    return numbers.OWN.with_check_digit(first + number[1:-1])
