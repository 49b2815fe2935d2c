"""What differs between two profiles: every axis told, nothing told that changes no byte."""

from __future__ import annotations

import shutil

import pytest

from telegram_specs import load_profile
from telegram_specs.engine.difference import differences
from telegram_specs.engine.files import OPEN, START

LIST = "telegrams/juminhyo_code_list.yaml"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return a function that lays open files, one text of each changed, into a private profile."""
    monkeypatch.chdir(tmp_path)

    def lay(*changes):
        shutil.copytree(START, "mine")
        for name, old, new in changes:
            path = tmp_path / "mine" / name
            text = (OPEN / name if not path.exists() else path).read_text("utf-8")
            assert old in text
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace(old, new, 1), "utf-8")
        return differences(load_profile(), load_profile(tmp_path / "mine"))

    return lay


def test_the_start_differs_in_nothing(own):
    assert own() == ()


TOLD = {
    "charset": (
        [("profile.yaml", "# charset: cp932", "charset: cp932")],
        {("profile.yaml", "", "charset", "juki", "cp932")},
    ),
    "code": (
        [
            (
                "codes/sex.yaml",
                '  "9": その他',
                '  "8": その他\nstands_for: {"0": "0", "1": "1", "2": "2", "8": "9"}',
            )
        ],
        {("codes/sex.yaml", "9 その他", "wire", "9", "8")},
    ),
    "label-of-a-code": ([("codes/sex.yaml", '"1": 男', '"1": 男性')], set()),
    "wire": (
        [
            (
                "telegrams/number_issue_request.yaml",
                "wire_id: DB0201",
                "wire_id: XX0201",
            )
        ],
        {("telegrams/number_issue_request.yaml", "", "wire_id", "DB0201", "XX0201")},
    ),
    "size-in-a-repetition": (
        [
            (LIST, "max: 200", "max: 300"),
            (
                LIST,
                'label: 住民票コード\n          type: "9"\n          size: 11',
                "label: 住民票コード\n          type: X\n          size: 11",
            ),
        ],
        {
            (LIST, "codes 空きコード", "max", "200", "300"),
            (LIST, "codes[].juminhyo_code 住民票コード", "type", "9", "X"),
        },
    ),
    "remark": ([(LIST, "    label: 件数\n", "    label: 件数\n    doc: Said here.\n")], set()),
}


@pytest.mark.parametrize("name", TOLD)
def test_each_kind_of_difference_is_told(own, name):
    changes, told = TOLD[name]
    assert set(map(tuple, own(*changes))) == told
