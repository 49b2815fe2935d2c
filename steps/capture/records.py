"""From messages to records: which telegram, from whom to whom, which answers which."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.transcript import Record
from steps.capture.mapping import CaptureMap
from steps.capture.model import Caught, Origin, Trouble
from steps.evidence import faults_of, fields_of
from telegram_specs.network import LINKS, ROLES

if TYPE_CHECKING:
    from collections.abc import Hashable

    from telegram_specs import Decoded, Profile, TelegramSpec

__all__ = ["Assembler", "Seen"]

SENDER = "denbun-sender"
MOST_TALKS = 8192
"""Conversations whose open requests are remembered."""
MOST_ASKED = 256
"""Requests of a conversation that wait for their answers."""
BODIES = frozenset({"json", "form", "csv"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A record, where it stands, and whether it is one that is judged."""

    record: Record
    origin: Origin
    judged: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that waits for its answer."""

    seq: int
    side: int
    serial: str
    spec: TelegramSpec | None
    record: Record
    given: int


@dataclass(slots=True)
class _Talk:
    asked: deque[_Asked] = field(default_factory=lambda: deque(maxlen=MOST_ASKED))


class Assembler:
    """Makes records of what was caught, numbered from 1 in the order of the capture."""

    def __init__(self, profile: Profile, known: CaptureMap | None = None) -> None:
        self._profile = profile
        self._map = known or CaptureMap()
        self._talks: OrderedDict[Hashable, _Talk] = OrderedDict()
        self._roles: dict[str, str] = {}  # host to the role that its telegrams showed
        self._count = 0
        self._answers = {spec.answer for spec in profile.specs.values() if spec.answer}

    def take(self, caught: Caught) -> Seen | Trouble:
        """Return the record of a message, or that nobody knows its kind."""
        talk = self._talk(caught.talk)
        if caught.form == "fixed" and caught.http is None:
            return self._fixed(caught, talk)
        return self._http(caught, talk)

    def _talk(self, key: Hashable) -> _Talk:
        talk = self._talks.setdefault(key, _Talk())
        self._talks.move_to_end(key)
        if len(self._talks) > MOST_TALKS:
            self._talks.popitem(last=False)
        return talk

    # -- the fixed form --------------------------------------------------------------------------

    def _fixed(self, caught: Caught, talk: _Talk) -> Seen:
        spec = self._profile.identify(caught.raw)
        decoded = spec.decode(caught.raw) if spec else None
        values = decoded.values if decoded else {}
        asked = None
        if spec is None or spec.id in self._answers:
            asked = self._asked_fixed(caught, talk, str(values.get("ref_serial", "")))
        ends = self._ends_fixed(caught, spec, values, asked)
        if caught.problem is not None:
            spec = decoded = None
        return self._record(caught, talk, spec, decoded=decoded, ends=ends, asked=asked)

    def _asked_fixed(self, caught: Caught, talk: _Talk, reference: str) -> _Asked | None:
        """Return the request of an answer: by its 参照通番, else the only one that waits."""
        waiting = [one for one in talk.asked if self._opposite(caught, one)]
        found = [one for one in waiting if caught.answers and one.given == caught.answers]
        found = found or [one for one in waiting if one.serial and one.serial == reference]
        if not found and caught.clean and caught.side >= 0 and len(waiting) == 1:
            found = waiting
        return found[-1] if found else None

    @staticmethod
    def _opposite(caught: Caught, asked: _Asked) -> bool:
        return caught.side < 0 or asked.side != caught.side

    def _ends_fixed(
        self,
        caught: Caught,
        spec: TelegramSpec | None,
        values: object,
        asked: _Asked | None,
    ) -> tuple[str, str]:
        """Return sender and receiver: as told, by the request, by the telegram, by the codes."""
        if caught.sender and caught.receiver:
            return caught.sender, caught.receiver
        if asked:
            return asked.record.receiver, asked.record.sender
        codes = values if isinstance(values, dict) else {}
        said = [self._of_code(str(codes.get(item, ""))) for item in ("sender", "receiver")]
        senders = spec.sender if spec else ()
        receivers = spec.receiver if spec else ()
        return (
            caught.sender or self._choose(said[0], senders, "juki"),
            caught.receiver or self._choose(said[1], receivers, "cs"),
        )

    def _of_code(self, code: str) -> str:
        """Return the role of a code on the CS link; whoever is not the CS is a municipality."""
        if code in self._map.codes:
            return self._map.codes[code]
        if not code.isdecimal():
            return ""
        return "cs" if code == self._profile.cs_code else "juki"

    @staticmethod
    def _choose(said: str, possible: tuple[str, ...], otherwise: str) -> str:
        if not possible:
            return said or otherwise
        family = {ROLES[role].twin_of or role for role in possible}
        fits = said in possible or (said in ROLES and (ROLES[said].twin_of in family))
        return said if fits else possible[0]

    # -- HTTP ------------------------------------------------------------------------------------

    def _http(self, caught: Caught, talk: _Talk) -> Seen | Trouble:
        http = caught.http
        if http is None:
            spec = self._fitting(caught)
            asked = self._by_serial(caught, talk, spec)
        elif http.status is None:
            spec, asked = self._profile.identify_http(http.method, http.target), None
        else:
            asked = self._asked_http(caught, talk)
            spec = self._answer_spec(http.status, asked, caught.raw)
        if spec is None and not (asked and asked.spec) and not self._expected(caught):
            text = "HTTP: no telegram of the profile"
            return Trouble("unknown", caught.origin, text, len(caught.raw))
        ends = self._ends_http(caught, spec, asked)
        decoded = spec.decode(caught.raw) if spec else None
        return self._record(caught, talk, spec, decoded=decoded, ends=ends, asked=asked)

    @staticmethod
    def _expected(caught: Caught) -> bool:
        """Tell whether the source itself says that the message belongs to a link."""
        return bool(caught.link and caught.http and caught.http.status is None)

    def _asked_http(self, caught: Caught, talk: _Talk) -> _Asked | None:
        waiting = [one for one in talk.asked if self._opposite(caught, one)]
        if caught.answers:
            return next((one for one in waiting if one.given == caught.answers), None)
        if not waiting:
            return None
        asked = waiting[0] if caught.side >= 0 else waiting[-1]
        talk.asked.remove(asked)
        return asked

    def _answer_spec(
        self, status: int | None, asked: _Asked | None, body: bytes
    ) -> TelegramSpec | None:
        if asked is None or asked.spec is None:
            return None
        return self._profile.answer_to(asked.spec, status, body)

    def _fitting(self, caught: Caught) -> TelegramSpec | None:
        """Return the telegram that alone fits a body without an HTTP head."""
        fitting = [
            spec
            for spec in self._profile.specs.values()
            if spec.form in BODIES
            and (not caught.link or caught.link in spec.links)
            and not spec.validate(caught.raw)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _by_serial(self, caught: Caught, talk: _Talk, spec: TelegramSpec | None) -> _Asked | None:
        if spec is None or spec.id not in self._answers:
            return None
        serial = str(spec.decode(caught.raw).values.get("serial", ""))
        found = [one for one in talk.asked if one.spec and one.spec.answer == spec.id]
        return next((one for one in reversed(found) if serial and one.serial == serial), None)

    def _ends_http(
        self, caught: Caught, spec: TelegramSpec | None, asked: _Asked | None
    ) -> tuple[str, str]:
        if caught.sender and caught.receiver:
            return caught.sender, caught.receiver
        if asked:
            return asked.record.receiver, asked.record.sender
        said = {k.lower(): v for k, v in caught.http.headers.items()} if caught.http else {}
        receivers = spec.receiver if spec else ()
        sender = caught.sender or self._calling(caught, spec, said.get(SENDER, ""))
        receiver = caught.receiver or next((r for r in receivers if r != sender), "")
        link = LINKS.get(caught.link)
        others = [role for role in (link.roles if link else ()) if role != sender]
        return sender, receiver or (others[0] if others else next(iter(ROLES)))

    def _calling(self, caught: Caught, spec: TelegramSpec | None, said: str) -> str:
        """Return who sent a request: by its telegram, and where several may, by its host."""
        possible = spec.sender if spec else ()
        host = caught.source.rpartition(":")[0]
        if said in ROLES:
            return said
        if len(possible) == 1:
            self._roles.setdefault(host, possible[0])
            return possible[0]
        known = self._roles.get(host, "")
        link = LINKS.get(caught.link)
        roles = possible or (link.roles if link else ())
        return known if known in roles else next(iter(roles), next(iter(ROLES)))

    # -- both ------------------------------------------------------------------------------------

    def _record(
        self,
        caught: Caught,
        talk: _Talk,
        spec: TelegramSpec | None,
        *,
        decoded: Decoded | None,
        ends: tuple[str, str],
        asked: _Asked | None,
    ) -> Seen:
        self._count += 1
        record = Record(
            seq=self._count,
            t_ms=caught.origin.time_ms,
            link=caught.link or (asked.record.link if asked else self._link(spec, ends, caught)),
            sender=ends[0],
            receiver=ends[1],
            way="received",
            raw=caught.raw,
            fault=caught.fault,
            case_id=caught.case,
            telegram=spec.id if spec else None,
            label=spec.label if spec else None,
            http=caught.http,
            values=decoded.values if decoded else None,
            faults=faults_of(decoded, caught.raw, caught.problem),
            fields=fields_of(spec, caught.raw),
            answers=asked.seq if asked else None,
        )
        if asked:
            # Answered; a second answer may still come to what the source pairs by number.
            if asked in talk.asked and not caught.answers:
                talk.asked.remove(asked)
        elif caught.http is None or caught.http.status is None:
            serial = str((record.values or {}).get("serial", ""))
            talk.asked.append(_Asked(record.seq, caught.side, serial, spec, record, caught.seq))
        return Seen(record, caught.origin, caught.judged)

    @staticmethod
    def _link(spec: TelegramSpec | None, ends: tuple[str, str], caught: Caught) -> str:
        links = spec.links if spec else ()
        roles = {ROLES[role].twin_of or role for role in ends if role in ROLES}
        for name in links:
            if roles <= set(LINKS[name].roles):
                return name
        return links[0] if links else ("cs_link" if caught.form == "fixed" else "")
