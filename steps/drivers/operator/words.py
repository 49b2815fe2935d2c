"""What the page, the terminal and the printed sheet say, in Japanese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LANGS",
    "OUTCOMES",
    "SCOPES",
    "STAGES",
    "UNTIL",
    "VERBS",
    "WORDS",
    "Lang",
    "Pair",
    "pick",
    "say",
]

Pair = tuple[str, str]
Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")

VERBS: Mapping[str, Pair] = {
    "hello": ("接続の準備", "set-up"),
    "provision": ("事前データの登録", "records to prepare"),
    "trigger": ("操作", "operation"),
    "observe": ("照会", "observation"),
    "clock": ("日付の変更", "change of date"),
    "reset": ("初期化", "reset"),
}
OUTCOMES: Mapping[str, Pair] = {
    "ok": ("できた", "done"),
    "rejected": ("システムが拒んだ", "the system rejected it"),
    "unsupported": ("できない", "it cannot be done"),
    "error": ("エラーで終わった", "it ended in an error"),
    "skip": ("この試験項目を飛ばす", "skip this case"),
}
STAGES: Mapping[str, Pair] = {
    "input": ("入力のとき", "at input"),
    "provisional": ("仮登録のとき", "at 仮登録"),
    "final": ("本登録のとき", "at 本登録"),
}
SCOPES: Mapping[str, Pair] = {
    "sut": ("システムにその機能がない", "the system has no such function"),
    "adapter": (
        "機能はあるが、この場では操作できない",
        "the system may have it, but it cannot be used here",
    ),
}
UNTIL: Mapping[str, Pair] = {
    "provisional": ("仮登録まで", "to 仮登録"),
    "final": ("本登録まで", "to 本登録"),
}
WORDS: Mapping[str, Pair] = {
    "title": ("denbun 操作者の画面", "denbun operator"),
    "case": ("試験項目", "case"),
    "sentences": ("シナリオ", "scenario"),
    "given": ("入力する値", "values to enter"),
    "about": ("見る対象", "what to look at"),
    "shown": ("画面に表示されたもの", "what the screen shows"),
    "outcome": ("結果", "outcome"),
    "stage": ("拒まれた段階", "stage of the rejection"),
    "kept": (
        "仮登録の記録として残っている",
        "it is kept as a provisional record",
    ),
    "scope": ("できない理由の所在", "why it cannot be done"),
    "alerts": ("表示されたアラート", "alerts shown"),
    "other_alert": ("その他のアラートのコード", "code of another alert"),
    "reason": (
        "理由、メッセージ (番号や氏名は書かない)",
        "reason or message, without numbers or names",
    ),
    "comment": (
        "コメント (結果に残る。番号や氏名は書かない)",
        "comment, kept with the results; without numbers or names",
    ),
    "answer": ("回答する", "answer"),
    "pause": ("中断する", "pause"),
    "go_on": ("再開する", "go on"),
    "more_time": ("時間を延ばす", "I need more time"),
    "add_row": ("行を追加", "add a row"),
    "row": ("{number}行目", "row {number}"),
    "absent": ("画面に記載がない", "the screen shows nothing"),
    "as_shown": (
        "画面にこのとおり表示されている",
        "the screen shows exactly this",
    ),
    "choose": ("(選ぶ)", "(choose)"),
    "optional": ("任意", "optional"),
    "yes": ("はい", "yes"),
    "no": ("いいえ", "no"),
    "left": ("残り時間", "time left"),
    "progress": ("{done}/{total} 項目が終了", "{done} of {total} cases ended"),
    "waiting": (
        "電文の往来を待っている。次の依頼が来ると、この画面が切り替わる。",
        "Telegrams are under way. This page changes when the next request comes.",
    ),
    "paused": (
        "中断している。回答は保存してある。中断の間、時間は減らない。",
        "Paused. The answers are saved; no time runs.",
    ),
    "overdue": (
        "制限時間が過ぎたため、その試験項目は判定不能とし、中断した。",
        "The time ran out; that case is inconclusive, and the run was paused.",
    ),
    "finished": (
        "終了した。結果は報告書にある。この画面は閉じてよい。",
        "Finished. The results are in the report; this page can be closed.",
    ),
    "gone": (
        "denbun との接続が切れた。続きは denbun run --resume で再開できる。",
        "The connection to denbun is gone. Go on with denbun run --resume.",
    ),
    "problems": ("入力を確かめる箇所がある。", "Please look at these entries again."),
    "stale": (
        "その依頼は既に回答済みである。",
        "That request has been answered already.",
    ),
    "never_verdict": (
        "合否は denbun が判定する。画面に表示されたとおりに入力する。",
        "denbun judges. Enter what the screen shows.",
    ),
    "lines_hint": ("1行に一つ", "one a line"),
    "many_hint": ("該当するものをすべて選ぶ", "choose all that are shown"),
    "address": ("操作者の画面", "page of the operator"),
    "sheet": ("試験手順書", "test sheet"),
    "sheet_head": (
        "{product} — 役割 {role} — プロファイル {profile} — {count} 項目",
        "{product} — role {role} — profile {profile} — {count} cases",
    ),
    "sheet_note": (
        "氏名、番号、日付は見本で、実施のときは denbun が示す値を使う。合否は denbun が判定する。",
        "Names, numbers and dates are samples; use those that denbun shows. denbun judges.",
    ),
    "requirement": ("要求事項", "requirement"),
    "clause": ("根拠", "source"),
    "steps": ("手順", "steps"),
    "not_whole": (
        "このほかの手順は、届く電文による。実施のときに denbun が示す。",
        "Further steps depend on the telegrams that arrive; denbun shows them.",
    ),
    "not_covered": (
        "操作者だけでは実施できない (未対応)。",
        "An operator alone cannot carry this out (not covered).",
    ),
    "nothing_to_do": (
        "操作者の手順はない。denbun が電文の往来で確かめる。",
        "There is nothing for the operator to do; denbun looks at the telegrams.",
    ),
    "date_by": ("実施日　　　　　　　実施者", "date              carried out by"),
    "record": ("記録{number}", "record {number}"),
}


def pick(pair: Pair, lang: Lang) -> str:
    """Return one language of a text."""
    return pair[LANGS.index(lang)]


def say(key: str, lang: Lang, **values: object) -> str:
    """Return a text of the table with its values filled in."""
    return pick(WORDS[key], lang).format(**values)
