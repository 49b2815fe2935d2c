"""A made-up run that holds every verdict and every kind of telegram; all numbers are invented."""

from __future__ import annotations

import json
from dataclasses import replace

from reports import (
    Case,
    Finding,
    Header,
    Http,
    Judgement,
    Place,
    Record,
    RecordFault,
    RecordField,
    Requirement,
    Run,
    Step,
    Verdict,
    conclude,
)

NUMBER = "123456789018"
OTHER_NUMBER = "210987654321"
CODE = "12345678903"
ACQUISITION = "ACQ20260501000000042"
INTEGRATED = "900000000000017"
LINKAGE_CODE = "c0ffee" * 10 + "abcd"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.canary-token.c2lnbmF0dXJl"
CLIENT_SECRET = "canary-client-secret-0123456789"
NAME = "架空　花子"
ADDRESS = "架空市中央一丁目二番三号"
SECRETS = (
    NUMBER,
    OTHER_NUMBER,
    CODE,
    ACQUISITION,
    INTEGRATED,
    LINKAGE_CODE,
    TOKEN,
    CLIENT_SECRET,
    NAME,
    ADDRESS,
)
"""Values that no rendering may show in any spelling."""

HEADER_FIELDS = (
    ("length", "電文長", 6),
    ("telegram_id", "電文ID", 6),
    ("version", "版", 2),
    ("sender", "送信元", 6),
    ("receiver", "送信先", 6),
    ("serial", "通番", 10),
    ("ref_serial", "参照通番", 10),
    ("created_date", "作成日", 8),
    ("created_time", "作成時刻", 6),
    ("kind", "区分", 1),
    ("result", "処理結果", 4),
)


def wide(text: str, size: int) -> bytes:
    """Return full-width text, padded, two bytes a character."""
    return text.ljust(size, "　").encode("utf-16-be")


def frame(
    wire_id: str,
    serial: int,
    body: list[tuple[str, str, bytes, str | None]],
    *,
    ref: int = 0,
    kind: str = "3",
) -> tuple[bytes, tuple[RecordField, ...]]:
    """Return a fixed telegram and its described fields.

    A member of the body is id, label, bytes and the text to show; a text of None is a secret.
    """
    length = 65 + sum(len(member[2]) for member in body) + 2
    juki, cs = ("999016", "000001")
    parties = (juki, cs) if wire_id in {"DB0101", "DB0201", "DB0301"} else (cs, juki)
    values = (f"{length:06}", wire_id, "01", *parties, f"{serial:010}", f"{ref:010}")
    values += ("20260501", "101500", kind, "0000")
    head = [
        (f"header.{name}", label, value.encode(), value)
        for (name, label, _), value in zip(HEADER_FIELDS, values, strict=True)
    ]
    members = [*head, *body, ("end_mark", "終端", b"$$", "$$")]
    fields, offset = [], 0
    for name, label, data, text in members:
        chars = len(data) if data.isascii() else len(data) // 2
        shown = "*" * chars if text is None else text
        fields.append(RecordField(name, label, offset, len(data), text is None, shown))
        offset += len(data)
    return b"".join(member[2] for member in members), tuple(fields)


def notice(number: str = NUMBER) -> tuple[bytes, tuple[RecordField, ...]]:
    """Return an identity notice."""
    return frame(
        "DB0301",
        14,
        [
            ("entry", "記載等の別", b"1", "1 記載"),
            ("reason", "事由", b"12", "12 出生"),
            ("event_date", "事由の年月日", b"20260501", "2026-05-01"),
            ("name", "氏名", wide(NAME, 20), None),
            ("birth_date", "生年月日", b"5080501", None),
            ("sex", "性別", b"2", "2 女"),
            ("municipality_code", "市町村コード", b"999016", "999016"),
            ("address", "住所", wide(ADDRESS, 20), None),
            ("juminhyo_code", "住民票コード", CODE.encode(), None),
            ("individual_number", "個人番号", number.encode(), None),
        ],
    )


def body(values: dict[str, str], secret: frozenset[str], labels: dict[str, str]) -> dict:
    """Return the members `raw`, `fields` and `values` of a record of an HTTP link."""
    raw = json.dumps(values, ensure_ascii=False).encode()
    fields = []
    for key, value in values.items():
        text = json.dumps(value, ensure_ascii=False).encode()
        offset = raw.index(f'"{key}": '.encode()) + len(f'"{key}": '.encode())
        shown = "*" * len(value) if key in secret else value
        label = labels.get(key, key)
        fields.append(RecordField(key, label, offset, len(text), key in secret, shown))
    return {"raw": raw, "fields": tuple(fields), "values": values}


def _cs(seq: int, t_ms: int, case_id: str | None, telegram: str, label: str, **members) -> Record:
    way = members.pop("way", "received")
    sender, receiver = ("juki", "cs") if way == "received" else ("cs", "juki")
    return Record(
        seq=seq,
        t_ms=t_ms,
        case_id=case_id,
        link="cs_link",
        sender=sender,
        receiver=receiver,
        way=way,
        telegram=telegram,
        label=label,
        **members,
    )


def records() -> tuple[Record, ...]:
    """Return the transcript of the sample run."""
    request, request_fields = frame(
        "DB0201", 13, [("juminhyo_code", "住民票コード", CODE.encode(), None)], kind="1"
    )
    receipt, receipt_fields = frame(
        "DB9001", 7, [("error_item", "誤りのある項目", b" " * 30, "")], ref=13, kind="2"
    )
    result, result_fields = frame(
        "DB0202",
        8,
        [
            ("juminhyo_code", "住民票コード", CODE.encode(), None),
            ("individual_number", "個人番号", NUMBER.encode(), None),
        ],
        ref=13,
    )
    early, early_fields = notice()
    broken, broken_fields = notice(OTHER_NUMBER)
    leak_case, fail_case = "PRIVACY-002.1", "BIRTH-004.1"
    request_values = {"juminhyo_code": CODE}
    return (
        _cs(1, 10, fail_case, "number_issue_request", "個人番号生成要求", raw=request,
            fields=request_fields, values=request_values),
        _cs(2, 11, fail_case, "receipt", "受付", raw=receipt, fields=receipt_fields, way="sent",
            answers=1, fault="結果を2秒遅らせる"),
        _cs(3, 25, fail_case, "identity_notice", "本人確認情報", raw=early, fields=early_fields,
            values={"individual_number": NUMBER, "name": NAME}),
        _cs(4, 40, fail_case, "number_issue_result", "個人番号生成結果", raw=result,
            fields=result_fields, way="sent", values={"individual_number": NUMBER}),
        _cs(5, 90, "FORMAT-003.1[short]", "identity_notice", "本人確認情報",
            raw=broken[:116] + broken[123:], fields=broken_fields,
            values={"individual_number": OTHER_NUMBER},
            faults=(
                RecordFault("header.length", 0, 6, "length", "188", "195",
                            "本人確認情報/電文長 @ bytes 0–5: wrong length. expected 188, got 195"),
            )),
        _cs(6, 95, "FORMAT-003.1[short]", None, None, raw=f"<<{NUMBER}>>".encode(),
            note=f"9 bytes more than declared, after {NUMBER}"),
        Record(
            seq=7, t_ms=120, case_id=leak_case, link="atena_link", sender="juki",
            receiver="atena", way="received", telegram="token_request", label="トークン要求",
            raw=f"grant_type=client_credentials&client_secret={CLIENT_SECRET}".encode(),
            http=Http("POST", f"/oauth2/token?client_secret={CLIENT_SECRET}", None,
                      {"Content-Type": "application/x-www-form-urlencoded",
                       "Authorization": f"Basic {CLIENT_SECRET}"}),
            fields=(RecordField("grant_type", "種別", 11, 18, text="client_credentials",
                                secret=False),
                    RecordField("client_secret", "秘密", 44, 31, text="*" * 31,
                                secret=True)),
        ),
        Record(
            seq=8, t_ms=130, case_id=leak_case, link="atena_link", sender="atena",
            receiver="juki", way="sent", telegram="addressee_response", label="付番結果",
            answers=7,
            http=Http("POST", f"/v1/addressees/{NUMBER}", 200,
                      {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}",
                       "X-Trace": NUMBER}),
            **body(
                {"serial": "b-0001", "result": "0000", "addressee_number": INTEGRATED,
                 "message": f"付番しました（{INTEGRATED}）", "name": NAME,
                 "linkage_code": LINKAGE_CODE, "acquisition_number": ACQUISITION,
                 "access_token": TOKEN, "address": ADDRESS},
                frozenset({"name", "linkage_code", "acquisition_number", "access_token",
                           "address"}),
                {"serial": "通番", "result": "処理結果", "addressee_number": "宛名番号",
                 "message": "処理結果メッセージ", "name": "氏名", "linkage_code": "符号",
                 "acquisition_number": "取得番号", "access_token": "トークン", "address": "住所"},
            ),
        ),
        Record(
            seq=9, t_ms=140, case_id=leak_case, link="lgwan_link", sender="atena",
            receiver="chukan", way="received", telegram="integrated_number_notice",
            label="団体内統合宛名番号通知", on_wire=False, fault="送出前に切断する",
            http=Http("POST", "/v1/integrated-numbers", None, {"Content-Type": "application/json"}),
            **body(
                {"serial": "n-0001", "integrated_number": INTEGRATED},
                frozenset({"integrated_number"}),
                {"serial": "通番", "integrated_number": "団体内統合宛名番号"},
            ),
        ),
        Record(
            seq=10, t_ms=150, case_id=leak_case, link="atena_link", sender="juki",
            receiver="atena", way="received", raw=f'{{"number": "{NUMBER}", "name'.encode(),
            http=Http("POST", "/v1/addressees", None, {"Content-Type": "application/json"}),
            faults=(RecordFault(None, None, None, "json", "a JSON object", "end of text",
                                "付番依頼 @ byte 38: no JSON. expected a value, got end of text"),),
        ),
    )  # fmt: skip


REQUIREMENTS = (
    Requirement(
        id="STOCK-006",
        area="STOCK",
        ja="住民票コードが少なくなったときは、追加の住民票コードを要求する。",
        en="When codes run low, more are requested.",
        level="SHOULD",
        rank="seed",
        roles=("juki",),
        source="住民基本台帳法施行規則14条2項",
        edition="2013-12テキスト",
        variants=("自動でなく職員の操作でよい", "一度に求める数は任意"),
    ),
    Requirement(
        id="STOCK-009",
        area="STOCK",
        ja="蓄積が尽きている間の出生では、個人番号の生成を求めない。",
        en="With an empty stock a birth asks for no individual number.",
        level="MUST",
        rank="specification",
        roles=("juki",),
        source="住民記録システム標準仕様書 4.3.1",
        edition="1.0(2020)",
    ),
    Requirement(
        id="BIRTH-001",
        area="BIRTH",
        ja="出生により住民票を記載するときは、指定された住民票コードのうち未使用の一つを記載する。",
        en="On birth one unused designated code is written.",
        level="MUST",
        rank="law",
        roles=("juki",),
        source="住民基本台帳法30条の3第2項",
        edition="2025-06-20施行テキスト",
    ),
    Requirement(
        id="BIRTH-004",
        area="BIRTH",
        ja="個人番号を含む本人確認情報は、その個人番号を受領した後に送信される。",
        en="An identity notice that carries the individual number is sent after its receipt.",
        level="MUST",
        rank="law",
        roles=("juki",),
        source="住民基本台帳法施行令30条の5",
        edition="2025-05-26施行テキスト",
        variants=("個人番号のない記載の後に、個人番号を伝える修正を送ってもよい",),
    ),
    Requirement(
        id="NUM-012",
        area="NUM",
        ja="他の者に記載済みの個人番号は、記載しない。",
        en="A number that another person holds is not written.",
        level="MUST",
        rank="inference",
        roles=("juki",),
        source="番号法7条1項",
        edition="2025-04-01",
    ),
    Requirement(
        id="ATENA-003",
        area="ATENA",
        ja="付番依頼は準リアルタイムに送信される。",
        en="Addressee requests are sent in near real time.",
        level="MUST",
        rank="specification",
        roles=("juki",),
        source="住民記録システム標準仕様書 7.1.2.3",
        edition="1.0(2020)",
        option="準リアルタイム宛名連携",
    ),
    Requirement(
        id="FORMAT-003",
        area="FORMAT",
        ja="電文長は、ヘッダーと終端を含む電文のバイト数である。",
        en="The declared length is that of the whole telegram.",
        level="MUST",
        rank="profile",
        roles=("juki", "cs"),
        source="openプロファイル ヘッダー",
        edition="2026",
    ),
    Requirement(
        id="PRIVACY-002",
        area="PRIVACY",
        ja="団体内統合宛名番号は、住民記録システムに返されない。",
        en="The integrated number is not given back to the resident record system.",
        level="MUST",
        rank="law",
        roles=("juki",),
        source="番号法19条",
        edition="2025-04-01",
    ),
    Requirement(
        id="PRIVACY-005",
        area="PRIVACY",
        ja="符号は、住民記録システムに知らされない。",
        en="The linkage code is never made known to the resident record system.",
        level="MUST",
        rank="law",
        roles=("juki",),
        source="番号法施行令27条",
        edition="2025-04-01",
        untested="電文に表れず、照会の動詞もないため",
    ),
    Requirement(
        id="FUGO-001",
        area="FUGO",
        ja="取得番号は一意である。",
        en="An acquisition number is unique.",
        level="MUST",
        rank="law",
        roles=("chukan",),
        source="番号法施行令27条",
        edition="2025-04-01",
    ),
)

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

MISSING = "COMMON-002.1"

HEADER = Header(
    suite="denbun 0.1.0",
    created="2026-05-01T10:15:00+09:00",
    profile={
        "id": "open",
        "edition": "2026",
        "label": "公開プロファイル",
        "status": "synthetic",
        "digest": "0f" * 32,
    },
    sut={"name": "架空住民記録", "version": "3.2.1", "file": "my sut.yaml"},
    adapter={"name": "kakuu-adapter", "version": "1.0", "language": "java"},
    role="juki",
    driver="stdio",
    ics=("特例転入", "指定都市"),
    pixit={"settle_ms": 100, "municipality_code": "999016", "tls": "1.3"},
    seed=20260501,
    fault="juki.number_before_receipt",
    selected=(*(case.case_id for case in CASES), MISSING),
    requirements=REQUIREMENTS,
    complete_selection=False,
    environment={"python": "3.11.7", "platform": "Linux-6.1"},
    marks=("plain_http:atena_link",),
)


def run_of(*cases: Case, missing: tuple[str, ...] = (), **members) -> Run:
    """Return a valid run of these cases; other members go to header and footer."""
    of_header = {key: value for key, value in members.items() if key in Header.__slots__}
    of_footer = {key: value for key, value in members.items() if key not in of_header}
    selected = (*(case.case_id for case in cases), *missing)
    header = replace(HEADER, **{"selected": selected, **of_header})
    footer = conclude(
        header,
        cases,
        ended="2026-05-01T10:15:09+09:00",
        transcript_tail_hash="ab" * 32,
        **of_footer,
    )
    return Run(header, tuple(cases), footer)


def full_run() -> Run:
    """Return the run with every verdict in it, interrupted and with a harness error."""
    return run_of(
        *CASES,
        missing=(MISSING,),
        unasked_deaths=1,
        interrupted=True,
        harness_errors=("ベンチの時計が遅れた",),
    )


def single(verdict: Verdict) -> Run:
    """Return a run with the one case that has this verdict."""
    if verdict is Verdict.NOT_RUN:
        return run_of(missing=(MISSING,), fault=None, complete_selection=True)
    case = next(case for case in CASES if case.verdict is verdict)
    requirements = tuple(
        requirement for requirement in REQUIREMENTS if requirement.id in case.requirement_ids
    )
    return run_of(case, requirements=requirements, fault=None, complete_selection=True)


def conformant_run() -> Run:
    """Return a run that supports the claim, with an option that the system does not have."""
    cases = tuple(case for case in CASES if case.verdict in {Verdict.PASS, Verdict.NOT_APPLICABLE})
    ids = {requirement_id for case in cases for requirement_id in case.requirement_ids}
    requirements = tuple(requirement for requirement in REQUIREMENTS if requirement.id in ids)
    return run_of(
        *cases, requirements=requirements, fault=None, complete_selection=True, marks=(), ics=()
    )


def case_with_text(text: str) -> Case:
    """Return a failed case in which the system under test has put this text everywhere."""
    finding = replace(FAIL_CASE.findings[0], expected=text, actual=text, note=text)
    return replace(FAIL_CASE, reason=text, observed=(text,), findings=(finding,))


def run_beside() -> Run:
    """Return a run with a second system outside."""
    run = conformant_run()
    other = {
        "product": {"name": "Other CS", "version": "3"},
        "role": "cs",
        "adapter": {"name": "other-adapter", "version": "1"},
        "driver": "stdio",
    }
    return replace(run, header=replace(run.header, counterpart=other))
