"""The linter of the features: one text for each thing that a parser accepts in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model import Requirement
from steps import lint as linter
from steps.index import Definition
from steps.lint import lint, lint_text
from steps.register import Register

GOOD = """\
# language: ja
機能: 出生

  ルール: 一つを記載する

    @BIRTH-001.1 @正常系
    シナリオ: 一つが記載される
      もし 出生を登録する
      ならば 一つが記載される
"""


def no_scenario(got):
    """Return the first thing that the parser says where a scenario should begin."""
    return f"構文の誤り: (7:5): expected: #TagLine, #RuleLine, #Comment, #Empty, got '{got}'"


def no_feature(place, got, *, before=""):
    """Return the first thing that the parser says where the feature should begin."""
    wanted = f"{before}#TagLine, #FeatureLine, #Comment, #Empty"
    return f"構文の誤り: ({place}): expected: {wanted}, got '{got}'"


def without(*texts):
    """Return the good text without what these lines say."""
    return "".join(
        line for line in GOOD.splitlines(keepends=True) if not line.strip().startswith(texts)
    )


FORMS = {
    "good": (GOOD, []),
    "wide-colon-after-a-scenario": (
        GOOD.replace("シナリオ:", "シナリオ："),
        [
            (7, "全角記号がある。expected 'シナリオ: 一つが記載される'"),
            (7, no_scenario("シナリオ： 一つが記載される")),
        ],
    ),
    "wide-colon-after-a-rule": (
        GOOD.replace("ルール:", "ルール："),
        [(4, "全角記号がある。expected 'ルール: 一つを記載する'")],
    ),
    "wide-colon-after-the-feature": (
        GOOD.replace("機能:", "機能："),
        [(2, "全角記号がある。expected '機能: 出生'"), (2, no_feature("2:1", "機能： 出生"))],
    ),
    "wide-at": (
        GOOD.replace("@", "＠"),
        [(6, "全角記号がある。expected '@BIRTH-001.1 @正常系'")],
    ),
    "wide-bar": (
        GOOD.replace("      ならば", "        ｜ id ｜\n      ならば"),
        [
            (9, "全角記号がある。expected '| id |'"),
            (
                9,
                (
                    "構文の誤り: (9:9): expected: #EOF, #TableRow, #DocStringSeparator, #StepLine, "
                    "#TagLine, #ExamplesLine, #ScenarioLine, #RuleLine, #Comment, #Empty, "
                    "got '｜ id ｜'"
                ),
            ),
        ],
    ),
    "wide-space": (
        GOOD.replace("もし 出生", "もし　出生"),
        [(8, "全角空白がある。expected half-width spaces")],
    ),
    "bom": ("\ufeff" + GOOD, [(1, "BOMがある。expected UTF-8 without BOM")]),
    "no-language": (
        GOOD.removeprefix("# language: ja\n"),
        [
            (1, "先頭行が違う。expected '# language: ja'"),
            (1, no_feature("1:1", "機能: 出生", before="#EOF, #Language, ")),
        ],
    ),
    "another-language": (
        GOOD.replace("language: ja", "language: en"),
        [
            (1, "先頭行が違う。expected '# language: ja'"),
            (2, no_feature("2:1", "機能: 出生")),
        ],
    ),
    "english-scenario": (
        GOOD.replace("シナリオ:", "Scenario:"),
        [(7, no_scenario("Scenario: 一つが記載される"))],
    ),
    "english-step": (
        GOOD.replace("もし", "When"),
        [(7, "説明文として読み飛ばされている: 'When 出生を登録する'。expected structure")],
    ),
    "english-rule": (
        without("ルール").replace("    @", "  Rule: one\n\n    @"),
        [(2, "説明文として読み飛ばされている: 'Rule: one'。expected structure")],
    ),
    "a-step-before-its-scenario": (
        GOOD.replace("    @BIRTH", "    前提 何かがある\n\n    @BIRTH"),
        [(4, "説明文として読み飛ばされている: '前提 何かがある'。expected structure")],
    ),
    "no-scenario": ("# language: ja\n機能: 出生\n", [(2, "シナリオが一つもない")]),
    "a-rule-without-scenario": (
        "# language: ja\n機能: 出生\n  ルール: 一つ\n",
        [(2, "シナリオが一つもない")],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_form(name):
    text, problems = FORMS[name]
    assert list(lint_text(text)) == problems


# -- the suite as a whole ------------------------------------------------------------------


def step(kind, sentence):
    def function():
        """Do nothing."""

    function.__name__ = f"{kind}_step"
    function.__module__ = "steps.made_up"
    return Definition(kind, sentence, function, lambda text: text == sentence, lambda _: {})


REQUIREMENT = Requirement(
    id="BIRTH-001",
    area="BIRTH",
    ja="",
    en="",
    level="MUST",
    rank="law",
    roles=("juki",),
    source="",
    edition="",
)
STEPS = (step("when", "出生を登録する"), step("then", "一つが記載される"))


@pytest.fixture
def suite(tmp_path, monkeypatch):
    """Return a function that lints made-up features with made-up steps and requirements."""

    def problems(*texts, steps=STEPS, requirements=(REQUIREMENT,)):
        folder = tmp_path / "features"
        for number, text in enumerate(texts, 1):
            area = folder / f"area{number}"
            area.mkdir(parents=True)
            (area / "one.feature").write_text(text, encoding="utf-8")
        register = Register({one.id: one for one in requirements}, {})
        monkeypatch.setattr(linter, "definitions", lambda: list(steps))
        monkeypatch.setattr(linter, "load_register", lambda: register)
        return lint(folder)

    return problems


def another(text=GOOD, *, number=2, title="別の題"):
    """Return a feature with an id and a title of its own."""
    return text.replace("BIRTH-001.1", f"BIRTH-001.{number}").replace(
        "シナリオ: 一つが記載される", f"シナリオ: {title}"
    )


FIRST = "features/area1/one.feature"
SECOND = "features/area2/one.feature"


def test_a_good_suite(suite):
    assert suite(GOOD, another()) == []


def test_problems_of_form_name_the_file(suite):
    assert suite(GOOD, GOOD.replace("@", "＠")) == [
        f"{SECOND}:6: 全角記号がある。expected '@BIRTH-001.1 @正常系'"
    ]


def test_an_empty_file(suite):
    assert suite(GOOD, "") == [
        f"{SECOND}:1: 先頭行が違う。expected '# language: ja'",
        f"{SECOND}:1: シナリオが一つもない",
    ]


def test_two_scenarios_of_one_title(suite):
    assert suite(GOOD, another(title="一つが記載される")) == [
        f"{SECOND}:7: 同じ題名のシナリオが{FIRST}:7にもある。expected a title of its own"
    ]


def test_two_scenarios_of_one_id(suite):
    assert suite(GOOD, another(number=1)) == [
        f"{SECOND}:7: @BIRTH-001.1は{FIRST}:7にもある。expected an id of its own"
    ]


def test_a_scenario_outside_of_every_rule(suite):
    assert suite(GOOD, another(without("ルール"))) == [
        f"{SECOND}:6: ルールの外にある。expected a rule that states its requirement"
    ]


def test_tags_that_make_no_case(suite):
    assert suite(GOOD, another().replace("@正常系", "@急ぎ")) == [
        f"{SECOND}:7: 「別の題」: unknown tag @急ぎ. expected a tag of the register"
    ]


def test_a_sentence_that_nobody_understands(suite):
    assert suite(GOOD, another().replace("出生を登録する", "死亡を登録する")) == [
        f"{SECOND}:8: '死亡を登録する'。expected one step definition, got none"
    ]


def test_a_sentence_that_two_steps_understand(suite):
    twice = (*STEPS, replace(STEPS[0], pattern="出生を{what}する"))
    assert suite(GOOD, steps=twice) == [
        (
            f"{FIRST}:8: '出生を登録する'。"
            "expected one step definition, got steps.made_up.when_step, steps.made_up.when_step"
        )
    ]


def test_a_step_of_another_kind_does_not_count(suite):
    as_given = (replace(STEPS[0], kind="given"), STEPS[1])
    assert suite(GOOD, steps=as_given) == [
        f"{FIRST}:8: '出生を登録する'。expected one step definition, got none",
        "steps.made_up.when_step: no scenario says '出生を登録する'",
    ]


def test_a_step_that_no_scenario_uses(suite):
    spare = step("given", "何かがある")
    assert suite(GOOD, steps=(*STEPS, spare)) == [
        "steps.made_up.given_step: no scenario says '何かがある'"
    ]


OUTLINE = """\
# language: ja
機能: 出生

  ルール: 一つを記載する

    @BIRTH-001.1 @正常系
    シナリオアウトライン: 一つが記載される
      もし <何か>を登録する
      ならば 一つが記載される

      例:
        | id    | 何か |
        | birth | 出生 |
        | death | 死亡 |
"""


def test_every_row_of_an_outline_is_looked_at(suite):
    assert suite(OUTLINE) == [
        f"{FIRST}:8: '死亡を登録する'。expected one step definition, got none"
    ]
    assert list(lint_text(OUTLINE)) == []


@pytest.mark.parametrize(
    "text",
    [
        OUTLINE.replace("| id    |", "| 何    |"),
        OUTLINE.replace("| birth |", "| 出生  |"),
        OUTLINE.replace("id    | 何か", "何か | id   ").replace("birth | 出生", "出生 | birth"),
    ],
    ids=["no-id", "japanese-id", "id-in-the-second-column"],
)
def test_rows_without_an_id(suite, text):
    told = f"{FIRST}:7: 例の最初の列がASCIIのidでない。expected | id |"
    assert told in suite(text)


def test_a_must_without_a_case(suite):
    other = replace(REQUIREMENT, id="BIRTH-002")
    must = "BIRTH-002: a MUST of juki without a case and without `untested`"
    assert suite(GOOD, requirements=(REQUIREMENT, other)) == [must]


@pytest.mark.parametrize(
    "changes",
    [{"level": "SHOULD"}, {"level": "MAY"}, {"untested": "画面で行う。"}, {"id": "ROBUST-001"}],
    ids=["should", "may", "reason", "judged-in-every-scenario"],
)
def test_what_needs_no_case(suite, changes):
    other = replace(REQUIREMENT, **{"id": "BIRTH-002", **changes})
    assert suite(GOOD, requirements=(REQUIREMENT, other)) == []


def test_a_must_needs_a_case_in_each_of_its_roles(suite):
    both = replace(REQUIREMENT, roles=("juki", "cs"))
    tagged = GOOD.replace("@正常系", "@正常系 @juki")
    must = "BIRTH-001: a MUST of cs without a case and without `untested`"
    assert suite(tagged, requirements=(both,)) == [must]


def test_a_case_for_what_is_said_to_be_untested(suite):
    untested = replace(REQUIREMENT, untested="画面で行う。")
    told = "BIRTH-001: has both a case and a reason why it is untested"
    assert suite(GOOD, requirements=(untested,)) == [told]


def test_the_features_of_the_repository_are_clean():
    assert lint() == []
