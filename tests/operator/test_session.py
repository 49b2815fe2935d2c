"""What a run leaves, and what it takes to go on with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from denbun.failures import Usage
from denbun.resuming import order_left, spare
from denbun.suite import Order
from reports import Case, Header, ResultError, ResultWriter, Verdict, read_run, read_unfinished
from reports.model import conclude
from steps.drivers.operator.session import SESSION, Session, SessionError, read_session
from steps.resume import left_in
from steps.sut import load_sut
from telegram_specs import DenbunError

ORDER = {"role": "juki", "seed": 7, "profile": None, "sut": None, "counterpart": None}
CODE = "11111111113"


def header(*cases):
    return Header(
        suite="0",
        created="2026-01-01T00:00:00+09:00",
        profile={"id": "open", "edition": "2025"},
        sut={"name": "x"},
        role="juki",
        driver="operator",
        seed=7,
        selected=cases,
        requirements=(),
        complete_selection=False,
    )


def case(name):
    return Case(case_id=name, title="t", area="A", verdict=Verdict.PASS, comments=("見た",))


@pytest.fixture
def left(tmp_path):
    """Leave a run of two cases of which one has ended and the other was begun."""
    session = Session(tmp_path / SESSION, ORDER)
    with ResultWriter(tmp_path / "results.jsonl") as writer:
        writer.header(header("A-001.1", "A-002.1"))
        writer.case(case("A-001.1"))
        session.note("case", id="A-001.1", title="t")
        session.note("end", id="A-001.1", verdict="PASS", digest=writer.digest)
    session.note("case", id="A-002.1", title="t")
    session.note("ask", n=1, verb="provision", name="stock", text="蓄積", args={"codes": [CODE]})
    session.close()
    return tmp_path


def test_what_was_left_is_read(left):
    found = left_in(left)
    assert (found.done, found.open) == ({"A-001.1"}, {"A-002.1"})
    assert found.past.order == ORDER
    assert (found.past.broken, found.past.done) == ("A-002.1", ["蓄積"])
    assert found.past.of_check("juminhyo_code") == [CODE]
    assert found.seed(7) != 7
    assert (left / SESSION).stat().st_mode & 0o077 == 0


def test_a_torn_line_is_taken_off(left):
    for name in (SESSION, "results.jsonl"):
        with (left / name).open("ab") as file:
            file.write(b'{"kind":"ca')
    assert left_in(left).done == {"A-001.1"}
    with left_in(left).writer() as writer:
        writer.case(case("A-002.1"))
        whole = (case("A-001.1"), case("A-002.1"))
        writer.footer(
            conclude(
                header("A-001.1", "A-002.1"), whole, ended="", transcript_tail_hash="", resumed=1
            )
        )
    run = read_run(left / "results.jsonl")
    assert [c.case_id for c in run.cases] == ["A-001.1", "A-002.1"]
    assert run.cases[0].comments == ("見た",)
    assert run.footer.resumed == 1
    assert all(json.loads(line) for line in (left / SESSION).read_text("utf-8").splitlines())


def test_a_footer_of_an_interrupted_run_gives_way(left):
    with left_in(left).writer() as writer:
        known = header("A-001.1", "A-002.1")
        ended = conclude(
            known, [case("A-001.1")], ended="", transcript_tail_hash="", interrupted=True
        )
        writer.footer(ended)
    before = read_unfinished(left / "results.jsonl")
    assert before.footer.missing == ("A-002.1",)
    assert left_in(left).open == {"A-002.1"}


def test_results_that_were_changed_are_refused(left):
    path = left / "results.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"PASS"', b'"FAIL"'))
    with pytest.raises(ResultError, match="not as the session left it"):
        left_in(left)


def test_a_run_that_has_ended_is_refused(left):
    with left_in(left).writer() as writer:
        writer.case(case("A-002.1"))
        known = header("A-001.1", "A-002.1")
        whole = (case("A-001.1"), case("A-002.1"))
        writer.footer(conclude(known, whole, ended="", transcript_tail_hash=""))
    with pytest.raises(SessionError, match="the run has ended"):
        left_in(left)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "operator.jsonl:1: empty"),
        ("x\n", "operator.jsonl:1: no line of a session"),
        ('{"kind":"ask"}\n', "operator.jsonl:1: no session"),
        ('{"kind":"session","order":{},"version":9}\n', "another version. expected 1, got 9"),
    ],
)
def test_a_broken_session(tmp_path, text, told):
    (tmp_path / SESSION).write_text(text, "utf-8")
    with pytest.raises(DenbunError, match=told):
        read_session(tmp_path / SESSION)


def test_an_order_is_handed_to_pytest():
    arguments = Order(out="x", resume=True, lang="en").arguments()
    assert {"--denbun-resume", "--denbun-lang=en"} <= set(arguments)


def test_the_example_is_a_sut():
    path = Path(__file__).resolve().parents[2] / "examples" / "operator.yaml"
    assert load_sut(path).driver.kind == "operator"


def test_an_open_run_is_not_overwritten(left):
    with pytest.raises(Usage) as caught:
        spare(left)
    assert "open cases (1)" in caught.value.format_message()
    (left / SESSION).unlink()
    spare(left)


def test_what_was_ordered_of_two_systems_is_ordered_again(left):
    path = left / SESSION
    text = path.read_text("utf-8").replace('"sut":null', '"sut":"a.yaml"')
    path.write_text(text.replace('"counterpart":null', '"counterpart":"b.yaml"'), "utf-8")
    order = order_left(left, {}, strict=False, lang="ja")
    assert [str(file) for file in order.sut] == ["a.yaml", "b.yaml"]


def test_what_was_ordered_is_ordered_again(left):
    order = order_left(left, {"--seed": None}, strict=True, lang="ja")
    assert (order.role, order.seed, order.resume, order.strict) == ("juki", 7, True, True)
