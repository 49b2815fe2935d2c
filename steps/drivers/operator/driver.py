"""The driver behind which a person sits: commands become requests, answers become replies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from steps.catalogue import VERBS, load_catalogue
from steps.drivers.operator.form import CaseNote, task_of
from steps.drivers.operator.setup import CLOCK, FLUSH, RESET, hello_entry, hello_values
from steps.drivers.operator.words import pick, say
from steps.drivers.protocol import DriverError, Greeting, Reply, Skipped, SutLost
from telegram_specs.network import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steps.catalogue import Catalogue, Entry
    from steps.drivers.operator.desk import Desk
    from steps.drivers.operator.lexicon import Lexicon
    from steps.drivers.operator.reading import Answer
    from steps.drivers.operator.session import Past, Session
    from steps.drivers.operator.terminal import Terminal
    from steps.drivers.operator.web import Page
    from steps.drivers.operator.words import Lang, Pair
    from steps.drivers.protocol import Network

__all__ = ["OperatorDriver"]

OWN: Mapping[str, Entry] = {"clock": CLOCK, "reset": RESET}


class OperatorDriver:
    """Lets a person do what an adapter would do.

    Args:
        desk: where requests are answered.
        session: where requests and answers are kept.
        lexicon: the words of the profile.
        addresses: role to wire to address, as PIXIT tells them.
        product: name and version, as ``sut.yaml`` tells them.
        asks_to_send: True when the person is asked to send what waits; otherwise the harness
            waits for it.
        lang: the language of the terminal.
        past: what an earlier part of the run left.
    """

    name = "operator"
    managed = False

    def __init__(
        self,
        *,
        desk: Desk,
        session: Session,
        lexicon: Lexicon,
        addresses: Mapping[str, Mapping[str, str]],
        product: Mapping[str, str],
        asks_to_send: bool = False,
        lang: Lang = "ja",
        past: Past | None = None,
    ) -> None:
        self.desk = desk
        self.page: Page | None = None
        self.terminal: Terminal | None = None
        self._session = session
        self._lexicon = lexicon
        self._addresses = addresses
        self._product = dict(product)
        self._asks_to_send = asks_to_send
        self._lang: Lang = lang
        self._past = past
        self._catalogue: Catalogue = load_catalogue()
        self._number = past.requests if past else 0
        self._made = self._number
        self._records: dict[str, Pair] = {}
        self._parts: tuple[str, ...] = ()
        self._case: CaseNote | None = None
        self._comments: list[str] = []
        self._open = False

    # -- life ----------------------------------------------------------------------------------

    def start(self, network: Network) -> Greeting:
        """Open the page and the terminal, and let the person set the system up."""
        self.stand_by(parts_of(network.role))
        if self.page:
            self.page.start()
            sys.stderr.write(f"{say('address', self._lang)}: {self.page.url}\n")
        if self.terminal:
            self.terminal.start()
        left = self._past
        broken = [left.broken, *left.done] if left and left.broken else []
        entry = hello_entry(network.role, self._addresses)
        answer = self._ask("hello", entry, hello_values(network, broken), secret=True)
        if answer.outcome != "ok":
            raise DriverError(f"hello: {answer.reason or answer.outcome}")
        told = dict(answer.data)
        if told.pop("environment") == "production":
            raise DriverError(
                "hello: the system is production. expected a test system; "
                "the suite writes synthetic residents into it"
            )
        version = told.pop("version", "") or self._product["version"]
        listens: dict[str, dict[str, str]] = {}
        for name, address in told.items():
            part, _, wire = name.rpartition("_")
            listens.setdefault(part, {})[wire] = address
        return Greeting(
            sut={"name": self._product["name"], "version": version},
            adapter={"name": "operator", "version": ""},
            verbs=(*VERBS, *OWN),
            listens=listens,
        )

    def stand_by(self, parts: tuple[str, ...]) -> None:
        """Take requests for these roles from now on."""
        self._parts = parts
        self._open = True

    def alive(self) -> bool:
        """Tell whether requests can be put; whether the system is there, its sockets tell."""
        return self._open

    def exit_note(self) -> str:
        """Return nothing: no process of ours is behind this driver."""
        return ""

    def ended_by_itself(self) -> bool:
        """Return False: nobody can know."""
        return False

    def kill(self) -> None:
        """Raise DriverError: a person cannot end a system at once."""
        raise DriverError("kill: only a managed driver can end the system")

    def stop(self) -> None:
        """Tell the person that it is over and close everything."""
        self._open = False
        self.desk.finish()
        if self.terminal:
            self.terminal.stop()
        if self.page:
            self.page.stop()
        self._session.close()

    def stderr_tail(self, since: int = 0) -> str:  # noqa: ARG002 - no process of ours
        """Return nothing: no process of ours is behind this driver."""
        return ""

    def stderr_size(self) -> int:
        """Return 0: likewise."""
        return 0

    # -- cases ---------------------------------------------------------------------------------

    def case_begins(self, note: CaseNote) -> None:
        """Say which case the following requests belong to."""
        self._case = note
        self._records = {}
        self._comments = []
        self._session.note("case", id=note.id, title=note.title)

    def case_ends(self) -> tuple[str, ...]:
        """Return the comments that were made on the case."""
        self._case = None
        return tuple(self._comments)

    def case_kept(self, case_id: str, verdict: str, digest: str) -> None:
        """Note that the case stands in the results; ``digest`` is that of the stream so far."""
        self._session.note("end", id=case_id, verdict=verdict, digest=digest)

    # -- requests ------------------------------------------------------------------------------

    def command(self, verb: str, body: Mapping[str, Any], *, within: float) -> Reply:  # noqa: ARG002 - a person has limits of their own
        """Put a request and return what came of it.

        Raises SutLost when the time ran out, Skipped when the person leaves the case out.
        """
        if not self._open:
            raise SutLost(f"{verb}: the operator is gone")
        args = body.get("args") or {}
        if body.get("action") == "flush":
            if not self._asks_to_send:
                return Reply("unsupported", scope="adapter", reason="waiting instead")
            return self._reply(verb, FLUSH, args)
        return self._reply(verb, self._entry(verb, body), args)

    def _entry(self, verb: str, body: Mapping[str, Any]) -> Entry:
        if verb in OWN:
            return OWN[verb]
        kind, member = VERBS[verb]
        owned = self._catalogue.entries[kind]
        found = (owned.get((part, str(body[member]))) for part in self._parts)
        entry = next((entry for entry in found if entry), None)
        if entry is None:
            raise LookupError(f"{verb}: {body[member]!r} is not in the catalogue")
        return entry

    def _reply(self, verb: str, entry: Entry, args: Mapping[str, Any]) -> Reply:
        answer = self._ask(verb, entry, args)
        if answer.outcome == "skip":
            raise Skipped(answer.reason)
        done = answer.outcome == "ok"
        handle = None
        if entry.gives and (done or answer.kept):
            handle = self._record(entry, args)
        return Reply(
            answer.outcome,
            stage=answer.stage,
            scope=answer.scope,
            alerts=answer.alerts,
            handle=handle,
            data={**answer.data, **(self._named(entry, args) if done else {})},
            reason=answer.reason,
        )

    def _ask(
        self, verb: str, entry: Entry, args: Mapping[str, Any], *, secret: bool = False
    ) -> Answer:
        self._number += 1
        task = task_of(
            self._number,
            verb,
            entry,
            args,
            lexicon=self._lexicon,
            records=self._records,
            case=self._case,
        )
        kept = {} if secret else dict(args)
        self._session.note(
            "ask", n=task.number, verb=verb, name=entry.id, text=task.text[0], args=kept
        )
        answer = self.desk.ask(task)
        self._session.note(
            "answer",
            n=task.number,
            outcome=answer.outcome,
            data=dict(answer.data),
            alerts=list(answer.alerts),
            stage=answer.stage,
            scope=answer.scope,
            reason=answer.reason,
            comment=answer.comment,
        )
        if answer.comment:
            self._comments.append(f"{pick(task.title, 'ja')} {entry.id}: {answer.comment}")
        return answer

    # -- records -------------------------------------------------------------------------------

    def _named(self, entry: Entry, args: Mapping[str, Any]) -> dict[str, Any]:
        """Name the records for which the answer has the name of the argument they come from."""
        found: dict[str, Any] = {}
        for member in entry.data:
            value = args.get(member.id)
            if member.type == "handle" and value:
                found[member.id] = self._name((member.ja, member.en), _who(value))
            elif member.type == "handles" and isinstance(value, (list, tuple)):
                found[member.id] = [self._name((member.ja, member.en), _who(v)) for v in value]
        return found

    def _record(self, entry: Entry, args: Mapping[str, Any]) -> str:
        """Name the record that comes of a request, after whom or what it is about."""
        known = self._records.get(str(args.get("handle", "")))
        label = (entry.ja.partition("。")[0], entry.en.partition(".")[0])
        if known:
            return self._name(label, known)
        return self._name(label, _who(args))

    def _name(self, what: Pair, who: Pair) -> str:
        self._made += 1
        ja, en = (say("record", lang, number=self._made) for lang in ("ja", "en"))
        self._records[ja] = (
            f"{ja}: {' — '.join(filter(None, (who[0], what[0])))}",
            f"{en}: {' — '.join(filter(None, (who[1], what[1])))}",
        )
        return ja


def _who(value: Any) -> Pair:
    """Return the first name with its birth date in the values of a request."""
    if isinstance(value, dict):
        if name := value.get("name"):
            born = value.get("birth_date")
            text = f"{name} ({born})" if born else str(name)
            return (text, text)
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return next((who for who in map(_who, value) if who[0]), ("", ""))
    return ("", "")
