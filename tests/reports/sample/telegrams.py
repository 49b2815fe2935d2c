"""How the telegrams of the sample are put together, without any codec."""

from __future__ import annotations

import json

from reports import Record, RecordField
from tests.reports.sample.secrets import ADDRESS, CODE, NAME, NUMBER

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


def cs(seq: int, t_ms: int, case_id: str | None, telegram: str, label: str, **members) -> Record:
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
