"""The ways in which a planned fault breaks a telegram, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram_specs.mutate import declare_length, overwrite, set_item, set_unmapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from reference_impl.wire import Passage
    from telegram_specs import TelegramSpec

__all__ = ["BREAKAGES", "Breakage"]


@dataclass(frozen=True, slots=True)
class Breakage:
    """One way to break a telegram.

    Attributes:
        ja: the words of the features.
        bend: gives the broken bytes.
        cuts: whether the connection ends after them.
        pieces: bytes that are written at a time, None for all at once.
        results: result codes that a refusal may carry; empty where any will do.
    """

    ja: str
    bend: Callable[[TelegramSpec, bytes], bytes]
    cuts: bool = False
    pieces: int | None = None
    results: tuple[str, ...] = ()

    def apply(self, passage: Passage) -> bytes:
        """Return the broken bytes of a passage."""
        assert passage.spec is not None
        return self.bend(passage.spec, passage.raw)


def first_digits(spec: TelegramSpec) -> str:
    """Return the first digits field of a telegram's own content."""
    own = {"juminhyo_code", "individual_number", "count", "acquisition_number"}
    return next(path for path in spec.labels if path in own)


BREAKAGES = {
    "end_mark": Breakage(
        "終端が誤っている",
        lambda spec, raw: overwrite(spec, raw, "end_mark", b"%%"),
        results=("1001",),
    ),
    "unknown_id": Breakage(
        "電文IDが未知である",
        lambda spec, raw: overwrite(spec, raw, "telegram_id", b"DB7777"),
        results=("1002",),
    ),
    "letters": Breakage(
        "数字の項目に英字を含む",
        lambda spec, raw: overwrite(spec, raw, first_digits(spec), b"A1"),
        results=("1003", "2003", "2004", "2005"),
    ),
    "code_value": Breakage(
        "区分が定めのない値である",
        lambda spec, raw: overwrite(spec, raw, "kind", b"9"),
        results=("1003",),
    ),
    "bad_date": Breakage(
        "作成日が暦にない日である",
        lambda spec, raw: overwrite(spec, raw, "created_date", b"0230"),
        results=("1003",),
    ),
    "length_short": Breakage(
        "電文長が実際より短い", lambda spec, raw: declare_length(spec, raw, -2)
    ),
    "cut": Breakage("途中で切れている", lambda _, raw: raw[: len(raw) // 2], cuts=True),
    "unmapped": Breakage(
        "氏名に対応する文字のない符号を含む",
        lambda spec, raw: set_unmapped(spec, raw, "name"),
        results=("1003",),
    ),
    "bytewise": Breakage("1バイトずつ届く", lambda _, raw: raw, pieces=1),
    "bad_client": Breakage(
        "身元の証明が誤っている",
        lambda spec, raw: set_item(spec, raw, "client_assertion", "not.a.proof"),
    ),
    "bad_grant": Breakage(
        "別の付与方式を求める", lambda spec, raw: set_item(spec, raw, "grant_type", "password")
    ),
}
