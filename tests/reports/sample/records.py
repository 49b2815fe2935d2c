"""The transcript of the sample: every kind of telegram, right, wrong, leaking and unreadable."""

from __future__ import annotations

from reports import Http, Record, RecordFault, RecordField
from tests.reports.sample.secrets import (
    ACQUISITION,
    ADDRESS,
    CLIENT_SECRET,
    CODE,
    INTEGRATED,
    LINKAGE_CODE,
    NAME,
    NUMBER,
    OTHER_NUMBER,
    TOKEN,
)
from tests.reports.sample.telegrams import body, cs, frame, notice

EARLY, SHORT, LEAK = "BIRTH-004.1", "FORMAT-003.1[short]", "PRIVACY-002.1"
"""The cases in which the telegrams passed."""
JSON = {"Content-Type": "application/json"}
CODE_MEMBER = ("juminhyo_code", "住民票コード", CODE.encode(), None)
NUMBER_MEMBER = ("individual_number", "個人番号", NUMBER.encode(), None)
LABELS = {
    "serial": "通番",
    "result": "処理結果",
    "addressee_number": "宛名番号",
    "message": "処理結果メッセージ",
    "name": "氏名",
    "linkage_code": "符号",
    "acquisition_number": "取得番号",
    "access_token": "トークン",
    "address": "住所",
    "integrated_number": "団体内統合宛名番号",
}

WRONG_LENGTH = RecordFault(
    "header.length", 0, 6, "length", "188", "195",
    "本人確認情報/電文長 @ bytes 0–5: wrong length. expected 188, got 195",
)  # fmt: skip
NO_JSON = RecordFault(
    None, None, None, "json", "a JSON value", "something else",
    "付番依頼 @ byte 38: broken text. expected a JSON value, got something else",
)  # fmt: skip


def _fixed(raw: bytes, fields: tuple[RecordField, ...], **values: str) -> dict:
    """Return the members of a record that come from a frame."""
    return {"raw": raw, "fields": fields, "values": values or None}


def _cut(raw: bytes, fields: tuple[RecordField, ...]) -> tuple[bytes, tuple[RecordField, ...]]:
    """Return a frame that lacks bytes in its middle, and the fields that it should have."""
    return raw[:116] + raw[123:], fields


CS_LINK = (
    cs(
        1, 10, EARLY, "number_issue_request", "個人番号生成要求",
        **_fixed(*frame("DB0201", 13, [CODE_MEMBER], kind="1"), juminhyo_code=CODE),
    ),
    cs(
        2, 11, EARLY, "receipt", "受付", way="sent", answers=1, fault="結果を2秒遅らせる",
        **_fixed(
            *frame(
                "DB9001", 7, [("error_item", "誤りのある項目", b" " * 30, "")], ref=13, kind="2"
            )
        ),
    ),
    cs(
        3, 25, EARLY, "identity_notice", "本人確認情報",
        **_fixed(*notice(), individual_number=NUMBER, name=NAME),
    ),
    cs(
        4, 40, EARLY, "number_issue_result", "個人番号生成結果", way="sent",
        **_fixed(
            *frame("DB0202", 8, [CODE_MEMBER, NUMBER_MEMBER], ref=13), individual_number=NUMBER
        ),
    ),
    cs(
        5, 90, SHORT, "identity_notice", "本人確認情報", faults=(WRONG_LENGTH,),
        **_fixed(*_cut(*notice(OTHER_NUMBER)), individual_number=OTHER_NUMBER),
    ),
    cs(
        6, 95, SHORT, None, None, raw=f"<<{NUMBER}>>".encode(),
        note=f"9 bytes more than declared, after {NUMBER}",
    ),
)  # fmt: skip

HTTP_LINKS = (
    Record(
        seq=7, t_ms=120, case_id=LEAK, link="atena_link", sender="juki", receiver="atena",
        way="received", telegram="token_request", label="トークン要求",
        raw=f"grant_type=client_credentials&client_secret={CLIENT_SECRET}".encode(),
        http=Http(
            "POST", f"/oauth2/token?client_secret={CLIENT_SECRET}", None,
            {"Content-Type": "application/x-www-form-urlencoded",
             "Authorization": f"Basic {CLIENT_SECRET}"},
        ),
        fields=(
            RecordField("grant_type", "種別", 11, 18, text="client_credentials", secret=False),
            RecordField("client_secret", "秘密", 44, 31, text="*" * 31, secret=True),
        ),
    ),
    Record(
        seq=8, t_ms=130, case_id=LEAK, link="atena_link", sender="atena", receiver="juki",
        way="sent", telegram="addressee_response", label="付番結果", answers=7,
        http=Http(
            "POST", f"/v1/addressees/{NUMBER}", 200,
            {**JSON, "Authorization": f"Bearer {TOKEN}", "X-Trace": NUMBER},
        ),
        **body(
            {"serial": "b-0001", "result": "0000", "addressee_number": INTEGRATED,
             "message": f"付番しました（{INTEGRATED}）", "name": NAME,
             "linkage_code": LINKAGE_CODE, "acquisition_number": ACQUISITION,
             "access_token": TOKEN, "address": ADDRESS},
            frozenset({"name", "linkage_code", "acquisition_number", "access_token", "address"}),
            LABELS,
        ),
    ),
    Record(
        seq=9, t_ms=140, case_id=LEAK, link="lgwan_link", sender="atena", receiver="chukan",
        way="received", telegram="integrated_number_notice", label="団体内統合宛名番号通知",
        on_wire=False, fault="送出前に切断する",
        http=Http("POST", "/v1/integrated-numbers", None, JSON),
        **body(
            {"serial": "n-0001", "integrated_number": INTEGRATED},
            frozenset({"integrated_number"}),
            LABELS,
        ),
    ),
    Record(
        seq=10, t_ms=150, case_id=LEAK, link="atena_link", sender="juki", receiver="atena",
        way="received", raw=f'{{"number": "{NUMBER}", "name'.encode(),
        http=Http("POST", "/v1/addressees", None, JSON), faults=(NO_JSON,),
    ),
)  # fmt: skip


def records() -> tuple[Record, ...]:
    """Return the transcript of the sample run."""
    return (*CS_LINK, *HTTP_LINKS)
