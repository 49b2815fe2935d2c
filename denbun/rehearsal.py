"""``denbun run --dry-run``: what would be run, what the adapter lacks, and what that costs."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from denbun.options import Language
    from denbun.suite import Order
    from steps.cases import CaseId
    from steps.drivers.protocol import Greeting
    from steps.run import SuiteRun

__all__ = ["Rehearsal", "rehearse"]

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
    greeting: Greeting | None = None
    why: str = ""
    _run: SuiteRun | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take note of the cases and greet the system instead of running them."""
        self._run = run = session.config.stash.get(RUN_KEY, None)
        if run is not None and session.items:
            steps = definitions()
            for item in session.items:
                self.cases.append((run.case_of(item), needs_of(_sentences(item), steps)))
            self.greeting, self.why = run.meet()
        return True

    # -- what follows from it --------------------------------------------------------------------

    def runnable(self) -> list[tuple[CaseId, set[Need]]]:
        """Return the cases to which the claims of the ICS apply."""
        assert self._run is not None
        claimed = {*self._run.sut.ics, None}
        register = self._run.register
        return [pair for pair in self.cases if register[pair[0].requirement].option in claimed]

    def lacking(self) -> dict[str, list[str]]:
        """Return the ids of the cases that need it, by each thing that the adapter lacks."""
        found: dict[str, list[str]] = {}
        if self.greeting is None:
            return found
        for case, needs in self.runnable():
            for need in sorted(needs):
                if self._is_of_sut(need) and (what := self._missing(need)):
                    ids = found.setdefault(what, [])
                    ids += [case.id] * (case.id not in ids)
        return dict(sorted(found.items()))

    def unjudged(self) -> list[str]:
        """Return the MUST requirements none of whose cases could be carried out."""
        assert self._run is not None
        blocked = {case_id for ids in self.lacking().values() for case_id in ids}
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
        return known and need.role in {role, ""}

    def _missing(self, need: Need) -> str:
        assert self.greeting is not None
        if need.verb not in self.greeting.verbs:
            return need.verb
        offered = self.greeting.offers
        if offered is None or not need.name or need.verb not in VERBS or need.name in offered:
            return ""
        return f"{need.verb} {need.name}"

    # -- what is said ----------------------------------------------------------------------------

    def lines(self, language: int) -> Iterator[str]:
        """Yield the report, 0 Japanese, 1 English."""
        assert self._run is not None

        def text(key: str, **values: object) -> str:
            return TEXTS[key][language].format(**values)

        areas = Counter(case.area for case, _ in self.cases)
        names = self._run.register.areas
        yield text("cases", number=len(self.cases), role=self._run.role)
        for area, number in areas.items():
            name = names[area].ja if language == 0 else names[area].en
            yield f"  {number:4} {area} {name}"
        here = {case.id for case, _ in self.runnable()}
        if away := [case.id for case, _ in self.cases if case.id not in here]:
            yield text("inapplicable", ids=", ".join(away))
        if self.greeting is None:
            yield text("unreached", why=self.why)
            return
        verbs = ", ".join(self.greeting.verbs) or text("none")
        yield text("greeted", adapter=self.greeting.adapter.get("name", "?"), verbs=verbs)
        lacking, unjudged = self.lacking(), self.unjudged()
        yield text("lacking" if lacking else "complete")
        for what, ids in lacking.items():
            yield f"  {what}: {len(ids)} ({_some(ids)})"
        if lacking:
            yield text("cost", number=len(unjudged))
        for requirement_id in unjudged:
            known = self._run.register[requirement_id]
            yield f"  {requirement_id} {known.ja if language == 0 else known.en}"
        yield text("sent")


def _some(ids: list[str], limit: int = 5) -> str:
    return ", ".join([*ids[:limit], *["..."] * (len(ids) > limit)])


def _sentences(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the sentences of a case, the columns of its row filled in."""
    template = scenario_of(item)
    assert template is not None
    for step in template.render(row_of(item)).steps:
        yield step.type, step.name
