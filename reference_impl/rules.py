"""The behaviour of the reference as data: a member for each thing that a fault can break.

Nodes read these members and never know a fault's name. The defaults are the correct behaviour;
where the public text leaves a choice, the other correct value is named as a variant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reference_impl.numbers import ADDRESSEE_WEIGHTS

__all__ = ["CORRECT", "Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a node behaves; see the comments for the clause behind each member."""

    # -- the runner -------------------------------------------------------------------------

    exit_after: str = ""
    """Telegram id after whose receipt the process ends by itself; never (設計)."""
    on_broken: Literal["answer", "exit", "deaf"] = "answer"
    """A broken or unknown telegram is answered and the service goes on (open profile)."""
    token_place: Literal["header", "query", "both"] = "header"  # noqa: S105 - a place, no token
    """Where the access token travels: the Authorization header only (共通機能 2.2.5)."""
    client_auth: Literal["client_secret_jwt", "client_secret_basic"] = "client_secret_jwt"
    """Client authentication; basic is a correct variant for the interim (共通機能 2.2.5)."""
    renew_token: bool = True
    """After a 401 a new token is fetched and the request sent again (共通機能 2.2.5)."""

    # -- every node -------------------------------------------------------------------------

    withheld: tuple[str, ...] = ()
    """Telegram ids that are never sent by themselves (標準仕様書 7.1.1.1: sent automatically)."""
    keep_undelivered: bool = True
    """A telegram that could not be delivered stays in the outbox (7.1.2.3)."""
    send_newest_first: bool = False
    """The outbox keeps the order of the events (標準仕様書 7.1.1.1)."""
    list_errors: bool = True
    """Errors of telegrams and links can be seen by staff (標準仕様書 7.1.1.1, 7.1.2.4)."""
    addressee_weights: tuple[int, ...] = ADDRESSEE_WEIGHTS
    """Weights of the check digit of 宛名番号, from the right, in turn (標準仕様書 1.1.13)."""
    addressee_serial: bool = True
    """New 宛名番号 are serial (標準仕様書 1.1.13)."""
    skip_remainder_one: bool = False
    """Numbers with remainder 1 are not issued; both ways are correct (1.1.13 is silent)."""
    reuse_acquisition_number: bool = False
    """A person's earlier 取得番号 is kept and used again (番号法21条の2第3項・4項)."""

    # -- juki: stock ------------------------------------------------------------------------

    keep_list: bool = True
    """Received codes are stocked (標準仕様書 4.3.1)."""
    list_replaces_stock: bool = False
    """A received list takes the place of the stock (good codes must not be lost)."""
    check_list_digits: bool = True
    """Codes with a wrong check digit are left out (施行規則1条)."""
    check_list_used: bool = True
    """Codes that are in use or in stock are left out (住基法30条の3第2項)."""
    check_list_repeats: bool = True
    """A code that stands twice in one list is taken once (住基法30条の3第2項)."""
    refuse_faulty_list: bool = False
    """A list with a faulty row is refused as a whole: a correct variant."""
    alert_when: Literal["below", "at_or_below", "never"] = "below"
    """When `stock_low` is shown at automatic numbering (標準仕様書 4.3.1)."""
    count_stock_before: bool = False
    """The count before the assignment decides on the alert: a correct variant."""
    ask_when_low: bool = True
    """More codes are asked for when the stock is low (規則14条2項)."""
    empty_stock: Literal["reject", "made_up", "discard"] = "reject"
    """What an empty stock means: the record stays provisional (住基法30条の3第2項)."""

    # -- juki: birth ------------------------------------------------------------------------

    code_choice: Literal["random", "first", "last", "smallest"] = "random"
    """How a code is picked from the stock (標準仕様書 4.3.1)."""
    code_source: Literal["stock", "head", "made_up"] = "stock"
    """Where a new code comes from: the designated ones (住基法30条の3第2項)."""
    take_code_from_stock: Literal["at_once", "with_number"] = "at_once"
    """When a picked code leaves the stock (住基法30条の3第2項後段)."""
    request_code: Literal["written", "other"] = "written"
    """Which code the number request carries (番号法8条1項)."""
    sent_when_provisional: tuple[str, ...] = ()
    """Telegrams that leave at 仮登録 (標準仕様書 4.0.8: none)."""
    number_unnamed: bool = True
    """A child without a name is numbered (標準仕様書 1.1.6)."""
    number_foreigners: bool = True
    """A foreign child is numbered (住基法30条の45)."""
    check_event_date: bool = True
    """Dates of events are not in the future (標準仕様書 4.0.3)."""
    check_report_date: bool = True
    """Dates of reports are not in the future (標準仕様書 4.1.0.2)."""
    check_dates_at: Literal["input", "final"] = "input"
    """Where a wrong date is rejected; both are correct (標準仕様書 4.0.3)."""
    errors_block: bool = True
    """An error keeps from going on (標準仕様書 11.1)."""
    alerts_block: bool = False
    """An alert keeps from going on (標準仕様書 11.1: it does not)."""
    require_calendar_report: bool = True
    """The report date is a calendar date (標準仕様書 1.1.8)."""
    allow_unknown_birth: bool = True
    """A birth date may have unknown parts (標準仕様書 1.1.8)."""
    keep_noncalendar_birth: bool = True
    """A birth date off the calendar is kept as it is (標準仕様書 1.1.8)."""
    allow_last_era_days: bool = True
    """明治45年7月30日 and 大正15年12月25日 are dates (標準仕様書 1.1.8)."""
    overflow: Literal["reject", "cut"] = "reject"
    """What happens to a text longer than its item (標準仕様書 4.1.3.1.2)."""
    drop_unmapped: bool = False
    """Characters without a code on the CS link are left out silently (標準仕様書 7.1.1.1)."""
    reject_unmapped: bool = False
    """A name with such a character is rejected instead of substituted: a correct variant."""
    fold_names: bool = False
    """Variant characters of a name are replaced by common ones (標準仕様書 7.1.1.1: never)."""

    # -- juki: number -----------------------------------------------------------------------

    check_number: bool = True
    """A number with a wrong check digit is not written (省令85号5条)."""
    refuse_held_number: bool = True
    """A number that somebody else holds is not written (番号法8条2項1号)."""
    refuse_other_number: bool = True
    """A written number is not replaced by an unasked one (番号法7条)."""
    refuse_unrequested: bool = True
    """A number for an unknown code is written to nobody (番号法7条)."""
    ignore_repeated_number: bool = True
    """The same number again has no effect (番号法7条)."""
    number_owner: Literal["code", "latest"] = "code"
    """Whose record the number is written to (番号法施行令2条)."""
    new_code_on_retry: bool = False
    """A repeated number request draws another code (番号法7条: one person, one code)."""

    # -- juki: notices ----------------------------------------------------------------------

    two_step_notice: bool = False
    """記載 without number, then 修正 with it: a correct variant (施行令30条の5第4号)."""
    notice_before_number: bool = False
    """A notice with an invented number leaves at 本登録 (住基法30条の6: after its receipt)."""
    notice_number: Literal["received", "altered"] = "received"
    """The number that a notice carries (住基法30条の6第1項)."""
    notice_event_date: Literal["birth", "today"] = "birth"
    """The date in a birth's notice (施行令30条の5第1号)."""
    notice_extra: Literal["", "head_name", "head_number"] = ""
    """What a notice tells beyond the law (住基法30条の6第1項: nothing)."""
    hold_corrections: bool = True
    """A correction's notice waits for the notice of the birth (標準仕様書 7.1.1.1)."""
    notify_corrections: bool = True
    """A naming is notified as 職権修正等 (住基法30条の6第1項)."""
    delivery_address: Literal["own", "office"] = "own"
    """Which address 送付先情報 names (標準仕様書 7.1.1.4)."""
    number_in_delivery_address: bool = False
    """送付先情報 carries the individual number in its text (番号法19条: no)."""
    number_in_receipt: bool = False
    """A receipt repeats the individual number (番号法19条: no)."""
    send_register_notice: bool = False
    """戸籍附票記載事項通知 goes out too: a correct variant (住基法19条)."""

    # -- juki: addressee and linkage ----------------------------------------------------------

    addressee_first: bool = False
    """付番依頼 is sent before 本人確認情報: a correct variant (no text orders them)."""
    assume_birth_date: bool = False
    """Unknown parts of a birth date are filled with 01 (標準仕様書 1.1.8: they stay unknown)."""
    tell_birth_date_unknown: bool = True
    """付番依頼 says that parts are unknown, and how (標準仕様書 1.1.8)."""
    code_to_atena: Literal["", "text", "addressee_number"] = ""
    """Where the juminhyo code stands in 付番依頼 (共通機能 2.4.2: nowhere)."""
    import_integrated_number: bool = False
    """A number in 付番結果 is taken for one's own (標準仕様書 7.1.2.3: not implemented)."""
    linkage_number: Literal["own", "other"] = "own"
    """Whose individual number 符号取得要求 carries (番号法施行令27条1項)."""
    linkage_unasked: bool = False
    """符号取得要求 leaves before anybody asked (seed 004: after the integrated number)."""
    confirm_linkage: bool = True
    """The sending of 符号取得要求 can be confirmed (標準仕様書 7.1.2.2)."""

    # -- juki and atena: the acquisition number on its way ------------------------------------

    acquisition_passed: Literal["given", "own", "individual_number"] = "given"
    """Which 取得番号 is passed on (番号法施行令27条1項; 番号法21条の2第2項)."""

    # -- cs -----------------------------------------------------------------------------------

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
    code_of_number: Literal["own", "other"] = "own"
    """Whose code is passed on with a 取得番号 (番号法施行令27条3項)."""
    linkage_code_to_juki: bool = False
    """The linkage code is told to the resident record system (番号法施行令27条6項: no)."""

    # -- nws ----------------------------------------------------------------------------------

    linkage_code_source: Literal["random", "readable", "person", "organization"] = "random"
    """What a linkage code depends on (番号法施行令27条5項各号)."""
    return_acquisition_number: bool = True
    """The linkage code returns with the 取得番号 it was asked with (番号法施行令27条5項)."""

    # -- atena --------------------------------------------------------------------------------

    match_by: Literal["individual_number", "addressee_number"] = "individual_number"
    """What decides whether a person is known (共通機能 2.4.3(1)⑦)."""
    unique_integrated_number: bool = True
    """Every person gets a number of his own (共通機能 2.4.3(1)⑦)."""
    notify_again: bool = False
    """A known person is notified again (共通機能 図2-13: no)."""
    answer_number: Literal["addressee", "integrated"] = "addressee"
    """The number in 付番結果 (共通機能 2.4.2)."""
    linkage_request_number: Literal["addressee", "integrated"] = "addressee"
    """The number in 符号取得依頼 (共通機能 2.4.2)."""
    message_text: Literal["", "integrated_number", "individual_number"] = ""
    """What the message of 付番結果 tells; the integrated number is a correct variant."""
    notified_number: Literal["integrated", "addressee", "individual"] = "integrated"
    """The number that goes to the 中間サーバー (共通機能 2.4.2)."""
    start_linkage_early: bool = False
    """符号取得依頼 is sent before the number is notified (共通機能 2.4.3(1)⑧⑨: after)."""
    check_grant_type: bool = True
    """Only the client credentials grant is served (共通機能 2.2.5)."""
    check_client: bool = True
    """The client must prove that it knows its secret (共通機能 2.2.5)."""
    check_token: bool = True
    """A token that was not issued here is refused (共通機能 2.2.5)."""
    check_token_expiry: bool = True
    """An expired token is refused (共通機能 2.2.5)."""
    token_lifetime: int = 600
    """Lifetime of an access token in seconds (共通機能 2.2.5: ten minutes at most)."""

    # -- chukan -------------------------------------------------------------------------------

    store_integrated_number: bool = True
    """A notified number is stored (共通機能 2.4.3(1)⑨)."""
    acquisition_source: Literal["random", "constant"] = "random"
    """How a 取得番号 is allotted: one for each person (番号法21条の2第2項)."""
    link_unknown_acquisition: bool = False
    """A linkage code nobody asked for is linked to somebody (施行令27条5項: to nobody)."""
    forget_acquisition_number: bool = True
    """A 取得番号 is of no use after its linkage code arrived (番号法21条の2第3項)."""


CORRECT = Rules()
"""The reference without a fault."""
