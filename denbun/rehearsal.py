"""``denbun run --dry-run``: what would be run, what the adapters lack, and what that costs."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from denbun import console
from denbun.suite import run_suite
from steps.cases import row_of, scenario_of
from steps.catalogue import VERBS, load_catalogue
from steps.index import definitions
from steps.judge.standing import STANDING_IDS
from steps.needs import Need, needs_of
from steps.plugin import RUN_KEY
from telegram_specs.network import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from denbun.options import Language
    from denbun.suite import Order
    from steps.cases import CaseId
    from steps.drivers.protocol import Greeting
    from steps.rig import Met
    from steps.run import SuiteRun

__all__ = ["Rehearsal", "rehearse"]

ONLY_AGAINST: Mapping[tuple[str, str], str] = {("juki", "fetch_codes"): "cs"}
"""What is asked of a counterpart only where the system under test has this role."""
TEXTS: Mapping[str, tuple[str, str]] = {
    "cases": (
        "実行する試験項目: {number}件（役割 {role}）",
        "cases that would be run: {number} (role {role})",
    ),
    "inapplicable": (
        "ICSで主張されない任意機能のため対象外: {ids}",
        "not applicable, the ICS does not claim their option: {ids}",
    ),
    "unreached": (
        "アダプタに挨拶できなかった（{why}）。sut.yaml から分かることだけを示す",
        "the adapter could not be greeted ({why}); what follows is what sut.yaml tells",
    ),
    "greeted": ("アダプタ: {adapter}、動詞: {verbs}", "adapter: {adapter}, verbs: {verbs}"),
    "complete": (
        "アダプタに足りないものは見当たらない",
        "nothing that is needed is missing from the adapter",
    ),
    "untold": (
        (
            "アダプタは何ができるかを述べていないので、動詞のほかに何が足りないかは分からない。"
            "hello の offers にできる操作・照会・事前データの id を並べるか、"
            "実行して NOT_COVERED の試験項目を見る"
        ),
        (
            "the adapter does not tell what it offers, so that what it lacks besides verbs is not "
            "known. Let it list the ids of its actions, observations and provisions as `offers` at "
            "hello, or run, and look at the cases that are NOT_COVERED"
        ),
    ),
    "counterpart": ("相手方（役割 {role}）", "the counterpart (role {role})"),
    "counterpart_unreached": (
        "アダプタに挨拶できなかった（{why}）",
        "the adapter could not be greeted ({why})",
    ),
    "lacking": (
        "アダプタにないもの（要する試験項目）",
        "what the adapter lacks (cases needing it)",
    ),
    "cost": (
        "判定されないままになるMUST: {number}件",
        "MUST requirements that would stay unjudged: {number}",
    ),
    "sent": ("試験対象に送ったのは hello と stop だけである", "only hello and stop were sent"),
    "none": ("なし", "none"),
}


def rehearse(order: Order, lang: Language) -> bool:
    """Say what a run of an order would do; False when it would do nothing.

    The system is started, greeted and left; no telegram is sent to it.
    """
    rehearsal = Rehearsal()
    with tempfile.TemporaryDirectory(prefix="denbun-") as folder:
        run_suite(replace(order, out=Path(folder)), rehearsal)
    if not rehearsal.cases:
        return False
    for line in rehearsal.lines(0 if lang == "ja" else 1):
        console.say(line)
    return True


@dataclass
class Rehearsal:
    """A pytest plugin that looks at what was selected, and runs none of it."""

    cases: list[tuple[CaseId, set[Need]]] = field(default_factory=list)
    met: tuple[Met, ...] = ()
    _run: SuiteRun | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take note of the cases and greet the system instead of running them."""
        self._run = run = session.config.stash.get(RUN_KEY, None)
        if run is not None and session.items:
            steps = definitions()
            for item in session.items:
                self.cases.append((run.case_of(item), needs_of(_sentences(item), steps)))
            self.met = run.rig.meet()
        return True

    # -- what follows from it --------------------------------------------------------------------

    def runnable(self) -> list[tuple[CaseId, set[Need]]]:
        """Return the cases to which the claims of the ICS apply."""
        assert self._run is not None
        claimed = {*self._run.sut.ics, None}
        register = self._run.register
        return [pair for pair in self.cases if register[pair[0].requirement].option in claimed]

    def lacking(self, system: Met) -> dict[str, list[str]]:
        """Return the ids of the cases that need it, by each thing that an adapter lacks."""
        found: dict[str, list[str]] = {}
        if system.greeting is None:
            return found
        is_asked = self._is_of_sut if system is self.met[0] else self._is_of_counterpart
        for case, needs in self.runnable():
            for need in sorted(needs):
                if is_asked(need) and (what := _missing(need, system.greeting)):
                    ids = found.setdefault(what, [])
                    ids += [case.id] * (case.id not in ids)
        return dict(sorted(found.items()))

    def unjudged(self) -> list[str]:
        """Return the MUST requirements none of whose cases could be carried out."""
        assert self._run is not None
        lacking = [self.lacking(system).values() for system in self.met]
        blocked = {case_id for rows in lacking for ids in rows for case_id in ids}
        runnable = [case for case, _ in self.runnable()]
        judged = {case.requirement for case in runnable if case.id not in blocked}
        if judged:
            judged |= STANDING_IDS
        wanted = dict.fromkeys(case.requirement for case in runnable)
        register = self._run.register
        return [id_ for id_ in wanted if id_ not in judged and register[id_].level == "MUST"]

    def _is_of_sut(self, need: Need) -> bool:
        """Tell whether a need is one of the role under test; an unknown role may be its."""
        assert self._run is not None
        role = self._run.role
        if need.verb == "clock":
            gathered = "gathered_differences" in self._run.sut.ics
            return need.name != "minutes" or gathered
        if not need.name:
            return need.role in {role, ""}
        known = (role, need.name) in load_catalogue().entries[VERBS[need.verb][0]]
        return known and need.role in {role, ""} and not need.of_bench

    def _is_of_counterpart(self, need: Need) -> bool:
        """Tell whether a need is surely one of the counterpart, in the place of a bench node."""
        assert self._run is not None
        if need.verb == "clock":
            return need.name == "date"
        against = ONLY_AGAINST.get((need.role, need.name)) if need.of_bench else None
        return need.role in parts_of(self.met[1].role) and against in {None, self._run.role}

    # -- what is said ----------------------------------------------------------------------------

    def lines(self, language: int) -> Iterator[str]:
        """Yield the report, 0 Japanese, 1 English."""
        assert self._run is not None
        areas = Counter(case.area for case, _ in self.cases)
        names = self._run.register.areas
        yield _text("cases", language, number=len(self.cases), role=self._run.role)
        for area, number in areas.items():
            name = names[area].ja if language == 0 else names[area].en
            yield f"  {number:4} {area} {name}"
        here = {case.id for case, _ in self.runnable()}
        if away := [case.id for case, _ in self.cases if case.id not in here]:
            yield _text("inapplicable", language, ids=", ".join(away))
        system, *others = self.met
        if system.greeting is None:
            yield _text("unreached", language, why=system.why)
            return
        yield from self._adapter(system, language)
        for other in others:
            yield _text("counterpart", language, role=other.role)
            yield from self._adapter(other, language)
        unjudged = self.unjudged()
        if any(self.lacking(each) for each in self.met):
            yield _text("cost", language, number=len(unjudged))
        for requirement_id in unjudged:
            known = self._run.register[requirement_id]
            yield f"  {requirement_id} {known.ja if language == 0 else known.en}"
        yield _text("sent", language)

    def _adapter(self, system: Met, language: int) -> Iterator[str]:
        """Yield what an adapter said of itself, and what it lacks."""
        if system.greeting is None:
            yield _text("counterpart_unreached", language, why=system.why)
            return
        name = system.greeting.adapter.get("name", "?")
        verbs = ", ".join(system.greeting.verbs) or _text("none", language)
        yield _text("greeted", language, adapter=name, verbs=verbs)
        lacking = self.lacking(system)
        if lacking:
            yield _text("lacking", language)
        elif system.greeting.offers is not None:
            yield _text("complete", language)
        for what, ids in lacking.items():
            yield f"  {what}: {len(ids)} ({_some(ids)})"
        if system.greeting.offers is None:
            yield _text("untold", language)


def _text(key: str, language: int, **values: object) -> str:
    return TEXTS[key][language].format(**values)


def _missing(need: Need, greeting: Greeting) -> str:
    """Return what of a need an adapter does not offer, empty where it may offer it."""
    if need.verb not in greeting.verbs:
        return need.verb
    offered = greeting.offers
    if offered is None or not need.name or need.verb not in VERBS or need.name in offered:
        return ""
    return f"{need.verb} {need.name}"


def _some(ids: list[str], limit: int = 5) -> str:
    return ", ".join([*ids[:limit], *["..."] * (len(ids) > limit)])


def _sentences(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the sentences of a case, the columns of its row filled in."""
    template = scenario_of(item)
    assert template is not None
    for step in template.render(row_of(item)).steps:
        yield step.type, step.name
