"""Putting the operator together: desk, session, page, terminal and the driver in front of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from steps.catalogue import load_catalogue
from steps.drivers.operator.desk import Desk
from steps.drivers.operator.driver import OperatorDriver
from steps.drivers.operator.lexicon import lexicon_of
from steps.drivers.operator.session import SESSION, Session
from steps.drivers.operator.terminal import Terminal
from steps.drivers.operator.web import Page
from steps.drivers.token import token_of_run
from steps.sut import OperatorChoice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from steps.drivers.operator.session import Past
    from steps.drivers.operator.words import Lang
    from steps.sut import SutFile
    from telegram_specs import Profile

__all__ = ["make_operator"]


def make_operator(
    sut: SutFile,
    *,
    order: Mapping[str, Any],
    folder: Path,
    profile: Profile,
    lang: Lang,
    past: Past | None,
) -> OperatorDriver:
    """Return the driver for a person, with what its ``sut.yaml`` asks for.

    ``order`` is kept at the head of the session, so that the run can be gone on with.
    """
    choice = sut.driver
    assert isinstance(choice, OperatorChoice)
    desk = Desk(sut.pixit.operator_within)
    driver = OperatorDriver(
        desk=desk,
        session=Session(folder / SESSION, {**order, "sut": sut.file and str(sut.file)}, past),
        lexicon=lexicon_of(profile, load_catalogue()),
        addresses=sut.pixit.addresses_by_role(),
        product={"name": sut.product.name, "version": sut.product.version},
        asks_to_send=choice.asks_to_send,
        lang=lang,
        past=past,
    )
    if choice.page:
        driver.page = Page(desk, token=token_of_run(), port=choice.port, lang=lang)
    if choice.terminal:
        driver.terminal = Terminal(desk, sys.stdin, sys.stdout, lang, alone=not choice.page)
    return driver
