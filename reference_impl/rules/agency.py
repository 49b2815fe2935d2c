"""Rules: cs with the agency, nws and chukan."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["AgencyRules"]


@subject
class AgencyRules:
    """How a node behaves in cs with the agency, nws and chukan."""

    # -- cs --------------------------------------------------------------------------------------

    code_generation: Literal["random", "sequential"] = "random"
    """How the ten digits of a new code come about (施行規則1条)."""
    code_check_digit: Literal["right", "off_by_one"] = "right"
    """The check digit of a new code (平成14年総務省告示第436号)."""
    repeat_designated: Literal["never", "in_list", "across_lists"] = "never"
    """Codes designated before are designated again (住基法30条の2第2項: never)."""
    number_generation: Literal["one_way", "constant", "readable"] = "one_way"
    """How a number comes from a code (番号法8条2項各号)."""
    number_check_digit: Literal["right", "off_by_one"] = "right"
    """The check digit of a new number (省令85号5条)."""
    repeated_request: Literal["same", "refuse", "new"] = "same"
    """A second request for one code: the same number, or a refusal (番号法8条2項1号)."""
    changed_number: Literal["new", "former"] = "new"
    """The number that a change request yields (番号法8条2項1号)."""
    code_of_number: Literal["own", "other"] = "own"
    """Whose code is passed on with a 取得番号 (番号法施行令27条3項)."""
    refuse_unknown_number: bool = True
    """A linkage request with a number of nobody is refused (番号法施行令27条3項)."""
    linkage_code_to_juki: bool = False
    """The linkage code is told to the resident record system (番号法施行令27条6項: no)."""

    # -- nws -------------------------------------------------------------------------------------

    linkage_code_source: Literal["random", "readable", "person", "organization"] = "random"
    """What a linkage code depends on (番号法施行令27条5項各号)."""
    return_acquisition_number: bool = True
    """The linkage code returns with the 取得番号 it was asked with (番号法施行令27条5項)."""

    # -- chukan ----------------------------------------------------------------------------------

    store_integrated_number: bool = True
    """A notified number is stored (共通機能 2.4.3(1)⑨)."""
    acquisition_source: Literal["random", "constant"] = "random"
    """How a 取得番号 is allotted: one for each person (番号法21条の2第2項)."""
    link_unknown_acquisition: bool = False
    """A linkage code nobody asked for is linked to somebody (施行令27条5項: to nobody)."""
    forget_acquisition_number: bool = True
    """A 取得番号 is of no use after its linkage code arrived (番号法21条の2第3項)."""
