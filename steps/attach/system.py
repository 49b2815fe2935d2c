"""The checks of what is behind an adapter: does it listen, hold what it is given, and send?"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from steps.attach.finding import Finding, Status
from steps.attach.probe import Probe, values_of
from steps.drivers.protocol import DriverError, SutLost
from steps.residents import Residents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reports.transcript import Record
    from steps.bench.network import Bench
    from steps.drivers.protocol import Reply

__all__ = ["System"]

SURNAME, GIVEN = "山田", "花子"
STEP = 0.2
CAUSES = 5.0
"""Seconds that the bench may take to come to the system, where it is not the first in line."""


class Trip(NamedTuple):
    """What is put into a register, and what an observation shows of it then."""

    role: str
    kind: str
    args: Mapping[str, Any]
    what: str
    shows: Mapping[str, Any]


class System:
    """Tries the system under test from the places of its neighbours.

    Args:
        bench: started.
        seed: of the people that are made up.
    """

    def __init__(self, bench: Bench, *, seed: int) -> None:
        self._bench = bench
        self._residents = Residents(seed, bench.pixit.codes())
        self._began = len(bench.journal.records)

    def try_all(self) -> list[Finding]:
        """Return a finding for every check."""
        listens = self.listens()
        silent = Finding("telegrams", "none", listens.detail)
        return [
            self._tried("round_trip", self.round_trip),
            listens,
            self._tried("telegrams", self.telegrams) if listens.status == "ok" else silent,
            self._tried("event", self.event),
        ]

    @staticmethod
    def _tried(name: str, check: Callable[[], Finding]) -> Finding:
        try:
            return check()
        except (SutLost, DriverError, OSError) as error:
            return Finding(name, "failed", str(error))

    def listens(self) -> Finding:
        """See whether every listener of the role is open."""
        try:
            self._bench.check_reachable()
        except SutLost as error:
            return Finding("listens", "none", str(error))
        told = ", ".join(f"{role} {wire} {at}" for (role, wire), at in self._bench.theirs().items())
        return Finding("listens", "ok", told)

    def round_trip(self) -> Finding:
        """Provision what an observation can show, and look at it."""
        role = self._bench.role
        trips = [trip for trip in self._trips() if trip.role == role]
        if not trips:
            what = f"nothing is known that role {role} both takes and shows"
            return Finding("round_trip", "uncovered", what)
        found = [self._gone(trip) for trip in trips]
        had = {each.status for each in found}
        status: Status = "failed" if "failed" in had else "ok" if "ok" in had else "none"
        told = [each.detail for each in found if status in {each.status, "ok"}]
        return Finding("round_trip", status, "; ".join(told))

    def _trips(self) -> tuple[Trip, ...]:
        """Return every round trip that is known, with people and codes made up for it."""
        household, codes = self._residents.household(SURNAME), self._residents.codes(5)
        numbers = {item: household.head[item] for item in ("juminhyo_code", "individual_number")}
        threshold = 2
        return (
            Trip("juki", "household", household.provision(), "resident", numbers),
            Trip(
                "juki",
                "stock",
                {"codes": codes, "threshold": threshold},
                "stock",
                {"count": len(codes), "threshold": threshold},
            ),
        )

    def _gone(self, trip: Trip) -> Finding:
        """Make a round trip; a record that was put there is looked at by its handle."""
        made = self._bench.provision(trip.role, trip.kind, trip.args)
        by_handle = trip.what == "resident"
        if not made.ok or (by_handle and not made.handle):
            return _not_done("round_trip", f"provision {trip.kind}", made)
        handle = str(made.data.get("head") or made.handle)
        seen = self._bench.observe(trip.role, trip.what, {"handle": handle} if by_handle else {})
        if not seen.ok:
            return _not_done("round_trip", f"observe {trip.what}", seen)
        wrong = [item for item, value in trip.shows.items() if seen.data.get(item) != value]
        if wrong:
            return Finding("round_trip", "failed", f"{trip.what}: {wrong[0]} is another one")
        return Finding("round_trip", "ok", f"{trip.kind}, {trip.what}")

    def telegrams(self) -> Finding:
        """Send a good telegram, a corrupt one, and a good one again."""
        bench = self._bench
        probe = Probe.of(bench)
        endpoint = bench.theirs()[bench.role, probe.wire]
        tried = (("good", probe.good()), ("corrupt", probe.corrupt()), ("good", probe.good()))
        told = []
        for kind, data in tried:
            answer = probe.send(endpoint, data)
            told.append(f"{kind}: {answer.text}")
            if answer.accepted != (kind == "good"):
                return Finding("telegrams", "failed", ", ".join(told))
        return Finding("telegrams", "ok", ", ".join(told))

    def event(self) -> Finding:
        """Let something happen until the system under test has sent something of itself.

        An answer comes back on the connection of the bench and shows no way to the bench.
        """
        said = ""
        for stimulus in self._stimuli():
            reply = stimulus()
            said = "; ".join(filter(None, (said, "" if reply.ok else _told(reply))))
            if reply.ok and (record := self._wait()):
                return Finding("event", "ok", _named(record))
        return Finding("event", "none", said or "no telegram came")

    def _stimuli(self) -> Iterator[Callable[[], Reply]]:
        """Yield what may cause a first telegram, the simplest first."""
        bench = self._bench
        if bench.role == "juki":
            yield lambda: bench.act("juki", "fetch_codes", {"count": 20})
        if bench.role == "shinsei":
            items = {name: str(v) for name, v in values_of(bench.profile, "application").items()}
            items = {k: v for k, v in items.items() if k not in {"serial", "reception_number"}}
            yield lambda: bench.act("portal", "submit", {"procedure": "move_out", "items": items})
        yield self._linkage if bench.role == "chukan" else self._birth

    def _birth(self) -> Reply:
        bench, household = self._bench, self._residents.household(SURNAME)
        made = bench.provision("juki", "household", household.provision())
        if not made.ok:
            return made
        stocked = self._stock()
        if not stocked.ok:
            return stocked
        child = self._residents.child(household, GIVEN).report()
        child["birth_date"] = (bench.today() - dt.timedelta(days=1)).isoformat()
        args = {"household": made.handle, "child": child, "until": "final"}
        return bench.act("juki", "birth", args)

    def _linkage(self) -> Reply:
        """Let 中間サーバー acquire the 符号 of a child once it was told of the child's number."""
        bench, since = self._bench, len(self._bench.journal.records)
        born = self._birth()
        told = bench.journal.wait(
            lambda record: record.telegram == "integrated_number_notice" and record.on_wire,
            since=since,
            within=bench.pixit.send_within + CAUSES,
        )
        if not born.ok or told is None:
            return born
        bench.journal.settle(STEP, within=CAUSES)
        number = str((told.values or {}).get("integrated_number", ""))
        return bench.act("chukan", "begin_linkage", {"integrated_number": number})

    def _stock(self) -> Reply:
        """Give juki codes: of the CS where the bench plays juki, as the CS knows those only."""
        bench = self._bench
        if not bench.inside("juki"):
            codes = {"codes": self._residents.codes(5), "threshold": 2}
            return bench.provision("juki", "stock", codes)
        asked = bench.act("juki", "fetch_codes", {"count": 20})
        bench.journal.wait(
            lambda record: record.telegram == "juminhyo_code_list" and record.on_wire,
            within=CAUSES,
        )
        bench.journal.settle(STEP, within=CAUSES)
        return asked

    def _wait(self) -> Record | None:
        bench = self._bench
        deadline = time.monotonic() + bench.pixit.send_within + CAUSES
        found: Record | None = None
        while found is None and time.monotonic() < deadline:
            found = bench.journal.wait(
                lambda record: (
                    record.sender in bench.parts and record.on_wire and not record.answers
                ),
                since=self._began,
                within=STEP,
            )
        return found


def _not_done(check: str, what: str, reply: Reply) -> Finding:
    lacks = reply.status == "unsupported"
    return Finding(check, "none" if lacks else "failed", f"{what}: {_told(reply)}")


def _told(reply: Reply) -> str:
    return " ".join(filter(None, (reply.status, reply.reason)))


def _named(record: Record) -> str:
    return f"{record.sender} → {record.receiver} {record.label or record.link}"
