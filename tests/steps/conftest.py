"""Hand-made evidence for the judge: records that say what they are, without any codec."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from reports.transcript import Http, Record, RecordField
from steps.judge.court import RULES
from steps.judge.model import Evidence, Result
from telegram_specs import load_profile
from tests.steps.endpoint import Endpoint

ROUTES = {
    "juminhyo_code_request": ("cs_link", "juki", "cs", "住民票コード取得要求"),
    "juminhyo_code_list": ("cs_link", "cs", "juki", "住民票コード一覧"),
    "number_issue_request": ("cs_link", "juki", "cs", "個人番号生成要求"),
    "number_issue_result": ("cs_link", "cs", "juki", "個人番号生成結果"),
    "number_change_result": ("cs_link", "cs", "juki", "個人番号変更結果"),
    "identity_notice": ("cs_link", "juki", "cs", "本人確認情報"),
    "move_in_notice": ("cs_link", "juki", "cs", "転入通知情報"),
    "receipt": ("cs_link", "cs", "juki", "受付"),
    "addressee_request": ("atena_link", "juki", "atena", "団体内統合宛名番号付番依頼"),
    "addressee_response": ("atena_link", "atena", "juki", "付番結果"),
    "token_response": ("atena_link", "atena", "juki", "トークン応答"),
    "integrated_number_notice": ("lgwan_link", "atena", "chukan", "団体内統合宛名番号通知"),
    "linkage_code_notice": ("nws_link", "nws", "chukan", "符号通知"),
    "addressee_update": ("atena_link", "juki", "atena", "団体内統合宛名基本情報更新依頼"),
    "display_response": ("lgwan_link", "atena", "chukan", "団体内統合宛名情報提供"),
    "inquiry_result": ("atena_link", "atena", "juki", "情報照会結果"),
    "inquiry_answer": ("lgwan_link", "chukan", "atena", "情報照会結果の提供"),
    "jutogai_request": ("jutogai_link", "gyomu", "atena", "住登外者宛名番号付番要求"),
    "jutogai_response": ("jutogai_link", "atena", "gyomu", "住登外者宛名番号付番結果"),
    "replica_upload": ("atena_link", "juki", "atena", "副本情報"),
    "replica_registration": ("lgwan_link", "atena", "chukan", "副本登録要求"),
    "resident_differences": ("file_link", "juki", "gyomu", "宛名連携異動差分"),
    "error_response": ("atena_link", "atena", "juki", "エラー応答"),
}
"""Telegram to link, sender, receiver and label."""

LABELS = {
    "juminhyo_code": "住民票コード",
    "individual_number": "個人番号",
    "addressee_number": "宛名番号",
    "integrated_number": "団体内統合宛名番号",
    "linkage_code": "符号",
    "name": "氏名",
    "entry": "変更の旨",
    "reason": "変更の事由",
    "result": "処理結果",
    "ref_serial": "参照通番",
    "count": "件数",
    "expires_in": "有効秒数",
}
SECRET = {"juminhyo_code", "individual_number", "integrated_number", "linkage_code", "name"}


def record(telegram: str | None, values: dict | None = None, **members) -> Record:
    """Return a record whose bytes are the texts of its values, one behind the other."""
    link, sender, receiver, label = ROUTES.get(telegram, ("cs_link", "juki", "cs", None))
    fields, raw = [], b""
    for path, text in leaves(values or {}):
        coded = text.encode()
        leaf = path.rpartition(".")[2]
        shown = "*" * len(text) if leaf in SECRET else text
        named = LABELS.get(leaf, leaf)
        fields.append(RecordField(path, named, len(raw), len(coded), leaf in SECRET, shown))
        raw += coded
    known = {
        "link": link,
        "sender": sender,
        "receiver": receiver,
        "label": label,
        "raw": raw,
        "fields": tuple(fields),
        "way": "received",
    }
    return Record(seq=0, t_ms=0, telegram=telegram, values=values, **{**known, **members})


def leaves(value, path=""):
    """Yield (field path, text) of every leaf of values."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{number}]")
    else:
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)


def answer(to: int, result: str = "0000", telegram: str = "receipt", **members) -> Record:
    """Return the answer to the record at a position (counted from 1)."""
    return record(telegram, {"result": result}, answers=to, **members)


def refusal(to: int, status: int, **members) -> Record:
    """Return an HTTP error answer."""
    head = Http("POST", "/v1/addressees", status, {})
    return record("error_response", {}, answers=to, http=head, **members)


def evidence(*records: Record, parts=("juki",), start: int = 0, **facts) -> Evidence:
    """Number the records from 1 and return them with what the harness knows."""
    return Evidence(
        parts=frozenset(parts),
        records=tuple(replace(one, seq=seq) for seq, one in enumerate(records, 1)),
        start=start,
        facts=facts,
        senders={name: (sender,) for name, (_, sender, _, _) in ROUTES.items()},
    )


@dataclass(frozen=True)
class Trial:
    """One row of a table: a rule, what it is asked, what was seen, what it must say of it."""

    name: str
    rule: str
    params: dict
    seen: Evidence
    expected: Result

    def run(self) -> Result:
        return RULES[self.rule](self.seen, **self.params)


def rows(*trials: Trial) -> list:
    """Return trials as parameters with readable ids."""
    return [pytest.param(trial, id=f"{trial.rule}-{trial.name}") for trial in trials]


@pytest.fixture(scope="session")
def profile():
    return load_profile()


@pytest.fixture
def endpoint():
    """Return a function that opens endpoints, which are closed in the end."""
    opened = []

    def make(*prepared, **options):
        opened.append(Endpoint(*prepared, **options))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
