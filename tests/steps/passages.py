"""Passages of the open profile's telegrams, encoded by the real codec."""

from __future__ import annotations

from reference_impl.wire import Http, Passage
from telegram_specs import load_profile

PROFILE = load_profile()
CODES = {"juki": "999016", "cs": "000001"}
CODE, NUMBER = "24846016224", "123456789018"
HEADER = {
    "serial": "0000000007",
    "ref_serial": "0000000000",
    "created_date": "2026-05-10",
    "created_time": "090000",
    "result": "0000",
}
BODIES = {
    "juminhyo_code_request": {"count": "3"},
    "juminhyo_code_list": {"count": "1", "codes": [{"juminhyo_code": CODE}]},
    "number_issue_request": {"juminhyo_code": CODE},
    "number_issue_result": {"juminhyo_code": CODE, "individual_number": NUMBER},
    "linkage_code_request": {"acquisition_number": "A" * 20, "individual_number": NUMBER},
    "linkage_code_notice": {
        "serial": "7",
        "acquisition_number": "A" * 20,
        "linkage_code": "c0ffee" * 5,
    },
    "receipt": {"error_item": ""},
    "addressee_request": {
        "serial": "7",
        "municipality_code": "999016",
        "addressee_number": "100000130",
        "individual_number": NUMBER,
        "name": "山田　花子",
        "furigana": "ヤマダ　ハナコ",
        "birth_date": "2026-05-01",
        "birth_date_unknown": "0",
        "birth_date_text": "",
        "sex": "2",
        "address": "見本県見本市中央１丁目",
    },
    "addressee_response": {
        "serial": "7",
        "result": "0000",
        "addressee_number": "100000130",
        "message": "",
    },
    "token_request": {
        "grant_type": "client_credentials",
        "client_id": "client",
        "client_assertion": "a.b.c",
    },
}
ROUTES = {
    "number_issue_result": ("cs", "juki"),
    "juminhyo_code_list": ("cs", "juki"),
    "addressee_request": ("juki", "atena"),
    "token_request": ("juki", "atena"),
    "linkage_code_notice": ("nws", "chukan"),
}


def encode(telegram: str, sender: str = "juki", receiver: str = "cs", **values) -> bytes:
    """Return the bytes of a valid telegram, with other values where some are given."""
    spec = PROFILE.spec(telegram)
    known = dict(BODIES[telegram])
    if spec.form == "fixed":
        known = {**HEADER, "sender": CODES[sender], "receiver": CODES[receiver], **known}
    return spec.encode({**known, **values})


def asking(telegram: str, **values) -> Passage:
    """Return a request on its way between the two roles that exchange it."""
    spec = PROFILE.spec(telegram)
    sender, receiver = ROUTES.get(telegram, ("juki", "cs"))
    raw = encode(telegram, sender, receiver, **values)
    http = None
    if spec.http:
        http = Http(spec.http[0], spec.http[1], {"Authorization": "Bearer good"})
    link = spec.links[0] if spec.links else "cs_link"
    return Passage(link, sender, receiver, raw, spec, spec.decode(raw), http)


def answering(request: Passage, telegram: str = "receipt", **values) -> Passage:
    """Return the answer to a request."""
    spec = PROFILE.spec(telegram)
    if spec.form == "fixed":
        values = {"ref_serial": request.values["serial"], **values}
    raw = encode(telegram, request.receiver, request.sender, **values)
    decoded = spec.decode(raw)
    http = Http("POST", request.http.target, {}, 200) if request.http else None
    ends = (request.receiver, request.sender)
    return Passage(request.link, *ends, raw, spec, decoded, http, request=request)
