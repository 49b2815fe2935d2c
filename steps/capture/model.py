"""What a capture is made of: messages with their origin, and what kept others from being read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable

    from reports.transcript import Http

__all__ = ["TROUBLES", "BadInput", "Caught", "Item", "Origin", "Trouble"]

TROUBLES = {
    "gap": ("捕捉されていないバイト", "bytes that were not captured"),
    "half": ("途中で切れた電文", "half telegrams"),
    "strange": ("電文でないバイト", "bytes that are no telegram"),
    "truncated": ("短く捕捉されたパケット", "packets captured in part"),
    "fragment": ("IPフラグメント", "IP fragments"),
    "unreadable": ("読めないパケット又は行", "packets or lines that cannot be read"),
    "conflict": ("内容の異なる再送セグメント", "retransmissions with other bytes"),
    "encrypted": ("暗号化された接続（TLS）", "encrypted connections (TLS)"),
    "foreign": ("対象外の通信", "foreign traffic"),
    "unknown": ("種類の分からない電文", "messages of no known kind"),
    "unfinished": ("終わりのない記録", "recordings without their end"),
}
"""Kinds of trouble, in the words of a report, Japanese and English."""


class BadInput(ValueError):  # noqa: N818 - it says what happened
    """A file is not what it says it is; the text names the place, what and the remedy."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes stand.

    Attributes:
        file: as the user named it.
        number: packet of a packet file, line of a text file, 0 where bytes simply follow.
        offset: bytes into the connection's direction, or into the file.
        time_ms: since 1970, 0 where nothing tells.
    """

    file: str
    number: int = 0
    offset: int = 0
    time_ms: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.number}" if self.number else self.file
        return f"{where} @ {self.offset}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not judged, and why; ``text`` shows no content."""

    kind: str
    origin: Origin
    text: str
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """One message, before anything is known of its roles.

    Attributes:
        origin: where it begins.
        raw: the telegram, or the body of an HTTP message.
        talk: the conversation that it belongs to.
        side: the end that said it, 0 or 1; -1 where the source tells no ends.
        source, target: address of its ends, empty where nothing tells them.
        form: ``fixed`` or ``http``.
        clean: whether nothing of the conversation is missing before it.
        http: head of an HTTP message.
        link, sender, receiver: what the source says of itself, empty where it does not.
        problem: why the bytes could not be framed, None when they could.
        fault: the planned fault that a transcript notes.
        case: the case of a run; what must differ does so within a case, as systems are reset.
        judged: False for what the bench of a run said, which may be wrong on purpose.
        seq, answers: numbers by which the source itself pairs messages, 0 where it does not.
    """

    origin: Origin
    raw: bytes
    talk: Hashable
    form: Literal["fixed", "http"]
    side: int = -1
    source: str = ""
    target: str = ""
    clean: bool = True
    http: Http | None = None
    link: str = ""
    sender: str = ""
    receiver: str = ""
    problem: str | None = None
    fault: str | None = None
    case: str | None = None
    judged: bool = True
    seq: int = 0
    answers: int = 0


Item: TypeAlias = Caught | Trouble
