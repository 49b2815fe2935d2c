"""The linter and the JSON Schema of the spec language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from telegram_specs import SCHEMAS, lint_profile, load_profile, spec_schema

PRIVATE = 'id: city\nedition: "1"\nlabel: 架空市\nstatus: private\nnote: 試験用\n'

BAD_STYLE = """\
meta:
  label: 試験
  id: styleless
  status: synthetic
  form: fixed
  wire_id: AB0001
  link: lgwan_link
  from: juki
  to: cs
  kind: 1
fields:
  - {use: header}
  - label: 個人番号
    id: individual_number
    type: 9
    size: 12
    check: individual_number
  - id: name
    label: 氏名
    type: N
    size: 10
  - {use: trailer}
"""

BAD_REQUEST = """\
meta:
  id: unanswered
  label: 試験
  status: private
  form: json
  link: atena_link
  from: juki
  to: atena
  http: {method: POST, path: /v1/unanswered}
fields:
  - id: sex
    label: 性別
    type: X
    size: 1
    codes: sex
"""


LINES = """\
codes/unused.yaml:4 /values/1: code without quotes. expected quotes around a code, got 1
telegrams/styleless.yaml:10 /meta/kind: code without quotes. expected quotes around a code, got 1
telegrams/styleless.yaml:15 /fields/1/type: code without quotes. expected quotes around a code, \
got 9
telegrams/styleless.yaml:1 /meta: keys out of order. expected id, label, status, form, wire_id, \
link, from, to, kind, got label, id, status, form, wire_id, link, from, to, kind
telegrams/styleless.yaml:13 /fields/1: keys out of order. expected id, label, type, size, check, \
got label, id, type, size, check
telegrams/styleless.yaml:11 /fields: secret not masked. expected `secret: true` on \
individual_number, got none
telegrams/styleless.yaml:11 /fields: secret not masked. expected `secret: true` on name, got none
telegrams/styleless.yaml:6 /meta/wire_id: may be taken for official. expected an id with DB, \
got `AB0001`
telegrams/styleless.yaml:7 /meta/link: wrong link. expected a link that joins sender and receiver, \
got `lgwan_link`
telegrams/unanswered.yaml:9 /meta/http: request without answer. expected `answer`, got none
codes/unused.yaml:1: never used. expected a field that names it, got none
telegrams/styleless.yaml:1: no good vector. expected at least one in vectors/good/styleless.yaml, \
got none
telegrams/styleless.yaml:1: no bad vector. expected at least one in vectors/bad/styleless.yaml, \
got none
telegrams/unanswered.yaml:1: no good vector. expected at least one in \
vectors/good/unanswered.yaml, got none
telegrams/unanswered.yaml:1: no bad vector. expected at least one in \
vectors/bad/unanswered.yaml, got none
""".splitlines()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = (tmp_path / "city").relative_to(tmp_path)
    for name, text in {
        "profile.yaml": PRIVATE,
        "telegrams/styleless.yaml": BAD_STYLE,
        "telegrams/unanswered.yaml": BAD_REQUEST,
        "codes/unused.yaml": "id: unused\nlabel: 未使用\nvalues:\n  1: 一\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_lint(folder):
    assert [line.removeprefix("city/") for line in lint_profile(load_profile(folder))] == LINES


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema(kind):
    schema = spec_schema(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema


def test_the_schema_knows_every_key_of_the_open_profile(profile):
    known = {kind: json.dumps(spec_schema(kind)) for kind in ("telegram", "codes", "charset")}
    for path, tree in profile.documents.items():
        kind = {"telegrams": "telegram", "codes": "codes", "charsets": "charset"}.get(
            path.partition("/")[0]
        )
        for key in _keys(tree, kind) if kind else ():
            assert f'"{key}":' in known[kind], (path, key)


def _keys(tree, kind):
    if isinstance(tree, list):
        return {key for item in tree for key in _keys(item, kind)}
    if not isinstance(tree, dict):
        return set()
    free = {"values", "doc", "when"}  # their keys are codes and names
    inner = (_keys(value, kind) for key, value in tree.items() if key not in free)
    return set(tree).union(*inner)


PLACES = {
    "telegram": "telegrams/*.yaml",
    "codes": "codes/*.yaml",
    "charset": "charsets/*.yaml",
    "profile": "profile.yaml",
    "good": "vectors/good/*.yaml",
    "bad": "vectors/bad/*.yaml",
    "streams": "vectors/streams/*.yaml",
}
ROOT = Path(__file__).parents[2]
FOLDERS = ("telegram_specs/open", "telegram_specs/start", "examples/profile")


def as_an_editor(kind, text):
    """Return what an editor, whose YAML knows numbers and booleans, says of a file."""
    schema = spec_schema(kind)
    Draft202012Validator.check_schema(schema)
    return list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_editor_finds_nothing_wrong_with_our_own_files(kind):
    paths = [path for folder in FOLDERS for path in (ROOT / folder).glob(PLACES[kind])]
    assert paths
    for path in paths:
        assert not as_an_editor(kind, path.read_text("utf-8")), path


def test_an_editor_finds_a_mistake():
    text = (ROOT / FOLDERS[0] / "telegrams" / "number_issue_request.yaml").read_text("utf-8")
    for good, bad in (("from: juki", "from: jukki"), ("size: 11", "size: 0"), ("check:", "chek:")):
        assert good in text
        assert len(as_an_editor("telegram", text.replace(good, bad))) >= 1, bad


def test_a_field_needs_an_id_and_a_label():
    assert spec_schema()["$defs"]["FieldModel"]["required"] == ["id", "label"]
