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
    "identity_notice": ("DB0301", "juki", "cs", "receipt", 618),
    "delivery_address": ("DB0302", "juki", "cs", "receipt", 326),
    "family_register_notice": ("DB0303", "juki", "cs", "receipt", 328),
    "linkage_code_request": ("DB0401", "juki", "cs", "receipt", 99),
    "receipt": ("DB9001", "cs juki", "cs juki", None, 97),
    "token_request": ("POST /oauth2/token", "juki", "atena", "token_response", 0),
    "token_response": (None, "atena", "juki", None, 0),
    "addressee_request": ("POST /v1/addressees", "juki", "atena", "addressee_response", 0),
    "addressee_response": (None, "atena", "juki", None, 0),
    "linkage_request": ("POST /v1/linkage-requests", "atena", "juki", "accepted", 0),
    "integrated_number_notice": ("POST /v1/integrated-numbers", "atena", "chukan", "accepted", 0),
    "linkage_start": ("POST /v1/linkage-starts", "chukan", "atena", "accepted", 0),
    "linkage_code_generation": ("POST /v1/linkage-codes", "cs", "nws", "accepted", 0),
    "linkage_code_notice": ("POST /v1/linkage-code-notices", "nws", "chukan", "accepted", 0),
    "accepted": (None, "juki atena chukan nws", "cs atena chukan nws", None, 0),
    "error_response": (None, "juki atena chukan nws", "juki cs atena chukan nws", None, 0),
}

SECRETS = {
    "juminhyo_code", "individual_number", "former_juminhyo_code", "former_individual_number",
    "integrated_number", "acquisition_number", "linkage_code", "name", "furigana",
    "former_surname", "alias", "birth_date", "address", "client_secret", "client_assertion",
    "access_token",
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
        "time", "count", "when", "required", "extra", "json", "type", "size",
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
