"""Two systems outside, tested against each other through the recording proxy, over real sockets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reports import read_transcript
from reports.markdown import render as markdown
from reports.masking import mask_run
from reports.text import render as text
from steps.sut import load_sut
from steps.verification import verify
from telegram_specs.network import LINKS
from tests.steps.test_suite import Watched, adapter, ended

BETWEEN = "BIRTH-003.1 or BIRTH-004.1 or NUM-014.1 or STOCK-001.1 or FORMAT-001.1"
SERVED = "NUM-014.1 or STOCK-001.1 or FORMAT-001.1"
PATIENT = "settle: '0.02', send_within: '1.0', answer_within: '5'"
NEVER_ACTS = """
from reference_impl import __main__
from reference_impl.adapter import Adapter

async def unsupported(self, message):
    if message["action"] == "flush":
        return {"status": "ok"}
    return {"status": "unsupported", "scope": "sut", "reason": "no"}

Adapter._trigger = unsupported
__main__.main()
"""


def pair(first, second):
    """Return the options of two references in processes of their own, as (role, arguments)."""

    def options(folder):
        given = []
        for name, (role, *arguments) in (("a", first), ("b", second)):
            started = ("-m", "reference_impl") if "-c" not in arguments else ()
            own = folder / f"registers-{name}"
            own.mkdir()
            words = (*started, *arguments, "--role", role, "--data", own)
            given += adapter(folder, role, *words, name=name, waits=PATIENT)
        return given

    return options


def through_a_broken_proxy(folder):
    return [*pair(["juki"], ["cs"])(folder), "-p", "tests.steps.broken_proxy"]


SUITES = {
    "two-municipalities": (
        "SPECIAL-004.1 or MOVEIN-009", pair(["juki"], ["juki"]),
    ),
    "juki-cs": (BETWEEN, pair(["juki"], ["cs"])),
    "cs-juki": (SERVED, pair(["cs"], ["juki"])),
    "juki-atena": ("ATENA-001 or AUTH-002", pair(["juki"], ["atena"])),
    "right-juki-wrong-cs": (BETWEEN, pair(["juki"], ["cs", "--fault", "number-check-digit-wrong"])),
    "wrong-juki-right-cs": (
        "BIRTH-006", pair(["juki", "--fault", "birth-reason-wrong"], ["cs"]),
    ),
    "right-cs-wrong-juki": (SERVED, pair(["cs"], ["juki", "--fault", "birth-reason-wrong"])),
    "wrong-cs-right-juki": (
        "NUM-002", pair(["cs", "--fault", "number-check-digit-wrong"], ["juki"]),
    ),
    "juki-cs-that-never-acts": (
        "BIRTH-003.1 or STOCK-008.2", pair(["juki"], ["cs", "-c", NEVER_ACTS]),
    ),
    "juki-cs-through-a-broken-proxy": ("BIRTH-003.1", through_a_broken_proxy),
}  # fmt: skip
"""Name to selection and options; they run side by side, two at a time."""


@pytest.fixture(scope="module", autouse=True)
def suite(tmp_path_factory):
    """Return a function that gives a suite by its name, when it has ended."""

    def start(name):
        marks, options = SUITES[name]
        folder = tmp_path_factory.mktemp(name)
        return ended(folder / "out", marks, *options(folder))

    tmp_path_factory.getbasetemp()  # made once, before two threads ask for it
    with ThreadPoolExecutor(2) as pool:
        started = {name: pool.submit(start, name) for name in SUITES}
        yield lambda name: started[name].result()
        pool.shutdown(cancel_futures=True)


PASSING = {
    "two-municipalities": ("juki", "juki_b"),
    "juki-cs": ("juki", "cs"),
    "cs-juki": ("cs", "juki"),
    "juki-atena": ("juki", "atena"),
}


@pytest.mark.parametrize("name", PASSING)
def test_two_references_pass_in_either_order(suite, name):
    found, (role, other) = suite(name), PASSING[name]
    assert (found.code, set(found.verdicts().values())) == (0, {"PASS"}), found.text
    header = found.run.header
    assert (header.role, header.sut["name"]) == (role, "denbun reference")
    beside = dict(header.counterpart)
    assert load_sut(Path(beside.pop("file"))).role == other.removesuffix("_b")
    assert beside == {
        "product": {"name": "denbun reference", "version": header.suite},
        "role": other,
        "adapter": {"name": "built-in", "version": header.suite},
        "driver": "stdio",
    }


@pytest.mark.parametrize("name", SUITES)
def test_what_was_found_follows_from_its_evidence(suite, name):
    found = verify(suite(name).out)
    assert found.refusals == []
    assert len(found.retried) == len(found.run.cases) > 0


@pytest.mark.parametrize("name", ["juki-cs", "cs-juki", "juki-atena"])
def test_what_passes_between_them_is_recorded_once_and_answered(suite, name):
    records = read_transcript(suite(name).out / "transcript.jsonl")
    role, other = PASSING[name]
    between = [r for r in records if {r.sender, r.receiver} == {role, other}]
    assert {r.sender for r in between} == {role, other}
    assert {(r.sender, r.way) for r in between} == {(role, "received"), (other, "sent")}
    assert all({role, other} <= {*LINKS[r.link].roles} for r in between)
    answered = [r.answers for r in between if r.answers]
    asked = [r.seq for r in between if not r.answers]
    assert sorted(answered) == asked


def test_the_twin_sends_with_the_code_of_its_municipality(suite):
    records = read_transcript(suite("two-municipalities").out / "transcript.jsonl")
    theirs = [r for r in records if r.sender == "juki_b" and r.values and not r.http]
    assert theirs
    assert {r.values["sender"] for r in theirs} == {"999024"}


def test_a_report_names_the_counterpart_in_one_line(suite):
    found = suite("juki-cs")
    shown = mask_run(found.run, read_transcript(found.out / "transcript.jsonl"))
    version = found.run.header.suite
    named = f"denbun reference {version} (cs, built-in {version} stdio)"
    assert f"相手方: {named}" in text(shown, "ja").splitlines()
    assert f"counterpart: {named}" in text(shown, "en").splitlines()
    assert named in markdown(shown, "ja").replace("\\", "")


# -- whose fault it is -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["right-juki-wrong-cs", "right-cs-wrong-juki"])
def test_a_fault_of_the_counterpart_is_not_blamed_on_the_other(suite, name):
    found = suite(name)
    assert not {"FAIL", "WARN", "ERROR"} & set(found.verdicts().values()), found.text
    assert all(not case.findings for case in found.run.cases)


def test_a_wrong_counterpart_is_named(suite):
    found = suite("right-juki-wrong-cs")
    assert found.run.footer.exit_code == 2
    case = found.case("BIRTH-004.1")
    assert case.verdict == "INCONCLUSIVE"
    assert case.reason.startswith("相手方 cs: NUM-002: ")


@pytest.mark.parametrize(
    ("name", "requirement"),
    [("wrong-juki-right-cs", "BIRTH-006"), ("wrong-cs-right-juki", "NUM-002")],
)
def test_a_fault_of_the_system_under_test_is_found(suite, name, requirement):
    found = suite(name)
    assert found.run.footer.exit_code == 1
    failed = [case for case in found.run.cases if case.verdict == "FAIL"]
    assert requirement in {f.requirement_id for case in failed for f in case.findings}


def test_what_only_a_bench_node_could_do_is_not_covered(suite):
    found = suite("juki-cs-that-never-acts")
    assert found.verdicts() == {"BIRTH-003.1": "PASS", "STOCK-008.2": "NOT_COVERED"}
    assert found.case("STOCK-008.2").reason == "相手方 cs: send_code_list: no"


def test_a_mistake_of_the_proxy_itself_is_an_error_of_the_harness(suite):
    found = suite("juki-cs-through-a-broken-proxy")
    case = found.case("BIRTH-003.1")
    assert (found.verdicts(), case.findings) == ({"BIRTH-003.1": "ERROR"}, ())
    assert case.reason.startswith("LookupError: no such road (")


@pytest.fixture
def watch(tmp_path):
    started = []

    def start(point, marks):
        options = pair(["juki"], ["cs"])(tmp_path)
        started.append(Watched(tmp_path, point, marks, *options))
        return started[-1]

    yield start
    for watched in started:
        watched.close()


def test_a_counterpart_that_is_killed_leaves_its_case_undecided(watch):
    watched = watch("event", "BIRTH-003")
    watched.kill_system("cs")
    found = watched.to_the_end()
    assert found.verdicts() == {"BIRTH-003.1": "INCONCLUSIVE", "BIRTH-003.2": "PASS"}
    assert "相手方 cs: " in found.case("BIRTH-003.1").reason
    assert "signal 9" in found.case("BIRTH-003.1").reason
    assert found.case("BIRTH-003.1").findings == ()
    footer = found.run.footer
    assert (footer.unasked_deaths, footer.exit_code, footer.claim.made) == (0, 2, False)


def test_a_counterpart_that_is_killed_between_cases_is_told_and_healed(watch):
    watched = watch("case", "BIRTH-003")
    watched.kill_system("cs")
    found = watched.to_the_end()
    assert found.verdicts() == {"BIRTH-003.1": "PASS", "BIRTH-003.2": "INCONCLUSIVE"}
    told = "終了していたため、再び起動した (相手方 cs: signal 9)"
    assert found.case("BIRTH-003.2").reason == told
    assert found.run.footer.exit_code == 2


def test_what_makes_no_pair_is_told_before_anything_runs(tmp_path):
    options = pair(["cs"], ["cs"])(tmp_path)
    found = ended(tmp_path / "out", "STOCK-001.1", *options)
    assert (found.code, found.out.exists()) == (4, False)  # pytest's own code of a usage error
    assert "b.yaml:2 /role: two systems in role cs" in found.text
    assert "Traceback" not in found.text
