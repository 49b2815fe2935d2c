"""The self-check: does the engine still agree with published samples and hand-typed vectors?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_specs.engine.errors import EncodeError
from telegram_specs.engine.fields import Field, Group
from telegram_specs.engine.framing import Frame
from telegram_specs.engine.samples import wrong_samples
from telegram_specs.engine.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from telegram_specs.engine.faults import Fault
    from telegram_specs.engine.framing import Event, FramingFault
    from telegram_specs.engine.profile import Profile
    from telegram_specs.engine.spec import TelegramSpec
    from telegram_specs.engine.vectors import BadVector, GoodVector, Stream

__all__ = ["checked", "self_check"]


def self_check(profile: Profile) -> list[str]:
    """Return one line for each sample or vector that the engine disagrees with; none is good.

    Vectors of the open profile are left out where a private one replaced what they rest on.
    SpecError when a vector itself is badly written.
    """
    vectors = load_vectors(profile.files)
    problems = wrong_samples()
    for good in vectors.good.values():
        if _applies(profile, {good.telegram}, good.layer):
            problems += _told(good, _good(profile.spec(good.telegram), good))
    for bad in vectors.bad:
        if _applies(profile, {bad.telegram}, bad.layer):
            problems += _told(bad, _bad(profile.spec(bad.telegram), bad))
    for stream in vectors.streams:
        if _applies(profile, stream.telegrams, stream.layer):
            problems += _told(stream, _stream(profile, stream))
    return problems


def checked(profile: Profile) -> frozenset[str]:
    """Return the ids of the telegrams that a good vector checks."""
    good = load_vectors(profile.files).good.values()
    return frozenset(v.telegram for v in good if _applies(profile, {v.telegram}, v.layer))


def _told(vector: GoodVector | BadVector | Stream, problems: Iterator[str]) -> Iterator[str]:
    place = f"{vector.mark} {vector.id}"
    try:
        yield from (f"{place}: {problem}" for problem in problems)
    except Exception as error:  # noqa: BLE001 (nothing the codec may raise is foreseen)
        yield f"{place}: raised. expected a result, got {type(error).__name__}"


def _applies(profile: Profile, telegrams: Iterable[str], layer: int) -> bool:
    sources = {source for name in telegrams for source in profile.spec(name).sources}
    return all(profile.files.layer(source) <= layer for source in sources)


def _good(spec: TelegramSpec, vector: GoodVector) -> Iterator[str]:
    decoded = spec.decode(vector.raw)
    if decoded.faults:
        yield f"refused. expected no fault, got {_listed(decoded.faults)}"
    for name in vector.values.keys() | decoded.values.keys():
        if vector.values.get(name) != decoded.values.get(name):
            yield f"wrong value of {name}. expected the typed one, got another"
    spans = {span.field: (span.offset, span.length) for span in decoded.spans}
    typed = {name: span for name, span in vector.spans.items() if not name.endswith("[]")}
    if spec.form == "fixed" and spans != typed:
        wrong = [name for name, span in typed.items() if spans.get(name) != span]
        yield f"wrong spans. expected those of the segments, got others for {wrong}"
    derived = _derived(spec)
    few = {name: value for name, value in vector.values.items() if name not in derived and value}
    encodings = {"all values": vector.values, "few values": few}
    if vector.given:
        encodings["other values"] = {**few, **vector.given}
    for what, values in encodings.items():
        try:
            same = spec.encode(values) == vector.raw
            result = "other bytes"
        except EncodeError as error:
            same, result = False, _listed(error.faults)
        if not same:
            yield f"wrong encoding of {what}. expected the typed bytes, got {result}"


def _derived(spec: TelegramSpec) -> set[str]:
    counts = {item.count for item in spec.fields if isinstance(item, Group) and item.count}
    consts = {item.id for item in spec.fields if isinstance(item, Field) and item.const is not None}
    return counts | consts | ({spec.length} if spec.length else set())


def _bad(spec: TelegramSpec, vector: BadVector) -> Iterator[str]:
    if vector.raw is not None:
        faults = spec.decode(vector.raw).faults
    else:
        try:
            spec.encode(vector.values or {})
            faults = ()
        except EncodeError as error:
            faults = error.faults
    found = tuple((fault.field, fault.offset, fault.length, fault.rule) for fault in faults)
    if found != vector.faults:
        expected = "; ".join(f"{rule} {field} @ {o}+{n}" for field, o, n, rule in vector.faults)
        yield f"wrong faults. expected {expected}, got {_listed(faults)}"


def _listed(faults: Iterable[Fault]) -> str:
    return "; ".join(f"{f.rule} {f.field} @ {f.offset}+{f.length}" for f in faults) or "none"


def _stream(profile: Profile, stream: Stream) -> Iterator[str]:
    framer = profile.framer()
    events = framer.feed(stream.raw)
    expected = [(event.frame or event.bytes, event.fault, event.fatal) for event in stream.events]
    found = [_facts(event) for event in events]
    if found != expected:
        yield f"wrong events. expected {expected}, got {found}"
    end = framer.end()
    if (end.text if end else None) != stream.end:
        yield f"wrong end. expected {stream.end}, got {end}"
    slow = profile.framer()
    pieces = [event for byte in stream.raw for event in slow.feed(bytes([byte]))]
    if _frames(pieces) != _frames(events):
        yield "wrong frames byte by byte. expected those of the whole, got others"


def _facts(event: Event) -> tuple[int, str | None, bool]:
    if isinstance(event, Frame):
        return len(event.raw), None, False
    return len(event.raw), event.text, event.fatal


def _frames(events: Iterable[Frame | FramingFault]) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame)]
