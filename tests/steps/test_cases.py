"""The tags of a scenario make a case, or say what to write instead."""

from __future__ import annotations

import pytest

from reports.model import Requirement
from steps.cases import CaseId, TagError, case_of
from steps.register import Register


def requirement(identity, *roles):
    return Requirement(
        id=identity,
        area=identity.partition("-")[0],
        ja="",
        en="",
        level="MUST",
        rank="law",
        roles=roles,
        source="",
        edition="",
    )


REGISTER = Register(
    {
        one.id: one
        for one in (requirement("BIRTH-001", "juki"), requirement("FORMAT-001", "juki", "cs"))
    },
    {},
)


def case(*tags, row=None):
    return case_of("題", tags, REGISTER, row)


def test_a_case_of_one_role():
    found = case("正常系", "BIRTH-001.1")
    assert found == CaseId(
        "BIRTH-001.1", "BIRTH-001", "正常系", ("juki",), ("BIRTH-001.1", "正常系")
    )
    assert found.area == "BIRTH"


def test_a_row_of_an_outline_has_an_id_of_its_own():
    assert case("異常系", "BIRTH-001.12", row="end_mark").id == "BIRTH-001.12[end_mark]"


def test_a_case_of_some_of_the_bound_roles():
    assert case("境界値", "FORMAT-001.2", "cs").roles == ("cs",)
    assert case("境界値", "FORMAT-001.2", "cs", "juki").roles == ("cs", "juki")


WRONG = {
    "unknown-tag": (
        ("BIRTH-001.1", "正常系", "slow"),
        "「題」: unknown tag @slow. expected a tag of the register",
    ),
    "a-requirement-is-no-leaf": (
        ("BIRTH-001", "正常系"),
        "「題」: unknown tag @BIRTH-001. expected a tag of the register",
    ),
    "no-requirement": (
        ("正常系",),
        "「題」: expected one requirement tag such as @BIRTH-004.1, got []",
    ),
    "two-requirements": (
        ("BIRTH-001.1", "BIRTH-001.2", "正常系"),
        (
            "「題」: expected one requirement tag such as @BIRTH-004.1, "
            "got ['BIRTH-001.1', 'BIRTH-001.2']"
        ),
    ),
    "no-viewpoint": (
        ("BIRTH-001.1",),
        "「題」: expected one of @正常系 @異常系 @境界値 @順序, got []",
    ),
    "two-viewpoints": (
        ("BIRTH-001.1", "正常系", "順序"),
        "「題」: expected one of @正常系 @異常系 @境界値 @順序, got ['正常系', '順序']",
    ),
    "not-in-the-register": (
        ("BIRTH-009.1", "正常系"),
        "「題」: @BIRTH-009.1 names no requirement of the register",
    ),
    "a-role-that-is-not-bound": (
        ("BIRTH-001.1", "正常系", "cs"),
        "「題」: @BIRTH-001.1 binds juki, not ('cs',)",
    ),
    "several-roles-and-none-named": (
        ("FORMAT-001.1", "正常系"),
        "「題」: FORMAT-001 binds several roles. expected some of @juki @cs",
    ),
    "no-tags": ((), "「題」: expected one requirement tag such as @BIRTH-004.1, got []"),
}


@pytest.mark.parametrize("name", WRONG)
def test_tags_that_make_no_case(name):
    tags, told = WRONG[name]
    with pytest.raises(TagError) as caught:
        case(*tags)
    assert str(caught.value) == told
