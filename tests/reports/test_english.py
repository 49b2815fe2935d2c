"""What the judge says has English words, and the names are those of the glossary."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from reports.bilingual import phrase
from reports.english import JAPANESE, in_english
from reports.names import TELEGRAMS, field_name, telegram_name
from reports.phrases_en import PHRASES
from telegram_specs import load_profile

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "steps" / "judge").glob("*.py"))
CAPTURED = "captured.py"
"""Its rules judge captures, which have a report of their own."""
HOLE = "1"
NAMED = {
    "その者",
    "「1」の",
    "される",
    "されない",
    "受け付けず、異常を応答する",
    "正常に受け付ける",
    "1 を示す電文",
    "1「1」が1送信される",
    "「1」は再び送信1",
    "「1」を1",
    "ベンチの役割",
    "相手方",
    "以前から使われている値",
    "先に届いた要求の通番",
    "要求の通番 1",
    "本人確認情報: 1",
    "個人番号を含む記載を一度に送る",
    "記載を先に、個人番号を修正として送る",
    "記録1と同じ値",
    "いつも1の1が選ばれた",
    "いつも1の同じ位置が選ばれた",
    "1の本人確認情報: 1",
    "国籍の異動の本人確認情報: 1",
    "変換できない文字: 1",
    "同じ者の再度の要求: 1",
}
"""Pieces that stand in sentences only; the sentences are in the table below."""
NAMES = {
    "本人確認情報": "identity notice",
    "個人番号生成結果": "number result",
    "副本情報": "replica",
}


def told(tree):
    """Yield the Japanese texts of a module, a hole filled, without what documents it."""
    documents = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.JoinedStr):
            documents |= {id(part) for part in each.values}
            parts = (p.value if isinstance(p, ast.Constant) else HOLE for p in each.values)
            yield "".join(map(str, parts))
        elif isinstance(each, ast.Constant) and id(each) not in documents:
            yield str(each.value)


SPOKEN = sorted(
    {
        text
        for path in RULES
        if path.name != CAPTURED
        for text in told(ast.parse(path.read_text("utf-8")))
        if JAPANESE.search(text) and text not in NAMED
    }
)


@pytest.mark.parametrize("text", SPOKEN)
def test_every_text_of_the_judge_has_its_english(text):
    english = in_english(text)

    assert english is not None
    assert not JAPANESE.search(english)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「本人確認情報」は送信されない", 'no "identity notice" is sent'),
        (
            "「花子」の「本人確認情報」が1件以上送信される",
            '"identity notice" about "花子" is sent at least once',
        ),
        ("「本人確認情報」が2件送信される", '"identity notice" is sent 2 times'),
        ("「本人確認情報」は再び送信される", '"identity notice" is sent again'),
        ("「本人確認情報」を正常に受け付ける", '"identity notice" is accepted'),
        ("「個人番号生成結果」より前に送信された", 'sent before "number result"'),
        ("要求の通番 17 を示す電文", "a telegram that refers to serial 17 of the request"),
        (
            "先に届いた要求の通番 を示す電文",
            "a telegram that refers to the serial of an earlier request",
        ),
        ("13 職権記載等", "13 entry ex officio and the like"),
        ("「花子」の新しい住所", 'new address of "花子"'),
        ("いつも一覧の先頭が選ばれた", "always the first one of the list was picked"),
        ("いつも一覧の同じ位置が選ばれた", "always the same place of the list was picked"),
        ("変換できない文字: 拒否", "characters without a code: refused"),
        ("同じ者の再度の要求: 新たな番号", "a second request for the same person: a new number"),
        ("ベンチの役割 cs: 送信された / 送信されない", "role cs of the bench: sent / not sent"),
        ("************ (=A) (記録3と同じ値)", "************ (=A) (the value of record 3)"),
        ("*** (以前から使われている値)", "*** (in use before)"),
        ("受領した個人番号 (=AB)", "the individual number that was received (=AB)"),
        (
            "3文字目から異なる; 同じ違反がほかに2件",
            "differs from character 3 on; the same breach 2 times more",
        ),
        ("BIRTH-004: 該当する電文がない", "BIRTH-004: there is no such telegram"),
        ("HTTP 400、誤りの符号: E0001", "HTTP 400, error codes: E0001"),
        ("HTTP 503", "HTTP 503"),
        ("今日の日付", "today's date"),
        ("空 (旧氏に該当なし)", "empty (no former surname)"),
        ("「花子」に付番された番号か空", 'the number given to "花子" or nothing'),
        ("「花子」の続柄「世帯主」", 'relation "head of the household" of "花子"'),
        ("続柄「子」", 'relation "child"'),
        ("「花子」のシリアル番号", 'serial number of "花子"'),
        ("「副本情報」の特定個人情報名コード", 'information code of "replica"'),
    ],
)
def test_a_text_is_put_together_from_its_parts(text, expected):
    assert in_english(text, NAMES) == expected


def test_what_the_engine_calls_wrong_has_its_english():
    assert (
        in_english("定めのない項目; 同じ違反がほかに1件")
        == "unknown item; the same breach 1 times more"
    )
    assert in_english("詳細「」") == "no detail"


@pytest.mark.parametrize("text", ["画面が開かない", "画面でない", "「花子」の画面"])
def test_a_text_of_somebody_else_stays_as_it_is(text):
    assert in_english(text) is None
    assert phrase(text) == (text, text)


def test_holes_of_a_phrase_are_those_of_its_english():
    holes = re.compile(r"\{\w+\}")

    assert [
        japanese
        for japanese, english in PHRASES.items()
        if not set(holes.findall(english)) <= set(holes.findall(japanese))
        or JAPANESE.search(english)
    ] == []


def glossary():
    """Return the English names of telegrams by their Japanese ones, as the glossary has them."""
    section = (ROOT / "docs" / "glossary.md").read_text("utf-8").split("## Telegrams")[1]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| `(.+)` \|$", section.split("##")[0], re.MULTILINE)
    return {
        identifier: name
        for _, english, ids in rows
        for identifier, name in zip(ids.split("`, `"), english.split(", "), strict=False)
        if english.count(",") == ids.count(",")
    }


def test_telegrams_are_called_as_in_the_glossary():
    known = glossary()
    specs = [each for each in load_profile().specs if each in known]

    assert len(specs) > 40
    assert {each: telegram_name(each) for each in specs} == {each: known[each] for each in specs}


def test_no_name_is_in_the_table_that_its_id_tells():
    ids = set(load_profile().specs)

    assert [each for each in TELEGRAMS if each not in ids] == []
    assert [each for each, name in TELEGRAMS.items() if each.replace("_", " ") == name] == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("header.length", "length"),
        ("individual_number", "individual number"),
        ("codes[2].juminhyo_code", "codes[2] juminhyo code"),
        ("", ""),
    ],
)
def test_items_are_called_by_their_ids(path, expected):
    assert field_name(path) == expected


CODES = sorted((ROOT / "telegram_specs" / "open" / "codes").glob("*.yaml"))


@pytest.mark.parametrize("path", CODES, ids=lambda path: path.stem)
def test_every_meaning_of_a_code_has_its_english(path):
    values = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["values"]

    told = {text: in_english(f"{code} {text}") for code, text in values.items()}

    assert told
    assert [text for text, english in told.items() if english is None] == []
    assert [each for each in told.values() if JAPANESE.search(each)] == []
