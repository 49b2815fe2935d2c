"""What usually causes a finding: a table by rule of judgement, and by kind of fault of a telegram.

A cause is where to look first, never part of a verdict. A rule without a row has no usual cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Pair
    from reports.model import Finding
    from reports.transcript import Record

VALUE: Pair = (
    "送信時の項目の設定。事由・区分の対応表の誤り、別の項目や異動前の値の参照",
    (
        "how the item is filled: a wrong row in a code table, another item, or the value before the"
        " change"
    ),
)
WHO: Pair = (
    "対象者・送信条件の選択。異動の種類ごとの送信要否の判断の誤り",
    "who and when is chosen: the decision which kind of change leads to which telegram",
)
NEVER: Pair = (
    "送信の契機の漏れ。仮登録・本登録のどちらで送るか、送信待ちの滞留、条件分岐の漏れ",
    (
        "a trigger that never fires: provisional against final entry, a queue that is not emptied,"
        " a branch that was forgotten"
    ),
)
UNDUE: Pair = (
    "送るべきでない電文や内容の異なる電文の送信。誤った結果や二度目の結果の取込み、送信条件の判定漏れ",
    (
        "a telegram that should not have been sent, or not like this: a wrong or a second result"
        " was taken in, or a condition was not looked at"
    ),
)
ORDER: Pair = (
    "処理の順序。応答・結果を待たない送信、並行する送信処理の追い越し",
    (
        "the order of work: sent without waiting for an answer or a result, or senders that"
        " overtake one another"
    ),
)
REPLY: Pair = (
    "画面・アダプタの返す結果。入力時の検査の漏れ、警告の種類の対応の誤り",
    (
        "what the screen or the adapter tells: a check that is missing at entry, or an alert mapped"
        " to another kind"
    ),
)
STORED: Pair = (
    "住民票の記載。受領した値の記載や履歴の追加の漏れ、記載してはならない値による上書き",
    (
        "the register: what was received is not entered, what must not be entered overwrites it, or"
        " no history is kept"
    ),
)
ACCEPT: Pair = (
    "受信時の検査。検査の漏れ、検査の厳しすぎ、処理結果の符号の取り違え",
    "checks on reception: one is missing, too strict, or the result code is another one",
)
REPEAT: Pair = (
    "再送と重複の処理。通番の採番・照合、受付を受け取れなかったときの再送",
    "repetition: how serials are given out and compared, and what is sent again without a receipt",
)
LEAK: Pair = (
    "送信項目の選択。別の連携の様式や内部の識別子の流用、自由記述・ログ欄への転記",
    (
        "which items are sent: a layout of another link, an internal identifier, or free text"
        " copied along"
    ),
)
RANDOM: Pair = (
    "番号の採番。連番・時刻・他の番号からの算出、乱数の種の固定",
    "how numbers are made: counted on, computed from time or from another number, a fixed seed",
)
TOKEN: Pair = (
    "アクセストークンの扱い。期限切れ後の再取得、ヘッダ以外への記載",
    "how the access token is handled: renewal after its end, or a place other than the header",
)
LIST: Pair = (
    "一覧の作成。抽出条件、並び順、件数の数え方",
    "how the list is made: what is selected, in which order, and how it is counted",
)

RULES: Mapping[str, Pair] = {
    **dict.fromkeys(
        (
            "item_is",
            "item_same",
            "item_among",
            "notice_item",
            "not_equal_to",
            "matches",
            "notice_shape",
            "number_change_told",
            "passed_on",
            "nationality_told",
            "former_number_told",
            "own_municipality",
            "item_values",
        ),
        VALUE,
    ),
    **dict.fromkeys(
        ("not_sent", "closed_world", "none_outside", "not_brought_back", "paired"), WHO
    ),
    **dict.fromkeys(
        ("sent", "notice_sent", "numbered_notices", "telegram_or_paper", "told_or_silent"), NEVER
    ),
    **dict.fromkeys(
        ("follows", "which_first", "notice_order", "items_in_order", "rows_in_order"), ORDER
    ),
    **dict.fromkeys(("reply_is", "alert_shown", "error_listed", "rejected_or_observed"), REPLY),
    **dict.fromkeys(("observed_is", "history_grows", "number_kept_or_renewed"), STORED),
    **dict.fromkeys(("answered", "faulty_refused", "codes_usable", "api_answer"), ACCEPT),
    **dict.fromkeys(("correlated", "delivered", "serial_series", "sent_again"), REPEAT),
    "repetition_told": REPEAT,
    **dict.fromkeys(("kept_away", "not_used_again"), LEAK),
    **dict.fromkeys(
        (
            "picked_at_random",
            "not_sequential",
            "one_way",
            "not_taken_over",
            "items_distinct",
            "items_distinct_between_people",
            "values_new",
            "values_seen",
            "at_most",
        ),
        RANDOM,
    ),
    **dict.fromkeys(("token_in_header", "first_refused", "plain_refusal"), TOKEN),
    **dict.fromkeys(("rows_are", "row_is", "row_item_is"), LIST),
    "check_digit": (
        "検査数字の計算。重みの並びの向き、剰余0・1の扱い、桁の切出し位置",
        (
            "the check digit: direction of the weights, remainders 0 and 1, or where digits are cut"
            " out"
        ),
    ),
    "text_kept": (
        "文字コードの変換。対応表にない文字の黙った削除、末尾の切捨て",
        "conversion of characters: what the table lacks is dropped silently, or an end is cut off",
    ),
    "well_formed": (
        "電文の組立て。様式の版の相違、項目の並び・長さの誤り",
        "how the telegram is put together: another edition of the layout, order or length of items",
    ),
    "still_there": (
        "想定外の電文による異常終了。例外の捕捉漏れ、受信処理と本体の同居",
        (
            "an unexpected telegram ends the system: an exception that nobody catches, reception in"
            " the main process"
        ),
    ),
}
"""Rule of judgement to where to look first."""

FAULTS: Mapping[str, Pair] = {
    "frame": (
        "電文の区切り。電文長の読取り単位、接続切断時の送りかけ",
        "framing: what the length counts, or a connection cut while sending",
    ),
    "length": (
        "電文長の計算。電文長欄・終端を含むかどうか、文字数とバイト数の混同",
        "the declared length: whether it counts itself and the end mark, characters for bytes",
    ),
    "end_mark": (
        "終端の付加。文字コード変換の対象に含めている、途中の項目の長さの誤り",
        "the end mark: converted with the text, or an item before it has a wrong length",
    ),
    "kind": (
        "文字の種類。全角・半角の変換漏れ、数字の項目への空白・符号の混入",
        "kind of characters: full width against half width, blanks or signs in a number",
    ),
    "charset": (
        "文字コードの変換。統一文字の対応表にない文字、Unicode のままの送信",
        "the character codes: not in the table, or Unicode sent as it is",
    ),
    "padding": (
        "項目の埋め方。左右の寄せ、空白と0の取り違え、全角・半角の空白",
        "padding: left against right, zeros against blanks, full-width against half-width blanks",
    ),
    "const": (
        "固定値の設定。様式の版の相違、別の電文の見出しの流用",
        "a constant: another edition of the layout, or the header of another telegram",
    ),
    "code": (
        "コード表。版の相違、内部コードを変換せずに送信",
        "the code list: another edition, or an internal code that was not converted",
    ),
    "check": (
        "検査数字の計算。重みの並びの向き、剰余0・1の扱い、桁の切出し位置",
        (
            "the check digit: direction of the weights, remainders 0 and 1, or where digits are cut"
            " out"
        ),
    ),
    "date": (
        "日付の書式。元号と西暦、不詳の表し方、存在しない日",
        "the form of dates: era against western year, unknown parts, days that do not exist",
    ),
    "time": (
        "時刻の書式。区切り記号、24時、秒の欠落",
        "the form of times: separators, 24 hours, missing seconds",
    ),
    "count": (
        "件数欄。実際に並べた件数との不一致、0件の表し方",
        "the number of items: not what follows it, or how none is written",
    ),
    "when": (
        "条件付き項目。条件の判定漏れ、前の電文の値の消し忘れ",
        "an item with a condition: it was not looked at, or the value of a former telegram is left",
    ),
    "required": (
        "必須項目。値の取得漏れ、NULL・空文字の扱い、項目名の綴り",
        "a required item: no value was fetched, null against empty, or a misspelt name",
    ),
    "extra": (
        "定めのない項目。別の版・別の電文の項目、内部の項目の出力",
        "an item nobody asked for: another edition, another telegram, or an internal item",
    ),
    "json": (
        "JSON の組立て。引用符・制御文字のエスケープ漏れ、途中での切断",
        "the JSON text: characters that were not escaped, or a text that was cut",
    ),
    "csv": (
        "CSV の組立て。引用符の扱い、見出し行との列のずれ、改行コード",
        "the CSV text: quoting, columns that differ from the header row, line ends",
    ),
    "type": (
        "JSON の型。数値と文字列、単独の値と配列の取り違え",
        "the JSON type: number against text, one value against a list",
    ),
    "size": (
        "項目の長さ。文字数とバイト数の混同、切捨ての漏れ、桁数の版の相違",
        "the size: characters for bytes, nothing cut off, or another edition",
    ),
}
"""Kind of fault of a telegram to where to look first."""


def cause(finding: Finding, record: Record | None) -> Pair | None:
    """Return what usually causes a finding, None where nothing usually does."""
    place = finding.place
    if finding.rule == "well_formed" and record and place:
        rules = [
            fault.rule
            for fault in record.faults
            if (fault.field, fault.offset) == (place.field, place.offset)
        ]
        return next((FAULTS[rule] for rule in rules if rule in FAULTS), RULES["well_formed"])
    usual = RULES.get(finding.rule)
    return UNDUE if usual is NEVER and record else usual
