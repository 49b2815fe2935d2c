from __future__ import annotations

import json

import pytest

from reports import ResultError, ResultWriter, Run, conclude, exit_code, read_run
from tests.reports import sample


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.jsonl"


@pytest.fixture
def written(path):
    write(path, sample.full_run())
    return path


def write(path, run: Run) -> None:
    with ResultWriter(path) as writer:
        writer.header(run.header)
        for case in run.cases:
            writer.case(case)
        writer.footer(run.footer)


def lines(path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def edit(path, number: int, **members) -> None:
    """Change members of one line, from 1."""
    all_lines = lines(path)
    data = json.loads(all_lines[number - 1]) | members
    all_lines[number - 1] = json.dumps(data, ensure_ascii=False).encode() + b"\n"
    path.write_bytes(b"".join(all_lines))


def message(path) -> str:
    with pytest.raises(ResultError) as caught:
        read_run(path)
    return str(caught.value)


@pytest.mark.parametrize("make", [sample.full_run, sample.conformant_run, sample.run_of])
def test_run_comes_back_as_it_was_written(path, make):
    run = make()

    write(path, run)
    back = read_run(path)

    assert back.header == run.header
    assert back.cases == run.cases
    assert back.footer.claim == run.footer.claim
    assert exit_code(back) == run.footer.exit_code


def test_stream_has_the_members_that_outside_checks_rely_on(written):
    objects = [json.loads(text) for text in written.read_text(encoding="utf-8").splitlines()]

    assert [item["kind"] for item in objects] == [
        "header",
        *["case"] * len(sample.CASES),
        "footer",
    ]
    case = next(item for item in objects if item.get("case_id") == "BIRTH-004.1")
    assert {
        "case_id",
        "title",
        "tags",
        "requirement_ids",
        "verdict",
        "findings",
        "evidence",
    } <= set(case)
    assert case["verdict"] == "FAIL"
    assert case["evidence"] == [3, 4]
    finding = case["findings"][0]
    assert {
        "requirement_id",
        "level",
        "rank",
        "expected",
        "actual",
        "place",
        "source",
    } <= set(finding)
    assert finding["place"] == {
        "telegram": "identity_notice",
        "field": "individual_number",
        "offset": 181,
        "length": 12,
    }


def test_stream_is_utf8_with_plain_line_ends(written):
    data = written.read_bytes()

    assert "架空住民記録".encode() in data
    assert b"\r" not in data
    assert data.endswith(b"}\n")


def test_each_line_is_on_disk_before_the_next(path):
    run = sample.full_run()
    with ResultWriter(path) as writer:
        for write_one, value in [(writer.header, run.header), (writer.case, run.cases[0])]:
            before = len(lines(path))
            write_one(value)
            assert len(lines(path)) == before + 1


def test_writer_refuses_lines_out_of_order(path):
    run = sample.full_run()
    with ResultWriter(path) as writer:
        with pytest.raises(
            ResultError, match=r"^results\.jsonl:1: no header\. expected header, got"
        ):
            writer.case(run.cases[0])
        writer.header(run.header)
        writer.case(run.cases[0])
        with pytest.raises(ResultError, match=r"case STOCK-006\.1: duplicate"):
            writer.case(run.cases[0])


def test_empty_file_is_refused(path):
    path.write_bytes(b"")

    assert message(path) == "results.jsonl:1: truncated. expected header, got end of file"


def test_stream_without_footer_is_refused(written):
    written.write_bytes(b"".join(lines(written)[:-1]))

    assert message(written) == "results.jsonl:11: truncated. expected footer, got end of file"


def test_half_a_line_is_refused(written):
    written.write_bytes(written.read_bytes()[:-20])

    assert message(written) == (
        "results.jsonl:11: truncated line. expected a line end, got end of file"
    )


def test_line_that_is_no_json_is_refused(written):
    written.write_bytes(lines(written)[0] + b"<html>\n")

    assert message(written) == "results.jsonl:2: no JSON. expected an object, got other text"


def test_line_that_is_no_object_is_refused(written):
    written.write_bytes(lines(written)[0] + b"[]\n")

    assert message(written) == "results.jsonl:2: no object. expected {…}, got list"


def test_unknown_kind_is_refused(written):
    edit(written, 2, kind="result")

    assert message(written) == (
        "results.jsonl:2: unknown kind. expected header, case, footer, got 'result'"
    )


def test_stream_without_header_is_refused(written):
    written.write_bytes(b"".join(lines(written)[1:]))

    assert message(written) == "results.jsonl:1: no header. expected header, got case"


def test_second_header_is_refused(written):
    first, *rest = lines(written)
    written.write_bytes(b"".join([first, first, *rest]))

    assert message(written) == (
        "results.jsonl:2: second header: two runs are mixed. expected case or footer, got header"
    )


def test_two_runs_in_one_file_are_refused(written):
    written.write_bytes(written.read_bytes() * 2)

    assert message(written) == (
        "results.jsonl:12: line after the footer. expected end of file, got header"
    )


def test_duplicate_case_is_refused(written):
    first, case, *rest = lines(written)
    written.write_bytes(b"".join([first, case, case, *rest]))

    assert message(written) == (
        "results.jsonl:3: case STOCK-006.1: duplicate. expected one line a case, got a second"
    )


def test_case_that_was_not_selected_is_refused(written):
    edit(written, 2, case_id="STOCK-006.9")

    assert message(written) == (
        "results.jsonl:2: case STOCK-006.9: not selected. "
        "expected one of the header's 10 ids, got another"
    )


def test_deleted_case_is_refused(written):
    first, _, *rest = lines(written)
    written.write_bytes(b"".join([first, *rest]))

    assert message(written) == (
        "results.jsonl:10: footer: invalid run: case STOCK-006.1 not accounted for. "
        "expected every selected case once"
    )


def test_improved_verdict_is_refused(written):
    edit(written, 4, verdict="PASS")

    assert message(written) == (
        "results.jsonl:11: footer: counts differ from the cases. expected equal counts"
    )


def test_forged_claim_is_refused(path):
    run = sample.full_run()
    write(path, run)
    forged = run.footer.claim.to_json() | {"made": True}

    edit(path, 11, claim=forged)

    assert message(path) == (
        "results.jsonl:11: footer: claim differs from the cases. expected False, got True"
    )


def test_changed_text_is_refused(written):
    edit(written, 2, title="another title")

    assert message(written) == (
        "results.jsonl:11: footer: hash differs: the lines before were changed"
    )


def test_line_of_another_run_is_refused(path, tmp_path):
    write(path, sample.full_run())
    other = tmp_path / "other.jsonl"
    write(other, sample.run_of(*sample.CASES, missing=(sample.MISSING,), seed=2, interrupted=True))
    mixed = [lines(other)[0], *lines(path)[1:]]
    path.write_bytes(b"".join(mixed))

    assert message(path) == "results.jsonl:11: footer: hash differs: the lines before were changed"


@pytest.mark.parametrize(
    ("number", "members", "expected"),
    [
        (
            1,
            {"schema": "denbun-results/9"},
            "header /schema: input should be 'denbun-results/1' or 'denbun-results/2'",
        ),
        (1, {"seed": "7"}, "header /seed: input should be a valid integer"),
        (2, {"findings": [{}]}, "case /findings/0/requirement_id: field required"),
        (2, {"title": 12345678903}, "case /title: input should be a valid string"),
        (11, {"counts": None}, "footer /counts: input should be an object"),
    ],
)
def test_wrong_shape_is_named_without_its_value(written, number, members, expected):
    edit(written, number, **members)

    assert message(written) == f"results.jsonl:{number}: {expected}"


def test_members_of_a_later_version_are_ignored():
    run = sample.conformant_run()
    header = run.header.to_json() | {"later": True}

    assert type(run.header).from_json(header) == run.header


def test_interrupted_run_is_valid(path):
    header = sample.full_run().header
    footer = conclude(header, sample.CASES[:2], ended="", transcript_tail_hash="", interrupted=True)

    write(path, Run(header, sample.CASES[:2], footer))

    run = read_run(path)
    assert run.footer.exit_code == 2
    assert len(run.footer.missing) == 8
