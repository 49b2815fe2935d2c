"""The Japanese of every fault: what is wrong, what a rule asks for, what was there instead.

The engine speaks English; a report in Japanese looks its texts up here. A hole such as ``{size}``
stands for any text, which is put into Japanese itself where it is a phrase.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["EXPECTED", "FOUND", "PARTS", "in_japanese"]

WHOLE: Mapping[str, str] = {
    "{where}: {what}. expected {expected}, got {actual}": (
        "{where}: {what}。期待: {expected}、実際: {actual}"
    ),
}
"""A whole fault."""

EXPECTED: Mapping[str, str] = {
    "a telegram that ends where its length says": "電文長の示す長さで終わる電文",
    "{count}, the bytes of the telegram": "電文のバイト数である{count}",
    "the end mark at byte {at}": "バイト{at}から終端",
    "{count}, the items that are there": "実際の件数である{count}",
    "at most {count} characters": "{count}文字以内",
    "at most {count} digits": "{count}桁以内",
    "at most {count} levels": "{count}段以内の入れ子",
    "at most {count}": "{count}以下",
    "at least {count}": "{count}以上",
    "{count} characters": "{count}文字",
    "{count} digits": "数字{count}桁",
    "{count} bytes": "{count}バイト",
    "{count} cells, as in the header": "見出し行と同じ{count}個の欄",
    "digits": "数字",
    "half-width characters": "半角文字",
    "full-width characters": "全角文字",
    "text without control characters": "制御文字を含まない文字列",
    "text without control characters but tabs and line ends": (
        "タブと改行のほかに制御文字を含まない文字列"
    ),
    "hhmmss from 000000 to 235959": "000000から235959までのhhmmss",
    "characters of {charset} ({which})": "文字表{charset}の文字（{which}）",
    "{charset} (not byte {index})": "{charset}の符号（{index}バイト目はそうでない）",
    "UTF-8": "UTF-8の符号",
    "UTF-8 without byte order mark": "バイト順マークのないUTF-8",
    "no blank at the end of the value": "末尾に空白のない値",
    "no blank before the value": "先頭に空白のない値",
    "zeros at the left of the number": "左をゼロで埋めた数",
    "a number without leading zeros": "先頭にゼロのない数",
    "one of {codes}": "{codes}のいずれか",
    "a right check digit ({kind})": "正しい検査数字（{kind}）",
    "a value": "値",
    "{expected} inside {path}": "{path}の中の{expected}",
    "a value, as {condition}": "値（{condition}ため）",
    "nothing unless {condition}": "空（{condition}場合を除く）",
    "year, month and day, all known": "年月日のすべてが判明した日付",
    "a day of the calendar": "暦にある日",
    "a date in an era": "元号による日付",
    "a western date": "西暦の日付",
    "a date within its era": "その元号の期間内の日付",
    "nothing known behind something unknown": "不詳の部分より後がすべて不詳の日付",
    "month 01 to {last}": "01から{last}までの月",
    "day 01 to {last}": "01から{last}までの日",
    "an era code of {codes}": "元号の符号{codes}のいずれか",
    "yyyy-mm-dd, or M, T, S, H or R with the year of the era for yyyy": (
        "yyyy-mm-dd、又はyyyyの代わりにM・T・S・H・Rと元号の年"
    ),
    "an item of the telegram": "電文に定めのある項目",
    "an item once": "一度だけの項目",
    "an object": "オブジェクト",
    "a list": "配列",
    "a list of items": "項目の配列",
    "a text": "文字列",
    "a number": "数値",
    "a JSON value": "JSONの値",
    "a JSON value, not {constant}": "JSONの値（{constant}でないもの）",
    "the end of the text": "本文の終わり",
    "a header row": "見出し行",
    "the name of an item, once": "項目の名称（一度だけ）",
    "`,` or CRLF": "「,」又はCRLF",
    'a closing `"`': "閉じる引用符",
    "`{mark}`": "「{mark}」",
    "key=value": "key=valueの形",
    "percent-encoded text": "パーセント符号化された文字列",
    "percent-encoded UTF-8": "UTF-8をパーセント符号化した文字列",
}
"""What a rule asks for; of phrases with holes, the first that fits is the one."""

FOUND: Mapping[str, str] = {
    "nothing": "なし",
    "something else": "それ以外",
    "another byte": "それ以外のバイト",
    "other bytes": "それ以外のバイト",
    "others": "それ以外",
    "bytes that are none": "ヘッダーでないバイト",
    "{count} other bytes": "それ以外の{count}バイト",
    "{count} bytes more": "{count}バイトの余り",
    "true, false or null": "true、false又はnull",
}
"""What was there, where it is no value of the telegram."""

PARTS: Mapping[str, str] = {
    "broken frame": "電文の区切りの誤り",
    "wrong length": "電文の長さの誤り",
    "wrong end mark": "終端の誤り",
    "wrong kind of characters": "字種の誤り",
    "character outside the charset": "文字集合にない文字",
    "wrong padding": "詰めの誤り",
    "wrong constant": "固定値の誤り",
    "unknown code": "定めのない値",
    "wrong check digit": "検査数字の誤り",
    "wrong date": "日付の誤り",
    "wrong time": "時刻の誤り",
    "wrong number of items": "繰返しの件数の誤り",
    "condition not kept": "条件による項目の誤り",
    "value missing": "必須の項目の欠落",
    "unknown item": "定めのない項目",
    "broken text": "本文の誤り",
    "broken table": "表の誤り",
    "wrong type": "値の型の誤り",
    "wrong size": "桁数の誤り",
    "frame @ byte {at}": "電文の区切り @ byte {at}",
    "the declared length is no number": "電文長が数字でない",
    "declared shorter than header and end mark": "電文長がヘッダーと終端より短い",
    "declared longer than any telegram": "電文長がどの電文よりも長い",
    "no end mark where the declared length ends": "電文長の示す位置に終端がない",
    "it at byte {at}": "バイト{at}に終端",
    "{count} bytes between telegrams": "電文の間に{count}バイトがある",
    "a header": "ヘッダー",
    "the stream ends in the header": "ヘッダーの途中で終わる",
    "the stream ends in the telegram": "電文の途中で終わる",
    "{difference} than declared": "電文長に対して{difference}",
    "{count} bytes fewer": "{count}バイトの不足",
    "not character {index}, {range}": "{index}文字目はそうでない: {range}",
    "not character {index}": "{index}文字目はそうでない",
    "{label} is {values}": "「{label}」が{values}である",
    "{one} or {more}": "{one}又は{more}",
    "individual_number": "個人番号",
    "juminhyo_code": "住民票コード",
    "municipality_code": "市町村コード",
    "addressee_number": "宛名番号",
}
"""What stands only inside of other phrases."""

_EVERYWHERE = (EXPECTED, FOUND)
_HOLE = re.compile(r"\{(\w+)\}")
_HOLES = {"count": "[0-9]+", "index": "[0-9]+", "at": "[0-9]+", "last": "[0-9]+", "expected": ".+"}
"""What a hole of a name may hold; any other one as little as possible."""


def in_japanese(text: str) -> str | None:
    """Return a text of the engine in Japanese; None where it is none of its phrases.

    >>> in_japanese("at most 20 characters")
    '20文字以内'
    """
    return _translated(text, within=False)


def _translated(text: str, *, within: bool) -> str | None:
    tables = (*_EVERYWHERE, PARTS) if within else (WHOLE, *_EVERYWHERE)
    for table in tables:
        if text in table:
            return table[text]
    for pattern, japanese in _patterns(tables):
        if found := pattern.fullmatch(text):
            holes = found.groupdict()
            told = {name: _translated(hole, within=True) or hole for name, hole in holes.items()}
            return japanese.format(**told)
    return None


def _patterns(tables: Iterable[Mapping[str, str]]) -> Iterator[tuple[re.Pattern[str], str]]:
    return ((_pattern(english), told) for table in tables for english, told in table.items())


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """Return what the texts of a phrase look like."""
    parts = _HOLE.split(english)
    names = parts[1::2]
    texts = [re.escape(text) for text in parts[::2]]
    holes = [f"(?P<{name}>{_HOLES.get(name, '.+?')})" for name in names]
    whole = "".join(text + hole for text, hole in zip(texts, [*holes, ""], strict=True))
    return re.compile(whole, re.DOTALL)
