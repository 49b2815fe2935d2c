"""``denbun verify``: what was done to results shows, even where every hash was made right again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from reports import (
    Expectation,
    ResultWriter,
    TranscriptWriter,
    Verdict,
    conclude,
    read_run,
    read_transcript,
)
from steps.evidence import faults_of, fields_of
from telegram_specs import load_profile

FAULTY, SOUND = "BIRTH-006.1", "NUM-004.1"
RIGHT_REASON = b"12"


@pytest.fixture
def folder(faulty, tmp_path):
    """Return a copy of it, to be spoilt."""
    return shutil.copytree(faulty, tmp_path / "results")


# -- what is done by hand ------------------------------------------------------------------------


def edit(name, old, new):
    def done(folder, _other):
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1))

    return done


def without_line(name, number):
    def done(folder, _other):
        lines = (folder / name).read_bytes().splitlines(keepends=True)
        del lines[number]
        (folder / name).write_bytes(b"".join(lines))

    return done


def cut(name):
    def done(folder, _other):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:-20])

    return done


def gone(name):
    return lambda folder, _other: (folder / name).unlink()


def of_another_run(name):
    return lambda folder, other: shutil.copy(other / name, folder / name)


def second_header(folder, other):
    header = (other / "results.jsonl").read_bytes().splitlines(keepends=True)[0]
    path = folder / "results.jsonl"
    path.write_bytes(path.read_bytes() + header)


BY_HAND = {
    "verdict": (
        edit("results.jsonl", b'"verdict":"FAIL"', b'"verdict":"PASS"'),
        "results.jsonl:4: footer: counts differ from the cases. expected equal counts",
    ),
    "text": (
        edit("results.jsonl", b'"outcome":"passed"', b'"outcome":"skipped"'),
        "results.jsonl:4: footer: hash differs: the lines before were changed",
    ),
    "case": (without_line("results.jsonl", 1), "results.jsonl:3: footer: invalid run: "),
    "footer": (without_line("results.jsonl", -1), "results.jsonl:4: truncated. expected footer"),
    "results cut": (cut("results.jsonl"), "results.jsonl:4: truncated line. "),
    "mixed": (second_header, "results.jsonl:5: line after the footer. "),
    "telegram": (
        edit("transcript.jsonl", b'"raw":"', b'"raw":"00'),
        "transcript.jsonl:1: line changed. ",
    ),
    "telegram removed": (without_line("transcript.jsonl", 1), "transcript.jsonl:2: chain broken. "),
    "last telegram removed": (
        without_line("transcript.jsonl", -1),
        "not the end of this run. expected hash ",
    ),
    "transcript cut": (cut("transcript.jsonl"), "broken line. expected a JSON object"),
    "transcript gone": (gone("transcript.jsonl"), "transcript.jsonl: no such file. "),
    "other transcript": (of_another_run("transcript.jsonl"), "not the end of this run. "),
    "brief": (
        edit("briefs.jsonl", b'"disturbed":false', b'"disturbed":true'),
        "its brief is not there or was changed. ",
    ),
    "brief removed": (without_line("briefs.jsonl", 0), "its brief is not there or was changed. "),
    "brief cut": (cut("briefs.jsonl"), "briefs.jsonl:2: truncated line. "),
    "other briefs": (of_another_run("briefs.jsonl"), "not the brief that the results name"),
    "briefs gone": (gone("briefs.jsonl"), "briefs.jsonl: no such file. "),
}


def test_results_that_nobody_touched_hold(denbun, faulty):
    said = denbun("verify", faulty, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "the results follow from their evidence"
    assert "conformance to profile open, edition 2025" not in lines[0]
    assert "  2 cases, hash chain, counts, claim: as they should be" in lines


def test_of_each_verdict_is_told_what_it_rests_on(denbun, faulty):
    told = json.loads(denbun("verify", faulty, "--json").out)
    assert [(case["case_id"], case["verdict"], case["basis"]) for case in told["cases"]] == [
        (SOUND, "PASS", "answers"),
        (FAULTY, "FAIL", "telegrams"),
    ]


@pytest.mark.parametrize("name", BY_HAND)
def test_what_was_changed_by_hand_is_refused(denbun, folder, finished, name):
    spoil, told = BY_HAND[name]
    spoil(folder, finished[0])
    said = denbun("verify", folder, "--lang", "en")
    assert said.code == 1
    assert said.out.startswith("the results are not to be believed\n")
    assert told in said.out


# -- what is done with every hash made right again -----------------------------------------------


def rewritten(folder, change, **told):
    """Write results anew with a true hash and a footer that follows, but for what is ``told``."""
    path = folder / "results.jsonl"
    run = read_run(path)
    header, cases = change(run.header, run.cases)
    footer = conclude(
        header,
        cases,
        ended=run.footer.ended,
        transcript_tail_hash=told.pop("transcript_tail_hash", run.footer.transcript_tail_hash),
    )
    with ResultWriter(path) as writer:
        writer.header(header)
        for case in cases:
            writer.case(case)
        writer.footer(replace(footer, **told))


def cases_changed(**members):
    """Return what changes the failed case."""
    return lambda folder: rewritten(
        folder, lambda header, cases: (header, (cases[0], replace(cases[1], **members)))
    )


def header_changed(make):
    return lambda folder: rewritten(folder, lambda header, cases: (make(header), cases))


def acquitted(folder):
    """Take findings and judgements that did not hold out of the failed case."""
    kept = lambda one: one.held is not False  # noqa: E731

    def change(header, cases):
        judgements = tuple(filter(kept, cases[1].judgements))
        spared = replace(cases[1], findings=(), judgements=judgements, verdict=Verdict.PASS)
        return header, (cases[0], spared)

    rewritten(folder, change)


def swapped(folder):
    def change(header, cases):
        first, second = cases
        return header, (
            replace(second, case_id=first.case_id),
            replace(first, case_id=second.case_id),
        )

    rewritten(folder, change)


def dropped(folder):
    def change(header, cases):
        return replace(header, selected=header.selected[:1]), cases[:1]

    rewritten(folder, change)


def softened(header):
    entries = (replace(one, level="MAY") for one in header.requirements)
    return replace(header, requirements=tuple(entries))


def telegrams_rewritten(folder, change):
    """Write the transcript anew with a true chain, and the results with its end."""
    path = folder / "transcript.jsonl"
    records = read_transcript(path)
    with TranscriptWriter(path) as writer:
        for record in records:
            writer.write(change(record))
        tail = writer.tail_hash
    rewritten(folder, lambda *both: both, transcript_tail_hash=tail)


def corrected(record, *, decoded):
    """Return the faulty telegram as it should have been."""
    if record.telegram != "identity_notice" or record.case_id != FAULTY:
        return record
    raw = record.raw[:66] + RIGHT_REASON + record.raw[68:]
    spec = load_profile().specs[record.telegram]
    bent = replace(record, raw=raw)
    if not decoded:
        return bent
    read = spec.decode(raw)
    return replace(
        bent, values=read.values, faults=faults_of(read, raw), fields=fields_of(spec, raw)
    )


def nameless(record):
    named = record.telegram == "identity_notice" and record.case_id == FAULTY
    members = {"telegram": None, "label": None, "values": None, "faults": (), "fields": ()}
    return replace(record, **members) if named else record


KNOWN = Expectation(id=FAULTY, verdict=Verdict.FAIL, reason="known")
MENDED = {
    "verdict": (
        cases_changed(verdict=Verdict.PASS),
        f"case {FAULTY}: verdict. expected FAIL by findings and obstacles, got PASS",
    ),
    "acquitted": (acquitted, f"case {FAULTY}: findings. expected 1 as the evidence shows them"),
    "finding": (
        cases_changed(findings=(), verdict=Verdict.PASS),
        f"case {FAULTY}: findings. expected 1 as the evidence shows them, got others (0)",
    ),
    "judgements": (cases_changed(judgements=()), f"case {FAULTY}: judgements. expected "),
    "brief": (cases_changed(brief="", judgements=()), "not the brief that the results name"),
    "evidence": (cases_changed(evidence=()), f"case {FAULTY}: evidence. expected the records "),
    "requirement": (
        cases_changed(requirement_ids=("BIRTH-006", "NUM-001")),
        f"case {FAULTY}: requirements. expected those that were judged",
    ),
    "expectation": (cases_changed(expected=KNOWN), f"case {FAULTY}: expectation. expected that of"),
    "swapped": (swapped, f"case {FAULTY}: the brief is of case {SOUND}. expected one of its own"),
    "dropped": (dropped, f"briefs.jsonl: case {FAULTY}: not the brief that the results name"),
    "softened": (header_changed(softened), "header: requirements. expected those of suite "),
    "whole": (
        header_changed(lambda header: replace(header, complete_selection=True)),
        "header: not the whole suite. expected all ",
    ),
    "exit code": (
        lambda folder: rewritten(folder, lambda *both: both, exit_code=0),
        "footer: exit_code. expected what follows from the cases, got another",
    ),
    "bytes": (
        lambda folder: telegrams_rewritten(folder, lambda r: corrected(r, decoded=False)),
        "values. expected what its bytes say, got something else",
    ),
    "telegram": (
        lambda folder: telegrams_rewritten(folder, lambda r: corrected(r, decoded=True)),
        f"case {FAULTY}: findings. expected 0 as the evidence shows them, got others (1)",
    ),
    "no telegram": (
        lambda folder: telegrams_rewritten(folder, nameless),
        "telegram. expected identity_notice by its bytes, got none",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_was_changed_with_its_hashes_is_refused_too(denbun, folder, name):
    spoil, told = MENDED[name]
    spoil(folder)
    said = denbun("verify", folder, "--lang", "en")
    assert said.code == 1
    assert told in said.out


def test_writing_anew_alone_changes_nothing(denbun, folder):
    telegrams_rewritten(folder, lambda record: record)
    assert denbun("verify", folder).code == 0


NO_RESULTS = {
    "nothing": (None, "no such file. expected the results of a run"),
    "other text": (b"hello\n", "no results. expected a first line with denbun-results/2"),
    "other lines": (b'{"seq":1}\n', "no results. expected a first line with denbun-results/2"),
    "older": (
        b'{"kind":"header","schema":"denbun-results/1"}\n',
        "denbun-results/1 does not hold what is needed to judge again",
    ),
}


@pytest.mark.parametrize("name", NO_RESULTS)
def test_what_is_no_result_exits_3(denbun, tmp_path, name):
    content, told = NO_RESULTS[name]
    if content is not None:
        (tmp_path / "results.jsonl").write_bytes(content)
    said = denbun("verify", tmp_path)
    assert (said.code, told in said.err) == (3, True)


def test_results_of_another_profile_are_not_judged(denbun, folder, tmp_path):
    denbun("profile", "new", tmp_path / "mine")
    said = denbun("verify", folder, "--profile", tmp_path / "mine")
    assert (said.code, "not the one of the run. expected digest" in said.err) == (3, True)
