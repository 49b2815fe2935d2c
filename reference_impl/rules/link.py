"""Rules: what every node and its runner do on the links."""

from __future__ import annotations

from typing import Literal

from reference_impl.numbers import ADDRESSEE_WEIGHTS
from reference_impl.rules.subject import subject

__all__ = ["LinkRules"]


@subject
class LinkRules:
    """How a node behaves in what every node and its runner do on the links."""

    # -- the runner ------------------------------------------------------------------------------

    exit_after: str = ""
    """Telegram id after whose receipt the process ends by itself; never (設計)."""
    on_broken: Literal["answer", "close", "exit", "deaf"] = "answer"
    """A broken or unknown telegram is answered and the service goes on (open profile); to close the
    connection on bytes that are no telegram, without an answer, is a correct variant."""
    token_place: Literal["header", "query", "both"] = "header"  # noqa: S105 - a place, no token
    """Where the access token travels: the Authorization header only (共通機能 2.2.5)."""
    client_auth: Literal["client_secret_jwt", "client_secret_basic"] = "client_secret_jwt"
    """Client authentication; basic is a correct variant for the interim (共通機能 2.2.5)."""
    renew_token: bool = True
    """After a 401 a new token is fetched and the request sent again (共通機能 2.2.5)."""

    # -- every node ------------------------------------------------------------------------------

    withheld: tuple[str, ...] = ()
    """Telegram ids that are never sent by themselves (標準仕様書 7.1.1.1: sent automatically)."""
    provisional_takes_effect: bool = False
    """What is entered provisionally takes effect at once (標準仕様書 4.0.8: it does not)."""
    remember_answers: bool = True
    """A telegram that comes again gets the same answer and no second effect (open profile)."""
    answers_survive: bool = True
    """It does so after a power failure, too (open profile)."""
    keep_undelivered: bool = True
    """A telegram that could not be delivered stays in the outbox (7.1.2.3)."""
    resend_serial: Literal["same", "new"] = "same"
    """What is sent again without a receipt keeps its serial (open profile)."""
    outbox_survives: bool = True
    """What waits to be sent is there after a power failure (標準仕様書 7.1.1.1)."""
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

    # -- juki and atena: the acquisition number on its way ---------------------------------------

    acquisition_passed: Literal["given", "own", "individual_number"] = "given"
    """Which 取得番号 is passed on (番号法施行令27条1項; 番号法21条の2第2項)."""
