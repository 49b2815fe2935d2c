"""The systems of a run: the one under test and, with two ``sut.yaml``, its counterpart."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.pixit import WAITS, Pixit
from steps.sut import SutFile, load_sut, reference_sut, wrong_in
from telegram_specs import SpecError
from telegram_specs.network import TWINS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Counterpart", "Systems", "load_systems", "unlistenable"]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The second system and the role of the network that it takes."""

    sut: SutFile
    role: str


@dataclass(frozen=True, slots=True)
class Systems:
    """What is outside the bench.

    Attributes:
        sut: the system under test.
        role: its role.
        counterpart: the other system, None where the bench plays all other roles.
    """

    sut: SutFile
    role: str
    counterpart: Counterpart | None = None

    def identities(self) -> tuple[str, ...]:
        """Say what tells the systems from others; the bundled reference needs no name."""
        files = (self.sut, *((self.counterpart.sut,) if self.counterpart else ()))
        return tuple(dict.fromkeys(name for file in files for name in file.identities()))

    def check_addresses(self) -> None:
        """Raise SpecError where the bench is to listen at an address that is not this machine's."""
        files = (self.sut, *((self.counterpart.sut,) if self.counterpart else ()))
        wrong = [text for sut in files if (text := unlistenable(sut))]
        if wrong:
            raise SpecError(*wrong)

    @property
    def pixit(self) -> Pixit:
        """The values of the whole set-up: those of the system under test, and the longer waits."""
        ours = self.sut.pixit
        if self.counterpart is None:
            return ours
        theirs = self.counterpart.sut.pixit
        changed: dict[str, object] = {
            name: max(getattr(ours, name), getattr(theirs, name)) for name in WAITS
        }
        changed["ports"] = {**_bench_ports(self.counterpart), **ours.ports}
        changed["tls_names"] = (*ours.tls_names, *theirs.tls_names)
        if self.counterpart.role in TWINS.values() and "municipality_code" in _given(theirs):
            changed["partner_code"] = theirs.municipality_code
        return ours.model_copy(update=changed)


def load_systems(files: Sequence[Path], role: str | None) -> Systems:
    """Read the ``sut.yaml`` of a run; none means the reference.

    SpecError names file:line of what is wrong with one of them, or of what makes no pair.
    """
    if not files:
        sut = reference_sut(role or "juki")
        return Systems(sut, sut.role)
    first, *others = files
    sut = load_sut(first)
    taken = role or sut.role
    if not others:
        return Systems(sut, taken)
    second, *more = others
    if more:
        raise SpecError(f"--sut: {len(files)} files. expected one or two, got {more[0]} besides")
    other = load_sut(second)
    if other.driver.kind == "operator":
        what = "a person cannot be the counterpart"
        raise SpecError(wrong_in(second, ("driver", "kind"), what, "an adapter", "operator"))
    counterpart = Counterpart(other, _role_beside(taken, other.role, second))
    wrong = [*_clashes(sut, counterpart, second)]
    if wrong:
        raise SpecError(*wrong)
    return Systems(sut, taken, counterpart)


def unlistenable(sut: SutFile) -> str | None:
    """Say why the bench cannot listen for a system, None where it can."""
    if sut.file is None:
        return None
    bind = sut.pixit.bind
    try:
        family, kind, _, _, place = socket.getaddrinfo(bind, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.bind(place)
    except (OSError, UnicodeError) as error:
        what = f"the bench cannot listen there ({getattr(error, 'strerror', None) or error})"
        wanted = "an address of this machine, such as 127.0.0.1, or 0.0.0.0 with `advertise`"
        return wrong_in(sut.file, ("pixit", "bind"), what, wanted, bind)
    return None


def _role_beside(taken: str, role: str, file: Path) -> str:
    """Return the role of the second system: its own, or that of the other municipality."""
    if role != taken:
        return role
    if role in TWINS:
        return TWINS[role]
    what = f"two systems in role {role}"
    raise SpecError(wrong_in(file, ("role",), what, f"another role than {taken}", role))


def _clashes(sut: SutFile, counterpart: Counterpart, file: Path) -> Iterator[str]:
    """Yield what cannot be as both files say."""
    ours, theirs = sut.pixit, counterpart.sut.pixit
    listening = {text for wires in ours.addresses.values() for text in wires.values()}
    for role, wires in theirs.addresses.items():
        for wire, text in wires.items():
            if text in listening:
                place = ("pixit", "addresses", role, wire)
                yield wrong_in(
                    file, place, "the other system listens there", "its own address", text
                )
    known = {port: (role, wire) for role, ws in ours.ports.items() for wire, port in ws.items()}
    for role, ports in theirs.ports.items():
        for wire, port in ports.items():
            shared = known.get(port) == (role, wire) and role != sut.role
            if port and port in known and not shared:
                place = ("pixit", "ports", role, wire)
                yield wrong_in(file, place, "the other file names this port", "another", str(port))
    if ours.tls != theirs.tls:
        told = str(theirs.tls).lower()
        yield wrong_in(file, ("pixit", "tls"), "unlike the other file", str(ours.tls).lower(), told)
    yield from _codes(ours, theirs, counterpart.role, file)


def _codes(ours: Pixit, theirs: Pixit, role: str, file: Path) -> Iterator[str]:
    place, code = ("pixit", "municipality_code"), theirs.municipality_code
    if "municipality_code" not in _given(theirs):
        return
    if role not in TWINS.values():
        if code != ours.municipality_code:
            yield wrong_in(
                file, place, "not the other's municipality", ours.municipality_code, code
            )
    elif code == ours.municipality_code:
        yield wrong_in(
            file, place, "the other system has this code", "another municipality's", code
        )
    elif "partner_code" in _given(ours) and code != ours.partner_code:
        yield wrong_in(file, place, "not the other's partner_code", ours.partner_code, code)


def _bench_ports(counterpart: Counterpart) -> dict[str, dict[str, int]]:
    """Return fixed ports of bench roles, by their names in the network."""
    twin = counterpart.role in TWINS.values()
    return {
        TWINS.get(role, role) if twin else role: {str(w): p for w, p in ports.items()}
        for role, ports in counterpart.sut.pixit.ports.items()
    }


def _given(pixit: Pixit) -> set[str]:
    return pixit.model_fields_set
