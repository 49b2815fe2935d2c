"""The open profile as a whole: its telegrams, its style, its vectors."""

from __future__ import annotations

import pytest

from telegram_specs import Group, lint_profile, self_check
from telegram_specs.engine.fields import leaves
from telegram_specs.engine.vectors import load_vectors

# id: wire id or request line, senders, receivers, answer, bytes on the fixed form without items
TELEGRAMS = {
    "juminhyo_code_request": ("DB0101", "juki", "cs", "receipt", 70),
    "juminhyo_code_list": ("DB0102", "cs", "juki", "receipt", 70),
    "number_issue_request": ("DB0201", "juki", "cs", "receipt", 78),
    "number_issue_result": ("DB0202", "cs", "juki", "receipt", 90),
    "number_change_request": ("DB0203", "juki", "cs", "receipt", 79),
    "number_change_result": ("DB0204", "cs", "juki", "receipt", 102),
    "identity_notice": ("DB0301", "juki", "cs", "receipt", 618),
    "delivery_address": ("DB0302", "juki", "cs", "receipt", 326),
    "family_register_notice": ("DB0303", "juki", "cs", "receipt", 328),
    "renewal_list": ("DB0304", "cs", "juki", "receipt", 70),
    "card_status": ("DB0305", "cs", "juki", "receipt", 95),
    "linkage_code_request": ("DB0401", "juki", "cs", "receipt", 99),
    "certificate_request": ("DB0801", "juki", "cs", "receipt", 119),
    "certificate_result": ("DB0802", "cs", "juki", "receipt", 159),
    "certificate_info": ("DB0511", "juki", "cs", "receipt", 489),
    "certificate_info_delivery": ("DB0512", "cs", "juki", "receipt", 489),
    "first_report_notice": ("DB0513", "juki", "cs", "receipt", 186),
    "first_report_notice_delivery": ("DB0514", "cs", "juki", "receipt", 186),
    "move_in_notice": ("DB0501", "juki", "cs", "receipt", 559),
    "move_in_notice_delivery": ("DB0502", "cs", "juki", "receipt", 559),
    "notice_report": ("DB0503", "juki", "cs", "receipt", 187),
    "issue_restraint": ("DB0320", "juki", "cs", "receipt", 95),
    "wide_area_request": ("DB0601", "juki", "cs", "receipt", 183),
    "wide_area_request_delivery": ("DB0602", "cs", "juki", "receipt", 183),
    "wide_area_record": ("DB0603", "juki", "cs", "receipt", 691),
    "wide_area_record_delivery": ("DB0604", "cs", "juki", "receipt", 691),
    "consistency_data": ("DB0701", "juki", "cs", "receipt", 78),
    "consistency_result": ("DB0702", "cs", "juki", "receipt", 78),
    "service_status": ("DB9002", "cs", "juki", "receipt", 162),
    "receipt": ("DB9001", "cs juki", "cs juki", None, 97),
    "token_request": ("POST /oauth2/token", "juki gyomu", "atena", "token_response", 0),
    "token_response": (None, "atena", "juki gyomu", None, 0),
    "token_refusal": (None, "atena", "juki gyomu", None, 0),
    "addressee_request": ("POST /v1/addressees", "juki", "atena", "addressee_response", 0),
    "addressee_response": (None, "atena", "juki", None, 0),
    "linkage_request": ("POST /v1/linkage-requests", "atena", "juki", "accepted", 0),
    "integrated_number_notice": ("POST /v1/integrated-numbers", "atena", "chukan", "accepted", 0),
    "linkage_start": ("POST /v1/linkage-starts", "chukan", "atena", "accepted", 0),
    "linkage_code_generation": ("POST /v1/linkage-codes", "cs", "nws", "accepted", 0),
    "linkage_code_notice": ("POST /v1/linkage-code-notices", "nws", "chukan", "accepted", 0),
    "addressee_update": ("POST /v1/addressee-updates", "juki gyomu", "atena", "accepted", 0),
    "integrated_number_deletion": (
        "POST /v1/integrated-number-deletions",
        "atena",
        "chukan",
        "accepted",
        0,
    ),
    "display_request": ("POST /v1/addressee-displays", "chukan", "atena", "display_response", 0),
    "display_response": (None, "atena", "chukan", None, 0),
    "replica_upload": ("POST /v1/replicas", "juki", "atena", "replica_receipt", 0),
    "replica_receipt": (None, "atena", "juki", None, 0),
    "replica_registration": ("POST /v1/replica-registrations", "atena", "chukan", "accepted", 0),
    "inquiry_request": ("POST /v1/inquiries", "juki", "atena", "accepted", 0),
    "inquiry_submission": ("POST /v1/inquiry-submissions", "atena", "chukan", "accepted", 0),
    "inquiry_result_request": ("POST /v1/inquiry-results", "juki", "atena", "inquiry_result", 0),
    "inquiry_result": (None, "atena", "juki", None, 0),
    "inquiry_fetch": ("POST /v1/inquiry-fetches", "atena", "chukan", "inquiry_answer", 0),
    "inquiry_answer": (None, "chukan", "atena", None, 0),
    "jutogai_request": (
        "POST /app_submit/v10/jutogaishaatenabangofuban",
        "gyomu",
        "atena",
        "jutogai_response",
        0,
    ),
    "jutogai_response": (None, "atena", "gyomu", None, 0),
    "resident_differences": (
        "PUT /files/resident-differences.csv",
        "juki",
        "gyomu",
        "file_received",
        0,
    ),
    "file_received": (None, "gyomu", "juki", None, 0),
    "accepted": (
        None,
        "juki atena chukan nws shinsei",
        "juki cs atena chukan nws shinsei portal gyomu",
        None,
        0,
    ),
    "error_response": (
        None,
        "juki atena chukan nws shinsei gyomu",
        "juki cs atena chukan nws shinsei portal gyomu",
        None,
        0,
    ),
    "application": ("POST /v1/applications", "portal", "shinsei", "accepted", 0),
    "moving_report": ("POST /v1/moving-reports", "shinsei", "juki", "accepted", 0),
    "visit_notice": ("POST /v1/visit-notices", "shinsei", "juki", "accepted", 0),
    "move_booking": ("POST /v1/move-bookings", "shinsei", "juki", "accepted", 0),
    "application_withdrawal": (
        "POST /v1/application-withdrawals",
        "shinsei",
        "juki",
        "accepted",
        0,
    ),
    "number_link": ("POST /v1/number-links", "juki", "shinsei", "accepted", 0),
    "code_change_notice": ("POST /v1/juminhyo-code-changes", "cs", "nws", "accepted", 0),
}

SECRETS = {
    "juminhyo_code", "individual_number", "former_juminhyo_code", "former_individual_number",
    "integrated_number", "addressee_number", "household_number",
    "atenabango", "nayosesakiatenabango", "acquisition_number", "linkage_code", "name", "furigana",
    "former_surname", "alias", "birth_date", "address", "new_address", "former_address",
    "head_name", "register_place", "register_head", "pension_number", "client_secret",
    "client_assertion", "access_token", "certificate_serial", "former_certificate_serial",
    "origin_address", "destination_address",
    "content", "kojinbango", "shimei", "uji_nihonjin", "na_nihonjin",
    "shimei_gaikokujinromaji", "shimei_gaikokujinkanji", "shimei_furigana", "uji_nihonjin_furigana",
    "na_nihonjin_furigana", "tsusho", "tsusho_furigana", "seinengappi", "seinengappi_fushohyoki",
    "jusho_todofuken", "jusho_shikugunchosonmei", "jusho_choaza", "jusho_banchigohyoki",
    "jusho_katagaki", "jusho_katagaki_furigana", "jusho_kokumeito", "jusho_kokugaijusho",
}  # fmt: skip


def test_it_holds_exactly_these_telegrams(profile):
    assert set(profile.specs) == set(TELEGRAMS)


@pytest.mark.parametrize("name", TELEGRAMS)
def test_telegram(profile, name):
    wire, sender, receiver, answer, size = TELEGRAMS[name]
    spec = profile.spec(name)
    assert wire == (spec.wire_id or (" ".join(spec.http) if spec.http else None))
    assert (spec.sender, spec.receiver) == (tuple(sender.split()), tuple(receiver.split()))
    assert spec.answer == answer
    assert spec.status == "synthetic"
    fixed = [item for item in spec.fields if not isinstance(item, Group)]
    assert sum(item.width for item in fixed) == size


@pytest.mark.parametrize("name", TELEGRAMS)
def test_what_is_secret(profile, name):
    spec = profile.spec(name)
    ids = {field.id for _, _, field in leaves(spec.fields)}
    assert {path.rpartition(".")[2] for path in spec.secrets} == ids & SECRETS


def test_it_says_that_it_is_not_official(profile):
    assert (profile.id, profile.status) == ("open", "synthetic")
    assert profile.note.endswith("合成のもので、公式の仕様ではない。")
    assert profile.documents["charsets/juki.yaml"]["note"].startswith("公式の文字表ではない。")


def test_lint(profile):
    assert lint_profile(profile) == []


def test_self_check(profile):
    assert self_check(profile) == []


def test_every_rule_of_a_fault_is_pinned_by_a_vector(profile):
    # `frame` is the rule of framing faults, which the streams pin by their text
    rules = {rule for vector in load_vectors(profile.files).bad for *_, rule in vector.faults}
    assert rules == {
        "length", "end_mark", "kind", "charset", "padding", "const", "code", "check", "date",
        "time", "count", "when", "required", "extra", "json", "csv", "type", "size",
    }  # fmt: skip


def test_vectors_never_share_a_name(profile):
    vectors = load_vectors(profile.files)
    for group in (vectors.bad, vectors.streams):
        assert len({vector.id for vector in group}) == len(group)
    assert len(vectors.good) == sum(
        len(tree["vectors"])
        for path, source in profile.files.sources.items()
        if path.startswith("vectors/good/")
        for tree in [source.read()]
    )
