"""Editions: items that a layout has since one edition, or until one."""

from __future__ import annotations

from pathlib import Path

import pytest

from telegram_specs import SpecError, lint_profile, load_profile, self_check
from telegram_specs.engine.difference import differences
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.overlay import compare

PROFILE = """\
id: city
edition: "{}"
label: 架空市
status: private
note: 試験用
"""
TELEGRAM = """\
meta:
  id: greeting
  label: 挨拶
  status: private
  form: fixed
  wire_id: ZZ0001
  link: cs_link
  from: juki
  to: cs
  kind: "3"
fields:
  - {use: header}
  - id: words
    label: 言葉
    type: X
    size: 4
    until: "1.9"
  - id: words
    label: 言葉
    type: X
    size: 6
    since: "1.10"
  - id: count
    label: 件数
    type: "9"
    size: 2
    pad: zero
    since: "1.10"
  - id: notes
    label: 備考
    repeat:
      count: count
      max: 3
      fields:
        - {id: note, label: 備考, type: X, size: 2}
        - {id: mark, label: 印, type: X, size: 1, since: "2"}
    since: "1.10"
  - {use: trailer}
"""
ITEMS = {
    "1.9": {"words": 4},
    "1.10": {"words": 6, "count": 2, "notes[].note": 2},
    "1.11-3": {"words": 6, "count": 2, "notes[].note": 2},
    "2": {"words": 6, "count": 2, "notes[].note": 2, "notes[].mark": 1},
}


@pytest.fixture
def city(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("city")
    (folder / "telegrams").mkdir(parents=True)
    (folder / "telegrams/greeting.yaml").write_text(TELEGRAM, encoding="utf-8")

    def of(edition):
        (folder / "profile.yaml").write_text(PROFILE.format(edition), encoding="utf-8")
        return load_profile(folder)

    return of


def own(profile, spec):
    shared = {field.id for field in profile.spec("receipt").fields if hasattr(field, "width")}
    return {path: field.width for path, _, field in leaves(spec.fields) if path not in shared}


@pytest.mark.parametrize("edition", ITEMS)
def test_an_edition_has_its_items_and_no_others(city, edition):
    profile = city(edition)
    assert own(profile, profile.spec("greeting")) == ITEMS[edition]


def test_what_stands_on_the_wire_follows_the_edition(city):
    frame = {"sender": "999016", "receiver": "000001", "serial": "0000000001",
             "ref_serial": "0000000000", "created_date": "2025-05-26", "created_time": "120000",
             "result": "0000"}  # fmt: skip
    values = {**frame, "words": "ABCD"}
    old = city("1.9").spec("greeting")
    assert old.encode(values)[65:] == b"ABCD$$"
    new = city("2").spec("greeting")
    notes = [{"note": "AB", "mark": "C"}]
    raw = new.encode({**values, "count": "1", "notes": notes})
    assert raw[65:] == b"ABCD  01ABC$$"
    assert not new.decode(raw).faults
    assert old.decode(raw).faults


def test_style_and_vectors_are_those_of_the_edition(city):
    for edition in ITEMS:
        profile = city(edition)
        assert self_check(profile) == []
        assert [line.partition(": ")[2] for line in lint_profile(profile)] == [
            "no good vector. expected at least one in vectors/good/greeting.yaml, got none",
            "no bad vector. expected at least one in vectors/bad/greeting.yaml, got none",
        ]


REQUEST = """\
meta:
  id: number_issue_request
  label: 個人番号生成要求
  status: private
  form: fixed
  wire_id: DB0201
  link: cs_link
  from: juki
  to: cs
  kind: "1"
  answer: receipt
fields:
  - {use: header}
  - {id: juminhyo_code, label: 住民票コード, type: "9", size: 11, secret: true, until: "1"}
  - {id: juminhyo_code, label: 住民票コード, type: "9", size: 12, secret: true, since: "3"}
  - {use: trailer}
"""
SIZES = {"1": [], "3": [("size", "11", "12"), ("bytes", "11", "12")]}


def test_only_the_items_of_the_edition_are_compared_with_the_open_ones(city, profile, tmp_path):
    city("1")
    (tmp_path / "city/telegrams/number_issue_request.yaml").write_text(REQUEST, encoding="utf-8")
    for edition, sizes in SIZES.items():
        private = city(edition)
        assert compare(profile, private).problems == ()
        rows = [row[2:] for row in differences(profile, private) if "juminhyo" in row.item]
        assert [row for row in rows if row[0] != "check"] == sizes
    (problem,) = compare(profile, city("2")).problems
    assert problem == (
        "city/telegrams/number_issue_request.yaml:12 /fields: item missing. "
        "expected `juminhyo_code`, as in the open layout, got none"
    )


def test_an_edition_without_order_is_refused_where_it_matters(city):
    with pytest.raises(SpecError) as caught:
        city("draft")
    assert str(caught.value) == (
        "city/telegrams/greeting.yaml:17 /fields/1/until: editions without order. "
        "expected an `edition` of the profile such as 2025 or 1.2, got `draft`"
    )


def test_the_open_profile_has_one_edition(profile):
    fields = [field for spec in profile.specs.values() for _, _, field in leaves(spec.fields)]
    assert {(field.since, field.until) for field in fields} == {(None, None)}
