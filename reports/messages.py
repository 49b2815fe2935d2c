"""Every text of a report, Japanese and English, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.bilingual import fill, pick
from telegram_specs.network import ROLES as NETWORK_ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.bilingual import Lang, Pair

AREAS: Mapping[str, Pair] = {
    "STOCK": ("住民票コードの蓄積", "Stock of juminhyo codes"),
    "BIRTH": ("出生", "Birth"),
    "NUM": ("個人番号", "Individual number"),
    "ATENA": ("団体内統合宛名", "Integrated addressee"),
    "FUGO": ("符号", "Linkage code"),
    "FORMAT": ("電文形式", "Telegram format"),
    "PRIVACY": ("個人情報の保護", "Privacy"),
    "COMMON": ("共通", "Common"),
    "AUTH": ("アクセストークン", "Access token"),
    "JUTOGAI": ("住登外者宛名番号・公開用API", "Public API of non-residents"),
    "ROBUST": ("堅牢性", "Robustness"),
    "CERT": ("電子証明書", "Certificates"),
    "OSS": ("引越し手続オンラインサービス", "Online moving service"),
    "MOVEIN": ("転入", "Move-in"),
    "SPECIAL": ("特例転入", "Special move-in"),
    "MOVEOUT": ("転出", "Move-out"),
    "NOTICE": ("転入通知の受理", "Received move-in notice"),
    "MOVE": ("転居", "Move"),
    "DEATH": ("死亡", "Death"),
    "CORRECT": ("修正・取消し", "Corrections and cancellations"),
    "NAME": ("氏名・世帯", "Names and households"),
    "NATION": ("国籍", "Nationality"),
    "CODE": ("住民票コードの変更", "Change of juminhyo code"),
    "FUKUHON": ("副本", "Replica"),
}

VERDICTS: Mapping[str, Pair] = {
    "PASS": ("適合", "kept"),
    "FAIL": ("不適合", "broken"),
    "WARN": ("警告", "warning"),
    "INCONCLUSIVE": ("判定不能", "could not be observed"),
    "NOT_APPLICABLE": ("対象外", "does not apply"),
    "NOT_COVERED": ("未対応", "adapter cannot do it"),
    "NOT_RUN": ("未実行", "never reached"),
    "ERROR": ("ハーネス異常", "harness broke"),
}

CLAIMS: Mapping[str, Pair] = {
    "conformant": ("適合", "conformant"),
    "not_determined": ("判定できない", "not determined"),
    "non_conformant": ("不適合", "not conformant"),
}

ROLES: Mapping[str, Pair] = {role.name: (role.ja, role.en) for role in NETWORK_ROLES.values()}

MARKS: Mapping[str, Pair] = {
    "unchecked_adapter": (
        "adapter-check に合格していない (unchecked_adapter)",
        "no passed adapter-check (unchecked_adapter)",
    ),
    "unmasked": ("秘密の項目を伏せていない (unmasked)", "secret items are NOT masked (unmasked)"),
}
"""Marks of a run that have words of their own; others are shown as they are."""

RANKS: Mapping[str, Pair] = {
    "law": ("法令", "law"),
    "specification": ("仕様書", "specification"),
    "formula": ("算式", "formula"),
    "profile": ("プロファイル", "profile"),
    "seed": ("参考資料", "seed"),
    "inference": ("推定", "inferred"),
}

OUTCOMES: Mapping[str, Pair] = {
    "passed": ("済", "passed"),
    "failed": ("違反", "failed"),
    "warned": ("警告", "warning"),
    "skipped": ("未到達", "not reached"),
}

MESSAGES: Mapping[str, Pair] = {
    "actual": ("実際", "actual"),
    "adapter": ("アダプタ", "adapter"),
    "against_profile": ("プロファイル「{profile}」に対して", "against profile {profile}"),
    "alike": (
        "(=A) のような記号は、一つの試験項目の中で、同じ記号の伏せた値どうしが等しいことだけを示す",
        "Masked values of a case with the same mark, such as (=A), are equal; it tells no more",
    ),
    "all": ("すべて", "all"),
    "all_areas": ("すべての領域", "all areas"),
    "as_expected": ("予期したとおり", "as expected"),
    "answers": ("#{seq} への応答", "answers #{seq}"),
    "area": ("領域", "area"),
    "breaches": ("指摘事項", "findings"),
    "bytes": ("バイト", "bytes"),
    "cases": ("試験項目", "cases"),
    "cause": ("よくある原因", "usual cause"),
    "claim": ("適合の表明", "claim"),
    "clause": ("条項", "clause"),
    "close": ("閉じる", "close"),
    "contents": ("目次", "contents"),
    "counterpart": ("相手方", "counterpart"),
    "cut": (
        "{size}バイトのうち {first}–{last} を示す",
        "bytes {first} to {last} of {size}",
    ),
    "created": ("開始", "started"),
    "drift": ("ICSとの食い違い", "drift from the ICS"),
    "ended": ("終了", "ended"),
    "exit_code": ("終了コード", "exit code"),
    "expectations": ("予期の一覧", "expectations"),
    "expectations_wrong": (
        "{file} の見直しが必要な項目",
        "entries of {file} that need a look",
    ),
    "expected": ("期待", "expected"),
    "expires": ("{day} まで", "until {day}"),
    "fault": ("作り込んだ障害", "seeded fault"),
    "fault_active": (
        "作り込んだ障害「{fault}」を有効にした実行である",
        "run with the seeded fault {fault}",
    ),
    "field": ("項目", "field"),
    "first_failed": ("最初の不合格へ", "to the first failure"),
    "filter": ("絞り込み", "filter"),
    "findings": ("指摘", "findings"),
    "findings_none": ("指摘はない", "no findings"),
    "harness_errors": ("ハーネスの異常", "harness errors"),
    "ics": ("ICS（表明した任意機能）", "ICS (claimed options)"),
    "item_absent": ("この項目は電文にない", "the telegram lacks this item"),
    "keys": ("キー操作", "keys"),
    "key_help": ("この一覧を開く・閉じる", "open or close this list"),
    "key_lang": ("日本語と英語を切り替える", "switch between Japanese and English"),
    "key_move": ("次・前の試験項目へ移る", "go to the next or previous case"),
    "key_open": ("開く・閉じる", "open or close"),
    "key_search": ("検索する", "search"),
    "key_theme": ("明暗を切り替える", "switch between light and dark"),
    "kept_elsewhere": ("他の試験項目{number}件で適合", "kept in {number} other cases"),
    "known": (
        "{file} で予期したとおりの試験項目（判定と適合の表明は変わらない）",
        "cases that came as {file} expects (verdicts and claim stay as they are)",
    ),
    "level": ("水準", "level"),
    "line_only": (
        "項目とバイト列は transcript.jsonl にある",
        "fields and bytes are in transcript.jsonl",
    ),
    "marks": ("留保", "reservations"),
    "masked": (
        "合成データによる試験。秘密の項目は伏せてある（**）",
        "Synthetic data; secret items are masked (**)",
    ),
    "unmasked": (
        "秘密の項目を伏せていない。本人以外に渡さないこと",
        "Secret items are NOT masked. For nobody but the owner of the run",
    ),
    "missing": ("適合の表明に足りないもの", "what the claim lacks"),
    "more": ("ほか{number}件", "{number} more"),
    "more_evidence": (
        "ほかの電文{number}件の項目とバイト列は transcript.jsonl にある",
        "fields and bytes of {number} of these telegrams are in transcript.jsonl only",
    ),
    "needs_script": (
        "電文の流れ・項目・バイト列は、JavaScript を有効にすると表示される",
        "JavaScript draws the sequence, the fields and the bytes of the telegrams",
    ),
    "never_sent": ("送信されない", "never sent"),
    "no_answer": ("応答なし", "no answer"),
    "nothing_matches": ("条件に合うものはない", "nothing matches"),
    "none": ("なし", "none"),
    "not_on_wire": ("送出されず", "not sent"),
    "not_tested": ("試験していないもの", "not tested"),
    "not_decided": ("適合・不適合を判定していない試験項目", "cases without a decision"),
    "note": ("注記", "note"),
    "copied": ("コピーした", "copied"),
    "copy": ("コピー", "copy"),
    "judged": ("{total}件のうち {judged}件を判定", "{judged} of {total} judged"),
    "masked_rows": ("伏せた {number}行", "{number} rows masked"),
    "not_judged": (
        "この役割の{total}件のうち {number}件",
        "{number} of {total} of this role",
    ),
    "of_others": ("ほかの役割の{number}件", "{number} of other roles"),
    "origin": ("= #{seq} {span}バイト", "= #{seq} bytes {span}"),
    "selection": (
        "試験項目{cases}件を選択。要求事項{total}件のうち {judged}件を判定（未判定 {rest}件）",
        "{cases} cases selected; {judged} of {total} requirements judged ({rest} not judged)",
    ),
    "observed": ("観測した方式", "observed variant"),
    "pixit": ("PIXIT（試験条件）", "PIXIT (test conditions)"),
    "place": ("箇所", "place"),
    "planned_act": ("計画した障害・操作", "planned disturbance"),
    "planned_fault": ("計画した障害", "planned fault"),
    "profile": ("プロファイル", "profile"),
    "reason": ("理由", "reason"),
    "report": ("適合性試験報告書", "Conformance test report"),
    "reproduce": ("再現", "reproduce"),
    "requirement": ("要求事項", "requirement"),
    "requirements": ("要求事項", "requirements"),
    "role": ("試験対象の役割", "role under test"),
    "search": ("検索（番号・題名・電文・値）", "search (id, title, telegram, value)"),
    "seed": ("乱数の種", "seed"),
    "serial": ("通番", "serial"),
    "shown": ("件を表示", " shown"),
    "sequence": ("電文の流れ", "sequence of telegrams"),
    "status_synthetic": (
        "本プロジェクトが作成した合成の様式であり、公式のものではない",
        "a synthetic layout of this project, not an official one",
    ),
    "steps": ("手順", "steps"),
    "comments": ("操作者のコメント", "comments of the operator"),
    "suite": ("試験スイート", "suite"),
    "sut": ("試験対象", "system under test"),
    "tally": (
        "試験項目{total}件のうち、不適合 {failed}件",
        "{failed} of {total} cases failed",
    ),
    "to_do": ("試験するには", "to have it tested"),
    "total": ("計", "total"),
    "unknown_telegram": ("（電文として読めない）", "(no telegram)"),
    "theme": ("明暗", "theme"),
    "under_test": ("試験対象", "under test"),
    "untested": ("試験しない", "untested"),
    "no_case": ("この実行では選ばれていない", "not selected in this run"),
    "value": ("値", "value"),
    "variants": ("許容する方式", "allowed variants"),
    "verdict": ("判定", "verdict"),
    "verdicts": ("判定の内訳", "verdicts"),
}

COVERAGE: Mapping[str, Pair] = {
    "absent": ("結果のない役割: {roles}", "roles without results: {roles}"),
    "cases": ("試験項目（+ほかの件数）、なければ理由", "cases (+others), or why none"),
    "fault": (
        "{role}: 作り込んだ障害「{fault}」を有効にした実行である",
        "{role}: run with the seeded fault {fault}",
    ),
    "interrupted": ("{role}: 中断された実行である", "{role}: the run was interrupted"),
    "kept": ("適合", "kept"),
    "none": ("なし", "none"),
    "option": (
        "任意機能「{option}」はICSで主張されていない",
        "the ICS does not claim the option {option}",
    ),
    "part": (
        "{role}: 一部の試験項目だけの実行である",
        "{role}: only a part of the cases was run",
    ),
    "planned": (
        "計画: シナリオから数えたものであり、判定の結果ではない",
        "planned: counted from the scenarios; nothing here was judged",
    ),
    "profiles": ("プロファイルが異なる: {values}", "profiles differ: {values}"),
    "results": ("結果", "results"),
    "silent": (
        "自らの要求事項を判定していない試験項目: {cases}",
        "cases that did not judge their own requirement: {cases}",
    ),
    "suites": (
        "試験スイートの版が異なる: {values}",
        "versions of the suite differ: {values}",
    ),
    "total": (
        (
            "MUST {total}件（役割ごと）: 判定 {judged}件（うち違反 {violated}件）、"
            "理由のある未判定 {explained}件、理由のない未判定 {unexplained}件"
        ),
        (
            "MUST, role by role: {total}; judged {judged} (violated {violated}), "
            "not judged with a reason {explained}, unexplained {unexplained}"
        ),
    ),
    "unexplained": ("理由なし", "unexplained"),
    "violated": ("違反", "violated"),
}
"""Texts of what several runs judged together."""

TEST_RECORD: Mapping[str, Pair] = {
    "document": ("適合性試験成績書", "Conformance test record"),
    "cover": ("表紙", "Cover"),
    "results": ("試験成績", "Results"),
    "number": ("No.", "No."),
    "area": ("領域", "Area"),
    "requirement": ("要求事項ID", "Requirement"),
    "level": ("水準", "Level"),
    "text": ("要求事項", "Text"),
    "clause": ("根拠", "Source"),
    "case": ("試験項目ID", "Case"),
    "title": ("試験項目", "Title"),
    "verdict": ("判定", "Verdict"),
    "on_requirement": ("要求事項についての判定", "Verdict on the requirement"),
    "findings": ("指摘・理由", "Findings, reasons"),
    "evidence": ("証拠ID", "Evidence"),
    "other_roles": (
        "ほかの役割の要求事項{number}件は判定していない",
        "{number} requirements of other roles were not judged",
    ),
    "tester": ("試験者", "Tester"),
    "remarks": ("備考", "Remarks"),
    "tested_by": ("試験実施者", "Tested by"),
    "checked_by": ("確認者", "Checked by"),
    "signed_on": ("確認日", "Date"),
    "evidence_note": (
        "証拠IDは「試験項目ID.記録番号」。report.html のリンクと transcript.jsonl の seq に当たる",
        "An evidence id is case.record: a link in report.html, and seq in transcript.jsonl",
    ),
}
"""Texts of the 試験成績書: its heads, and what is to be filled in by hand."""

GAPS: Mapping[str, Pair] = {
    "selection": ("一部の試験項目だけを実行した", "only a part of the cases was selected"),
    "requirements": ("判定すべきMUSTがない", "there is no MUST to judge"),
    "interrupted": ("実行は中断された", "the run was interrupted"),
    "unasked_deaths": (
        "試験項目の間に試験対象が停止した（回数: {detail}）",
        "the system stopped between cases (times: {detail})",
    ),
    "harness_errors": (
        "ハーネスに異常があった（{detail}件）",
        "the harness broke (times: {detail})",
    ),
    "fault": ("障害「{detail}」を作り込んだ実行である", "a fault was seeded ({detail})"),
    "invalid": ("結果が無効である（{detail}）", "the results are invalid ({detail})"),
    "FAIL": ("{detail} が不適合", "{detail} failed"),
}
"""Texts of what `Claim.missing` lists, by its first word."""

EXPECTATIONS: Mapping[str, Pair] = {
    "met": ("{expected} を予期し、そのとおりである", "expected {expected}, and so it came"),
    "other": (
        "{expected} を予期したが {actual} である。原因を調べて直すか、項目を改める",
        "expected {expected}, got {actual}. Look into it; mend the system or change the entry",
    ),
    "better": (
        "{expected} を予期したが {actual} である。項目を削除する",
        "expected {expected}, got {actual}. Remove the entry",
    ),
    "expired": (
        "{expected} を予期した期限（{expires}）が過ぎた。システムを直すか、期限を改める",
        "expected {expected} until {expires}, which is over. Mend the system or set another day",
    ),
    "unused": (
        "{expected} を予期したが、使われない項目である（{actual}）。項目を削除する",
        "expected {expected}, but nothing uses the entry ({actual}). Remove it",
    ),
}
"""Texts of what became of an expectation, by its state."""

DRIFTS: Mapping[bool, Pair] = {
    False: (
        "任意機能「{option}」はICSで主張されていないが、働いているのが見られた（{cases}）",
        "the ICS does not claim the option {option}, but it was seen at work ({cases})",
    ),
    True: (
        "任意機能「{option}」はICSで主張されているが、どの試験項目も行えなかった（{cases}）",
        "the ICS claims the option {option}, but none of its cases could be done ({cases})",
    ),
}
"""Texts of a drift, by whether the ICS claims the option."""

REQUIREMENT_GAPS: Mapping[str, Pair] = {
    "no case": ("試験項目がない", "no case"),
    "no evidence": ("根拠となる判定がない", "no evidence"),
}
"""Texts of what it lists for a requirement."""


def say(key: str, lang: Lang, **values: object) -> str:
    """Return a message in one language, its places filled."""
    return pick(fill(MESSAGES[key], **values), lang)


def gap(missing: str) -> Pair:
    """Return what one entry of `Claim.missing` says."""
    word, _, rest = missing.partition(": ")
    if word in GAPS:
        return fill(GAPS[word], detail=rest)
    ja, en = gap_of_requirement(rest)
    return f"{word}: {ja}", f"{word}: {en}"


def gap_of_requirement(rest: str) -> Pair:
    """Return what is missing for a requirement; verdicts and case ids need no translation."""
    for start, (ja, en) in REQUIREMENT_GAPS.items():
        if rest.startswith(start):
            return ja + rest.removeprefix(start), en + rest.removeprefix(start)
    return rest, rest
