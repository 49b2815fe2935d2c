"""The cases of the sample: one of each verdict that has a line of its own."""

from __future__ import annotations

from dataclasses import replace

from reports import Case, Finding, Judgement, Place, Step, Verdict
from tests.reports.sample.secrets import INTEGRATED

BIRTH_STEPS = (
    Step("前提", "住民記録システムは未使用の住民票コードを5件保有している", "passed"),
    Step("かつ", "住基ネットCSは個人番号の生成結果を遅らせて返す", "passed"),
    Step("もし", "住民記録システムが世帯「山田」の子「花子」の出生を本登録する", "passed"),
    Step(
        "ならば",
        "個人番号を含む「本人確認情報」は「個人番号生成結果」より後に送信される",
        "failed",
    ),
    Step("かつ", "その「本人確認情報」の個人番号は、受領した個人番号である", "skipped"),
)


def held(requirement_id: str, *looked_at: int, as_: bool = True) -> tuple[Judgement, ...]:
    """Return one judgement of a requirement."""
    return (Judgement(requirement_id, "order", {}, looked_at, as_),)


FAIL_CASE = Case(
    case_id="BIRTH-004.1",
    title="個人番号の受領より前に、個人番号を含む本人確認情報は送信されない",
    feature="出生による住民票コードの記載と個人番号の取得",
    area="BIRTH",
    tags=("BIRTH-004", "BIRTH-004.1", "順序"),
    requirement_ids=("BIRTH-004", "BIRTH-001"),
    verdict=Verdict.FAIL,
    findings=(
        Finding(
            "BIRTH-004",
            "MUST",
            "law",
            "「本人確認情報」（個人番号あり）は「個人番号生成結果」の後",
            "「個人番号生成結果」の15 ms前に送信された",
            Place("identity_notice", "individual_number", 181, 12),
            "住民基本台帳法施行令30条の5",
            evidence=3,
            field_label="個人番号",
        ),
        Finding(
            "BIRTH-004",
            "MUST",
            "law",
            "受領した個人番号",
            "別の番号（先頭5桁が異なる）",
            Place("identity_notice", "individual_number", 181, 12),
            "住民基本台帳法施行令30条の5",
            evidence=3,
            note="個人番号を電文の送信時に作っている可能性がある",
        ),
    ),
    judgements=(*held("BIRTH-004", 3, 4, as_=False), *held("BIRTH-001", 1)),
    evidence=(3, 4),
    steps=BIRTH_STEPS,
    started_ms=5,
    ended_ms=65,
)

CASES = (
    Case(
        case_id="STOCK-006.1",
        title="蓄積が少なくなると、追加の住民票コードが要求される",
        area="STOCK",
        requirement_ids=("STOCK-006",),
        verdict=Verdict.WARN,
        findings=(
            Finding(
                "STOCK-006",
                "SHOULD",
                "seed",
                "「住民票コード取得要求」が送信される",
                "静穏区間の間に送信されなかった | なし",
                None,
                "住民基本台帳法施行規則14条2項",
            ),
        ),
        judgements=held("STOCK-006", as_=False),
        steps=(Step("もし", "蓄積が設定件数を下回る", "passed"),),
        started_ms=70,
        ended_ms=80,
    ),
    Case(
        case_id="STOCK-009.1",
        title="蓄積が尽きている間の出生では、個人番号の生成を求めない",
        area="STOCK",
        requirement_ids=("STOCK-009",),
        verdict=Verdict.INCONCLUSIVE,
        reason="試験対象が応答しなくなった（pid 4711は終了、終了コード -9）",
        started_ms=80,
        ended_ms=88,
    ),
    FAIL_CASE,
    Case(
        case_id="BIRTH-001.1",
        title="出生した子の住民票には、未使用の住民票コードの一つが記載される",
        feature="出生による住民票コードの記載と個人番号の取得",
        area="BIRTH",
        requirement_ids=("BIRTH-001",),
        verdict=Verdict.PASS,
        judgements=held("BIRTH-001", 1),
        evidence=(1, 2),
        steps=BIRTH_STEPS[2:3],
        observed=("個人番号の受領後に、番号を含む本人確認情報を1通だけ送る方式",),
        started_ms=66,
        ended_ms=70,
    ),
    Case(
        case_id="NUM-012.1",
        title="他の者に記載済みの個人番号が届いても記載せず、異常を示す",
        area="NUM",
        requirement_ids=("NUM-012",),
        verdict=Verdict.NOT_COVERED,
        reason="アダプタは照会「警告の一覧」に対応していない",
    ),
    Case(
        case_id="ATENA-003.1",
        title="付番依頼は準リアルタイムに送信される",
        area="ATENA",
        requirement_ids=("ATENA-003",),
        verdict=Verdict.NOT_APPLICABLE,
        reason="ICSは「準リアルタイム宛名連携」を表明していない",
    ),
    Case(
        case_id="FORMAT-003.1[short]",
        title="電文長が実際より短い電文は、受け付けられない",
        area="FORMAT",
        requirement_ids=("FORMAT-003",),
        verdict=Verdict.FAIL,
        reason="試験対象との接続が、その後に切れた",
        findings=(
            Finding(
                "FORMAT-003",
                "MUST",
                "profile",
                "188 <bytes>",
                "195 <bytes> & more\x0b",
                Place("identity_notice", "header.length", 0, 6),
                "openプロファイル ヘッダー",
                evidence=5,
                field_label="電文長",
            ),
        ),
        judgements=held("FORMAT-003", 5, as_=False),
        evidence=(5, 6),
        started_ms=88,
        ended_ms=100,
    ),
    Case(
        case_id="PRIVACY-002.1",
        title="付番結果に団体内統合宛名番号は含まれない",
        area="PRIVACY",
        requirement_ids=("PRIVACY-002",),
        verdict=Verdict.FAIL,
        findings=(
            Finding(
                "PRIVACY-002",
                "MUST",
                "law",
                "団体内統合宛名番号を含まない「付番結果」",
                f"項目「message」に {INTEGRATED} がある",
                Place("addressee_response", "message", 89, 41),
                "番号法19条",
                evidence=8,
            ),
        ),
        judgements=held("PRIVACY-002", 8, as_=False),
        evidence=(7, 8, 9, 10),
        started_ms=110,
        ended_ms=160,
    ),
    Case(
        case_id="COMMON-001.1",
        title="住民記録システムは、同じ通番の電文を再送しても一度だけ処理する",
        area="COMMON",
        requirement_ids=("COMMON-001",),
        verdict=Verdict.ERROR,
        reason="ベンチの役割「cs」が計画にない電文を送った",
    ),
)


def case_with_text(text: str) -> Case:
    """Return a failed case in which the system under test has put this text everywhere."""
    finding = replace(FAIL_CASE.findings[0], expected=text, actual=text, note=text)
    return replace(FAIL_CASE, reason=text, observed=(text,), findings=(finding,))
