"""The one runner: gives a node its sockets, whether it is the system under test or a bench peer.

A host listens, frames and decodes, asks its node for the answer, and drains the node's outbox
towards the peers, one telegram at a time for each peer, in the order in which the node put them
there. The node knows nothing of this; the tap sees every passage in both directions.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from reference_impl import base
from reference_impl import changes as wire_changes
from reference_impl.base import result_of
from reference_impl.delivery import Delivery
from reference_impl.fitting import fitted, size_of
from reference_impl.fixed_link import FixedLink
from reference_impl.http_link import HttpLink
from reference_impl.node import NO_SERIAL, Telegram
from reference_impl.wire import OpenTap, Passage, Tap, Timing, Wiring
from telegram_specs import Decoded, EncodeError, Fault, Profile, TelegramSpec
from telegram_specs.mutate import encode_unchecked
from telegram_specs.network import LINKS, ROLES, TWINS, Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reference_impl.faults import WireChange
    from reference_impl.node import Context, Node
    from reference_impl.registers import Entry

__all__ = ["Host"]

FORMAT_RESULTS: Mapping[str, str] = dict.fromkeys(("length", "end_mark", "frame"), base.BROKEN)
"""Result code by the rule of the first fault; every other rule is a fault of an item."""
CODE, SERIAL = re.compile("[0-9]{6}"), re.compile("[0-9]+")
REFUSED_TEXT = "受信した電文に誤りがあり、受け付けませんでした。"


class Host:
    """A node with its sockets."""

    def __init__(
        self,
        node: Node,
        context: Context,
        profile: Profile,
        wiring: Wiring,
        *,
        tap: Tap | None = None,
        timing: Timing | None = None,
        changes: tuple[WireChange, ...] = (),
        exit_now: Callable[[], None] | None = None,
        unforeseen: Callable[[Exception], None] | None = None,
    ) -> None:
        self.node = node
        self.context = context
        self.role = node.role
        self.profile = profile
        self.wiring = wiring
        self.tap: Tap = tap or OpenTap()
        self.timing = timing or Timing()
        self.changes = changes
        self.deaf = False
        self.unforeseen = unforeseen or _to_the_loop
        """Takes what went wrong in the host or its node itself; nobody else hears of it."""
        self._exit_now = exit_now
        self._fixed = FixedLink(self)
        self._http = HttpLink(self)
        self._wake: dict[str, asyncio.Event] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def listen(self) -> None:
        """Open the listeners that the wiring names; a port of 0 becomes the one that was given."""
        if self.wiring.tcp is not None:
            self.wiring.tcp = await self._fixed.listen(self.wiring.host, self.wiring.tcp)
        if self.wiring.http is not None:
            self.wiring.http = await self._http.listen(self.wiring.host, self.wiring.http)

    async def mute(self) -> None:
        """Close listeners and connections, as a system that is down."""
        await self._fixed.close()
        await self._http.close()

    def start(self) -> None:
        """Begin to drain the outbox towards every peer that the wiring knows."""
        for peer in {role for role, _ in self.wiring.peers}:
            self._wake[peer] = asyncio.Event()
            task = asyncio.create_task(self._drain(peer))
            task.add_done_callback(self._ended)
            self._tasks.append(task)

    async def stop(self) -> None:
        """Stop draining and close everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self.mute()

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.unforeseen(error)

    def endpoints(self) -> dict[str, Endpoint]:
        """Return where this host listens, by wire."""
        ports = {"tcp": self.wiring.tcp, "http": self.wiring.http}
        return {wire: Endpoint(self.wiring.host, port) for wire, port in ports.items() if port}

    def kick(self) -> None:
        """Wake the senders after the node may have put something into its outbox."""
        for event in self._wake.values():
            event.set()

    def act(self, action: str, args: Mapping[str, Any]) -> Any:
        """Let the node act and send what follows from it."""
        outcome = self.node.act(action, args)
        self.kick()
        return outcome

    async def new_token(self, provider: str) -> None:
        """Drop the access token for a provider and ask for a new one."""
        await self._http.new_token(provider)

    async def send_again(self, entry: Entry) -> None:
        """Send a telegram once more, with its serial; the node hears nothing of the answer."""
        await self._transmit(entry)

    def busy(self) -> bool:
        """Tell whether telegrams wait in the outbox."""
        return any(self.context.registers.pending(peer) for peer in self._wake)

    # -- outgoing -----------------------------------------------------------------------------

    async def _drain(self, peer: str) -> None:
        attempts = 0
        while True:
            entry = self.context.registers.next(peer)
            if entry is None:
                await self._wake[peer].wait()
                self._wake[peer].clear()
                continue
            try:
                attempts = await self._attempt(entry, attempts + 1)
            except Exception as error:  # noqa: BLE001 - what waits behind it is still sent
                attempts = 0
                self.unforeseen(error)
                self.context.registers.done(entry)

    async def _attempt(self, entry: Entry, attempts: int) -> int:
        """Send a telegram; return how often it was sent by now, 0 when it left the outbox."""
        delivery = await self._transmit(entry)
        if not delivery.settled:
            self.node.undelivered(entry, "相手に届かないか、応答がありません。")
            if attempts != self.timing.attempts:
                await asyncio.sleep(self.timing.retry_after)
                return attempts
        with self.context.registers.atomic():
            if delivery.answer:
                self.node.answered(entry, delivery.answer)
            self.context.registers.done(entry)
        self.kick()
        return 0

    async def _transmit(self, entry: Entry) -> Delivery:
        spec = self.profile.spec(entry.telegram_id)
        values = fitted(spec, {**self._header(spec, entry), **entry.values})
        try:
            raw = encode_unchecked(spec, values)
        except EncodeError as error:
            field = error.faults[0].field
            refusal = {"result": base.WRONG_ITEM, "error_item": field[:30], "message": field}
            return Delivery(Telegram(spec.answer or "", refusal, entry.to, self.role), settled=True)
        link = self._http if spec.form != "fixed" else self._fixed
        delivery = Delivery(settled=True)
        for variant in self.variants(spec, raw):
            delivery = await link.transmit(spec, variant, entry)
        return delivery

    def variants(self, spec: TelegramSpec, raw: bytes) -> list[bytes]:
        """Return what is sent instead of a telegram, by the wire changes of a seeded fault."""
        return wire_changes.variants(self.changes, spec, raw, self.context.registers.serial)

    def _header(self, spec: TelegramSpec, entry: Entry) -> dict[str, Any]:
        """Return what the runner knows of a telegram's header."""
        if spec.form != "fixed":
            return {"serial": entry.serial} if "serial" in spec.labels else {}
        now = self.context.clock.now()
        return {
            "sender": self._code(),
            "receiver": self.wiring.codes[entry.to],
            "serial": entry.serial,
            "ref_serial": NO_SERIAL,
            "created_date": now.strftime("%Y-%m-%d"),
            "created_time": now.strftime("%H%M%S"),
            "result": "0000",
        }

    # -- incoming -----------------------------------------------------------------------------

    def answer(self, passage: Passage) -> Telegram:
        """Return the node's answer, or the refusal of what cannot be shown to a node."""
        refusal = self._refusal(passage)
        if refusal is not None:
            refused = passage.spec.id if passage.spec else ""
            text = f"{REFUSED_TEXT} {refusal.values['error_item']}".strip()
            self.node.report(refused, result_of(refusal), text)
            self._after_broken()
            return refusal
        assert passage.spec is not None
        telegram = Telegram(
            passage.spec.id,
            dict(passage.values),
            passage.sender,
            self.role,
            auth=passage.http.headers.get("Authorization") if passage.http else None,
            faults=passage.decoded.faults if passage.decoded else (),
        )
        if self._exit_now and self.context.rules.exit_after == telegram.id:
            self._exit_now()
        answer = self.node.receive(telegram)
        self.kick()
        return answer

    def _after_broken(self) -> None:
        """Do what the rules say after a broken telegram; by default nothing."""
        rule = self.context.rules.on_broken
        self.deaf = self.deaf or rule == "deaf"
        if rule == "exit" and self._exit_now:
            self._exit_now()

    def _refusal(self, passage: Passage) -> Telegram | None:
        spec, decoded = passage.spec, passage.decoded
        item = ""
        if passage.problem:
            result = FORMAT_RESULTS["frame"]
        elif spec is None or decoded is None:
            result = base.UNKNOWN_TELEGRAM
        elif faults := self._formal(spec, decoded):
            result = FORMAT_RESULTS.get(faults[0].rule, base.WRONG_ITEM)
            item = faults[0].field
        elif "receiver" in decoded.values and not self.node.serves(str(decoded.values["receiver"])):
            result, item = base.WRONG_RECEIVER, "receiver"
        else:
            return None
        values = {"result": result, "error_item": item[:30], "message": item}
        return Telegram((spec.answer if spec else None) or "receipt", values, self.role, "")

    def _formal(self, spec: TelegramSpec, decoded: Decoded) -> list[Fault]:
        """Return the faults that keep a telegram from its node.

        Wrong check digits and what the node examines itself are its own business.
        """
        if spec.form == "form" or spec.id in self.node.examined:
            return []
        return [fault for fault in decoded.faults if fault.rule != "check"]

    def _code(self) -> str:
        """Return our code on the CS link; a role behind another has that one's."""
        return self.wiring.codes.get(ROLES[self.role].behind or self.role, "")

    def receipt(self, passage: Passage, answer: Telegram) -> bytes:
        """Encode an answer on the CS link, correlated with what it answers."""
        spec = self.profile.spec("receipt")
        asked = passage.decoded or spec.decode(passage.raw)
        serial = str(asked.values.get("serial", ""))
        known = SERIAL.fullmatch(serial) and len(serial) == size_of(spec, "ref_serial")
        sender, named = (str(asked.values.get(item, "")) for item in ("sender", "receiver"))
        now = self.context.clock.now()
        values = {
            "sender": named if self.node.serves(named) else self._code(),
            "receiver": sender if CODE.fullmatch(sender) else self._code(),
            "serial": self.context.registers.serial(),
            "ref_serial": serial if known else NO_SERIAL,
            "created_date": now.strftime("%Y-%m-%d"),
            "created_time": now.strftime("%H%M%S"),
            "error_item": "",
            **{k: v for k, v in answer.values.items() if k != "message"},
        }
        return self._bent(spec, fitted(spec, values))

    def body(self, spec: TelegramSpec, answer: Telegram, request: Passage) -> bytes:
        """Encode the JSON body of an answer on an HTTP link."""
        values = {k: v for k, v in answer.values.items() if k in spec.labels}
        if "serial" in spec.labels:
            values.setdefault("serial", str(request.values.get("serial", "")))
        return self._bent(spec, values)

    def _bent(self, spec: TelegramSpec, values: Mapping[str, Any]) -> bytes:
        # The code of a sender is named as it came, its check digit wrong or not.
        raw = encode_unchecked(spec, values)
        return next(iter(self.variants(spec, raw)), raw)

    # -- the table of links --------------------------------------------------------------------

    def link_to(self, spec: TelegramSpec | None, wire: str) -> str:
        """Return the link that a telegram travels on, by its spec or else by role and wire."""
        if spec is not None and spec.links:
            return spec.links[0]
        return next(k for k, v in LINKS.items() if v.wire == wire and self.role in v.roles)

    def peer_on(self, wire: str, spec: TelegramSpec | None, shown: str = "") -> str:
        """Return the role that sends to us on a wire.

        `shown` is what the sender says of itself, its code on the CS link or its role; else the
        spec decides, and of two municipalities our own.
        """
        by_code = {code: role for role, code in self.wiring.codes.items() if role != self.role}
        said = by_code.get(shown, shown)
        if said in ROLES:
            return said
        senders = spec.sender if spec is not None else ()
        own = ROLES[self.role].twin_of is not None
        for role in senders:
            if role != self.role:
                return TWINS.get(role, role) if own else role
        link = LINKS[self.link_to(spec, wire)]
        return next((role for role in link.roles if role != self.role), next(iter(ROLES)))


def _to_the_loop(error: Exception) -> None:
    """Leave an exception to the loop's handler, which by default writes it to stderr."""
    context = {"message": "unforeseen in a host", "exception": error}
    asyncio.get_running_loop().call_exception_handler(context)
