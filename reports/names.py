"""English names of telegrams and items: their ids made readable, and where the glossary differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TELEGRAMS: Mapping[str, str] = {
    "juminhyo_code_request": "code request",
    "juminhyo_code_list": "code list",
    "number_issue_request": "number request",
    "number_issue_result": "number result",
    "move_in_notice": "move-in notice",
    "move_in_notice_delivery": "move-in notice as it is delivered",
    "notice_report": "report of a notice",
    "wide_area_request": "wide-area request",
    "wide_area_record": "wide-area record",
    "wide_area_request_delivery": "wide-area request as it is delivered",
    "wide_area_record_delivery": "wide-area record as it is delivered",
    "replica_upload": "replica",
    "jutogai_request": "API request",
    "jutogai_response": "API response",
    "file_received": "file receipt",
    "first_report_notice_delivery": "first report notice as it is delivered",
    "certificate_info": "certificate information",
    "certificate_info_delivery": "certificate information as it is delivered",
}
"""Telegrams that docs/glossary.md calls by another name than their id."""


def telegram_name(telegram: str) -> str:
    """Return the English name of a telegram.

    >>> telegram_name("identity_notice"), telegram_name("number_issue_result")
    ('identity notice', 'number result')
    """
    return TELEGRAMS.get(telegram) or _readable(telegram)


def field_name(path: str) -> str:
    """Return the English name of a field, without the header around it.

    >>> field_name("header.ref_serial"), field_name("codes[2].juminhyo_code")
    ('ref serial', 'codes[2] juminhyo code')
    """
    return _readable(path.removeprefix("header."))


def _readable(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")
